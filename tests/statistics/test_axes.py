"""Both time axes come to the same over all time, and nothing is summed over what is withheld."""

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.lib.quarters import Quarter
from portal.statistics.axes import triangle
from portal.statistics.dimensions import Cut, Measure, Mode, Span
from portal.statistics.levels import WITHHELD, Indicator, Known, Level, Table

EXECUTION, TOTAL = Measure.EXECUTION, Mode.TOTAL
FIRST = Quarter(2019, 1)


def level(cents: int) -> Level:
    return Level(Known.PUBLIC, cents, 7 * cents, 0)


def table(by_event: dict[str, Level]) -> Table:
    """A place in one release: what was filed, by the quarter of the event."""
    key = (Span.QUARTER, EXECUTION, TOTAL)
    levels = list(by_event.values())
    whole = WITHHELD if WITHHELD in levels else level(sum(one.usd_cents for one in levels))
    cells = {(*key, Cut.OCCURRED, event): one for event, one in by_event.items()} | {(*key, Cut.WHOLE, ""): whole}
    return Table(None, "520100", cells | {(Span.QUARTER, Measure.FIRMS, TOTAL, Cut.WHOLE, ""): level(0)})


@st.composite
def histories(draw) -> dict[str, Table]:
    """Some quarters in a row, each with events of its own and of up to three quarters before."""
    found = {}
    for step in range(draw(st.integers(1, 6))):
        period = FIRST.shift(step)
        late = draw(st.dictionaries(st.integers(0, 3), st.integers(-(10**9), 10**12), max_size=4))
        found[str(period)] = table({str(period.shift(-back)): level(cents) for back, cents in late.items()})
    return found


@settings(max_examples=25, deadline=None)
@given(histories())
def test_both_ways_of_adding_up_reach_the_same_total(tables):
    found = triangle(tables, EXECUTION)
    assert found.whole == found.whole_by_event
    assert found.whole.usd_cents == sum(one.level(Indicator(EXECUTION)).usd_cents for one in tables.values())


def test_a_quarter_gathers_what_was_filed_of_it_later():
    before = table({"2019Q4": level(50), "2019Q3": level(5)})
    now = table({"2020Q1": level(70), "2019Q4": level(8), "2019Q3": level(3)})
    found = triangle({"2019Q4": before, "2020Q1": now}, EXECUTION)
    assert [found.occurred(event).usd_cents for event in found.events] == [8, 58, 70]
    assert found.cell("2020Q1", "2019Q4") is None
    assert found.reported["2019Q4"].usd_cents == 55


def test_a_sum_with_a_withheld_part_is_withheld():
    found = triangle({"2019Q4": table({"2019Q4": level(50)}),
                      "2020Q1": table({"2020Q1": level(70), "2019Q4": WITHHELD})}, EXECUTION)  # fmt: skip
    assert found.occurred("2019Q4").known == Known.WITHHELD
    assert found.occurred("2020Q1").usd_cents == 70
    assert found.whole_by_event.known == Known.WITHHELD
