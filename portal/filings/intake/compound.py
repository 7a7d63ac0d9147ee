"""Looking into compound files: the .xls workbooks of older programs, and the envelope of locked workbooks."""

import struct
from collections.abc import Iterator, Sequence

from portal.filings.intake.days import EPOCH_1904
from portal.filings.intake.flaws import Flaw, Inside, Lack

_END = 0xFFFFFFFA
_ENTRY = 128
# Streams shorter than this are kept in small sectors.
_SHORTEST = 4096

_FORMULA, _ERROR, _SHEET, _EPOCH, _LOCKED, _END_OF_PART = 0x06, 0x205, 0x85, 0x22, 0x2F, 0x0A
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}
_IS_TO_CALCULATE = 0x3
# An empty text as a part of a formula.
_EMPTY_TEXT = b"\x17\x00"


def read_compound(content: bytes) -> Inside:
    """What a compound file says beside its values. A damaged one says nothing: whoever reads the cells will tell."""
    try:
        streams = _streams(content)
        if "EncryptedPackage" in streams:
            return Inside(is_locked=True)
        name = "Workbook" if "Workbook" in streams else "Book"
        return _inside(_stream(content, streams, name))
    except (KeyError, IndexError, ValueError, struct.error):
        return Inside(epoch=None)


# ── The compound file ────────────────────────────────────────────────────────────────────────────


def _streams(content: bytes) -> dict[str, tuple[int, int]]:
    """First sector and size of each stream, by name."""
    directory = _chain(content, struct.unpack_from("<I", content, 48)[0])
    found = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le", "replace")
        found[name] = struct.unpack_from("<II", directory, at + 116)
    return found


def _stream(content: bytes, streams: dict[str, tuple[int, int]], name: str) -> bytes:
    start, size = streams[name]
    if size >= _SHORTEST:
        return _chain(content, start)[:size]
    # Short streams lie in small sectors of their own, in the stream of the root.
    packed = _chain(content, streams["Root Entry"][0])
    following = _chain(content, struct.unpack_from("<I", content, 60)[0])
    table = struct.unpack(f"<{len(following) // 4}I", following)
    small = 1 << struct.unpack_from("<H", content, 32)[0]
    return b"".join(packed[at * small : (at + 1) * small] for at in _sectors(start, table))[:size]


def _chain(content: bytes, sector: int) -> bytes:
    """The sectors of a stream, one after another. The first sector of a file is its header."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    table = _allocation(content, size)
    return b"".join(content[(at + 1) * size : (at + 2) * size] for at in _sectors(sector, table))


def _sectors(sector: int, table: Sequence[int]) -> Iterator[int]:
    for _step in table:
        if sector >= _END:
            return
        yield sector
        sector = table[sector]


def _allocation(content: bytes, size: int) -> list[int]:
    """The next sector of each sector. Where it stands is listed in the header, and further in a chain of its own."""
    places = list(struct.unpack_from("<109I", content, 76))
    further, count = struct.unpack_from("<II", content, 68)
    while further < _END and count > 0:
        row = struct.unpack_from(f"<{size // 4}I", content, (further + 1) * size)
        places += row[:-1]
        further, count = row[-1], count - 1
    table: list[int] = []
    for place in places:
        if place < _END:
            table += struct.unpack_from(f"<{size // 4}I", content, (place + 1) * size)
    return table


# ── The workbook in it ───────────────────────────────────────────────────────────────────────────


def _records(stream: bytes, at: int = 0) -> Iterator[tuple[int, bytes]]:
    """Kind and content of each record of one part of the stream."""
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, at)
        if kind == _END_OF_PART:
            return
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _inside(stream: bytes) -> Inside:
    inside, sheets = Inside(), []
    for kind, record in _records(stream):
        if kind == _LOCKED:
            inside.is_locked = True
            return inside
        if kind == _EPOCH and record[:1] == b"\x01":
            inside.epoch = EPOCH_1904
        elif kind == _SHEET:
            sheets.append((_name(record), struct.unpack_from("<I", record)[0]))
    for name, start in sheets:
        for kind, record in _records(stream, start):
            flaw = _flaw(kind, record)
            if flaw:
                row, column = struct.unpack_from("<HH", record)
                inside.add(name, row, column, flaw)
    return inside


def _name(record: bytes) -> str:
    is_wide = len(record) > 7 and record[7] & 1
    return record[8:].decode("utf-16-le" if is_wide else "latin-1", "replace")


def _flaw(record_kind: int, record: bytes) -> Flaw | None:
    if record_kind == _ERROR and record[7:8] == b"\x01":
        return Flaw(Lack.ERROR, _ERRORS.get(record[6], "#VALUE!"))
    if record_kind != _FORMULA or len(record) < 16:
        return None
    result, flags = record[6:14], struct.unpack_from("<H", record, 14)[0]
    # A result that is no number says what it is in its first byte: 2 is an error, 3 an empty text.
    kind = result[0] if result[6:] == b"\xff\xff" else None
    if kind == 2:
        return Flaw(Lack.ERROR, _ERRORS.get(result[2], "#VALUE!"))
    # Programs that cannot calculate write an empty text, too, where the formula has none to give.
    is_empty = kind == 3 and _EMPTY_TEXT not in record[22:]
    if is_empty or (result == bytes(8) and flags & _IS_TO_CALCULATE):
        return Flaw(Lack.NOT_CALCULATED, "=")
    return None
