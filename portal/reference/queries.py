"""Reads of the code lists: what intake looks up, and what a release pins."""

import csv
import io
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from operator import attrgetter

from django.db.models import Count, Model, QuerySet

from portal.reference.lists import LISTS
from portal.reference.models import (
    Currency,
    Division,
    Edition,
    Market,
    MarketGroup,
    MarketGroupMember,
    Rate,
    Region,
    RegionMember,
    RegionScheme,
    ServiceCategory,
)
from portal.reference.models.rows import in_force


@dataclass(frozen=True)
class CodeRow:
    """One row of a list as intake sees it: its code, its names, and when it is open."""

    code: str
    name_zh: str
    name_en: str
    since_on: date | None = None
    until_on: date | None = None
    is_leaf: bool = True

    def is_open(self, day: date) -> bool:
        return (self.since_on is None or self.since_on <= day) and (self.until_on is None or day <= self.until_on)


@dataclass(frozen=True)
class MonthRate:
    currency: str
    month_on: date
    usd_per_unit: Decimal
    cny_per_unit: Decimal
    source: str


@dataclass(frozen=True)
class CodeLists:
    """Everything that a filing's cells are looked up in."""

    markets: dict[str, CodeRow]
    categories: dict[str, CodeRow]
    currencies: dict[str, CodeRow]
    rates: dict[str, list[MonthRate]]
    _rate_of: dict[tuple[str, int, int], tuple[MonthRate, bool] | None] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def rate(self, currency: str, day: date) -> tuple[MonthRate, bool] | None:
        """The rate of the day's month, and whether it is provisional (an earlier month's, the latest)."""
        key = (currency, day.year, day.month)
        if key not in self._rate_of:
            # Looked up once for each month: a large file asks for the same few ten thousand times.
            month = day.replace(day=1)
            earlier = [rate for rate in self.rates.get(currency, ()) if rate.month_on <= month]
            self._rate_of[key] = (earlier[-1], earlier[-1].month_on != month) if earlier else None
        return self._rate_of[key]


def code_lists() -> CodeLists:
    """The lists as they stand now: five queries."""
    parents = set(ServiceCategory.objects.exclude(parent=None).values_list("parent", flat=True))
    rates: dict[str, list[MonthRate]] = {}
    for row in Rate.objects.order_by("currency", "month_on").values_list(
        "currency", "month_on", "usd_per_unit", "cny_per_unit", "source"
    ):
        rates.setdefault(row[0], []).append(MonthRate(*row))
    return CodeLists(
        markets=_rows(Market, "alpha3"),
        categories=_rows(ServiceCategory, "code", branches=parents),
        currencies=_rows(Currency, "code"),
        rates=rates,
    )


@lru_cache(maxsize=4)
def lists_as_of(mark: tuple) -> CodeLists:
    """The lists, read once for a mark that changes with every edit of them (such as the journal's newest entry about
    a list): for acts that happen at every cell. Nobody changes what it hands out."""
    return code_lists()


def _rows(model: type[Model], key: str, branches: set[str] | frozenset[str] = frozenset()) -> dict[str, CodeRow]:
    fields = model.objects.values_list(key, "name_zh", "name_en", "since_on", "until_on")
    return {row[0]: CodeRow(*row, is_leaf=row[0] not in branches) for row in fields}


def editions_at(at: datetime) -> dict[str, Edition]:
    """The edition of each list that was the newest at a moment."""
    newest: dict[str, Edition] = {}
    for edition in Edition.objects.filter(made_at__lte=at).order_by("list_name", "number"):
        newest[edition.list_name] = edition
    return newest


def edition_rows(edition: Edition) -> list[dict[str, str]]:
    """What an edition says, to be read and not changed: an edition never changes, so it is read once."""
    return _rows_of(edition.content)


@lru_cache(maxsize=32)
def _rows_of(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def division(code: str) -> Division | None:
    return Division.objects.filter(code=code).select_related("parent").first()


def names(kind: str, codes: list[str] | None = None) -> dict[str, Model]:
    """Rows by code, for putting names to figures. `kind`: division, region, market, market_group, category."""
    model = {
        "division": Division,
        "region": Region,
        "market": Market,
        "market_group": MarketGroup,
        "category": ServiceCategory,
    }[kind]
    return model.objects.in_bulk(codes)


# ── What the public pages show ───────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ListState:
    """How many rows a list has, and the edition in which it stands now (none before it was first published)."""

    rows: int
    edition: int | None
    made_at: datetime | None


def list_states() -> dict[str, ListState]:
    """The state of each list of `lists.LISTS`, by name."""
    editions = Edition.objects.order_by("list_name", "number").values_list("list_name", "number", "made_at")
    newest = {name: (number, made_at) for name, number, made_at in editions}
    return {
        name: ListState(model.objects.count(), *newest.get(name, (None, None)))
        for name, (model, _columns) in LISTS.items()
    }


def provinces() -> list[tuple[Division, list[Division]]]:
    """Each province with its cities and the counties directly under it."""
    children: dict[str, list[Division]] = defaultdict(list)
    for place in Division.objects.exclude(parent=None):
        children[place.parent_id].append(place)
    return [(province, children[province.code]) for province in Division.objects.filter(parent=None)]


@dataclass(frozen=True)
class Entrants:
    """Places that are in a region for the same time and by the same source."""

    since_on: date | None
    until_on: date | None
    source: str
    doubt: str
    places: list[Division]


@dataclass(frozen=True)
class RegionTable:
    region: Region
    entrants: list[Entrants]
    count: int


# The schemes that most figures are shown by.
_FOREMOST = ("nbs4", "so_demo_city")


def scheme_tables(on: date) -> list[tuple[RegionScheme, list[RegionTable]]]:
    """Each scheme with its regions and their members; counts are those in force on a day."""
    members: dict[str, list[RegionMember]] = defaultdict(list)
    for member in RegionMember.objects.select_related("division"):
        members[member.region_id].append(member)
    schemes = sorted(RegionScheme.objects.prefetch_related("regions"), key=lambda scheme: scheme.code not in _FOREMOST)
    return [
        (scheme, [_region_table(region, members[region.code], on) for region in scheme.regions.all()])
        for scheme in schemes
    ]


def _region_table(region: Region, members: list[RegionMember], on: date) -> RegionTable:
    together = attrgetter("first_day", "last_day", "source", "doubt")
    entrants = []
    for _key, group in groupby(sorted(members, key=lambda member: (together(member), member.division_id)), together):
        rows = list(group)
        one = rows[0]
        places = [row.division for row in rows]
        entrants.append(Entrants(one.since_on, one.until_on, one.source, one.doubt, places))
    return RegionTable(region, entrants, sum(member.is_open(on) for member in members))


def markets_by_continent(on: date) -> list[tuple[str, list[tuple[Market, list[MarketGroup]]]]]:
    """Markets with the groups that they are in on a day, by the continents of the customs' code table."""
    groups: dict[str, list[MarketGroup]] = defaultdict(list)
    for member in MarketGroupMember.objects.on(on).select_related("group"):
        groups[member.market_id].append(member.group)
    markets = sorted(Market.objects.all(), key=attrgetter("region_en", "alpha3"))
    return [
        (continent, [(market, groups[market.alpha3]) for market in rows])
        for continent, rows in groupby(markets, attrgetter("continent"))
    ]


def market_groups(on: date) -> QuerySet[MarketGroup]:
    """Groups with `member_count`, their members on a day."""
    return MarketGroup.objects.annotate(member_count=Count("members", filter=in_force(on, "members__")))


def market_group_members(group: MarketGroup, on: date) -> tuple[list[MarketGroupMember], list[MarketGroupMember]]:
    """The members of a group on a day, and those that have left by then or are still to come."""
    members = list(group.members.select_related("market"))
    return [row for row in members if row.is_open(on)], [row for row in members if not row.is_open(on)]


Branch = tuple[ServiceCategory, list]


def category_tree() -> list[Branch]:
    """ITO, BPO and KPO, each with its groups, and each of those with its classes: (category, those beneath)."""
    beneath: dict[str | None, list[ServiceCategory]] = defaultdict(list)
    for category in ServiceCategory.objects.all():
        beneath[category.parent_id].append(category)
    order = {"ITO": 0, "BPO": 1, "KPO": 2}
    roots = sorted(beneath[None], key=lambda root: (order.get(root.code, len(order)), root.code))
    return [(root, [(group, beneath[group.code]) for group in beneath[root.code]]) for root in roots]


@dataclass(frozen=True)
class CurrencyRow:
    """A currency with its rate in a month; without one when there is none yet, provisional when it is an earlier's."""

    currency: Currency
    rate: MonthRate | None
    is_provisional: bool

    @property
    def usd(self) -> str:
        return _digits(self.rate.usd_per_unit) if self.rate else ""

    @property
    def cny(self) -> str:
        return _digits(self.rate.cny_per_unit) if self.rate else ""


def _digits(rate: Decimal) -> str:
    """All digits of a rate, and at least four decimals."""
    whole, _point, decimals = format(rate, "f").partition(".")
    return f"{whole}.{decimals.rstrip('0').ljust(4, '0')}"


def currency_rows(month: date) -> list[CurrencyRow]:
    lists = code_lists()
    rows = []
    for currency in Currency.objects.order_by("-is_main", "code"):
        rate, is_provisional = lists.rate(currency.code, month) or (None, False)
        rows.append(CurrencyRow(currency, rate, is_provisional))
    return rows


def latest_rate_month(on: date) -> date | None:
    """The newest month with rates, not after the month of a day."""
    return (
        Rate.objects.filter(month_on__lte=on.replace(day=1))
        .order_by("-month_on")
        .values_list("month_on", flat=True)
        .first()
    )
