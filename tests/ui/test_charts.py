"""Geometry of bars, shares, the bridge, and the small drawings of evidence."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.ui import charts, evidence
from portal.ui.charts import Item

STEPS = [
    Item("both", Decimal("1846.20")),
    Item("new", Decimal("5118.74")),
    Item("gone", Decimal("-37.05")),
    Item("late", Decimal("7995.67")),
]


def guiyang_bridge():
    return charts.bridge(Item("before", Decimal("613.37")), STEPS, Item("now", Decimal("15536.93")))


def test_it_fills_the_row_with_the_longest_bar():
    rows = charts.bars([Item("a", Decimal(200)), Item("b", Decimal(50)), Item("c", Decimal(0))])
    assert [row.width for row in rows] == [100, 25, 0]
    assert [row.value for row in rows] == ["200.00", "50.00", "0.00"]


def test_it_withholds_a_bar_without_a_number():
    row = charts.bars([Item("a", Decimal(2)), Item("b", None)])[1]
    assert (row.kind, row.width, row.value) == ("withheld", 0, "")


def test_it_shares_a_whole_to_the_last_hundredth():
    row = charts.stack("a", [Decimal(1), Decimal(1), Decimal(1)])
    assert sum(segment.width for segment in row.segments) == 100
    assert [segment.value for segment in row.segments] == ["33.33%", "33.33%", "33.33%"]
    assert row.edges == [Decimal("33.33"), Decimal("66.66")]


def test_it_draws_nothing_for_a_whole_of_zero():
    assert [segment.width for segment in charts.stack("a", [0, 0]).segments] == [0, 0]


def test_it_lays_the_bridge_from_level_to_level():
    rows = guiyang_bridge()
    assert [row.kind for row in rows] == ["base", "", "", "", "", "total"]
    assert [row.value for row in rows][1:5] == ["＋1,846.20", "＋5,118.74", "－37.05", "＋7,995.67"]
    assert (rows[0].start, rows[0].width) == (0, Decimal("3.95"))
    assert (rows[-1].start, rows[-1].width) == (0, 100)


def test_it_joins_each_step_of_the_bridge_to_the_next():
    rows = guiyang_bridge()
    assert [row.join_down for row in rows[:-1]] == [row.join_up for row in rows[1:]]
    assert rows[0].join_up is None
    assert rows[-1].join_down is None


def test_it_refuses_a_bridge_that_does_not_close():
    with pytest.raises(ValueError, match=r"15536\.93"):
        charts.bridge(Item("before", Decimal("613.37")), STEPS, Item("now", Decimal("15536.94")))


def test_it_moves_the_zero_line_when_a_level_lies_below_zero():
    rows = charts.bridge(
        Item("a", Decimal(10)), [Item("b", Decimal(-40)), Item("c", Decimal(50))], Item("d", Decimal(20))
    )
    assert (rows[0].start, rows[0].width) == (60, 20)
    assert (rows[1].start, rows[1].width) == (0, 80)
    assert (rows[3].start, rows[3].width) == (60, 40)


# On a busy machine the first draw may take seconds.
@settings(suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**12), st.lists(st.integers(-(10**12), 10**12), max_size=8))
def test_it_keeps_every_bridge_within_its_row(start, deltas):
    end = start + sum(deltas)
    rows = charts.bridge(Item("a", start), [Item(str(delta), delta) for delta in deltas], Item("z", end))
    assert all(row.start >= 0 and row.width >= 0 and row.start + row.width <= 100 for row in rows)


def test_it_shows_how_much_of_a_contract_is_used_and_exceeded():
    drawn = evidence.usage(Decimal(75), Decimal(50), Decimal(100))
    assert (drawn.before, drawn.within, drawn.beyond, drawn.ceiling) == (60, 20, 20, 80)


def test_it_shows_a_contract_within_its_ceiling():
    drawn = evidence.usage(Decimal(20), Decimal(30), Decimal(100))
    assert (drawn.before, drawn.within, drawn.beyond, drawn.ceiling) == (20, 30, 0, 100)


def test_it_stands_the_tallest_quarter_at_full_height_and_marks_the_last():
    columns = evidence.columns([10, None, 40], ["a", "b", "c"])
    assert [column.height for column in columns] == [18.0, 0.0, 72.0]
    assert [column.is_last for column in columns] == [False, False, True]


@pytest.mark.parametrize(
    ("day", "inside"),
    [(date(2019, 6, 30), False), (date(2019, 7, 1), True), (date(2020, 3, 31), True), (date(2020, 4, 1), False)],
)
def test_it_places_a_day_inside_or_outside_its_window(day, inside):
    drawn = evidence.window(day, date(2019, 7, 1), date(2020, 3, 31))
    assert drawn.is_inside is inside
    assert (drawn.start <= drawn.day <= drawn.start + drawn.width) is inside
