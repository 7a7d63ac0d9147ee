"""What a drawing is made of, before it has colours: boxes, words, strokes and dots in the units of its sheet."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

WIDTH = 720


@dataclass(frozen=True)
class Box:
    """`spoken` is what the mark says of itself; one without is only decoration."""

    x: float
    y: float
    width: float
    height: float
    ink: str = "d1"
    edge: str = ""
    is_dashed: bool = False
    spoken: str = ""


@dataclass(frozen=True)
class Words:
    """`y` is the middle of the line."""

    x: float
    y: float
    text: str
    ink: str = "ink"
    size: float = 14
    align: str = "left"
    is_bold: bool = False
    is_serif: bool = False


@dataclass(frozen=True)
class Stroke:
    points: Sequence[tuple[float, float]]
    ink: str = "rule"
    width: float = 1


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    ink: str = "d1"
    size: float = 50
    spoken: str = ""


@dataclass(frozen=True)
class Sheet:
    """A drawing under its finding. `spoken` tells the same as the drawing, row by row."""

    finding: str
    unit: str
    height: float
    width: float = WIDTH
    boxes: Sequence[Box] = ()
    words: Sequence[Words] = ()
    strokes: Sequence[Stroke] = ()
    dots: Sequence[Dot] = ()
    spoken: Sequence[str] = field(default=())
    note: str = ""


# ── Lines of text ────────────────────────────────────────────────────────────────────────────────

# What stays on one line: a number with its unit, a word, a sign with the punctuation behind it.
_PIECE = re.compile(
    r"(?:(?:US\$|RMB )?[0-9][0-9,.]*[0-9]?(?:亿美元|万美元|亿元|万元|美元|%|个百分点|家|倍| million)?"
    r"|[^\W\d_\u2e80-\uffff]+|\s+|.)[、，。；：！？）》”’,.;:)%]*"
)
_FIRST_OF_THE_WIDE = 0x2E80


def width_of(text: str, size: float) -> float:
    """About how wide a text is: Han characters are as wide as they are high, others a good half."""
    return size * sum(1.0 if ord(letter) >= _FIRST_OF_THE_WIDE else 0.57 for letter in text)


def wrapped(text: str, size: float, width: float = WIDTH) -> list[str]:
    """The text in as few lines as fit, and these about as long as each other."""
    count, narrower = len(lines_of(text, size, width)), width
    while narrower > width / 2 and len(lines_of(text, size, narrower - size)) == count:
        narrower -= size
    return lines_of(text, size, narrower)


def lines_of(text: str, size: float, width: float) -> list[str]:
    """The text in lines that are filled before the next begins."""
    lines = [""]
    for piece in _PIECE.findall(text):
        if lines[-1] and width_of((lines[-1] + piece).rstrip(), size) > width:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return [line.rstrip() for line in lines]
