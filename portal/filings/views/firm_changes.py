"""Differences between two states of a filing, row by row, in words."""

from collections.abc import Iterable, Mapping
from datetime import date

from portal.filings.differences import Differences
from portal.filings.previews import counted, plain_rows
from portal.filings.telling import field_in_words, kind_in_words, value_in_words
from portal.lib.money import from_cents
from portal.reference.queries import CodeLists


def changes_in_words(changes: Differences, lists: CodeLists) -> dict[str, object]:
    """Rows of a comparison: new, changed with old and new values, removed; and how many stay."""
    return _in_words(counted(changes), plain_rows(changes), lists)


def preview_in_words(preview: Mapping[str, object], lists: CodeLists) -> dict[str, object]:
    """The same of a preview that was kept, with its sums: (before, after) in US dollars."""
    changes = _in_words(preview, preview["rows"], lists)
    touched = sum(preview[name] for name in ("added", "changed", "removed"))
    sums = {name: [from_cents(cents) for cents in preview[f"{name}_cents"]] for name in ("signed", "executed")}
    return changes | {"touched": touched, "more": touched - len(changes["rows"]), "sums": sums}


def _in_words(counts: Mapping[str, int], rows: Iterable[Mapping], lists: CodeLists) -> dict[str, object]:
    told = [_row(row, lists) for row in rows]
    return {"rows": told, "same": counts["same"], "any": bool(told), "empties": counts["empties"]}


def _row(row: Mapping[str, object], lists: CodeLists) -> dict[str, object]:
    return {
        "state": row["state"],
        "kind": kind_in_words(row["kind"]),
        "number": row["number"],
        "name": row["name"],
        "on": date.fromisoformat(row["on"]) if row["on"] else None,
        "amount": value_in_words("amount_cents", row["amount_cents"], lists),
        "currency": row["currency"],
        "cell": f"{row['sheet']} {row['row']}".strip() if row["row"] else "",
        "fields": [
            {
                "label": field_in_words(row["kind"], name),
                "old": value_in_words(name, old, lists),
                "new": value_in_words(name, new, lists),
            }
            for name, old, new in row.get("fields", ())
        ],
    }
