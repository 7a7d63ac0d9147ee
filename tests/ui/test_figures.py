"""How numbers are written, and changes put into words."""

from decimal import Decimal

import pytest

from portal.ui import figures


@pytest.mark.parametrize(
    ("cents", "text"),
    [(2163147000, "2,163.15"), (0, "0.00"), (500000, "0.50"), (499999, "0.50"), (-1234500, "-1.23"), (450000, "0.45")],
)
def test_it_writes_cents_as_wan(cents, text):
    assert figures.wan(cents) == text


def test_it_rounds_half_away_from_zero_to_both_sides():
    assert figures.grouped(Decimal("0.125")) == "0.13"
    assert figures.grouped(Decimal("-0.125")) == "-0.13"


def test_it_writes_cents_as_yi_and_to_the_last_cent():
    assert figures.yi(24_891_000_000_00) == "248.91"
    assert figures.amount(123456) == "1,234.56"
    assert figures.amount(-5) == "-0.05"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("21,631.47", ("21,631", ".47")),
        ("4,218", ("4,218", "")),
        ("99.68%", ("99", ".68%")),
        ("60%", ("60", "%")),
        ("", ("", "")),
    ],
)
def test_it_splits_a_figure_for_large_type(text, parts):
    assert figures.split(text) == parts


def test_it_signs_with_full_width_signs_and_leaves_zero_alone():
    assert figures.signed(Decimal("1846.20")) == "＋1,846.20"
    assert figures.signed(Decimal("-37.05")) == "－37.05"
    assert figures.signed(Decimal("0.004")) == "0.00"
    assert figures.signed(Decimal("-0.004")) == "0.00"


def test_it_counts_whole_numbers_and_keeps_words():
    assert figures.written(4218) == "4,218"
    assert figures.written(Decimal("7941.4")) == "7,941.40"
    assert figures.written("99.68%") == "99.68%"
    assert figures.written(None) == ""


@pytest.mark.parametrize(
    ("rate", "change", "arrow", "shown"),
    [
        (Decimal("2433.03"), "rise", "↑", "2,433.03"),
        (Decimal("-1.26"), "fall", "↓", "1.26"),
        (Decimal("0"), "flat", "", "0.00"),
        (Decimal("0.004"), "flat", "", "0.00"),
        (Decimal("-0.004"), "flat", "", "0.00"),
        (Decimal("0.005"), "rise", "↑", "0.01"),
    ],
)
def test_it_tells_the_direction_of_the_rate_as_shown(rate, change, arrow, shown):
    told = figures.growth(rate)
    assert (told.change, told.arrow, told.rate) == (change, arrow, shown)
    assert told.is_rate


@pytest.mark.parametrize("state", ["zero_base", "negative_base", "no_base", "withheld"])
def test_it_shows_no_rate_where_there_is_none_to_tell(state):
    told = figures.growth(Decimal("12.3"), state)
    assert told.change == state
    assert told.rate == told.arrow == ""
    assert not told.is_rate


def test_it_refuses_a_state_that_it_does_not_know():
    with pytest.raises(ValueError, match="holiday"):
        figures.growth(None, "holiday")


@pytest.mark.parametrize(
    ("number", "numeral"),
    [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"), (99, "九十九")],
)
def test_it_counts_chapters_in_chinese(number, numeral):
    assert figures.chinese_numeral(number) == numeral


@pytest.mark.parametrize("number", [0, 100, -1])
def test_it_refuses_chapters_beyond_its_count(number):
    with pytest.raises(ValueError, match=str(number)):
        figures.chinese_numeral(number)


def test_it_writes_a_year_digit_by_digit():
    assert figures.chinese_digits(2020) == "二〇二〇"
