"""What moved between two counts of a quarter: worked by hand, and always adding up to the difference."""

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from portal.statistics.dimensions import ChangeReason, Cut, Measure, Mode, Thresholds
from portal.statistics.moves import Count, can_be_compared, moved

QUARTER = "2020Q1"
THRESHOLDS = Thresholds()
PLACES = [(city, place) for city in ("520100", "520300") for place in ("CN", "520000", city)]
GROUPS = [("VNM", "asean"), ("SGP", "asean"), ("SGP", "road")]
CATEGORIES = [("ITO-1", "ITO-1"), ("ITO-1", "ITO"), ("BPO-1", "BPO-1"), ("BPO-1", "BPO")]


@dataclass(frozen=True)
class Line:
    line: str
    firm: str
    cents: int
    controller: str = ""
    consented: bool = False
    period: str = QUARTER
    measure: str = Measure.EXECUTION
    division: str = "520100"
    size: str = "small"
    market: str = "VNM"
    category: str = "ITO-1"
    mode: str = Mode.OFFSHORE
    currency: str = "USD"
    rate: int = 7
    usd_cents: int | None = None


COLUMNS = (
    "line", "firm", "controller", "consented", "period", "measure", "division", "size", "market", "category", "mode",
    "currency", "cents", "usd_cents", "cny_cents",
)  # fmt: skip


def snapshot(path: Path, lines: list[Line]) -> Path:
    types = {"consented": "BOOLEAN", "cents": "BIGINT", "usd_cents": "BIGINT", "cny_cents": "BIGINT"}
    with duckdb.connect(":memory:") as db:
        columns = ", ".join(f"{name} {types.get(name, 'VARCHAR')}" for name in COLUMNS)
        db.execute(f"CREATE TABLE facts ({columns})")
        for line in lines:
            usd = line.cents if line.usd_cents is None else line.usd_cents
            values = vars(line) | {"controller": line.controller or line.firm}
            values |= {"usd_cents": usd, "cny_cents": line.cents * line.rate}
            row = [values[name] for name in COLUMNS]
            db.execute(f"INSERT INTO facts VALUES ({', '.join('?' * len(COLUMNS))})", row)
        db.execute(f"COPY facts TO '{path}' (FORMAT parquet)")
    return path


BEFORE = [
    Line("stays", "f0", 10_00),
    Line("amount", "f1", 100_00),
    Line("gone", "f2", 30_00),
    Line("moves", "f3", 40_00),
    Line("both", "f4", 50_00),
    Line("rate", "f5", 60_00, currency="CNY", usd_cents=9_00, rate=1),
    Line("taken", "f6", 70_00),
    Line("relisted", "f7", 80_00, market="SGP"),
    Line("elsewhere", "f9", 999_00, period="2019Q4"),
]
AFTER = [
    BEFORE[0],
    replace(BEFORE[1], cents=140_00),
    replace(BEFORE[3], market="CHN", mode=Mode.ONSHORE),
    # The amount, the place and the list at once.
    replace(BEFORE[4], cents=55_00, division="520300", category="BPO-1", market="SGP"),
    replace(BEFORE[5], usd_cents=8_00),
    replace(BEFORE[6], measure=Measure.SUBCONTRACTED),
    BEFORE[7],
    Line("late", "f8", 20_00),
    Line("added", "f1", 5_00),
    replace(BEFORE[8], cents=1_00),
]
GROUPS_NOW = [("VNM", "asean"), ("SGP", "asean")]


@pytest.fixture
def sides(tmp_path) -> tuple[Count, Count]:
    return (
        Count(snapshot(tmp_path / "before.parquet", BEFORE), PLACES, GROUPS, CATEGORIES),
        Count(snapshot(tmp_path / "now.parquet", AFTER), PLACES, GROUPS_NOW, CATEGORIES),
    )


def figures(count: Count) -> dict[tuple, tuple[int, int]]:
    """Every figure of the quarter, counted here line by line."""
    with duckdb.connect(":memory:") as db:
        rows = db.execute(
            "SELECT measure, division, size, market, category, mode, usd_cents, cny_cents FROM read_parquet(?) "
            "WHERE period = ?", [str(count.facts), QUARTER],
        ).fetchall()  # fmt: skip
    found: dict[tuple, tuple[int, int]] = {}
    for measure, division, size, market, category, own, usd, cny in rows:
        for mode in (own, Mode.TOTAL):
            parts = [(Cut.WHOLE, "")]
            parts += [(Cut.CATEGORY, grp) for leaf, grp in count.categories if leaf == category]
            parts += [(Cut.SIZE, size)] if mode == Mode.TOTAL else []
            if mode == Mode.OFFSHORE:
                parts += [(Cut.MARKET, market)]
                parts += [(Cut.MARKET_GROUP, grp) for leaf, grp in count.market_groups if leaf == market]
            for place in [grp for leaf, grp in count.places if leaf == division]:
                for part in parts:
                    key = (place, measure, mode, *part)
                    one, other = found.get(key, (0, 0))
                    found[key] = (one + usd, other + cny)
    return found


def test_the_parts_add_up_to_the_difference_of_every_figure_in_both_currencies(sides):
    before, now = figures(sides[0]), figures(sides[1])
    rows = moved(*sides, QUARTER, {f"f{number}" for number in range(8)}, THRESHOLDS)
    for reasons in (True, False):
        sums: dict[tuple, tuple[int, int]] = {}
        for row in rows:
            if bool(row.reason) == reasons:
                one, other = sums.get(row.cell[1:], (0, 0))
                sums[row.cell[1:]] = (one + row.usd_cents, other + row.cny_cents)
        zero = (0, 0)
        differences = {
            key: tuple(b - a for a, b in zip(before.get(key, zero), now.get(key, zero), strict=True))
            for key in before.keys() | now.keys()
        }
        assert {key: value for key, value in sums.items() if any(value)} == {
            key: value for key, value in differences.items() if any(value)
        }


def test_each_reason_has_what_is_its_own(sides):
    rows = moved(*sides, QUARTER, {f"f{number}" for number in range(8)}, THRESHOLDS)

    def of(place: str, mode: str, cut: str = "", member: str = "", measure: str = Measure.EXECUTION) -> dict:
        wanted = (QUARTER, place, measure, mode, cut, member)
        return {row.reason: (row.usd_cents, row.line_count) for row in rows if row.cell == wanted and row.reason}

    assert of("CN", Mode.OFFSHORE) == {
        ChangeReason.LATE_FILING: (20_00, 1),
        # 40 more and 5 added of one firm, 30 gone of another, 5 more of a third.
        ChangeReason.CORRECTION: (20_00, 4),
        ChangeReason.RATE: (-1_00, 1),
        ChangeReason.SUBCONTRACT: (-70_00, 1),
        ChangeReason.RECLASSIFICATION: (-40_00, 1),
    }
    # From offshore to onshore moves nothing of the total.
    assert ChangeReason.RECLASSIFICATION not in of("CN", Mode.TOTAL)
    # The city's amount is mended where the line stood; then it moves there as it is now.
    assert of("520100", Mode.TOTAL)[ChangeReason.RECLASSIFICATION] == (-55_00, 1)
    assert of("520300", Mode.TOTAL) == {ChangeReason.RECLASSIFICATION: (55_00, 1)}
    assert of("CN", Mode.TOTAL, measure=Measure.SUBCONTRACTED) == {ChangeReason.SUBCONTRACT: (70_00, 1)}
    # The list let Singapore go: what stood there, and what came there since.
    assert of("CN", Mode.OFFSHORE, Cut.MARKET_GROUP, "road") == {
        ChangeReason.LIST_CHANGE: (-135_00, 2),
        ChangeReason.RECLASSIFICATION: (55_00, 1),
    }


def test_a_movement_is_safe_when_enough_firms_moved_alike(tmp_path):
    def total(*changes: tuple[str, int, bool], controller: str = "") -> bool:
        before = snapshot(tmp_path / "before.parquet", [Line("x", "f0", 1)])
        lines = [Line(f"l{n}", firm, cents, controller, agreed) for n, (firm, cents, agreed) in enumerate(changes)]
        now = snapshot(tmp_path / "now.parquet", [Line("x", "f0", 1), *lines])
        sides = (Count(path, PLACES, [], CATEGORIES) for path in (before, now))
        rows = moved(*sides, QUARTER, [], THRESHOLDS)
        return next(row.is_safe for row in rows if row.cell == (QUARTER, "CN", Measure.EXECUTION, "total", "", ""))

    assert total(("a", 10, False), ("b", 10, False), ("c", 10, False))
    assert not total(("a", 10, False), ("b", 10, False))
    assert total(("a", 10, True), ("b", 10, True))
    # One that consented hides nobody.
    assert not total(("a", 10, False), ("b", 10, False), ("c", 10, True))
    # The two largest hold more than 85 %.
    assert not total(("a", 50, False), ("b", 40, False), ("c", 5, False), ("d", 5, False))
    assert not total(("a", 10, False), ("b", 10, False), ("c", 10, False), controller="g")


def test_nothing_moved_between_a_count_and_itself(sides):
    assert moved(sides[0], sides[0], QUARTER, [], THRESHOLDS) == []


def test_a_snapshot_without_lines_cannot_be_compared(tmp_path, sides):
    path = tmp_path / "old.parquet"
    with duckdb.connect(":memory:") as db:
        db.execute(f"COPY (SELECT 'f1' AS firm, 1 AS usd_cents) TO '{path}' (FORMAT parquet)")
    assert not can_be_compared(path)
    assert can_be_compared(sides[0].facts)
