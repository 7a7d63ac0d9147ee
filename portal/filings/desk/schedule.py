"""Who is to be reminded, and when: the schedule counted in working days from each firm's own due day."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Max, Q, QuerySet

from portal.filings import working_days
from portal.filings.desk.standings import COUNTED
from portal.filings.models.calling import Reminder, ReminderStop
from portal.filings.models.filing import Version
from portal.filings.models.period import Extension, Period
from portal.filings.working_days import Corrections
from portal.members.models import Firm
from portal.members.queries import members_on

# A reminder that was not sent on its day (nothing ran) is made up for within so many working days; later it would
# only puzzle its reader.
MADE_UP_WITHIN = 2


@dataclass(frozen=True, order=True)
class Planned:
    """One reminder to come: on which day, at which step, so many working days from the due day."""

    on: date
    step: str
    days: int


@dataclass(frozen=True)
class Missing:
    """A firm that has not filed, and when its filing is due."""

    firm: int
    due_on: date


def schedule(due_on: date, corrections: Corrections) -> list[Planned]:
    """The reminders of one due day, in their order. Where that day is a holiday, the last working day before it
    stands for it."""
    day = working_days.on_or_before(due_on, corrections)
    before = [
        Planned(working_days.add(day, -days, corrections), Reminder.Step.BEFORE, days)
        for days in settings.REMINDERS_BEFORE
    ]
    after = [
        Planned(working_days.add(day, days, corrections), Reminder.Step.AFTER, days)
        for days in settings.REMINDERS_AFTER
    ]
    return sorted([*before, Planned(day, Reminder.Step.DUE, 0), *after])


def due_now(due_on: date, today: date, corrections: Corrections) -> Planned | None:
    """The reminder that is to go out today: of several whose day has come, the newest, unless its day is long past.
    Nobody is written to on a day off."""
    if not working_days.is_working_day(today, corrections):
        return None
    earliest = working_days.add(today, -MADE_UP_WITHIN, corrections)
    come = [planned for planned in schedule(due_on, corrections) if earliest <= planned.on <= today]
    return come[-1] if come else None


def missing(period: Period, firms: QuerySet[Firm]) -> list[Missing]:
    """Members of the period's last day, of some firms, that have nothing waiting or approved: three queries."""
    filed = Version.objects.filter(filing__period=period, status__in=COUNTED).values_list("firm", flat=True)
    extended = Extension.objects.filter(period=period).values_list("firm").annotate(until=Max("until_on")).order_by()
    until, filed = dict(extended), set(filed)
    expected = firms.filter(pk__in=members_on(period.last_on).values("pk")).values_list("pk", flat=True)
    return [Missing(firm, max(period.due_on, until.get(firm, period.due_on))) for firm in expected if firm not in filed]


def stopped_firms(period: Period) -> set[int]:
    """Firms that are not to be reminded of a period."""
    running = ReminderStop.objects.filter(resumed_at__isnull=True)
    return set(running.filter(Q(period=period) | Q(period__isnull=True)).values_list("firm", flat=True))


def periods_to_remind(today: date) -> list[Period]:
    """Opened periods that firms can still be late for: the others' reminders have all gone out long ago."""
    late = Q(locks_on__gte=today) | Q(extensions__until_on__gte=today)
    return list(Period.objects.opened(today).filter(late).distinct().order_by("first_on"))


@dataclass(frozen=True)
class Ahead:
    """A day's reminders of one step."""

    period: Period
    planned: Planned
    firms: list[int]


def ahead(periods: Iterable[Period], firms: QuerySet[Firm], today: date, corrections: Corrections) -> list[Ahead]:
    """What will go out, by day and step, if nobody files until then; stopped firms left out."""
    found = [one for period in periods for one in _ahead(period, firms, today, corrections)]
    return sorted(found, key=lambda one: (one.planned, one.period.code))


def _ahead(period: Period, firms: QuerySet[Firm], today: date, corrections: Corrections) -> Iterator[Ahead]:
    stopped = stopped_firms(period)
    by_due: dict[date, list[int]] = {}
    for one in missing(period, firms):
        if one.firm not in stopped:
            by_due.setdefault(one.due_on, []).append(one.firm)
    by_planned: dict[Planned, list[int]] = {}
    for due_on, of_day in by_due.items():
        for planned in schedule(due_on, corrections):
            if planned.on > today:
                by_planned.setdefault(planned, []).extend(of_day)
    for planned, of_day in by_planned.items():
        yield Ahead(period, planned, of_day)
