"""A publication as a copy for the editor of a WeChat official account, and a check of each of its limits.

Styles stand in each tag, tags are few, links become end notes, pictures are named where they belong and uploaded by
hand: whatever else is pasted there is dropped in silence. Figures keep the line that says where they are from.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import css_inline
from PIL import Image

from portal.publishing.document import Document, Download, Paragraph, Piece, text_of
from portal.publishing.media.links import whole
from portal.publishing.media.plain import Plain, Shown, told_of_download
from portal.publishing.media.words import words_of

# What the editor and its interface take: characters and bytes of the text with its tags, bytes of a picture, characters
# of the digest.
CHARACTERS = 20_000
BYTES = 1024 * 1024
PICTURE_BYTES = 1024 * 1024
DIGEST = 64
ROOM = 345
SMALLER = (1080, 800, 640)
TAGS = {
    "section", "p", "span", "strong", "em", "br", "h2", "h3", "h4", "blockquote", "ul", "ol", "li", "table", "tbody",
    "tr", "td", "th", "img",
}  # fmt: skip
ATTRIBUTES = {"style", "width", "cellspacing", "src", "alt"}
FORBIDDEN_STYLES = ("position", "grid", "url(", "@", "rgba(", "float", "animation", "transform")
HOSTS_OF_PICTURES = ("https://mmbiz.qpic.cn/", "http://mmbiz.qpic.cn/")


@dataclass(frozen=True)
class Upload:
    """A picture to be uploaded by hand: the name that the copy says, and what it is."""

    name: str
    content: bytes
    alt: str


@dataclass(frozen=True)
class Copy:
    """`title`, `digest` and `original` (for “read the original”) have boxes of their own in the editor."""

    title: str
    digest: str
    original: str
    html: str
    uploads: tuple[Upload, ...]


@dataclass(frozen=True)
class Breach:
    """A limit that is not kept: which, how much there is, how much may be, and what it is about."""

    limit: str
    found: int = 0
    allowed: int = 0
    what: str = ""

    @property
    def over(self) -> int:
        return max(0, self.found - self.allowed)


def copy_of(document: Document, files: Mapping[str, bytes], *, original: str, site: str, key: str = "") -> Copy:
    """The copy of a whole publication, or of the article with this key.

    Raises:
        KeyError: there is no such article.
    """
    made = _Making(document, files, site)
    if key:
        piece = next((one for one in document.pieces if one.key == key), None)
        if piece is None:
            raise KeyError(key)
        title, summary, body = piece.title, piece.summary or document.summary, made.piece(piece, 1)
        original = f"{original}#{key}" if document.cover else original
    else:
        title, summary, body = document.title, document.summary, made.whole()
    html = _inlined(f'<section class="wx">{body}{made.notes()}</section>')
    pieces = [piece] if key else list(document.pieces)
    return Copy(title, digest_of(summary, pieces), original, html, tuple(made.uploads))


def digest_of(summary: str, pieces: list[Piece]) -> str:
    """The summary, or how the text begins, in 64 characters."""
    text = summary or next(
        (text_of(block.runs) for piece in pieces for block in piece.blocks if isinstance(block, Paragraph)), ""
    )
    return text if len(text) <= DIGEST else text[: DIGEST - 1] + "…"


@dataclass
class _Making:
    document: Document
    files: Mapping[str, bytes]
    site: str
    links: list[str] = field(default_factory=list)
    uploads: list[Upload] = field(default_factory=list)

    def whole(self) -> str:
        parts = []
        for section in self.document.sections:
            if section.title and self.document.cover:
                parts.append(f'<p class="se">{escape(section.title)}</p>')
            for piece in section.pieces:
                is_titled = bool(self.document.cover and piece.title)
                title = f'<h2 class="ti">{escape(piece.title)}</h2>' if is_titled else ""
                parts.append(title + self.piece(piece, 2 if is_titled else 1))
        return "".join(parts)

    def piece(self, piece: Piece, under: int) -> str:
        standing = " ".join(filter(None, (piece.subtitle, piece.byline)))
        writer = Plain(self.document.language, self.link, self.picture, self.download, ROOM)
        return (f'<p class="st">{escape(standing)}</p>' if standing else "") + writer.blocks(piece.blocks, under=under)

    def link(self, href: str, inner: str) -> str:
        """The words alone, and a number: the address stands at the end."""
        address = whole(href, self.site)
        if not address:
            return inner
        if address not in self.links:
            self.links.append(address)
        return f"{inner}[{self.links.index(address) + 1}]"

    def picture(self, shown: Shown) -> str:
        number = len(self.uploads) + 1
        name, content = _light(shown.file, self.files[shown.file]) if shown.file in self.files else (shown.file, b"")
        name = f"{number:02d}.{name.rpartition('.')[2]}"
        self.uploads.append(Upload(name, content, shown.alt))
        return f'<p class="ph">〔{name}〕{escape(shown.alt)}</p>'

    def download(self, block: Download) -> str:
        return told_of_download(block)

    def notes(self) -> str:
        if not self.links:
            return ""
        words = words_of(self.document.language)
        rows = "<br>".join(f"[{number}] {escape(link)}" for number, link in enumerate(self.links, 1))
        return f'<p class="ct">{words["links"]}</p><p class="sm">{rows}</p>'


def _light(name: str, content: bytes) -> tuple[str, bytes]:
    """A picture as the interface takes it: PNG or JPEG of less than 1 MB."""
    if len(content) < PICTURE_BYTES and name.endswith((".png", ".jpg")):
        return name, content
    with Image.open(BytesIO(content)) as opened:
        picture = opened.convert("RGB")
    for width in SMALLER:
        if picture.width > width:
            picture = picture.resize((width, round(picture.height * width / picture.width)))
        out = BytesIO()
        picture.save(out, "JPEG", quality=80, optimize=True)
        if out.tell() < PICTURE_BYTES:
            break
    return f"{name.rpartition('.')[0]}.jpg", out.getvalue()


_CLASS = re.compile(r' class="[^"]*"')


def _inlined(html: str) -> str:
    """Styles into the tags; classes are of no use there and cost characters."""
    html = css_inline.inline_fragment(html, _look(), load_remote_stylesheets=False)
    return _short(_CLASS.sub("", html))


def _short(html: str) -> str:
    """Blanks after colons and semicolons in styles count as characters too."""
    return re.sub(r'style="([^"]*)"', lambda found: f'style="{_tight(found[1])}"', html)


def _tight(style: str) -> str:
    return re.sub(r"\s*([:;,])\s*", r"\1", style).strip(";")


@lru_cache(maxsize=1)
def _look() -> str:
    return Path(__file__).with_name("wechat_look.css").read_text(encoding="utf-8")


# ── The limits ───────────────────────────────────────────────────────────────────────────────────


def limits_of(html: str, images: Mapping[str, bytes], digest: str = "") -> list[Breach]:
    """Every limit that is not kept by a copy, its pictures (by name) and its digest."""
    found = []
    if len(html) >= CHARACTERS:
        found.append(Breach("characters", len(html), CHARACTERS - 1))
    if len(html.encode()) >= BYTES:
        found.append(Breach("bytes", len(html.encode()), BYTES - 1))
    if len(digest) > DIGEST:
        found.append(Breach("digest", len(digest), DIGEST))
    found += [breach for name, content in images.items() for breach in _of_picture(name, content)]
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return found + reader.found


def _of_picture(name: str, content: bytes) -> list[Breach]:
    found = []
    if not content:
        return [Breach("picture_missing", what=name)]
    if len(content) >= PICTURE_BYTES:
        found.append(Breach("picture_bytes", len(content), PICTURE_BYTES - 1, name))
    is_known = content.startswith((b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"))
    if not is_known or not name.lower().endswith((".png", ".jpg", ".jpeg")):
        found.append(Breach("picture_kind", what=name))
    return found


class _Reader(HTMLParser):
    """Looks at each tag."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[Breach] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self._say("tag", tag)
        for name, value in attrs:
            if name not in ATTRIBUTES:
                self._say("attribute", f"{tag} {name}")
            if name == "style":
                self._style(value or "")
        if tag == "img":
            self._picture(dict(attrs))
        if tag == "table" and not (dict(attrs).get("width") or "").isdigit():
            self._say("table", "width")

    def _style(self, style: str) -> None:
        for word in FORBIDDEN_STYLES:
            if word in style.lower():
                self._say("style", word)

    def _picture(self, attrs: dict[str, str | None]) -> None:
        if not (attrs.get("src") or "").startswith(HOSTS_OF_PICTURES):
            self._say("picture_address", attrs.get("src") or "")
        if not attrs.get("alt"):
            self._say("picture_words", attrs.get("src") or "")

    def handle_comment(self, data: str) -> None:
        self._say("tag", "<!--")

    def _say(self, limit: str, what: str) -> None:
        if Breach(limit, what=what) not in self.found:
            self.found.append(Breach(limit, what=what))
