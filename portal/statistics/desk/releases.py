"""Releases as the statisticians see them: what is built, what is public, and what has come in since."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q
from django.utils import timezone

from portal.filings.models.period import Period
from portal.filings.progress import Progress, approved_since, completeness_of
from portal.reference.queries import editions_at
from portal.statistics.dimensions import Status
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Cell, Release
from portal.statistics.policies import why_not_build_from
from portal.statistics.queries import info


@dataclass(frozen=True)
class Row:
    """A period with its releases. `approved_since` counts approvals after the newest one was built."""

    period: Period
    progress: Progress
    newest: ReleaseInfo | None
    published: ReleaseInfo | None
    approved_since: int
    why_not_build: str | None
    is_ahead: bool = False


def release_rows(periods: list[Period], at: datetime) -> list[Row]:
    """One row a period: a handful of queries, whatever their number."""
    progress = completeness_of(periods)
    newest: dict[str, ReleaseInfo] = {}
    published: dict[str, ReleaseInfo] = {}
    for release in Release.objects.filter(period__in=periods).select_related("publication").order_by("number"):
        newest[release.period_id] = info(release)
        if release.is_public(at):
            published[release.period_id] = newest[release.period_id]
    since = approved_since({code: release.as_of for code, release in newest.items()})
    lists = set(editions_at(at))
    return [
        Row(
            period=period,
            progress=progress[period.code],
            newest=newest.get(period.code),
            published=published.get(period.code),
            approved_since=since.get(period.code, 0),
            is_ahead=_is_ahead(newest.get(period.code), at),
            why_not_build=why_not_build_from(
                period, timezone.localdate(at), is_filed=progress[period.code].filed > 0, lists=lists
            ),
        )
        for period in periods
    ]


def _is_ahead(release: ReleaseInfo | None, at: datetime) -> bool:
    """Whether it is published and not public yet."""
    return release is not None and release.published_at is not None and release.published_at > at


def release_before(release: ReleaseInfo) -> ReleaseInfo | None:
    """The newest published release of the same period before this one: what readers compare with."""
    rows = Release.objects.published().filter(period=release.period, number__lt=release.number)
    row = rows.select_related("publication").order_by("-number").first()
    return info(row) if row else None


def cell_counts(release: ReleaseInfo) -> tuple[int, int]:
    """All cells of a release, and those that are withheld, for their own sake or for another's."""
    counted = Cell.objects.filter(release=release.pk).aggregate(
        all=Count("pk"), withheld=Count("pk", filter=~Q(status=Status.PUBLIC))
    )
    return counted["all"], counted["withheld"]
