"""A firm's ledger of contracts, with what its filings say of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line, Version
from portal.filings.sheet import Kind
from portal.members.models import Firm


@dataclass(frozen=True)
class Account:
    """A contract with its sums over all filings (the newest version of each), in cents of its own currency."""

    contract: Contract
    changed_cents: int
    executed_cents: int

    @property
    def value_cents(self) -> int:
        """As changed."""
        return self.contract.amount_cents + self.changed_cents

    @property
    def left_cents(self) -> int:
        return self.value_cents - self.executed_cents


def contracts_sought(firm: Firm, *, state: str, words: str, on: date) -> QuerySet[Contract]:
    """Contracts that are running, ended, or all; each word is in the number, the name or the client."""
    contracts = Contract.objects.of(firm).select_related("market", "category")
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    if state in ("running", "ended"):
        contracts = contracts.filter(running if state == "running" else ~running)
    for word in words.split():
        contracts = contracts.filter(Q(number__icontains=word) | Q(name__icontains=word) | Q(client__icontains=word))
    return contracts.order_by("-signed_on", "number")


def accounts(firm: Firm, contracts: Iterable[Contract]) -> list[Account]:
    """Each contract with its sums: one query for all of them."""
    contracts = list(contracts)
    newest = Version.objects.filter(firm=firm).newest_of_each()
    lines = Line.objects.filter(version__in=newest, contract__in=contracts).exclude(kind=Kind.SIGNED)
    sums: dict[tuple[int, bool], int] = {}
    for contract, kind, cents in lines.values_list("contract", "kind").annotate(cents=Sum("amount_cents")).order_by():
        sums[contract, kind == Kind.CHANGED] = cents
    return [Account(row, sums.get((row.pk, True), 0), sums.get((row.pk, False), 0)) for row in contracts]


def contract_events(contract: Contract) -> QuerySet[Line]:
    """What the newest version of each filing says of a contract, in order of date."""
    newest = Version.objects.filter(firm=contract.firm_id).newest_of_each()
    lines = Line.objects.filter(contract=contract, version__in=newest)
    return lines.select_related("version__filing__period", "payer_market").order_by("on", "pk")
