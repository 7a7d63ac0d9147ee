"""Reads of releases: plain frozen values, never a row. What is withheld has no amount in it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from portal.filings.models.period import Period
from portal.lib.quarters import Quarter
from portal.statistics.benchmarks import Amounts, Key, is_guarded, with_partners
from portal.statistics.dimensions import Currency, Cut, Measure, Span, Standing, Status
from portal.statistics.indicators import Growth
from portal.statistics.levels import SECONDARY, WITHHELD, Indicator, Known, Level, ReleaseInfo, Table
from portal.statistics.models import Cell, Release


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


# A page reads thousands of rows: members of enumerations, which find them slowly, are looked up once, and a level is
# made of all its fields, past the function that would fill in those that are always the same.
_PUBLIC, _KNOWN, _USD = Status.PUBLIC, Known.PUBLIC, Currency.USD
_new = tuple.__new__


def _level(status: str, usd: int, cny: int, count: int) -> Level:
    if status == _PUBLIC:
        return _new(Level, (_KNOWN, usd, cny, count, _USD, False, _PUBLIC))
    return SECONDARY if status == Status.SECONDARY else WITHHELD


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
        place: Table(release, place, found | _guarded(found, with_partners(guarded[place])))
        for place, found in cells.items()
    }


def _guarded(cells: Mapping[Key, Level], keys: Iterable[Key]) -> dict[Key, Level]:
    """Withheld for what another would tell, where it is not withheld for its own sake."""
    return {key: WITHHELD if cells.get(key) == WITHHELD else SECONDARY for key in keys}


def figure(release: ReleaseInfo, place: str, indicator: Indicator, span: Span = Span.QUARTER) -> Level:
    """One level, without loading the place."""
    return tables([release], [place], [indicator], [span])[release.name, place].level(indicator, span)


def tables(
    releases: Iterable[ReleaseInfo], places: Iterable[str], indicators: Iterable[Indicator], spans: Iterable[Span]
) -> dict[tuple[str, str], Table]:
    """Tables of only some indicators, for many releases and places, by (release name, place): one query for each
    cut.

    They may hold other members of a cut besides.
    """
    releases, places = {row.pk: row for row in releases}, list(places)
    cells: _Cells = {(pk, place): {} for pk in releases for place in places}
    found = Cell.objects.filter(release__in=list(releases), place__in=places, span__in=list(spans))
    by_cut: dict[Cut, list[Indicator]] = {}
    for indicator in [*indicators, Indicator(Measure.FIRMS)]:
        by_cut.setdefault(indicator.cut, []).append(indicator)
    for cut, asked in by_cut.items():
        _read(cells, found.filter(cut=cut), cut, asked)
    return {(releases[pk].name, place): Table(releases[pk], place, of_place) for (pk, place), of_place in cells.items()}


_Cells = dict[tuple[int, str], dict[Key, Level]]
# So many members of a cut are read faster with all of the cut than looked for one by one.
MANY = 20


def _read(cells: _Cells, found: QuerySet, cut: Cut, asked: list[Indicator]) -> None:
    """Put the cells of these indicators, all of one cut, where they belong.

    A page reads thousands: what is the same in every row is not fetched with each, and columns go by name, since
    slices of each row cost a tenth of the whole.
    """
    measures, modes, members = ({getattr(item, name) for item in asked} for name in ("measure", "mode", "member"))
    found = found.filter(measure__in=measures, mode__in=modes)
    if len(members) <= MANY:
        found = found.filter(member__in=members)
    if len(measures) == len(modes) == 1:
        (measure,), (mode,) = measures, modes
        rows = found.values_list("release", "place", "span", "member", *_AMOUNTS)
        for pk, place, span, member, status, usd, cny, count in rows:
            cells[pk, place][span, measure, mode, cut, member] = _level(status, usd, cny, count)
    else:
        rows = found.values_list("release", "place", "span", "measure", "mode", "member", *_AMOUNTS)
        for pk, place, span, measure, mode, member, status, usd, cny, count in rows:
            cells[pk, place][span, measure, mode, cut, member] = _level(status, usd, cny, count)


_AMOUNTS = ("status", "usd_cents", "cny_cents", "count")


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
    """One indicator in many places, with its growth: a query or two, however many places."""
    found = tables([release], places, [indicator], [Span.QUARTER, Span.QUARTER_BASE])
    return {place: (table.level(indicator), table.growth(indicator)) for (_name, place), table in found.items()}


def over_time(place: str, indicators: list[Indicator], releases: list[ReleaseInfo]) -> dict[Indicator, list[Level]]:
    """Each indicator in each of the releases, in their order: one query for each cut."""
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
