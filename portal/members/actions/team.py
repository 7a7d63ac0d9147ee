"""Who acts for a firm, in which role, from when until when. A change of role is an end and a beginning."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal.lib.acts import Refused
from portal.members import policies
from portal.members.actions.entries import journal_firm
from portal.members.actions.people import end_sessions_of_nobody
from portal.members.models import Firm, Representation, User
from portal.members.roles import FirmRole


@transaction.atomic
def represent(
    *, user: User, firm: Firm, role: FirmRole, since_on: date, by: User | None, at: datetime
) -> Representation:
    """Let a person act for a firm."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if reason := policies.why_not_represent(user, firm, timezone.localdate(at)):
        raise Refused(reason)
    row = Representation.objects.create(user=user, firm=firm, role=role, since_on=since_on)
    journal_firm("firm.represented", firm, by, at, after={"person": str(user.key), "role": role})
    return row


@transaction.atomic
def end_representation(*, representation: Representation, on: date, by: User | None, at: datetime) -> Representation:
    """End it after a day; from the next one the person sees nothing of the firm."""
    row = _locked(representation)
    if reason := policies.why_not_end(row, on) or policies.why_not_leave(row, by):
        raise Refused(reason)
    row.until_on = on
    row.save(update_fields=["until_on"])
    _ended(row, by, at)
    return row


@transaction.atomic
def close_representation(*, representation: Representation, by: User | None, at: datetime) -> Representation:
    """End it at once: the person's next click finds nothing of the firm, and no session where it was the last one."""
    row = _locked(representation)
    if reason := policies.why_not_close(row, timezone.localdate(at)) or policies.why_not_leave(row, by):
        raise Refused(reason)
    _close(row, at)
    _ended(row, by, at)
    return row


@transaction.atomic
def change_role(*, representation: Representation, role: FirmRole, by: User | None, at: datetime) -> Representation:
    """Another role from this moment on. The earlier one stays in the history with its days."""
    row, today = _locked(representation), timezone.localdate(at)
    reason = policies.why_not_close(row, today) or policies.why_not_change_role(row, role)
    if reason := reason or policies.why_not_leave(row, by):
        raise Refused(reason)
    return _take_role(row, role, by, at)


@transaction.atomic
def hand_over(
    *, owner: Representation, to: Representation, stays_as: FirmRole | None, by: User | None, at: datetime
) -> Representation:
    """Make another member of the team the owner. Who hands over stays in another role, or leaves at once."""
    owner, to = _locked(owner), _locked(to)
    if reason := policies.why_not_hand_over(owner, to, stays_as, timezone.localdate(at)):
        raise Refused(reason)
    successor = _take_role(to, FirmRole.OWNER, by, at)
    if stays_as is None:
        close_representation(representation=owner, by=by, at=at)
    else:
        _take_role(owner, stays_as, by, at)
    return successor


@transaction.atomic
def set_signers(*, firm: Firm, needs_certifier: bool, by: User | None, at: datetime) -> Firm:
    """Whether a filing is filed by one person and certified by another."""
    firm = Firm.objects.select_for_update().get(pk=firm.pk)
    if firm.needs_certifier == needs_certifier:
        return firm
    if needs_certifier and (reason := policies.why_not_need_certifier(firm)):
        raise Refused(reason)
    firm.needs_certifier = needs_certifier
    firm.save(update_fields=["needs_certifier"])
    words = {True: "two", False: "one"}
    journal_firm(
        "firm.signers_changed", firm, by, at, before={"signers": words[not needs_certifier]},
        after={"signers": words[needs_certifier]},
    )  # fmt: skip
    return firm


def _locked(representation: Representation) -> Representation:
    """Locked behind its firm, so that two owners who leave in the same moment do not both find the other there."""
    Firm.objects.select_for_update().get(pk=representation.firm_id)
    rows = Representation.objects.select_for_update(of=("self",)).select_related("user", "firm")
    return rows.get(pk=representation.pk)


def _take_role(row: Representation, role: FirmRole, by: User | None, at: datetime) -> Representation:
    _close(row, at)
    made = Representation.objects.create(user=row.user, firm=row.firm, role=role, since_on=timezone.localdate(at))
    person = str(row.user.key)
    before, after = {"person": person, "role": row.role}, {"person": person, "role": role}
    journal_firm("firm.role_changed", row.firm, by, at, before=before, after=after)
    return made


def _close(row: Representation, at: datetime) -> None:
    row.until_on, row.ended_at = max(timezone.localdate(at), row.since_on), at
    row.save(update_fields=["until_on", "ended_at"])


def _ended(row: Representation, by: User | None, at: datetime) -> None:
    after = {"person": str(row.user.key), "role": row.role, "until_on": row.until_on.isoformat()}
    if row.ended_at:
        after["at_once"] = row.ended_at.isoformat()
    journal_firm("firm.representation_ended", row.firm, by, at, after=after)
    end_sessions_of_nobody(row.user, timezone.localdate(at))
