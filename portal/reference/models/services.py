"""What is outsourced, and where that stands in service trade."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.reference.models.rows import Dated, Named, in_chinese


class TradeCategory(models.TextChoices):
    """The twelve service-trade categories of EBOPS 2010."""

    SA = "SA", _("Manufacturing services on inputs owned by others")
    SB = "SB", _("Maintenance and repair")
    SC = "SC", _("Transport")
    SD = "SD", _("Travel")
    SE = "SE", _("Construction")
    SF = "SF", _("Insurance and pensions")
    SG = "SG", _("Financial services")
    SH = "SH", _("Charges for the use of intellectual property")
    SI = "SI", _("Telecommunications, computer and information services")
    SJ = "SJ", _("Other business services")
    SK = "SK", _("Personal, cultural and recreational services")
    SL = "SL", _("Government goods and services")


class MappingBasis(models.TextChoices):
    """Why a service category is mapped to its service-trade category; nobody publishes this mapping."""

    HIGH = "high", _("own judgement, fairly sure")
    MEDIUM = "medium", _("own judgement, less sure")
    LOW = "low", _("own judgement, unsure")
    LEAVES = "leaves", _("all classes beneath agree")
    MIXED = "mixed", _("classes beneath differ")


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
    trade_category = models.CharField(
        _("service-trade category"), max_length=2, blank=True, choices=TradeCategory.choices, help_text="EBOPS 2010"
    )
    is_digitally_deliverable = models.BooleanField(_("digitally deliverable"), null=True, blank=True)
    mapping_basis = models.CharField(_("basis of the mapping"), max_length=40, blank=True, choices=MappingBasis.choices)

    class Meta:
        verbose_name = _("service category")
        verbose_name_plural = _("service categories")
        ordering = ["code"]

    @property
    def definition(self) -> str:
        return self.definition_zh if in_chinese() else self.definition_en

    @property
    def typical(self) -> str:
        return self.typical_zh if in_chinese() else self.typical_en
