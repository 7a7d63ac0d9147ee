"""Reads of releases: plain frozen values, never a row. What is withheld has no amount in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from portal.filings.models.period import Period
from portal.lib.quarters import Quarter
from portal.statistics.benchmarks import Amounts, Key, is_guarded, with_partners
from portal.statistics.dimensions import BASE_OF, Currency, Cut, Measure, Mode, Span, Standing, Status
from portal.statistics.indicators import Base, Growth, growth, share
from portal.statistics.models import Cell, Release


class Known(StrEnum):
    """Whether a level can be shown: public, withheld for confidentiality, or no data at all."""

    PUBLIC = "public"
    WITHHELD = "withheld"
    ABSENT = "absent"


@dataclass(frozen=True)
class Level:
    """One amount: cents of both currencies, or the reason why there is none. `cents` are those of its currency.

    `is_kept` marks one that the public does not see, on internal pages.
    """

    known: Known
    usd_cents: int | None = None
    cny_cents: int | None = None
    count: int | None = None
    currency: Currency = Currency.USD
    is_kept: bool = False

    @property
    def cents(self) -> int | None:
        return self.cny_cents if self.currency == Currency.CNY else self.usd_cents

    @property
    def is_public(self) -> bool:
        return self.known == Known.PUBLIC


ZERO = Level(Known.PUBLIC, 0, 0, 0)
WITHHELD = Level(Known.WITHHELD)
ABSENT = Level(Known.ABSENT)

# Cuts whose members add up to the whole.
PARTITIONS = (Cut.MARKET, Cut.SIZE)


@dataclass(frozen=True)
class Indicator:
    """What one figure measures: `Indicator(Measure.EXECUTION, Mode.OFFSHORE)` and so on."""

    measure: Measure
    mode: Mode = Mode.TOTAL
    cut: Cut = Cut.WHOLE
    member: str = ""


@dataclass(frozen=True)
class Table:
    """All cells of a release about one place. One query made it; everything else is arithmetic."""

    release: "ReleaseInfo"
    place: str
    cells: Mapping[Key, Level] = field(repr=False)
    currency: Currency = Currency.USD

    def told_in(self, currency: Currency) -> "Table":
        """The same cells, their amounts, growth and shares in another currency, from each line's own rates."""
        if currency == self.currency:
            return self
        cells = {key: replace(level, currency=currency) for key, level in self.cells.items()}
        return Table(self.release, self.place, cells, currency)

    def level(self, indicator: Indicator, span: Span = Span.QUARTER) -> Level:
        """The level of an indicator; zero where firms filed and nothing was counted."""
        key = (span, indicator.measure, indicator.mode, indicator.cut, indicator.member)
        if key in self.cells:
            return self.cells[key]
        return replace(ZERO, currency=self.currency) if self.has_data(span) else ABSENT

    def has_data(self, span: Span) -> bool:
        return (span, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "") in self.cells

    def growth(self, indicator: Indicator, span: Span = Span.QUARTER) -> Growth:
        """Growth on the same span a year before; withheld when either level is."""
        now, base = self.level(indicator, span), self.level(indicator, BASE_OF[span])
        if Known.WITHHELD in (now.known, base.known):
            return Growth(Base.WITHHELD)
        if not now.is_public:
            return Growth(Base.ABSENT)
        if indicator.measure == Measure.FIRMS:
            return growth(now.count, base.count)
        return growth(now.cents, base.cents, floor=self._floor(base))

    def _floor(self, base: Level) -> int:
        """The floor under which a base is low is set in US dollars, whatever currency is shown."""
        if self.currency == Currency.USD or not base.is_public:
            return self.release.low_base_floor
        return base.cents + 1 if base.usd_cents < self.release.low_base_floor else 0

    def share(self, part: Indicator, whole: Indicator, span: Span = Span.QUARTER):
        """part ÷ whole as a fraction; None when either is withheld or the whole is nothing."""
        one, all_of_it = self.level(part, span), self.level(whole, span)
        if not (one.is_public and all_of_it.is_public):
            return None
        return share(one.cents, all_of_it.cents)

    def members(self, measure: Measure, mode: Mode, cut: Cut, span: Span = Span.QUARTER) -> list[tuple[str, Level]]:
        """(member, level) of a cut, largest first; withheld ones last, in the order of their codes."""
        rows = [(key[4], level) for key, level in self.cells.items() if key[:4] == (span, measure, mode, cut)]
        return sorted(rows, key=lambda row: (not row[1].is_public, -(row[1].cents or 0), row[0]))

    def ranked(self, measure: Measure, mode: Mode, cut: Cut, span: Span = Span.QUARTER) -> list[str]:
        """Members by size, as far down as the published figures alone settle it.

        A withheld member is at most what the public ones leave of the whole, since executions are never
        negative: only a public one above that is surely before it. So the order never looks at what is withheld.
        """
        rows = self.members(measure, mode, cut, span)
        public = [(member, level.cents) for member, level in rows if level.is_public]
        if len(public) == len(rows):
            return [member for member, _cents in public]
        whole = self.level(Indicator(measure, mode), span)
        if not whole.is_public or measure != Measure.EXECUTION or cut not in PARTITIONS:
            return []
        left = whole.cents - sum(cents for _member, cents in public)
        return [member for member, cents in public if cents > left]


@dataclass(frozen=True)
class ReleaseInfo:
    """What a page may know of a release."""

    pk: int
    name: str
    period: str
    number: int
    as_of: datetime
    published_at: datetime | None
    digest: str
    fact_count: int
    firm_count: int
    editions: Mapping[str, Mapping[str, object]]
    belt_and_road_list: str
    min_firms: int
    low_base_floor: int
    standing: Standing = Standing.FINAL
    coverage: Mapping[str, object] = field(default_factory=dict)
    note_zh: str = ""
    note_en: str = ""

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.period)


def info(release: Release) -> ReleaseInfo:
    published = getattr(release, "publication", None)
    return ReleaseInfo(
        pk=release.pk, name=release.name, period=release.period_id, number=release.number, as_of=release.as_of,
        published_at=published.published_at if published else None, digest=release.digest,
        fact_count=release.fact_count, firm_count=release.firm_count, editions=release.editions,
        belt_and_road_list=release.belt_and_road_list, min_firms=release.min_firms,
        low_base_floor=release.low_base_floor, standing=Standing(release.standing), coverage=release.coverage,
        note_zh=published.note_zh if published else "", note_en=published.note_en if published else "",
    )  # fmt: skip


def published_releases() -> list[ReleaseInfo]:
    """All published releases, newest period and number first."""
    rows = Release.objects.published().select_related("publication").newest_first()
    return [info(row) for row in rows]


def latest_release(period: str | None = None) -> ReleaseInfo | None:
    """The newest published release, of one period or of all."""
    rows = Release.objects.published().select_related("publication").newest_first()
    if period:
        rows = rows.filter(period=period)
    row = rows.first()
    return info(row) if row else None


def release_named(name: str, *, unpublished: bool = False) -> ReleaseInfo | None:
    """A release by its name; one that is not published only when asked for by somebody who may see it."""
    rows = Release.objects.select_related("publication")
    row = (rows if unpublished else rows.published()).filter(name=name).first()
    return info(row) if row else None


def latest_of_each_period() -> list[ReleaseInfo]:
    """The newest published release of each period, newest period first."""
    newest: dict[str, ReleaseInfo] = {}
    for row in published_releases():
        newest.setdefault(row.period, row)
    return list(newest.values())


def _level(status: str, usd: int, cny: int, count: int) -> Level:
    return Level(Known.PUBLIC, usd, cny, count) if status == Status.PUBLIC else WITHHELD


def table(release: ReleaseInfo, place: str) -> Table:
    """All cells of a release about one place: one query."""
    rows = Cell.objects.filter(release=release.pk, place=place).values_list(
        "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count"
    )
    return Table(release, place, {row[:5]: _level(*row[5:]) for row in rows})


def guarded_tables(release: ReleaseInfo, places: Iterable[str], own: Mapping[Key, Amounts]) -> dict[str, Table]:
    """Tables of a quarter for one firm to stand beside, by place: what is public, less what the firm could take its
    own amounts off to learn of a few others. One query."""
    rows = Cell.objects.filter(
        release=release.pk, place__in=list(places), span__in=[Span.QUARTER, Span.QUARTER_BASE],
        cut__in=[Cut.WHOLE, Cut.MARKET, Cut.CATEGORY, Cut.SIZE],
    ).values_list(
        "place", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count", "contributors"
    )  # fmt: skip
    cells: dict[str, dict[Key, Level]] = {place: {} for place in places}
    guarded: dict[str, set[Key]] = {place: set() for place in places}
    for place, *rest in rows:
        key, contributors = tuple(rest[:5]), rest[9]
        cells[place][key] = level = _level(*rest[5:9])
        is_amount = key[1] != Measure.FIRMS
        if is_amount and (not level.is_public or is_guarded(contributors, rest[6], own.get(key, (0, 0, 0))[0])):
            guarded[place].add(key)
    return {
        place: Table(release, place, found | dict.fromkeys(with_partners(guarded[place]), WITHHELD))
        for place, found in cells.items()
    }


def figure(release: ReleaseInfo, place: str, indicator: Indicator, span: Span = Span.QUARTER) -> Level:
    """One level, without loading the place: one query."""
    return tables([release], [place], [indicator], [span])[release.name, place].level(indicator, span)


def tables(
    releases: Iterable[ReleaseInfo], places: Iterable[str], indicators: Iterable[Indicator], spans: Iterable[Span]
) -> dict[tuple[str, str], Table]:
    """Tables of only some indicators, for many releases and places, by (release name, place): one query."""
    releases, indicators = {row.pk: row for row in releases}, [*indicators, Indicator(Measure.FIRMS)]
    places = list(places)
    rows = Cell.objects.filter(
        release__in=list(releases), place__in=places, span__in=list(spans),
        measure__in={item.measure for item in indicators}, mode__in={item.mode for item in indicators},
        cut__in={item.cut for item in indicators}, member__in={item.member for item in indicators},
    ).values_list(
        "release", "place", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count"
    )  # fmt: skip
    cells: dict[tuple[int, str], dict[Key, Level]] = {}
    for release, place, *rest in rows:
        cells.setdefault((release, place), {})[tuple(rest[:5])] = _level(*rest[5:])
    return {
        (release.name, place): Table(release, place, cells.get((pk, place), {}))
        for pk, release in releases.items()
        for place in places
    }


def occurred_tables(releases: Iterable[ReleaseInfo], place: str) -> dict[str, Table]:
    """By period, how each release divides its quarter at a place by when the events happened: one query."""
    releases = {row.pk: row for row in releases}
    rows = Cell.objects.filter(
        release__in=list(releases), place=place, span=Span.QUARTER, cut__in=[Cut.WHOLE, Cut.OCCURRED]
    ).values_list("release", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count")
    cells: dict[int, dict[Key, Level]] = {pk: {} for pk in releases}
    for release, *rest in rows:
        cells[release][tuple(rest[:5])] = _level(*rest[5:])
    return {row.period: Table(row, place, cells[pk]) for pk, row in releases.items()}


def across_places(release: ReleaseInfo, indicator: Indicator, places: list[str]) -> dict[str, tuple[Level, Growth]]:
    """One indicator in many places, with its growth: one query."""
    found = tables([release], places, [indicator], [Span.QUARTER, Span.QUARTER_BASE])
    return {place: (table.level(indicator), table.growth(indicator)) for (_name, place), table in found.items()}


def over_time(place: str, indicators: list[Indicator], releases: list[ReleaseInfo]) -> dict[Indicator, list[Level]]:
    """Each indicator in each of the releases, in their order: one query."""
    found = tables(releases, [place], indicators, [Span.QUARTER])
    return {
        indicator: [found[release.name, place].level(indicator) for release in releases] for indicator in indicators
    }


def places_with_data(release: ReleaseInfo, spans: Iterable[Span] = (Span.QUARTER,)) -> list[str]:
    """Every place in which a firm filed for the release's period, or in one of these spans."""
    rows = Cell.objects.filter(release=release.pk, span__in=list(spans), measure=Measure.FIRMS)
    return list(rows.order_by("place").values_list("place", flat=True).distinct())


@dataclass(frozen=True)
class Coming:
    """A period that has no published release yet, and when its filings are due."""

    period: str
    due_on: date

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.period)


def coming_periods(after: str | None) -> list[Coming]:
    """Periods after the newest published one, oldest first: what comes next."""
    rows = Period.objects.order_by("first_on").values_list("code", "due_on")
    return [Coming(*row) for row in (rows.filter(code__gt=after) if after else rows)]


@dataclass(frozen=True)
class LongRow:
    """One figure of a release with all that it is about: a row of the downloads."""

    place: str
    span: str
    measure: str
    mode: str
    cut: str
    member: str
    level: Level


def long_rows(release: ReleaseInfo, place: str | None = None) -> list[LongRow]:
    """All figures of a release, or of one of its places, in an order that says nothing of their size."""
    rows = Cell.objects.filter(release=release.pk).order_by("place", "span", "measure", "mode", "cut", "member")
    if place is not None:
        rows = rows.filter(place=place)
    return [
        LongRow(*row[:6], level=_level(*row[6:]))
        for row in rows.values_list(
            "place", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count"
        )
    ]
