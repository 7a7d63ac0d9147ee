"""A publication as the text part of a mail: what reads no HTML, or reads aloud, gets all of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from portal.publishing.document import (
    Block,
    Card,
    Credit,
    Document,
    Download,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Piece,
    Question,
    Quotation,
    Runs,
    Table,
)  # fmt: skip
from portal.publishing.media.around import Around, summary_of
from portal.publishing.media.words import download_told, kind_of, source_of, words_of

MARKS = {2: "■", 3: "□"}


def text_part(document: Document, around: Around, *, is_summary: bool) -> str:
    """The whole text, or its summaries; who sends, why and how to leave at its foot."""
    lines = [around.association, document.title, "", f"{around.read_on_the_site}{around.colon}{around.page}"]
    for section in document.sections:
        if document.cover and section.title:
            lines += ["", "", f"== {section.title} =="]
        for piece in section.pieces:
            lines += _piece(piece, document, around, is_summary)
    who, why, leave = around.farewell
    return "\n".join([*lines, "", "-- ", who, why, f"{leave}{around.colon}{around.leave}", ""])


def _piece(piece: Piece, document: Document, around: Around, is_summary: bool) -> Iterator[str]:
    if document.cover and piece.title:
        yield from ("", piece.title, "-" * 20)
    if is_summary:
        yield from (summary_of(piece), around.address_of(piece))
        return
    yield from filter(None, (piece.subtitle, piece.byline))
    writer = _Writer(document.language, around)
    for block in piece.blocks:
        yield ""
        yield from _WRITTEN[block.kind](writer, block)


@dataclass(frozen=True)
class _Writer:
    language: str
    around: Around

    @property
    def words(self) -> dict[str, str]:
        return words_of(self.language)

    def said(self, word: str, text: str) -> str:
        return f"{self.words[word]}{self.words['colon']}{text}"

    def line(self, runs: Runs) -> str:
        return "".join(f"{run.text} <{where}>" if (where := self.where(run.href)) else run.text for run in runs)

    def where(self, href: str) -> str:
        return self.around.absolute(href) if href else ""

    def heading(self, block: Heading) -> Iterator[str]:
        yield f"{MARKS[min(block.level, 3)]} {block.text}"

    def paragraph(self, block: Paragraph) -> Iterator[str]:
        yield self.line(block.runs)

    def listing(self, block: Listing) -> Iterator[str]:
        for number, item in enumerate(block.items, 1):
            yield f"{f'{number}.' if block.is_ordered else '·'} {self.line(item)}"

    def picture(self, block: Picture) -> Iterator[str]:
        yield f"[{block.alt}]"
        yield from filter(None, (block.caption, block.credit))

    def table(self, block: Table) -> Iterator[str]:
        yield from filter(None, (block.caption, *_rows(block.grid), block.note))

    def quotation(self, block: Quotation) -> Iterator[str]:
        yield from (f"> {line}" for line in block.text.splitlines())
        if block.who:
            yield f"> —— {block.who}"

    def question(self, block: Question) -> Iterator[str]:
        yield self.said("question", block.question)
        for number, runs in enumerate(block.answer):
            yield self.line(runs) if number else self.said("answer", self.line(runs))

    def credit(self, block: Credit) -> Iterator[str]:
        yield source_of(block, self.language)
        yield from filter(None, (self.where(block.href),))

    def card(self, block: Card) -> Iterator[str]:
        kind = kind_of(block, self.words)
        yield f"[{kind}] {block.title}" if kind else block.title
        yield from filter(None, (block.text,))
        yield from (f"{name}{self.words['colon']}{value}" for name, value in block.lines)
        yield from filter(None, (self.where(block.href),))

    def figure(self, block: Figure) -> Iterator[str]:
        yield from filter(None, (f"▌{block.title}", block.unit, *block.sentences))
        yield from _rows(block.grid) if block.grid else filter(None, (block.alt,))
        yield from filter(None, (block.note,))
        yield self.said("data_source", block.source)
        yield from filter(None, (self.where(block.href),))

    def download(self, block: Download) -> Iterator[str]:
        yield self.said("download", f"{block.title} ({download_told(block)})")
        yield self.around.addresses.file(block.file)


def _rows(grid: Grid) -> Iterator[str]:
    return (" | ".join(row) for row in grid.rows)


_WRITTEN: dict[str, Callable[[_Writer, Block], Iterator[str]]] = {
    kind: getattr(_Writer, kind)
    for kind in (
        "heading", "paragraph", "listing", "picture", "table", "quotation", "question", "credit", "card", "figure",
        "download",
    )
}  # fmt: skip
