"""What is public, as things that can be found: each in one language or in both. Nothing else ever enters the index."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.lib import clock
from portal.publishing import richtext
from portal.publishing.demonstration import (
    NATIONAL,
    PROVINCIAL,
    DemonstrationCity,
    demonstration_cities,
    provincial_cities,
)
from portal.publishing.directories import TITLES_OF_FIELDS, members, released, shown_of
from portal.publishing.document import text_of
from portal.publishing.knowing import also_written, lines_in
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import Authority, CatalogueCase, Edition, Entrance, KnowledgeTerm, Policy
from portal.publishing.primer import category_texts
from portal.publishing.queries import published, said_at
from portal.reference.models import ServiceCategory, TradeCategory
from portal.statistics.briefs import paragraphs
from portal.statistics.dimensions import NATION
from portal.statistics.levels import ReleaseInfo
from portal.statistics.places import WHOLE, Place, places_named
from portal.statistics.queries import latest_release, places_with_data, published_releases, table
from portal.statistics.report import Report, report
from portal.statistics.themes.glossary import glossary_terms
from portal.statistics.wording import quarter_name

CHINESE, ENGLISH = "zh-hans", "en"
LANGUAGES = (CHINESE, ENGLISH)


@dataclass(frozen=True)
class Telling:
    """A thing in one language."""

    language: str
    title: str
    text: str


@dataclass(frozen=True)
class Thing:
    """`address` is that of its Chinese page: the English one has /en before it. `names` are others by which it is
    called, in any language: they count as its title does."""

    kind: str
    key: str
    address: str
    tellings: tuple[Telling, ...]
    on: date | None = None
    names: tuple[str, ...] = ()


Things = Iterator[Thing]


def _both(chinese: tuple[str, ...], english: tuple[str, ...]) -> tuple[Telling, ...]:
    """Title first, then whatever else it says; in English only where it has an English title."""
    told = ((CHINESE, chinese), (ENGLISH, english))
    return tuple(
        Telling(language, said[0], "\n".join(filter(None, said[1:]))) for language, said in told if said[0]
    )  # fmt: skip


def _keyed(rows: QuerySet, name: str, key: str | None) -> QuerySet:
    return rows if key is None else rows.filter(**{name: key})


# ── Texts ────────────────────────────────────────────────────────────────────────────────────────


def _texts(kind: str) -> Callable[[str | None], Things]:
    def things(key: str | None) -> Things:
        owner = "issue" if kind in tuple(Serial) else "article"
        rows = _keyed(published([kind]), owner, key).defer("document").select_related("issue")
        rows = rows.annotate(cover_number=said_at("cover__number"))
        for row in rows.iterator(chunk_size=200):
            places = {Serial.NEWSLETTER: "newsletters", Serial.HANDBOOK: "handbooks"}
            path = f"/{places[kind]}/{row.issue.code}/" if owner == "issue" else f"/articles/{row.article_id}/"
            said = Telling(row.language, _numbered(row), "\n".join(filter(None, (row.summary, row.text))))
            on = row.issued_on or localtime(row.published_at).date()
            yield Thing(kind, str(getattr(row, f"{owner}_id")), path, (said,), on)

    return things


def _numbered(row: Edition) -> str:
    """The title of a text; that of an issue with its number, by which one is told from another."""
    if not row.cover_number:
        return row.title
    with override(row.language):
        return f"{row.title} {_('No. %(number)s') % {'number': row.cover_number}}"


# ── Policies and knowledge ───────────────────────────────────────────────────────────────────────


def _policies(key: str | None) -> Things:
    for row in _keyed(Policy.objects.filter(is_public=True), "pk", key):
        numbers = (row.document_number, row.index_number)
        chinese = (row.title_zh, *numbers, row.issuer_zh, row.summary_zh, row.text)
        english = (row.title_en, *numbers, row.issuer_en, row.summary_en)
        on = row.published_on or row.made_on
        yield Thing("policy", str(row.pk), f"/policies/{row.slug}/", _both(chinese, english), on)


def _terms(key: str | None) -> Things:
    for row in _keyed(KnowledgeTerm.objects.filter(is_public=True), "pk", key):
        also = {is_chinese: "\n".join(also_written(row.aliases, is_chinese)) for is_chinese in (True, False)}
        chinese = (row.name_zh, row.short_zh, also[True], _plain(row.body_zh))
        english = (row.name_en, row.short_en, also[False], _plain(row.body_en))
        names = lines_in(row.aliases)
        yield Thing("term", str(row.pk), f"/knowledge/terms/{row.slug}/", _both(chinese, english), names=names)


def _plain(html: str) -> str:
    return "\n".join(text_of(line) for line in richtext.lines_of(html)) if html else ""


def _catalogue(key: str | None) -> Things:
    cases: dict[str, list[CatalogueCase]] = {}
    for case in CatalogueCase.objects.filter(is_public=True):
        cases.setdefault(case.category_id, []).append(case)
    for row in _keyed(ServiceCategory.objects.all(), "code", key):
        told = cases.get(row.code, ())
        chinese = (row.name_zh, row.code, row.definition_zh, row.typical_zh, *(case.text_zh for case in told))
        english = (row.name_en, row.code, row.definition_en, row.typical_en, *(case.text_en for case in told))
        yield Thing("catalogue", row.code, f"/knowledge/catalogue/{row.code}/", _both(chinese, english))


def _trade(key: str | None) -> Things:
    names = {}
    for language in LANGUAGES:
        with override(language):
            names[language] = {one.value: str(one.label) for one in TradeCategory}
    for one in TradeCategory:
        if key in (None, one.value):
            text = category_texts()[one.value]
            chinese = (names[CHINESE][one], one.value, text.covers.zh, text.example.zh)
            english = (names[ENGLISH][one], one.value, text.covers.en, text.example.en)
            yield Thing("trade", one.value, f"/knowledge/trade/#{one.value}", _both(chinese, english))


# ── Directories ──────────────────────────────────────────────────────────────────────────────────


def _members(key: str | None) -> Things:
    """Only what a firm released, as its page says it."""
    for page in members(_keyed(released(), "pk", key)):
        tellings = []
        for language in LANGUAGES:
            with override(language):
                told = [f"{TITLES_OF_FIELDS[name]} {value}" for name, value in shown_of(page.page)]
                tellings.append(Telling(language, page.name, "\n".join((page.place, *told))))
        yield Thing("member", str(page.pk), f"/members/{page.pk}/", tuple(tellings), page.on)


def _cities(key: str | None) -> Things:
    titles: dict[str, list[DemonstrationCity]] = {}
    for one in (*demonstration_cities(clock.today()).values(), *provincial_cities().values()):
        titles.setdefault(one.code, []).append(one)
    places = places_named(list(titles))
    for code, own in titles.items():
        if key in (None, code) and code in places:
            chinese = (places[code].name_zh, *(text for one in own for text in _title_told(one)))
            english = (places[code].name_en, *(f"{TITLES_EN[one.level]} {one.year or ''}" for one in own))
            names = _short(places[code].name_zh)
            yield Thing("city", code, f"/cities/{code}/", _both(chinese, english), names=names)


TITLES_ZH = {NATIONAL: "中国服务外包示范城市 国家级", PROVINCIAL: "省级服务外包示范城市"}
TITLES_EN = {
    NATIONAL: "China service outsourcing demonstration city",
    PROVINCIAL: "Provincial demonstration city of outsourcing",
}  # fmt: skip


def _title_told(one: DemonstrationCity) -> tuple[str, ...]:
    return TITLES_ZH[one.level], str(one.year or ""), one.source


def _entrances(key: str | None) -> Things:
    for row in _keyed(Entrance.objects.filter(is_public=True), "pk", key):
        chinese = (row.name_zh, row.purpose_zh, row.group_zh)
        english = (row.name_en, row.purpose_en, row.group_en)
        yield Thing("entrance", str(row.pk), "/services/", _both(chinese, english))


def _contacts(key: str | None) -> Things:
    for row in _keyed(Authority.objects.filter(is_public=True).select_related("place"), "pk", key):
        place = row.place
        chinese = (row.name_zh, row.duties_zh, row.address_zh, place.name_zh if place else "", row.phone)
        english = (row.name_en, row.duties_en, row.address_en, place.name_en if place else "", row.phone)
        yield Thing("contact", str(row.pk), "/contacts/", _both(chinese, english))


# ── Statistics ───────────────────────────────────────────────────────────────────────────────────


def _releases(key: str | None) -> Things:
    for release in published_releases():
        if key in (None, release.name):
            content = report(table(release, NATION))
            tellings = tuple(Telling(language, *_release_told(content, language)) for language in LANGUAGES)
            on = localtime(release.published_at).date() if release.published_at else None
            names = (release.name, str(release.quarter))
            yield Thing("release", release.name, f"/statistics/{release.name}/", tellings, on, names)


def _release_told(content: Report, language: str) -> tuple[str, str]:
    release = content.table.release
    with override(language):
        words = _("Statistics of the %(period)s, version %(number)d")
        title = words % {"period": quarter_name(release.quarter), "number": release.number}
        return title, "\n".join((release.name, *paragraphs(content, WHOLE.name)))


def _places(key: str | None) -> Things:
    release = latest_release()
    if release is None:
        return
    codes = [code for code in places_with_data(release) if key in (None, code)]
    for place in places_named(codes).values():
        tellings = tuple(Telling(language, *_place_told(place, release, language)) for language in LANGUAGES)
        names = _short(place.name_zh)
        yield Thing("place", place.code, f"/statistics/places/{place.code}/", tellings, names=names)


def _short(name: str) -> tuple[str, ...]:
    """贵阳 for 贵阳市: as people call it."""
    bare = name.removesuffix("市").removesuffix("省")
    return (bare,) if len(bare) > 1 and bare != name else ()


def _place_told(place: Place, release: ReleaseInfo, language: str) -> tuple[str, str]:
    with override(language):
        words = _("Latest figures: %(period)s. Contract value, execution, markets, categories, the brief as text.")
        return place.name_in(language), words % {"period": quarter_name(release.quarter)}


def _glossary(key: str | None) -> Things:
    for chapter in glossary_terms():
        for term in chapter.terms:
            if key in (None, term.ident):
                told = []
                for language, title in ((CHINESE, term.zh), (ENGLISH, term.en)):
                    with override(language):
                        told.append(Telling(language, title, str(term.definition)))
                yield Thing("glossary", term.ident, f"/statistics/glossary/#{term.ident}", tuple(told))


SOURCES: dict[str, Callable[[str | None], Things]] = {
    **{kind.value: _texts(kind) for kind in (*Kind, *Serial)},
    "policy": _policies, "term": _terms, "catalogue": _catalogue, "trade": _trade, "member": _members,
    "city": _cities, "entrance": _entrances, "contact": _contacts, "release": _releases, "place": _places,
    "glossary": _glossary,
}  # fmt: skip
