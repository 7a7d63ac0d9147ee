"""From a file to tables of raw cells: workbooks by calamine, CSV in UTF-8 or GB18030."""

import csv
import io
from dataclasses import dataclass
from itertools import islice

from python_calamine import CalamineWorkbook

from portal.lib.extents import TooLarge, check_extent
from portal.lib.words import gettext_noop as _

Row = list[object]
LARGEST_ROWS = 200_000


class Unreadable(Exception):
    """The file cannot be read at all; the text is a message id for people."""


@dataclass(frozen=True)
class Table:
    """One sheet: its name, its rows from the first of the sheet on. `sheet` is empty for a CSV file."""

    name: str
    rows: list[Row]


def read_tables(content: bytes, file_name: str) -> list[Table]:
    """All tables of a workbook (.xlsx, .xls, .ods) or the one of a CSV file.

    Raises Unreadable when the content is neither.
    """
    if not content:
        raise Unreadable(_("The file is empty."))
    if file_name.lower().endswith((".csv", ".txt")):
        return [Table("", _csv_rows(content))]
    try:
        check_extent(content)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [Table(name, book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names]
    except TooLarge as problem:
        raise Unreadable(
            _("This workbook has cells far outside its table. Copy the table into the workbook of this page.")
        ) from problem
    except BaseException as problem:
        # calamine raises several unrelated kinds on damaged files, and its panics are no Exception: whatever
        # it was, the file cannot be read, and the sentence is the same.
        if isinstance(problem, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable(
            _("This file is not a workbook that can be read. Save it as .xlsx and upload it again.")
        ) from problem


def _csv_rows(content: bytes) -> list[Row]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _split(text)
    raise Unreadable(_("This CSV file is neither UTF-8 nor GB18030. Save it as CSV UTF-8 and upload it again."))


def _split(text: str) -> list[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        rows: list[Row] = list(islice(lines, LARGEST_ROWS + 1))
    except csv.Error as problem:
        raise Unreadable(
            _("This CSV file cannot be divided into rows and cells. Save it as a workbook and upload that.")
        ) from problem
    if len(rows) > LARGEST_ROWS:
        raise Unreadable(_("This file has more rows than a quarter can have."))
    return rows


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max(",;\t", key=head.count)


def cell_name(column: int, row: int) -> str:
    """`B5` for column 1 (from 0), row 5 (from 1)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
