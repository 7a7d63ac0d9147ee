"""A publication as a mail: HTML with its styles in each tag, and the same as plain text.

Pictures travel inside as far as they fit (`inlaid.py`). Nothing counts who reads. Mail programs cut HTML off above some
100 kB, so that a longer issue is sent as summaries with links.
"""

from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path

import css_inline
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.document import Document, Download, Figure, Picture, Piece, Section
from portal.publishing.media.around import Around, summary_of
from portal.publishing.media.inlaid import Inlaid
from portal.publishing.media.letter_text import text_part
from portal.publishing.media.plain import Plain, Shown, told_of_download
from portal.publishing.media.words import ear_of

# Gmail shows the rest only when asked above 102 kB.
LONGEST = 100_000
ROOM = 540


@dataclass(frozen=True)
class Letter:
    subject: str
    html: str
    text: str
    is_summary: bool
    pictures: tuple[Inlaid, ...] = ()


def letter_of(document: Document, around: Around, subject: str = "") -> Letter:
    """The whole text; where that is too long for mail programs, what each article is about, with its address."""
    html, is_summary = _html(document, around, is_summary=False), False
    if len(html.encode()) >= LONGEST:
        html, is_summary = _html(document, around, is_summary=True), True
    text = text_part(document, around, is_summary=is_summary)
    return Letter(subject or document.title, html, text, is_summary, () if is_summary else (*around.inlaid.values(),))


def pictures_in(document: Document) -> list[str]:
    """The names of the pictures and drawings that a letter shows, in their order."""
    return [name for block in document.blocks if (name := _picture_of(block))]


def _picture_of(block: object) -> str:
    match block:
        case Picture(file=file):
            return file
        case Figure(drawing=drawing) if drawing:
            return f"{drawing}.png"
    return ""


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────


def _html(document: Document, around: Around, *, is_summary: bool) -> str:
    language = _html_language(document.language)
    parts = "".join(_section(section, document, around, is_summary) for section in document.sections)
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f'<style>{_look("letter_dark.css")}</style></head><body class="by">'
        f'<p class="hd">{escape(document.summary)}</p>'
        '<table class="ou" role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table class="sh" role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td class="in">'
        f"{_head(document, around)}{parts}</td></tr>"
        f'<tr><td class="ft"{_lang(document, around)}>{_foot(around)}</td></tr></table>'
        "</td></tr></table></body></html>"
    )
    return _inliner().inline(html)


def _html_language(language: str) -> str:
    return "zh-Hans" if language.startswith("zh") else language


def _lang(document: Document, around: Around) -> str:
    """The words around a text may be in another language than it."""
    return "" if around.language == document.language else f' lang="{_html_language(around.language)}"'


@lru_cache(maxsize=1)
def _inliner() -> css_inline.CSSInliner:
    """The look goes into the tags; what a dark screen needs stays in the head."""
    return css_inline.CSSInliner(
        inline_style_tags=False, keep_style_tags=True, load_remote_stylesheets=False, extra_css=_look("letter_look.css")
    )


@lru_cache(maxsize=4)
def _look(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").strip()


def _head(document: Document, around: Around) -> str:
    ear = "　".join(ear_of(document.cover, document.language)) if document.cover else ""
    return (
        f'<p class="ms">{escape(around.association)}{"　" + escape(ear) if ear else ""}</p>'
        f'<h1 class="h1">{escape(document.title)}</h1>'
        f'<p class="on"{_lang(document, around)}><a class="la" href="{escape(around.page)}">'
        f"{escape(around.read_on_the_site)}</a></p>"
    )


def _section(section: Section, document: Document, around: Around, is_summary: bool) -> str:
    is_alone = document.cover is None
    head = "" if is_alone or not section.title else f'<p class="se">{escape(section.title)}</p>'
    writer = _writer(document, around)
    return head + "".join(
        (_title(piece) if not is_alone else "")
        + (_about(piece, around) if is_summary else _whole(piece, writer, 2 if piece.title and not is_alone else 1))
        for piece in section.pieces
    )  # fmt: skip


def _title(piece: Piece) -> str:
    return f'<h2 class="ti">{escape(piece.title)}</h2>' if piece.title else ""


def _whole(piece: Piece, writer: Plain, under: int) -> str:
    standing = " ".join(filter(None, (piece.subtitle, piece.byline)))
    return (f'<p class="st">{escape(standing)}</p>' if standing else "") + writer.blocks(piece.blocks, under=under)


def _about(piece: Piece, around: Around) -> str:
    with override(around.language):
        more = escape(_("Read on"))
    return (
        f'<p class="pp">{escape(summary_of(piece))} '
        f'<a class="la" href="{escape(around.address_of(piece))}">{more}</a></p>'
    )


def _writer(document: Document, around: Around) -> Plain:
    def link(href: str, inner: str) -> str:
        address = around.absolute(href)
        return f'<a class="la" href="{escape(address)}">{inner}</a>' if address else inner

    def picture(shown: Shown) -> str:
        width = min(shown.width or ROOM, ROOM)
        return f'<img class="im" src="{around.source(shown.file)}" alt="{escape(shown.alt)}" width="{width}">'

    def download(block: Download) -> str:
        return f'<a class="la" href="{around.addresses.file(block.file)}">{told_of_download(block)}</a>'

    return Plain(document.language, link, picture, download, ROOM, is_fluid=True)


def _foot(around: Around) -> str:
    first, second, leave = around.farewell
    return (
        f'<p class="fp">{escape(first)}</p><p class="fp">{escape(second)}</p>'
        f'<p class="fp"><a class="la" href="{escape(around.leave)}">{escape(leave)}</a></p>'
    )
