"""The pictures that travel inside a letter, made light. No Django.

Most mail programs fetch no picture from elsewhere until their reader asks for it, and charts are what a newsletter of
figures is read for. But each picture goes out once for each subscriber: what does not fit is linked as before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

# All pictures of a letter together.
HEAVIEST = 400_000
# Twice the width of the text, for fine screens.
WIDEST = 1088
# A picture of no more colours is a drawing.
COLOURS_OF_A_DRAWING, COLOURS_KEPT = 4096, 64


@dataclass(frozen=True)
class Inlaid:
    """A picture of a letter: `cid` is what its HTML calls it."""

    cid: str
    kind: str
    content: bytes


def inlaid(names: Iterable[str], files: Mapping[str, bytes]) -> dict[str, Inlaid]:
    """Those of the named pictures that a letter takes along, by their names: the first ones, as far as they fit."""
    found: dict[str, Inlaid] = {}
    room = HEAVIEST
    for name in dict.fromkeys(names):
        if name not in files:
            continue
        kind, content = _light(files[name])
        if len(content) <= room:
            found[name] = Inlaid(f"{name[:16]}.{kind}@letter", kind, content)
            room -= len(content)
    return found


def _light(content: bytes) -> tuple[str, bytes]:
    """A drawing as PNG of few colours, anything else as JPEG."""
    with Image.open(BytesIO(content)) as opened:
        is_png, picture = opened.format == "PNG", _on_white(opened)
    if is_png and picture.getcolors(COLOURS_OF_A_DRAWING):
        few = picture.quantize(COLOURS_KEPT, dither=Image.Dither.NONE)
        return "png", min(content, _saved(few, "PNG"), key=len)
    if picture.width > WIDEST:
        picture = picture.resize((WIDEST, round(picture.height * WIDEST / picture.width)))
    return "jpeg", _saved(picture, "JPEG", quality=80)


def _on_white(opened: Image.Image) -> Image.Image:
    whole = opened.convert("RGBA")
    return Image.alpha_composite(Image.new("RGBA", whole.size, "white"), whole).convert("RGB")


def _saved(picture: Image.Image, form: str, **how: int) -> bytes:
    out = BytesIO()
    picture.save(out, form, optimize=True, **how)
    return out.getvalue()
