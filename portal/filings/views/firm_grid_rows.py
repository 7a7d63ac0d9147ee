"""Rows of the grid as page and answer show them: each cell with its state, each finding beside it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.filings.columns import PLAN_OF, Column, Form
from portal.filings.sheet import CONTRACT_KINDS, Finding, Kind, Level
from portal.filings.telling import field_in_words, finding_in_words, first_sentence, mode_in_words, name_of
from portal.filings.views.firm_idle import is_idle
from portal.filings.workspace.grid import GridRow
from portal.filings.workspace.questions import Thread
from portal.ui.figures import amount
from portal.ui.rendering import in_chinese
from portal.ui.seals import OF_SEVERITY

# The cells of each table; the other fields stand in the remarks, where they say something or are asked for.
CELLS: dict[Kind, tuple[str, ...]] = {
    Kind.SIGNED: ("kind", "number", "name", "client", "market", "category", "on", "currency", "amount", "ends_on"),
    Kind.CHANGED: ("number", "on", "amount", "reason"),
    Kind.EXECUTED: ("amount", "on", "receipt_number"),
}
CELLS[Kind.STANDING] = CELLS[Kind.SIGNED]
LISTS = {
    Form.MARKET: "list-markets", Form.CATEGORY: "list-categories", Form.CURRENCY: "list-currencies",
    Form.KIND: "list-kinds", Form.SUPPLY: "list-supplies", Form.NEW_MODE: "list-new-modes", Form.YES_NO: "list-yes-no",
}  # fmt: skip
_STATES = {Level.ERROR: "bad", Level.EXPLAIN: "why"}
_NUMBER = mark_safe(' class="n" inputmode="decimal"')
_MARKS = {"bad": mark_safe(' aria-invalid="true"'), "ask": mark_safe(" data-ask")}
_SEALS = {"bad": "mend", "why": "explain", "ok": "saved", "lock": "locked", "wait": "saving", "ask": "ask"}
# A finding whose expected value is the mend itself: which of its words that is.
_MENDS = {"A2": "value", "A5": "left", "OVERTAKEN": "theirs"}


@dataclass
class Cell:
    """One cell as it is drawn; `state` is ok, bad, why, nil or lock."""

    field: str
    label: str
    spoken: str
    text: str
    state: str
    seal: SafeString | str
    is_number: bool
    options: str = ""
    is_long: bool = False
    place: str = ""

    @property
    def ident(self) -> str:
        return f"c-{self.place}-{self.field}"

    @property
    def control(self) -> SafeString:
        """The input with its seal. Put together here and not in a template: a long filing has thousands."""
        return format_html(
            '<div class="cell cell--{}"><input id="{}" name="{}.{}" value="{}"{} autocomplete="off" '
            'aria-label="{}"{}>{}</div>',
            self.state, self.ident, self.place, self.field, self.text, _NUMBER if self.is_number else "", self.spoken,
            self._attributes(), self.seal,
        )  # fmt: skip

    def _attributes(self) -> SafeString:
        listed = format_html(' list="{}"', self.options) if self.options else ""
        told = format_html(' aria-describedby="m-{}"', self.place) if self.state in ("bad", "why", "ask") else ""
        return format_html("{}{}{}", listed, told, _MARKS.get(self.state, ""))

    @property
    def locked(self) -> SafeString:
        """The text with its seal, where nothing can be typed."""
        return format_html(
            '<div class="cell cell--{}"><span class="v{}">{}</span>{}</div>',
            self.state, " n" if self.is_number else "", self.text, self.seal,
        )  # fmt: skip


@dataclass
class DrawnRow:
    row: GridRow
    ordinal: int
    cells: list[Cell]
    extra: list[Cell]
    findings: list[dict[str, str]]
    title: str
    missing: int
    form: str
    asked: list[Thread] = field(default_factory=list)

    @property
    def is_wide(self) -> bool:
        return self.row.kind in CONTRACT_KINDS

    @property
    def where(self) -> str:
        """The client's market and the mode of the work."""
        contract = self.row.contract
        return f"{name_of(contract.market)}　{mode_in_words(contract.mode)}" if contract else ""

    @property
    def expected(self) -> str:
        cents = self.row.expected_cents
        return "" if cents is None else _("expected %(amount)s") % {"amount": amount(cents)}

    @property
    def has_remarks(self) -> bool:
        return bool(self.findings or self.extra)


def draw(row: GridRow, ordinal: int, period: str, *, is_open: bool) -> DrawnRow:
    by_field = {item.field: item for item in reversed(row.findings)}
    shown = CELLS[row.kind]
    if row.kind == Kind.EXECUTED and row.is_fresh:
        shown = ("number", *shown)
    elif row.kind == Kind.CHANGED and not row.is_fresh:
        shown = tuple(name for name in shown if name != "number")
    title = row.contract.number if row.contract else row.texts.get("number", "") or _("New row")
    columns = {column.field: column for column in PLAN_OF[row.kind].fields}
    asked = [name for name in columns if name not in shown and _is_extra(name, row, by_field)]
    cells = [_cell(columns[name], row, by_field.get(name), title, is_open) for name in shown]
    extra = [_cell(columns[name], row, by_field.get(name), title, is_open) for name in asked]
    return DrawnRow(
        row, ordinal, cells, extra, [_told(item, row) for item in row.findings if _is_told(item, row)], title,
        sum(_is_missing(item, row) for item in row.findings), _form_of(row, period),
    )  # fmt: skip


def _is_extra(name: str, row: GridRow, by_field: dict[str, Finding]) -> bool:
    if name == "number":
        return row.is_fresh and row.kind != Kind.EXECUTED
    wants_reason = name == "reason" and any(item.level == Level.EXPLAIN for item in row.findings)
    return bool(row.texts.get(name)) or name in by_field or wants_reason


def _cell(column: Column, row: GridRow, found: Finding | None, title: str, is_open: bool) -> Cell:
    text = row.texts.get(column.field, "")
    label = column.zh if in_chinese() else column.en
    state = state_of(text, found, is_begun=row.is_begun, is_open=is_open)
    options = "list-contracts" if column.field == "number" and row.kind not in CONTRACT_KINDS else ""
    return Cell(
        column.field, label, f"{title} {label}", text, state, seal(_SEALS[state]) if state in _SEALS else "",
        column.form == Form.AMOUNT, options or LISTS.get(column.form, ""), column.field == "reason", row.place,
    )  # fmt: skip


def pin(item: DrawnRow, threads: list[Thread]) -> None:
    """Put questions that wait for an answer at the cells that they are about."""
    item.asked = [thread for thread in threads if thread.is_open]
    for cell in item.cells:
        if any(thread.query.field == cell.field for thread in item.asked):
            cell.state, cell.seal = "ask", seal("ask")


def state_of(text: str, found: Finding | None, *, is_begun: bool, is_open: bool) -> str:
    if not is_open:
        return "lock"
    if found is not None and found.level in _STATES and (text or found.level != Level.ERROR):
        return _STATES[found.level]
    return "ok" if text and is_begun else "nil"


def _is_missing(item: Finding, row: GridRow) -> bool:
    """A cell that is only empty still: its dashed line says so, no sentence beside it."""
    return item.code == "R1" and not row.texts.get(item.field)


def _is_told(item: Finding, row: GridRow) -> bool:
    return not is_idle(item) and not (_is_missing(item, row) and item.field in (*CELLS[row.kind], "number"))


def _told(item: Finding, row: GridRow) -> dict[str, str]:
    words = finding_in_words(item)
    mend = str(item.expected.values.get(_MENDS.get(item.code, ""), ""))
    return words | {
        "field": item.field,
        "label": field_in_words(row.kind, item.field),
        "brief": first_sentence(words["message"]),
        "mend": mend if mend not in ("", "0.00") else "",
        "seal": OF_SEVERITY[words["severity"]],
        "kind": {"error": "bad", "explain": "why"}.get(words["severity"], "ok"),
    }


def _form_of(row: GridRow, period: str) -> str:
    """The form of this row alone, with every field."""
    if row.is_stored:
        return reverse("filings:entry-edit", args=[period, row.place])
    page = reverse("filings:entry-add", args=[period, row.kind])
    return f"{page}?contract={row.contract.number}" if row.contract and row.kind == Kind.EXECUTED else page


@cache
def _seal_in(kind: str, language: str) -> SafeString:
    return render_to_string("filings/_grid_seal.html", {"kind": kind})


def seal(kind: str) -> SafeString:
    """A seal as markup, made once in each language: a long filing has thousands of them."""
    return _seal_in(kind, get_language() or "")


# ── For an answer ────────────────────────────────────────────────────────────────────────────────


def in_plain(drawn: DrawnRow, was: str, state: str) -> dict[str, object]:
    """A row for the tab that saved it: where it stands, its texts, the state of each cell and what to say of it."""
    row = drawn.row
    return {
        "was": was,
        "place": row.place,
        "state": state,
        "seen": row.seen,
        "texts": dict(row.texts),
        "cells": {cell.field: cell.state for cell in [*drawn.cells, *drawn.extra]},
        "missing": drawn.missing,
        "remarks": render_to_string("filings/_grid_remarks.html", {"item": drawn, "is_open": True}),
        "contract": contract_in_plain(row),
    }


def contract_in_plain(row: GridRow) -> dict[str, str] | None:
    contract = row.contract
    if contract is None or contract.pk is None:
        return None
    return {
        "number": contract.number,
        "name": contract.name,
        "client": contract.client,
        "place": f"{name_of(contract.market)}　{mode_in_words(contract.mode)}",
        "currency": contract.currency_id,
        "left": "" if row.left_cents is None else amount(row.left_cents),
    }


def cell_totals(rows: Iterable[DrawnRow]) -> dict[str, int]:
    """Cells of the executions: all, in order, to be mended or explained, locked, and empty."""
    counts = dict.fromkeys(("ok", "bad", "why", "ask", "wait", "lock", "nil"), 0)
    for row in rows:
        for cell in row.cells:
            counts[cell.state] += 1
    return counts | {"all": sum(counts.values())}
