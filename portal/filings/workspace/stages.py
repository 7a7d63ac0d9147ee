"""Where a filing stands on its way into the published figures: what is done, whose turn it is, and by when."""

from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils import timezone

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.query import Query
from portal.filings.working_days import Corrections, add


@dataclass(frozen=True)
class Stage:
    """One stage: `state` is done, current or todo; `at` when it was, `by_on` by when it is expected."""

    name: str
    state: str
    at: datetime | None = None
    by_on: date | None = None
    is_late: bool = False


def review_expected_on(submitted_at: datetime, corrections: Corrections) -> date:
    """As the association's own queue counts it."""
    return add(timezone.localdate(submitted_at), settings.REVIEW_WORKING_DAYS, corrections)


def stages_of(version: Version, today: date, corrections: Corrections | None = None) -> list[Stage]:
    """Submitted, decided on, counted. A returned version ends with the firm's turn."""
    stages = [Stage("submitted", "done", version.submitted_at)]
    if version.status == Status.SUBMITTED:
        expected = review_expected_on(version.submitted_at, corrections or {})
        asked = Query.objects.filter(filing=version.filing_id, state=Query.State.OPEN).order_by("due_on").first()
        if asked is not None:
            return [*stages, Stage("asked", "current", asked.asked_at, asked.due_on, today > asked.due_on), *_REST]
        return [*stages, Stage("review", "current", None, expected, today > expected), *_REST]
    if version.status == Status.RETURNED:
        mend_by = version.mend_by_on
        late = mend_by is not None and today > mend_by
        return [*stages, Stage("returned", "current", version.returned_at, mend_by, late), *_REST]
    return [
        *stages,
        Stage("approved", "done", version.approved_at),
        Stage("counted", "done" if version.status == Status.SUPERSEDED else "current"),
    ]


_REST = (Stage("approved", "todo"), Stage("counted", "todo"))
