"""Tables on a sheet of paper: how wide each column is, and where a table too wide for the sheet is cut. No Django.

Widths are counted in ems, the width of a Chinese character.
"""

import unicodedata
from dataclasses import dataclass

from portal.publishing.document import Grid

# What the page holds at the size of tables, and what the white beside each column takes of it.
ROOM = 47.0
BESIDE = 0.9
LEAST, MOST = 6.0, 18.0
LONGEST_WORD = 13.5
NARROW = 0.56
# Between Chinese and Latin letters there is a little white.
MIXED = 0.6


@dataclass(frozen=True)
class Part:
    """A table, or some of its columns with the first of them before. `fixed`: columns that may not be squeezed."""

    rows: tuple[tuple[str, ...], ...]
    heads: int
    numeric: tuple[int, ...]
    widths: tuple[float, ...]
    fixed: tuple[int, ...]


def parts_of(grid: Grid) -> list[Part]:
    """The table in as many parts as it needs to stay readable: columns are never squeezed below their words."""
    rows = _even(grid.rows)
    if not rows or not rows[0]:
        return []
    heads = min(grid.heads, len(rows))
    least = [_least(column, number in grid.numeric) for number, column in enumerate(zip(*rows))]
    return [_part(rows, heads, grid.numeric, columns) for columns in _cut(least)]


def ems(text: str) -> float:
    """How wide a text is, in its widest line."""
    return max(_wide(line) for line in _lines(text))


def _wide(line: str) -> float:
    wide = sum(unicodedata.east_asian_width(one) in "WFA" for one in line)
    return wide + NARROW * (len(line) - wide) + (MIXED if 0 < wide < len(line) else 0)


def _lines(text: str) -> list[str]:
    return text.splitlines() or [""]


def _even(rows: tuple[tuple[str, ...], ...]) -> list[tuple[str, ...]]:
    """All rows as long as the longest."""
    longest = max((len(row) for row in rows), default=0)
    return [(*row, *[""] * (longest - len(row))) for row in rows]


def _natural(column: tuple[str, ...]) -> float:
    return min(MOST, max(LEAST / 3, *(ems(cell) for cell in column)))


def _least(column: tuple[str, ...], is_numeric: bool) -> float:
    """Numbers are not broken, and neither are words that are not too long."""
    if is_numeric:
        return _natural(column)
    longest = max((ems(word) for cell in column for word in cell.split() if word.isascii()), default=0)
    return min(_natural(column), max(LEAST, min(longest, LONGEST_WORD)))


def _cut(least: list[float]) -> list[list[int]]:
    """The columns of each part; all but the first begin with the first column again."""
    parts, columns, taken = [], [0], least[0] + BESIDE
    for number, width in enumerate(least[1:], start=1):
        if len(columns) > 1 and taken + width + BESIDE > ROOM:
            parts.append(columns)
            columns, taken = [0], least[0] + BESIDE
        columns.append(number)
        taken += width + BESIDE
    return [*parts, columns]


def _part(rows: list[tuple[str, ...]], heads: int, numeric: tuple[int, ...], columns: list[int]) -> Part:
    cut = tuple(tuple(row[number] for number in columns) for row in rows)
    widths = tuple(round(_natural(column) + BESIDE, 2) for column in zip(*cut))
    right = tuple(place for place, number in enumerate(columns) if number in numeric)
    fixed = right if sum(widths) > ROOM else ()
    return Part(cut, heads, right, widths, fixed)
