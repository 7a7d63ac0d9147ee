"""Amounts at the rate of another time: what a line would have been worth at the rate of a year before."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Protocol

from portal.lib.money import converted


class Converted(Protocol):
    """What is needed of a line: its original amount, and what it came to at the rate of its month."""

    currency: str
    amount_cents: int
    usd_cents: int
    cny_cents: int
    rate_month_on: date


class Rates:
    """Monthly rates by currency, as an edition of the list has them."""

    def __init__(self, rows: Iterable[Mapping[str, str]]):
        self.months: dict[str, list[str]] = {}
        self.rates: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
        for row in sorted(rows, key=lambda row: (row["currency_id"], row["month_on"])):
            self.months.setdefault(row["currency_id"], []).append(row["month_on"])
            self.rates[row["currency_id"], row["month_on"]] = Decimal(row["usd_per_unit"]), Decimal(row["cny_per_unit"])

    def a_year_before(self, line: Converted) -> tuple[int, int]:
        """US and renminbi cents of the original amount at the rate of the same month a year before.

        Where that month has none, the latest earlier one is used; where there is none at all, the amounts as they
        are: no exchange effect can be told then.
        """
        month = line.rate_month_on.replace(year=line.rate_month_on.year - 1).isoformat()
        known = self.months.get(line.currency, [])
        at = bisect_right(known, month)
        if not at:
            return line.usd_cents, line.cny_cents
        usd, cny = self.rates[line.currency, known[at - 1]]
        return converted(line.amount_cents, usd), converted(line.amount_cents, cny)
