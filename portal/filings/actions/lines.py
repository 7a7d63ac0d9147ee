"""The lines of a draft, written to hold exactly what its entries say."""

from collections.abc import Iterator, Mapping, Sequence
from os import urandom
from uuid import UUID

from portal.filings.differences import Differences, Stored
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line, Version
from portal.filings.rows import LINE_VALUES, Conversion, Values
from portal.filings.sheet import Entry, Kind
from portal.lib import bulk
from portal.reference.queries import CodeLists

Placed = tuple[int, Entry, Stored | None]


def save_lines(
    version: Version,
    entries: Sequence[Entry],
    changes: Differences,
    contracts: Mapping[str, Contract],
    lists: CodeLists,
) -> None:
    """Remove, add and mend lines. One that stays the same event keeps its row and its key."""
    gone = [item.line for item in changes.removed if item.line is not None]
    if gone:
        Line.objects.filter(pk__in=gone).delete()
    kept = {id(change.new): change.old for change in (*changes.changed, *changes.same)}
    conversion = Conversion(contracts, lists)
    if changes.added:
        names = ("version_id", "firm_id", "key", *LINE_VALUES)
        bulk.insert(Line, names, _fresh(version, _placed(entries, kept), conversion))
    if kept:
        bulk.update(Line, LINE_VALUES, _mended(_placed(entries, kept), conversion))


def _placed(entries: Sequence[Entry], kept: Mapping[int, Stored]) -> Iterator[Placed]:
    """Each entry that has a line, with its position and what is stored of it."""
    for position, entry in enumerate((entry for entry in entries if entry.kind != Kind.STANDING), start=1):
        yield position, entry, kept.get(id(entry))


def _fresh(version: Version, placed: Iterator[Placed], conversion: Conversion) -> Iterator[Values]:
    version_key, firm_key, keys = version.pk, version.firm_id, _fresh_keys()
    for position, entry, stored in placed:
        if stored is None or stored.line is None:
            yield (version_key, firm_key, next(keys), *conversion.values(entry, position))


def _fresh_keys() -> Iterator[UUID]:
    """As uuid4, with the random bytes of many drawn at once."""
    while True:
        drawn = urandom(16 * bulk.BATCH)
        for start in range(0, len(drawn), 16):
            yield UUID(bytes=drawn[start : start + 16], version=4)


def _mended(placed: Iterator[Placed], conversion: Conversion) -> Iterator[Values]:
    """Lines that have to say something else now, be it only their position or a rate that was corrected."""
    for position, entry, stored in placed:
        if stored is not None and stored.line is not None:
            values = conversion.values(entry, position, stored.values)
            if values != stored.values:
                yield (*values, stored.line)
