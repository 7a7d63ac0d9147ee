"""From facts to cells: standard SQL over Parquet (`sums.py`, `motions.py`, `states.py`), run by an engine.
No Django, no clock.

Facts go in as CSV, come to rest in Parquet in canonical order, and are read once, into numbers. What controllers have
is counted slice by slice; what all slices come to is merged to cells. Sums are of integer cents and therefore exact.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import groupby
from operator import attrgetter, itemgetter
from pathlib import Path

from portal.lib.collecting import uncollected
from portal.statistics import motions, states, sums
from portal.statistics.cells import CellRow, ConcentrationRow
from portal.statistics.dimensions import TABULATED, BridgePart, Cut, Measure, Mode, Status, Thresholds
from portal.statistics.disclosure.primary import judged
from portal.statistics.engines import WRITTEN_SO, DuckDB, Engine
from portal.statistics.leading import concentrations_of, leader_cells
from portal.statistics.scratch import scratch


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


_TYPES = {"consented": "INTEGER", "count": "INTEGER", "version": "INTEGER"}
_TYPES |= dict.fromkeys(("cents", "usd_cents", "cny_cents", "usd_then_cents", "cny_then_cents"), "BIGINT")
_NAMES = [field.name for field in fields(CubeFact)]
_COLUMNS = ", ".join(f"'{name}': '{_TYPES.get(name, 'VARCHAR')}'" for name in _NAMES)
_TEXTS = [name for name in _NAMES if name not in _TYPES]
_FILING = attrgetter("firm", "period", "division")


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
        with scratch(threads=1) as db:
            db.execute(
                f"CREATE TEMP TABLE facts AS SELECT * FROM read_csv(?, {WRITTEN_SO}, columns = {{{_COLUMNS}}}, "
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
        tabulated = [(cut, mode, span) for cut, (modes, spans) in TABULATED.items() for mode in modes for span in spans]
        self.engine.table("tabulated", ("cut", "mode", "span"), tabulated)
        self.engine.table("part_names", ("part",), [(part,) for part in (*BridgePart, Cut.SAME_FIRM)])
        self._number(published)
        for first, last in self._slices():
            self._count(first, last, published)
        for name in ("merged", "seconds"):
            self.engine.keep(name, getattr(states, name.upper()))

    def _number(self, published: Path | None) -> None:
        """Texts to numbers, lines in the order of their seats, and which figures they count in."""
        engine, known = self.engine, ["facts"]
        if published:
            engine.parquet("published", published)
            known.append("published")
        engine.keep("seats", sums.SEATS.format(" UNION ".join(map(sums.SEATED.format, known))))
        engine.keep("kinds", sums.KINDS.format(" UNION ".join(map(sums.OF_KIND.format, known))))
        for name in ("firms", "leaves", "combinations", "known_members", "kinds_in_modes", "ways"):
            engine.keep(name, getattr(sums, name.upper()))
        engine.keep_all("lines", sums.LINES)
        for name in ("strands", "parts", "filed_opposite"):
            engine.keep(name, getattr(motions, name.upper()))
        for name in ("figures", "ways_numbered"):
            engine.keep(name, getattr(sums, name.upper()))
        engine.keep("parts_numbered", motions.PARTS_NUMBERED)
        if published:
            engine.keep("revisions", motions.REVISIONS)
        for name in ("place_numbers", "homes"):
            engine.keep(name, getattr(states, name.upper()))

    def _slices(self) -> list[tuple[int, int]]:
        """First and last seat of each slice: as many lines as the engine counts best at once."""
        found, first, lines = [], 0, 0
        for _start, last, more in self.engine.rows(sums.STRETCHES):
            lines += more
            if lines >= self.engine.lines_at_once:
                found.append((first, last))
                first, lines = last + 1, 0
        # The rest, which may be nothing: the tables of a slice are there all the same.
        return [*found, (first, sums.LAST_SEAT)]

    def _count(self, first: int, last: int, published: Path | None) -> None:
        engine = self.engine
        engine.keep("counted", sums.COUNTED.format(first, last))
        engine.keep("motions", motions.MOTIONS.format(first, last))
        engine.keep("parted", motions.PARTED)
        engine.keep("held", sums.HELD + (motions.REVISED.format(first, last) if published else ""))
        engine.add("states", states.STATES.format(**engine.largest_two))
        engine.add("spread", states.SPREAD.format(**engine.largest_two))

    @uncollected()
    def cells(self, thresholds: Thresholds) -> list[CellRow]:
        """Every non-empty cell, in canonical order."""
        matched = {(target, place): count for target, place, count in self.engine.rows(states.MATCHED)}
        figures = {row[0]: row[1:6] for row in self.engine.rows("SELECT * FROM figures")}
        places = dict(self.engine.rows("SELECT number, place FROM place_numbers"))
        rows = []
        for figure, place, *amounts in self.engine.rows(states.CELLS):
            cell = _cell(figures[figure], places[place], amounts, thresholds)
            rows.append(_matched(cell, matched) if cell.cut == Cut.SAME_FIRM else cell)
        firms = [
            CellRow(span, place, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "", 0, 0, count, count, Status.PUBLIC)
            for span, place, count in self.engine.rows(states.FIRMS)
        ]
        # A cell is a tuple that begins with its key, and no key comes twice.
        return sorted([*rows, *firms, *self._leader_cells(thresholds)])

    def _leader_cells(self, thresholds: Thresholds) -> list[CellRow]:
        cells = []
        for key, rows in groupby(self.engine.rows(states.BY_FIRM + states.BY_PLACE), key=itemgetter(0, 1, 3)):
            by_measure: dict[str, dict[str, tuple]] = {}
            for _span, _place, measure, _mode, firm, *amounts in rows:
                by_measure.setdefault(measure, {})[firm] = tuple(amounts)
            cells += leader_cells(key, by_measure, thresholds)
        return cells

    def concentrations(self, thresholds: Thresholds) -> list[ConcentrationRow]:
        """How few hold how much of each place's total, offshore and onshore business in the quarter."""
        by_place = groupby(self.engine.rows(states.BY_FIRM + states.BY_PLACE), key=itemgetter(0, 1))
        return [row for _place, rows in by_place for row in concentrations_of(rows, thresholds)]


def _cell(figure: Sequence[str], place: str, amounts: Sequence[int], thresholds: Thresholds) -> CellRow:
    usd, cny, number, contributors, *open_ones = amounts
    is_sensitive, protect_usd, protect_cny = judged(*open_ones, thresholds)
    status = Status.CONFIDENTIAL if is_sensitive else Status.PUBLIC
    return CellRow(figure[0], place, *figure[1:], usd, cny, number, contributors, status, protect_usd, protect_cny)


def _matched(cell: CellRow, matched: Mapping[tuple[str, str], int]) -> CellRow:
    """What the continuing firms have says how many there are: those that filed in both periods."""
    return cell._replace(count=matched.get((cell.span.removesuffix("_base"), cell.place), 0))
