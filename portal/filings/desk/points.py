"""What a reviewer has to look at before deciding: findings, the firm's explanations, and back-filed lines."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.models.rule import Hit
from portal.filings.past import Depth
from portal.filings.queries import context_of, ledger_of, stored_entries
from portal.filings.rules import check
from portal.filings.sheet import Entry, Finding, Level
from portal.filings.telling import cell_in_words
from portal.reference.queries import CodeLists

BACK_FILED = "BF"


@dataclass(frozen=True)
class Point:
    """Something to look at in a line (by position; 0 is none of them), at one of its cells, with the firm's explanation
    if it gave one; `hit` is the row on which that explanation is judged, `outcome` what became of it so far."""

    code: str
    severity: str
    position: int
    message: str
    expected: str = ""
    found: str = ""
    explanation: str = ""
    field: str = ""
    is_remembered: bool = False
    hit: int | None = None
    outcome: str = ""

    @property
    def is_accepted(self) -> bool:
        """The reason was taken as good: for this filing, or in an earlier quarter."""
        return self.is_remembered or self.outcome == Hit.Outcome.ACCEPTED

    @property
    def is_rejected(self) -> bool:
        return self.outcome == Hit.Outcome.REJECTED

    @property
    def is_to_be_weighed(self) -> bool:
        """Approving takes a reviewer's word that it was looked at; a note is only worth knowing."""
        return self.severity != Level.NOTE and not self.is_accepted


def points_of(version: Version, lists: CodeLists) -> list[Point]:
    """What the rules say of a version as it was handed in, back-filed lines included, by line."""
    on = timezone.localdate(version.submitted_at) if version.submitted_at else timezone.localdate(version.opened_at)
    ledger = ledger_of(version.firm)
    context = context_of(version.filing, lists=lists, on=on, ledger=ledger, depth=Depth.DESK)
    entries = _numbered(version, ledger)
    rows = Hit.objects.filter(filing=version.filing_id, version_number=version.number)
    hits = {(hit.code, hit.subject): hit for hit in rows}
    points = [_point(item, hits.get((item.code, item.subject)), lists) for item in check(entries, context)]
    points += [_back_filed(entry, context.accepts_from_on) for entry in _early(entries, version.filing.period)]
    return sorted(points, key=lambda point: (point.position, point.code))


def _numbered(version: Version, ledger: dict[int, Contract]) -> list[Entry]:
    """The entries of a version, each line's with its position as its row; standing contracts have none."""
    numbers = count(1)
    return [replace(item.entry, row=next(numbers) if item.line else 0) for item in stored_entries(version, ledger)]


def _point(finding: Finding, hit: Hit | None, lists: CodeLists) -> Point:
    found = cell_in_words(finding.field, finding.found, lists) if finding.found else ""
    return Point(
        code=finding.code, severity=str(finding.level), position=max(finding.row, 0),
        message=finding.message.in_words(_), expected=finding.expected.in_words(_), found=found,
        explanation=finding.answer, field=finding.field, is_remembered=finding.is_remembered,
        hit=hit.pk if hit else None, outcome=hit.outcome if hit else "",
    )  # fmt: skip


def _early(entries: Iterable[Entry], period: Period) -> list[Entry]:
    return [entry for entry in entries if entry.row and entry.on and entry.on < period.first_on]


def _back_filed(entry: Entry, accepts_from_on: date) -> Point:
    message = _("Back-filed: dates before the quarter, accepted from %(day)s. Compare the receipts.")
    return Point(
        code=BACK_FILED, severity="ask", position=entry.row, message=message % {"day": accepts_from_on.isoformat()},
        found=entry.on.isoformat() if entry.on else "", explanation=entry.reason, field="on",
    )  # fmt: skip
