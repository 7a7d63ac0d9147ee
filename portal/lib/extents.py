"""How large a workbook becomes when it is read, found out before it is.

Readers hold a sheet as one rectangle from its first cell to its last: two cells in far corners, in a file of a few
kilobytes, would ask for more memory than there is and end the whole process.
"""

import io
import re
import zipfile

LARGEST_CELLS = 4_000_000
LARGEST_UNPACKED = 400 * 1024 * 1024

_CHUNK = 1024 * 1024
# A reference of a row or cell: r="12", r="AB12". References are short, so that much is looked at twice.
_REFERENCE = re.compile(rb"""\br\s*=\s*["']([A-Z]{0,4})(\d{1,9})["']""")
_OVERLAP = 32


class TooLarge(ValueError):
    """The file would become too large; the text is for programmers."""


def check_extent(content: bytes) -> None:
    """Raises TooLarge for a packed workbook that would take more than a few million cells. What is no packed
    file at all passes: other formats cannot name cells so far apart."""
    try:
        packed = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, OSError, ValueError, EOFError):
        return
    with packed:
        parts = packed.infolist()
        if sum(part.file_size for part in parts) > LARGEST_UNPACKED:
            raise TooLarge("unpacks to too much")
        for part in parts:
            if part.filename.startswith("xl/") and part.filename.endswith("workbook.bin"):
                raise TooLarge("the references of binary sheets cannot be looked at")
            # Every part: a sheet may be called anything.
            _check_part(packed, part)


def _check_part(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    columns = rows = 0
    before = b""
    try:
        with packed.open(part) as file:
            while chunk := file.read(_CHUNK):
                for letters, digits in _REFERENCE.findall(before + chunk):
                    columns, rows = max(columns, _column(letters)), max(rows, int(digits))
                if columns * rows > LARGEST_CELLS:
                    raise TooLarge(f"{rows} rows of {columns} columns")
                before = chunk[-_OVERLAP:]
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, RuntimeError) as problem:
        raise TooLarge(f"cannot be looked at: {problem}") from problem


def _column(letters: bytes) -> int:
    """`AB` is 28; a row's own reference has no letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
