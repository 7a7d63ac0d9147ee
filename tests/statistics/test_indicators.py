"""Each formula by an example that was worked by hand."""

from decimal import Decimal

import pytest

from portal.statistics.indicators import (
    Base,
    concentration_ratio,
    growth,
    herfindahl,
    leaders,
    points_contributed,
    share,
    share_of_growth,
)


def test_growth_is_now_over_base_less_one():
    assert growth(1_500, 1_000).rate == Decimal("0.5")
    assert growth(750, 1_000).rate == Decimal("-0.25")
    assert growth(1_000, 1_000).rate == 0
    assert growth(-500, 1_000).rate == Decimal("-1.5")


def test_growth_is_taken_from_cents_and_not_from_what_is_shown():
    """186,665,200.00 on 191,008.02 is 97,626.37 %; on the 19.10 that is shown it would be 97,630.47 %."""
    exact = growth(186_665_200_00, 191_008_02).rate * 100
    rounded_base = growth(186_665_200_00, 191_000_00).rate * 100
    assert (round(exact, 2), round(rounded_base, 2)) == (Decimal("97626.37"), Decimal("97630.47"))


@pytest.mark.parametrize(("base", "state"), [(None, Base.ABSENT), (0, Base.ZERO), (-5, Base.NEGATIVE)])
def test_a_base_that_is_absent_zero_or_negative_has_no_rate(base, state):
    found = growth(1_000, base)
    assert (found.base, found.rate, found.is_low_base) == (state, None, False)


def test_the_low_base_mark_stands_above_tenfold_growth():
    assert not growth(11_00, 1_00).is_low_base
    assert growth(11_01, 1_00).is_low_base


def test_the_low_base_mark_stands_on_a_base_under_the_floor():
    assert growth(120, 99, floor=100).is_low_base
    assert not growth(120, 100, floor=100).is_low_base


def test_a_share_needs_a_whole():
    assert share(25, 200) == Decimal("0.125")
    assert share(-25, 200) == Decimal("-0.125")
    assert share(25, 0) is None
    assert share(25, -200) is None


def test_points_of_the_parts_add_up_to_the_growth_of_the_total():
    """Offshore 300 → 330, onshore 100 → 150: 7.5 and 12.5 points of 20 %."""
    offshore, onshore = points_contributed(330, 300, 400), points_contributed(150, 100, 400)
    assert (offshore, onshore) == (Decimal("0.075"), Decimal("0.125"))
    assert offshore + onshore == growth(480, 400).rate
    assert points_contributed(330, 300, 0) is None


def test_shares_of_growth_add_up_to_one():
    assert share_of_growth(330, 300, 480, 400) == Decimal("0.375")
    assert share_of_growth(150, 100, 480, 400) == Decimal("0.625")
    assert share_of_growth(90, 100, 480, 400) == Decimal("-0.125")
    assert share_of_growth(110, 100, 400, 400) is None


def test_concentration_is_what_the_largest_hold():
    amounts = [5, 50, 10, 35]
    assert concentration_ratio(amounts, 1) == Decimal("0.5")
    assert concentration_ratio(amounts, 2) == Decimal("0.85")
    assert concentration_ratio(amounts, 9) == 1
    assert concentration_ratio([0, 0], 1) is None


def test_the_herfindahl_index_is_the_sum_of_squared_shares():
    """50 %, 30 %, 20 %: 0.25 + 0.09 + 0.04."""
    assert herfindahl([50, 30, 20]) == Decimal("0.38")
    assert herfindahl([7]) == 1
    assert herfindahl([]) is None


def test_leaders_are_the_fewest_that_hold_enough():
    amounts = {"d": 10, "a": 45, "c": 10, "b": 35}
    assert leaders(amounts, Decimal("0.80")) == ["a", "b"]
    assert leaders(amounts, Decimal("0.81")) == ["a", "b", "c"]


def test_leaders_with_equal_amounts_are_taken_in_the_order_of_their_codes():
    assert leaders({"z": 40, "b": 30, "a": 30}, Decimal("0.5")) == ["z", "a"]
    assert leaders({"a": 30, "z": 40, "b": 30}, Decimal("0.5")) == ["z", "a"]


def test_where_nothing_was_done_nobody_leads():
    assert leaders({"a": 0, "b": 0}, Decimal("0.8")) == []
    assert leaders({}, Decimal("0.8")) == []
