"""Places, and the ways of grouping them."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.models.rows import Dated, Listed, Membership, Named, code_of, once_per_start


class Division(Named, Dated):
    """A place of GB/T 2260: a province, a prefecture-level city or a county directly under a province."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture-level city")
        COUNTY = "county", _("County under a province")

    code = models.CharField(
        _("code"),
        max_length=6,
        primary_key=True,
        validators=[code_of(r"\d{6}", _("A division's code has six digits."))],
    )
    short_zh = models.CharField(_("short name"), max_length=20)
    level = models.CharField(_("level"), max_length=12, choices=Level.choices)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("province")
    )
    kind_zh = models.CharField(_("kind"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("division")
        verbose_name_plural = _("divisions")
        ordering = ["code"]


class RegionScheme(Named, Dated):
    """A way of grouping places: the four regions, a city cluster, the demonstration cities."""

    code = models.CharField(_("code"), max_length=30, primary_key=True)

    class Meta:
        verbose_name = _("region scheme")
        verbose_name_plural = _("region schemes")
        ordering = ["code"]


class Region(Named, Listed):
    """One group of a scheme, e.g. 东部 of the four regions."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    scheme = models.ForeignKey(RegionScheme, models.PROTECT, related_name="regions", verbose_name=_("scheme"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["scheme", "code"]


class RegionMember(Membership):
    """A place in a region, from a date to a date. A province brings its cities with it."""

    GROUP, MEMBER = "region", "division"

    region = models.ForeignKey(Region, models.PROTECT, related_name="members", verbose_name=_("region"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("division"))

    class Meta:
        verbose_name = _("place in a region")
        verbose_name_plural = _("places in regions")
        ordering = ["region", "division", "since_on"]
        constraints = once_per_start("reference_regionmember", "region", "division")
