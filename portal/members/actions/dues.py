"""Dues, as periods. A row is never overwritten: what was wrong, or has been paid since, is said by a row after it."""

from datetime import date, datetime

from django.db import transaction

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm, plain
from portal.members.models import Dues, Firm, User

SAID = ("from_on", "until_on", "amount_cents", "paid_on", "receipt_number", "note")


@transaction.atomic
def record_dues(
    *,
    firm: Firm,
    from_on: date,
    until_on: date,
    amount_cents: int,
    paid_on: date | None,
    by: User | None,
    at: datetime,
    receipt_number: str = "",
    note: str = "",
    replaces: Dues | None = None,
) -> Dues:
    """Dues of a period in renminbi fen; without a day of payment they are owed."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    row = Dues(
        firm=firm, from_on=from_on, until_on=until_on, amount_cents=amount_cents, paid_on=paid_on,
        receipt_number=receipt_number.strip(), note=note.strip(), replaces=replaces, recorded_at=at,
        recorded_by=by.key if by else None,
    )  # fmt: skip
    if reason := policies.why_not_record_dues(row):
        raise Refused(reason)
    row.save()
    before = {} if replaces is None else _said(replaces)
    journal_firm("firm.dues_recorded", firm, by, at, before=before, after=_said(row))
    return row


def _said(row: Dues) -> dict[str, object]:
    return {name: plain(getattr(row, name)) for name in SAID if getattr(row, name) not in (None, "")}
