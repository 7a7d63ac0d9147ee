"""Vega-Lite specifications as SVG and PNG, in the fonts of the papers. No Django.

Nothing is fetched: data stand in the specification, and a specification that names an address is refused. The engine
starts with the first drawing of a process (half a second, some 60 MB), never at import: a server that forks keeps
its workers apart.
"""

import struct
import zlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from xml.sax.saxutils import escape, quoteattr

import pylopdf_fonts_zh_cn
import vl_convert

# What stands behind the first is for whoever opens an SVG without it.
SANS = "Noto Sans SC, PingFang SC, Microsoft YaHei, Noto Sans CJK SC, sans-serif"
SERIF = "Noto Serif SC, Songti SC, SimSun, Noto Serif CJK SC, serif"
PNG_SCALE = 2.0

_ONE_AT_A_TIME = Lock()


@cache
def _engine():
    """The engine with the fonts of the project: registered once, whatever the computer has itself."""
    vl_convert.register_font_directory(str(Path(pylopdf_fonts_zh_cn.sans_path()).parent))
    return vl_convert


def svg_of(spec: Mapping[str, object], *, title: str, description: str) -> str:
    """A specification as SVG, with the words that a screen reader says of the whole."""
    with _ONE_AT_A_TIME:
        drawn = _engine().vegalite_to_svg(dict(spec), vl_version="v5.21", allowed_base_urls=[])
    start, _space, rest = drawn.partition("<svg ")
    opening, _end, body = rest.partition(">")
    label = f' role="graphics-document" aria-label={quoteattr(title)}'
    spoken = f"<title>{escape(title)}</title><desc>{escape(description)}</desc>"
    return f"{start}<svg {opening}{label}>{spoken}{body}"


def png_of(svg: str, scale: float = PNG_SCALE) -> bytes:
    """An SVG as PNG, twice as large as it says unless told otherwise."""
    with _ONE_AT_A_TIME:
        drawn = _engine().svg_to_png(svg, scale=scale)
    return _packed(drawn)


_SIGNATURE, _AROUND = 8, 12


def _packed(png: bytes) -> bytes:
    """The same picture in a third of the bytes: the engine hardly compresses what it writes."""
    parts, place = [], _SIGNATURE
    while place < len(png):
        end = place + _AROUND + struct.unpack(">I", png[place : place + 4])[0]
        parts.append((png[place + 4 : place + 8], png[place + 8 : end - 4]))
        place = end
    rows = zlib.compress(zlib.decompress(b"".join(data for kind, data in parts if kind == b"IDAT")))
    head = [part for part in parts if part[0] not in (b"IDAT", b"IEND")]
    return png[:_SIGNATURE] + b"".join(_part(*part) for part in [*head, (b"IDAT", rows), (b"IEND", b"")])


def _part(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
