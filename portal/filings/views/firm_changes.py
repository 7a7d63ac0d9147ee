"""Differences between two states of a filing, row by row, in words."""

from portal.filings.differences import Change, Differences
from portal.filings.sheet import Entry
from portal.filings.telling import field_in_words, kind_in_words, value_in_words
from portal.reference.queries import CodeLists


def changes_in_words(changes: Differences, lists: CodeLists) -> dict[str, object]:
    """Rows of a preview: new, changed with old and new values, removed; and how many stay."""
    rows = [_row("new", entry, lists) for entry in changes.added]
    rows += [_row("changed", change.new, lists) | {"fields": _fields(change, lists)} for change in changes.changed]
    rows += [_row("removed", stored.entry, lists) for stored in changes.removed]
    # Whoever leaves a sheet out means seldom to empty the draft: say so before it is confirmed.
    empties = len(changes.removed) if changes.removed and not (changes.same or changes.changed) else 0
    return {"rows": rows, "same": len(changes.same), "any": bool(changes), "empties": empties}


def _row(state: str, entry: Entry, lists: CodeLists) -> dict[str, object]:
    return {
        "state": state,
        "kind": kind_in_words(entry.kind),
        "number": entry.number,
        "name": entry.name,
        "on": entry.on,
        "amount": value_in_words("amount_cents", entry.amount_cents, lists),
        "currency": entry.currency or "",
        "cell": f"{entry.sheet} {entry.row}".strip() if entry.row else "",
    }


def _fields(change: Change, lists: CodeLists) -> list[dict[str, str]]:
    return [
        {
            "label": field_in_words(change.new.kind, name),
            "old": value_in_words(name, old, lists),
            "new": value_in_words(name, new, lists),
        }
        for name, old, new in change.fields
    ]
