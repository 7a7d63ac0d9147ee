"""Reads of what the association explains: terms, their comparisons, and how terms are found in other texts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.urls import reverse
from django.utils.translation import get_language

from portal.publishing.linking import Book, Entry, named_in
from portal.publishing.models import ComparedPoint, KnowledgeTerm, TermGroup
from portal.publishing.richtext import plain
from portal.ui.rendering import in_chinese

RELATED = 8
OF_A_ROW = ("slug", "name_zh", "name_en", "aliases", "short_zh", "short_en")
Rows = tuple[tuple[str, ...], ...]


def lines_in(text: str) -> tuple[str, ...]:
    """What stands a line each."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())


# ── Terms in other texts ─────────────────────────────────────────────────────────────────────────


def term_rows() -> Rows:
    """All public terms as they stand: one query, and what the books below are made of."""
    return tuple(KnowledgeTerm.objects.filter(is_public=True).values_list(*OF_A_ROW))


def term_book(language: str = "", rows: Rows | None = None) -> Book:
    """The terms of a language (the active one unless named) for `linking.Linker`. It is made once as they stand."""
    language = language or get_language() or "zh-hans"
    return _book(term_rows() if rows is None else rows, language.startswith("zh"))


@lru_cache(maxsize=4)
def _book(rows: Rows, is_chinese: bool) -> Book:
    return Book(tuple(_entry(row, is_chinese) for row in rows))


def _entry(row: tuple[str, ...], is_chinese: bool) -> Entry:
    slug, name_zh, name_en, aliases, short_zh, short_en = row
    name, short = (name_zh, short_zh) if is_chinese else (name_en, short_en)
    return Entry(slug, name, short, (name, *also_written(aliases, is_chinese)))


def also_written(aliases: str, is_chinese: bool) -> tuple[str, ...]:
    """The other words for a term in a language: acronyms belong to both."""
    return tuple(word for word in lines_in(aliases) if _is_acronym(word) or word.isascii() != is_chinese)


def _is_acronym(word: str) -> bool:
    return word.isascii() and word.isupper()


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class TermLine:
    """A term in a list, in the active language."""

    slug: str
    name: str
    short: str

    @property
    def href(self) -> str:
        return reverse("publishing:term-detail", args=[self.slug])


@dataclass(frozen=True)
class TermShelf:
    """A group of terms."""

    code: str
    label: str
    terms: tuple[TermLine, ...]


def line_of(term: KnowledgeTerm) -> TermLine:
    if in_chinese():
        return TermLine(term.slug, term.name_zh, term.short_zh)
    return TermLine(term.slug, term.name_en, term.short_en)


def term_shelves() -> list[TermShelf]:
    """All public terms by their groups, in the order of the groups: one query."""
    found: dict[str, list[TermLine]] = {}
    for term in KnowledgeTerm.objects.filter(is_public=True):
        found.setdefault(term.group, []).append(line_of(term))
    return [TermShelf(group.value, str(group.label), tuple(found[group])) for group in TermGroup if group in found]


# ── One term ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Source:
    """`is_foreign` where it is not named in the language of the page."""

    name: str
    is_foreign: bool


def sources_of(term: KnowledgeTerm) -> tuple[Source, ...]:
    """A line each: the name in Chinese and, behind a bar, in English."""
    return tuple(_source(*(part.strip() for part in line.partition("|")[::2])) for line in lines_in(term.sources))


def _source(chinese: str, english: str) -> Source:
    if in_chinese():
        return Source(chinese, False)
    return Source(english or chinese, not english and not chinese.isascii())


@dataclass(frozen=True)
class Comparison:
    """A term beside another, point by point: rows of (what is compared, this term, the other)."""

    other: TermLine
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class TermPage:
    """Everything said of a term. `named` is its name in the other language; `body` is rich text of the desk."""

    line: TermLine
    group: str
    group_code: str
    named: str
    also: tuple[str, ...]
    body: str
    sources: tuple["Source", ...]
    comparisons: tuple[Comparison, ...]
    related: tuple[TermLine, ...]


def term_page(slug: str) -> TermPage | None:
    """A public term with what it is compared with and related to: two queries."""
    terms = {term.slug: term for term in KnowledgeTerm.objects.filter(is_public=True)}
    if slug not in terms:
        return None
    term = terms[slug]
    compared = tuple(comparisons_of(term))
    return TermPage(
        line=line_of(term), group=str(term.get_group_display()), group_code=term.group,
        named=term.name_en if in_chinese() else term.name_zh, also=also_written(term.aliases, in_chinese()),
        body=body_of(term), sources=sources_of(term), comparisons=compared,
        related=tuple(_related(term, terms, {one.other.slug for one in compared})),
    )  # fmt: skip


def body_of(term: KnowledgeTerm) -> str:
    return term.body_zh if in_chinese() else term.body_en


def comparisons_of(term: KnowledgeTerm, *, own_only: bool = False) -> Iterator[Comparison]:
    """Told from either side: written with the one term, it is read from the other's page too, unless `own_only`."""
    found: dict[int, tuple[KnowledgeTerm, list[tuple[str, str, str]]]] = {}
    for point in ComparedPoint.objects.between_public().about(term).select_related("term", "beside"):
        is_own = point.term_id == term.pk
        if own_only and not is_own:
            continue
        other = point.beside if is_own else point.term
        aspect, this, that = _point(point)
        row = (aspect, this, that) if is_own else (aspect, that, this)
        found.setdefault(other.pk, (other, []))[1].append(row)
    for other, rows in found.values():
        yield Comparison(line_of(other), tuple(rows))


def _point(point: ComparedPoint) -> tuple[str, str, str]:
    if in_chinese():
        return point.aspect_zh, point.this_zh, point.other_zh
    return point.aspect_en, point.this_en, point.other_en


def _related(term: KnowledgeTerm, terms: dict[str, KnowledgeTerm], but: set[str]) -> Iterator[TermLine]:
    """Those that its text names, then those whose texts name it, then its neighbours of the group."""
    book = term_book(rows=tuple(tuple(getattr(one, name) for name in OF_A_ROW) for one in terms.values()))
    names = {one.slug: named_in(_texts(one), book, one.slug) for one in terms.values()}
    beside = [slug for slug, one in terms.items() if one.group == term.group]
    order = (*names[term.slug], *(slug for slug in terms if term.slug in names[slug]), *beside)
    wanted = [slug for slug in dict.fromkeys(order) if slug not in but and slug != term.slug]
    return (line_of(terms[slug]) for slug in wanted[:RELATED])


def _texts(term: KnowledgeTerm) -> Iterable[str]:
    return (line_of(term).short, plain(body_of(term)))
