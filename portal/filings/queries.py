"""Reads of the ledger. `facts_known_at` and its two companions are the only door for statistics."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q, QuerySet, Sum

from portal.filings.differences import Stored
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.period import Period, Window
from portal.filings.past import Depth, Others, accepted_reasons, others_of, past_of, settings_in
from portal.filings.policies import running_extensions
from portal.filings.rows import LINE_VALUES, entry_of_contract, entry_of_values, values_of_line
from portal.filings.sheet import Context, Entry, Kind, KnownContract
from portal.lib.quarters import Quarter
from portal.members.models import Firm

# ── The door for statistics ──────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Fact:
    """One approved line as statistics sees it. Amounts are cents; `upstream` is the prime contract
    (credit code, number) from which the work was taken over, or None."""

    key: str
    firm: int
    period: str
    kind: str
    on: date
    contract: tuple[str, str]
    upstream: tuple[str, str] | None
    market: str
    category: str
    mode: str
    currency: str
    amount_cents: int
    usd_cents: int
    cny_cents: int
    rate_month_on: date
    filed_on: date
    version: int
    supply: str
    new_mode: str


def facts_known_at(at: datetime, periods: Iterable[str], firm: int | None = None) -> Iterator[Fact]:
    """Lines of the versions of some periods that were approved at a moment and not superseded then; of one firm
    where it is named."""
    rows = (
        Line.objects.filter(version__in=_versions_known_at(at, periods, firm))
        .order_by("pk")
        .values_list(
            "key", "firm", "version__filing__period", "kind", "on", "firm__credit_code", "contract__number",
            "upstream_firm", "upstream_number", "market", "category", "mode", "currency", "amount_cents",
            "usd_cents", "cny_cents", "rate_month_on", "first_submitted_on", "version__number", "contract__supply",
            "contract__new_mode",
        )
    )  # fmt: skip
    for key, firm, period, kind, on, code, number, up_firm, up_number, *rest in rows.iterator(chunk_size=5000):
        upstream = (up_firm, up_number) if up_firm else None
        yield Fact(str(key), firm, period, kind, on, (code, number), upstream, *rest)


@dataclass(frozen=True)
class FilingFact:
    """A firm (and its credit code) filed for a period: an approved version, nil returns included."""

    firm: int
    code: str
    period: str
    is_nil: bool


def filings_known_at(at: datetime, periods: Iterable[str], firm: int | None = None) -> list[FilingFact]:
    rows = _versions_known_at(at, periods, firm)
    rows = rows.order_by("firm__credit_code", "filing__period")
    return [FilingFact(*row) for row in rows.values_list("firm", "firm__credit_code", "filing__period", "is_nil")]


def _versions_known_at(at: datetime, periods: Iterable[str], firm: int | None) -> QuerySet[Version]:
    rows = Version.objects.known_at(at).filter(filing__period__in=list(periods))
    return rows if firm is None else rows.filter(firm=firm)


def approved_contracts_at(at: datetime, wanted: Iterable[tuple[str, str]]) -> frozenset[tuple[str, str]]:
    """Which of these contracts (credit code, number) had an approved line at a moment."""
    wanted = set(wanted)
    if not wanted:
        return frozenset()
    lines = Line.objects.filter(
        version__in=Version.objects.known_at(at), contract__number__in={number for _, number in wanted}
    )
    return frozenset(lines.values_list("firm__credit_code", "contract__number").distinct()) & wanted


# ── A filing as entries, and what the rules may know ─────────────────────────────────────────────

_CONTRACT, _SUBMITTED_ON = LINE_VALUES.index("contract_id"), LINE_VALUES.index("first_submitted_on")
Submitted = frozenset[tuple[Kind, str, date | None]]


def newest_version(filing: Filing) -> Version | None:
    return filing.versions.order_by("-number").first()


def ledger_of(firm: Firm) -> dict[int, Contract]:
    """All contracts of a firm, by their row, oldest first. Whoever needs them twice hands them on."""
    return {contract.pk: contract for contract in Contract.objects.of(firm).order_by("pk")}


def stored_entries(version: Version, ledger: dict[int, Contract] | None = None) -> list[Stored]:
    """The entries of a version as they stand: its lines, and the standing contracts it registered."""
    ledger = ledger_of(version.firm) if ledger is None else ledger
    stored = []
    for contract in ledger.values():
        if contract.is_standing and contract.registered_in_id == version.filing_id:
            stored.append(Stored(entry_of_contract(contract, Kind.STANDING), None, contract.pk))
    lines = Line.objects.filter(version=version.pk).order_by("position")
    for key, *values in lines.values_list("pk", *LINE_VALUES):
        contract = ledger[values[_CONTRACT]]
        stored.append(Stored(entry_of_values(contract, tuple(values)), key, contract.pk, tuple(values)))
    return stored


def entry_of_line(line: Line) -> Entry:
    return entry_of_values(line.contract, values_of_line(line))


def context_of(
    filing: Filing, *, lists, on: date, ledger: dict[int, Contract] | None = None, depth: Depth = Depth.DRAFT,
    submitted: Submitted | None = None,
) -> Context:  # fmt: skip
    """What the rules may know of a filing on a day: its window, the firm's ledger, the code lists; and, but for
    saving a draft, the firm's past, the reasons that were accepted, and how the rules are set. Whoever knows the
    ledger, or what was submitted, hands it on."""
    period = filing.period
    since_on = accepts_from(filing.firm, period, on)
    ledger = ledger_of(filing.firm) if ledger is None else ledger
    others = others_of(filing)
    deep: dict[str, object] = {}
    if depth != Depth.DRAFT:
        deep["past"] = past_of(filing, ledger, others, since_on, depth)
        deep["accepted"] = accepted_reasons(filing.firm, filing)
        deep["settings"] = settings_in(period)
    return Context(
        firm_code=filing.firm.credit_code,
        period=period.code,
        period_first_on=period.first_on,
        period_last_on=period.last_on,
        filed_on=on,
        accepts_from_on=since_on,
        lists=lists,
        contracts=known_contracts(filing, ledger, others),
        submitted=submitted_identities(filing) if submitted is None else submitted,
        **deep,
    )


def accepts_from(firm: Firm, period: Period, on: date) -> date:
    """The earliest date that the period accepts when filed on a day; an extension may reach further back."""
    windows = Window.objects.filter(period=period.pk).order_by().values_list("filed_until_on", "accepts_from_on")
    applying = [(until or date.max, since) for until, since in windows if until is None or on <= until]
    earliest = min(applying)[1] if applying else period.first_on
    furthest = running_extensions(firm, period, on).values_list("accepts_from_on", flat=True)[:1]
    return min([earliest, *(since for since in furthest if since is not None)])


def known_contracts(
    filing: Filing, ledger: dict[int, Contract] | None = None, others: Others | None = None
) -> dict[str, KnownContract]:
    """The firm's contracts, with what the newest version of each other filing says of them."""
    others = others_of(filing) if others is None else others
    changed, executed = others.changed(), others.executed()
    return {
        contract.number: KnownContract(
            number=contract.number,
            currency=contract.currency_id,
            amount_cents=contract.amount_cents,
            changed_cents=changed.get(contract.pk, 0),
            executed_cents=executed.get(contract.pk, 0),
            market=contract.market_id,
            mode=contract.mode,
            signed_on=contract.signed_on,
            ends_on=contract.ends_on,
            is_here=contract.registered_in_id == filing.pk,
            client=contract.client,
            upstream=(contract.upstream_firm, contract.upstream_number) if contract.upstream_firm else None,
            frame_cents=contract.frame_cents,
        )
        for contract in (ledger_of(filing.firm) if ledger is None else ledger).values()
    }


def submitted_of(version: Version, stored: Iterable[Stored]) -> Submitted:
    """The same, of a version whose entries are at hand: a first version's lines are all that the filing ever had."""
    if version.number > 1:
        return submitted_identities(version.filing)
    lines = (item for item in stored if item.values is not None)
    return frozenset(item.entry.identity for item in lines if item.values[_SUBMITTED_ON] is not None)


def submitted_identities(filing: Filing) -> Submitted:
    """Events whose dates were judged when they were first submitted: that judgement is kept."""
    rows = Line.objects.filter(version__filing_id=filing.pk, first_submitted_on__isnull=False)
    values = rows.order_by().values_list("kind", "contract__number", "on")
    return frozenset((Kind(kind), number, on) for kind, number, on in values)


# ── For pages ────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class RunningContract:
    """A contract that can still be executed, as the template and the page show it (own currency)."""

    contract: Contract
    left_cents: int
    last_cents: int
    expected_cents: int | None = None


def expected_cents(contract: Contract, period: Period, *, left: int | None, last: int | None) -> int | None:
    """What a contract is likely to execute in a quarter, in cents of its own currency; None: nobody can tell.

    As much as in the quarter before, because work goes on at its pace; where nothing was executed then, what is left
    in equal parts over the quarters until the contract ends, this one included. Never more than what is left. It is
    there to compare with, and is put into no cell.
    """
    if left is None or left <= 0:
        return None
    if last:
        return min(last, left)
    if contract.ends_on is None or contract.ends_on < period.first_on:
        return None
    first, last_one = period.quarter, Quarter.of(contract.ends_on)
    quarters = 4 * (last_one.year - first.year) + last_one.number - first.number + 1
    return -(-left // quarters)


def running_contracts(filing: Filing) -> list[RunningContract]:
    """Contracts that had not ended when the period began, with balance left and last quarter's execution."""
    known = known_contracts(filing)
    last = executed_last_quarter(filing)
    contracts = Contract.objects.of(filing.firm).filter(signed_on__lte=filing.period.last_on)
    contracts = contracts.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=filing.period.first_on))
    rows = []
    for contract in contracts.select_related("market", "currency", "category"):
        sums = known[contract.number]
        left = sums.amount_cents + sums.changed_cents - sums.executed_cents
        if left > 0:
            before = last.get(contract.pk, 0)
            expected = expected_cents(contract, filing.period, left=left, last=before)
            rows.append(RunningContract(contract, left, before, expected))
    return rows


def executed_last_quarter(filing: Filing) -> dict[int, int]:
    """What the firm's filing of the quarter before says was executed, by contract, in its own currency."""
    before = Version.objects.filter(firm=filing.firm, filing__period=str(filing.period.quarter.shift(-1)))
    lines = Line.objects.filter(version__in=before.newest_of_each(), kind=Kind.EXECUTED)
    return dict(lines.values_list("contract").annotate(cents=Sum("amount_cents")).order_by())


@dataclass(frozen=True)
class Totals:
    """Sums of a version in US dollar cents."""

    signed: int
    executed: int
    lines: int


def totals(version: Version) -> Totals:
    row = Version.objects.filter(pk=version.pk).with_totals().get()
    return Totals(row.signed_cents, row.executed_cents, row.line_count)


def approved_totals(firm: Firm, period_code: str) -> Totals | None:
    """Sums of a firm's approved version of a period, if it has one."""
    row = (
        Version.objects.filter(firm=firm, filing__period=period_code, approved_at__isnull=False, superseded_at=None)
        .with_totals()
        .first()
    )
    return Totals(row.signed_cents, row.executed_cents, row.line_count) if row else None
