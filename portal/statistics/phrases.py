"""Amounts, growth and lists as the sentences of a brief write them, in the active language."""

from decimal import Decimal

from django.utils.dates import MONTHS
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.lib.money import in_wan, rounded
from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Currency
from portal.statistics.indicators import Base, Growth
from portal.statistics.levels import Known, Level
from portal.statistics.report import Row


def wan(level: Level) -> str | None:
    """A level in 万美元 at two decimals, without separators; None when there is none to show."""
    return f"{rounded(in_wan(level.usd_cents)):f}" if level.is_public else None


def percent(fraction: Decimal | None, decimals: int = 2) -> str | None:
    return None if fraction is None else f"{rounded(fraction * 100, decimals):f}"


def joined(sentences: list[str]) -> str:
    return ("" if (get_language() or "").startswith("zh") else " ").join(sentences)


def amount_in_brief(level: Level) -> str:
    """`US$216.3147 million` or `21631.47万美元`: the same digits in the unit of either language."""
    if level.known == Known.WITHHELD:
        return _("an amount that is withheld")
    return cents_in_brief(level.cents or 0, level.currency)


def cents_in_brief(cents: int, currency: Currency) -> str:
    # xgettext:no-python-format
    dollars = _("US$%(million)s million")
    # xgettext:no-python-format
    yuan = _("RMB %(million)s million")
    words = yuan if currency == Currency.CNY else dollars
    return words % {
        "million": f"{rounded(in_wan(cents)).scaleb(-2):f}",
        "wan": f"{rounded(in_wan(cents)):f}",
    }


def amount_and_growth(row: Row) -> str:
    if not row.now.is_public or row.growth.base == Base.ABSENT:
        return amount_in_brief(row.now)
    return _("%(amount)s, %(growth)s") % {"amount": amount_in_brief(row.now), "growth": growth_in_words(row.growth)}


def growth_in_words(growth: Growth) -> str:
    """`up 12.30 per cent on a year before`, or why there is no rate."""
    if growth.base == Base.FINE:
        rate = rounded(growth.rate * 100)
        if rate == 0:
            return _("unchanged on a year before")
        words = _("up %(rate)s per cent on a year before") if rate > 0 else _("down %(rate)s per cent on a year before")
        return words % {"rate": f"{abs(rate):f}"}
    return {
        Base.ZERO: _("with nothing a year before"),
        Base.ABSENT: _("with no data of a year before"),
        Base.NEGATIVE: _("with a negative base a year before"),
        Base.WITHHELD: _("its growth rate withheld"),
    }[growth.base]


def months(quarter: Quarter) -> str:
    """The months of a quarter in words: `From January to March 2020`."""
    first, last = quarter.first_day, quarter.last_day
    # xgettext:no-python-format
    return _("From %(first_name)s to %(last_name)s %(year)d") % {
        "first_name": MONTHS[first.month],
        "last_name": MONTHS[last.month],
        "first": first.month,
        "last": last.month,
        "year": quarter.year,
    }


def enumerated(words: list[str]) -> str:
    if len(words) < 2:
        return "".join(words)
    return _("%(all_but_last)s and %(last)s") % {"all_but_last": _(", ").join(words[:-1]), "last": words[-1]}
