"""Where to turn: authorities, entrances to the ministry's systems, and what members tell of themselves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.publishing.models.addresses import WebAddressField
from portal.publishing.models.policies import Policy


class Authority(models.Model):
    """An office that one can turn to. Those marked so are in the newsletter's 报."""

    name_zh = models.CharField(_("name, Chinese"), max_length=120)
    name_en = models.CharField(_("name, English"), max_length=200, blank=True)
    place = models.ForeignKey(
        "reference.Division", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("place")
    )
    duties_zh = models.TextField(_("turn to it for, Chinese"), blank=True)
    duties_en = models.TextField(_("turn to it for, English"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    address_zh = models.CharField(_("address, Chinese"), max_length=200, blank=True)
    address_en = models.CharField(_("address, English"), max_length=300, blank=True)
    website = WebAddressField(_("website"), max_length=300, blank=True)
    is_reported_to = models.BooleanField(_("gets the newsletter as a superior (报)"), default=False)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("authority")
        verbose_name_plural = _("authorities")
        ordering = ["order", "name_zh"]

    def __str__(self) -> str:
        return self.name_zh


def manual_path(entrance: "Entrance", name: str) -> str:
    return f"manuals/{entrance.slug}/{name}"


class Entrance(models.Model):
    """An entrance to a system of the ministry or another authority, with its manual."""

    slug = models.SlugField(_("code"), unique=True)
    name_zh = models.CharField(_("name, Chinese"), max_length=120)
    name_en = models.CharField(_("name, English"), max_length=200, blank=True)
    purpose_zh = models.TextField(_("what one does there, Chinese"), blank=True)
    purpose_en = models.TextField(_("what one does there, English"), blank=True)
    address = WebAddressField(_("address"), max_length=500)
    manual_address = WebAddressField(_("manual on another site"), max_length=500, blank=True)
    manual = models.FileField(_("manual"), upload_to=manual_path, blank=True)
    group_zh = models.CharField(_("group, Chinese"), max_length=60, blank=True)
    group_en = models.CharField(_("group, English"), max_length=120, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("entrance")
        verbose_name_plural = _("entrances")
        ordering = ["order", "slug"]

    def __str__(self) -> str:
        return self.name_zh


class ProvincialCity(models.Model):
    """A city that a province has named a demonstration city. The national ones are a list of the reference data, which
    statistics count by; provinces give the same title by themselves, and no figure depends on it."""

    place = models.OneToOneField("reference.Division", models.PROTECT, related_name="+", verbose_name=_("place"))
    batch = models.PositiveSmallIntegerField(_("batch of the province"), null=True, blank=True)
    year = models.PositiveSmallIntegerField(_("named in (year)"), null=True, blank=True)
    source = models.CharField(
        _("named by"), max_length=300, help_text=_("the paper, or who reported it: readers see it")
    )
    is_public = models.BooleanField(_("public"), default=True)

    class Meta:
        verbose_name = _("provincial demonstration city")
        verbose_name_plural = _("provincial demonstration cities")
        ordering = ["place"]

    def __str__(self) -> str:
        return str(self.place)


class MemberPage(models.Model):
    """What a firm tells of itself in the directory, and that it has released it. Nothing else of it is shown there."""

    firm = models.OneToOneField("members.Firm", models.PROTECT, related_name="+", verbose_name=_("firm"))
    intro_zh = models.TextField(_("about the firm, Chinese"), blank=True)
    intro_en = models.TextField(_("about the firm, English"), blank=True)
    categories = models.ManyToManyField(
        "reference.ServiceCategory", blank=True, related_name="+", verbose_name=_("lines of business")
    )
    website = WebAddressField(_("website"), max_length=300, blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    founded_year = models.PositiveSmallIntegerField(_("founded in"), null=True, blank=True)
    shown = models.JSONField(_("shown"), default=list, help_text="names of the fields that the firm released")
    released_at = models.DateTimeField(_("released at"), null=True)
    released_by = models.UUIDField(null=True)
    taken_back_at = models.DateTimeField(_("taken back at"), null=True)
    edited_at = models.DateTimeField(null=True)
    hidden_at = models.DateTimeField(_("hidden by the association at"), null=True)
    hidden_by = models.UUIDField(null=True)
    hidden_because = models.CharField(_("reason"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("member's page")
        verbose_name_plural = _("members' pages")

    def __str__(self) -> str:
        return str(self.firm)


# Where outside addresses stand that are looked at every week.
WATCHED = ((Policy, "address"), (Entrance, "address"), (Entrance, "manual_address"), (Authority, "website"))
