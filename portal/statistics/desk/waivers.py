"""Who answered for publishing a release although a check said something."""

from dataclasses import dataclass
from datetime import datetime

from portal.filings.desk.history import people_named, who
from portal.statistics.checks import check_in_words
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Waiver


@dataclass(frozen=True)
class Answered:
    """A waiver in words: for which check and how many figures, by whom, when and why."""

    check: str
    cells: int
    who: str
    at: datetime
    reason: str


def waivers_of(release: ReleaseInfo) -> list[Answered]:
    """Two queries; oldest first."""
    rows = list(Waiver.objects.filter(release=release.pk).order_by("waived_at", "pk"))
    people = people_named(row.waived_by for row in rows)
    return [
        Answered(check_in_words(row.check_name), row.cells, who(row.waived_by, people), row.waived_at, row.reason)
        for row in rows
    ]
