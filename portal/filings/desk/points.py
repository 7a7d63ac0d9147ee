"""What a reviewer has to look at before deciding: findings, the firm's explanations, and back-filed lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.queries import context_of, stored_entries
from portal.filings.rules import check
from portal.filings.sheet import Entry, Finding, Level
from portal.reference.queries import CodeLists

BACK_FILED = "BF"


@dataclass(frozen=True)
class Point:
    """Something to look at in a line (by position; 0 is none of them), with the firm's explanation if it gave one."""

    code: str
    severity: str
    position: int
    message: str
    expected: str = ""
    found: str = ""
    explanation: str = ""

    @property
    def is_to_be_weighed(self) -> bool:
        """Approving takes a reviewer's word that it was looked at; a note is only worth knowing."""
        return self.severity != Level.NOTE


def points_of(version: Version, lists: CodeLists) -> list[Point]:
    """What the rules say of a version as it was handed in, back-filed lines included, by line.

    A reason silences the rule that asks for it, so the rules are asked twice: as filed, and without the reasons.
    """
    on = timezone.localdate(version.submitted_at) if version.submitted_at else timezone.localdate(version.opened_at)
    context = context_of(version.filing, lists=lists, on=on)
    entries = _numbered(version)
    found = check(entries, context)
    explained = [item for item in check([replace(entry, reason="") for entry in entries], context) if item not in found]
    reasons = {entry.row: entry.reason for entry in entries}
    points = [_point(item) for item in found]
    points += [_point(item, reasons.get(item.row, "")) for item in explained if item.level == Level.EXPLAIN]
    points += [_back_filed(entry, context.accepts_from_on) for entry in _early(entries, version.filing.period)]
    return sorted(points, key=lambda point: (point.position, point.code))


def _numbered(version: Version) -> list[Entry]:
    """The entries of a version, each line's with its position as its row; standing contracts have none."""
    numbers = count(1)
    return [replace(item.entry, row=next(numbers) if item.line else 0) for item in stored_entries(version)]


def _point(finding: Finding, explanation: str = "") -> Point:
    return Point(
        code=finding.code, severity=str(finding.level), position=finding.row, message=finding.message.in_words(_),
        expected=finding.expected.in_words(_), found=finding.found, explanation=explanation,
    )  # fmt: skip


def _early(entries: Iterable[Entry], period: Period) -> list[Entry]:
    return [entry for entry in entries if entry.row and entry.on and entry.on < period.first_on]


def _back_filed(entry: Entry, accepts_from_on: date) -> Point:
    message = _("Back-filed: dates before the quarter, accepted from %(day)s. Compare the receipts.")
    return Point(
        code=BACK_FILED, severity="ask", position=entry.row, message=message % {"day": accepts_from_on.isoformat()},
        found=entry.on.isoformat() if entry.on else "", explanation=entry.reason,
    )  # fmt: skip
