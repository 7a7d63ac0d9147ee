"""How complete a period is: by place and by firm, by count and by value, and whom to call about the rest."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from portal.filings.desk import schedule
from portal.filings.desk.queue import Queue, Row, is_in
from portal.filings.models.calling import Reminder
from portal.filings.models.period import Period
from portal.filings.progress import Progress
from portal.members.models import Application, Firm, Representation
from portal.members.roles import FirmRole
from portal.reference.models import Division

CALLED = (FirmRole.OWNER, FirmRole.FILER)


@dataclass(frozen=True)
class PlaceRow:
    """A place with the progress of its firms; `place` is none for firms without a profile."""

    place: Division | None
    progress: Progress


@dataclass(frozen=True)
class Person:
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class Called:
    """A firm with whom to call, and how often that was done for the period."""

    row: Row
    people: list[Person]
    phone: str
    reminder_count: int
    reminded_at: datetime | None
    is_stopped: bool


def progress_of_rows(rows: Iterable[Row]) -> Progress:
    rows = list(rows)
    filed = [row for row in rows if row.is_filed]
    return Progress(len(rows), len(filed), sum(row.before or 0 for row in rows), sum(row.before or 0 for row in filed))


def by_place(found: Queue, within: str) -> list[PlaceRow]:
    """The provinces, or the places of the one that is looked into; where there is only one, its own places at once.
    Those that lack most of last year's value come first."""
    rows = [row for row in found.rows if not within or is_in(row, within)]
    provinces = {row.place.parent_id or row.place.pk for row in rows if row.place}
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[_group_of(row, is_deep=bool(within) or len(provinces) == 1)].append(row)
    places = [PlaceRow(found.places_by_code.get(code), progress_of_rows(own)) for code, own in grouped.items()]
    return sorted(places, key=lambda one: (one.progress.filed_base_cents - one.progress.base_cents, _code(one)))


def _group_of(row: Row, *, is_deep: bool) -> str:
    if row.place is None:
        return ""
    return row.place.pk if is_deep else row.place.parent_id or row.place.pk


def _code(one: PlaceRow) -> str:
    return one.place.pk if one.place else ""


def firms_to_call(rows: Iterable[Row]) -> list[Row]:
    """Those that have not filed; whoever stood for most a year before first."""
    waited = [row for row in rows if not row.is_filed]
    return sorted(waited, key=lambda row: (-(row.before or 0), row.credit_code))


def called(rows: list[Row], period: Period, today: date) -> list[Called]:
    """The rows with their people, telephone and reminders: four queries."""
    firms = [row.firm for row in rows]
    people, phones, reminders = _people(firms, today), _phones(firms), _reminders(firms, period)
    stopped = schedule.stopped_firms(period)
    return [
        Called(
            row, people[row.firm], phones.get(row.firm, ""), *reminders.get(row.firm, (0, None)), row.firm in stopped
        )
        for row in rows
    ]


def _people(firms: list[int], today: date) -> dict[int, list[Person]]:
    running = Q(until_on__isnull=True) | Q(until_on__gte=today)
    rows = Representation.objects.filter(running, firm__in=firms, role__in=CALLED, since_on__lte=today)
    rows = rows.filter(user__is_active=True).select_related("user").order_by("-role", "user__name")
    found: dict[int, list[Person]] = defaultdict(list)
    for row in rows:
        found[row.firm_id].append(Person(str(row.user), row.user.email, str(row.get_role_display())))
    return found


def _phones(firms: list[int]) -> dict[int, str]:
    """As the firm gave it when it applied."""
    rows = Application.objects.filter(firm__in=firms).exclude(contact_phone="").order_by("applied_at")
    return dict(rows.values_list("firm", "contact_phone"))


def _reminders(firms: list[int], period: Period) -> dict[int, tuple[int, datetime | None]]:
    rows: QuerySet = Reminder.objects.filter(firm__in=firms, period=period).values_list("firm")
    counted = rows.annotate(times=Count("pk"), last=Max("sent_at")).order_by()
    return {firm: (times, last) for firm, times, last in counted}


def firms_of_place(found: Queue, within: str, firms: QuerySet[Firm]) -> QuerySet[Firm]:
    """The firms in scope that are in a place, for what is asked of other periods."""
    return firms.filter(pk__in=[row.firm for row in found.rows if is_in(row, within)]) if within else firms
