"""From facts to cells: standard SQL over Parquet (`sums.py`), run by an engine. No Django, no clock.

Facts go in as CSV, come to rest in Parquet in canonical order, and are grouped twice: to what each controller has by
each leaf of all dimensions, which is the only pass over all facts, then from there to every cell. Sums are of integer
cents and therefore exact.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from heapq import nlargest
from operator import attrgetter
from pathlib import Path

import duckdb

from portal.statistics import sums
from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status, Thresholds
from portal.statistics.disclosure.primary import Judgement, judged
from portal.statistics.engines import DuckDB, Engine
from portal.statistics.indicators import herfindahl, leaders

LEADERS_HOLD = Decimal("0.80")
LARGEST = 4
LEADERS_KEPT = 10
_BOTH_MODES = (Mode.TOTAL, Mode.OFFSHORE)
_ABROAD = (Mode.OFFSHORE, Mode.OVERSEAS)
_IN_TOTAL = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
_QUARTERS = (Span.QUARTER, Span.QUARTER_BASE)
# Which modes and spans of a cut there are cells for.
TABULATED: Mapping[Cut, tuple[Sequence[Mode], Sequence[Span]]] = {
    Cut.WHOLE: (tuple(Mode), tuple(Span)),
    Cut.MARKET: (_ABROAD, tuple(Span)),
    Cut.MARKET_GROUP: (_ABROAD, tuple(Span)),
    Cut.CATEGORY: (tuple(Mode), tuple(Span)),
    Cut.SIZE: ((Mode.TOTAL,), tuple(Span)),
    Cut.OCCURRED: (_IN_TOTAL, _QUARTERS),
    Cut.TRADE: (_BOTH_MODES, tuple(Span)),
    Cut.DIGITAL: (_BOTH_MODES, tuple(Span)),
    Cut.NEW_MODE: (_BOTH_MODES, tuple(Span)),
    Cut.SUPPLY: (_BOTH_MODES, tuple(Span)),
}


@dataclass(frozen=True)
class CubeFact:
    """One counted line. `measure` is contract, execution or subcontracted; `count` is 1 for a signed one.

    `occurred` is the quarter of the event, `period` that of the filing; `*_then_cents` is the original amount at the
    rate of the same month a year before.
    """

    firm: str
    controller: str
    contract: str
    line: str
    version: int
    consented: int
    period: str
    occurred: str
    measure: str
    division: str
    size: str
    market: str
    category: str
    supply: str
    new_mode: str
    mode: str
    count: int
    currency: str
    cents: int
    usd_cents: int
    cny_cents: int
    usd_then_cents: int
    cny_then_cents: int


@dataclass(frozen=True)
class CubeFiling:
    """A firm filed for a period, from a place."""

    firm: str
    period: str
    division: str


@dataclass(frozen=True)
class Dimensions:
    """Where leaves belong. `side` is "" for both sides of a comparison, or "base" for a list as it was then.

    spans: (period, span, side, target); places: (division, place, side);
    members: (leaf_of, leaf, cut, member, side) for what is not its own member.
    """

    spans: Sequence[tuple[str, str, str, str]]
    places: Sequence[tuple[str, str, str]]
    members: Sequence[tuple[str, str, str, str, str]]


@dataclass(frozen=True)
class CellRow:
    span: str
    place: str
    measure: str
    mode: str
    cut: str
    member: str
    usd_cents: int
    cny_cents: int
    count: int
    contributors: int
    status: str
    protect_usd_cents: int = 0
    protect_cny_cents: int = 0

    @property
    def key(self) -> tuple[str, str, str, str, str, str]:
        return self.span, self.place, self.measure, self.mode, self.cut, self.member


@dataclass(frozen=True)
class ConcentrationRow:
    """How few hold how much; `leaders` are the ten largest as [credit code, US cents, renminbi cents]."""

    span: str
    place: str
    measure: str
    mode: str
    firm_count: int
    usd_cents: int
    cr4_usd_cents: int
    hhi: Decimal | None
    is_cr4_public: bool
    is_hhi_public: bool
    leaders: str


_TYPES = {"consented": "INTEGER", "count": "INTEGER", "version": "INTEGER"}
_TYPES |= dict.fromkeys(("cents", "usd_cents", "cny_cents", "usd_then_cents", "cny_then_cents"), "BIGINT")
_NAMES = [field.name for field in fields(CubeFact)]
_COLUMNS = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in _NAMES)
_TEXTS = [name for name in _NAMES if name not in _TYPES]
_FILING = attrgetter("firm", "period", "division")
_KEY = attrgetter("span", "place", "measure", "mode", "cut", "member")


@dataclass(frozen=True)
class Snapshot:
    """The facts of a release at rest: a Parquet file in canonical order, their number and SHA-256."""

    path: Path
    count: int
    digest: str


def keep_facts(facts: Iterable[CubeFact], path: Path) -> Snapshot:
    """Write facts as Parquet: the same bytes in every database and in any order of arrival."""
    with tempfile.TemporaryDirectory() as folder:
        came, sorted_csv = Path(folder) / "facts.csv", Path(folder) / "sorted.csv"
        count = _write(came, facts)
        # One thread, so that the row groups of the file come out the same wherever it is written.
        with duckdb.connect(":memory:", config={"threads": 1}) as db:
            db.execute(
                f"CREATE TABLE facts AS SELECT * FROM read_csv(?, header = true, columns = {{{_COLUMNS}}}, "
                f"force_not_null = {_TEXTS}) ORDER BY ALL",
                [str(came)],
            )
            db.execute(f"COPY (SELECT * FROM facts ORDER BY ALL) TO '{_doubled(sorted_csv)}' (FORMAT csv, HEADER)")
            db.execute(
                f"COPY (SELECT * FROM facts ORDER BY ALL) TO '{_doubled(path)}' (FORMAT parquet, COMPRESSION zstd)"
            )
        with sorted_csv.open("rb") as file:
            return Snapshot(path, count, hashlib.file_digest(file, "sha256").hexdigest())


def _doubled(path: Path) -> str:
    return str(path).replace("'", "''")


def _write(path: Path, facts: Iterable[CubeFact]) -> int:
    """Write facts as CSV, as they come; answers their number."""
    values = attrgetter(*_NAMES)
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(_NAMES)
        for fact in facts:
            writer.writerow(values(fact))
            count += 1
    return count


class Cube:
    """One build over the facts of a release; `published` are those of the release that published its base."""

    def __init__(
        self, facts: Path, filings: Iterable[CubeFiling], dimensions: Dimensions, *, published: Path | None = None,
        engine: Engine | None = None,
    ):  # fmt: skip
        self.engine = engine or DuckDB()
        self.engine.parquet("facts", facts)
        self.engine.table("filings", ("firm", "period", "division"), map(_FILING, filings))
        self.engine.table("spans", ("period", "span", "side", "target"), dimensions.spans)
        self.engine.table("places", ("division", "place", "side"), dimensions.places)
        self.engine.table("members", ("leaf_of", "leaf", "cut", "member", "side"), dimensions.members)
        tabulated = [(cut, mode, span) for cut, (modes, spans) in TABULATED.items() for mode in modes for span in spans]
        self.engine.table("tabulated", ("cut", "mode", "span"), tabulated)
        self._count(published)

    def _count(self, published: Path | None) -> None:
        engine = self.engine
        seated, parts = [sums.SEATED.format("facts")], [sums.PARTS]
        if published:
            engine.parquet("published", published)
            seated.append(sums.SEATED.format("published"))
            parts.append(sums.REVISIONS)
        engine.keep("seats", sums.SEATS.format(" UNION ".join(seated)))
        engine.keep("motions", sums.MOTIONS)
        engine.keep("parts", " UNION ALL ".join(parts))
        engine.keep("parts_in_modes", _in_modes("parts", "span, division, measure, 'total', cut, member, controller, "
                                                "consented, firm, usd, cny"))  # fmt: skip
        for name in ("kinds", "leaves", "counted"):
            engine.keep(name, getattr(sums, name.upper()))
        engine.keep("known_members", sums.OWN_MEMBERS)
        engine.keep("kinds_in_modes", _in_modes("kinds", "kind, period, measure, 'total'"))
        for name in ("ways", "figures", "held", "states", "spread", "merged", "seconds", "by_firm"):
            engine.keep(name, getattr(sums, name.upper()))

    def cells(self, thresholds: Thresholds) -> list[CellRow]:
        """Every non-empty cell, in canonical order."""
        matched = {(target, place): count for target, place, count in self.engine.rows(sums.MATCHED)}
        rows = [_matched(_cell(row, thresholds), matched) for row in self.engine.rows(sums.CELLS)]
        firms = [
            CellRow(span, place, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "", 0, 0, count, count, Status.PUBLIC)
            for span, place, count in self.engine.rows(sums.FIRMS)
        ]
        return sorted([*rows, *firms, *self._leader_cells(thresholds)], key=_KEY)

    def _leader_cells(self, thresholds: Thresholds) -> list[CellRow]:
        """What the leading firms of a mode hold together: the fewest that have 80 % of its execution.

        Public when each of them consented and the rest, had by subtraction, may be published too.
        """
        by_place: dict[tuple, dict[str, dict[str, tuple]]] = {}
        for span, place, measure, mode, firm, *amounts in self.engine.rows("SELECT * FROM by_firm"):
            by_place.setdefault((span, place, mode), {}).setdefault(measure, {})[firm] = tuple(amounts)
        return [cell for key in sorted(by_place) for cell in _leader_cells_of(key, by_place[key], thresholds)]

    def concentrations(self, thresholds: Thresholds) -> list[ConcentrationRow]:
        """How few hold how much of each place's total, offshore and onshore business in the quarter."""
        found: dict[tuple, dict[str, list[int]]] = {}
        for span, place, measure, mode, firm, consented, usd, cny in self.engine.rows("SELECT * FROM by_firm"):
            for in_mode in (mode, Mode.TOTAL):
                row = found.setdefault((span, place, measure, in_mode), {}).setdefault(firm, [1, 0, 0])
                row[0], row[1], row[2] = min(row[0], consented), row[1] + usd, row[2] + cny
        return [_concentration(key, found[key], thresholds) for key in sorted(found)]


def _in_modes(table: str, columns: str) -> str:
    return sums.IN_MODES.format(table=table, columns=columns)


def _cell(row: Sequence, thresholds: Thresholds) -> CellRow:
    *key, usd, cny, number, contributors, unconsented, open_usd, first, second, first_cny = row
    judgement = judged(unconsented, open_usd, first, second, first_cny, thresholds)
    return CellRow(
        *key, usd, cny, number, contributors, Status.CONFIDENTIAL if judgement.is_sensitive else Status.PUBLIC,
        judgement.protect_usd, judgement.protect_cny,
    )  # fmt: skip


def _matched(cell: CellRow, matched: Mapping[tuple[str, str], int]) -> CellRow:
    """What the continuing firms have says how many there are: those that filed in both periods."""
    if cell.cut != Cut.SAME_FIRM:
        return cell
    return replace(cell, count=matched.get((cell.span.removesuffix("_base"), cell.place), 0))


def _judged(rows: Iterable[Sequence[int]], thresholds: Thresholds) -> Judgement:
    """`judge` for rows of (consented, usd, cny), of which there are hundreds of thousands: no object for each."""
    others = [(abs(usd), abs(cny)) for consented, usd, cny in rows if not consented]
    sizes = nlargest(2, (usd for usd, _cny in others))
    first, second = [*sizes, 0, 0][:2]
    whole, first_cny = sum(usd for usd, _cny in others), max((cny for _usd, cny in others), default=0)
    return judged(len(others), whole, first, second, first_cny, thresholds)


def _leader_cells_of(
    key: tuple, by_measure: Mapping[str, Mapping[str, tuple]], thresholds: Thresholds
) -> list[CellRow]:
    span, place, mode = key
    executions = by_measure.get(Measure.EXECUTION, {})
    group = leaders({firm: row[1] for firm, row in executions.items()}, LEADERS_HOLD)
    agreed = all(executions[firm][0] for firm in group)
    cells = []
    for measure, rows in sorted(by_measure.items()):
        held = [rows[firm] for firm in group if firm in rows]
        rest = _judged((row for firm, row in rows.items() if firm not in group), thresholds)
        fine = agreed and not rest.is_sensitive
        usd, cny = sum(row[1] for row in held), sum(row[2] for row in held)
        judgement = Judgement(False, 0, 0) if fine else _guarded(held, rest, thresholds)
        status = Status.PUBLIC if fine else Status.CONFIDENTIAL
        cells.append(CellRow(span, place, measure, mode, Cut.LEADERS, "", usd, cny, len(group), len(group), status,
                             judgement.protect_usd, judgement.protect_cny))  # fmt: skip
    return cells


def _guarded(held: Sequence[tuple], rest: Judgement, thresholds: Thresholds) -> Judgement:
    """What leaders need when they cannot be shown: their own protection, or that of the rest."""
    own = _judged(held, thresholds)
    return own if own.is_sensitive else rest


def _concentration(key: tuple, firms: Mapping[str, Sequence[int]], thresholds: Thresholds) -> ConcentrationRow:
    order = sorted(firms, key=lambda firm: (-firms[firm][1], firm))
    largest, others = order[:LARGEST], order[LARGEST:]
    usd = sum(row[1] for row in firms.values())
    hhi = herfindahl([row[1] for row in firms.values()])
    safe = not any(
        _judged((firms[firm] for firm in group), thresholds).is_sensitive for group in (order, largest, others)
    )
    return ConcentrationRow(
        *key, len(firms), usd, sum(firms[firm][1] for firm in largest), None if hhi is None else round(hhi, 6),
        is_cr4_public=safe and len(others) >= thresholds.min_firms,
        is_hhi_public=safe and _keeps_the_largest(hhi, usd, firms[order[0]][1], thresholds),
        leaders="[" + ",".join(f'["{firm}",{firms[firm][1]},{firms[firm][2]}]' for firm in order[:LEADERS_KEPT]) + "]",
    )  # fmt: skip


def _keeps_the_largest(hhi: Decimal | None, whole: int, largest: int, thresholds: Thresholds) -> bool:
    """Does HHI leave the largest firm its protection? With shares s₁ ≥ s₂ ≥ …, HHI ≤ s₁ ≤ √HHI: an outsider who
    knows the whole knows that much of the largest."""
    if hhi is None or largest <= 0:
        return False
    wanted = Decimal(largest) * thresholds.protection_percent / 100
    return hhi.sqrt() * whole >= largest + wanted and hhi * whole <= largest - wanted
