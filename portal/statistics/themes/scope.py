"""What a themed page is about: which release, place and span, and what else may be chosen."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from portal.lib.quarters import Quarter
from portal.reference.models import RegionScheme
from portal.statistics.dimensions import BASE_OF, NATION, Currency, Span
from portal.statistics.levels import Indicator, ReleaseInfo, Table
from portal.statistics.places import Place, place_named, places_named
from portal.statistics.queries import places_with_data, table, tables
from portal.statistics.wording import Unit, months_of, quarter_name, region_label, table_unit, upright_quarter_name

LONGEST_SHOWN = 20


class Unknown(LookupError):
    """The address names a release, a place or a member that does not exist."""


@dataclass(frozen=True)
class Choice:
    code: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class Tab:
    label: str
    href: str
    current: bool


@dataclass(frozen=True)
class Scope:
    """A release, a place and a span; `is_frozen` when the address names the release itself."""

    release: ReleaseInfo
    place: Place
    span: Span
    is_frozen: bool
    releases: Sequence[ReleaseInfo] = field(repr=False)
    unknown_period: str = ""
    asked_period: str = ""
    currency: Currency = Currency.USD

    @property
    def quarter(self) -> Quarter:
        return self.release.quarter

    @property
    def base_span(self) -> Span:
        return BASE_OF[self.span]

    @property
    def period_name(self) -> str:
        return quarter_name(self.quarter)

    @property
    def upright_period(self) -> str:
        return upright_quarter_name(self.quarter)

    @property
    def months(self) -> str:
        return months_of(self.quarter, self.span)

    @property
    def base_months(self) -> str:
        return months_of(self.quarter, self.base_span)

    @property
    def counted_in(self) -> Unit:
        return table_unit(self.currency)

    @property
    def unit(self) -> str:
        return self.counted_in.label

    @cached_property
    def table(self) -> Table:
        """All figures of the place: one query."""
        return table(self.release, self.place.code).told_in(self.currency)

    def tables_of(self, places: Sequence[str], indicators: Sequence[Indicator]) -> dict[str, Table]:
        """Some figures of many places, now and a year before: one query."""
        found = tables([self.release], places, indicators, [self.span, self.base_span])
        return {place: row.told_in(self.currency) for (_name, place), row in found.items()}

    def over_time(self, places: Sequence[str], indicators: Sequence[Indicator]) -> dict[tuple[str, str], Table]:
        """Some figures of places in each release of `history`, by (release name, place): one query."""
        found = tables(self.history, places, indicators, [Span.QUARTER])
        return {key: row.told_in(self.currency) for key, row in found.items()}

    @property
    def newer(self) -> ReleaseInfo | None:
        """The newer number of the same period, where there is one."""
        same = [row for row in self.releases if row.period == self.release.period and row.number > self.release.number]
        return max(same, key=lambda row: row.number) if same else None

    @cached_property
    def history(self) -> list[ReleaseInfo]:
        """One release of each period, oldest first: its newest, or on a frozen page the newest of that time."""
        newest: dict[str, ReleaseInfo] = {}
        for row in self.releases:
            if not self.is_frozen or row.published_at <= self.release.published_at:
                newest.setdefault(row.period, row)
        newest[self.release.period] = self.release
        return [newest[period] for period in sorted(newest)]

    def query(self, **changed: str) -> str:
        """`?period=2020Q1&place=520100`: what a link keeps of the choices; an empty value drops one."""
        kept = {
            "release": self.release.name if self.is_frozen else "",
            "period": "" if self.is_frozen else self.asked_period,
            "place": "" if self.place.code == NATION else self.place.code,
            "span": self.span.value if self.span == Span.TO_DATE else "",
            "currency": "" if self.currency == Currency.USD else self.currency.value,
        } | changed
        found = urlencode({name: value for name, value in kept.items() if value})
        return f"?{found}" if found else ""

    @property
    def link_query(self) -> str:
        return self.query()

    @property
    def frozen_query(self) -> str:
        """The choices of an address that always shows these figures."""
        return self.query(release=self.release.name, period="")

    @property
    def newer_query(self) -> str:
        """The same choices of the newest number of the period."""
        return self.query(release="", period=self.release.period)

    @property
    def period_choices(self) -> list[Choice]:
        quarters = {row.period: row.quarter for row in self.releases}
        return [Choice(code, quarter_name(quarters[code]), code == self.release.period) for code in quarters]

    @property
    def span_tabs(self) -> list[Tab]:
        """The quarter alone and the year to date, from the second quarter on."""
        if self.quarter.number == 1:
            return []
        return [
            Tab(
                months_of(self.quarter, span),
                self.query(span=span.value if span == Span.TO_DATE else "") or "?",
                span == self.span,
            )
            for span in (Span.QUARTER, Span.TO_DATE)
        ]

    @property
    def currency_choices(self) -> list[Choice]:
        return [Choice(one.value, table_unit(one).label, one == self.currency) for one in Currency]

    @cached_property
    def place_choices(self) -> list[Choice]:
        """All members, then provinces with their cities, then regions: four queries."""
        found = places_named(sorted({*places_with_data(self.release), NATION, self.place.code}))
        order = sorted(found.values(), key=lambda place: (place.kind != "nation", place.kind == "region", place.code))
        labels = labels_of(order)
        return [
            Choice(
                one.code, f"　{labels[one.code]}" if _is_inside(one) else labels[one.code], one.code == self.place.code
            )
            for one in order
        ]


def _is_inside(place: Place) -> bool:
    return bool(place.parent) and place.kind != "region"


def labels_of(places: Iterable[Place]) -> dict[str, str]:
    """Names by code; a region with its scheme, since several schemes have an East: one query."""
    schemes = {scheme.code: scheme.name for scheme in RegionScheme.objects.all()}
    return {
        place.code: region_label(place.name, schemes[place.parent])
        if place.kind == "region" and place.parent in schemes
        else place.name
        for place in places
    }


def scope_of(asked: Mapping[str, str], releases: Sequence[ReleaseInfo], *, with_place: bool = True) -> Scope | None:
    """What an address asks for; None where nothing is published. Raises Unknown on a release or place without name."""
    place = place_named(asked.get("place") or NATION) if with_place else place_named(NATION)
    if place is None:
        raise Unknown(_("There is no place of this code."))
    if not releases:
        return None
    name, period = asked.get("release", ""), asked.get("period", "")
    frozen = next((row for row in releases if row.name == name), None)
    if name and frozen is None:
        raise Unknown(_("There is no published release of this name."))
    of_period = next((row for row in releases if row.period == period), None)
    release = frozen or of_period or releases[0]
    to_date = asked.get("span") == Span.TO_DATE and release.quarter.number > 1
    return Scope(
        release=release,
        place=place,
        span=Span.TO_DATE if to_date else Span.QUARTER,
        is_frozen=frozen is not None,
        releases=releases,
        unknown_period=period[:LONGEST_SHOWN] if period and not of_period and not frozen else "",
        asked_period=period if of_period else "",
        currency=Currency.CNY if asked.get("currency") == Currency.CNY else Currency.USD,
    )
