"""A publication as a Word file, to be worked on: real styles, real links, told pictures.

    content = worded(document, files, made_at=edition.published_at, author="…", site="https://…")

It holds what the public page holds: the lines of the printed edition are not in it.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as File
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.paragraph import Paragraph as Line

from portal.publishing.document import (
    Block,
    Card,
    Credit,
    Document,
    Download,
    Figure,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Piece,
    Question,
    Quotation,
    Run,
    Runs,
    Table,
)  # fmt: skip
from portal.publishing.media import word_look as look
from portal.publishing.media import words as said
from portal.publishing.media.links import whole
from portal.publishing.media.word_tables import add_facts, add_grid
from portal.publishing.media.xml_text import clean

WIDTH, TALLEST = Mm(156), Mm(180)
# At how many pixels a picture fills an inch, where it is not wider than the page.
PIXELS, EMU = 144, 914_400
DEEPEST = 4
EPOCH = (1980, 1, 1, 0, 0, 0)


def worded(
    document: Document, files: Mapping[str, bytes], *, made_at: datetime, author: str = "", site: str = ""
) -> bytes:
    """A publication as .docx. `files`: contents by the names that the document says; `site`: what stands before the
    site's own addresses, `https://…`; without it, they are no links."""
    file = look.empty_file(document.language)
    look.describe(
        file, title=clean(document.title), author=clean(author), summary=clean(document.summary),
        language=document.language, made_at=made_at,
    )  # fmt: skip
    _Writer(file, document, files, site.rstrip("/")).write()
    out = BytesIO()
    file.save(out)
    return _dated(out.getvalue())


def _dated(content: bytes) -> bytes:
    """The same archive without the time of packing: equal input, equal bytes."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(ZipInfo(name, EPOCH), old.read(name), ZIP_DEFLATED)
    return out.getvalue()


class _Writer:
    def __init__(self, file: File, document: Document, files: Mapping[str, bytes], site: str):
        self.file, self.document, self.files, self.site = file, document, files, site
        self.language = document.language
        self.words = said.words_of(document.language)
        self.pictures = 0

    # ── The whole ────────────────────────────────────────────────────────────────────────────────

    def write(self) -> None:
        document = self.document
        if document.cover is None:
            for piece in document.pieces:
                self.piece(piece, "Title", 0)
            return
        self.line(document.title, "Title")
        self.line("　".join(said.ear_of(document.cover, self.language)), "Subtitle")
        self.line(document.subtitle, "Subtitle")
        self.line(document.summary, "Body Text")
        for section in document.sections:
            self.line(section.title, "Heading 1")
            for piece in section.pieces:
                self.piece(piece, "Heading 2", 2 if piece.title else 1)
        self.end()

    def piece(self, piece: Piece, style: str, under: int) -> None:
        self.line(piece.title, style)
        self.line(piece.subtitle, "Subtitle" if style == "Title" else look.BYLINE)
        self.line(piece.byline, look.BYLINE, middle=style == "Title")
        self.line(piece.summary, "Quote")
        above = 1
        for block in piece.blocks:
            if isinstance(block, Heading):
                above = min(block.level, above + 1)
                self.line(block.text, f"Heading {min(under + above - 1, DEEPEST)}")
            else:
                _WRITTEN[block.kind](self, block)

    def end(self) -> None:
        """To whom it goes, whom to ask, where to look."""
        document, colon = self.document, self.words["colon"]
        for name, text in document.distribution:
            self.line(f"{said.label(name, self.language)}{colon}{text}", "Normal")
        for text in document.contacts:
            self.line(text, look.BYLINE)
        for label, address in document.codes:
            self.runs((Run(f"{label}{colon}"), Run(address, href=address)), look.BYLINE)

    # ── Lines ────────────────────────────────────────────────────────────────────────────────────

    def line(self, text: str, style: str, *, middle: bool = False) -> Line | None:
        """A paragraph of plain text; none where there is nothing to say."""
        if not text:
            return None
        line = self.file.add_paragraph(clean(text), style)
        if middle:
            line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        return line

    def runs(self, runs: Runs, style: str) -> Line:
        line = self.file.add_paragraph(style=style)
        for run in runs:
            self.run(line, run)
        return line

    def run(self, line: Line, run: Run) -> None:
        made = line.add_run(clean(run.text))
        made.bold = run.is_strong or None
        if run.is_emphasised and self.language.startswith("zh"):
            # 着重号: Chinese letters do not lean.
            dots = OxmlElement("w:em")
            dots.set(qn("w:val"), "dot")
            made._r.get_or_add_rPr().append(dots)
        elif run.is_emphasised:
            made.italic = True
        if address := whole(clean(run.href), self.site):
            made.style = self.file.styles["Hyperlink"]
            link = OxmlElement("w:hyperlink")
            link.set(qn("r:id"), line.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
            link.append(made._r)
            line._p.append(link)

    # ── Blocks ───────────────────────────────────────────────────────────────────────────────────

    def paragraph(self, block: Paragraph) -> None:
        self.runs(block.runs, "Body Text")

    def listing(self, block: Listing) -> None:
        number = self.new_numbering() if block.is_ordered else None
        for item in block.items:
            line = self.runs(item, "List Number" if block.is_ordered else "List Bullet")
            if number is not None:
                properties = line._p.get_or_add_pPr().get_or_add_numPr()
                properties.get_or_add_ilvl().val = 0
                properties.get_or_add_numId().val = number

    def new_numbering(self) -> int:
        """A numbering of its own for a list, so that it begins at 1."""
        numbering = self.file.part.numbering_part.element
        of_style = self.file.styles["List Number"].element.pPr.numPr.numId.val
        abstract = numbering.num_having_numId(of_style).abstractNumId.val
        number = numbering.add_num(abstract)
        number.add_lvlOverride(0).add_startOverride(1)
        return number.numId

    def picture(self, block: Picture) -> None:
        if content := self.files.get(block.file):
            self.drawn(content, block.alt, block.width, block.height)
        told = "　".join(filter(None, (block.caption, block.credit)))
        self.line(told or ("" if content else block.alt), "Caption", middle=True)

    def drawn(self, content: bytes, alt: str, width: int = 0, height: int = 0) -> None:
        line = self.file.add_paragraph(style="Normal")
        line.alignment = WD_ALIGN_PARAGRAPH.CENTER
        wide = min(WIDTH, width * EMU // PIXELS) if width else WIDTH
        if width and wide * height / width > TALLEST:
            wide = int(TALLEST * width / height)
        shape = line.add_run().add_picture(BytesIO(content), width=wide)
        self.pictures += 1
        for properties in shape._inline.iter(qn("wp:docPr"), qn("pic:cNvPr")):
            properties.set("descr", clean(alt))
            properties.set("name", f"{self.pictures}")

    def table(self, block: Table) -> None:
        add_grid(self.file, block.grid, block.caption, self.words["continued"])
        self.line(block.note, look.NOTE)

    def quotation(self, block: Quotation) -> None:
        self.line(block.text, "Quote")
        if block.who:
            line = self.file.add_paragraph(f"—— {clean(block.who)}", "Quote")
            line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def question(self, block: Question) -> None:
        colon = self.words["colon"]
        asked = f"{self.words['question']}{colon}{block.question}"
        self.runs((Run(asked, is_strong=True),), "Body Text").paragraph_format.keep_with_next = True
        for number, runs in enumerate(block.answer):
            first = (Run(f"{self.words['answer']}{colon}", is_strong=True),) if number == 0 else ()
            self.runs((*first, *runs), "Body Text")

    def credit(self, block: Credit) -> None:
        line = self.runs((Run(said.source_of(block, self.language), href=block.href),), look.NOTE)
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def card(self, block: Card) -> None:
        kind = said.kind_of(block, self.words)
        told = Run(f"{kind}{self.words['colon']}") if kind else Run("")
        title = self.runs((told, Run(block.title, is_strong=True, href=block.href)), "Normal")
        title.paragraph_format.keep_with_next = True
        add_facts(self.file, block.lines)
        self.line(block.text, "Body Text")

    def figure(self, block: Figure) -> None:
        for line in (self.line(block.title, "Caption"), self.line(block.unit, look.NOTE)):
            if line:
                line.paragraph_format.keep_with_next = True
        for sentence in block.sentences:
            self.line(sentence, "Body Text")
        if content := self.files.get(f"{block.drawing}.png") if block.drawing else None:
            self.drawn(content, block.alt or block.title)
        if block.grid:
            add_grid(self.file, block.grid, "", self.words["continued"])
        self.line(block.note, look.NOTE)
        source = Run(f"{self.words['data_source']}{self.words['colon']}")
        self.runs((source, Run(block.source, href=block.href)), look.NOTE)

    def download(self, block: Download) -> None:
        told = f"{self.words['download']}{self.words['colon']}{block.title} ({said.download_told(block)})"
        self.line(told, "Normal")


_WRITTEN: dict[str, Callable[[_Writer, Block], None]] = {
    kind: getattr(_Writer, kind)
    for kind in (
        "paragraph", "listing", "picture", "table", "quotation", "question", "credit", "card", "figure", "download",
    )
}  # fmt: skip
