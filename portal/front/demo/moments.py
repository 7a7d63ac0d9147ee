"""Days and hours at which things happen in the demo."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

SATURDAY = 5


def moment(day: date, hour: int = 9, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), tzinfo=timezone.get_default_timezone())


def in_office_hours(day: date, dice: Random) -> datetime:
    """Some minute between nine and half past five."""
    minutes = dice.randrange(9 * 60, 17 * 60 + 30)
    return moment(day, *divmod(minutes, 60))


def workday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - SATURDAY + 1))


def next_workday(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=7 - day.weekday()) if day.weekday() >= SATURDAY else day


def day_between(first: date, last: date, dice: Random) -> date:
    """A working day between two days, or the first of them."""
    day = first + timedelta(days=dice.randint(0, max(0, (last - first).days)))
    return max(first, workday(day))
