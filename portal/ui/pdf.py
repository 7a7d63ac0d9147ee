"""Papers as PDF: a template that says how it looks, and plain data that says what stands there.

The data never become part of the template's source: what a firm wrote is printed as it is, whatever it looks like.
"""

import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import pylopdf_fonts_zh_cn
import typst

# Templates name each other from here: "/ui/papers/house.typ". Nothing outside of it can be read by one.
ROOT = Path(__file__).resolve().parent.parent
FONTS = [str(Path(pylopdf_fonts_zh_cn.serif_path()).parent)]
# To be kept for years, and to be read aloud: both standards need the text, its order and its fonts inside.
STANDARDS = ["a-2a", "ua-1"]


def pdf_of(template: str, data: Mapping[str, object], *, made_at: datetime) -> bytes:
    """A paper as PDF. `template` is its address below portal/ (`filings/papers/receipt.typ`), `data` is anything
    that JSON can hold, and `made_at` what the file says of its making: the same input gives the same bytes.

    Nothing is fetched: the fonts come with a package, and templates use no packages of typst.
    """
    return typst.compile(
        str(ROOT / template),
        root=str(ROOT),
        format="pdf",
        font_paths=FONTS,
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=STANDARDS,
        package_path=str(ROOT / "ui" / "papers"),
        package_cache_path=str(ROOT / "ui" / "papers"),
        timestamp=int(made_at.timestamp()),
    )
