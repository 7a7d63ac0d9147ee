"""Cells that the reading refused: each is told once, and no rule judges it again."""

from collections.abc import Iterator, Sequence

from portal.filings.sheet import CONTRACT_KINDS, Entry, Finding, Level, finding

# Sheet, row and field: one cell.
Cell = tuple[str, int, str]


def cell_of(item: Finding) -> Cell:
    return (item.sheet, item.row, item.field)


def refused_cells(entries: Sequence[Entry]) -> Iterator[Finding]:
    """What the reading has to say of cells from which it took no value."""
    for entry in entries:
        for name, reason in entry.unread.items():
            yield finding(reason.code, Level.ERROR, entry, name, reason.message, reason.expected)


def unsure_codes(entries: Sequence[Entry]) -> frozenset[str]:
    """C2 blames no execution while the number of a contract's own row is to be typed again."""
    unread = any(entry.kind in CONTRACT_KINDS and "number" in entry.unread for entry in entries)
    return frozenset({"C2"}) if unread else frozenset()
