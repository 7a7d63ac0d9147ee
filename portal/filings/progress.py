"""How far a period has come: by count, and by the value that its firms stood for a year before."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet, Sum

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Line, Version
from portal.filings.models.period import Period
from portal.filings.sheet import Kind
from portal.lib.money import rounded
from portal.members.models import Firm


@dataclass(frozen=True)
class Progress:
    """Firms that have filed, of those expected; executed value of a year before (US dollar cents), and how much of
    it belongs to firms that have filed."""

    expected: int
    filed: int
    base_cents: int
    filed_base_cents: int

    @property
    def by_count(self) -> Decimal | None:
        """In percent; none where nobody is expected."""
        return _percent(self.filed, self.expected)

    @property
    def by_value(self) -> Decimal | None:
        """In percent; none where there was no value a year before."""
        return _percent(self.filed_base_cents, self.base_cents)

    @property
    def missing_base_cents(self) -> int:
        return self.base_cents - self.filed_base_cents


def _percent(part: int, whole: int) -> Decimal | None:
    return rounded(Decimal(100 * part) / whole, 1) if whole > 0 else None


def current_period(on: date) -> Period | None:
    """The quarter that is being filed: the newest that has ended, or else the newest that is open."""
    opened = Period.objects.opened(on).newest_first()
    return opened.filter(last_on__lt=on).first() or opened.first()


def executed_a_year_before(period: Period, firms: QuerySet[Firm]) -> dict[int, int]:
    """Executed US dollar cents of each firm in the same quarter of the year before, as approved."""
    return {firm: cents for _code, firm, cents in _executed([str(period.quarter.year_before)], firms)}


def _executed(codes: Iterable[str], firms: QuerySet[Firm]) -> QuerySet:
    approved = Version.objects.filter(
        filing__period__in=list(codes), firm__in=firms, approved_at__isnull=False, superseded_at=None
    )
    lines = Line.objects.filter(version__in=approved, kind=Kind.EXECUTED)
    return lines.values_list("version__filing__period", "version__firm").annotate(cents=Sum("usd_cents")).order_by()


def completeness_of(periods: list[Period]) -> dict[str, Progress]:
    """The progress of several periods by their approved filings: three queries, whatever their number."""
    members = list(Firm.objects.values_list("joined_on", "left_on"))
    filed: dict[str, set[int]] = defaultdict(set)
    approved = Version.objects.filter(filing__period__in=periods, approved_at__isnull=False, superseded_at=None)
    for code, firm in approved.values_list("filing__period", "firm"):
        filed[code].add(firm)
    bases: dict[str, dict[int, int]] = defaultdict(dict)
    for code, firm, cents in _executed({str(period.quarter.year_before) for period in periods}, Firm.objects.all()):
        bases[code][firm] = cents
    return {
        period.code: _progress(_expected(members, period.last_on), filed[period.code], bases[_base(period)])
        for period in periods
    }


def progress_of(periods: list[Period], firms: QuerySet[Firm]) -> dict[str, Progress]:
    """The progress of several periods over some firms, by what waits or is approved: three queries."""
    members = list(firms.values_list("joined_on", "left_on"))
    filed: dict[str, set[int]] = defaultdict(set)
    versions = Version.objects.filter(
        filing__period__in=periods, firm__in=firms, status__in=(Status.SUBMITTED, Status.APPROVED)
    )
    for code, firm in versions.values_list("filing__period", "firm"):
        filed[code].add(firm)
    bases: dict[str, dict[int, int]] = defaultdict(dict)
    for code, firm, cents in _executed({_base(period) for period in periods}, firms):
        bases[code][firm] = cents
    return {
        period.code: _progress(_expected(members, period.last_on), filed[period.code], bases[_base(period)])
        for period in periods
    }


def _base(period: Period) -> str:
    return str(period.quarter.year_before)


def _expected(members: list[tuple[date, date | None]], day: date) -> int:
    return sum(joined <= day and (left is None or left >= day) for joined, left in members)


def _progress(expected: int, filed: set[int], base: dict[int, int]) -> Progress:
    again = sum(cents for firm, cents in base.items() if firm in filed)
    return Progress(expected, len(filed), sum(base.values()), again)


def approved_since(moments: Mapping[str, datetime]) -> dict[str, int]:
    """How many versions of each period were approved after a moment: one query."""
    approved = Version.objects.filter(filing__period__in=list(moments), approved_at__isnull=False)
    counts = dict.fromkeys(moments, 0)
    for code, at in approved.values_list("filing__period", "approved_at"):
        counts[code] += at > moments[code]
    return counts
