"""Code lists: dated rows, closed instead of deleted; every edit of a list is a new edition."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.lib.acts import Immutable


class DatedQuerySet(models.QuerySet):
    def on(self, day: date):
        """Rows in force on a day (`until_on` is inclusive; empty is open)."""
        begun = Q(since_on__isnull=True) | Q(since_on__lte=day)
        not_ended = Q(until_on__isnull=True) | Q(until_on__gte=day)
        return self.filter(begun, not_ended)


class Dated(models.Model):
    since_on = models.DateField(_("since"), null=True, blank=True)
    until_on = models.DateField(_("until, inclusive"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    doubt = models.CharField(_("doubt"), max_length=400, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True


class Named(models.Model):
    name_zh = models.CharField(_("Chinese name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)

    class Meta:
        abstract = True

    @property
    def name(self) -> str:
        return self.name_zh if (get_language() or "zh").startswith("zh") else self.name_en

    def __str__(self) -> str:
        return self.name


class Division(Named, Dated):
    """A place of GB/T 2260: a province, a prefecture-level city or a county directly under a province."""

    class Level(models.TextChoices):
        PROVINCE = "province", _("Province")
        PREFECTURE = "prefecture", _("Prefecture-level city")
        COUNTY = "county", _("County under a province")

    code = models.CharField(_("code"), max_length=6, primary_key=True)
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


class Region(Named):
    """One group of a scheme, e.g. 东部 of the four regions."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    scheme = models.ForeignKey(RegionScheme, models.PROTECT, related_name="regions", verbose_name=_("scheme"))

    class Meta:
        verbose_name = _("region")
        verbose_name_plural = _("regions")
        ordering = ["scheme", "code"]


class RegionMember(Dated):
    """A place in a region, from a date to a date. A province brings its cities with it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="members", verbose_name=_("region"))
    division = models.ForeignKey(Division, models.PROTECT, related_name="+", verbose_name=_("division"))

    class Meta:
        verbose_name = _("place in a region")
        verbose_name_plural = _("places in regions")
        ordering = ["region", "division", "since_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "division", "since_on"],
                name="reference_regionmember_once_per_start",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.region_id} · {self.division_id}"


class Market(Named, Dated):
    """A country or territory where clients are, by ISO 3166-1 alpha-3. CHN is the mainland."""

    alpha3 = models.CharField(_("alpha-3"), max_length=3, primary_key=True)
    alpha2 = models.CharField(_("alpha-2"), max_length=2, unique=True)
    numeric = models.CharField(_("numeric"), max_length=3)
    region_zh = models.CharField(_("continent, Chinese"), max_length=20)
    region_en = models.CharField(_("continent, English"), max_length=40)
    customs_code = models.CharField(_("customs code"), max_length=3, blank=True)

    class Meta:
        verbose_name = _("market")
        verbose_name_plural = _("markets")
        ordering = ["alpha3"]


class MarketGroup(Named, Dated):
    """A named, dated list of markets, e.g. one of the Belt-and-Road lists."""

    code = models.CharField(_("code"), max_length=40, primary_key=True)
    belt_and_road = models.BooleanField(_("a Belt-and-Road list"), default=False)

    class Meta:
        verbose_name = _("market group")
        verbose_name_plural = _("market groups")
        ordering = ["code"]


class MarketGroupMember(Dated):
    group = models.ForeignKey(MarketGroup, models.PROTECT, related_name="members", verbose_name=_("group"))
    market = models.ForeignKey(Market, models.PROTECT, related_name="+", verbose_name=_("market"))
    note = models.CharField(_("note"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("market in a group")
        verbose_name_plural = _("markets in groups")
        ordering = ["group", "market", "since_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["group", "market", "since_on"],
                name="reference_marketgroupmember_once_per_start",
                nulls_distinct=False,
            )
        ]

    def __str__(self) -> str:
        return f"{self.group_id} · {self.market_id}"


class ServiceCategory(Named, Dated):
    """What is outsourced: ITO, BPO or KPO, in three levels, by the 2022 catalogue. Codes are our own."""

    code = models.CharField(_("code"), max_length=12, primary_key=True)
    level = models.PositiveSmallIntegerField(_("level"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("above")
    )
    edition = models.CharField(_("edition of the catalogue"), max_length=20, default="2022")
    is_residual = models.BooleanField(_("rest of its group"), default=False)
    definition_zh = models.TextField(_("definition, Chinese"), blank=True)
    definition_en = models.TextField(_("definition, English"), blank=True)
    typical_zh = models.TextField(_("typical business, Chinese"), blank=True)
    typical_en = models.TextField(_("typical business, English"), blank=True)
    trade_category = models.CharField(_("service-trade category"), max_length=2, blank=True, help_text="EBOPS 2010")
    is_digitally_deliverable = models.BooleanField(_("digitally deliverable"), null=True, blank=True)
    mapping_basis = models.CharField(_("basis of the mapping"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("service category")
        verbose_name_plural = _("service categories")
        ordering = ["code"]


class Currency(Named, Dated):
    code = models.CharField(_("code"), max_length=3, primary_key=True)
    numeric = models.CharField(_("numeric"), max_length=3)
    minor_units = models.PositiveSmallIntegerField(_("decimals"), default=2)
    is_main = models.BooleanField(_("offered first"), default=True)

    class Meta:
        verbose_name = _("currency")
        verbose_name_plural = _("currencies")
        ordering = ["code"]


class Rate(models.Model):
    """What one unit of a currency was worth in a month, in US dollars and in renminbi."""

    currency = models.ForeignKey(Currency, models.PROTECT, related_name="rates", verbose_name=_("currency"))
    month_on = models.DateField(_("month"), help_text=_("its first day"))
    usd_per_unit = models.DecimalField(_("US dollars per unit"), max_digits=18, decimal_places=10)
    cny_per_unit = models.DecimalField(_("renminbi per unit"), max_digits=18, decimal_places=10)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        verbose_name = _("monthly rate")
        verbose_name_plural = _("monthly rates")
        ordering = ["currency", "month_on"]
        constraints = [
            models.UniqueConstraint(fields=["currency", "month_on"], name="reference_rate_one_per_month"),
            models.CheckConstraint(
                condition=Q(usd_per_unit__gt=0) & Q(cny_per_unit__gt=0), name="reference_rate_is_positive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency_id} {self.month_on:%Y-%m}"


class Edition(Immutable):
    """A whole list as it stood after an edit, in canonical CSV: what a release pins and reads."""

    list_name = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    content = models.TextField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.UUIDField(null=True)

    class Meta:
        ordering = ["list_name", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["list_name", "number"], name="reference_edition_one_per_number")
        ]

    def __str__(self) -> str:
        return f"{self.list_name} {self.number}"
