"""Cells that the reading refused: each is told once, and no rule judges it again."""

from collections.abc import Iterator, Sequence

from portal.filings.sheet import Entry, Finding, Level, finding

# Sheet, row and field: one cell.
Cell = tuple[str, int, str]


def cell_of(item: Finding) -> Cell:
    return (item.sheet, item.row, item.field)


def refused_cells(entries: Sequence[Entry]) -> Iterator[Finding]:
    """What the reading has to say of cells from which it took no value."""
    for entry in entries:
        for name, reason in entry.unread.items():
            yield finding(reason.code, Level.ERROR, entry, name, reason.message, reason.expected)
