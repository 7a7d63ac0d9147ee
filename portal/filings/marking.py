"""A firm's own file, handed back: the bad cells coloured with the reason in a note, and a first sheet of mends.

An Excel workbook keeps its layout, formats and drop-downs. Another kind of file (.xls, .ods, CSV) comes back as
.xlsx with its cells where they were. A file marked before loses its old marks first.
"""

import io
from collections.abc import Iterable, Sequence
from pathlib import PurePath

from django.utils.translation import gettext as _
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from portal.filings.intake.tables import Unreadable, read_tables
from portal.filings.sheet import Level

# Known again by these when the file comes a second time.
AUTHOR = "版心 · portal"
MENDS = {"zh": "待修改", "en": "To mend"}
COLOURS = {Level.ERROR: "F6D9CF", Level.EXPLAIN: "F4E9C1"}
WIDTHS = (6, 14, 10, 26, 40, 70)
# What openpyxl would need minutes for comes back as the list of mends alone.
LARGEST_BYTES = 3 * 1024 * 1024
LONGEST_NOTE = 1000
MOST_NOTES = 2000

Item = dict[str, object]


def marked(content: bytes, file_name: str, findings: Sequence[Item], *, language: str) -> tuple[bytes, str]:
    """The marked workbook (.xlsx) and its file name.

    `findings` are those kept with an upload, in words (uploads.in_words): `sheet`, `cell`, `level`, `found`,
    `expected`, `message`. Notes for the reader are left out; errors come first.
    """
    asked = [item for level in (Level.ERROR, Level.EXPLAIN) for item in findings if item["level"] == level]
    book = _opened(content, file_name)
    _without_old_marks(book)
    for item in asked[:MOST_NOTES]:
        if (cell := _cell(book, item)) is not None:
            _mark(cell, item)
    _list(book, asked, MENDS["zh" if language.startswith("zh") else "en"])
    file = io.BytesIO()
    book.save(file)
    suffix = _("marked")
    return file.getvalue(), f"{PurePath(file_name).stem}-{suffix}.xlsx"


def _opened(content: bytes, file_name: str) -> Workbook:
    """The workbook as it is, or one made of the tables that can be read in the file; empty when none can."""
    if len(content) <= LARGEST_BYTES:
        try:
            return load_workbook(io.BytesIO(content))
        except Exception:
            return _copied(content, file_name)
    return Workbook()


def _copied(content: bytes, file_name: str) -> Workbook:
    book = Workbook()
    try:
        tables = read_tables(content, file_name)
    except Unreadable:
        return book
    book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name or "CSV")
        for row in table.rows:
            _append(sheet, row)
    return book if book.worksheets else Workbook()


def _append(sheet: Worksheet, values: Iterable[object]) -> None:
    """A row of values, where text that begins with an equals sign stays text."""
    sheet.append([ILLEGAL_CHARACTERS_RE.sub("", value) if isinstance(value, str) else value for value in values])
    for cell in sheet[sheet.max_row]:
        if cell.data_type == "f":
            cell.data_type = "s"


def _without_old_marks(book: Workbook) -> None:
    for name in MENDS.values():
        if name in book.sheetnames and _is_ours(book[name]):
            book.remove(book[name])
    for sheet in book.worksheets:
        for cell in [cell for row in sheet.iter_rows() for cell in row if cell.comment]:
            if cell.comment.author == AUTHOR:
                cell.comment = None
                cell.fill = PatternFill()
    if not book.sheetnames:
        book.create_sheet()


def _is_ours(sheet: Worksheet) -> bool:
    return sheet["A1"].comment is not None and sheet["A1"].comment.author == AUTHOR


def _cell(book: Workbook, item: Item) -> Cell | None:
    """The cell that a finding names; none where it names no cell, or one under a merged block."""
    if not item["cell"]:
        return None
    sheet = book[item["sheet"]] if item["sheet"] in book.sheetnames else None
    if sheet is None and not item["sheet"] and book.worksheets:
        sheet = book.worksheets[0]
    cell = sheet[item["cell"]] if sheet is not None else None
    return cell if isinstance(cell, Cell) else None


def _mark(cell: Cell, item: Item) -> None:
    text = _reason(item)
    if cell.comment and cell.comment.author == AUTHOR:
        text = f"{cell.comment.text}\n\n{text}"
    else:
        # The first finding of a cell is its gravest: errors come first.
        cell.fill = PatternFill("solid", fgColor=COLOURS[Level(item["level"])])
    if cell.comment and cell.comment.author != AUTHOR:
        # The firm's own note stays in the note, under ours.
        text = f"{text}\n\n{cell.comment.text}"
    cell.comment = Comment(text[:LONGEST_NOTE], AUTHOR, width=360, height=160)


def _reason(item: Item) -> str:
    lines = [f"{item['code']}  {item['message']}"]
    if item["expected"]:
        lines.append(_("Expected: %(what)s") % {"what": item["expected"]})
    return "\n".join(lines)


def _list(book: Workbook, asked: Sequence[Item], title: str) -> None:
    """The first sheet: every mend, numbered, each with a link to its cell."""
    sheet = book.create_sheet(title, 0)
    heads = (_("No."), _("Sheet"), _("Cell"), _("Found"), _("Expected"), _("How to mend it"))
    sheet.append([_("%(count)d points to mend or explain") % {"count": len(asked)}])
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A1"].comment = Comment(_("This sheet is not read. It may be left where it is."), AUTHOR)
    sheet.append([_("Mend the coloured cells in their sheets, save, and upload this file again.")])
    sheet.append([])
    sheet.append(heads)
    for cell in sheet[4]:
        cell.font = Font(bold=True)
    for number, item in enumerate(asked, start=1):
        _append_mend(sheet, number, item, book.sheetnames)
    for index, width in enumerate(WIDTHS):
        sheet.column_dimensions["ABCDEF"[index]].width = width
    sheet.freeze_panes = "A5"
    _show_first(book)


def _append_mend(sheet: Worksheet, number: int, item: Item, names: Sequence[str]) -> None:
    texts = (item["sheet"], item["cell"], item["found"], item["expected"], item["message"])
    _append(sheet, [number, *(str(text) for text in texts)])
    row = sheet.max_row
    for cell in sheet[row]:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    if item["cell"] and item["sheet"] in names:
        quoted = str(item["sheet"]).replace("'", "''")
        sheet.cell(row, 3).hyperlink = Hyperlink(ref=f"C{row}", location=f"'{quoted}'!{item['cell']}")
        sheet.cell(row, 3).font = Font(underline="single", color="0B5450")
    sheet.cell(row, 6).fill = PatternFill("solid", fgColor=COLOURS[Level(item["level"])])


def _show_first(book: Workbook) -> None:
    """The list is what opens; only one sheet may be the selected one."""
    book.active = 0
    for sheet in book.worksheets:
        sheet.sheet_view.tabSelected = sheet is book.worksheets[0]
