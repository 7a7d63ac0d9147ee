"""The provinces as 34 equal squares, as a sheet: position says direction, never border."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from portal.statistics.drawings.marks import Box, Sheet, Words
from portal.ui.rendering import in_chinese
from portal.ui.tiles import BY_KEY, NOTHING, WITHHELD, Place, Tile, full_grid

_SIDE = 82
_ROWS = 8
_WHITE_FROM = ("q4", "q5")
_SWATCH = 74


def tile_sheet(finding: str, unit: str, tiles: Sequence[Tile], labels: Sequence[str], note: str = "") -> Sheet:
    """Squares of `charts.province_tiles`; `labels` word the five steps. A withheld one is dashed and has no number."""
    squares = [(tile, BY_KEY[tile.key]) for tile in full_grid({tile.key: tile for tile in tiles})]
    return Sheet(
        finding=finding,
        unit=unit,
        height=_SIDE * _ROWS,
        boxes=[*_scale_boxes(labels), *(_square(*pair) for pair in squares)],
        words=[*_scale_words(labels), *(words for pair in squares for words in _square_words(*pair))],
        spoken=[_spoken(*pair) for pair in squares if pair[0].level != NOTHING],
        note=note,
    )


def _corner(place: Place) -> tuple[float, float]:
    return _SIDE * (place.column - 1), _SIDE * (place.row - 1)


def _square(tile: Tile, place: Place) -> Box:
    x, y = _corner(place)
    ink, edge = {WITHHELD: ("paper", "edge"), NOTHING: ("paper", "rule")}.get(tile.level, (tile.level, ""))
    return Box(x, y, _SIDE - 2, _SIDE - 2, ink, edge, tile.level == WITHHELD, _spoken(tile, place))


def _name(place: Place) -> str:
    return place.name_zh if in_chinese() else place.name_en


def _spoken(tile: Tile, place: Place) -> str:
    if tile.level == NOTHING:
        return _("%(name)s: no member files there") % {"name": _name(place)}
    return f"{_name(place)} {_text(tile)}"


def _text(tile: Tile) -> str:
    return {WITHHELD: _("withheld"), NOTHING: _("none yet")}.get(tile.level, tile.value)


def _square_words(tile: Tile, place: Place) -> Iterable[Words]:
    x, y = _corner(place)
    quiet = tile.level in (WITHHELD, NOTHING)
    ink = "ink-3" if quiet else "on-q-high" if tile.level in _WHITE_FROM else "on-q-low"
    short = place.short_zh if in_chinese() else place.short_en
    yield Words(x + 8, y + 19, short, ink, 18, is_bold=not quiet, is_serif=True)
    yield Words(x + _SIDE - 10, y + _SIDE - 17, _text(tile), ink, 12 if quiet else 14, "right")


# ── The legend stands where no province does: in the first two rows, at the left ─────────────────


def _scale_boxes(labels: Sequence[str]) -> Iterable[Box]:
    return [Box(_SWATCH * step, 0, _SWATCH, 12, f"q{step + 1}") for step in range(len(labels))]


def _scale_words(labels: Sequence[str]) -> Iterable[Words]:
    return [Words(_SWATCH * step, 26, label, "ink-2", 11) for step, label in enumerate(labels)]
