"""A publication as plain values: what is frozen in an edition, and all that the six media know of it. No Django.

Everything is told by value: a figure has its sentences and rows, a picture the name of its file in the edition, a card
its lines. So nothing changes when a release, a firm's profile or a policy does, and each medium is a function of this.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True)
class Run:
    """Some characters of a line. `href` is an absolute address, an address of this site, or empty."""

    text: str
    is_strong: bool = False
    is_emphasised: bool = False
    href: str = ""


Runs = tuple[Run, ...]


@dataclass(frozen=True)
class Grid:
    """A table's cells as texts. The first `heads` rows are heads; `numeric` are the columns set to the right."""

    rows: tuple[tuple[str, ...], ...]
    heads: int = 1
    numeric: tuple[int, ...] = ()


@dataclass(frozen=True)
class Block:
    """One piece of an article, in the order of reading."""

    kind: ClassVar[str] = ""


@dataclass(frozen=True)
class Heading(Block):
    """`level` is 2 or 3: the article's own title is 1."""

    kind: ClassVar[str] = "heading"
    text: str
    level: int = 2


@dataclass(frozen=True)
class Paragraph(Block):
    kind: ClassVar[str] = "paragraph"
    runs: Runs


@dataclass(frozen=True)
class Listing(Block):
    kind: ClassVar[str] = "listing"
    items: tuple[Runs, ...]
    is_ordered: bool = False


@dataclass(frozen=True)
class Picture(Block):
    """`file` names a file of the edition; width and height are its pixels."""

    kind: ClassVar[str] = "picture"
    file: str
    alt: str
    width: int
    height: int
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True)
class Table(Block):
    kind: ClassVar[str] = "table"
    grid: Grid
    caption: str = ""
    note: str = ""


@dataclass(frozen=True)
class Quotation(Block):
    kind: ClassVar[str] = "quotation"
    text: str
    who: str = ""


@dataclass(frozen=True)
class Question(Block):
    kind: ClassVar[str] = "question"
    question: str
    answer: tuple[Runs, ...]


@dataclass(frozen=True)
class Credit(Block):
    """Where a text comes from."""

    kind: ClassVar[str] = "credit"
    text: str
    href: str = ""


@dataclass(frozen=True)
class Card(Block):
    """A firm, a city or a policy (`of`), as it stood when the edition was made. `lines` are (label, value); `asked` is
    as in a figure, where a city's card has figures of a release.
    """

    kind: ClassVar[str] = "card"
    of: str
    title: str
    lines: tuple[tuple[str, str], ...] = ()
    text: str = ""
    href: str = ""
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Figure(Block):
    """What a release says: an indicator, a table, a chart or a whole brief (`form`).

    `drawing` names an SVG and a PNG of the edition (without ending), `alt` tells it in words; `source` is the line that
    names release, table and version, and `href` its frozen address. `asked` is what was asked of the release, as
    (name, value): so that the same can be asked of a newer one. No medium shows it.
    """

    kind: ClassVar[str] = "figure"
    form: str
    title: str
    release: str
    source: str
    href: str
    unit: str = ""
    sentences: tuple[str, ...] = ()
    grid: Grid | None = None
    drawing: str = ""
    alt: str = ""
    note: str = ""
    asked: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Download(Block):
    """`file` names a file of the edition; size in bytes."""

    kind: ClassVar[str] = "download"
    file: str
    title: str
    size: int


@dataclass(frozen=True)
class Piece:
    """An article in its place. `key` is its anchor on a page; `href` its own address, where it has one."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    subtitle: str = ""
    byline: str = ""
    summary: str = ""
    href: str = ""


@dataclass(frozen=True)
class Section:
    """A column of a newsletter, or a chapter of a handbook."""

    key: str
    title: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Cover:
    """What stands on the cover. `lines` are the legal ones of an internal publication, as (label, value)."""

    name: str
    number: int | None = None
    running_number: int | None = None
    issued_on: str = ""
    lines: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Occasion:
    """When and where an event is: times in ISO 8601."""

    starts_at: str
    ends_at: str = ""
    venue: str = ""


@dataclass(frozen=True)
class Document:
    """`distribution` is (报 | 送 | 发, to whom); `codes` are (label, address) of the square codes."""

    kind: str
    language: str
    title: str
    sections: tuple[Section, ...]
    subtitle: str = ""
    summary: str = ""
    cover: Cover | None = None
    distribution: tuple[tuple[str, str], ...] = ()
    contacts: tuple[str, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    occasion: Occasion | None = None

    @property
    def pieces(self) -> Iterator[Piece]:
        for section in self.sections:
            yield from section.pieces

    @property
    def blocks(self) -> Iterator[Block]:
        for piece in self.pieces:
            yield from piece.blocks


# ── As text ──────────────────────────────────────────────────────────────────────────────────────


def text_of(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def texts_of(block: Block) -> Iterator[str]:
    """All that a block says, line by line: for search, for comparison, for the text part of a mail."""
    match block:
        case Heading(text=text) | Credit(text=text):
            yield text
        case Paragraph(runs=runs):
            yield text_of(runs)
        case Listing(items=items):
            yield from map(text_of, items)
        case Picture(caption=caption, credit=credit):
            yield from filter(None, (caption, credit))
        case Table(grid=grid, caption=caption, note=note):
            yield from filter(None, (caption, *("\t".join(row) for row in grid.rows), note))
        case Quotation(text=text, who=who):
            yield from filter(None, (text, who))
        case Question(question=question, answer=answer):
            yield question
            yield from map(text_of, answer)
        case Card(title=title, lines=lines, text=text):
            yield title
            yield from (f"{label}\t{value}" for label, value in lines)
            yield from filter(None, (text,))
        case Figure(title=title, unit=unit, sentences=sentences, grid=grid, note=note, source=source):
            yield from filter(None, (title, unit, *sentences))
            yield from ("\t".join(row) for row in (grid.rows if grid else ()))
            yield from filter(None, (note, source))
        case Download(title=title):
            yield title
