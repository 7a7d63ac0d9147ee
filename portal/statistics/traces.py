"""The lines behind a figure, found in the facts that its release kept. Pure: SQL over Parquet."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from portal.statistics.dimensions import Mode
from portal.statistics.scratch import scratch

# A leaf's column, by the cut whose members are made of it; every other cut's figures are not sums of lines.
LEAVES = ("market", "category", "size", "occurred", "supply", "new_mode")


@dataclass(frozen=True)
class Sought:
    """Which lines are in a figure: of these quarters and divisions, and of these leaves of one column."""

    periods: Sequence[str]
    divisions: Sequence[str]
    measure: str
    mode: str
    column: str = ""
    leaves: Sequence[str] = ()


@dataclass(frozen=True)
class FactLine:
    """One line as the release counted it: its key, the number of its filing's version, and its amounts."""

    line: str
    version: int
    firm: str
    period: str
    market: str
    category: str
    mode: str
    currency: str
    cents: int
    usd_cents: int
    cny_cents: int


@dataclass(frozen=True)
class Behind:
    """A page of the lines, largest first, and what all of them come to."""

    lines: list[FactLine]
    line_count: int
    firm_count: int
    usd_cents: int
    cny_cents: int


def lines_behind(facts: Path, sought: Sought, first: int, count: int) -> Behind:
    """So many lines from the `first` (0) on, with the sums over all of them."""
    if sought.column and sought.column not in LEAVES:
        raise ValueError(sought.column)
    conditions, values = _conditions(sought)
    source = f"FROM read_parquet(?) WHERE {conditions}"
    names = ", ".join(FactLine.__dataclass_fields__)
    with scratch() as db:
        total = db.execute(
            "SELECT count(*), count(DISTINCT firm), CAST(coalesce(sum(usd_cents), 0) AS BIGINT), "
            f"CAST(coalesce(sum(cny_cents), 0) AS BIGINT) {source}",
            [str(facts), *values],
        ).fetchone()
        rows = db.execute(
            f"SELECT {names} {source} ORDER BY abs(usd_cents) DESC, line LIMIT ? OFFSET ?",
            [str(facts), *values, count, first],
        ).fetchall()
    return Behind([FactLine(*row) for row in rows], *total)


def _conditions(sought: Sought) -> tuple[str, list[object]]:
    conditions = ["list_contains(?, period)", "list_contains(?, division)", "measure = ?"]
    values: list[object] = [list(sought.periods), list(sought.divisions), sought.measure]
    if sought.mode == Mode.TOTAL:
        conditions.append("mode <> ?")
        values.append(Mode.OVERSEAS.value)
    else:
        conditions.append("mode = ?")
        values.append(sought.mode)
    if sought.column:
        conditions.append(f"list_contains(?, {sought.column})")
        values.append(list(sought.leaves))
    return " AND ".join(conditions), values
