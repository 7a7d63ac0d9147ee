"""The province tiles."""

import re
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from portal.ui import tiles


def test_it_has_a_square_of_its_own_for_each_of_the_34_provinces():
    assert len(tiles.PLACES) == 34
    assert len({place.code for place in tiles.PLACES}) == 34
    assert len({(place.row, place.column) for place in tiles.PLACES}) == 34
    assert len({place.short_zh for place in tiles.PLACES}) == len({place.short_en for place in tiles.PLACES}) == 34


def test_it_reads_row_by_row():
    positions = [(place.row, place.column) for place in tiles.PLACES]
    assert positions == sorted(positions)


def test_the_stylesheet_places_the_squares_where_the_table_does():
    sheet = (Path(settings.ROOT) / "static/css/figures.css").read_text(encoding="utf-8")
    placed = dict(re.findall(r"\.t-(\d\d) \{ grid-area: (\d / \d); \}", sheet))
    assert placed == {place.key: f"{place.row} / {place.column}" for place in tiles.PLACES}


@pytest.mark.parametrize(
    ("value", "level"), [("0", "q1"), ("0.99", "q1"), ("1", "q2"), ("29.9", "q4"), ("30", "q5"), ("99", "q5")]
)
def test_it_sorts_a_value_into_one_of_five_steps(value, level):
    assert tiles.level(Decimal(value), (1, 3, 10, 30)) == level


def test_it_tells_a_withheld_place_from_one_where_nobody_files():
    assert tiles.level(None, (1, 3, 10, 30)) == tiles.WITHHELD
    grid = tiles.full_grid({"52": tiles.Tile("520000", "1.6", "q2")})
    assert len(grid) == 34
    assert {tile.level for tile in grid if tile.key != "52"} == {tiles.NOTHING}


def test_it_cuts_at_round_numbers_so_that_steps_hold_alike():
    cuts = tiles.cuts([Decimal(number) for number in range(1, 101)])
    assert cuts == [21, 41, 61, 81]
    assert tiles.cuts([]) == []
