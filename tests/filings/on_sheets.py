"""Workbooks as people fill them, for testing how files are read."""

import io
from collections.abc import Sequence
from datetime import date

import xlsxwriter

from portal.filings.columns import CONTRACTS, EXECUTIONS, SheetPlan
from portal.filings.intake import Intake, read_file
from tests.filings.on_paper import LISTS

FIRM = "91520100MA0000001Q"


def read(content: bytes, name: str = "quarter.xlsx") -> Intake:
    return read_file(content, name, lists=LISTS, firm_code=FIRM, period="2020Q1")


def codes(intake: Intake) -> list[tuple[str, str, str]]:
    return [(item.code, item.sheet, item.cell) for item in intake.findings]


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    is_day = isinstance(value, date)
                    sheet.write_datetime(number, column, value, day) if is_day else sheet.write(number, column, value)
    return file.getvalue()


def heads(plan: SheetPlan, language: str = "zh") -> list[str]:
    return [getattr(column, language) for column in plan.fields]


def row(plan: SheetPlan, values: dict[str, object]) -> list[object]:
    return [values.get(column.field, "") for column in plan.fields]


def contracts(*rows: dict[str, object], language: str = "zh") -> list[list[object]]:
    return [heads(CONTRACTS, language), *(row(CONTRACTS, values) for values in rows)]


def executions(*rows: dict[str, object]) -> list[list[object]]:
    return [heads(EXECUTIONS), *(row(EXECUTIONS, values) for values in rows)]
