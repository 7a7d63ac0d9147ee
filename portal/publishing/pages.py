"""What the pages of newsletters, handbooks and articles show, put together from a document.

An edition never changes, so its text is made into HTML once and kept by the process, for each language of the pages
around it (their addresses differ). The words around the text are in the text's own language.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext, override

from portal.lib.words import gettext_noop
from portal.publishing.document import Block, Document, Figure, Piece, Section, texts_of
from portal.publishing.knowing import Rows, term_book, term_rows
from portal.publishing.lifecycle import Serial
from portal.publishing.linking import Book, Entry, Linker
from portal.publishing.media.web import Addresses, headings_of, html_of
from portal.publishing.models import Edition
from portal.publishing.queries import Shown, shown
from portal.ui.figures import chinese_digits, chinese_numeral
from portal.ui.qr import qr_svg
from portal.ui.rendering import in_chinese

KEPT = 128
NO_TERMS = Book()
# How the key of a handbook's piece begins that is a term itself.
OF_A_TERM = "term-"
HAN_A_MINUTE, WORDS_A_MINUTE = 350, 220
# A masthead's name with more characters is set smaller.
LONG_HAN, LONG_WORDS = 9, 16
# Of the lines of a cover, those that belong on a web page. The others are of the printed edition alone.
ON_THE_WEB = {"编辑": gettext_noop("Editor"), "签发": gettext_noop("Signed by")}
TEMPLATES = {Serial.NEWSLETTER: "publishing/_issue.html", Serial.HANDBOOK: "publishing/_handbook.html"}
OF_AN_ARTICLE = "publishing/_article.html"


@dataclass(frozen=True)
class Cited:
    """A release that an article quotes, and where it stands unchanged."""

    release: str
    source: str
    href: str


@dataclass(frozen=True)
class Reading:
    """An article ready to be read. `length` is its Chinese characters, or its words; `terms` are those linked in it, by
    the anchors of their definitions."""

    key: str
    title: str
    subtitle: str
    byline: str
    summary: str
    href: str
    html: SafeString
    length: int
    minutes: int
    cited: tuple[Cited, ...]
    headings: tuple[tuple[str, str], ...]
    terms: tuple[tuple[str, Entry], ...] = ()


@dataclass(frozen=True)
class Part:
    """A column of an issue, or a chapter of a handbook."""

    key: str
    title: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True)
class Code:
    """A square code, and the address that is in it."""

    label: str
    href: str
    svg: SafeString


# ── One edition as HTML ──────────────────────────────────────────────────────────────────────────


def addresses(edition: int, host: str = "") -> Addresses:
    """Of an edition's files and of the site's pages, in the language that is active."""
    files = reverse("publishing:edition-file", args=[edition, "name"]).removesuffix("name")
    prefix = "" if in_chinese() else f"/{get_language()}"
    return Addresses(files=f"{host}{files.removeprefix(prefix)}", host=host, language=prefix)


@dataclass(frozen=True)
class Told:
    """A document as HTML: its body, and what stands in the margin of an article's own page. `name` has the number of
    an issue, and `upright` says it for upright text. `instead` is for readers of another language: (label, address) of
    what this site says in theirs."""

    html: SafeString
    margin: SafeString
    name: str
    upright: str
    instead: tuple[tuple[str, str], ...] = ()


def told(edition: int, digest: str) -> Told:
    """What an edition says, as it stands in its page, with the terms of today linked: one query. The digest makes sure
    that it is this edition's."""
    return _told(edition, digest, addresses(edition), term_rows())


def bare_html(edition: int, digest: str, host: str) -> SafeString:
    """The blocks alone, for readers of feeds: titles where there are several articles, and addresses with the host."""
    return _bare(edition, digest, addresses(edition, host))


@lru_cache(maxsize=KEPT)
def _told(edition: int, _digest: str, where: Addresses, terms: Rows) -> Told:
    document = _document(edition)
    return told_of(document, where, term_book(document.language, terms), term_book(rows=terms))


@lru_cache(maxsize=KEPT)
def _bare(edition: int, _digest: str, where: Addresses) -> SafeString:
    document = _document(edition)
    with override(document.language):
        parts = parts_of(document, where)
        return render_to_string("publishing/_bare.html", {"document": document, "parts": parts})


def _document(edition: int) -> Document:
    return Edition.objects.only("document").get(pk=edition).as_document()


def told_of(document: Document, where: Addresses, book: Book = NO_TERMS, own: Book = NO_TERMS) -> Told:
    """A document as the body of its page: also of one that is not published, for its preview. `book` has the terms of
    its language, `own` those of the reader's."""
    is_foreign = document.language.startswith("zh") != in_chinese()
    with override(document.language):
        context = {"document": document, **_context(document, where, book)}
        template = TEMPLATES.get(document.kind, OF_AN_ARTICLE)
        margin = "" if document.cover else render_to_string("publishing/_article_margin.html", context).strip()
        found = Told(render_to_string(template, context), mark_safe(margin), *_name(document))
    return replace(found, instead=tuple(_instead(context["parts"], own))) if is_foreign else found


def _instead(parts: tuple[Part, ...], own: Book) -> Iterator[tuple[str, str]]:
    """The releases that a text cites, then the terms that it uses, as pages in the active language."""
    readings = [one for part in parts for one in part.readings]
    for release in dict.fromkeys(cited.release for one in readings for cited in one.cited):
        label = gettext("Figures of release %(release)s") % {"release": release}
        yield label, reverse("statistics:release-detail", args=[release])
    names = {entry.slug: entry.name for entry in own.entries}
    for slug in dict.fromkeys(entry.slug for one in readings for _anchor, entry in one.terms):
        if slug in names:
            yield names[slug], reverse("publishing:term-detail", args=[slug])


def document_html(document: Document, where: Addresses) -> SafeString:
    """The body of a document's page alone."""
    return told_of(document, where).html


def _name(document: Document) -> tuple[str, str]:
    number = document.cover.number if document.cover else None
    if number is None:
        return document.title, ""
    year = int(document.cover.issued_on[:4]) if document.cover.issued_on else None
    return f"{document.title} {gettext('No. %(number)s') % {'number': number}}", number_upright(year, number)


def _context(document: Document, where: Addresses, book: Book) -> dict[str, object]:
    cover = document.cover
    return {
        "parts": parts_of(document, where, book),
        "cover": cover,
        "association_name": settings.SITE["name_zh" if in_chinese() else "name_en"],
        "is_long": len(document.title) > (LONG_HAN if in_chinese() else LONG_WORDS),
        "issued_on": date.fromisoformat(cover.issued_on) if cover and cover.issued_on else None,
        "cover_lines": [(gettext(ON_THE_WEB[name]), value) for name, value in cover.lines if name in ON_THE_WEB]
        if cover
        else [],
        "codes": [Code(label, href, mark_safe(qr_svg(href))) for label, href in document.codes],
        "occasion": occasion_of(document),
    }


# ── Articles ─────────────────────────────────────────────────────────────────────────────────────


def parts_of(document: Document, where: Addresses, book: Book = NO_TERMS) -> tuple[Part, ...]:
    """Headings stand one below the article's own title: h1 on its own page, h2 in an issue, h3 in a handbook."""
    under = {Serial.NEWSLETTER: 2, Serial.HANDBOOK: 3}.get(document.kind, 1)
    lists_terms = document.kind != Serial.HANDBOOK
    return tuple(_part(section, where, under, book, lists_terms) for section in document.sections)


def _part(section: Section, where: Addresses, under: int, book: Book, lists_terms: bool) -> Part:
    """A handbook explains the terms itself: its pieces link to them and do not list them."""
    readings = (
        reading(piece, where, under if piece.title else under - 1, _linker(piece, book, lists_terms))
        for piece in section.pieces
    )
    return Part(f"c-{section.key}", section.title, tuple(readings))


def _linker(piece: Piece, book: Book, lists_terms: bool) -> Linker:
    own = piece.key.removeprefix(OF_A_TERM) if piece.key.startswith(OF_A_TERM) else ""
    return Linker(book, own, f"{piece.key}-term" if lists_terms else "")


def reading(piece: Piece, where: Addresses, under: int, linker: Linker) -> Reading:
    length, minutes = _length(piece.blocks)
    return Reading(
        key=piece.key, title=piece.title, subtitle=piece.subtitle, byline=piece.byline, summary=piece.summary,
        href=piece.href and where.page(piece.href), html=mark_safe(html_of(piece, where, under=under, linked=linker)),
        length=length, minutes=minutes, cited=tuple(cited_in(piece.blocks, where)),
        headings=tuple((anchor, heading.text) for anchor, heading in headings_of(piece) if heading.level == 2),
        terms=linker.definitions if linker.key else (),
    )  # fmt: skip


def _length(blocks: tuple[Block, ...]) -> tuple[int, int]:
    """How long a text is, to the nearest hundred, and how many minutes it takes to read."""
    texts = [text for block in blocks for text in texts_of(block)]
    if in_chinese():
        count, pace = sum(not character.isspace() for text in texts for character in text), HAN_A_MINUTE
    else:
        count, pace = sum(len(text.split()) for text in texts), WORDS_A_MINUTE
    return max(round(count, -2), 100), max(round(count / pace), 1)


def cited_in(blocks: tuple[Block, ...], where: Addresses) -> Iterator[Cited]:
    """Each release once, in the order of the figures."""
    known = set()
    for block in blocks:
        if isinstance(block, Figure) and (block.release, block.href) not in known:
            known.add((block.release, block.href))
            yield Cited(block.release, block.source, where.page(block.href))


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class When:
    """When and where an event is."""

    starts_at: datetime
    ends_at: datetime | None
    venue: str


def occasion_of(document: Document) -> When | None:
    if document.occasion is None:
        return None
    begins, ends = document.occasion.starts_at, document.occasion.ends_at
    return When(
        localtime(datetime.fromisoformat(begins)), localtime(datetime.fromisoformat(ends)) if ends else None,
        document.occasion.venue,
    )  # fmt: skip


def number_upright(year: int | None, number: int | None) -> str:
    """A number for upright text: 二〇二〇年第八期, because Arabic figures would lie on their side."""
    if not in_chinese() or not year or not number or number > 99:
        return ""
    return f"{chinese_digits(year)}年第{chinese_numeral(number)}期"


# ── The page around it ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class TextPage:
    """A page with one edition on it; nothing is told of one that is withdrawn."""

    shown: Shown
    told: Told | None


def text_page(of_text: Q, number: int | None = None) -> TextPage | None:
    """The newest edition of a text, or the one asked for: one query, and one more when its HTML is not kept."""
    found = shown(of_text, number)
    if found is None:
        return None
    return TextPage(found, None if found.withdrawn_at else told(found.edition, found.digest))
