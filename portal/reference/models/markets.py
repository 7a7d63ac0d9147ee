"""Where clients are, and the lists that their markets stand in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.models.rows import Dated, Membership, Named, code_of, in_chinese, once_per_start


class Market(Named, Dated):
    """A country or territory where clients are, by ISO 3166-1 alpha-3. CHN is the mainland."""

    alpha3 = models.CharField(
        _("alpha-3"), max_length=3, primary_key=True, validators=[code_of("[A-Z]{3}", _("Three capital letters."))]
    )
    alpha2 = models.CharField(
        _("alpha-2"), max_length=2, unique=True, validators=[code_of("[A-Z]{2}", _("Two capital letters."))]
    )
    numeric = models.CharField(_("numeric"), max_length=3, validators=[code_of(r"\d{3}", _("Three digits."))])
    region_zh = models.CharField(_("continent, Chinese"), max_length=20)
    region_en = models.CharField(_("continent, English"), max_length=40)
    customs_code = models.CharField(
        _("customs code"), max_length=3, blank=True, validators=[code_of(r"\d{3}", _("Three digits."))]
    )

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        ordering = ["alpha3"]

    @property
    def continent(self) -> str:
        return self.region_zh if in_chinese() else self.region_en


class MarketGroup(Named, Dated):
    """A named, dated list of markets, e.g. one of the Belt-and-Road lists."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    belt_and_road = models.BooleanField(_("a Belt-and-Road list"), default=False)

    class Meta:
        verbose_name = _("market group")
        verbose_name_plural = _("market groups")
        ordering = ["code"]


class MarketGroupMember(Membership):
    """A market in a group, from a date to a date."""

    GROUP, MEMBER = "group", "market"

    group = models.ForeignKey(MarketGroup, models.PROTECT, related_name="members", verbose_name=_("group"))
    market = models.ForeignKey(Market, models.PROTECT, related_name="+", verbose_name=_("market"))
    note_zh = models.CharField(_("note, Chinese"), max_length=300, blank=True)
    note_en = models.CharField(_("note, English"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("market in a group")
        verbose_name_plural = _("markets in groups")
        ordering = ["group", "market", "since_on"]
        constraints = once_per_start("reference_marketgroupmember", "group", "market")

    @property
    def note(self) -> str:
        return self.note_zh if in_chinese() else self.note_en
