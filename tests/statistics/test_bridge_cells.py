"""The cube's bridges in SQL against the bridge worked out line by line, in every place, measure, mode and currency."""

from collections.abc import Iterable
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.lib.quarters import Quarter
from portal.statistics.bridge import Line, Sides, bridge, same_firm
from portal.statistics.cube import CellRow, Cube, CubeFact, CubeFiling, keep_facts
from portal.statistics.dimensions import BASE_OF, NATION, BridgePart, Currency, Cut, Measure, Mode, Span, Thresholds
from tests.statistics.test_bridge import CASE, worked_case
from tests.statistics.test_cube import DIMENSIONS, OF_DIVISION, PLACES, fact

MEASURES, MODES = (Measure.CONTRACT, Measure.EXECUTION), (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
SPANS = {Span.QUARTER: (["2020Q2"], ["2019Q2"]), Span.TO_DATE: (["2020Q1", "2020Q2"], ["2019Q2"])}
PERIODS = ["2020Q2", "2020Q1", "2019Q2"]


def cells_of(facts: list[CubeFact], filers: set[tuple[str, str]], published: list[CubeFact]) -> dict[tuple, CellRow]:
    filings = [CubeFiling(firm, period, OF_DIVISION[firm]) for firm, period in sorted(filers)]
    with TemporaryDirectory() as folder:
        now, before = Path(folder) / "now.parquet", Path(folder) / "before.parquet"
        keep_facts(facts, now)
        keep_facts(published, before)
        return {row.key: row for row in Cube(now, filings, DIMENSIONS, published=before).cells(Thresholds())}


def cents(cell: CellRow | None, currency: Currency) -> int:
    return getattr(cell, f"{currency}_cents") if cell else 0


def is_in(row: CubeFact, place: str, measure: Measure, mode: Mode) -> bool:
    modes = (Mode.OFFSHORE, Mode.ONSHORE) if mode == Mode.TOTAL else (mode,)
    return (row.division, place) in PLACES and row.measure == measure and row.mode in modes


def lines(rows: Iterable[CubeFact], periods: list[str]) -> list[Line]:
    return [
        Line(row.firm, row.period, Quarter.parse(row.occurred).first_day, row.usd_cents, row.cny_cents,
             row.usd_then_cents, row.cny_then_cents)
        for row in rows if row.period in periods
    ]  # fmt: skip


amounts = st.integers(-(10**12), 10**12)
facts = st.lists(
    st.builds(
        fact,
        firm=st.sampled_from(sorted(OF_DIVISION)),
        period=st.sampled_from(PERIODS),
        measure=st.sampled_from(MEASURES),
        market=st.just("VNM"),
        category=st.just("I-1-1"),
        mode=st.sampled_from([Mode.OFFSHORE, Mode.ONSHORE, Mode.OVERSEAS]),
        usd=amounts,
        cny=amounts,
        occurred=st.sampled_from(["2018Q4", "2019Q2", "2019Q4", "2020Q1", "2020Q2"]),
    ),
    max_size=10,
)


@settings(max_examples=8, deadline=None)
@given(rows=facts, before=facts, nil=st.sets(st.tuples(st.sampled_from(sorted(OF_DIVISION)), st.sampled_from(PERIODS))))
def test_every_cell_of_the_bridge_is_what_its_lines_say(rows, before, nil):
    filers = {(row.firm, row.period) for row in rows} | nil
    published = [row for row in before if row.period == "2019Q2"]
    cells = cells_of(rows, filers, published)
    places = sorted({place for _division, place in PLACES})
    for place, measure, mode, span, currency in product(places, MEASURES, MODES, SPANS, Currency):
        now, base = SPANS[span]
        here = [row for row in rows if is_in(row, place, measure, mode)]
        sides = Sides(
            now=lines(here, now), base=lines(here, base),
            filers_now={firm for firm, period in filers if period in now},
            filers_base={firm for firm, period in filers if period in base},
        )  # fmt: skip
        then = sum(line.cents(currency) for line in lines(
            (row for row in published if is_in(row, place, measure, mode)), base))  # fmt: skip
        expected = bridge(sides, then, currency)
        for part in BridgePart:
            found = cells.get((span, place, measure, mode, Cut.BRIDGE, part))
            assert cents(found, currency) == expected[part], (place, measure, mode, span, currency, part)
        whole = cells.get((span, place, measure, mode, Cut.WHOLE, ""))
        assert sum(expected.values()) == cents(whole, currency) - then
        matched = same_firm(sides, currency)
        for at, level in ((span, matched.now), (BASE_OF[span], matched.base)):
            assert cents(cells.get((at, place, measure, mode, Cut.SAME_FIRM, "")), currency) == level


def test_the_worked_case_comes_out_of_the_cube():
    """Five firms as two quarters of the cube's small world: f1 to f4 stand for A, B, C and D, and E moves as C."""
    names = {"A": "f1", "B": "f2", "C": "f3", "D": "f4", "E": "f3"}
    periods = {"2020Q1": "2020Q2", "2019Q1": "2019Q2"}
    sides = worked_case()
    rows = [_cube_fact(line, names[line.firm], periods[line.period]) for line in [*sides.now, *sides.base]]
    filers = {(names[row["firm"]], periods[row["filing"]]) for row in CASE["lines"]}
    published = [fact("f1", "2019Q2", Measure.EXECUTION, "VNM", "I-1-1", Mode.OFFSHORE, 31800000, 0)]
    cells = cells_of(rows, filers, published)
    found = {part: cents(cells.get((Span.QUARTER, NATION, Measure.EXECUTION, Mode.TOTAL, Cut.BRIDGE, part)),
                         Currency.USD) for part in BridgePart}  # fmt: skip
    assert found == bridge(sides, 31800000)


def _cube_fact(line: Line, firm: str, period: str) -> CubeFact:
    occurred = "2019Q3" if line.is_back_filed else period
    row = fact(firm, period, Measure.EXECUTION, "VNM", "I-1-1", Mode.OFFSHORE, line.usd_cents, line.cny_cents, occurred)
    return CubeFact(**(vars(row) | {"usd_then_cents": line.usd_then, "cny_then_cents": line.cny_then}))
