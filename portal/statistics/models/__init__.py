"""Releases and what goes with them: their cells, what changed, the audit; the calendar and early looks."""

from portal.statistics.models.calendar import Announcement, Preview, Verdict
from portal.statistics.models.releases import (
    Audit,
    Cell,
    Commentary,
    Concentration,
    Move,
    Publication,
    Release,
    Waiver,
)

__all__ = [
    "Announcement",
    "Audit",
    "Cell",
    "Commentary",
    "Concentration",
    "Move",
    "Preview",
    "Publication",
    "Release",
    "Verdict",
    "Waiver",
]
