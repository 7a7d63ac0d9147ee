"""How a Word file looks: A4 after the habits of official papers, 宋体 for text, 黑体 for heads, real styles.

Styles that Word has built in keep their names, so that it shows them in the reader's language; ours have Chinese ones.
"""

import re
from datetime import datetime

import docx
from docx.document import Document as File
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

TEXT, HEADS, LATIN, LATIN_HEADS = "宋体", "黑体", "Times New Roman", "Arial"
BYLINE, NOTE, CELL, GAP = "署名", "注释", "表格文字", "表后空行"
INK, GREY, LAKE = RGBColor(0x1A, 0x1D, 0x1E), RGBColor(0x5B, 0x5F, 0x5A), RGBColor(0x0B, 0x54, 0x50)
# Style → points, white above and below.
HEAD_SIZES = {
    "Title": (22, 0, 12), "Subtitle": (14, 0, 12), "Heading 1": (18, 24, 12), "Heading 2": (16, 18, 8),
    "Heading 3": (14, 14, 6), "Heading 4": (12, 10, 4),
}  # fmt: skip
THEME_FONTS = re.compile(rb"<a:(major|minor)Font>.*?</a:\1Font>", re.S)


def empty_file(language: str) -> File:
    """A file with styles and page, and nothing in it."""
    file = docx.Document()
    _page(file)
    _fonts_everywhere(file)
    _text_styles(file, language)
    for name, (size, above, below) in HEAD_SIZES.items():
        _head(file.styles[name], size, above, below)
    for name in ("Title", "Subtitle"):
        file.styles[name].paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _small_styles(file)
    _numbered_pages(file.sections[0].footer.paragraphs[0])
    return file


def describe(file: File, *, title: str, author: str, summary: str, language: str, made_at: datetime) -> None:
    """What the file says of itself, instead of what the library's template says."""
    core = file.core_properties
    core.title, core.author, core.last_modified_by, core.comments = title, author, author, summary
    core.language = "zh-CN" if language.startswith("zh") else "en"
    core.created = core.modified = made_at
    core.revision = 1


# ── Fonts ────────────────────────────────────────────────────────────────────────────────────────


def set_fonts(properties, latin: str, chinese: str) -> None:
    """The fonts of a style or run (its `rPr`), by name and never by theme."""
    fonts = properties.get_or_add_rFonts()
    for key in list(fonts.attrib):
        del fonts.attrib[key]
    for name, font in (("ascii", latin), ("hAnsi", latin), ("cs", latin), ("eastAsia", chinese)):
        fonts.set(qn(f"w:{name}"), font)


def _fonts_everywhere(file: File) -> None:
    properties = file.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_fonts(properties, LATIN, TEXT)
    for fonts in list(file.styles.element.iter(qn("w:rFonts"))):
        if any(key.endswith("Theme") for key in fonts.attrib):
            set_fonts(fonts.getparent(), LATIN_HEADS, HEADS)
    spoken = properties.find(qn("w:lang"))
    # As Word itself writes it in China: digits that are said to be Chinese are torn at the end of a line.
    spoken.set(qn("w:val"), "en-US")
    spoken.set(qn("w:eastAsia"), "zh-CN")
    for part in file.part.package.iter_parts():
        if str(part.partname).startswith("/word/theme/"):
            part._blob = THEME_FONTS.sub(_theme_font, part.blob)


def _theme_font(found: re.Match[bytes]) -> bytes:
    latin, chinese = (LATIN_HEADS, HEADS) if found[1] == b"major" else (LATIN, TEXT)
    told = f'<a:latin typeface="{latin}"/><a:ea typeface="{chinese}"/><a:cs typeface=""/>'
    return b"<a:%sFont>%s</a:%sFont>" % (found[1], told.encode(), found[1])


# ── Styles ───────────────────────────────────────────────────────────────────────────────────────


def _text_styles(file: File, language: str) -> None:
    normal = file.styles["Normal"]
    normal.font.size = Pt(12)
    normal.font.color.rgb = INK
    set_fonts(normal.element.get_or_add_rPr(), LATIN, TEXT)
    normal.paragraph_format.line_spacing = 1.5
    normal.paragraph_format.space_after = Pt(0)
    body = file.styles["Body Text"]
    body.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    body.paragraph_format.space_after = Pt(0 if language.startswith("zh") else 6)
    if language.startswith("zh"):
        # Two characters, whatever their size.
        indent = body.element.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLineChars"), "200")
        indent.set(qn("w:firstLine"), "480")
    quote = file.styles["Quote"]
    quote.font.italic = False
    quote.font.color.rgb = INK
    quote.paragraph_format.left_indent = quote.paragraph_format.right_indent = Mm(8)
    quote.paragraph_format.space_before = quote.paragraph_format.space_after = Pt(6)


def _head(style: ParagraphStyle, size: float, above: float, below: float) -> None:
    set_fonts(style.element.get_or_add_rPr(), LATIN_HEADS, HEADS)
    style.font.size, style.font.bold, style.font.italic = Pt(size), False, False
    style.font.color.rgb = INK
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
    style.paragraph_format.line_spacing = 1.3
    style.paragraph_format.keep_with_next = True
    border = style.element.get_or_add_pPr().find(qn("w:pBdr"))
    if border is not None:
        style.element.pPr.remove(border)


def _small_styles(file: File) -> None:
    for name, size, colour in ((BYLINE, 10.5, GREY), (NOTE, 9, GREY), (CELL, 10, INK)):
        style = file.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = file.styles["Normal"]
        style.font.size, style.font.color.rgb = Pt(size), colour
        style.paragraph_format.line_spacing = 1.2
        style.paragraph_format.space_before = style.paragraph_format.space_after = Pt(1 if name == CELL else 4)
        style.paragraph_format.keep_with_next = name == BYLINE
    gap = file.styles.add_style(GAP, WD_STYLE_TYPE.PARAGRAPH)
    gap.base_style, gap.font.size, gap.paragraph_format.line_spacing = file.styles["Normal"], Pt(4), 1
    caption = file.styles["Caption"]
    set_fonts(caption.element.get_or_add_rPr(), LATIN_HEADS, HEADS)
    caption.font.size, caption.font.bold, caption.font.color.rgb = Pt(10.5), False, INK
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(4)
    link = file.styles.add_style("Hyperlink", WD_STYLE_TYPE.CHARACTER, builtin=True)
    link.font.color.rgb, link.font.underline = LAKE, True


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def _page(file: File) -> None:
    """A4, with the text block of an official paper: 156 by 225 mm."""
    page = file.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.top_margin, page.bottom_margin = Mm(37), Mm(35)
    page.left_margin, page.right_margin = Mm(28), Mm(26)
    page.header_distance, page.footer_distance = Mm(20), Mm(25)


def _numbered_pages(paragraph: Paragraph) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field(paragraph, "PAGE", "1")
    paragraph.add_run(" —")


def field(paragraph: Paragraph, code: str, shown: str) -> None:
    """A field, with what stands there until Word counts it."""
    element = OxmlElement("w:fldSimple")
    element.set(qn("w:instr"), code)
    run = paragraph.add_run(shown)
    element.append(run._r)
    paragraph._p.append(element)
