"""What the fonts of the papers can show. What they cannot is set as a mark, as a printer does who lacks the type.

The engine refuses a whole paper for one character without a glyph, and can die of a mark that joins nothing; so what
people wrote is looked through before.
"""

import struct
import unicodedata
from functools import cache
from pathlib import Path

import pylopdf_fonts_zh_cn

# 〓, the printers' own sign for a type that the case does not hold.
MISSING = "〓"
LINES = "\n\t"
# Letters and signs of the engine's own fonts, which step in where the Chinese ones have none.
OF_THE_ENGINE = (
    (0xA1, 0x4FF), (0x531, 0x556), (0x5D0, 0x5EA), (0x61F, 0x61F), (0x621, 0x63A), (0x641, 0x64A), (0x660, 0x66D),
    (0x6F0, 0x6F9), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2070, 0x20BF), (0x2100, 0x211E),
    (0x2153, 0x2184), (0x2190, 0x23F3), (0x2500, 0x25FF),
)  # fmt: skip
# Format characters (joiners, marks of direction), marks left without their letter, control characters.
LEFT_OUT = {"Cf", "Cc", "Mn", "Me", "Mc"}
NO_CHARACTER = {"Co", "Cs", "Cn"}


class _Table(dict[int, str | None]):
    """What becomes of each character, found out when it is first met."""

    def __missing__(self, code: int) -> str | None:
        self[code] = found = _set(code)
        return found


def _set(code: int) -> str | None:
    character = chr(code)
    category = unicodedata.category(character)
    if character in LINES:
        return character
    if category in LEFT_OUT:
        return None
    if category in ("Zl", "Zp"):
        return "\n"
    if category == "Zs":
        return character if code in (0x20, 0xA0, 0x3000) else " "
    if category not in NO_CHARACTER and (code in _chinese() or any(low <= code <= high for low, high in OF_THE_ENGINE)):
        return character
    return MISSING


_TABLE = _Table()


def printable(text: str) -> str:
    """The text as the papers' fonts can show it: letters joined with their marks, the unknown as 〓."""
    if text.isascii() and text.isprintable():
        return text
    return unicodedata.normalize("NFC", text).translate(_TABLE)


@cache
def _chinese() -> frozenset[int]:
    """The characters that both Chinese fonts have."""
    found = [_characters(Path(path)) for path in (pylopdf_fonts_zh_cn.sans_path(), pylopdf_fonts_zh_cn.serif_path())]
    return frozenset(found[0] & found[1])


def _characters(path: Path) -> set[int]:
    """The code points of an OpenType font: groups of its table `cmap`, format 12."""
    content = path.read_bytes()
    tables = struct.unpack_from(">H", content, 4)[0]
    records = (struct.unpack_from(">4sIII", content, 12 + 16 * number) for number in range(tables))
    cmap = next(offset for tag, _sum, offset, _length in records if tag == b"cmap")
    subtables = struct.unpack_from(">H", content, cmap + 2)[0]
    offsets = (cmap + struct.unpack_from(">I", content, cmap + 8 + 8 * number)[0] for number in range(subtables))
    start = next(offset for offset in offsets if struct.unpack_from(">H", content, offset)[0] == 12)
    groups = struct.unpack_from(">I", content, start + 12)[0]
    found: set[int] = set()
    for first, last, _glyph in struct.iter_unpack(">III", content[start + 16 : start + 16 + 12 * groups]):
        found.update(range(first, last + 1))
    return found
