"""The grid as its page shows it: sections, totals, what blocks, and the lists that its cells choose from."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import uuid4

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.filings.columns import KIND_WORDS, NEW_MODE_WORDS, PLAN_OF, SUPPLY_WORDS
from portal.filings.models.contract import Contract
from portal.filings.queries import totals
from portal.filings.sheet import CONTRACT_KINDS, Kind
from portal.filings.telling import finding_in_words, kind_in_words, mode_in_words, name_of, word_of
from portal.filings.views.firm_grid_rows import CELLS, LISTS, Cell, DrawnRow, cell_totals, draw, pin, seal
from portal.filings.views.firm_idle import idle_point, is_idle
from portal.filings.views.firm_room import steps
from portal.filings.views.firm_talk import by_row, questions_about
from portal.filings.workspace.grid import Grid, GridRow, Unfinished, unfinished_rows
from portal.filings.workspace.periods import Standing
from portal.filings.workspace.questions import Thread
from portal.reference.queries import CodeLists
from portal.ui.rendering import in_chinese

BLOCKING_SHOWN = 9
SECTIONS = (("contracts", Kind.SIGNED), ("changes", Kind.CHANGED), ("executions", Kind.EXECUTED))


def grid_context(
    stand: Standing, table: Grid, lists: CodeLists, *, overlay: Mapping[str, Mapping[str, str]], is_open: bool, add: str
) -> dict[str, object]:
    _lay_over(table, overlay)
    if add and is_open:
        _rows_of(table, Kind(add)).append(blank_row(Kind(add)))
    code = stand.period.code
    contracts = [draw(row, n, code, is_open=is_open) for n, row in enumerate(table.contracts, start=1)]
    changes = [draw(row, n, code, is_open=is_open) for n, row in enumerate(table.changes, start=1)]
    groups = _groups(table, code, is_open)
    executions = [item for _mode, rows in groups for item in rows]
    _wait(overlay, [*contracts, *changes, *executions])
    _pin_questions(stand, lists, [*contracts, *changes, *executions])
    return {
        "stand": stand,
        "steps": steps(stand, "sheet"),
        "is_open": is_open,
        "contracts": contracts,
        "changes": changes,
        "groups": groups,
        "executions": executions,
        "idle": [_idle(item) for item in executions if any(is_idle(found) for found in item.row.findings)],
        "heads": {name: _heads(kind) for name, kind in SECTIONS},
        "blanks": {name: draw(_pattern(kind), 0, code, is_open=True) for name, kind in SECTIONS},
        "names": {name: _names(kind) for name, kind in SECTIONS},
        "more": more_fields(),
        "meter": _meter(cell_totals(executions)),
        "blocking": blocking([contracts, changes, executions]),
        "totals": totals(stand.version) if stand.version else None,
        "lists": _lists(lists, stand) if is_open else None,
    }


def _idle(item: DrawnRow) -> dict[str, object]:
    return idle_point(_("Row %(number)d") % {"number": item.ordinal}, f"#r-{item.row.place}", item.row.contract)


def blank_row(kind: Kind) -> GridRow:
    return GridRow(f"new-r{uuid4().hex[:12]}", kind, {})


def _pattern(kind: Kind) -> GridRow:
    """What the page's script makes fresh rows of."""
    return GridRow("new-pattern", kind, {})


def _rows_of(table: Grid, kind: Kind) -> list[GridRow]:
    if kind in CONTRACT_KINDS:
        return table.contracts
    return table.changes if kind == Kind.CHANGED else table.executions


def _lay_over(table: Grid, overlay: Mapping[str, Mapping[str, str]]) -> None:
    """Show what was typed and could not be saved where it was typed."""
    by_place = {row.place: row for row in table.rows}
    for place, typed in overlay.items():
        texts = {name: text for name, text in typed.items() if name}
        row = by_place.get(place)
        if row is None:
            row = GridRow(place, Kind(typed[""]), {})
            _rows_of(table, row.kind).append(row)
        row.texts = dict(row.texts) | texts


def _wait(overlay: Mapping[str, Mapping[str, str]], drawn: Iterable[DrawnRow]) -> None:
    for item in drawn:
        for cell in item.cells if item.row.place in overlay else ():
            if cell.text and cell.state != "lock":
                cell.state, cell.seal = "wait", seal("saving")


def _pin_questions(stand: Standing, lists: CodeLists, drawn: Iterable[DrawnRow]) -> None:
    talk = by_row(stand.version, questions_about(stand, lists))
    for item in drawn if talk else ():
        place, _dash, key = item.row.place.partition("-")
        if place == "line":
            pin(item, talk.get(int(key), []))


def _groups(table: Grid, code: str, is_open: bool) -> list[tuple[str, list[DrawnRow]]]:
    groups, ordinal = [], 0
    for mode, rows in table.groups:
        drawn = []
        for row in rows:
            ordinal += 1
            drawn.append(draw(row, ordinal, code, is_open=is_open))
        groups.append((mode_in_words(mode) if mode else "", drawn))
    return groups


def _heads(kind: Kind) -> list[dict[str, str]]:
    columns = {column.field: column for column in PLAN_OF[kind].fields}
    return [{"field": name, "label": columns[name].zh if in_chinese() else columns[name].en} for name in CELLS[kind]]


def _names(kind: Kind) -> str:
    """All that the head of each column may be called, for a block that is pasted with its heads."""
    columns = [column for column in PLAN_OF[kind].columns if column.field]
    return json.dumps({column.field: column.heads for column in columns}, ensure_ascii=False)


def _meter(counts: dict[str, int]) -> dict[str, object]:
    due = counts["bad"] + counts["why"] + counts["ask"]
    done = counts["ok"] + counts["lock"] + counts["wait"]
    whole = counts["all"] or 1
    return {
        "total": counts["all"],
        "filled": done + due,
        "done_percent": round(done / whole * 100, 2),
        "due_percent": round(due / whole * 100, 2),
        "text": meter_text(counts["ok"], counts["wait"], counts["lock"], due, counts["nil"]),
    }


def meter_text(saved: int, saving: int, is_locked: int, due: int, empty: int) -> str:
    words = _("Saved %(saved)d, being saved %(saving)d, locked %(locked)d; to mend %(due)d; empty %(empty)d")
    return words % {"saved": saved, "saving": saving, "locked": is_locked, "due": due, "empty": empty}


def blocking(sections: Iterable[list[DrawnRow]]) -> dict[str, object]:
    """Each point with the row that it is about; cells that are only empty are one point together."""
    points, empty, rows = [], 0, []
    for drawn in sections:
        for item in drawn:
            points += [_asked_point(item, thread) for thread in item.asked]
            for said in item.findings:
                if said["kind"] != "ok":
                    href = f"#c-{item.row.place}-{said['field']}" if said["field"] else f"#r-{item.row.place}"
                    text = f"{row_in_words(item)}　{said['brief']}"
                    points.append({"seal": said["seal"], "text": text, "href": href})
            if item.missing:
                empty += item.missing
                rows.append(item)
    if empty:
        points.append({"seal": "empty", "text": empty_in_words(empty, rows), "href": f"#r-{rows[0].row.place}"})
    return {"title": title_in_words(len(points)), "rows": points[:BLOCKING_SHOWN], "more": len(points) - BLOCKING_SHOWN}


def _asked_point(item: DrawnRow, thread: Thread) -> dict[str, str]:
    said = _("a question of the association waits for an answer")
    return {"seal": "ask", "text": f"{row_in_words(item)}　{said}", "href": f"#c-{item.row.place}-{thread.query.field}"}


def row_in_words(item: DrawnRow) -> str:
    return f"{_('Row %(number)d') % {'number': item.ordinal}}　{item.title}"


def empty_in_words(count: int, rows: list[DrawnRow]) -> str:
    words = ngettext("%(count)d cell is still empty", "%(count)d cells are still empty", count) % {"count": count}
    row = row_in_words(rows[0])
    first = _("%(row)s and others") % {"row": row} if len(rows) > 1 else row
    return f"{first}　{words}"


def title_in_words(count: int) -> str:
    words = ngettext("%(count)d point before it can be submitted", "%(count)d points before it can be submitted", count)
    return words % {"count": count}


def _lists(lists: CodeLists, stand: Standing) -> dict[str, list[tuple[str, str]]]:
    """What each cell may choose from, as its data list has it: (what is typed, what it says)."""
    kinds = (Kind.SIGNED, Kind.STANDING)
    leaves = [row for row in lists.categories.values() if row.is_leaf]
    return {
        "list-markets": [(f"{row.code} {name_of(row)}", "") for row in lists.markets.values()],
        "list-categories": [(f"{row.code} {name_of(row)}", "") for row in leaves],
        "list-currencies": [(row.code, name_of(row)) for row in lists.currencies.values()],
        "list-kinds": [(KIND_WORDS[kind][0 if in_chinese() else -1], "") for kind in kinds],
        "list-supplies": [(word_of(SUPPLY_WORDS, key), "") for key in SUPPLY_WORDS],
        "list-new-modes": [(word_of(NEW_MODE_WORDS, key), "") for key in NEW_MODE_WORDS],
        "list-yes-no": [(_("Yes"), ""), (_("No"), "")],
        "list-contracts": list(Contract.objects.of(stand.filing.firm).order_by("number").values_list("number", "name")),
    }


def more_fields() -> dict[str, list[Cell]]:
    """The fields without a cell in the table, for a row that wants them."""
    return {
        kind.value: [
            Cell(
                column.field, column.zh if in_chinese() else column.en, "", "", "nil", "", False,
                LISTS.get(column.form, ""), column.field == "reason",
            )
            for column in PLAN_OF[kind].fields
            if column.field not in (*CELLS[kind], "number")
        ]
        for _name, kind in SECTIONS
    }  # fmt: skip


def unfinished_in_words(stand: Standing, on: date) -> list[dict[str, str]]:
    """Each row that is not finished, with why not and the way to its cell."""
    page = reverse("filings:grid", args=[stand.period.code])
    return [_unfinished(row, page) for row in unfinished_rows(stand.version, on)] if stand.version else []


def _unfinished(row: Unfinished, page: str) -> dict[str, str]:
    found = row.findings[0] if row.findings else None
    why = finding_in_words(found)["message"] if found else ""
    name = " ".join(part for part in (kind_in_words(row.typed.kind), row.typed.number) if part)
    return {"name": name, "why": why, "href": f"{page}#{f'c-{row.place}-{found.field}' if found else f'r-{row.place}'}"}
