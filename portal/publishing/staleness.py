"""Which figures a newer release of the same period says differently, in working texts and in what is published.

Nothing public changes by this: the editor sees old and new side by side, and decides (`actions.updating`).
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Q
from django.utils.translation import override

from portal.lib.acts import Refused
from portal.publishing.asked import CITY, Asked, asked_among, asked_from
from portal.publishing.document import Card, Figure
from portal.publishing.freezing_cards import city_told
from portal.publishing.freezing_figures import told_of
from portal.publishing.models import Article, Edition, Issue, Pin
from portal.publishing.policies import articles_of
from portal.publishing.told import Difference, Told, differences, told_by
from portal.statistics.queries import published_releases

Text = Article | Issue


@dataclass(frozen=True)
class Stale:
    """A figure that differs in a newer release: its title, both releases, and what differs. `block` is the block's id
    in a working text, and empty in an edition. `is_gone`: the newer release says nothing of it any more."""

    title: str
    release: str
    newer: str
    differences: list[Difference]
    block: str = ""
    is_gone: bool = False


@dataclass(frozen=True)
class StaleText:
    """A text that is marked for its editor: figures of the working text, and those of what is public."""

    text: Text
    working: list[Stale]
    published: list[Stale]

    @property
    def kind(self) -> str:
        return self.text._meta.model_name


@dataclass(frozen=True)
class Releases:
    """The newest public release of each period, and its digest, by the name of any older one of that period; and the
    digest of every release."""

    newer: dict[str, tuple[str, str]]
    digests: dict[str, str]

    @classmethod
    def now(cls) -> "Releases":
        """One query."""
        newest, newer, digests = {}, {}, {}
        for release in published_releases():
            digests[release.name] = release.digest
            first = newest.setdefault(release.period, release)
            if first is not release:
                newer[release.name] = (first.name, first.digest)
        return cls(newer, digests)


def told_in_words(asked: Asked) -> Told:
    """What a release says to this, label by label, in the language of the figure.

    Raises:
        Refused: the release is not public, or has nothing to say of it.
    """
    with override(asked.language):
        block: Figure | Card = city_told(asked) if asked.form == CITY else told_of(asked)
        return told_by(block)


@lru_cache(maxsize=1024)
def told_once(asked: Asked, _digest: str) -> tuple[tuple[str, str], ...]:
    """The same as (label, text), and nothing where the release has nothing to say.

    A published release never changes, so it is asked once; its digest tells it from one of the same name.
    """
    try:
        return tuple(told_in_words(asked).items())
    except Refused:
        return ()


# ── Of one text ──────────────────────────────────────────────────────────────────────────────────


def asked_in(text: Text) -> Iterator[tuple[str, Asked]]:
    """(id of the block, what it asks) of each figure and card in an article, or in the chapters of an issue."""
    if isinstance(text, Article):
        yield from asked_among(text.body.raw_data, text.language)
        return
    for part in text.contents.raw_data:
        if part["type"] == "chapter":
            yield from asked_among(part["value"].get("text") or (), text.language)


def stale(text: Text) -> list[Stale]:
    """Figures of the working text itself: of an article by its pins, of an issue those of its chapters."""
    releases = Releases.now()
    if isinstance(text, Issue):
        return list(_of_chapters(text, releases))
    return _of_pins(text.pins.order_by("pk"), releases)


def stale_within(text: Text) -> list[StaleText]:
    """Where the working text differs, and of an issue each of the articles in it, in the order of reading."""
    if isinstance(text, Article):
        found = [(text, stale(text))]
    else:
        working = _working(releases := Releases.now())
        inside = {article.pk: article for article in articles_of(text)}
        found = [(text, list(_of_chapters(text, releases))),
                 *((article, working.get(("article", pk), [])) for pk, article in inside.items())]  # fmt: skip
    return [StaleText(one, rows, []) for one, rows in found if rows]


def stale_published(text: Text) -> list[Stale]:
    """Figures of the newest public edition of an article, or of an issue."""
    releases = Releases.now()
    edition = _outdated(releases, text.editions.all()).first()
    return list(_of_edition(edition, releases)) if edition else []


def _of_pins(pins: Iterable[Pin], releases: Releases) -> list[Stale]:
    found = ((pin.block, _stale(asked_from(pin.asked.items()), pin.told, releases)) for pin in pins)
    return [replace(one, block=block) for block, one in found if one]


def _of_chapters(issue: Issue, releases: Releases) -> Iterator[Stale]:
    """A published release never changes, so that what it says now is what it said when it was chosen."""
    for block, asked in asked_in(issue):
        told = dict(told_once(asked, releases.digests.get(asked.release, "")))
        if one := _stale(asked, told, releases):
            yield replace(one, block=block)


def _of_edition(edition: Edition, releases: Releases) -> Iterator[Stale]:
    for block in edition.as_document().blocks:
        if isinstance(block, Figure | Card) and block.asked:
            one = _stale(asked_from(block.asked), told_by(block), releases)
            if one:
                yield one


def _stale(asked: Asked, told: Told, releases: Releases) -> Stale | None:
    """None where there is no newer release, or it says the same."""
    if asked.release not in releases.newer:
        return None
    name, digest = releases.newer[asked.release]
    now = dict(told_once(asked.of(name), digest))
    found = differences(told, now)
    return Stale(told.get("", ""), asked.release, name, found, is_gone=not now) if found else None


# ── Of all texts ─────────────────────────────────────────────────────────────────────────────────


def stale_texts() -> list[StaleText]:
    """Articles and the issues that contain them, wherever the working text or what is public says it otherwise than
    the newest release of the period. The number of queries does not grow with the number of texts."""
    releases = Releases.now()
    if not releases.newer:
        return []
    working = _working(releases)
    published = {_key(edition): list(_of_edition(edition, releases)) for edition in _outdated(releases)}
    articles = Article.objects.in_bulk({pk for kind, pk in [*working, *published] if kind == "article"})
    issues = {issue.pk: issue for issue in Issue.objects.all()}
    for issue in issues.values():
        inside = [one for pk in article_keys_of(issue) for one in working.get(("article", pk), ())]
        working["issue", issue.pk] = [*_of_chapters(issue, releases), *inside]
    keys = [key for key in dict.fromkeys([*working, *published]) if working.get(key) or published.get(key)]
    return [
        StaleText(articles[pk] if kind == "article" else issues[pk], working.get((kind, pk), []),
                  published.get((kind, pk), []))
        for kind, pk in keys
    ]  # fmt: skip


def _working(releases: Releases) -> dict[tuple[str, int], list[Stale]]:
    """Articles' stale pins, by ("article", key)."""
    pins: dict[int, list[Pin]] = defaultdict(list)
    for pin in Pin.objects.filter(release__name__in=releases.newer).order_by("article", "pk"):
        pins[pin.article_id].append(pin)
    found = {("article", key): _of_pins(rows, releases) for key, rows in pins.items()}
    return {key: rows for key, rows in found.items() if rows}


def _outdated(releases: Releases, editions=None):
    """Public editions that name a release that is not the newest of its period."""
    named = Q(pk__in=[])
    for name in releases.newer:
        named |= Q(text__contains=name)
    return (Edition.objects.all() if editions is None else editions).public().filter(named)


def _key(edition: Edition) -> tuple[str, int]:
    return ("article", edition.article_id) if edition.article_id else ("issue", edition.issue_id)


def article_keys_of(issue: Issue) -> list[int]:
    """Keys of the articles in an issue's columns, in their order, without a query."""
    return [
        item["value"] if isinstance(item, dict) else item
        for part in issue.contents.raw_data
        if part["type"] == "column"
        for item in part["value"].get("articles", ())
    ]
