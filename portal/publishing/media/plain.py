"""A document's blocks in the plainest HTML, for media whose styles stand in each tag: mail, and the WeChat copy.

Tags are few (no div, no id), classes are two letters and are told apart by the medium's own look. What a link and a
picture become is the medium's affair.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape

from portal.publishing.document import (
    Block,
    Card,
    Credit,
    Download,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Question,
    Quotation,
    Run,
    Runs,
    Table,
)  # fmt: skip
from portal.publishing.media.tables import ems
from portal.publishing.media.words import download_told, kind_of, source_of, words_of

CHARACTER = 14
NARROWEST, WIDEST = 44, 190
DEEPEST = 4


@dataclass(frozen=True)
class Shown:
    """A picture to be shown: its file, its words, and its pixels where they are known."""

    file: str
    alt: str
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Plain:
    """Writes blocks. `link(href, inner)` and `picture(shown)` give HTML. A table is `room` pixels wide; or, where that
    `is_fluid`, as wide as its reader's window, and never narrower than its words.
    """

    language: str
    link: Callable[[str, str], str]
    picture: Callable[[Shown], str]
    download: Callable[[Download], str]
    room: int
    is_fluid: bool = False

    def blocks(self, blocks: Iterable[Block], *, under: int = 2) -> str:
        """`under` is the level of the heading that they stand under: no level is left out beneath it."""
        above, parts = 1, []
        for block in blocks:
            if isinstance(block, Heading):
                above = min(block.level, above + 1)
                parts.append(_heading(block, min(under + above - 1, DEEPEST)))
            else:
                parts += _WRITTEN[block.kind](self, block)
        return "".join(parts)

    @property
    def words(self) -> dict[str, str]:
        return words_of(self.language)

    def line(self, runs: Runs) -> str:
        return "".join(self._run(run) for run in runs)

    def _run(self, run: Run) -> str:
        html = lines(run.text)
        html = f"<em>{html}</em>" if run.is_emphasised else html
        html = f"<strong>{html}</strong>" if run.is_strong else html
        return self.link(run.href, html) if run.href else html

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        yield f'<p class="pp">{self.line(block.runs)}</p>'

    def listing(self, block: Listing) -> Iterator[str]:
        tag = "ol" if block.is_ordered else "ul"
        items = "".join(f'<li class="li">{self.line(item)}</li>' for item in block.items)
        yield f'<{tag} class="ls">{items}</{tag}>'

    def shown_picture(self, block: Picture) -> Iterator[str]:
        yield self.picture(Shown(block.file, block.alt, block.width, block.height))
        yield from self.small(" ".join(filter(None, (block.caption, block.credit))))

    def table(self, block: Table) -> Iterator[str]:
        if block.caption:
            yield f'<p class="ct">{escape(block.caption)}</p>'
        yield from self.grid(block.grid)
        yield from self.small(block.note)

    def grid(self, grid: Grid) -> Iterator[str]:
        """Widths stand in the first row: what reads this knows no other way."""
        if not grid.rows:
            return
        longest = max(len(row) for row in grid.rows)
        rows = [(*row, *[""] * (longest - len(row))) for row in grid.rows]
        width, styles = self._widths(natural_widths(rows))
        body = "".join(self._row(row, number < grid.heads, grid, [] if number else styles)
                       for number, row in enumerate(rows))  # fmt: skip
        yield f'<section class="tw"><table class="tb" {width} cellspacing="0">{body}</table></section>'

    def _widths(self, natural: list[int]) -> tuple[str, list[str]]:
        """Of the table as an attribute, of its columns as styles."""
        if self.is_fluid:
            whole = sum(natural)
            return f'width="100%" style="min-width:{whole}px"', [f"width:{100 * one // whole}%" for one in natural]
        widths = stretched(natural, self.room)
        return f'width="{sum(widths)}"', [f"width:{one}px" for one in widths]

    def _row(self, row: tuple[str, ...], is_head: bool, grid: Grid, styles: list[str]) -> str:
        tag = "th" if is_head else "td"
        said = [f' style="{style}"' for style in styles] or [""] * len(row)
        cells = (
            f'<{tag} class="{tag}{" tn" if number in grid.numeric else ""}"{said[number]}>{lines(cell)}</{tag}>'
            for number, cell in enumerate(row)
        )
        return f"<tr>{''.join(cells)}</tr>"

    def quotation(self, block: Quotation) -> Iterator[str]:
        who = f'<br><span class="wh">—— {escape(block.who)}</span>' if block.who else ""
        yield f'<blockquote class="bq">{lines(block.text)}{who}</blockquote>'

    def question(self, block: Question) -> Iterator[str]:
        words = self.words
        yield f'<p class="qq"><strong>{words["question"]}{words["colon"]}{escape(block.question)}</strong></p>'
        for number, runs in enumerate(block.answer):
            before = f"{words['answer']}{words['colon']}" if not number else ""
            yield f'<p class="pp">{before}{self.line(runs)}</p>'

    def credit(self, block: Credit) -> Iterator[str]:
        text = escape(source_of(block, self.language))
        yield f'<p class="sm">{self.link(block.href, text) if block.href else text}</p>'

    def card(self, block: Card) -> Iterator[str]:
        kind, title = kind_of(block, self.words), escape(block.title)
        title = self.link(block.href, title) if block.href else title
        rows = "".join(
            f'<br><span class="wh">{escape(name)}{self.words["colon"]}</span>{lines(value)}'
            for name, value in block.lines
        )
        text = f"<br>{lines(block.text)}" if block.text else ""
        yield f'<blockquote class="cd"><span class="wh">{escape(kind)}</span> <strong>{title}</strong>{text}{rows}'
        yield "</blockquote>"

    def figure(self, block: Figure) -> Iterator[str]:
        yield f'<p class="ct">{escape(block.title)}</p>'
        yield from self.small(block.unit)
        yield from (f'<p class="pp">{escape(sentence)}</p>' for sentence in block.sentences)
        if block.drawing:
            yield self.picture(Shown(f"{block.drawing}.png", block.alt or block.title))
        elif block.grid:
            yield from self.grid(block.grid)
        yield from self.small(block.note)
        words = self.words
        yield f'<p class="sm">{words["data_source"]}{words["colon"]}{self.link(block.href, escape(block.source))}</p>'

    def small(self, text: str) -> Iterator[str]:
        if text:
            yield f'<p class="sm">{escape(text)}</p>'

    def downloaded(self, block: Download) -> Iterator[str]:
        yield f'<p class="pp">{self.words["download"]}{self.words["colon"]}{self.download(block)}</p>'


_WRITTEN: dict[str, Callable[[Plain, Block], Iterator[str]]] = {
    "paragraph": Plain.paragraph, "listing": Plain.listing, "picture": Plain.shown_picture,
    "table": Plain.table, "quotation": Plain.quotation, "question": Plain.question, "credit": Plain.credit,
    "card": Plain.card, "figure": Plain.figure, "download": Plain.downloaded,
}  # fmt: skip


def _heading(block: Heading, level: int) -> str:
    return f'<h{level} class="h{block.level}">{escape(block.text)}</h{level}>'


def lines(text: str) -> str:
    return escape(text).replace("\n", "<br>")


def told_of_download(block: Download) -> str:
    return f"{escape(block.title)} ({escape(download_told(block))})"


def natural_widths(rows: list[tuple[str, ...]]) -> list[int]:
    """Columns in pixels, as wide as their words need."""
    return [
        min(WIDEST, max(NARROWEST, *(round(ems(cell) * CHARACTER) + 12 for cell in column))) for column in zip(*rows)
    ]


def stretched(widths: list[int], room: int) -> list[int]:
    """The same, wider together where there is room."""
    spare = max(0, room - sum(widths))
    return [width + spare // len(widths) for width in widths]
