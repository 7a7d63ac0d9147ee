"""How large a workbook becomes when it is read, found out before it is.

Readers hold a sheet as one rectangle from its first cell to its last: two cells in far corners, in a file of a few
kilobytes, would ask for more memory than there is and end the whole process.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence

LARGEST_CELLS = 4_000_000
LARGEST_UNPACKED = 400 * 1024 * 1024

_CHUNK = 1024 * 1024
# A reference of a row or cell: r="12", r="AB12". References are short, so that much is looked at twice.
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")
# A reference beyond column Z or row 99,999, or one that is written in another way: without any, the rectangle is small,
# and finding that out takes a fifth of the time.
_FAR = re.compile(rb"""r(?:="(?:[A-Z]{2}|[A-Z]?\d{6})|\s+=|=[\s'])""")
_OVERLAP = 32
LARGEST_SHEET = 100 * 1024 * 1024
_ROW = re.compile(rb"<table:table-row\b([^>]*)>(.*?)</table:table-row>", re.S)
_FILLED_CELL = re.compile(rb"<table:table-cell\b([^>]*[^/>])>")
_ROWS = re.compile(rb"""number-rows-repeated\s*=\s*["'](\d{1,9})""")
_COLUMNS = re.compile(rb"""number-columns-repeated\s*=\s*["'](\d{1,9})""")


class TooLarge(ValueError):
    """The file would become too large; the text is for programmers."""


def check_extent(content: bytes, marks: Sequence[bytes] = ()) -> frozenset[str]:
    """Raises TooLarge for a packed workbook that would take more than a few million cells. What is no packed
    file at all passes: other formats cannot name cells so far apart.

    Gives the names of the parts that hold any of some marks: each part is unpacked once for both questions.
    """
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return frozenset()
    marked = set()
    with packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise TooLarge("unpacks to too much")
        for part in parts:
            if part.filename.startswith("xl/") and part.filename.endswith("workbook.bin"):
                raise TooLarge("the references of binary sheets cannot be looked at")
            if part.filename == "content.xml":
                _check_repetitions(packed, part)
            # Every part: a sheet may be called anything.
            if _check_part(packed, part, marks):
                marked.add(part.filename)
    return frozenset(marked)


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo, marks: Sequence[bytes]) -> bool:
    """Whether the part holds any of the marks. Raises TooLarge."""
    is_marked = is_far = False
    try:
        for text in _chunks(packed, part):
            is_marked = is_marked or any(mark in text for mark in marks)
            is_far = is_far or _FAR.search(text) is not None
        if is_far:
            _check_rectangle(_chunks(packed, part))
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError) as problem:
        raise TooLarge(f"cannot be looked at: {problem}") from problem
    return is_marked


def _chunks(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """The part in pieces, each with the end of the one before."""
    before = b""
    with packed.open(part) as file:
        while chunk := file.read(_CHUNK):
            yield before + chunk
            before = chunk[-_OVERLAP:]


def _check_repetitions(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """An OpenDocument sheet counts equal rows and cells instead of repeating them. Empty ones cost nothing."""
    if part.file_size > LARGEST_SHEET:
        raise TooLarge("too long a sheet")
    cells = 0
    for row in _ROW.finditer(_whole(packed, part)):
        found = _FILLED_CELL.findall(row[2])
        cells += _times(_ROWS, row[1]) * sum(_times(_COLUMNS, attributes) for attributes in found)
        if cells > LARGEST_CELLS:
            raise TooLarge(f"{cells} cells")


def _whole(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> bytes:
    try:
        return packed.read(part)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError, zlib.error) as problem:
        raise TooLarge(f"cannot be looked at: {problem}") from problem


def _times(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found[1]) if found else 1


def _check_rectangle(chunks: Iterator[bytes]) -> None:
    columns = rows = 0
    for text in chunks:
        found = _REFERENCE.findall(text)
        columns = max([columns, *map(_column, {letters for letters, _digits in found})])
        rows = max([rows, *map(int, {digits for _letters, digits in found})])
        if columns * rows > LARGEST_CELLS:
            raise TooLarge(f"{rows} rows of {columns} columns")


def _column(letters: bytes) -> int:
    """`AB` is 28; a row's own reference has no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
