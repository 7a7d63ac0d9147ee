"""Papers of the demo, a page each: made here, plainly marked as examples, the same bytes every time."""

import struct
import zlib
from collections.abc import Sequence
from random import Random
from typing import Any

from portal.front.demo.rows import in_units

# A small A5 scan.
WIDTH, HEIGHT = 420, 594
PAPER, INK = 250, 90


def receipt(firm: str, line: Any) -> bytes:
    """A bank's receipt for one execution."""
    said = [
        f"回单编号：{line.receipt_number}",
        f"日期：{line.receipt_on or line.on}",
        f"收款人：{firm}",
        f"付款人：{line.contract.client}",
        f"金额：{line.currency_id} {in_units(line.amount_cents)}",
        f"用途：{line.contract.name}（{line.contract.number}）",
    ]
    return document("示例银行 电子回单", [*said, "本页为演示数据，无任何效力"])


def document(title: str, lines: Sequence[str]) -> bytes:
    """One page of PDF. The font is named, not embedded: every reader of Chinese PDF has one for it."""
    page = [f"BT /F1 20 Tf 56 500 Td <{_glyphs(title)}> Tj /F1 12 Tf 0 -24 Td"]
    page += [f"0 -24 Td <{_glyphs(line)}> Tj" for line in lines]
    content = " ".join([*page, "ET"]).encode()
    return _pdf([
        "<< /Type /Catalog /Pages 2 0 R /Lang (zh-CN) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents 4 0 R "
        "/Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content.decode()}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 7 0 R "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /W [1 [500]] /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
    ])  # fmt: skip


def _glyphs(text: str) -> str:
    return text.encode("utf-16-be").hex()


def _pdf(objects: Sequence[str]) -> bytes:
    parts, places = ["%PDF-1.4\n"], []
    for number, body in enumerate(objects, start=1):
        places.append(sum(map(len, parts)))
        parts.append(f"{number} 0 obj\n{body}\nendobj\n")
    start = sum(map(len, parts))
    rows = "".join(f"{place:010d} 00000 n \n" for place in places)
    parts.append(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}")
    parts.append(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n")
    return "".join(parts).encode("ascii")


def scan(seed: str) -> bytes:
    """A page as a grey picture with lines for its text, as a scanner would give it."""
    dice = Random(seed)
    rows = [bytes([PAPER]) * WIDTH for _row in range(HEIGHT)]
    for top in range(48, HEIGHT - 60, 22):
        words = bytes([PAPER]) * 48
        while len(words) < WIDTH - 100 and (top - 48) % 110:
            words += bytes([INK]) * dice.randint(14, 60) + bytes([PAPER]) * 7
        rows[top : top + 9] = [words[: WIDTH - 48].ljust(WIDTH, bytes([PAPER]))] * 9
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
