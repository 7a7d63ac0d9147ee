"""Cells without a value of their own: formulas that were never calculated, error values, cells merged away.

The reader of workbooks shows all of them as empty. Here is looked what the file really holds, and only in those
parts of it that have a formula or an error at all.
"""

import io
import re
import zipfile
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from html import unescape
from xml.parsers import expat

from portal.filings.intake.days import EPOCH_1900, EPOCH_1904

# What a part of a workbook holds when it has formulas or errors.
MARKS = (b"<f", b":f>", b":f ", b't="e"', b"t='e'", b"table:formula=", b'value-type="error"')
_SMALL = 4 * 1024 * 1024


class Lack(StrEnum):
    """Why a cell has no value of its own."""

    NOT_CALCULATED = "not calculated"
    ERROR = "error"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a cell lacks, and what the person sees there."""

    lack: Lack
    text: str = ""


# By column (from 0).
Flaws = dict[int, Flaw]


@dataclass
class Inside:
    """What a workbook says beside its values."""

    epoch: date | None = EPOCH_1900
    is_locked: bool = False
    _by_sheet: dict[str, dict[int, Flaws]] = field(default_factory=dict)

    def flaws_of(self, sheet: str) -> dict[int, Flaws]:
        return self._by_sheet.get(sheet, {})

    def add(self, sheet: str, row: int, column: int, flaw: Flaw) -> None:
        self._by_sheet.setdefault(sheet, {}).setdefault(row, {})[column] = flaw


def merged_cells(ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> Iterator[tuple[int, int, Flaw]]:
    """Row, column and flaw of each cell that a merged range covers, but for the one that shows."""
    merged = Flaw(Lack.MERGED)
    for (top, left), (bottom, right) in ranges:
        # A whole column merged into one cell has nothing to read.
        if (bottom - top + 1) * (right - left + 1) <= 10_000:
            for row in range(top, bottom + 1):
                for column in range(left, right + 1):
                    if (row, column) != (top, left):
                        yield row, column, merged


def read_inside(content: bytes, marked: Collection[str]) -> Inside:
    """What a packed workbook (.xlsx, .xlsm, .ods) says; `marked` are its parts with any of MARKS in them."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        names = set(packed.namelist())
        if "encryption-data" in _small(packed, names, "META-INF/manifest.xml"):
            return Inside(is_locked=True)
        if "content.xml" in names:
            return _inside_opendocument(packed, "content.xml" in marked)
        return _inside_excel(packed, names, marked)


# ── Excel's format ───────────────────────────────────────────────────────────────────────────────

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(r"""([\w:]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.S)
_FORMULA = re.compile(rb"<(?:\w+:)?f\b[^>]*?(?:/>|>(.*?)</(?:\w+:)?f>)", re.S)
_VALUE = re.compile(rb"<(?:\w+:)?v\b[^>]*>(.*?)</(?:\w+:)?v>", re.S)
_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_TYPE = re.compile(rb"""\bt\s*=\s*["'](\w+)["']""")


def _attributes(tag: str) -> dict[str, str]:
    return {name: unescape(double or single) for name, double, single in _ATTRIBUTE.findall(tag)}


def _small(packed: zipfile.ZipFile, names: Collection[str], name: str) -> str:
    if name not in names or packed.getinfo(name).file_size > _SMALL:
        return ""
    return packed.read(name).decode("utf-8", "replace")


def _inside_excel(packed: zipfile.ZipFile, names: Collection[str], marked: Collection[str]) -> Inside:
    book = _small(packed, names, "xl/workbook.xml")
    inside = Inside(EPOCH_1904 if re.search(r"""date1904\s*=\s*["'](1|true)["']""", book) else EPOCH_1900)
    if not marked:
        return inside
    # Programs that cannot calculate ask for it at the next opening, and write a zero until then.
    is_to_calculate = bool(re.search(r"""fullCalcOnLoad\s*=\s*["'](1|true)["']""", book))
    relations = map(_attributes, _RELATION.findall(_small(packed, names, "xl/_rels/workbook.xml.rels")))
    targets = {row.get("Id"): row.get("Target", "") for row in relations}
    for sheet in map(_attributes, _SHEET.findall(book)):
        key = next((value for name, value in sheet.items() if name.endswith(":id")), "")
        target = targets.get(key, "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in marked:
            for row, column, flaw in _excel_flaws(packed.read(part), is_to_calculate):
                inside.add(sheet.get("name", ""), row, column, flaw)
    return inside


def _excel_flaws(part: bytes, is_to_calculate: bool) -> Iterator[tuple[int, int, Flaw]]:
    for attributes, inner in _CELL.findall(part):
        is_error = (found := _TYPE.search(attributes)) is not None and found[1] == b"e"
        if not is_error and (b"<f" not in inner and b":f" not in inner):
            continue
        place = _PLACE.search(attributes)
        flaw = _excel_flaw(inner, is_error, found[1] if found else b"n", is_to_calculate)
        if place and flaw:
            yield int(place[2]) - 1, _column(place[1]), flaw


def _excel_flaw(inner: bytes, is_error: bool, kind: bytes, is_to_calculate: bool) -> Flaw | None:
    value = (found := _VALUE.search(inner)) and found[1]
    if is_error:
        return Flaw(Lack.ERROR, unescape((value or b"#VALUE!").decode("utf-8", "replace")))
    # An empty text is a result too, when it says that it is a text.
    if (not value and (kind != b"str" or is_to_calculate)) or (value == b"0" and is_to_calculate):
        formula = (found := _FORMULA.search(inner)) and found[1]
        return Flaw(Lack.NOT_CALCULATED, "=" + unescape((formula or b"").decode("utf-8", "replace"))[:200])
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


# ── OpenDocument ─────────────────────────────────────────────────────────────────────────────────

_NULL_DATE = re.compile(rb"""null-date[^>]*date-value\s*=\s*["']([\d-]{10})""")
_VALUES = ("office:value", "office:string-value", "office:date-value", "office:boolean-value", "office:time-value")


def _inside_opendocument(packed: zipfile.ZipFile, is_marked: bool) -> Inside:
    content = packed.read("content.xml")
    inside = Inside()
    if found := _NULL_DATE.search(content):
        inside.epoch = {b"1904-01-01": EPOCH_1904, b"1899-12-30": EPOCH_1900}.get(found[1])
    if is_marked:
        _OpenDocument(inside).read(content)
    return inside


class _OpenDocument:
    """Walks through the cells of an OpenDocument sheet, in which equal neighbours are counted and not repeated."""

    def __init__(self, inside: Inside):
        self.inside = inside
        self.sheet, self.row, self.column = "", 0, 0
        self.rows = 1
        self.flaw: Flaw | None = None
        self.text: list[str] = []
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text.append

    def read(self, content: bytes) -> None:
        self.parser.Parse(content, True)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self.sheet, self.row = attributes.get("table:name", ""), 0
        elif name == "table:table-row":
            self.column, self.rows = 0, int(attributes.get("table:number-rows-repeated", 1))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self.text.clear()
            self.flaw = self._flaw(attributes)
            self.columns = int(attributes.get("table:number-columns-repeated", 1))

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            if self.flaw:
                text = "".join(self.text).strip() if self.flaw.lack == Lack.ERROR else self.flaw.text
                self.inside.add(self.sheet, self.row, self.column, Flaw(self.flaw.lack, text))
            self.column += self.columns
        elif name == "table:table-row":
            self.row += self.rows

    @staticmethod
    def _flaw(attributes: dict[str, str]) -> Flaw | None:
        if attributes.get("calcext:value-type") == "error":
            return Flaw(Lack.ERROR)
        formula = attributes.get("table:formula")
        if formula and not any(attributes.get(name) for name in _VALUES) and "office:value-type" not in attributes:
            return Flaw(Lack.NOT_CALCULATED, "=" + formula.partition("=")[2][:200])
        return None
