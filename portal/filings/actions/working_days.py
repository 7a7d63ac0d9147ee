"""Correcting the calendar where the State Council's announcement says otherwise than the package."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings import working_days
from portal.filings.models.calling import WorkingDay
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User


@transaction.atomic
def correct_working_day(*, on: date, is_working: bool, source: str, by: User, at: datetime) -> WorkingDay:
    """From now on the day counts as worked, or as off. What was due by it and is past stays as it was."""
    if not source.strip():
        raise Refused(_("Name the announcement that says so."))
    corrections = WorkingDay.objects.corrections()
    was = working_days.is_working_day(on, corrections)
    if corrections.get(on) == is_working:
        raise Refused(_("%(day)s has been recorded like that already.") % {"day": on.isoformat()})
    row = WorkingDay.objects.create(
        on=on, is_working=is_working, source=source.strip(), recorded_at=at, recorded_by=by.key
    )
    record(
        actor=by.key, verb="working_day.corrected", kind="working_day", key=on.isoformat(), at=at,
        before={"is_working": was}, after={"is_working": is_working, "source": source.strip()},
    )  # fmt: skip
    return row
