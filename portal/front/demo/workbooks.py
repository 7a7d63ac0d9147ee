"""Filled workbooks, with the sheets and heads of the one that firms download."""

import io
from collections.abc import Iterable
from datetime import date

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from portal.filings.columns import SHEETS, Column, Form, SheetPlan
from portal.filings.sheet import CONTRACT_KINDS
from portal.front.demo.rows import Row, kind_of


def filled_workbook(rows: Iterable[Row], *, credit_code: str, period: str) -> bytes:
    """The rows as a firm's workbook of a period."""
    rows = list(rows)
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        guide = book.add_worksheet("填表说明")
        guide.write_column(0, 0, ["统一社会信用代码", "报告期"])
        guide.write_column(0, 1, [credit_code, period])
        look = book.add_format({"num_format": "yyyy-mm-dd"})
        for plan in SHEETS:
            sheet = book.add_worksheet(plan.zh)
            sheet.write_row(0, 0, [column.zh for column in plan.columns])
            for number, row in enumerate((row for row in rows if _belongs(row, plan)), start=1):
                _write(sheet, number, plan, row, look)
    return file.getvalue()


def _belongs(row: Row, plan: SheetPlan) -> bool:
    kind = kind_of(row)
    return plan.kind in CONTRACT_KINDS if kind in CONTRACT_KINDS else plan.kind == kind


def _write(sheet: Worksheet, number: int, plan: SheetPlan, row: Row, look: Format) -> None:
    for index, column in enumerate(plan.columns):
        text = row.get(column.field, "") if column.field else ""
        if text:
            _write_cell(sheet, number, index, column, text, look)


def _write_cell(sheet: Worksheet, number: int, index: int, column: Column, text: str, look: Format) -> None:
    """Dates and amounts as a spreadsheet program keeps them: as numbers, where they are any."""
    if column.form == Form.DAY:
        sheet.write_datetime(number, index, date.fromisoformat(text), look)
    elif column.form == Form.AMOUNT and text.replace(".", "").lstrip("-").isdigit():
        sheet.write_number(number, index, float(text))
    else:
        sheet.write_string(number, index, text)
