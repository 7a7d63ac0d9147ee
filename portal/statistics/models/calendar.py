"""When figures come, and who may look before."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable
from portal.statistics.dimensions import Standing


class Announcement(Immutable):
    """What the calendar said of a period's figures from a moment on; the newest counts, earlier ones are kept."""

    class Status(models.TextChoices):
        PROVISIONAL = "provisional", _("provisional date")
        CONFIRMED = "confirmed", _("confirmed date")
        POSTPONED = "postponed", _("postponed")

    period = models.ForeignKey("filings.Period", models.PROTECT, related_name="+", verbose_name=_("period"))
    standing = models.CharField(_("figures"), max_length=12, choices=[(item.value, item.value) for item in Standing])
    status = models.CharField(_("status"), max_length=12, choices=Status.choices)
    release_at = models.DateTimeField(_("comes out at"))
    reason_zh = models.CharField(_("reason, in Chinese"), max_length=300, blank=True)
    reason_en = models.CharField(_("reason, in English"), max_length=300, blank=True)
    said_at = models.DateTimeField(_("announced at"))
    said_by = models.UUIDField()

    class Meta:
        ordering = ["period", "standing", "said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.period_id} {self.standing} {self.release_at:%Y-%m-%d %H:%M}"


class Preview(models.Model):
    """A named person may look at a build before it is public, by a signed link that ends with the embargo."""

    release = models.ForeignKey("statistics.Release", models.CASCADE, related_name="previews")
    name = models.CharField(_("name"), max_length=80)
    office = models.CharField(_("office"), max_length=120, blank=True)
    may_decide = models.BooleanField(_("is asked to approve or return it"), default=False)
    digest = models.CharField(max_length=64, help_text="of the build that the link was made for")
    made_at = models.DateTimeField(_("made at"))
    made_by = models.UUIDField()
    ends_at = models.DateTimeField(_("ends at"))
    ended_at = models.DateTimeField(_("taken back at"), null=True)
    ended_by = models.UUIDField(null=True)
    looked_at = models.DateTimeField(_("last looked at"), null=True)
    look_count = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["release", "made_at"]

    def __str__(self) -> str:
        return f"{self.release_id} {self.name}"


class Verdict(Immutable):
    """What a leader said of a build under embargo, with a note."""

    preview = models.OneToOneField(Preview, models.CASCADE, related_name="verdict")
    is_approval = models.BooleanField()
    note = models.TextField(_("note"), blank=True)
    given_at = models.DateTimeField(_("given at"))

    def __str__(self) -> str:
        return f"{self.preview} {self.given_at:%Y-%m-%d}"
