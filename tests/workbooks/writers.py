"""The libraries that write the files: XlsxWriter, openpyxl, xlwt, odfpy and csv."""

import csv
import io
from collections.abc import Callable
from datetime import date, datetime

import openpyxl
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P

from tests.workbooks.rows import Book, Formula, Rows

# The files are the same at every run.
MADE_AT = datetime(2021, 1, 12, 9, 0)  # noqa: DTZ001 (a file's properties have no time zone)
DAY = "yyyy-mm-dd"


def by_xlsxwriter(book: Book, touch: Callable | None = None, **options: object) -> bytes:
    """`touch` gets the workbook, its sheets by name and a format for dates before the file is closed."""
    file = io.BytesIO()
    settings = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False} | options
    with xlsxwriter.Workbook(file, settings) as workbook:
        workbook.set_properties({"created": MADE_AT})
        day = workbook.add_format({"num_format": DAY})
        sheets = {name: workbook.add_worksheet(name) for name in book}
        for name, rows in book.items():
            for row, cells in enumerate(rows):
                for column, value in enumerate(cells):
                    _xlsxwriter_cell(sheets[name], row, column, value, day)
        if touch:
            touch(workbook, sheets, day)
    return file.getvalue()


def _xlsxwriter_cell(sheet: object, row: int, column: int, value: object, day: object) -> None:
    if isinstance(value, Formula):
        sheet.write_formula(row, column, value.text, value="" if value.result is None else value.result)
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, day)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value != "":
        sheet.write_string(row, column, str(value))


def by_openpyxl(book: Book, touch: Callable | None = None) -> bytes:
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    workbook.properties.created = workbook.properties.modified = MADE_AT
    for name, rows in book.items():
        sheet = workbook.create_sheet(name)
        for row, cells in enumerate(rows, start=1):
            for column, value in enumerate(cells, start=1):
                cell = sheet.cell(row, column)
                cell.value = value.text if isinstance(value, Formula) else value if value != "" else None
                if isinstance(value, str) and value.startswith("="):
                    cell.data_type = "s"
                if isinstance(value, date):
                    cell.number_format = DAY
    if touch:
        touch(workbook)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def by_xlwt(book: Book, *, counts_from_1904: bool = False) -> bytes:
    workbook = xlwt.Workbook(encoding="utf-8")
    workbook.dates_1904 = counts_from_1904
    day = xlwt.easyxf(num_format_str=DAY)
    for name, rows in book.items():
        sheet = workbook.add_sheet(name)
        for row, cells in enumerate(rows):
            for column, value in enumerate(cells):
                if isinstance(value, Formula):
                    sheet.write(row, column, xlwt.Formula(value.text.removeprefix("=")))
                elif value != "":
                    sheet.write(row, column, value, day) if isinstance(value, date) else sheet.write(row, column, value)
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def by_odfpy(book: Book) -> bytes:
    document = OpenDocumentSpreadsheet()
    for name, rows in book.items():
        sheet = Table(name=name)
        for cells in rows:
            row = TableRow()
            for value in cells:
                row.addElement(_odf_cell(value))
            sheet.addElement(row)
        document.spreadsheet.addElement(sheet)
    file = io.BytesIO()
    document.write(file)
    return file.getvalue()


def _odf_cell(value: object) -> TableCell:
    if isinstance(value, Formula):
        return TableCell(formula=f"of:{value.text}")
    if value == "":
        return TableCell()
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat())
    elif isinstance(value, bool):
        cell = TableCell(valuetype="boolean", booleanvalue=str(value).lower())
    elif isinstance(value, int | float):
        cell = TableCell(valuetype="float", value=repr(value))
    else:
        cell = TableCell(valuetype="string")
    cell.addElement(P(text=str(value)))
    return cell


def by_csv(rows: Rows, encoding: str = "utf-8", separator: str = ",") -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerows(rows)
    return text.getvalue().encode(encoding)
