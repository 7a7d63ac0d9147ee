"""Tables as files: workbooks and CSV, written so that no text in them ever runs as a formula.

Everything read comes back as text, whatever a program made of it: 110000.0 is "110000" again.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal

import xlsxwriter
from python_calamine import CalamineWorkbook

from portal.lib.extents import check_extent

# What a spreadsheet takes for the beginning of a formula, or strips until it finds one.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*%?")
_GUARDED = re.compile(r"'[=+\-@\t\r\n]")


class UnreadableFile(ValueError):
    """The file is no workbook or no text; the reason is the program's own."""


def csv_bytes(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """A table as CSV in UTF-8 with a mark, so that Excel and WPS read its Chinese.

    Text that a spreadsheet would run as a formula is led by an apostrophe; `csv_rows` takes it away again.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([guarded(cell) for cell in head])
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")


def csv_rows(content: bytes) -> list[list[str]]:
    """The rows of a CSV file in UTF-8, or in GB 18030 as Chinese Excel saves it."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = _gb18030(content)
    return [[_unguarded(cell) for cell in row] for row in csv.reader(io.StringIO(text, newline="")) if any(row)]


def workbook_bytes(head: Sequence[str], rows: Iterable[Sequence[object]], title: str = "") -> bytes:
    """A table as a workbook of one sheet: numbers as numbers, dates as dates, all else as text."""
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(file, {**options, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet(_sheet_name(title))
        bold = book.add_format({"bold": True})
        sheet.freeze_panes(1, 0)
        for column, cell in enumerate(head):
            sheet.write_string(0, column, str(cell), bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                _write(sheet, number, column, cell)
        sheet.autofit()
    return file.getvalue()


def workbook_rows(content: bytes) -> list[list[str]]:
    """The rows of a workbook's first sheet as text, without empty ones. Reads .xlsx, .xls and .ods."""
    try:
        check_extent(content)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
        table = sheet.to_python(skip_empty_area=False)
    # calamine raises several unrelated kinds of error on damaged files, panics among them.
    except BaseException as error:
        if isinstance(error, KeyboardInterrupt | SystemExit):
            raise
        raise UnreadableFile(str(error)) from error
    rows = [[as_text(cell) for cell in row] for row in table]
    return [row for row in rows if any(row)]


def as_text(cell: object) -> str:
    """A cell as its reader would write it."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else format(Decimal(repr(cell)), "f")
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, date) else str(cell).strip()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: object) -> None:
    if isinstance(cell, bool):
        sheet.write_number(row, column, int(cell))
    elif isinstance(cell, int | float | Decimal):
        sheet.write_number(row, column, cell)
    elif isinstance(cell, datetime):
        sheet.write_datetime(row, column, cell.replace(tzinfo=None))
    elif isinstance(cell, date):
        sheet.write_datetime(row, column, cell)
    elif cell not in (None, ""):
        sheet.write_string(row, column, str(cell))


def _sheet_name(title: str) -> str:
    """At most 31 characters, none of those that Excel forbids."""
    return re.sub(r"[\[\]:*?/\\']", " ", title)[:31].strip() or "Sheet1"


def guarded(cell: object) -> str:
    """A cell as text that no spreadsheet runs as a formula."""
    text = "" if cell is None else str(cell)
    return f"'{text}" if text.startswith(_DANGEROUS) and not _NUMBER.fullmatch(text) else text


def _unguarded(text: str) -> str:
    return text[1:] if _GUARDED.match(text) else text


def _gb18030(content: bytes) -> str:
    try:
        return content.decode("gb18030")
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(error)) from error
