"""The site's map for search engines: pages that stay, releases, and every text that is public now."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.sitemaps import Sitemap
from django.urls import NoReverseMatch, reverse

from portal.lib import clock
from portal.publishing.demonstration import demonstration_cities, provincial_cities
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import KnowledgeTerm, Policy
from portal.publishing.queries import lines, published
from portal.reference.models import ServiceCategory
from portal.statistics.queries import published_releases

# What has one page of its own; those of which a page is not there are left out.
STANDING_PAGES = (
    "front:home", "statistics:release-list", "statistics:place-list", "statistics:calendar-list",
    "statistics:glossary", "statistics:table-index", "reference:list-index", "front:methodology", "front:contact",
    "publishing:issue-list", "publishing:article-list", "publishing:notice-list", "publishing:event-list",
    "publishing:handbook-list", "publishing:policy-list", "publishing:knowledge-home", "publishing:member-list",
    "publishing:city-list", "publishing:entrance-list", "publishing:authority-list", "publishing:catalogue-tree",
    "publishing:trade-category-list", "publishing:supply-mode-list", "publishing:decide",
)  # fmt: skip


@dataclass(frozen=True)
class Place:
    """A page by the name of its address, and when it last changed."""

    name: str
    args: tuple[object, ...] = ()
    changed_at: datetime | None = None


def address(name: str, *args: object) -> str | None:
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return None


class Places(Sitemap):
    """Each page in both languages, with the other as its alternate."""

    i18n = True
    alternates = True
    x_default = True

    def __init__(self, places: Callable[[], Sequence[Place]]):
        self.places = places

    def items(self) -> list[Place]:
        return [place for place in self.places() if address(place.name, *place.args)]

    def location(self, item: Place) -> str:
        return reverse(item.name, args=item.args)

    def lastmod(self, item: Place) -> datetime | None:
        return item.changed_at

    def get_latest_lastmod(self) -> None:
        return None


def standing() -> list[Place]:
    return [Place(name) for name in STANDING_PAGES]


def releases() -> list[Place]:
    return [Place("statistics:release-detail", (row.name,), row.published_at) for row in published_releases()]


def texts() -> list[Place]:
    names = {Serial.NEWSLETTER: "publishing:issue-detail", Serial.HANDBOOK: "publishing:handbook-detail"}
    return [
        Place(names.get(line.kind, "publishing:article-detail"), (line.code or line.text_key,), line.published_at)
        for line in lines(published([*Serial, *Kind]))
    ]


def policies() -> list[Place]:
    rows = Policy.objects.filter(is_public=True).values_list("slug", flat=True)
    return [Place("publishing:policy-detail", (slug,)) for slug in rows]


def terms() -> list[Place]:
    rows = KnowledgeTerm.objects.filter(is_public=True).values_list("slug", flat=True)
    return [Place("publishing:term-detail", (slug,)) for slug in rows]


def classes() -> list[Place]:
    codes = ServiceCategory.objects.values_list("code", flat=True)
    return [Place("publishing:class-detail", (code,)) for code in codes]


def cities() -> list[Place]:
    codes = sorted({*demonstration_cities(clock.today()), *provincial_cities()})
    return [Place("publishing:city-detail", (code,)) for code in codes]


# Members' pages are not offered: what a firm takes back would stay in the stores of those who came for it.
SITEMAPS = {
    "standing": Places(standing), "releases": Places(releases), "texts": Places(texts), "policies": Places(policies),
    "terms": Places(terms), "classes": Places(classes), "cities": Places(cities),
}  # fmt: skip
