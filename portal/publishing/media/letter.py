"""A publication as a mail: HTML with its styles in each tag, and the same as plain text.

Pictures are fetched from the site, not attached: a list of thousands would carry them thousands of times. None of them
counts who reads. Mail programs cut HTML off above some 100 kB, so that a longer issue is sent as summaries with links.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

import css_inline
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.document import Document, Download, Paragraph, Piece, Section, text_of, texts_of
from portal.publishing.media.plain import Plain, Shown, told_of_download
from portal.publishing.media.web import Addresses
from portal.publishing.media.words import ear_of

# Gmail shows the rest only when asked above 102 kB.
LONGEST = 100_000
SUMMARY = 120
ROOM = 540


@dataclass(frozen=True)
class Around:
    """What stands around the text, in the subscriber's language: who sends, why, and how to leave.

    `page` is the text's own address, `leave` that of the subscriber's link.
    """

    addresses: Addresses
    page: str
    leave: str
    language: str
    association: str
    postal: str
    topic: str


@dataclass(frozen=True)
class Letter:
    subject: str
    html: str
    text: str
    is_summary: bool


def letter_of(document: Document, around: Around, subject: str = "") -> Letter:
    """The whole text; where that is too long for mail programs, what each article is about, with its address."""
    html, is_summary = _html(document, around, is_summary=False), False
    if len(html.encode()) >= LONGEST:
        html, is_summary = _html(document, around, is_summary=True), True
    return Letter(subject or document.title, html, _text(document, around, is_summary), is_summary)


# ── HTML ─────────────────────────────────────────────────────────────────────────────────────────


def _html(document: Document, around: Around, *, is_summary: bool) -> str:
    language = "zh-Hans" if document.language.startswith("zh") else document.language
    parts = "".join(_section(section, document, around, is_summary) for section in document.sections)
    html = (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{escape(document.title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        '<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">'
        f'<style>{_look("letter_dark.css")}</style></head><body class="by">'
        f'<p class="hd">{escape(document.summary)}</p>'
        '<table class="ou" role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">'
        '<table class="sh" role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td class="in">'
        f'{_head(document, around)}{parts}</td></tr><tr><td class="ft">{_foot(around)}</td></tr></table>'
        "</td></tr></table></body></html>"
    )
    return _inliner().inline(html)


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
    with override(around.language):
        read_on = escape(_("Read it on the site"))
    return (
        f'<p class="ms">{escape(around.association)}{"　" + escape(ear) if ear else ""}</p>'
        f'<h1 class="h1">{escape(document.title)}</h1>'
        f'<p class="on"><a class="la" href="{escape(around.page)}">{read_on}</a></p>'
    )


def _section(section: Section, document: Document, around: Around, is_summary: bool) -> str:
    is_alone = document.cover is None
    head = "" if is_alone or not section.title else f'<p class="se">{escape(section.title)}</p>'
    writer = _writer(document, around)
    return head + "".join(
        (_title(piece, around) if not is_alone else "")
        + (_about(piece, around) if is_summary else _whole(piece, writer))
        for piece in section.pieces
    )  # fmt: skip


def _title(piece: Piece, around: Around) -> str:
    return f'<h2 class="ti">{escape(piece.title)}</h2>' if piece.title else ""


def _whole(piece: Piece, writer: Plain) -> str:
    standing = " ".join(filter(None, (piece.subtitle, piece.byline)))
    return (f'<p class="st">{escape(standing)}</p>' if standing else "") + writer.blocks(piece.blocks)


def _about(piece: Piece, around: Around) -> str:
    with override(around.language):
        more = escape(_("Read on"))
    return (
        f'<p class="pp">{escape(summary_of(piece))} '
        f'<a class="la" href="{escape(address_of(piece, around))}">{more}</a></p>'
    )


def summary_of(piece: Piece) -> str:
    """Its own, or how it begins."""
    if piece.summary:
        return piece.summary
    first = next((text_of(block.runs) for block in piece.blocks if isinstance(block, Paragraph)), "")
    return first if len(first) <= SUMMARY else first[:SUMMARY].rstrip("，、；,; ") + "…"


def address_of(piece: Piece, around: Around) -> str:
    """In the issue, where the article came out with it: its own page may never have been."""
    return f"{around.page}#{piece.key}"


def _writer(document: Document, around: Around) -> Plain:
    where = around.addresses

    def link(href: str, inner: str) -> str:
        address = absolute(href, around)
        return f'<a class="la" href="{escape(address)}">{inner}</a>' if address else inner

    def picture(shown: Shown) -> str:
        width = min(shown.width or ROOM, ROOM)
        return f'<img class="im" src="{where.file(shown.file)}" alt="{escape(shown.alt)}" width="{width}">'

    def download(block: Download) -> str:
        return f'<a class="la" href="{where.file(block.file)}">{told_of_download(block)}</a>'

    return Plain(document.language, link, picture, download, ROOM)


def absolute(href: str, around: Around) -> str:
    """An address that can be followed from a mail; empty for what cannot."""
    if href.startswith("#"):
        return around.page + href
    if href.startswith("/") and not href.startswith(("//", "/\\")):
        return around.addresses.page(href)
    return href if urlsplit(href).scheme in ("http", "https", "mailto") else ""


def _foot(around: Around) -> str:
    first, second, leave = _farewell(around)
    return (
        f'<p class="fp">{escape(first)}</p><p class="fp">{escape(second)}</p>'
        f'<p class="fp"><a class="la" href="{escape(around.leave)}">{escape(leave)}</a></p>'
    )


def _farewell(around: Around) -> tuple[str, str, str]:
    """Who sends, why, how to leave."""
    with override(around.language):
        told = {"association": around.association, "topic": around.topic}
        return (
            " ".join(filter(None, (around.association, around.postal))),
            _("You get this letter because your address agreed to the list “%(topic)s” of %(association)s.") % told,
            _("Leave this list, choose others, or have your address erased"),
        )  # fmt: skip


# ── Text ─────────────────────────────────────────────────────────────────────────────────────────


def _text(document: Document, around: Around, is_summary: bool) -> str:
    with override(around.language):
        first = _("Read it on the site")
    lines = [around.association, document.title, "", f"{first}: {around.page}"]
    for section in document.sections:
        if document.cover and section.title:
            lines += ["", "", f"== {section.title} =="]
        for piece in section.pieces:
            lines += _piece_text(piece, document, around, is_summary)
    who, why, leave = _farewell(around)
    return "\n".join([*lines, "", "-- ", who, why, f"{leave}: {around.leave}", ""])


def _piece_text(piece: Piece, document: Document, around: Around, is_summary: bool) -> Iterator[str]:
    if document.cover and piece.title:
        yield from ("", piece.title, "-" * 20)
    if is_summary:
        yield from (summary_of(piece), address_of(piece, around))
        return
    for block in piece.blocks:
        yield ""
        yield from texts_of(block)
        yield from (absolute(href, around) for href in hrefs_of(block) if absolute(href, around))


def hrefs_of(block: object) -> list[str]:
    """Where a block leads, each once."""
    lines = [getattr(block, "runs", ()), *getattr(block, "items", ()), *getattr(block, "answer", ())]
    found = [run.href for line in lines for run in line if run.href]
    own = getattr(block, "href", "")
    return list(dict.fromkeys([*found, *([own] if own else [])]))
