"""Approving many filings at once: each by itself, with everything that a single approval asks for."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.core.cache import cache
from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.actions.review import approve
from portal.filings.actions.steps import locked
from portal.filings.desk.bulk import BATCH_KIND, BATCH_VERB, Batch, Outcome, batch_of, why_left_out
from portal.filings.desk.points import points_of
from portal.filings.desk.queue import Row, State, queue_for
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.members.roles import Permission
from portal.reference.queries import CodeLists

# How long a batch may be under way before the same page, sent again, would begin it anew.
UNDER_WAY_SECONDS = 3600


@dataclass(frozen=True)
class Seen:
    """A version on the page that was looked at, and when it had been handed in (ISO)."""

    version: int
    submitted_at: str


def approve_together(
    *, period: Period, seen: Iterable[Seen], below: Decimal, batch: UUID, lists: CodeLists, by: User, at: datetime
) -> Batch | None:
    """Approve what was looked at, each filing in a transaction of its own, and journal what became of each.

    A batch happens once: sent again, it answers what became of it, or None while it is under way.
    """
    if not cache.add(f"batch:{batch}", True, UNDER_WAY_SECONDS):
        return batch_of(batch)
    rows = {row.handed.pk: row for row in queue_for(by, period, at, Permission.FILING_APPROVE).rows if row.handed}
    outcomes = [
        Outcome(
            rows[one.version].credit_code, rows[one.version].filing or 0, _approved(one, rows, below, lists, by, at)
        )
        for one in seen
        if one.version in rows
    ]
    _record(batch, period, below, outcomes, by, at)
    return batch_of(batch)


def _approved(
    one: Seen, rows: dict[int, Row], below: Decimal, lists: CodeLists, by: User, at: datetime
) -> str:  # fmt: skip
    """Why one was not approved; nothing when it was."""
    try:
        with transaction.atomic():
            version = locked(Version(pk=one.version))
            if reason := _why_not(one, rows[one.version], version, below, lists):
                raise Refused(reason)
            approve(version=version, by=by, at=at)
    except Refused as refusal:
        return str(refusal)
    return ""


def _why_not(one: Seen, row: Row, version: Version, below: Decimal, lists: CodeLists) -> str | None:
    """What a reviewer would have to look at: asked again here, since the page may be old."""
    if version.submitted_at is None or version.submitted_at.isoformat() != one.submitted_at:
        return _("The firm has submitted this version anew since you opened it. Look at it again.")
    if row.state == State.WAITING and why_left_out(row, below):
        return _("It is not among the clean and small any more. Open it and look at it.")
    weighed = sum(point.is_to_be_weighed for point in points_of(version, lists))
    if weighed:
        return _("Points to be weighed: %(number)d. Open it and look at it.") % {"number": weighed}
    return None


def _record(batch: UUID, period: Period, below: Decimal, outcomes: list[Outcome], by: User, at: datetime) -> None:
    refused = sum(bool(outcome.refused) for outcome in outcomes)
    record(
        actor=by.key, verb=BATCH_VERB, kind=BATCH_KIND, key=batch, at=at,
        after={
            "period": period.code, "effect_under": str(below), "approved": len(outcomes) - refused,
            "refused": refused, "outcomes": [astuple(outcome) for outcome in outcomes],
        },
    )  # fmt: skip
