"""What moved between two counts of one quarter, and why: standard SQL over their Parquets. No Django, no clock.

A line that both counts hold may differ in several ways at once. Its difference is then taken apart in steps, one thing
at a time: the amount where the line stood, whether it counts, where it stands, the lists that say where that belongs.
Each step ends where the next begins, so the parts add up to the difference of the two figures, whatever is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import duckdb

from portal.statistics.dimensions import ChangeReason, Cut, Mode, Thresholds
from portal.statistics.disclosure.primary import judged
from portal.statistics.scratch import scratch

# What a build must have kept of each line to be compared with.
NEEDED = frozenset({"line", "firm", "controller", "consented", "currency", "cents"})
Pairs = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Count:
    """The facts of one release, and where its lists put them: pairs of (leaf, group)."""

    facts: Path
    places: Pairs
    market_groups: Pairs
    categories: Pairs


@dataclass(frozen=True)
class Moved:
    """How far one figure of a quarter moved, for one reason; or for all together where `reason` is empty.

    `firm_count` are those of whom a line moved, firms of one controller counted as one. `is_safe` says whether so
    many moved, and so evenly, that the amount tells of none of them.
    """

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
    is_safe: bool

    @property
    def cell(self) -> tuple[str, str, str, str, str, str]:
        return (self.period, self.place, self.measure, self.mode, self.cut, self.member)


@lru_cache(maxsize=64)
def can_be_compared(facts: Path) -> bool:
    """Whether a snapshot keeps enough of its lines; the oldest ones kept only what was counted."""
    with scratch() as db:
        rows = db.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(facts)]).fetchall()
    return {row[0] for row in rows} >= NEEDED


def moved(before: Count, now: Count, period: str, filed_before: Iterable[str], thresholds: Thresholds) -> list[Moved]:
    """Every figure of a quarter that moved between two counts, by reason and for all reasons, in canonical order.

    `filed_before` are the credit codes of the firms that had an approved filing of the quarter at the first count.
    """
    with scratch() as db:
        for name, count in (("earlier", before), ("later", now)):
            # A view takes no parameters; the path is our own, and its quotes are doubled all the same.
            path = str(count.facts).replace("'", "''")
            db.execute(_FACTS.format(name=name, path=path, period=period))
        db.execute(_LINES)
        same_lists = (before.places, before.market_groups, before.categories) == (
            now.places, now.market_groups, now.categories
        )  # fmt: skip
        # Most quarters stand as they stood: then there is nothing to place.
        if same_lists and not db.execute("SELECT EXISTS (FROM lines)").fetchone()[0]:
            return []
        _pairs(db, "filed", ("firm", "period"), [(firm, period) for firm in sorted(set(filed_before))])
        for name in ("places", "market_groups", "categories"):
            rows = [(*row, side) for side, count in enumerate((before, now)) for row in getattr(count, name)]
            _pairs(db, name, ("leaf", "grp", "lists"), rows)
        for sql in (_STEPS, _RELISTED):
            db.execute(sql)
        if db.execute("SELECT EXISTS (FROM relisted)").fetchone()[0]:
            db.execute(_LISTED)
        return [_row(period, row, thresholds) for row in db.execute(_MOVED).fetchall()]


def _row(period: str, row: tuple, thresholds: Thresholds) -> Moved:
    """`row` ends with what the firms that did not consent have: their number, all, the largest two, and in renminbi."""
    return Moved(period, *row[:10], is_safe=not judged(*row[10:], thresholds).is_sensitive)


def _pairs(db: duckdb.DuckDBPyConnection, name: str, columns: Sequence[str], rows: Sequence[tuple]) -> None:
    types = ", ".join(f"{column} {'INTEGER' if column == 'lists' else 'VARCHAR'}" for column in columns)
    db.execute(f"CREATE TEMP TABLE {name} ({types})")
    # Whole columns in one parameter each: row by row, DuckDB takes a millisecond for each.
    if rows:
        holes = ", ".join("unnest(?)" for _column in columns)
        db.execute(f"INSERT INTO {name} SELECT {holes}", [list(column) for column in zip(*rows, strict=True)])


# The facts stay where they are; only lines that differ are taken out of them.
_FACTS = """
CREATE TEMP VIEW {name} AS
SELECT line, firm, controller, CAST(consented AS BOOLEAN) AS consented, measure, division, size, market, category, mode,
       currency, cents, usd_cents AS usd, cny_cents AS cny
FROM read_parquet('{path}') WHERE period = '{period}'
"""
_LINES = """
CREATE TEMP TABLE lines AS
SELECT earlier AS was, later AS fresh FROM earlier FULL JOIN later ON earlier.line = later.line
WHERE earlier IS DISTINCT FROM later
"""

_LEAF = ("division", "size", "market", "category", "mode")
_OLD = ", ".join(f"was.{name}" for name in _LEAF)
_NEW = ", ".join(f"fresh.{name}" for name in _LEAF)
# What the line is counted as once it is known whether it counts, and before its kind is looked at.
_BETWEEN = (
    "CASE WHEN (was.measure = 'subcontracted') <> (fresh.measure = 'subcontracted')"
    " THEN fresh.measure ELSE was.measure END"
)
_BOTH = "FROM lines WHERE was.line IS NOT NULL AND fresh.line IS NOT NULL AND"
_WHO = "fresh.line AS unit, 1 AS lines, fresh.controller, fresh.consented"

# A signed contribution to every cell that a leaf is part of, under the lists of either count (0 the earlier).
_STEPS = f"""
CREATE TEMP TABLE steps AS
SELECT {_WHO}, CASE WHEN fresh.firm IN (SELECT firm FROM filed) THEN '{ChangeReason.CORRECTION}'
                    ELSE '{ChangeReason.LATE_FILING}' END AS reason,
       1 AS lists, fresh.measure, {_NEW}, fresh.usd, fresh.cny
FROM lines WHERE was.line IS NULL
UNION ALL
SELECT was.line, 1, was.controller, was.consented, '{ChangeReason.CORRECTION}', 0, was.measure, {_OLD},
       -was.usd, -was.cny
FROM lines WHERE fresh.line IS NULL
UNION ALL
SELECT {_WHO}, CASE WHEN (was.currency, was.cents) = (fresh.currency, fresh.cents) THEN '{ChangeReason.RATE}'
                    ELSE '{ChangeReason.CORRECTION}' END,
       0, was.measure, {_OLD}, fresh.usd - was.usd, fresh.cny - was.cny
{_BOTH} (was.usd, was.cny) IS DISTINCT FROM (fresh.usd, fresh.cny)
UNION ALL
SELECT {_WHO}, '{ChangeReason.SUBCONTRACT}', 0, was.measure, {_OLD}, -fresh.usd, -fresh.cny
{_BOTH} {_BETWEEN} <> was.measure
UNION ALL
SELECT {_WHO}, '{ChangeReason.SUBCONTRACT}', 0, {_BETWEEN}, {_OLD}, fresh.usd, fresh.cny
{_BOTH} {_BETWEEN} <> was.measure
UNION ALL
SELECT {_WHO}, '{ChangeReason.RECLASSIFICATION}', 0, {_BETWEEN}, {_OLD}, -fresh.usd, -fresh.cny
{_BOTH} ({_BETWEEN}, {_OLD}) IS DISTINCT FROM (fresh.measure, {_NEW})
UNION ALL
SELECT {_WHO}, '{ChangeReason.RECLASSIFICATION}', 0, fresh.measure, {_NEW}, fresh.usd, fresh.cny
{_BOTH} ({_BETWEEN}, {_OLD}) IS DISTINCT FROM (fresh.measure, {_NEW})
"""

# Only what a list puts elsewhere now: everything else would come off where it goes on.
_RELISTED = """
CREATE TEMP TABLE relisted AS
SELECT name, leaf FROM (
    SELECT 'division' AS name, leaf, grp, lists FROM places
    UNION ALL SELECT 'market', leaf, grp, lists FROM market_groups
    UNION ALL SELECT 'category', leaf, grp, lists FROM categories
) GROUP BY name, leaf, grp HAVING count(DISTINCT lists) = 1
"""
_LISTED = f"""
INSERT INTO steps
WITH listed AS (
    SELECT later.* FROM later SEMI JOIN earlier ON later.line = earlier.line
    WHERE later.division IN (SELECT leaf FROM relisted WHERE name = 'division')
       OR later.market IN (SELECT leaf FROM relisted WHERE name = 'market')
       OR later.category IN (SELECT leaf FROM relisted WHERE name = 'category')
)
SELECT concat_ws('|', controller, measure, division, size, market, category, mode), count(*), controller,
       bool_and(consented), '{ChangeReason.LIST_CHANGE}', lists, measure, division, size, market, category, mode,
       sum(CASE lists WHEN 1 THEN usd ELSE -usd END), sum(CASE lists WHEN 1 THEN cny ELSE -cny END)
FROM listed CROSS JOIN (SELECT unnest([0, 1]) AS lists) GROUP BY ALL
"""

_ABROAD = f"mode IN ('{Mode.OFFSHORE}', '{Mode.OVERSEAS}')"

# By cell and reason; and by cell alone, because what is published is the difference of both figures.
_MOVED = f"""
WITH placed AS (
    SELECT steps.* EXCLUDE (division), grp AS place
    FROM steps JOIN places ON steps.division = places.leaf AND steps.lists = places.lists
), moded AS (
    SELECT * FROM placed
    UNION ALL SELECT * REPLACE ('{Mode.TOTAL}' AS mode) FROM placed WHERE mode <> '{Mode.OVERSEAS}'
), cut AS (
    SELECT *, '' AS cut, '' AS member FROM moded
    UNION ALL SELECT *, '{Cut.MARKET}', market FROM moded WHERE {_ABROAD}
    UNION ALL SELECT *, '{Cut.SIZE}', size FROM moded WHERE mode = '{Mode.TOTAL}'
    UNION ALL SELECT moded.*, '{Cut.MARKET_GROUP}', grp FROM moded
        JOIN market_groups ON moded.market = market_groups.leaf AND moded.lists = market_groups.lists WHERE {_ABROAD}
    UNION ALL SELECT moded.*, '{Cut.CATEGORY}', grp FROM moded
        JOIN categories ON moded.category = categories.leaf AND moded.lists = categories.lists
), of_lines AS (
    SELECT place, measure, mode, cut, member, reason, controller, unit, max(lines) AS lines,
           bool_and(consented) AS consented, sum(usd) AS usd, sum(cny) AS cny
    FROM cut GROUP BY ALL HAVING sum(usd) <> 0 OR sum(cny) <> 0
), of_firms AS (
    SELECT place, measure, mode, cut, member, reason, controller, bool_and(consented) AS consented,
           sum(lines) AS lines, sum(usd) AS usd, sum(cny) AS cny
    FROM of_lines GROUP BY ALL
    UNION ALL
    SELECT place, measure, mode, cut, member, '', controller, bool_and(consented), sum(lines), sum(usd), sum(cny)
    FROM of_lines GROUP BY ALL
), apart AS (
    -- A consenting firm's amount is known to everybody, and hides nobody else's.
    SELECT *, NOT consented AND (usd <> 0 OR cny <> 0) AS is_hidden,
           CASE WHEN consented THEN 0 ELSE abs(usd) END AS size_usd,
           CASE WHEN consented THEN 0 ELSE abs(cny) END AS size_cny
    FROM of_firms
), summed AS (
    SELECT place, measure, mode, cut, member, reason, CAST(sum(usd) AS BIGINT) AS usd, CAST(sum(cny) AS BIGINT) AS cny,
           CAST(sum(lines) AS BIGINT) AS lines, count(*) AS firms, count(*) FILTER (is_hidden) AS hidden,
           CAST(sum(size_usd) AS BIGINT) AS size, max(size_usd, 2) AS largest, max(size_cny) AS largest_cny
    FROM apart GROUP BY place, measure, mode, cut, member, reason
)
SELECT place, measure, mode, cut, member, reason, usd, cny, lines, firms,
       hidden, size, CAST(largest[1] AS BIGINT), CAST(coalesce(largest[2], 0) AS BIGINT), CAST(largest_cny AS BIGINT)
FROM summed ORDER BY place, measure, mode, cut, member, reason
"""
