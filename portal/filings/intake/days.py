"""Reading a date: a date cell, the usual written forms, a serial day. What has two readings is refused."""

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from portal.filings.intake.cells import text_of
from portal.filings.sheet import Unread
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

EPOCH_1900 = date(1899, 12, 30)
EPOCH_1904 = date(1904, 1, 1)
# Serial days are read within these years; anything else is a number in the wrong column.
_FIRST_YEAR, _LAST_YEAR = 2000, 2099

_CLOCK = r"(?:(?:\s*T|\s|(?<=日))\s*\d{1,2}\s*[:时点]\s*\d{1,2}(?:\s*[:分]\s*\d{0,2}(?:\.\d+)?\s*秒?)?\s*(?:[AP]M)?Z?)?"
_WEEKDAY = r"(?:\s*\(?(?:星期|周)[一二三四五六日天]\)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})\s*[-/.年]\s*(\d{{1,2}})\s*[-/.月]\s*(\d{{1,2}})\s*日?{_WEEKDAY}{_CLOCK}", re.I)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YEAR_LAST = re.compile(rf"(\d{{1,2}})\s*[-/.]\s*(\d{{1,2}})\s*[-/.]\s*(\d{{4}}){_CLOCK}", re.I)
_NAMED_MONTH = re.compile(
    rf"(?:(\d{{1,2}})[-\s]*([a-z]{{3,9}})|([a-z]{{3,9}})\.?\s*(\d{{1,2}}))\.?[-,\s]+(\d{{4}}){_CLOCK}", re.I
)
_SHORT_YEAR = re.compile(r"\d{1,2}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?")
_NO_DAY = re.compile(r"\d{4}\s*[-/.年]\s*\d{1,2}\s*月?")
_NO_YEAR = re.compile(r"\d{1,2}\s*[-/月]\s*\d{1,2}\s*日?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_LONG_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "sept",
]

_EXPECTED = Text(_("a date such as 2020-03-18"))


def _unread(message: str) -> Unread:
    return Unread("D1", Text(message), _EXPECTED)


SHORT_YEAR = _unread(_("The year has two digits, so that the date has more than one reading. Write all four digits."))
NO_DAY = _unread(_("The day is missing. Write year, month and day."))
NO_YEAR = _unread(_("The year is missing. Write year, month and day."))
NO_SUCH_DAY = _unread(_("There is no such day in the calendar. Correct the date."))
TWO_EPOCHS = _unread(
    _("This number counts days from 1900 or from 1904, nobody can tell. Set the format of the cell to a date.")
)


def read_day(value: object, epoch: date | None = EPOCH_1900) -> date | None:
    """A date cell, `2020-03-18`, `2020/3/18`, `2020年3月18日`, `20200318`, `18 Mar 2020` or a serial day."""
    found = day_of(value, text_of(value), epoch)
    return found if isinstance(found, date) else None


def day_of(value: object, text: str, epoch: date | None) -> date | Unread | None:
    """A cell as a date. `epoch` is day 0 of the workbook's serial days; None when it cannot be known."""
    if value.__class__ is date:
        return value
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, float | int):
        return _serial(value, epoch)
    if text.isascii() and text.isdigit() and len(text) == 5:
        # A number that became text came from elsewhere: in a book that counts from 1904 nobody knows from where.
        return _serial(int(text), epoch if epoch == EPOCH_1900 else None)
    return _written(text)


def _serial(number: float, epoch: date | None) -> date | Unread | None:
    if isinstance(number, bool) or not 0 < number < 10**8:
        return None
    if number >= 10**7:
        return _written(f"{number:.0f}") if number == int(number) else None
    # Hours are a fraction of the day; an amount or 2020.03 is not.
    day = (epoch or EPOCH_1900) + timedelta(days=int(number)) if number < 10**5 else None
    if day is None or not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        return None
    return TWO_EPOCHS if epoch is None else day


@lru_cache(4096)
def _written(text: str) -> date | Unread | None:
    match = _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text)
    if match:
        return _day(*(int(part) for part in match.groups()))
    if match := _NAMED_MONTH.fullmatch(text):
        return _with_a_name(*match.groups())
    if match := _YEAR_LAST.fullmatch(text):
        return _year_last(*(int(part) for part in match.groups()))
    for pattern, reason in ((_SHORT_YEAR, SHORT_YEAR), (_NO_DAY, NO_DAY), (_NO_YEAR, NO_YEAR)):
        if pattern.fullmatch(text):
            return reason
    return None


def _day(year: int, month: int, day: int) -> date | Unread:
    try:
        return date(year, month, day)
    except ValueError:
        return NO_SUCH_DAY


def _with_a_name(day: str, month: str, other_month: str, other_day: str, year: str) -> date | Unread | None:
    name = (month or other_month).lower()
    if name[:3] not in _MONTHS or (len(name) > 3 and name not in _LONG_MONTHS):
        return None
    return _day(int(year), _MONTHS.index(name[:3]) + 1, int(day or other_day))


def _year_last(first: int, second: int, year: int) -> date | Unread:
    """Day and month, or month and day: read when only one of the two is a date."""
    readings = [_day(year, second, first), _day(year, first, second)]
    days = sorted({day for day in readings if isinstance(day, date)})
    if len(days) == 1:
        return days[0]
    if not days:
        return NO_SUCH_DAY
    one, other = (day.isoformat() for day in days)
    message = _("This can be %(one)s or %(other)s. Write the year first, then month and day.")
    return Unread("D1", Text(message, {"one": one, "other": other}), _EXPECTED)
