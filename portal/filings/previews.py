"""What a file would change, in plain values: kept with the upload, so that its page can always show it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain, islice

from portal.filings.differences import Change, Differences, Stored
from portal.filings.rows import LINE_VALUES
from portal.filings.sheet import CONTRACT_KINDS, Entry, Kind
from portal.lib.money import converted
from portal.reference.queries import CodeLists

Plain = dict[str, object]
ROWS_KEPT = 200
_USD = LINE_VALUES.index("usd_cents")


def promised(
    changes: Differences,
    stored: Sequence[Stored],
    entries: Sequence[Entry],
    currencies: Mapping[str, str],
    lists: CodeLists,
) -> Plain:
    """Counts, sums and first rows of what taking the entries over would change. The sums are US dollar cents of
    the whole draft, [before, after]; `currencies` are those of the firm's contracts by number."""
    before = _sums((item.entry.kind, item.values[_USD]) for item in stored if item.values is not None)
    after = _sums(_converted(entries, currencies, lists))
    sums = {f"{name}_cents": [before[name], after[name]] for name in ("signed", "executed")}
    return counted(changes) | sums | {"rows": list(islice(plain_rows(changes), ROWS_KEPT))}


def counted(changes: Differences) -> Plain:
    # Whoever leaves a sheet out means seldom to empty the draft: `empties` says so before it is confirmed.
    counts = {name: len(getattr(changes, name)) for name in ("added", "changed", "removed", "same")}
    return counts | {"empties": 0 if changes.same or changes.changed else len(changes.removed)}


def _converted(entries: Iterable[Entry], currencies: Mapping[str, str], lists: CodeLists) -> Iterable[tuple[Kind, int]]:
    said = dict(currencies) | {entry.number: entry.currency for entry in entries if entry.kind in CONTRACT_KINDS}
    rates: dict[tuple[str, int, int], Decimal] = {}
    for entry in entries:
        if entry.kind != Kind.STANDING:
            key = (entry.number, entry.on.year, entry.on.month)
            rate = rates.get(key)
            if rate is None:
                rate = rates[key] = lists.rate(said[entry.number], entry.on)[0].usd_per_unit
            yield entry.kind, converted(entry.amount_cents, rate)


def _sums(amounts: Iterable[tuple[Kind, int]]) -> dict[str, int]:
    """As everywhere: what was signed is counted with its changes; a standing contract is not counted."""
    sums = {"signed": 0, "executed": 0}
    for kind, cents in amounts:
        sums["executed" if kind == Kind.EXECUTED else "signed"] += cents
    return sums


def plain_rows(changes: Differences) -> Iterable[Plain]:
    """New rows first, then changed ones with old and new values, then removed ones."""
    return chain(
        (_row("new", entry) for entry in changes.added),
        (_row("changed", change.new) | {"fields": _fields(change)} for change in changes.changed),
        (_row("removed", stored.entry) for stored in changes.removed),
    )


def _row(state: str, entry: Entry) -> Plain:
    return {
        "state": state, "kind": str(entry.kind), "number": entry.number, "name": entry.name, "on": _plain(entry.on),
        "amount_cents": entry.amount_cents, "currency": entry.currency or "", "sheet": entry.sheet, "row": entry.row,
    }  # fmt: skip


def _fields(change: Change) -> list[list[object]]:
    return [[name, _plain(old), _plain(new)] for name, old, new in change.fields]


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return value
