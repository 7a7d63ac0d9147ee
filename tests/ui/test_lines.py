"""Geometry of line charts."""

from decimal import Decimal

import pytest

from portal.ui import lines
from portal.ui.lines import Series

QUARTERS = ["2019Q1", "2019Q2", "2019Q3", "2019Q4", "2020Q1"]


def chart(*series):
    return lines.line_chart(QUARTERS, series)


def test_it_draws_wide_and_tall_from_a_zero_base():
    made = chart(Series("Offshore", [10, 20, 30, 40, 50]))
    assert [drawing.kind for drawing in made.drawings] == ["wide", "tall"]
    for drawing in made.drawings:
        assert drawing.levels[0].text == "0"
        assert drawing.levels[0].y == drawing.floor


def test_it_labels_every_fourth_quarter_back_from_the_last():
    assert [column.text for column in chart(Series("a", [1] * 5)).drawings[0].columns] == ["2019Q1", "2020Q1"]


def test_it_breaks_the_line_at_a_withheld_quarter_and_says_so_in_the_table():
    made = chart(Series("a", [10, 20, None, 40, 50]))
    assert [run.count(",") for run in made.drawings[0].lines[0].runs] == [2, 2]
    assert made.rows[2] == ("2019Q3", [""])
    assert made.rows[3] == ("2019Q4", ["40.00"])


def test_it_keeps_end_labels_apart():
    made = chart(*(Series(name, [1, 2, 3, 4, Decimal("5.01")], end_note="↑1%") for name in "abc"))
    for drawing in made.drawings:
        heights = sorted(height for line in drawing.lines for height in (line.label.y, line.note.y))
        assert all(later - earlier >= drawing.font for earlier, later in zip(heights, heights[1:], strict=False))


def test_it_leaves_room_for_long_numbers_at_both_ends():
    small, large = (
        chart(Series("离岸", [number] * 5)).drawings[1] for number in (Decimal("9.5"), Decimal("1234567.89"))
    )
    assert large.left > small.left
    assert large.right < small.right
    assert large.levels[-1].text == "1,500,000"


def test_it_goes_below_zero_where_numbers_do():
    drawing = chart(Series("a", [10, -20, 30, 40, 50])).drawings[0]
    assert drawing.levels[0].text.startswith("-")
    assert drawing.floor < drawing.levels[0].y


def test_it_refuses_a_series_of_another_length():
    with pytest.raises(ValueError, match="one number for each label"):
        chart(Series("a", [1, 2]))


@pytest.mark.parametrize(("highest", "top", "step"), [(171, 180, 60), (9.4, 12, 4), (0, 3, 1), (2500, 3000, 1000)])
def test_it_ends_the_scale_at_a_round_number(highest, top, step):
    assert lines.top_and_step(highest) == (pytest.approx(top), pytest.approx(step))


def test_it_draws_a_small_line_only_from_two_numbers_on():
    assert lines.spark([5]) is None
    assert lines.spark([]) is None
    drawn = lines.spark([1, 3, 2])
    assert drawn.points == "4.0,34.0 79.0,6.0 154.0,20.0"
    assert (drawn.end_x, drawn.end_y) == (154.0, 20.0)
