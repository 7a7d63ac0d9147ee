"""Members and demonstration cities as their pages tell them. Of a firm, only what it has released is ever read here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Q, QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib import clock
from portal.members.models import Firm
from portal.members.queries import profiles_known_at
from portal.publishing.demonstration import (
    NATIONAL,
    PROVINCIAL,
    DemonstrationCity,
    demonstration_cities,
    provincial_cities,
    titles_of,
)
from portal.publishing.freezing_cards import headline_lines
from portal.publishing.lifecycle import Kind
from portal.publishing.models import MemberPage
from portal.publishing.queries import Line, lines, published
from portal.reference.models import Division, ServiceCategory
from portal.reference.queries import names
from portal.statistics.dimensions import Measure
from portal.statistics.levels import Indicator, Known, ReleaseInfo
from portal.statistics.places import Place, place_named
from portal.statistics.queries import latest_release, table
from portal.ui.rendering import in_chinese

# What a firm may release, field by field, in the order of its page. Its name and city come with any of them.
TITLES_OF_FIELDS = {
    "intro": gettext_lazy("About the firm"), "categories": gettext_lazy("Lines of business"),
    "founded_year": gettext_lazy("Founded in"), "website": gettext_lazy("Website"),
    "phone": gettext_lazy("Telephone"), "email": gettext_lazy("E-mail"),
}  # fmt: skip
MOST_ARTICLES = 10


def _in_language(chinese: str, english: str) -> str:
    return chinese if in_chinese() else english or chinese


# ── Members ──────────────────────────────────────────────────────────────────────────────────────


def released() -> QuerySet[MemberPage]:
    """Pages that their firms have released and not taken back, of members of today, and that nobody has hidden."""
    is_member = Q(firm__left_on__isnull=True) | Q(firm__left_on__gte=clock.today())
    rows = MemberPage.objects.filter(
        is_member, released_at__isnull=False, taken_back_at__isnull=True, hidden_at__isnull=True
    )
    return rows.select_related("firm").prefetch_related("categories").order_by("firm__name_zh", "pk")


@dataclass(frozen=True)
class Member:
    """A firm in the directory. `shown` is what it released, as (field, value); `codes` its lines of business where it
    released them."""

    pk: int
    firm: int
    name: str
    html_lang: str
    place_code: str
    place: str
    shown: tuple[tuple[str, str], ...]
    codes: tuple[str, ...]
    on: date
    page: MemberPage

    def says(self, field: str) -> str:
        return dict(self.shown).get(field, "")

    @property
    def intro(self) -> str:
        return self.says("intro")

    @property
    def categories(self) -> str:
        return self.says("categories")

    @property
    def intro_lang(self) -> str:
        return "" if in_chinese() or self.page.intro_en else "zh-Hans"

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """(field, label, value) of all but the text."""
        return [(field, str(TITLES_OF_FIELDS[field]), value) for field, value in self.shown if field != "intro"]


def shown_of(page: MemberPage) -> Iterator[tuple[str, str]]:
    """What a firm released, in the active language: nothing that is not named in `shown`, nothing that is empty."""
    values = {
        "intro": lambda: _in_language(page.intro_zh, page.intro_en),
        "categories": lambda: _(", ").join(row.name for row in page.categories.all()),
        "founded_year": lambda: str(page.founded_year or ""), "website": lambda: page.website,
        "phone": lambda: page.phone, "email": lambda: page.email,
    }  # fmt: skip
    yield from ((name, told) for name in TITLES_OF_FIELDS if name in page.shown and (told := values[name]()))


def members(pages: Iterable[MemberPage]) -> list[Member]:
    """Firms with their cities: two queries beside that of the pages."""
    pages = list(pages)
    facts = profiles_known_at(clock.now(), on=clock.today(), firms=[page.firm_id for page in pages])
    places = names("division", sorted({one.division for one in facts.values()}))
    return [
        _member(page, places.get(facts[page.firm_id].division) if page.firm_id in facts else None) for page in pages
    ]


def _member(page: MemberPage, place: Division | None) -> Member:
    firm = page.firm
    codes = tuple(row.code for row in page.categories.all()) if "categories" in page.shown else ()
    return Member(
        pk=page.pk, firm=firm.pk, name=_in_language(firm.name_zh, firm.name_en),
        html_lang="" if in_chinese() or firm.name_en else "zh-Hans", place_code=place.code if place else "",
        place=place.name if place else "", shown=tuple(shown_of(page)), codes=codes,
        on=localtime(page.released_at or clock.now()).date(), page=page,
    )  # fmt: skip


@dataclass(frozen=True)
class Directory:
    """The members that a reader asked for, and what can be asked: (code, name) of cities and lines of business."""

    found: list[Member]
    cities: list[tuple[str, str]]
    categories: list[tuple[str, str]]
    count: int


def directory(name: str = "", city: str = "", category: str = "") -> Directory:
    """Filtered by what the pages show: a line of business that a firm did not release finds it nowhere."""
    everybody = members(released())
    found = [
        one for one in everybody
        if _is_named(one, name) and city in ("", one.place_code)
        and (not category or any(_is_below(code, category) for code in one.codes))
    ]  # fmt: skip
    cities = sorted({(one.place_code, one.place) for one in everybody if one.place_code})
    groups = {"-".join(code.split("-")[:2]) for one in everybody for code in one.codes}
    categories = sorted((row.code, f"{row.code}　{row.name}") for row in names("category", sorted(groups)).values())
    return Directory(found, cities, categories, len(everybody))


def _is_named(one: Member, name: str) -> bool:
    firm = one.page.firm
    return name.strip().lower() in f"{firm.name_zh}\n{firm.name_en}".lower()


def _is_below(code: str, category: str) -> bool:
    return code == category or code.startswith(f"{category}-")


def member(pk: int) -> Member | None:
    return next(iter(members(released().filter(pk=pk))), None)


def preview_of(page: MemberPage) -> Member:
    """The page as it would be, for the firm alone."""
    return members([page])[0]


def articles_about(*, firm: int | None = None, city: str = "") -> list[Line]:
    """What has been published about a firm or a city, the newest first."""
    about = {"firm": firm} if firm else {"city": city}
    return lines(published([Kind.ARTICLE, Kind.NOTICE, Kind.EVENT]).filter(**about)[:MOST_ARTICLES])


def page_of(firm: Firm) -> MemberPage | None:
    """A firm's page, whatever its standing."""
    return MemberPage.objects.select_related("firm").prefetch_related("categories").filter(firm=firm).first()


def lines_of_business() -> QuerySet[ServiceCategory]:
    """The classes that a firm can choose: the lowest level of the catalogue."""
    return ServiceCategory.objects.filter(level=3)


# ── Demonstration cities ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class City:
    """A title of a city, in the active language."""

    code: str
    name: str
    province: str
    of: DemonstrationCity

    @property
    def year(self) -> int | None:
        return self.of.year

    @property
    def batch(self) -> int:
        return self.of.batch

    @property
    def source(self) -> str:
        return self.of.source

    @property
    def level(self) -> str:
        return level_in_words(self.of.level)


def level_in_words(level: str) -> str:
    return _("national") if level == NATIONAL else _("provincial")


@dataclass(frozen=True)
class Batch:
    """Cities that were named together. Where a province named them, `province` is its name."""

    number: int
    year: int | None
    cities: list[City]
    province: str = ""

    @property
    def title(self) -> str:
        told = {"province": self.province, "number": self.number or "—", "year": self.year}
        if self.province and self.year:
            return _("%(province)s, provincial: batch %(number)s, %(year)s") % told
        if self.province:
            return _("%(province)s, provincial: batch %(number)s, year not known") % told
        return _("Batch %(number)s, %(year)s") % (told | {"year": self.year or "—"})


def batches(level: str = "") -> list[Batch]:
    """The national cities of today by the year in which they came to the list, then those of each province; of one
    level alone where it is asked for. Four queries or so."""
    found: list[Batch] = []
    if level in ("", NATIONAL):
        found += _batches(_cities(demonstration_cities(clock.today())))
    if level in ("", PROVINCIAL):
        rows = sorted(_cities(provincial_cities()), key=lambda one: (one.code[:2], one.code))
        for province, own in groupby(rows, key=lambda one: one.province or one.name):
            found += _batches(list(own), province)
    return found


def _batches(cities: list[City], province: str = "") -> list[Batch]:
    keys = sorted({(one.batch, one.year or 0) for one in cities})
    return [
        Batch(number, year or None, [one for one in cities if (one.batch, one.year or 0) == (number, year)], province)
        for number, year in keys
    ]


def _cities(known: dict[str, DemonstrationCity]) -> list[City]:
    rows = Division.objects.filter(code__in=known).select_related("parent")
    return [City(row.code, row.name, row.parent.name if row.parent else "", known[row.code]) for row in rows]


@dataclass(frozen=True)
class CityPage:
    """A city with its titles, the national one first: its latest figures in words (none where nothing may be told),
    articles, members there."""

    titles: list[City]
    release: ReleaseInfo | None
    figures: Sequence[tuple[str, str]]
    is_withheld: bool
    articles: list[Line]
    members: list[Member]

    @property
    def city(self) -> City:
        return self.titles[0]


def city_page(code: str) -> CityPage | None:
    titles = titles_of(code, clock.today())
    place = place_named(code) if titles else None
    if place is None:
        return None
    release = latest_release()
    figures = headline_lines(release, place) if release else ()
    return CityPage(
        titles=[city for one in titles for city in _cities({code: one})], release=release, figures=figures,
        is_withheld=release is not None and _is_withheld(release, place),
        articles=articles_about(city=code),
        members=[one for one in members(released()) if one.place_code == code],
    )  # fmt: skip


def _is_withheld(release: ReleaseInfo, place: Place) -> bool:
    """Whether firms have filed there, and not even their number is told."""
    return table(release, place.code).level(Indicator(Measure.FIRMS)).known == Known.WITHHELD
