"""A newsletter of twenty pages as PDF: our template for typst, and the same document as HTML set by WeasyPrint.

Both write tagged PDF (PDF/UA-1) on A4 with the same fonts, masthead, contents with page numbers, running head, page
numbers, tables, drawings and pictures. Each round sets a text of its own, so that nothing is remembered from the last.
"""

from base64 import b64encode
from collections.abc import Callable
from datetime import UTC, datetime
from html import escape
from io import BytesIO
from pathlib import Path
from statistics import median
from subprocess import run
from time import process_time

import pylopdf_fonts_zh_cn
from django.utils.translation import override
from PIL import Image
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration

from bench.harness import Measured, bench
from portal.publishing.document import (
    Block,
    Cover,
    Document,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Piece,
    Question,
    Run,
    Section,
    Table,
)  # fmt: skip
from portal.publishing.media.print import printed
from portal.publishing.media.web import Addresses, html_of

ROUNDS = 5
PAGES, APART = 20, 3
AT = datetime(2020, 4, 30, 8, tzinfo=UTC)
SENTENCE = "第{number}期第{place}段：本季度合同额与执行额都有增长，基数薄，步子就显得大，先看水平，再看比率。"
DRAWING = "drawing"
LOOK = """
@font-face {{ font-family: Song; src: url({serif}) }}
@font-face {{ font-family: Hei; src: url({sans}) }}
@page {{ size: A4; margin: 30mm 27mm 28mm;
  @top-left {{ content: string(name); font: 8pt Hei }} @top-right {{ content: string(column); font: 8pt Hei }}
  @bottom-center {{ content: "— " counter(page) " —"; font: 9pt Hei }} }}
@page :first {{ @top-left {{ content: none }} @top-right {{ content: none }} @bottom-center {{ content: none }} }}
body {{ font: 11pt/1.82 Song; text-align: justify }}
h1 {{ font: 44pt Song; string-set: name content() }}
h2 {{ font: 14pt Song; string-set: column content(); border-top: 2.4pt solid; break-after: avoid }}
h3 {{ font: 18pt Song; break-after: avoid }} h4 {{ font: 13pt Song; break-after: avoid }}
p {{ text-indent: 2em; margin: 0 }} nav p {{ text-indent: 0 }}
nav a::after {{ content: leader(".") target-counter(attr(href), page) }}
nav {{ break-after: page }}
table {{ width: 100%; border-collapse: collapse; font: 9pt Hei; border-block: 1pt solid }} td, th {{ padding: 4pt }}
img {{ max-width: 100%; max-height: 130mm }} .vh {{ display: none }} .n {{ text-align: right }}
"""


def picture() -> bytes:
    out = BytesIO()
    Image.radial_gradient("L").resize((1200, 700)).convert("RGB").save(out, "JPEG", quality=85)
    return out.getvalue()


def drawing() -> bytes:
    bars = "".join(f'<rect x="90" y="{20 * row}" width="{40 * row + 20}" height="13"/>' for row in range(12))
    names = "".join(
        f'<text x="4" y="{20 * row + 11}" font-family="Noto Sans SC" font-size="11">市场{row}</text>'
        for row in range(12)
    )
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 250">{bars}{names}</svg>'.encode()


FILES = {"picture.jpg": picture(), f"{DRAWING}.svg": drawing()}


def newsletter(number: int) -> Document:
    """Four columns of three articles. Its number is in every paragraph."""
    sections = tuple(
        Section(f"s{column}", f"栏目之{column}", tuple(_article(number, 3 * column + place) for place in range(3)))
        for column in range(4)
    )
    lines = (("准印证号", "示例"), ("编印单位", "示例协会"))
    cover = Cover("服务外包行业动态", number, 100 + number, "2020-04-30", lines)
    return Document("newsletter", "zh-hans", "服务外包行业动态", sections, cover=cover)


def _article(number: int, place: int) -> Piece:
    def text(first: int, count: int) -> list[Block]:
        told = [SENTENCE.format(number=number, place=f"{place}.{first + one}") * 2 for one in range(count)]
        return [Paragraph((Run(line), Run("公报", href="https://example.org/a"))) for line in told]

    figures = [(f"第{row}项", "21,631.47", "496.42", "4,257.50") for row in range(9)]
    grid = Grid((("项目", "本期", "上年同期", "同比"), *figures), 1, (1, 2, 3))
    special: list[Block] = [
        Figure("chart", "执行额", "2020Q1-1", "表1", "/x/", "万美元", ("越南居首。",), grid, DRAWING, "横条图"),
        Picture("picture.jpg", "园区", 1200, 700, "园区一角"),
        Table(grid, "主要指标"),
    ]
    question = Question("谁管人？", ((Run("用工单位管派遣的人，承接方管外包的人。"),),))
    listing = Listing(tuple((Run(f"要点之{one}"),) for one in range(4)))
    middle = (Heading("一节"), special[place % 3], *text(3, 2), Heading("又一节"), listing, question)
    blocks = (*text(0, 3), *middle, *text(5, 2))
    return Piece(f"a{place}", f"第{number}期的第{place}篇文章", blocks, byline="统计组")


def by_typst(document: Document) -> bytes:
    return printed(document, FILES, made_at=AT)


def by_weasyprint(document: Document) -> bytes:
    fonts = FontConfiguration()
    addresses = {"serif": pylopdf_fonts_zh_cn.serif_path(), "sans": pylopdf_fonts_zh_cn.sans_path()}
    look = CSS(string=LOOK.format(**{name: Path(path).as_uri() for name, path in addresses.items()}), font_config=fonts)
    return HTML(string=as_html(document)).write_pdf(
        stylesheets=[look], font_config=fonts, pdf_variant="pdf/ua-1", pdf_tags=True
    )


def as_html(document: Document) -> str:
    """The document with the blocks as they stand on its web page; pictures inside, for nothing is fetched."""
    with override(document.language):
        body = "".join(_section_html(section) for section in document.sections)
    for name, content in FILES.items():
        kind = "image/jpeg" if name.endswith("jpg") else "image/svg+xml"
        body = body.replace(f'"files/{name}"', f'"data:{kind};base64,{b64encode(content).decode()}"')
    contents = "".join(f'<p><a href="#{one.key}">{escape(one.title)}</a></p>' for one in document.pieces)
    head = f'<html lang="zh-Hans"><head><title>{escape(document.title)}</title></head>'
    return f"{head}<body><h1>{escape(document.title)}</h1><nav>{contents}</nav>{body}</body></html>"


def _section_html(section: Section) -> str:
    where = Addresses(files="files/")
    pieces = (
        f'<h3 id="{piece.key}">{escape(piece.title)}</h3><p>{piece.byline}</p>{html_of(piece, where, under=3)}'
        for piece in section.pieces
    )
    return f"<h2>{escape(section.title)}</h2>{''.join(pieces)}"


def pages(content: bytes, path: Path) -> int:
    path.write_bytes(content)
    told = run(["pdfinfo", str(path)], capture_output=True, text=True, check=True).stdout
    return next(int(line.split()[1]) for line in told.splitlines() if line.startswith("Pages"))


def seconds(way: Callable[[Document], bytes], document: Document) -> float:
    began = process_time()
    way(document)
    return process_time() - began


@bench("newsletter-pdf", bound=0.2)
def newsletter_pdf(folder: Path) -> Measured:
    """Processor time for twenty pages, by all threads; medians of rounds in turn, after one that is not counted."""
    first = newsletter(99)
    found = {way.__name__: pages(way(first), folder / "paper.pdf") for way in (by_typst, by_weasyprint)}
    if any(abs(count - PAGES) > APART for count in found.values()):
        raise ValueError(f"Not about {PAGES} pages: {found}")
    rounds = [(seconds(by_typst, one), seconds(by_weasyprint, one)) for one in map(newsletter, range(1, ROUNDS + 1))]
    ours, other = (median(column) for column in zip(*rounds))
    detail = {"ours_ms": round(ours * 1000, 1), "other_ms": round(other * 1000, 1), "rounds": ROUNDS, "pages": found}
    return Measured("processor time, ours ÷ WeasyPrint", ours / other, "times", detail)
