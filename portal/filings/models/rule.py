"""How the rules are set, from which period on; what they hit; and which reasons were accepted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class RuleSetting(Immutable):
    """Thresholds of one rule, and whether it is on, from a period on. The newest row of a code that begins at or
    before the period at hand applies; without one the rule's own defaults do."""

    code = models.CharField(_("rule"), max_length=4, db_index=True)
    since = models.ForeignKey("filings.Period", models.PROTECT, related_name="+", verbose_name=_("from the period"))
    is_on = models.BooleanField(_("switched on"), default=True)
    thresholds = models.JSONField(_("thresholds"), default=dict)
    reason = models.CharField(_("reason"), max_length=300)
    recorded_at = models.DateTimeField(_("recorded at"))
    recorded_by = models.UUIDField()

    class Meta:
        verbose_name = _("rule setting")
        verbose_name_plural = _("rule settings")
        ordering = ["code", "since", "recorded_at", "pk"]

    def __str__(self) -> str:
        return f"{self.code} {self.since_id}"


class Hit(models.Model):
    """One finding that asked for a reason, in one filing: what became of it.

    Written when the filing is submitted, settled when it is decided on. `subject` says what was found, so that the
    same finding is known again next quarter (see rules/); an accepted reason then answers it.
    """

    class Outcome(models.TextChoices):
        EXPLAINED = "explained", _("Explained by the firm")
        ACCEPTED = "accepted", _("Reason accepted")
        MENDED = "mended", _("Mended by the firm")
        REJECTED = "rejected", _("Sent back")

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    filing = models.ForeignKey("filings.Filing", models.PROTECT, related_name="hits")
    version_number = models.PositiveIntegerField()
    code = models.CharField(_("rule"), max_length=4, db_index=True)
    subject = models.CharField(max_length=200)
    line_key = models.UUIDField(null=True)
    field = models.CharField(max_length=30)
    found = models.CharField(max_length=300, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    is_remembered = models.BooleanField(default=False, help_text=_("answered by a reason accepted earlier"))
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    recorded_at = models.DateTimeField(_("recorded at"))
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("hit of a rule")
        verbose_name_plural = _("hits of rules")
        ordering = ["filing", "version_number", "code", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["filing", "version_number", "code", "subject"], name="filings_hit_once_per_version"
            )
        ]
        indexes = [models.Index(fields=["firm", "code", "subject"], name="filings_hit_by_subject")]

    def __str__(self) -> str:
        return f"{self.filing} {self.code} {self.subject}"
