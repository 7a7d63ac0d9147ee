"""Papers beside figures: what the firm has there now, and what came with a version that was handed in."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from portal.filings.lifecycle import Status
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Filing, Version


@dataclass(frozen=True)
class Papers:
    """Papers by the line or the contract that they belong to."""

    by_line: dict[UUID, list[Attachment]] = field(default_factory=dict)
    by_contract: dict[int, list[Attachment]] = field(default_factory=dict)

    def beside(self, line_key: UUID, contract: int) -> list[Attachment]:
        """What stands beside a line: its own papers, then its contract's."""
        return [*self.by_line.get(line_key, ()), *self.by_contract.get(contract, ())]

    @property
    def count(self) -> int:
        return sum(len(rows) for group in (self.by_line, self.by_contract) for rows in group.values())


def current_papers(filing: Filing) -> Papers:
    """What the firm has not taken away: one query."""
    return _sorted(Attachment.objects.filter(filing=filing, removed_at__isnull=True)) if filing.pk else Papers()


def papers_with(version: Version) -> Papers:
    """What came with a version that was handed in: two queries."""
    later = Version.objects.filter(filing=version.filing_id, number__gt=version.number).order_by("number").first()
    rows = Attachment.objects.filter(filing=version.filing_id)
    return _sorted(rows.filter(_came_with(version.submitted_at, later.opened_at if later else None)))


def was_handed_in(paper: Attachment) -> bool:
    """Whether it came with any version that the association may see."""
    versions = list(Version.objects.filter(filing=paper.filing_id).order_by("number"))
    mine = Attachment.objects.filter(pk=paper.pk)
    for version, later in zip(versions, [*versions[1:], None]):
        if version.status == Status.DRAFT:
            continue
        if mine.filter(_came_with(version.submitted_at, later.opened_at if later else None)).exists():
            return True
    return False


def _came_with(submitted_at: datetime | None, next_opened_at: datetime | None) -> Q:
    """Attached before the next version was begun, and not taken away before this one was handed in."""
    kept = Q(removed_at__isnull=True) | Q(removed_at__gt=submitted_at)
    return kept & Q(attached_at__lt=next_opened_at) if next_opened_at else kept


def _sorted(rows: Iterable[Attachment]) -> Papers:
    by_line: dict[UUID, list[Attachment]] = defaultdict(list)
    by_contract: dict[int, list[Attachment]] = defaultdict(list)
    for paper in rows:
        if paper.line_key is not None:
            by_line[paper.line_key].append(paper)
        else:
            by_contract[paper.contract_id].append(paper)
    return Papers(dict(by_line), dict(by_contract))
