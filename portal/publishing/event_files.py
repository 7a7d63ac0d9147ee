"""An event as iCalendar (RFC 5545)."""

from datetime import UTC, datetime

from portal.publishing.queries import Line
from portal.statistics.calendar_files import MEDIA_TYPE, escaped, folded, identifier

__all__ = ["MEDIA_TYPE", "as_icalendar"]


def as_icalendar(event: Line, page: str) -> str:
    """One event under an identifier that it keeps; a correction raises its sequence."""
    lines = [
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Association portal//Events//EN", "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH", "BEGIN:VEVENT", f"UID:event-{event.text_key}@{identifier()}",
        f"SEQUENCE:{event.edition_number - 1}", f"DTSTAMP:{_utc(event.published_at)}",
        f"DTSTART:{_utc(event.starts_at or event.published_at)}",
        *([f"DTEND:{_utc(event.ends_at)}"] if event.ends_at else []),
        f"SUMMARY:{escaped(event.title)}",
        *([f"LOCATION:{escaped(event.venue)}"] if event.venue else []),
        *([f"DESCRIPTION:{escaped(event.summary)}"] if event.summary else []),
        f"URL:{page}", "END:VEVENT", "END:VCALENDAR",
    ]  # fmt: skip
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
