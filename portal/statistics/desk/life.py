"""A release's life besides its figures, for the desk: coverage in full, early viewers, their looks and verdicts."""

from dataclasses import dataclass
from datetime import datetime

from portal.statistics.calendar_words import STANDING_NAMES, range_in_words
from portal.statistics.dimensions import Standing
from portal.statistics.models import Preview, Release, Verdict
from portal.statistics.policies_calendar import Door, door_of
from portal.statistics.standing import all_ranges


@dataclass(frozen=True)
class Viewer:
    """An early viewer's link, how it stands, and what the viewer said."""

    preview: Preview
    door: Door
    verdict: Verdict | None


@dataclass(frozen=True)
class Life:
    """Shares are in percent, as text with one decimal."""

    standing: str
    is_provisional: bool
    filed: int | None
    expected: int | None
    by_count: str | None
    by_value: str | None
    ranges: list[str]
    viewers: list[Viewer]


def life_of(row: Release, at: datetime) -> Life:
    coverage = row.coverage
    previews = row.previews.select_related("release__publication", "verdict").order_by("made_at", "pk")
    return Life(
        standing=str(STANDING_NAMES[Standing(row.standing)]),
        is_provisional=row.standing == Standing.PROVISIONAL,
        filed=coverage.get("filed"),
        expected=coverage.get("expected"),
        by_count=coverage.get("by_count_percent"),
        by_value=coverage.get("by_value_percent"),
        ranges=[range_in_words(item) for item in all_ranges(coverage)],
        viewers=[Viewer(preview, door_of(preview, at), getattr(preview, "verdict", None)) for preview in previews],
    )
