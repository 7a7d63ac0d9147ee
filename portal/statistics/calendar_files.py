"""The release calendar as iCalendar (RFC 5545), for programs that fetch it again and again."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from django.conf import settings
from django.utils.translation import gettext as _

from portal.statistics.calendar_words import figures_in_words, reason_in_words, status_in_words, when_in_words
from portal.statistics.calendars import Date
from portal.statistics.models import Announcement

LONGEST_LINE = 75
MEDIA_TYPE = "text/calendar; charset=utf-8"


def as_icalendar(dates: Iterable[Date], page: str) -> str:
    """One event for each date, under an identifier that it keeps; `page` is the full address of the calendar."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Association portal//Release calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(_('Release calendar'))}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for date in dates for line in _event(date, page)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(date: Date, page: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{date.key}@{identifier()}"
    yield f"SEQUENCE:{date.said_count - 1}"
    yield f"DTSTAMP:{_utc(date.said_at)}"
    yield f"LAST-MODIFIED:{_utc(date.came.published_at if date.came else date.said_at)}"
    yield f"DTSTART:{_utc(date.release_at)}"
    yield f"SUMMARY:{escaped(figures_in_words(date))}"
    yield f"DESCRIPTION:{escaped(_description(date))}"
    # A postponed date is as open as a provisional one until it is confirmed.
    is_firm = date.came or date.status == Announcement.Status.CONFIRMED
    yield f"STATUS:{'CONFIRMED' if is_firm else 'TENTATIVE'}"
    yield "TRANSP:TRANSPARENT"
    yield f"URL:{page}"
    yield "END:VEVENT"


def _description(date: Date) -> str:
    said = [status_in_words(date)]
    said += [
        _("Earlier date: %(when)s. %(reason)s")
        % {"when": when_in_words(row.release_at), "reason": reason_in_words(row)}
        for row in date.earlier
    ]
    return "\n".join(said)


def identifier() -> str:
    """The association's own domain: an identifier never depends on the address at which the file was fetched."""
    return settings.SITE["email"].rpartition("@")[2] or "association"


def escaped(text: str) -> str:
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\r\n", "\n").replace("\n", "\\n")


def folded(line: str) -> str:
    """Lines of at most 75 bytes, continued by a space; no character is cut in two."""
    parts, part, size = [], "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            parts.append(part)
            part, size = "", 1  # the space that continues a line counts
        part, size = part + character, size + width
    return "\r\n ".join([*parts, part])


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
