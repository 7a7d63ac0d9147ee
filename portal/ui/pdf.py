"""Papers as PDF: a template that says how it looks, and plain data that says what stands there.

The data never become part of the template's source: what a firm wrote is printed as it is, whatever it looks like.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from PIL import Image

from portal.ui.glyphs import printable

# Templates name each other from here: "/ui/papers/house.typ". Nothing outside of it can be read by one.
ROOT = Path(__file__).resolve().parent.parent
FONTS = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
# To be kept for years, and to be read aloud: both standards need the text, its order and its fonts inside.
STANDARDS = ["a-2a", "ua-1"]


def pdf_of(
    template: str, data: Mapping[str, object], *, made_at: datetime, files: Mapping[str, bytes] | None = None
) -> bytes:
    """A paper as PDF. `template` is its address below portal/ (`filings/papers/receipt.typ`), `data` is anything
    that JSON can hold, and `made_at` what the file says of its making: the same input gives the same bytes.

    `files` are pictures by name, which the template finds as `/files/NAME`, each an SVG: handed over in memory.

    Nothing is fetched: the fonts come with a package, and templates use no packages of typst.
    """
    given = {f"/files/{name}": _as_svg(content) for name, content in (files or {}).items()}
    return typst.compile(
        {"main.typ": (ROOT / template).read_bytes(), **given},
        root=str(ROOT),
        format="pdf",
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(_printable(data), ensure_ascii=False)},
        pdf_standards=STANDARDS,
        package_path=str(ROOT / "ui" / "papers"),
        package_cache_path=str(ROOT / "ui" / "papers"),
        timestamp=int(made_at.timestamp()),
    )


def _as_svg(content: bytes) -> bytes:
    """A picture that the engine takes from memory: it wants text, and so others than drawings are wrapped in one."""
    if content.lstrip()[:1] == b"<":
        return content
    with Image.open(BytesIO(content)) as opened:
        (width, height), kind = opened.size, Image.MIME[opened.format or ""]
    size = f'width="{width}" height="{height}"'
    told = b64encode(content).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" {size}>'
        f'<image {size} href="data:{kind};base64,{told}"/></svg>'
    ).encode()


def _printable(data: Any) -> Any:
    """The same data, with every text as the fonts can show it."""
    match data:
        case str():
            return printable(data)
        case Mapping():
            return {key: _printable(value) for key, value in data.items()}
        case list() | tuple():
            return [_printable(value) for value in data]
    return data
