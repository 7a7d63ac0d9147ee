"""What the database knows of a period for the queue: one query for each question, whatever the number of firms."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import Count, Max, Q, QuerySet, Sum
from django.utils import timezone

from portal.filings import working_days
from portal.filings.desk.effect import Cut, amounts_by_cut
from portal.filings.lifecycle import Status
from portal.filings.models.calling import WorkingDay
from portal.filings.models.filing import Line, Version
from portal.filings.models.period import Extension, Period
from portal.filings.models.query import Query
from portal.filings.models.rule import Hit
from portal.filings.sheet import Kind
from portal.members.models import Firm

COUNTED = (Status.SUBMITTED, Status.APPROVED)


@dataclass
class Handed:
    """The newest version that a firm handed in."""

    pk: int
    filing: int
    number: int
    status: str
    is_nil: bool
    submitted_at: datetime | None

    @property
    def on(self) -> date | None:
        return timezone.localdate(self.submitted_at) if self.submitted_at else None


@dataclass
class Standing:
    """What is known of one firm's filing while its versions are read, oldest first. `executed` is of the newest
    version handed in, in US dollar cents."""

    filing: int
    handed: Handed | None = None
    counted: int | None = None
    counted_number: int = 0
    is_being_reworked: bool = False
    executed: int = 0


@dataclass
class Counted:
    """The version of a firm that counts, or would once approved: its amounts by cut (none without such a version),
    how many explanations of its are still to be weighed, and how many lines carry a date before the quarter."""

    version: int | None = None
    amounts: dict[Cut, int] | None = None
    explained: int = 0
    back_filed: int = 0


@dataclass
class _Sums:
    rows: list[tuple[str, str, int]] = field(default_factory=list)
    executed: int = 0
    back_filed: int = 0


def standings(period: Period, firms: QuerySet[Firm]) -> dict[int, Standing]:
    """By firm: one query over the period's versions, in order, so that the newest has the last word."""
    versions = Version.objects.filter(filing__period=period, firm__in=firms).order_by("number")
    found: dict[int, Standing] = {}
    for firm, *rest in versions.values_list("firm", "pk", "filing", "number", "status", "is_nil", "submitted_at"):
        version = Handed(*rest)
        standing = found.setdefault(firm, Standing(version.filing))
        standing.is_being_reworked = version.status == Status.DRAFT and standing.handed is not None
        if version.status != Status.DRAFT:
            standing.handed = version
        if version.status in COUNTED:
            standing.counted, standing.counted_number = version.pk, version.number
    return found


def counted_amounts(period: Period, firms: QuerySet[Firm], stood: dict[int, Standing]) -> dict[int, Counted]:
    """By firm, what counts of it; fills in what the newest version executed. A firm without one is not counted."""
    sums, explained = _sums_by_version(period, firms), _explained(period, firms)
    found: dict[int, Counted] = defaultdict(Counted)
    for firm, standing in stood.items():
        if standing.handed:
            standing.executed = sums[standing.handed.pk].executed
        if standing.counted:
            own = sums[standing.counted]
            weighed = explained.get((standing.filing, standing.counted_number), 0)
            found[firm] = Counted(standing.counted, amounts_by_cut(own.rows), weighed, own.back_filed)
    return found


def _explained(period: Period, firms: QuerySet[Firm]) -> dict[tuple[int, int], int]:
    """By filing and version: reasons of the firm that nobody has accepted, now or in an earlier quarter."""
    hits = Hit.objects.filter(filing__period=period, firm__in=firms, is_remembered=False)
    hits = hits.exclude(outcome=Hit.Outcome.ACCEPTED).values_list("filing", "version_number")
    return {(filing, number): hits for filing, number, hits in hits.annotate(hits=Count("pk")).order_by()}


def _sums_by_version(period: Period, firms: QuerySet[Firm]) -> dict[int, _Sums]:
    lines = Line.objects.filter(version__filing__period=period, firm__in=firms).exclude(version__status=Status.DRAFT)
    grouped = lines.values_list("version", "kind", "mode").annotate(
        cents=Sum("usd_cents"),
        back_filed=Count("pk", filter=Q(on__lt=period.first_on)),
    )
    found: dict[int, _Sums] = defaultdict(_Sums)
    for version, kind, mode, cents, back_filed in grouped.order_by():
        sums = found[version]
        sums.rows.append((kind, mode, cents))
        sums.executed += cents if kind == Kind.EXECUTED else 0
        sums.back_filed += back_filed
    return found


def amounts_a_year_before(period: Period, firms: QuerySet[Firm]) -> dict[int, dict[Cut, int]]:
    """By firm, the amounts of its approved filing of the same quarter of the year before; nil returns are empty."""
    approved = Version.objects.filter(
        filing__period=str(period.quarter.year_before), firm__in=firms, approved_at__isnull=False, superseded_at=None
    )
    rows: dict[int, list] = defaultdict(list)
    grouped = approved.values_list("firm", "lines__kind", "lines__mode").annotate(cents=Sum("lines__usd_cents"))
    for firm, kind, mode, cents in grouped.order_by():
        rows[firm] += [(kind, mode, cents)] if kind else []
    return {firm: amounts_by_cut(own) for firm, own in rows.items()}


def questions(period: Period, firms: QuerySet[Firm]) -> dict[int, tuple[int, int]]:
    """By firm: questions that wait for it, and answers that wait for us."""
    rows = Query.objects.filter(filing__period=period, firm__in=firms).values_list("firm")
    waiting = Count("pk", filter=Q(state=Query.State.OPEN))
    answered = Count("pk", filter=Q(state=Query.State.ANSWERED))
    return {firm: (left, came) for firm, left, came in rows.annotate(waiting=waiting, answered=answered).order_by()}


class Deadlines:
    """When each firm's filing is due, and by when each filing is to be reviewed. Two queries."""

    def __init__(self, period: Period, firms: QuerySet[Firm], today: date):
        extended = Extension.objects.filter(period=period, firm__in=firms).values_list("firm")
        self._until = dict(extended.annotate(until=Max("until_on")).order_by())
        self._period, self.today = period, today
        self._corrections = WorkingDay.objects.corrections()
        self._review_due: dict[date, date] = {}

    def due_on(self, firm: int) -> date:
        """The period's due day, or the end of the firm's own extension where that is later."""
        return max(self._period.due_on, self._until.get(firm, self._period.due_on))

    def review_due_on(self, handed_in_on: date) -> date:
        """So many working days after it was handed in as the association allows itself."""
        if handed_in_on not in self._review_due:
            days = settings.REVIEW_WORKING_DAYS
            self._review_due[handed_in_on] = working_days.add(handed_in_on, days, self._corrections)
        return self._review_due[handed_in_on]
