"""From facts to cells: standard SQL over Parquet, run by DuckDB. No Django, no clock, no database.

Facts go in as CSV, come to rest in Parquet in canonical order, and are grouped twice: to the leaves of
all dimensions, which is the only pass over all facts, then from there to every published cell. Sums are
of integer cents and therefore exact.
"""

import csv
import hashlib
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

import duckdb

from portal.statistics.dimensions import Cut, Measure, Mode, Status
from portal.statistics.disclosure import is_withheld
from portal.statistics.indicators import leaders

LEADERS_HOLD = Decimal("0.80")


@dataclass(frozen=True)
class CubeFact:
    """One counted line. `measure` is contract, execution or subcontracted; `count` is 1 for a signed one."""

    firm: str
    controller: str
    contract: str
    consented: bool
    period: str
    measure: str
    division: str
    size: str
    market: str
    category: str
    mode: str
    count: int
    usd_cents: int
    cny_cents: int


@dataclass(frozen=True)
class CubeFiling:
    """A firm filed for a period, from a place."""

    firm: str
    period: str
    division: str


@dataclass(frozen=True)
class Dimensions:
    """Where leaves belong: pairs of (leaf, group). `spans` pairs a period with the spans that hold it."""

    spans: Sequence[tuple[str, str]]
    places: Sequence[tuple[str, str]]
    market_groups: Sequence[tuple[str, str]]
    categories: Sequence[tuple[str, str]]


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


def write_facts(path: Path, facts: Iterable[CubeFact]) -> int:
    """Write facts as CSV, as they come; answers their number."""
    names = [field.name for field in fields(CubeFact)]
    count = 0
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(names)
        for fact in facts:
            writer.writerow([getattr(fact, name) for name in names])
            count += 1
    return count


_TYPES = {"consented": "BOOLEAN", "count": "INTEGER", "usd_cents": "BIGINT", "cny_cents": "BIGINT"}
_COLUMNS = ", ".join(f"'{field.name}': '{_TYPES.get(field.name, 'VARCHAR')}'" for field in fields(CubeFact))

# The only pass over all facts: one row for each firm and combination of leaves.
_LEAVES = """
CREATE TABLE leaves AS
SELECT spans.span, measure, division, size, market, category, mode, firm, controller, consented,
       sum(usd_cents) AS usd, sum(cny_cents) AS cny, sum(count) AS count
FROM facts JOIN spans USING (period)
GROUP BY ALL
"""

# Every leaf row in every cell that it is part of: its places, its own mode and the total, and each cut.
_CELLS = """
WITH placed AS (
    SELECT leaves.* EXCLUDE (division), place FROM leaves JOIN places USING (division)
), moded AS (
    SELECT * EXCLUDE (mode), mode FROM placed
    UNION ALL
    SELECT * EXCLUDE (mode), 'total' AS mode FROM placed WHERE mode <> 'overseas'
), cut AS (
    SELECT *, '' AS cut, '' AS member FROM moded
    UNION ALL SELECT *, 'market', market FROM moded WHERE mode IN ('offshore', 'overseas')
    UNION ALL SELECT *, 'size', size FROM moded WHERE mode = 'total'
    UNION ALL SELECT moded.*, 'market_group', grp FROM moded JOIN market_groups USING (market)
        WHERE mode IN ('offshore', 'overseas')
    UNION ALL SELECT moded.*, 'category', above FROM moded JOIN categories USING (category)
), contributions AS (
    SELECT span, place, measure, mode, cut, member, controller, bool_and(consented) AS consented,
           sum(usd) AS usd, sum(cny) AS cny, sum(count) AS count
    FROM cut GROUP BY span, place, measure, mode, cut, member, controller
)
SELECT span, place, measure, mode, cut, member, CAST(sum(usd) AS BIGINT), CAST(sum(cny) AS BIGINT),
       CAST(sum(count) AS BIGINT), count(*), bool_and(consented)
FROM contributions GROUP BY span, place, measure, mode, cut, member
ORDER BY span, place, measure, mode, cut, member
"""

_FIRMS = """
SELECT span, place, count(DISTINCT firm) FROM filings JOIN spans USING (period) JOIN places USING (division)
GROUP BY span, place ORDER BY span, place
"""

_PLACE_OF_CELL = attrgetter("span", "place", "measure", "mode", "cut", "member")

_BY_FIRM = """
SELECT span, place, mode, measure, firm, bool_and(consented), CAST(sum(usd) AS BIGINT), CAST(sum(cny) AS BIGINT)
FROM leaves JOIN places USING (division)
WHERE span = 'quarter' AND mode IN ('offshore', 'onshore') AND measure IN ('contract', 'execution')
GROUP BY span, place, mode, measure, firm
"""


class Cube:
    """One build: an in-memory DuckDB over the facts of one release."""

    def __init__(self, facts_csv: Path, filings: Iterable[CubeFiling], dimensions: Dimensions):
        self.db = duckdb.connect(":memory:")
        self.db.execute(
            f"CREATE TABLE facts AS SELECT * FROM read_csv(?, header = true, columns = {{{_COLUMNS}}}) ORDER BY ALL",
            [str(facts_csv)],
        )
        self._table("filings", ("firm", "period", "division"), [astuple(row) for row in filings])
        self._table("spans", ("period", "span"), dimensions.spans)
        self._table("places", ("division", "place"), dimensions.places)
        self._table("market_groups", ("market", "grp"), dimensions.market_groups)
        self._table("categories", ("category", "above"), dimensions.categories)
        self.db.execute(_LEAVES)

    def _table(self, name: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
        # Through a file, as the facts: row by row, DuckDB takes a millisecond for each.
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.csv"
            with path.open("w", newline="", encoding="utf-8") as file:
                writer = csv.writer(file, lineterminator="\n")
                writer.writerow(columns)
                writer.writerows(rows)
            types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
            self.db.execute(
                f"CREATE TABLE {name} AS SELECT * FROM read_csv(?, header = true, columns = {{{types}}})", [str(path)]
            )

    def keep(self, path: Path) -> None:
        """Write the facts as Parquet: the release's snapshot."""
        self._copy(path, "FORMAT parquet, COMPRESSION zstd")

    def digest(self) -> str:
        """SHA-256 over the facts in canonical order: the same in every database and in any order of arrival."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "facts.csv"
            self._copy(path, "FORMAT csv, HEADER")
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest()

    def _copy(self, path: Path, form: str) -> None:
        # COPY takes no parameters; the path is our own, and its quotes are doubled all the same.
        quoted = str(path).replace("'", "''")
        self.db.execute(f"COPY (SELECT * FROM facts ORDER BY ALL) TO '{quoted}' ({form})")

    def cells(self, min_firms: int) -> list[CellRow]:
        """Every non-empty cell, in canonical order."""
        rows = [
            CellRow(*row[:10], status=_status(row[9], row[10], min_firms)) for row in self.db.execute(_CELLS).fetchall()
        ]
        firms = [
            CellRow(span, place, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "", 0, 0, count, count, Status.PUBLIC)
            for span, place, count in self.db.execute(_FIRMS).fetchall()
        ]
        return sorted([*rows, *firms, *self._leader_cells(min_firms)], key=_PLACE_OF_CELL)

    def _leader_cells(self, min_firms: int) -> list[CellRow]:
        """What the leading firms of a mode hold together: the fewest that have 80 % of its execution.

        Public when each of them consented and the rest, had by subtraction, may be published too.
        """
        by_place: dict[tuple, dict[str, dict[str, tuple]]] = {}
        for span, place, mode, measure, firm, *rest in self.db.execute(_BY_FIRM).fetchall():
            by_place.setdefault((span, place, mode), {}).setdefault(measure, {})[firm] = tuple(rest)
        return [cell for key in sorted(by_place) for cell in _leader_cells_of(key, by_place[key], min_firms)]


def _leader_cells_of(key: tuple, by_measure: Mapping[str, Mapping[str, tuple]], min_firms: int) -> list[CellRow]:
    span, place, mode = key
    executions = by_measure.get(Measure.EXECUTION, {})
    group = leaders({firm: row[1] for firm, row in executions.items()}, LEADERS_HOLD)
    agreed = all(executions[firm][0] for firm in group)
    cells = []
    for measure, rows in sorted(by_measure.items()):
        held = [rows[firm] for firm in group if firm in rows]
        rest = [row for firm, row in rows.items() if firm not in group]
        fine = agreed and not is_withheld(len(rest), all(row[0] for row in rest), min_firms)
        status = Status.PUBLIC if fine else Status.CONFIDENTIAL
        usd, cny = sum(row[1] for row in held), sum(row[2] for row in held)
        cells.append(CellRow(span, place, measure, mode, Cut.LEADERS, "", usd, cny, len(group), len(group), status))
    return cells


def _status(contributors: int, all_consented: bool, min_firms: int) -> Status:
    return Status.CONFIDENTIAL if is_withheld(contributors, all_consented, min_firms) else Status.PUBLIC
