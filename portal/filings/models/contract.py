"""The firm's ledger of contracts. A contract is registered once and lives for years."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.filings.sheet import MAINLAND, Mode, mode_of

# What a line copies of its contract and what may change while the contract runs.
TERMS = ("is_abroad", "branch_share", "contracts_back", "upstream_firm", "upstream_number")
_OVERSEAS = Q(is_abroad=True, branch_share__gt=50, contracts_back=False)


@dataclass(frozen=True)
class Terms:
    """What counts of a contract on a day: the mode that its client and performer give it, and its prime contract."""

    mode: Mode
    upstream_firm: str
    upstream_number: str


class ContractQuerySet(models.QuerySet):
    def of(self, firm):
        return self.filter(firm=firm)

    def of_mode(self, mode):
        """As `sheet.mode_of` says, of the contracts as they stand now."""
        if mode == Mode.OVERSEAS:
            return self.filter(_OVERSEAS)
        at_home = Q(market=MAINLAND)
        # A share that is not known is no majority: excluding the condition itself would leave such rows out.
        else_where = Q(is_abroad=False) | Q(contracts_back=True) | Q(branch_share__lte=50) | Q(branch_share=None)
        return self.filter(else_where).filter(at_home if mode == Mode.ONSHORE else ~at_home)

    def running(self, on):
        return self.filter(signed_on__lte=on).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))


class Contract(models.Model):
    """One agreement: client, client's market, category, signing date, amount; its mode is derived.

    `amount_cents` is what was signed, in hundredths of the contract's currency; changes are lines.
    """

    firm = models.ForeignKey("members.Firm", models.PROTECT, related_name="+")
    number = models.CharField(_("contract number"), max_length=80)
    name = models.CharField(_("contract name"), max_length=200)
    client = models.CharField(_("client"), max_length=200)
    market = models.ForeignKey("reference.Market", models.PROTECT, related_name="+", verbose_name=_("client's market"))
    category = models.ForeignKey(
        "reference.ServiceCategory", models.PROTECT, related_name="+", verbose_name=_("service category")
    )
    signed_on = models.DateField(_("signed on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    currency = models.ForeignKey("reference.Currency", models.PROTECT, related_name="+", verbose_name=_("currency"))
    amount_cents = models.BigIntegerField(_("contract amount"))
    is_standing = models.BooleanField(default=False, help_text=_("signed before it could be filed; never counted"))
    supply = models.CharField(_("mode of supply"), max_length=24, blank=True)
    new_mode = models.CharField(_("new mode"), max_length=16, blank=True)
    is_abroad = models.BooleanField(_("performed by a branch abroad"), default=False)
    branch_share = models.DecimalField(_("share held in the branch"), max_digits=5, decimal_places=2, null=True)
    contracts_back = models.BooleanField(_("contracted back to the mainland"), default=False)
    upstream_firm = models.CharField(_("prime contractor's credit code"), max_length=18, blank=True)
    upstream_number = models.CharField(_("prime contract number"), max_length=80, blank=True)
    frame_number = models.CharField(
        _("frame contract"), max_length=80, blank=True, help_text=_("the contract in which the service is embedded")
    )
    frame_cents = models.BigIntegerField(_("amount of the frame contract"), null=True, blank=True)
    apportioned_by = models.CharField(_("basis of apportionment"), max_length=300, blank=True)
    earlier_terms = models.JSONField(
        default=list, blank=True, help_text=_("what counted before the performer or the prime contract changed")
    )
    registered_in = models.ForeignKey("filings.Filing", models.PROTECT, related_name="+")

    objects = ContractQuerySet.as_manager()

    class Meta:
        verbose_name = _("contract")
        verbose_name_plural = _("contracts")
        ordering = ["firm", "number"]
        constraints = [
            models.UniqueConstraint(fields=["firm", "number"], name="filings_contract_number_once_per_firm"),
            models.CheckConstraint(condition=Q(amount_cents__gt=0), name="filings_contract_amount_is_positive"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("signed_on")),
                name="filings_contract_ends_after_signing",
            ),
            models.CheckConstraint(
                condition=Q(frame_number="", frame_cents__isnull=True, apportioned_by="")
                | (~Q(frame_number="") & Q(frame_cents__gt=0) & ~Q(apportioned_by="")),
                name="filings_contract_apportioned_with_its_basis",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def mode(self) -> Mode:
        return mode_of(
            self.market_id,
            is_abroad=self.is_abroad,
            branch_share=self.branch_share,
            contracts_back=self.contracts_back,
        )

    def terms_on(self, day: date) -> Terms:
        """What counts of it on a day. `earlier_terms` says what held before each change, with the day of the change."""
        values = {name: getattr(self, name) for name in TERMS}
        before = min((row for row in self.earlier_terms if day.isoformat() < row["until_on"]), key=_until, default=None)
        if before is not None:
            share = before["branch_share"]
            values |= {name: before[name] for name in TERMS} | {"branch_share": Decimal(share) if share else None}
        performer = {name: values[name] for name in ("is_abroad", "branch_share", "contracts_back")}
        return Terms(mode_of(self.market_id, **performer), values["upstream_firm"], values["upstream_number"])


def _until(row: dict[str, object]) -> str:
    return row["until_on"]
