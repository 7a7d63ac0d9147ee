"""A version beside its neighbours: last quarter, last year, the version before. Amounts are US dollar cents."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from portal.filings.desk.points import BACK_FILED, Point
from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.sheet import Kind
from portal.filings.workspace.contracts import counted_upstream
from portal.filings.workspace.evidence import Papers
from portal.filings.workspace.questions import Thread
from portal.lib.quarters import Quarter
from portal.members.models import Firm


def handed_in(filing: Filing) -> list[Version]:
    """The versions that the association may see, newest first: a draft is the firm's own."""
    versions = list(filing.versions.exclude(status=Status.DRAFT).order_by("-number"))
    for version in versions:
        version.filing = filing
    return versions


@dataclass(frozen=True)
class Beside:
    """A line with what stands beside it. A contract's other quarters are told once, at its first execution; without
    a line it is a contract that was executed then and not now, or a line that the version before had."""

    contract: Contract
    line: Line | None = None
    previous: Line | None = None
    last_quarter: int | None = None
    last_year: int | None = None
    repeats: bool = False
    is_removed: bool = False
    is_left_out: bool = False
    points: list[Point] = field(default_factory=list)
    threads: list[Thread] = field(default_factory=list)
    papers: list[Attachment] = field(default_factory=list)

    @property
    def key(self) -> UUID | None:
        """The event's key in every version; none for a contract that rests."""
        told = self.line or self.previous
        return told.key if told else None

    @property
    def asked_about(self) -> set[str]:
        """The cells about which a question is not closed yet."""
        return {thread.query.field for thread in self.threads if thread.is_running}

    @property
    def is_pinned_elsewhere(self) -> bool:
        """A question is about a cell that has no column of its own here."""
        return bool(self.asked_about - {"on", "amount"})

    @property
    def has_under(self) -> bool:
        """Whether something stands under the row."""
        return bool(self.findings or self.threads or (self.line and self.line.reason))

    @property
    def is_back_filed(self) -> bool:
        return any(point.code == BACK_FILED for point in self.points)

    @property
    def findings(self) -> list[Point]:
        """What stands under the line; a back-filing is marked at its date."""
        return [point for point in self.points if point.code != BACK_FILED]

    @property
    def is_changed(self) -> bool:
        return bool(self.changed)

    @property
    def changed(self) -> frozenset[str]:
        """The values of the line that are not what the version before said."""
        if self.previous is None or self.line is None:
            return frozenset()
        return frozenset(name for name in _VALUES if getattr(self.line, name) != getattr(self.previous, name))


# What a firm says in a line: where these are the same, nothing has changed.
_VALUES = ("kind", "contract_id", "on", "amount_cents", "receipt_number", "receipt_on", "payer_market_id", "reason",
           "market_id", "category_id", "mode")  # fmt: skip


@dataclass(frozen=True)
class Part:
    """Lines of one kind with their totals. None in a total: there is nothing to compare with."""

    rows: list[Beside]
    now: int
    previous: int | None
    last_quarter: int | None = None
    last_year: int | None = None


@dataclass(frozen=True)
class Comparison:
    """A version side by side with its neighbours; `general` are points that belong to no line."""

    version: Version
    previous: Version | None
    signed: Part
    executed: Part
    general: list[Point]
    last_quarter_period: str
    last_year_period: str
    last_year_contracts: int
    changed_count: int

    @property
    def points(self) -> list[Point]:
        rows = [*self.signed.rows, *self.executed.rows]
        return [*self.general, *(point for row in rows for point in row.points)]

    @property
    def row_numbers(self) -> dict[UUID, int]:
        """The number of each of the version's lines, by its key."""
        rows = [*self.signed.rows, *self.executed.rows]
        return {row.line.key: row.line.position for row in rows if row.line is not None}

    @property
    def spans(self) -> dict[str, int]:
        """How many columns stand beside the row numbers in each table."""
        more = 0 if self.previous is None else 1
        return {"executed": 5 + more, "signed": 3 + more}

    @property
    def back_filed(self) -> list[Point]:
        return [point for point in self.points if point.code == BACK_FILED]

    @property
    def difference(self) -> int | None:
        """Executed, against the version before."""
        return None if self.executed.previous is None else self.executed.now - self.executed.previous


def comparison_of(
    version: Version,
    previous: Version | None,
    points: list[Point],
    threads: Mapping[UUID, list[Thread]] | None = None,
    papers: Papers | None = None,
    at: datetime | None = None,
) -> Comparison:
    """Put a version's lines beside those of the version before and beside the contract's other quarters, each with
    the questions about it and the papers that came with it. `at`: when the prime contracts of work taken over are
    looked up; a line whose prime contract is approved then is left out of the totals."""
    quarter = version.filing.period.quarter
    lines, old = _lines(version), _lines(previous) if previous else []
    primes = counted_upstream(lines, at) if at else frozenset()
    by_line = {position: [point for point in points if point.position == position] for position in _positions(points)}
    signed = _part(lines, old, by_line, previous, signed=True)
    executed = _part(lines, old, by_line, previous, signed=False)
    executed, last_year_contracts = _with_other_quarters(executed, version.filing.firm, quarter)
    signed, executed = (_with_talk(part, threads or {}, papers or Papers()) for part in (signed, executed))
    signed, executed = (_with_primes(part, primes) for part in (signed, executed))
    changed = [
        row for row in (*signed.rows, *executed.rows) if row.is_changed or row.is_removed or _is_new(row, previous)
    ]
    positions = {line.position for line in lines}
    return Comparison(
        version=version, previous=previous, signed=signed, executed=executed,
        general=[point for point in points if point.position not in positions],
        last_quarter_period=str(quarter.shift(-1)), last_year_period=str(quarter.year_before),
        last_year_contracts=last_year_contracts, changed_count=len(changed),
    )  # fmt: skip


def _with_talk(part: Part, threads: Mapping[UUID, list[Thread]], papers: Papers) -> Part:
    rows = [
        row if row.key is None
        else replace(row, threads=threads.get(row.key, []), papers=papers.beside(row.key, row.contract.pk))
        for row in part.rows
    ]  # fmt: skip
    return replace(part, rows=rows)


def _with_primes(part: Part, primes: frozenset[tuple[str, str]]) -> Part:
    def left_out(line: Line | None) -> bool:
        return line is not None and (line.upstream_firm, line.upstream_number) in primes

    return replace(part, rows=[replace(row, is_left_out=left_out(row.line)) for row in part.rows]) if primes else part


def _positions(points: list[Point]) -> set[int]:
    return {point.position for point in points}


def _is_new(row: Beside, previous: Version | None) -> bool:
    return previous is not None and row.line is not None and row.previous is None


def _lines(version: Version) -> list[Line]:
    rows = version.lines.select_related("contract", "market", "category", "payer_market").order_by("position")
    # The points number lines from one; a position may have gaps where rows were taken out.
    lines = list(rows)
    for number, line in enumerate(lines, start=1):
        line.position = number
    return lines


def _part(
    lines: list[Line], old: list[Line], points: dict[int, list[Point]], previous: Version | None, *, signed: bool
) -> Part:
    def belongs(line: Line) -> bool:
        return (line.kind != Kind.EXECUTED) == signed

    before = {line.key: line for line in old if belongs(line)}
    now = [line for line in lines if belongs(line)]
    rows = [Beside(line.contract, line, before.get(line.key), points=points.get(line.position, [])) for line in now]
    kept = {line.key for line in now}
    rows += [Beside(line.contract, None, line, is_removed=True) for key, line in before.items() if key not in kept]
    was = sum(line.usd_cents for line in before.values()) if previous else None
    return Part(rows, sum(line.usd_cents for line in now), was)


def _with_other_quarters(part: Part, firm: Firm, quarter: Quarter) -> tuple[Part, int]:
    """Add each contract's executions of the quarter before and of the year before, and the contracts that had some
    then and none now. Answers the part, and the number of contracts executed a year before."""
    last_quarter = executed_by_contract(firm, str(quarter.shift(-1)))
    last_year = executed_by_contract(firm, str(quarter.year_before))
    seen: set[int] = set()
    rows = []
    for row in part.rows:
        pk = row.contract.pk
        told = pk in seen or row.is_removed
        rows.append(row if row.is_removed else replace(
            row, repeats=told,
            last_quarter=None if told else last_quarter.get(pk), last_year=None if told else last_year.get(pk),
        ))  # fmt: skip
        if not row.is_removed:
            seen.add(pk)
    idle = [pk for pk in {**last_quarter, **last_year} if pk not in seen]
    for contract in Contract.objects.filter(pk__in=idle).select_related("market").order_by("number"):
        pk = contract.pk
        rows.append(Beside(contract, last_quarter=last_quarter.get(pk), last_year=last_year.get(pk)))
    totals = {"last_quarter": _sum(last_quarter), "last_year": _sum(last_year)}
    return replace(part, rows=rows, **totals), len(last_year)


def _sum(amounts: dict[int, int]) -> int | None:
    return sum(amounts.values()) if amounts else None


def executed_by_contract(firm: Firm, period: str) -> dict[int, int]:
    """Executed cents of each contract in a firm's newest handed-in version of a period: two queries."""
    versions = Version.objects.filter(firm=firm, filing__period=period).exclude(status=Status.DRAFT)
    newest = versions.order_by("-number").values_list("pk", flat=True).first()
    lines = Line.objects.filter(version=newest, kind=Kind.EXECUTED)
    return dict(lines.values_list("contract").annotate(cents=Sum("usd_cents")).order_by())
