"""A period's sheet as its page shows it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.filings.sheet import CONTRACT_KINDS, Finding, Kind
from portal.filings.telling import finding_in_words, first_sentence
from portal.filings.views.firm_idle import idle_point, is_idle, without_idle
from portal.filings.workspace.sheets import Row, Sheet
from portal.ui.seals import OF_SEVERITY

BLOCKING_SHOWN = 9
# Fields that have a cell of their own in the execution table; the rest is told in the remarks.
CELLS = ("amount", "on", "receipt_number")
_KIND_OF_CELL = {"error": "bad", "explain": "why", "note": "ok"}


def anchor(row: Row) -> str:
    """The row's place on the page."""
    is_execution = row.entry is None or row.entry.kind == Kind.EXECUTED
    return f"row-{row.number}" if is_execution else f"contract-{row.number}"


def row_in_words(row: Row) -> str:
    words = _("Row %(number)d") if anchor(row).startswith("row") else _("Contract row %(number)d")
    return words % {"number": row.number}


def blocking_list(sheet: Sheet, period: str) -> dict[str, object] | None:
    """The list above the sheet: each point leads to its row."""
    found = sheet.blocking
    if not found:
        return None
    page = reverse("filings:filing-detail", args=[period])
    count = len(found)
    more = count - BLOCKING_SHOWN
    return {
        "title": ngettext(
            "%(count)d point before it can be submitted", "%(count)d points before it can be submitted", count
        )
        % {"count": count},
        "rows": [_point(row, item, page) for row, item in found[:BLOCKING_SHOWN]],
        "more": _("and %(count)d more") % {"count": more} if more > 0 else "",
    }


def _point(row: Row, item: Finding, page: str) -> dict[str, str]:
    words = finding_in_words(item)
    text = f"{row_in_words(row)}　{first_sentence(words['message'])}"
    return {"seal": OF_SEVERITY[words["severity"]], "text": text, "href": f"{page}#{anchor(row)}"}


def idle_rows(sheet: Sheet, period: str) -> list[dict[str, object]]:
    page = reverse("filings:filing-detail", args=[period])
    idle = [row for row in sheet.executions if any(is_idle(item) for item in row.open_findings)]
    return [idle_point(row_in_words(row), f"{page}#{anchor(row)}", row.contract) for row in idle]


def drawn(row: Row, is_open: bool) -> dict[str, object]:
    """A row with its cells in their states and its findings in words."""
    by_field = row.finding_by_field
    return {
        "row": row,
        "anchor": anchor(row),
        "cells": {name: _cell(by_field.get(name), row, is_open) for name in CELLS},
        "findings": [finding_in_words(item) for item in without_idle(row.open_findings)],
        "answered": [finding_in_words(item) for item in row.findings if item.is_quiet],
        "place": row.stored.place if row.stored else "",
        "is_contract": row.entry is not None and row.entry.kind in CONTRACT_KINDS,
        "is_done": row.stored is not None and not row.open_findings,
    }


def _cell(finding: Finding | None, row: Row, is_open: bool) -> dict[str, str]:
    if row.stored is None:
        return {"kind": "nil", "seal": ""}
    if finding is not None:
        return {"kind": _KIND_OF_CELL[finding.level], "seal": OF_SEVERITY[finding.level]}
    return {"kind": "ok" if is_open else "lock", "seal": "saved" if is_open else ""}
