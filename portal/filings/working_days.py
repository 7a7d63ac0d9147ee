"""Working days of the Chinese calendar: holidays, and the weekends that are worked in their stead (调休).

The package `holidays` holds what the State Council announced; corrections, as an administrator recorded them, go before
it. Everything here is given both: no database, no clock.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import holidays

Corrections = Mapping[date, bool]
NONE: Corrections = {}
# The newest year whose announcement the package holds; it appears in the autumn before.
LAST_ANNOUNCED_YEAR = 2026
SATURDAY = 5
_DAY = timedelta(days=1)


@cache
def _announced(year: int) -> holidays.HolidayBase:
    """The calendar of one year. Working weekends are filled in for the years that are named, and for no others;
    those of a year's end belong to the announcement for the next."""
    return holidays.country_holidays("CN", years=[year - 1, year, year + 1])


def is_working_day(on: date, corrections: Corrections = NONE) -> bool:
    """Whether people are at work on a day: working weekends included, holidays left out."""
    corrected = corrections.get(on)
    return _announced(on.year).is_working_day(on) if corrected is None else corrected


def is_provisional(on: date, corrections: Corrections = NONE) -> bool:
    """Whether the year's announcement is not known here yet: neither in the package nor by any correction."""
    return on.year > LAST_ANNOUNCED_YEAR and not any(day.year == on.year for day in corrections)


def add(on: date, days: int, corrections: Corrections = NONE) -> date:
    """The working day so many working days after a day, or before it where the number is below zero.

    Counting begins on the next day, so that `add(on, 0)` is the day itself, whatever it is.
    """
    step = _DAY if days > 0 else -_DAY
    left = abs(days)
    while left:
        on += step
        left -= is_working_day(on, corrections)
    return on


def on_or_before(on: date, corrections: Corrections = NONE) -> date:
    """The day itself where it is worked, or else the last working day before it."""
    return on if is_working_day(on, corrections) else add(on, -1, corrections)


def days_between(since: date, until: date, corrections: Corrections = NONE) -> int:
    """How many working days lie after one day up to another and with it; below zero where it is earlier."""
    if until < since:
        return -days_between(until, since, corrections)
    span = (until - since).days
    return sum(is_working_day(since + step * _DAY, corrections) for step in range(1, span + 1))


def exceptions(year: int, corrections: Corrections = NONE) -> list[tuple[date, bool]]:
    """The days of a year that differ from an ordinary week: weekdays off (False) and worked weekends (True)."""
    days = [date(year, 1, 1) + step * _DAY for step in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)]
    worked = [(day, is_working_day(day, corrections)) for day in days]
    return [(day, is_worked) for day, is_worked in worked if is_worked != (day.weekday() < SATURDAY)]
