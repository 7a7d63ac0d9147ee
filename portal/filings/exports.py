"""The prefilled workbook of a firm and period. Heads, hints and drop-downs come from columns.py."""

import io
from collections.abc import Iterable

import xlsxwriter
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.filings.columns import (
    CONTRACTS,
    EXECUTIONS,
    KIND_WORDS,
    NEW_MODE_WORDS,
    SHEETS,
    SUPPLY_WORDS,
    Column,
    Form,
    SheetPlan,
)
from portal.filings.models.filing import Filing, Version
from portal.filings.queries import RunningContract, running_contracts, stored_entries
from portal.filings.rules import RULES
from portal.filings.sheet import CONTRACT_KINDS, Entry
from portal.lib.money import from_cents

# Rows below the head that get formats and drop-downs.
ROWS = 500
# The hidden sheet of the drop-downs.
CHOICES = "choices"
DAY_FORMAT = "yyyy-mm-dd"
AMOUNT_FORMAT = "#,##0.00"


def workbook(filing: Filing, version: Version | None, lists) -> bytes:
    """The period's workbook as .xlsx: what the draft holds, and a row for each running contract."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        formats = _formats(book)
        entries = [stored.entry for stored in stored_entries(version)] if version else []
        running = running_contracts(filing)
        _guide(book, formats, filing)
        choices = _choices(lists)
        for plan in SHEETS:
            sheet = book.add_worksheet(_name(plan))
            _head(sheet, plan, formats)
            _validations(sheet, plan, choices)
            _fill(sheet, plan, formats, entries, running, lists)
        _choice_sheet(book, choices)
    return file.getvalue()


def _in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def _name(plan: SheetPlan) -> str:
    return plan.zh if _in_chinese() else plan.en


def _head_text(column: Column) -> str:
    head = column.zh if _in_chinese() else column.en
    return f"{head} *" if column.required else head


def _formats(book: xlsxwriter.Workbook) -> dict[str, object]:
    base = {"font_size": 11, "valign": "vcenter"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "head": book.add_format(base | {"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#E0EBE7"}),
        "info": book.add_format(base | {"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#F0EDE3"}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
        "text": book.add_format(base | {"num_format": "@"}),
        "day": book.add_format(base | {"num_format": DAY_FORMAT}),
        "amount": book.add_format(base | {"num_format": AMOUNT_FORMAT}),
        "grey": book.add_format(base | {"font_color": "#63665F"}),
        "grey_amount": book.add_format(base | {"num_format": AMOUNT_FORMAT, "font_color": "#63665F"}),
    }


def _guide(book: xlsxwriter.Workbook, formats: dict, filing: Filing) -> None:
    sheet = book.add_worksheet("填表说明" if _in_chinese() else "Guide")
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, _("Quarterly filing"), formats["title"])
    facts = [
        ("统一社会信用代码" if _in_chinese() else "Unified social credit code", filing.firm.credit_code),
        (_("Firm"), filing.firm.name_zh),
        ("报告期" if _in_chinese() else "Period", filing.period_id),
    ]
    for row, (name, value) in enumerate(facts, start=2):
        sheet.write_string(row, 0, name)
        sheet.write_string(row, 1, value)
    row = 6
    for plan in SHEETS:
        sheet.write_string(row, 0, _name(plan), formats["title"])
        for column in plan.fields:
            row += 1
            sheet.write_string(row, 0, _head_text(column))
            sheet.write_string(row, 1, _(column.hint), formats["wrap"])
        row += 2
    sheet.write_string(row, 0, _("What is checked"), formats["title"])
    for rule in RULES:
        row += 1
        sheet.write_string(row, 0, rule.code)
        sheet.write_string(row, 1, _(rule.statement), formats["wrap"])


def _head(sheet, plan: SheetPlan, formats: dict) -> None:
    sheet.freeze_panes(1, 1)
    sheet.set_row(0, 32)
    for index, column in enumerate(plan.columns):
        sheet.write_string(0, index, _head_text(column), formats["head" if column.field else "info"])
        if column.hint:
            sheet.write_comment(0, index, _(column.hint))
        sheet.set_column(index, index, column.width, formats[_look(column)])


def _look(column: Column) -> str:
    if not column.field:
        return "grey"
    return {Form.DAY: "day", Form.AMOUNT: "amount", Form.SHARE: "amount"}.get(column.form, "text")


def _choices(lists) -> dict[Form, list[str]]:
    """The drop-downs: code and name, so that either can be searched."""
    name = "name_zh" if _in_chinese() else "name_en"

    def rows(items: Iterable) -> list[str]:
        return [f"{row.code} {getattr(row, name)}" for row in items]

    first = 0 if _in_chinese() else -1
    return {
        Form.MARKET: rows(lists.markets.values()),
        Form.CATEGORY: rows(row for row in lists.categories.values() if row.is_leaf),
        Form.CURRENCY: list(lists.currencies),
        Form.KIND: [KIND_WORDS[kind][first] for kind in CONTRACT_KINDS],
        Form.SUPPLY: [words[first] for words in SUPPLY_WORDS.values()],
        Form.NEW_MODE: [words[first] for words in NEW_MODE_WORDS.values()],
        Form.YES_NO: ["是", "否"] if _in_chinese() else ["yes", "no"],
    }


def _choice_sheet(book: xlsxwriter.Workbook, choices: dict[Form, list[str]]) -> None:
    sheet = book.add_worksheet(CHOICES)
    for column, words in enumerate(choices.values()):
        sheet.write_column(0, column, words)
    sheet.hide()


def _validations(sheet, plan: SheetPlan, choices: dict[Form, list[str]]) -> None:
    """Drop-downs that advise and do not forbid: what is typed by hand is judged at the upload, with a reason."""
    places = {form: chr(65 + index) for index, form in enumerate(choices)}
    for index, column in enumerate(plan.columns):
        if column.form in choices and column.field:
            letter, count = places[column.form], len(choices[column.form])
            source = f"={CHOICES}!${letter}$1:${letter}${count}"
            rule = {"validate": "list", "source": source, "error_type": "information", "ignore_blank": True}
            sheet.data_validation(1, index, ROWS, index, rule)


def _fill(sheet, plan: SheetPlan, formats: dict, entries: list[Entry], running: list[RunningContract], lists) -> None:
    rows = [_cells(entry, plan, lists) for entry in entries if _belongs(entry, plan)]
    infos: list[dict[int, object]] = [{} for _row in rows]
    if plan is EXECUTIONS:
        by_number = {row.contract.number: row for row in running}
        here = [entry for entry in entries if _belongs(entry, plan)]
        infos = [_info(by_number.get(entry.number)) for entry in here]
        used = {entry.number for entry in here}
        for row in running:
            if row.contract.number not in used:
                rows.append({0: row.contract.number})
                infos.append(_info(row))
    for number, cells in enumerate(rows, start=1):
        for index, value in cells.items():
            _write(sheet, number, index, value, formats[_look(plan.columns[index])], formats)
        for index, value in infos[number - 1].items():
            _write(sheet, number, index, value, formats["grey"], formats)


def _belongs(entry: Entry, plan: SheetPlan) -> bool:
    return entry.kind in CONTRACT_KINDS if plan is CONTRACTS else entry.kind == plan.kind


def _cells(entry: Entry, plan: SheetPlan, lists) -> dict[int, object]:
    return {
        index: value
        for index, column in enumerate(plan.columns)
        if column.field and (value := _value(entry, column, lists)) not in (None, "")
    }


def _value(entry: Entry, column: Column, lists) -> object:
    """What a cell of a prefilled row holds: the words that reading understands again."""
    first = 0 if _in_chinese() else -1
    if column.field == "kind":
        return KIND_WORDS[entry.kind][first]
    value = getattr(entry, column.field)
    if column.form in (Form.MARKET, Form.CATEGORY):
        row = (lists.markets if column.form == Form.MARKET else lists.categories).get(value)
        return f"{row.code} {row.name_zh if _in_chinese() else row.name_en}" if row else ""
    if column.form == Form.SUPPLY:
        return SUPPLY_WORDS[value][first] if value else ""
    if column.form == Form.NEW_MODE:
        return NEW_MODE_WORDS[value][first] if value else ""
    if column.form == Form.YES_NO:
        return ("是" if _in_chinese() else "yes") if value else ""
    return value


def _info(row: RunningContract | None) -> dict[int, object]:
    """The columns that are there to be read: name, currency, balance left, last quarter, what is expected."""
    if row is None:
        return {}
    return {
        1: row.contract.name,
        2: row.contract.currency_id,
        3: from_cents(row.left_cents),
        4: from_cents(row.last_cents),
    } | ({} if row.expected_cents is None else {5: from_cents(row.expected_cents)})


def _write(sheet, row: int, column: int, value: object, look, formats: dict) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value, look)
    elif hasattr(value, "year"):
        sheet.write_datetime(row, column, value, look)
    else:
        grey = look is formats["grey"]
        sheet.write_number(row, column, float(value), formats["grey_amount"] if grey else look)
