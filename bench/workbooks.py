"""Workbooks: how fast they are read."""

from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from bench.harness import Side, bench

ROWS = 2_000
HEAD = ("合同号", "类型", "日期", "金额", "币种", "收款凭证", "收款日期", "付款方市场")


def write_quarter(path: Path) -> None:
    """A quarter's lines as a large firm would file them."""
    with xlsxwriter.Workbook(path) as book:
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("填报明细")
        sheet.write_row(0, 0, HEAD)
        for row in range(1, ROWS + 1):
            day = date(2020, 1, 1) + timedelta(days=row % 90)
            sheet.write_row(row, 0, (f"HT-2020-{row:05}", "executed"))
            sheet.write_datetime(row, 2, day, day_format)
            sheet.write_row(row, 3, (1_000 + row * 7.31, "USD", f"SK{row:06}"))
            sheet.write_datetime(row, 6, day, day_format)
            sheet.write(row, 7, "JPN")


def read_by_calamine(path: Path) -> list[list]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def read_by_openpyxl(path: Path) -> list[tuple]:
    book = load_workbook(path, read_only=True, data_only=True)
    rows = list(book.worksheets[0].iter_rows(values_only=True))
    book.close()
    return rows


@bench("import-reader")
def import_reader(folder: Path) -> tuple[Side, Side]:
    """The reader behind the intake, and the one that django-import-export would use."""
    path = folder / "quarter.xlsx"
    write_quarter(path)
    if {len(read_by_calamine(path)), len(read_by_openpyxl(path))} != {ROWS + 1}:
        raise ValueError("The two readers do not agree on the number of rows")
    return Side("calamine", lambda: read_by_calamine(path)), Side("openpyxl", lambda: read_by_openpyxl(path))
