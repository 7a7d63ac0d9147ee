"""Provisional or final, and what the public may know of who has not filed."""

from datetime import date
from decimal import Decimal

import pytest

from portal.statistics.dimensions import Measure, Standing, Thresholds
from portal.statistics.standing import (
    Enough,
    Expected,
    absent_may_be_told,
    covered,
    may_be_told,
    percent_by_count,
    percent_by_value,
    standing_of,
)

RULE = Thresholds()
ENOUGH = Enough(Decimal(90), Decimal(95))
DUE, LOCKED = date(2020, 4, 10), date(2021, 3, 31)


def firm(cents: int, *, filed: bool = False, controller: str = "", consented: bool = False) -> Expected:
    return Expected(controller or str(cents), filed, consented, {Measure.EXECUTION: cents})


@pytest.mark.parametrize(
    ("amounts", "told"),
    [
        ([], True),  # nobody is absent
        ([0, 0], True),  # nobody who had anything
        ([100, 100], False),  # two firms
        ([100, 100, 100], True),
        ([500, 400, 100], False),  # two hold 90 %
        ([-500, 400, 100], False),  # signs hide nothing
        ([100, 60, 9, 9], False),  # 90.9 … two hold over 85 %
    ],
)
def test_absent_amounts_are_told_as_any_cell_is(amounts, told):
    assert may_be_told(amounts, RULE) is told


def test_what_is_left_beside_the_two_largest_has_to_cover_a_tenth_of_the_largest():
    assert not may_be_told([1000, 500, 50, 49], Thresholds(dominance_percent=100))
    assert may_be_told([1000, 500, 50, 50], Thresholds(dominance_percent=100))


def test_firms_of_one_controller_are_one_and_consenting_ones_are_known():
    three = [firm(100), firm(110), firm(120)]
    assert absent_may_be_told(three, Measure.EXECUTION, RULE)
    linked = [firm(100, controller="A"), firm(110, controller="A"), firm(120)]
    assert not absent_may_be_told(linked, Measure.EXECUTION, RULE)
    known = [firm(100), firm(110), firm(120, consented=True)]
    assert not absent_may_be_told(known, Measure.EXECUTION, RULE)
    assert absent_may_be_told([firm(100, consented=True)], Measure.EXECUTION, RULE)


def test_completeness_by_count_and_by_value_worked_by_hand():
    firms = [firm(600, filed=True), firm(300, filed=True), firm(100)]
    assert (percent_by_count(firms), percent_by_value(firms)) == (Decimal("66.7"), Decimal("90.0"))
    assert (percent_by_count([]), percent_by_value([])) == (None, None)


def judged(on: date, by_count: str | None, by_value: str | None) -> Standing:
    coverage = {"by_count_percent": by_count, "by_value_percent": by_value}
    return standing_of(coverage, on=on, due_on=DUE, locks_on=LOCKED, enough=ENOUGH)


@pytest.mark.parametrize(
    ("on", "by_count", "by_value", "expected"),
    [
        (DUE, "100.0", "100.0", Standing.PROVISIONAL),  # filings are still due
        (date(2020, 4, 11), "90.0", "95.0", Standing.FINAL),
        (date(2020, 4, 11), "89.9", "100.0", Standing.PROVISIONAL),
        (date(2020, 4, 11), "100.0", "94.9", Standing.PROVISIONAL),
        (date(2020, 4, 11), "100.0", None, Standing.FINAL),  # nothing a year before keeps nothing waiting
        (LOCKED, "10.0", "10.0", Standing.PROVISIONAL),
        (date(2021, 4, 1), "10.0", "10.0", Standing.FINAL),  # nobody may file any more
    ],
)
def test_figures_are_final_when_enough_is_in_or_the_period_is_locked(on, by_count, by_value, expected):
    assert judged(on, by_count, by_value) == expected


def kept(by_value: str | None, *, is_public: bool, high: int = 120) -> dict[str, object]:
    rows = {name: {"low": 100, "high": high, "is_public": is_public} for name in ("contract", "execution")}
    return {"filed": 8, "expected": 10, "by_count_percent": "80.0", "by_value_percent": by_value, "ranges": rows}


@pytest.mark.parametrize(
    ("by_value", "is_public", "told"),
    [
        ("83.4", True, (83, False)),
        ("95.4", True, (95, False)),
        ("96.0", True, (95, True)),  # over 95 %
        ("99.9", True, (95, True)),
        ("100.0", True, (100, False)),
        ("83.4", False, (None, False)),
        (None, True, (None, False)),
    ],
)
def test_the_public_is_told_a_whole_percentage_or_that_it_is_over_95(by_value, is_public, told):
    found = covered(kept(by_value, is_public=is_public))
    assert (found.by_value, found.is_over) == told


def test_a_range_that_may_not_be_told_is_left_out_and_one_without_width_is_none():
    assert len(covered(kept("80.0", is_public=True)).ranges) == 2
    assert covered(kept("80.0", is_public=False)).ranges == ()
    assert covered(kept("80.0", is_public=True, high=100)).ranges == ()
    assert covered({}) is None
