"""A build beside what was published before: which releases counted the same quarters, and what has moved since."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from portal.filings.queries import filings_known_at
from portal.lib.quarters import Quarter
from portal.reference.models import Edition
from portal.reference.queries import edition_rows, editions_at
from portal.statistics.cube import CellRow
from portal.statistics.dimensions import NATION, Cut, Measure, Span, Status, Thresholds, periods_of, spans_of
from portal.statistics.facts import Gathered, category_levels, market_groups, places
from portal.statistics.models import Cell, Release
from portal.statistics.moves import Count, Moved, can_be_compared, moved
from portal.statistics.reticence import IsPublic, Key, Told

# The figures whose movements are kept with a release; the others are only looked through.
KEPT = (Cut.WHOLE, Cut.MARKET_GROUP)
MOVED_CELLS = "moved_cells"


@dataclass(frozen=True)
class MoveRow:
    """A movement as it is kept with its release."""

    against_id: int
    period: str
    place: str
    measure: str
    mode: str
    cut: str
    member: str
    reason: str
    usd_cents: int
    cny_cents: int
    line_count: int
    firm_count: int
    status: str


@dataclass(frozen=True)
class Movements:
    """What to keep of all movements, and how many published figures moved for too few firms."""

    rows: list[MoveRow]
    unsafe_count: int

    def check(self) -> dict[str, object]:
        """The check of the same name. Publishing all the same takes a reason, and a name that answers for it."""
        level = "warning" if self.unsafe_count else "ok"
        return {"name": MOVED_CELLS, "level": level, "found": str(self.unsafe_count), "expected": "0"}


@dataclass(frozen=True)
class Comparison:
    """One quarter in an earlier release; `is_told` where a reader would look the quarter up in that release."""

    period: str
    against: Release
    is_told: bool


def comparisons(quarter: Quarter, at: datetime) -> list[Comparison]:
    """For each quarter that a release counts: the newest public release of it, and the newest that counted it, too."""
    releases = list(Release.objects.published(at).order_by("as_of", "pk"))
    found = []
    for period in periods_of(quarter):
        of_it = [row for row in releases if row.period_id == period]
        counting = [row for row in releases if period in periods_of(row.quarter)]
        own = [row for row in releases if row.period_id == str(quarter)]
        candidates = {row.pk: row for row in [*of_it[-1:], *own[-1:], *counting[-1:]]}
        told = {row.pk for row in [*of_it[-1:], *own[-1:]]}
        found += [Comparison(period, row, row.pk in told) for row in candidates.values()]
    return found


def movements(gathered: Gathered, facts: Path, cells: Sequence[CellRow], thresholds: Thresholds) -> Movements:
    """Compare a build with what was public when its facts were gathered."""
    now = _count(facts, gathered.editions, gathered.quarter)
    compared = [
        (one, _moved(one, now, thresholds))
        for one in comparisons(gathered.quarter, gathered.at)
        if can_be_compared(Path(one.against.facts_file.path))
    ]
    public = _public_cells(gathered.quarter, ((cell, cell.status) for cell in cells))
    everything = [row for _one, rows in compared for row in rows]
    told = Told(everything, _parents(gathered.editions), _both_ends(gathered.quarter, cells, compared))
    kept = [
        _kept(one.against, row, told)
        for one, rows in compared
        if one.is_told
        for row in rows
        if row.reason and row.cut in KEPT
    ]
    return Movements(kept, len(_exposed(compared, public)))


def _moved(one: Comparison, now: Count, thresholds: Thresholds) -> list[Moved]:
    then = one.against
    before = _count(Path(then.facts_file.path), editions_at(then.as_of), then.quarter)
    filed = {row.code for row in filings_known_at(then.as_of, [one.period])}
    return moved(before, now, one.period, filed, thresholds)


def _count(facts: Path, editions: dict[str, Edition], quarter: Quarter) -> Count:
    """Facts under the lists as a release of a quarter uses them: as they stood on its last day."""
    day = quarter.last_day
    return Count(facts, places(editions, day), market_groups(editions, day), category_levels(editions))


def _parents(editions: dict[str, Edition]) -> dict[str, str]:
    return {row["code"]: row["parent_id"] or NATION for row in edition_rows(editions["divisions"])}


def _kept(against: Release, row: Moved, told: Told) -> MoveRow:
    return MoveRow(
        against.pk, row.period, row.place, row.measure, row.mode, row.cut, row.member, row.reason, row.usd_cents,
        row.cny_cents, row.line_count, row.firm_count, told.status(row),
    )  # fmt: skip


# ── What both releases of a comparison tell ──────────────────────────────────────────────────────


def _both_ends(quarter: Quarter, cells: Iterable[CellRow], compared: Iterable[tuple[Comparison, object]]) -> IsPublic:
    """Whether a figure can be had from what the build publishes and from what each release that it is told against
    does: else the movement would give away the end that is withheld."""
    spans_now, withheld_now = _spans_of_quarters(quarter), _withheld_in(cells)
    ends: dict[str, list[tuple[Sequence[Span], set[Key]]]] = defaultdict(list)
    for period, spans in spans_now.items():
        ends[period].append((spans, withheld_now))
    for one, _rows in compared:
        if one.is_told:
            rows = Cell.objects.filter(release=one.against, cut=Cut.WHOLE)
            spans = _spans_of_quarters(one.against.quarter).get(one.period, ())
            ends[one.period].append((spans, _withheld_in(rows.exclude(status=Status.PUBLIC))))

    def is_public(key: Key) -> bool:
        return all(
            spans and not any((span, *key[1:]) in withheld for span in spans) for spans, withheld in ends[key[0]]
        )

    return is_public


def _withheld_in(cells: Iterable[CellRow | Cell]) -> set[Key]:
    """By span instead of quarter. What is not there at all is known to be nothing."""
    return {
        (cell.span, cell.place, cell.measure, cell.mode, cell.cut, cell.member)
        for cell in cells
        if cell.status != Status.PUBLIC
    }


def _spans_of_quarters(quarter: Quarter) -> dict[str, Sequence[Span]]:
    """The spans whose figures, all public, tell each quarter by itself; none where others are summed with it."""
    spans = spans_of(quarter)
    found: dict[str, Sequence[Span]] = dict.fromkeys(periods_of(quarter), ())
    for own, to_date in ((Span.QUARTER, Span.TO_DATE), (Span.QUARTER_BASE, Span.TO_DATE_BASE)):
        *before, last = [str(one) for one in spans[to_date]]
        found[last] = (own,)
        if len(before) == 1:
            found[before[0]] = (own, to_date)
    return found


# ── Published figures that moved for too few ─────────────────────────────────────────────────────


def _exposed(compared: Sequence[tuple[Comparison, list[Moved]]], public: set[Key]) -> set[Key]:
    """Figures whose difference from the newest release that told them is that of too few firms. A difference from an
    older one was told, and answered for, when the newer one came out."""
    unsafe = [{row.cell for row in rows if not row.reason and not row.is_safe} & public for _one, rows in compared]
    places = {key[1] for keys in unsafe for key in keys}
    if not places:
        return set()
    exposed: set[Key] = set()
    told_since: set[Key] = set()
    newest_first = sorted(zip(compared, unsafe, strict=True), key=lambda row: row[0][0].against.as_of, reverse=True)
    for (one, _rows), keys in newest_first:
        told = {key for key in _public_in(one, places) if key[0] == one.period}
        exposed |= (keys & told) - told_since
        told_since |= told
    return exposed


def _public_in(one: Comparison, where: set[str]) -> set[Key]:
    rows = Cell.objects.filter(
        release=one.against, place__in=where, measure__in=[Measure.CONTRACT, Measure.EXECUTION, Measure.SUBCONTRACTED]
    ).only("span", "place", "measure", "mode", "cut", "member", "status")
    return _public_cells(one.against.quarter, ((cell, cell.status) for cell in rows.iterator(chunk_size=5000)))


def _public_cells(quarter: Quarter, cells: Iterable[tuple[object, str]]) -> set[Key]:
    """Figures of single quarters that can be had from public cells: a cumulated one stands for each of its quarters,
    since what it holds besides is published elsewhere."""
    periods = _quarters_in(quarter)
    return {
        (period, cell.place, cell.measure, cell.mode, cell.cut, cell.member)
        for cell, status in cells
        if status == Status.PUBLIC
        for period in periods.get(cell.span, ())
    }


def _quarters_in(quarter: Quarter) -> dict[str, list[str]]:
    """The quarters for which each span speaks."""
    spans = {span: [str(one) for one in quarters] for span, quarters in spans_of(quarter).items()}
    own = {*spans[Span.QUARTER], *spans[Span.QUARTER_BASE]}
    return {
        span: codes if span in (Span.QUARTER, Span.QUARTER_BASE) else [code for code in codes if code not in own]
        for span, codes in spans.items()
    }
