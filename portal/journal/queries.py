"""Reads of the journal."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from portal.journal.models import Entry


def history(kind: str, key: object) -> QuerySet[Entry]:
    """Entries about one thing, newest first."""
    return Entry.objects.filter(target_kind=kind, target_key=str(key))


def history_of_all(kind: str, keys: list[object]) -> QuerySet[Entry]:
    return Entry.objects.filter(target_kind=kind, target_key__in=[str(key) for key in keys])


@dataclass(frozen=True)
class Sought:
    """What somebody looks for in the journal; empty looks for everything. Both days are inclusive."""

    verb: str = ""
    firm_code: str = ""
    person: UUID | None = None
    since_on: date | None = None
    until_on: date | None = None


def entries_sought(sought: Sought) -> QuerySet[Entry]:
    """Entries that fit, newest first. A person is sought as the one who acted and as the one acted upon."""
    rows = Entry.objects.all()
    if sought.verb:
        rows = rows.filter(verb=sought.verb)
    if sought.firm_code:
        rows = rows.filter(firm_code=sought.firm_code)
    if sought.person:
        acted_upon = Entry.objects.filter(target_kind="person", target_key=str(sought.person))
        rows = rows.filter(actor=sought.person) | rows.filter(pk__in=acted_upon.values("pk"))
    if sought.since_on:
        rows = rows.filter(at__gte=_start_of(sought.since_on))
    if sought.until_on:
        rows = rows.filter(at__lt=_start_of(sought.until_on + timedelta(days=1)))
    return rows


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
