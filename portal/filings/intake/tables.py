"""From a file to tables of raw cells: workbooks by calamine, CSV in UTF-8 or GB18030. The content says what it is;
the file's name is only listened to where the content says nothing."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import islice

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from portal.filings.intake.compound import read_compound
from portal.filings.intake.days import EPOCH_1900
from portal.filings.intake.flaws import MARKS, Flaws, Inside, merged_cells, read_inside
from portal.lib.extents import LARGEST_CELLS, TooLarge, check_extent
from portal.lib.words import gettext_noop as _

Row = list[object]
LARGEST_ROWS = 200_000

_PACKED, _COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The separator is chosen by so many first lines.
_FIRST_LINES = 15


class Unreadable(Exception):
    """The file cannot be read at all; the text is a message id for people."""


@dataclass(frozen=True)
class Table:
    """One sheet: its name (empty for a CSV file) and its rows from the first of the sheet on.

    `flaws` are the cells that hold no value of their own, by row and column (from 0). Serial days count from
    `epoch`, which is None where that cannot be known.
    """

    name: str
    rows: list[Row]
    flaws: Mapping[int, Flaws] = field(default_factory=dict)
    is_hidden: bool = False
    epoch: date | None = EPOCH_1900


def read_tables(content: bytes, file_name: str) -> list[Table]:
    """All tables of a workbook (.xlsx, .xlsm, .xls, .ods) or the one of a CSV file.

    Raises Unreadable when the content is neither.
    """
    if not content:
        raise Unreadable(_("The file is empty."))
    if not content.startswith((_PACKED, _COMPOUND)):
        _refuse_what_is_no_table(content, file_name)
        return [Table("", _csv_rows(content))]
    try:
        return list(_sheets(content))
    except TooLarge as problem:
        raise Unreadable(_why_too_large(content)) from problem
    except (PasswordError, Unreadable) as problem:
        raise Unreadable(
            _("This workbook is protected with a password. Save it without one, and upload it again.")
        ) from problem
    except BaseException as problem:
        # calamine raises several unrelated kinds on damaged files, and its panics are no Exception: whatever
        # it was, the file cannot be read, and the sentence is the same.
        if isinstance(problem, KeyboardInterrupt | SystemExit):
            raise
        raise Unreadable(
            _("This file is not a workbook that can be read. Save it as .xlsx and upload it again.")
        ) from problem


def _refuse_what_is_no_table(content: bytes, file_name: str) -> None:
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<?xml", b"<meta", b"mime-version")):
        raise Unreadable(
            _("This file is a web page that is only called a workbook. Open it, save it as .xlsx, and upload that.")
        )
    is_text = file_name.lower().endswith((".csv", ".txt", ".tsv")) or _has_cells(content)
    if start.startswith(b"%pdf") or not is_text:
        raise Unreadable(_("This file is not a workbook that can be read. Save it as .xlsx and upload it again."))


def _has_cells(content: bytes) -> bool:
    """Text under a workbook's name is a CSV file when at least two lines are divided: a letter has commas too."""
    lines = content[:65536].replace(b"\x00", b"").splitlines()
    return sum(any(mark in line for mark in (b",", b";", b"\t")) for line in lines) > 1


def _why_too_large(content: bytes) -> str:
    if b"xl/workbook.bin" in content:
        return _("This is a binary workbook (.xlsb), which is not read here. Save it as .xlsx and upload that.")
    return _("This workbook has cells far outside its table. Copy the table into the workbook of this page.")


def _sheets(content: bytes) -> Iterator[Table]:
    if content.startswith(_PACKED):
        marked = check_extent(content, MARKS)
        inside = read_inside(content, marked)
    else:
        inside = read_compound(content)
    if inside.is_locked:
        raise Unreadable
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    for about in book.sheets_metadata:
        if about.typ == SheetTypeEnum.WorkSheet:
            sheet = book.get_sheet_by_name(about.name)
            is_hidden = about.visible != SheetVisibleEnum.Visible
            yield Table(about.name, _rows(sheet), _flaws(sheet, inside), is_hidden, inside.epoch)


def _rows(sheet: CalamineSheet) -> list[Row]:
    if sheet.end is None:
        return []
    if (sheet.end[0] + 1) * (sheet.end[1] + 1) > LARGEST_CELLS:
        raise TooLarge(f"{sheet.end}")
    return sheet.to_python(skip_empty_area=False)


def _flaws(sheet: CalamineSheet, inside: Inside) -> Mapping[int, Flaws]:
    flaws = inside.flaws_of(sheet.name)
    for row, column, flaw in merged_cells(sheet.merged_cell_ranges or []):
        flaws.setdefault(row, {}).setdefault(column, flaw)
    return flaws


# ── CSV ──────────────────────────────────────────────────────────────────────────────────────────


def _csv_rows(content: bytes) -> list[Row]:
    marks = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if marks else ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return _split(text)
    raise Unreadable(_("This CSV file is neither UTF-8 nor GB18030. Save it as CSV UTF-8 and upload it again."))


def _split(text: str) -> list[Row]:
    try:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
        rows: list[Row] = list(islice(lines, LARGEST_ROWS + 1))
    except csv.Error as problem:
        raise Unreadable(
            _("This CSV file cannot be divided into rows and cells. Save it as a workbook and upload that.")
        ) from problem
    if len(rows) > LARGEST_ROWS:
        raise Unreadable(_("This file has more rows than a quarter can have."))
    width = max(map(len, rows), default=0)
    return [[_unwrapped(cell) for cell in row] + [""] * (width - len(row)) for row in rows]


def _unwrapped(cell: str) -> str:
    """`="0012"` is how a CSV file says that 0012 is a text."""
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _delimiter(text: str) -> str:
    """The separator that divides the first lines into most cells of one width: titles above the head have one cell."""

    def width(mark: str) -> int:
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return max((len(row) for row in islice(lines, _FIRST_LINES)), default=0)

    return max(",;\t", key=width)


def cell_name(column: int, row: int) -> str:
    """`B5` for column 1 (from 0), row 5 (from 1)."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row}"
