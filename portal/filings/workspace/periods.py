"""Where a firm stands: the quarter that is due, what else is open, what was filed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q, QuerySet

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Filing, Version
from portal.filings.models.grid import TypedRow
from portal.filings.models.period import Extension, Period
from portal.filings.models.upload import Upload
from portal.filings.policies import extension_of
from portal.members.models import Firm

HANDED_OVER = (Status.SUBMITTED, Status.APPROVED)


@dataclass(frozen=True)
class Standing:
    """A firm's standing in one period. A filing that nobody has opened yet is only imagined (it has no key)."""

    period: Period
    filing: Filing
    version: Version | None
    due_on: date
    today: date

    @property
    def days_left(self) -> int:
        """Below zero when it is late."""
        return (self.due_on - self.today).days

    @property
    def days_late(self) -> int:
        return max(-self.days_left, 0)

    @property
    def is_handed_over(self) -> bool:
        return self.version is not None and self.version.status in HANDED_OVER

    @property
    def is_correction(self) -> bool:
        return self.version is not None and self.version.number > 1


def standing(firm: Firm, period: Period, today: date) -> Standing:
    filing = Filing.objects.filter(firm=firm, period=period).first() or Filing(firm=firm, period=period)
    # Both are at hand; rules and policies ask for them again and again.
    filing.firm, filing.period = firm, period
    version = filing.versions.order_by("-number").first() if filing.pk else None
    if version is not None:
        version.firm, version.filing = firm, filing
    extension = extension_of(firm, period, today)
    due_on = max(period.due_on, extension.until_on) if extension else period.due_on
    return Standing(period, filing, version, due_on, today)


def current_standing(firm: Firm, today: date) -> Standing | None:
    """The quarter to think of now: the newest that has ended, until it is handed over; then the running one."""
    opened = Period.objects.opened(today).newest_first()
    ended = opened.filter(last_on__lt=today).first()
    running = opened.filter(last_on__gte=today).order_by("first_on").first()
    if ended is None:
        return standing(firm, running, today) if running else None
    current = standing(firm, ended, today)
    if current.is_handed_over and running is not None:
        return standing(firm, running, today)
    return current


def newest_versions(firm: Firm) -> QuerySet[Version]:
    """The newest version of each of the firm's filings, with its sums, the newest period first."""
    versions = Version.objects.filter(firm=firm).newest_of_each().with_totals()
    return versions.select_related("filing__period").order_by("-filing__period__first_on")


def open_upload(stand: Standing) -> Upload | None:
    """The newest file handed in since the draft was saved, when something is still to be done with it."""
    if stand.version is None or stand.version.status != Status.DRAFT:
        return None
    newest = Upload.objects.filter(filing=stand.filing).first()
    if newest is None or newest.outcome not in (Upload.Outcome.REFUSED, Upload.Outcome.CHECKED):
        return None
    return newest if stand.version.saved_at is None or newest.uploaded_at >= stand.version.saved_at else None


@dataclass(frozen=True)
class Typing:
    """What was written into a version: when last, and how many rows of its grid are not finished."""

    saved_at: datetime | None
    unfinished_count: int = 0


def typing_in(versions: Iterable[Version]) -> dict[int, Typing]:
    """By version. A row that stands in the grid only is saved too, though the draft has not moved."""
    versions = list(versions)
    rows = TypedRow.objects.filter(version__in=versions).order_by().values_list("version")
    typed = {pk: (count, at) for pk, count, at in rows.annotate(Count("pk"), Max("saved_at"))}
    return {version.pk: _typing(version.saved_at, *typed.get(version.pk, (0, None))) for version in versions}


def _typing(saved_at: datetime | None, count: int, typed_at: datetime | None) -> Typing:
    return Typing(max((at for at in (saved_at, typed_at) if at), default=None), count)


def unfinished_versions(firm: Firm, today: date) -> list[Version]:
    """What waits for the firm: returned filings first, then drafts, the oldest period first."""
    waiting = Version.objects.filter(firm=firm).newest_of_each().filter(status__in=(Status.RETURNED, Status.DRAFT))
    rows = waiting.select_related("filing__period").order_by("filing__period__first_on")
    return sorted(rows, key=lambda version: version.status != Status.RETURNED)


def missing_periods(firm: Firm, today: date) -> list[Period]:
    """Ended periods of the firm's membership that can still be filed and that nobody has begun."""
    extended = Extension.objects.filter(firm=firm, until_on__gte=today).values("period")
    ended = Period.objects.filter(last_on__lt=today, last_on__gte=firm.joined_on)
    ended = ended.filter(Q(locks_on__gte=today) | Q(pk__in=extended))
    if firm.left_on:
        ended = ended.filter(first_on__lte=firm.left_on)
    begun = Version.objects.filter(firm=firm).values("filing__period")
    return list(ended.exclude(pk__in=begun).order_by("first_on"))
