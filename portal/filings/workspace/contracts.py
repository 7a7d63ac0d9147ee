"""A firm's ledger of contracts, with what its filings say of each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, Sum

from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Line, Version
from portal.filings.queries import approved_contracts_at
from portal.filings.sheet import Kind, Mode
from portal.members.models import Firm
from portal.reference.models import Market

# Sorting by a balance would compare currencies with each other.
ORDERS = {
    "newest": (F("signed_on").desc(), "number"),
    "oldest": ("signed_on", "number"),
    "ending": (F("ends_on").asc(nulls_last=True), "number"),
    "number": ("number",),
    "client": ("client", "number"),
}


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


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the ledger: `state` is running, ended or all; empty filters let everything pass."""

    state: str = "running"
    words: str = ""
    mode: str = ""
    market: str = ""
    order: str = "newest"

    @property
    def is_everything(self) -> bool:
        return self.state == "all" and not (self.words or self.mode or self.market)


def contracts_sought(firm: Firm, sought: Sought, on: date) -> QuerySet[Contract]:
    """The contracts that fit; each word is in the number, the name or the client."""
    contracts = Contract.objects.of(firm).select_related("market", "category")
    running = Q(ends_on__isnull=True) | Q(ends_on__gte=on)
    if sought.state in ("running", "ended"):
        contracts = contracts.filter(running if sought.state == "running" else ~running)
    if sought.mode:
        contracts = contracts.of_mode(Mode(sought.mode))
    if sought.market:
        contracts = contracts.filter(market=sought.market)
    for word in sought.words.split():
        contracts = contracts.filter(Q(number__icontains=word) | Q(name__icontains=word) | Q(client__icontains=word))
    return contracts.order_by(*ORDERS[sought.order])


def markets_of(firm: Firm) -> QuerySet[Market]:
    """The markets of a firm's clients."""
    return Market.objects.filter(pk__in=Contract.objects.of(firm).values("market")).order_by("pk")


def accounts(firm: Firm, contracts: Iterable[Contract]) -> list[Account]:
    """Each contract with its sums: one query for all of them."""
    contracts = list(contracts)
    newest = Version.objects.filter(firm=firm).newest_of_each()
    lines = Line.objects.filter(version__in=newest, contract__in=contracts).exclude(kind=Kind.SIGNED)
    sums: dict[tuple[int, bool], int] = {}
    for contract, kind, cents in lines.values_list("contract", "kind").annotate(cents=Sum("amount_cents")).order_by():
        sums[contract, kind == Kind.CHANGED] = cents
    return [Account(row, sums.get((row.pk, True), 0), sums.get((row.pk, False), 0)) for row in contracts]


# ── One contract ─────────────────────────────────────────────────────────────────────────────────


def contract_lines(contract: Contract) -> QuerySet[Line]:
    """What the newest version of each filing says of a contract, in order of date."""
    newest = Version.objects.filter(firm=contract.firm_id).newest_of_each()
    lines = Line.objects.filter(contract=contract, version__in=newest)
    return lines.select_related("version__filing__period", "payer_market").order_by("on", "pk")


def executed_by_quarter(lines: Iterable[Line]) -> dict[str, int]:
    """Executed cents by the period that reported them, the newest first."""
    sums: dict[str, int] = {}
    for line in lines:
        if line.kind == Kind.EXECUTED:
            period = line.version.filing.period_id
            sums[period] = sums.get(period, 0) + line.amount_cents
    return dict(sorted(sums.items(), reverse=True))


def papers_of_contract(contract: Contract, lines: Sequence[Line]) -> QuerySet[Attachment]:
    """The papers of a contract and of its lines that nobody has taken away."""
    mine = Q(contract=contract) | Q(line_key__in=[line.key for line in lines])
    return Attachment.objects.filter(mine, firm=contract.firm_id, removed_at=None).order_by("attached_at", "pk")


def draft_place(contract: Contract) -> str:
    """Where the row that registers a contract stands, while the draft that holds it is open; else nothing."""
    newest = Version.objects.filter(filing=contract.registered_in_id).order_by("-number").first()
    if newest is None or newest.status != Status.DRAFT:
        return ""
    if contract.is_standing:
        return f"contract-{contract.pk}"
    line = Line.objects.filter(version=newest, contract=contract, kind=Kind.SIGNED).first()
    return f"line-{line.pk}" if line else ""


# ── Work that passes from one member to another ──────────────────────────────────────────────────


@dataclass(frozen=True)
class Upstream:
    """The prime contract of work taken over, as far as the firm may know: never a figure of the other's.

    `firm` is None when the prime contractor is no member. While the prime contract is approved, the work is counted
    there, and not here.
    """

    code: str
    number: str
    firm: Firm | None
    is_approved: bool

    @property
    def counts_here(self) -> bool:
        return not self.is_approved


def upstream_of(contract: Contract, at: datetime) -> Upstream | None:
    code, number = contract.upstream_firm, contract.upstream_number
    if not code:
        return None
    approved = approved_contracts_at(at, [(code, number)])
    return Upstream(code, number, Firm.objects.filter(credit_code=code).first(), bool(approved))


def downstream_of(contract: Contract, at: datetime) -> list[Firm]:
    """Members whose approved lines name this contract as their prime contract."""
    lines = Line.objects.filter(version__in=Version.objects.known_at(at), upstream_firm=contract.firm.credit_code)
    named = lines.filter(upstream_number=contract.number).exclude(firm=contract.firm_id)
    return list(Firm.objects.filter(pk__in=named.values("firm")).order_by("credit_code"))


def counted_upstream(contracts: Iterable[Contract], at: datetime) -> frozenset[tuple[str, str]]:
    """Of the prime contracts (credit code, number) that some contracts name, those that are approved: the work is
    counted with them, and left out here."""
    named = {(row.upstream_firm, row.upstream_number) for row in contracts if row.upstream_firm}
    return approved_contracts_at(at, named)
