"""Tables of a Word file: heads that repeat on every page, rules above and below, numbers to the right."""

from collections.abc import Iterable

from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.table import Table, _Cell

from portal.publishing.document import Grid
from portal.publishing.media.tables import Part, parts_of
from portal.publishing.media.word_look import CELL, GAP
from portal.publishing.media.xml_text import clean

WIDTH = 156
THICK, THIN = "8", "4"


def add_grid(file: File, grid: Grid, caption: str, continued: str) -> None:
    """A table under its caption; in parts, where it is too wide for the page."""
    for number, part in enumerate(parts_of(grid)):
        title = clean(f"{caption}{continued}" if number else caption)
        if title:
            file.add_paragraph(title, "Caption").paragraph_format.keep_with_next = True
        _add_part(file, part)


def add_facts(file: File, lines: Iterable[tuple[str, str]]) -> None:
    """Labels and values, two columns."""
    rows = tuple((name, value) for name, value in lines)
    if rows:
        _add_part(file, Part(rows, 0, (), (12.0, 35.0), ()))


def _add_part(file: File, part: Part) -> None:
    table = file.add_table(len(part.rows), len(part.widths))
    table.autofit = False
    _rule(table, part.heads)
    share = WIDTH / sum(part.widths)
    for column, width in zip(table.columns, part.widths):
        column.width = Mm(width * share)
    # The library finds a cell by walking the whole table: the rows are walked once instead.
    for number, (row, texts) in enumerate(zip(table.rows, part.rows)):
        _mark(row._tr, is_head=number < part.heads)
        for place, (element, text) in enumerate(zip(row._tr.tc_lst, texts)):
            cell = _Cell(element, table)
            cell.width = Mm(part.widths[place] * share)
            _fill(cell, clean(text), is_head=number < part.heads, is_right=place in part.numeric)
    # Else the next line would stand on the last rule, and two tables would be one.
    file.add_paragraph(style=GAP)


def _fill(cell: _Cell, text: str, *, is_head: bool, is_right: bool) -> None:
    line = cell.paragraphs[0]
    line.style = CELL
    line.add_run(text).bold = is_head or None
    if is_right:
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _mark(row, *, is_head: bool) -> None:
    """No row is torn by the end of a page, and heads stand on each."""
    properties = row.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if is_head:
        properties.append(OxmlElement("w:tblHeader"))


def _rule(table: Table, heads: int) -> None:
    """三线表: thick above and below, thin under the heads and between rows."""
    borders = OxmlElement("w:tblBorders")
    for side, size in (("top", THICK), ("bottom", THICK), ("insideH", THIN)):
        line = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", size), ("space", "0"), ("color", "1A1D1E")):
            line.set(qn(f"w:{name}"), value)
        borders.append(line)
    table._tbl.tblPr.append(borders)
    shown = table._tbl.tblPr.find(qn("w:tblLook"))
    if shown is not None:
        shown.set(qn("w:firstRow"), "1" if heads else "0")
