"""Reads of the code lists: what intake looks up, and what a release pins."""

import csv
import io
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from portal.reference.models import (
    Currency,
    Division,
    Edition,
    Market,
    MarketGroup,
    Rate,
    Region,
    ServiceCategory,
)


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

    def rate(self, currency: str, day: date) -> tuple[MonthRate, bool] | None:
        """The rate of the day's month, and whether it is provisional (an earlier month's, the latest)."""
        month = day.replace(day=1)
        earlier = [rate for rate in self.rates.get(currency, ()) if rate.month_on <= month]
        return (earlier[-1], earlier[-1].month_on != month) if earlier else None


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


def _rows(model, key: str, branches: set[str] = frozenset()) -> dict[str, CodeRow]:
    fields = model.objects.values_list(key, "name_zh", "name_en", "since_on", "until_on")
    return {row[0]: CodeRow(*row, is_leaf=row[0] not in branches) for row in fields}


def editions_at(at: datetime) -> dict[str, Edition]:
    """The edition of each list that was the newest at a moment."""
    newest: dict[str, Edition] = {}
    for edition in Edition.objects.filter(made_at__lte=at).order_by("list_name", "number"):
        newest[edition.list_name] = edition
    return newest


def edition_rows(edition: Edition) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(edition.content)))


def division(code: str) -> Division | None:
    return Division.objects.filter(code=code).select_related("parent").first()


def names(kind: str, codes: list[str] | None = None) -> dict[str, object]:
    """Rows by code, for putting names to figures. `kind`: division, region, market, market_group, category."""
    model = {
        "division": Division,
        "region": Region,
        "market": Market,
        "market_group": MarketGroup,
        "category": ServiceCategory,
    }[kind]
    return model.objects.in_bulk(codes)
