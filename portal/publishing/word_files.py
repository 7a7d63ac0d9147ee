"""A Word file as the blocks of an article: what was understood of it, and what was left out. No Django.

The styles of Word, WPS and LibreOffice say what is a heading, a quotation, a caption; fonts, sizes and colours say
nothing here and are left out.
"""

import re
import zipfile
from io import BytesIO

import mammoth
from PIL import Image, UnidentifiedImageError

from portal.publishing.word_blocks import FoundPicture, Reading, WordFile

LARGEST = 20 * 2**20
LARGEST_UNPACKED = 200 * 2**20
STYLES = """
p[style-name='Title'] => h1.title:fresh
p[style-name='标题'] => h1.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='副标题'] => p.subtitle:fresh
p[style-name='Quote'] => blockquote:fresh
p[style-name='Intense Quote'] => blockquote:fresh
p[style-name='Quotations'] => blockquote:fresh
p[style-name='引用'] => blockquote:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='题注'] => p.caption:fresh
"""
# LibreOffice's own names for what is only text.
PLAIN = {"Body Text", "Table Contents", "Table Heading", "Footnote Characters", "Endnote Characters"}
# What mammoth passes over in silence, by what stands for it in the file.
SILENT = {
    "chart": r"<c:chart ", "formula": r"<m:oMath\b", "shape": r"<wps:wsp\b", "comment": r"<w:commentReference\b",
    "deletion": r"<w:del ",
}  # fmt: skip


class Unreadable(Exception):
    """The file cannot be read; `reason` is "old", "foreign", "large" or "broken"."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


def read(content: bytes) -> WordFile:
    """Headings, paragraphs with bold, italic and links, lists, tables, pictures, quotations, in their order.

    Raises:
        Unreadable: it is no .docx file, is protected or damaged, or is too large.
    """
    xml = _checked(content)
    made = WordFile()
    found = _converted(content, made)
    if linked := sum("external image" in message.message for message in found.messages):
        made.dropped["linked"] = linked
    named = {match[1] for message in found.messages if (match := _STYLE.search(message.message))}
    made.styles = sorted(named - PLAIN)
    made.dropped |= {kind: number for kind, sign in SILENT.items() if (number := len(re.findall(sign, xml)))}
    Reading(made).read(found.value)
    return made


_STYLE = re.compile(r"Unrecognised (?:paragraph|run|table) style: '?(.+?)'? \(Style ID")


def _checked(content: bytes) -> str:
    """The text of the document's main part."""
    if len(content) > LARGEST:
        raise Unreadable("large")
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable("old")
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise Unreadable("foreign")
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise Unreadable("large")
            return archive.read("word/document.xml").decode("utf-8", "replace")
    except (zipfile.BadZipFile, EOFError, RuntimeError) as error:
        raise Unreadable("foreign") from error


def _converted(content: bytes, made: WordFile):
    def keep(image) -> dict[str, str]:
        with image.open() as opened:
            picture = picture_of(opened.read(), image.alt_text or "")
        if picture is None:
            made.dropped["picture"] = made.dropped.get("picture", 0) + 1
            return {"src": ""}
        made.pictures.append(picture)
        return {"src": str(len(made.pictures) - 1)}

    try:
        return mammoth.convert_to_html(
            BytesIO(content),
            style_map=STYLES,
            convert_image=mammoth.images.img_element(keep),
            ignore_empty_paragraphs=True,
        )  # fmt: skip
    except Exception as error:  # whatever a damaged file makes of a reader of files
        raise Unreadable("broken") from error


def picture_of(content: bytes, alt: str) -> FoundPicture | None:
    """JPEG and PNG as they are, other formats as PNG; None for drawings that are no pixels (EMF, WMF)."""
    try:
        with Image.open(BytesIO(content)) as opened:
            if opened.format in ("JPEG", "PNG"):
                opened.verify()
                return FoundPicture(content, {"JPEG": "jpg", "PNG": "png"}[opened.format], alt.strip())
            out = BytesIO()
            opened.convert("RGBA").save(out, "PNG")
            return FoundPicture(out.getvalue(), "png", alt.strip())
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return None
