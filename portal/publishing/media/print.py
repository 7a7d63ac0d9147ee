"""PDF for print: A4, cover with the lines that the law asks of an internal publication, contents, running heads.

    content = printed(document, files, made_at=edition.published_at, site="https://…")

The same document gives the same bytes. How it looks stands in portal/publishing/papers; here is what stands there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

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
    Run,
    Runs,
    Section,
    Table,
)  # fmt: skip
from portal.publishing.media import words as said
from portal.publishing.media.links import whole
from portal.publishing.media.tables import parts_of
from portal.ui.pdf import pdf_of
from portal.ui.qr import qr_svg

TEMPLATE = "publishing/papers/publication.typ"
PICTURES = {"png", "jpg", "jpeg", "svg", "gif", "webp"}
# Longer than this, the last block is no longer kept together on one page.
MOST_TOGETHER = 900
# Lines of contents that the cover of a newsletter has room for; half as many may stand wide apart.
ON_THE_COVER = 22
Plain = dict[str, Any]


def printed(
    document: Document, files: Mapping[str, bytes], *, made_at: datetime, site: str = "", is_proof: bool = False
) -> bytes:
    """A publication as PDF/A-2a and PDF/UA-1. `files`: contents by the names that the document says; `site`: what
    stands before the site's own addresses, `https://…`; without it, they are no links. A proof says so on each page."""
    pictures = {name: content for name, content in files.items() if name.rpartition(".")[2] in PICTURES}
    data = _Paper(document, frozenset(pictures), site, is_proof).data()
    return pdf_of(TEMPLATE, data, made_at=made_at, files=pictures)


class _Paper:
    """A document as the plain data of its template."""

    def __init__(self, document: Document, files: frozenset[str], site: str, is_proof: bool):
        self.document, self.files, self.site = document, files, site.rstrip("/")
        self.language = document.language
        self.words = said.words_of(document.language)
        self.proof = self.words["proof"] if is_proof else ""

    def data(self) -> Plain:
        document = self.document
        return {
            "lang": "zh" if self.language.startswith("zh") else "en", "words": self.words, "kind": document.kind,
            "title": document.title, "subtitle": document.subtitle, "summary": document.summary,
            "publisher": self._publisher(), "contents_on_cover": self._lines_of_contents() <= ON_THE_COVER,
            "is_roomy": self._lines_of_contents() <= ON_THE_COVER // 2,
            "proof": self.proof, "cover": self._cover(), "end": self._end(),
            "sections": [self._section(section) for section in document.sections],
        }  # fmt: skip

    def _cover(self) -> Plain | None:
        cover, missing = self.document.cover, said.missing_of(self.document)
        if cover is None:
            return None
        lines = said.imprint_of(cover, self.language)
        permit = said.label(said.PERMIT, self.language)
        names = self.words["comma"].join(missing)
        return {
            "name": cover.name, "ear": said.ear_of(cover, self.language), "legal": self.words["legal"],
            "permit": next((f"{name}{self.words['colon']}{value}" for name, value in lines if name == permit), ""),
            "draft": self.words["draft"] if missing or self.proof else "",
            "missing": self.words["missing"].format(names) if missing else self.proof,
            "lines": [line for line in lines if line[0] != permit],
        }  # fmt: skip

    def _publisher(self) -> str:
        cover = self.document.cover
        return next((value for name, value in cover.lines if name == said.PUBLISHER), "") if cover else ""

    def _lines_of_contents(self) -> int:
        """How many lines the contents take beneath a masthead; those of a handbook always have their own page."""
        if self.document.kind == "handbook":
            return ON_THE_COVER + 1
        lines = [1 for _section in self.document.sections] + [1 + len(one.title) // 34 for one in self.document.pieces]
        return sum(lines) + len(self.document.summary) // 40

    def _end(self) -> Plain:
        """The last block: to whom it goes, whom to ask, where to look."""
        document = self.document
        length = sum(len(text) for pair in document.distribution for text in pair) + sum(map(len, document.contacts))
        return {
            "distribution": [(said.label(name, self.language), text) for name, text in document.distribution],
            "contacts": list(document.contacts),
            "codes": [{"label": name, "address": where, "square": qr_svg(where)} for name, where in document.codes],
            "is_long": length > MOST_TOGETHER,
        }  # fmt: skip

    def _section(self, section: Section) -> Plain:
        return {"title": section.title, "pieces": [self._piece(piece) for piece in section.pieces]}

    def _piece(self, piece: Piece) -> Plain:
        return {
            "title": piece.title, "subtitle": piece.subtitle, "byline": piece.byline, "summary": piece.summary,
            "blocks": list(self._blocks(piece)), "links": list(self._addresses(piece)),
        }  # fmt: skip

    def _blocks(self, piece: Piece) -> Iterator[Plain]:
        """A heading stands at most one level below the one before: readers by ear count on it."""
        above = 1
        for block in piece.blocks:
            if isinstance(block, Heading):
                above = min(block.level, above + 1)
                yield {"kind": "heading", "text": block.text, "level": above - 1}
            else:
                yield self._block(block)

    def _block(self, block: Block) -> Plain:
        plain = asdict(block) | {"kind": block.kind}
        match block:
            case Paragraph(runs=runs):
                return plain | {"runs": self._runs(runs)}
            case Listing(items=items):
                return plain | {"items": [self._runs(item) for item in items]}
            case Question(answer=answer):
                return plain | {"answer": [self._runs(line) for line in answer]}
            case Picture():
                return plain | {"has_file": block.file in self.files}
            case Table(grid=grid):
                return plain | {"grid": self._grid(grid)}
            case Figure():
                return plain | self._figure(block)
            case Credit(href=href):
                return plain | {"text": said.source_of(block, self.language), "href": self._link(href)}
            case Card(href=href):
                return plain | {"of": said.kind_of(block, self.words), "href": self._link(href)}
            case Download():
                return plain | {"told": said.download_told(block)}
        return plain

    def _figure(self, block: Figure) -> Plain:
        drawing = f"{block.drawing}.svg"
        return {
            "grid": self._grid(block.grid) if block.grid else [], "href": self._link(block.href),
            "drawing": drawing if drawing in self.files else "", "alt": block.alt or block.title,
        }  # fmt: skip

    def _grid(self, grid: Grid) -> list[Plain]:
        return [asdict(part) for part in parts_of(grid)]

    def _runs(self, runs: Runs) -> list[Plain]:
        return [asdict(run) | {"href": self._link(run.href)} for run in runs]

    def _link(self, href: str) -> str:
        """An address that can be followed from paper, or none."""
        return whole(href, self.site)

    def _addresses(self, piece: Piece) -> Iterator[tuple[str, str]]:
        """Linked words with their addresses, once each: a sheet of paper cannot be pressed."""
        seen: set[str] = set()
        for run in _linked(piece.blocks):
            address = self._link(run.href)
            if address.startswith("http") and address not in seen and run.text.strip() not in ("", address):
                seen.add(address)
                yield run.text.strip(), address


def _linked(blocks: tuple[Block, ...]) -> Iterator[Run]:
    for block in blocks:
        match block:
            case Paragraph(runs=runs):
                yield from (run for run in runs if run.href)
            case Listing(items=lines) | Question(answer=lines):
                yield from (run for line in lines for run in line if run.href)
            case Credit(text=text, href=href) if href:
                yield Run(text, href=href)
