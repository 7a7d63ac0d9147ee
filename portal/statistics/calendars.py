"""What the release calendar says at a moment, from all that was ever announced."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Standing
from portal.statistics.models import Announcement, Release

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Earlier:
    """A date that was given up, and why."""

    release_at: datetime
    reason_zh: str
    reason_en: str


@dataclass(frozen=True)
class Came:
    """The release that the announced figures came in."""

    release: str
    published_at: datetime
    standing: Standing
    late_by: timedelta

    @property
    def is_on_time(self) -> bool:
        return self.late_by < _MINUTE


@dataclass(frozen=True)
class Date:
    """A period's provisional or final figures: when they come, what was said before, and what came."""

    period: str
    standing: Standing
    status: str
    release_at: datetime
    said_at: datetime
    said_count: int
    earlier: tuple[Earlier, ...]
    came: Came | None

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.period)

    @property
    def key(self) -> str:
        """What stays the same whatever becomes of the date."""
        return f"{self.period}-{self.standing}"

    def is_overdue(self, at: datetime) -> bool:
        return self.came is None and self.release_at + _MINUTE <= at


def dates(at: datetime, periods: Iterable[str] | None = None) -> list[Date]:
    """The calendar, soonest first: two queries."""
    rows = Announcement.objects.filter(said_at__lte=at).order_by("period", "standing", "said_at", "pk")
    if periods is not None:
        rows = rows.filter(period__in=list(periods))
    said = [list(group) for _key, group in groupby(rows, key=lambda row: (row.period_id, row.standing))]
    came = _came(at, {group[0].period_id for group in said})
    found = [_date(group, came.get((group[0].period_id, group[0].standing))) for group in said]
    return sorted(found, key=lambda date: (date.release_at, date.key))


def dates_to_come(at: datetime, periods: Iterable[str] | None = None) -> list[Date]:
    return [date for date in dates(at, periods) if date.came is None]


def _came(at: datetime, periods: set[str]) -> dict[tuple[str, str], tuple[str, datetime, Standing]]:
    """The first public release of each period with each standing. The first of a period is what its provisional
    figures came in, even where it was final at once."""
    rows = Release.objects.published(at).filter(period__in=periods).order_by("number")
    found: dict[tuple[str, str], tuple[str, datetime, Standing]] = {}
    for period, standing, name, published_at in rows.values_list(
        "period", "standing", "name", "publication__published_at"
    ):
        release = name, published_at, Standing(standing)
        found.setdefault((period, Standing.PROVISIONAL), release)
        if standing == Standing.FINAL:
            found.setdefault((period, Standing.FINAL), release)
    return found


def _date(said: list[Announcement], came: tuple[str, datetime, Standing] | None) -> Date:
    newest = said[-1]
    return Date(
        period=newest.period_id,
        standing=Standing(newest.standing),
        status=newest.status,
        release_at=newest.release_at,
        said_at=newest.said_at,
        said_count=len(said),
        earlier=tuple(
            Earlier(before.release_at, after.reason_zh, after.reason_en)
            for before, after in zip(said, said[1:])
            if after.release_at != before.release_at
        ),
        came=Came(*came, came[1] - newest.release_at) if came else None,
    )
