"""The association's side: approve, return, and take a return back. None touches a figure."""

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions.asking import settle_answered
from portal.filings.actions.hits import accept_hits, reject_hits, reopen_hits
from portal.filings.actions.notices import notify, path_of
from portal.filings.actions.steps import locked, move
from portal.filings.desk.letters import day_to_mend
from portal.filings.emails import write_to_firm
from portal.filings.lifecycle import RETURN_REASONS, Status
from portal.filings.models.calling import WorkingDay
from portal.filings.models.filing import Version
from portal.filings.policies import why_not_approve, why_not_decide, why_not_recall
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.words import gettext_noop
from portal.members.models import User


@transaction.atomic
def approve(*, version: Version, by: User, at: datetime) -> Version:
    """Freeze the version. The one that it corrects is superseded now, and not a moment before; questions that were
    answered are settled, and one that is still open refuses."""
    version = _held_for_decision(version, why_not_approve)
    settle_answered(version.filing, by=by, at=at)
    if version.number > 1:
        _supersede_before(version, by, at)
    accept_hits(version, at)
    move(version, "approve", by=by, at=at, approved_at=at, approved_by=by.key)
    message = gettext_noop("Your filing for %(period)s has been approved and counts from now on.")
    _tell(version, message, {}, at)
    write_to_firm(firm=version.firm, letter="approved", values=_named(version), at=at)
    return version


def _supersede_before(version: Version, by: User, at: datetime) -> None:
    earlier = Version.objects.filter(filing=version.filing_id, status=Status.APPROVED).select_related("firm").first()
    if earlier is not None:
        move(earlier, "supersede", by=by, at=at, after={"by_version": version.number}, superseded_at=at)


@transaction.atomic
def return_to_firm(
    *, version: Version, reason: str, letter: str, by: User, at: datetime, mend_by_on: date | None = None
) -> Version:
    """Send the version back with a reason code, a letter and a day (five working days, unless one is given). It stays
    as it is; the rework is the next one. Questions that are open go along and are answered there."""
    version = _held_for_decision(version, why_not_decide)
    if reason not in RETURN_REASONS:
        raise Refused(_("Choose a reason from the list."))
    if not letter.strip():
        raise Refused(_("Write to the firm what is to be mended."))
    today = timezone.localdate(at)
    mend_by_on = mend_by_on or day_to_mend(version, today, WorkingDay.objects.corrections())
    if mend_by_on < today:
        raise Refused(_("The day to mend it by lies in the past."))
    reject_hits(version, at)
    day = mend_by_on.isoformat()
    move(
        version, "return", by=by, at=at, after={"reason": reason, "letter": letter.strip(), "mend_by_on": day},
        returned_at=at, return_reason=reason, return_letter=letter.strip(), mend_by_on=mend_by_on,
        return_opened_at=None,
    )  # fmt: skip
    message = gettext_noop("Your filing for %(period)s has been returned. Read the letter and mend it by %(day)s.")
    _tell(version, message, {"day": day}, at)
    write_to_firm(firm=version.firm, letter="returned", values=_named(version) | {"day": day}, at=at)
    return version


@transaction.atomic
def recall(*, version: Version, by: User, at: datetime) -> Version:
    """Take a return back while nobody of the firm has opened its letter: the version waits for review again."""
    version = locked(version)
    if reason := why_not_recall(version):
        raise Refused(reason)
    reopen_hits(version, version.returned_at)
    move(
        version, "recall", by=by, at=at, returned_at=None, mend_by_on=None, return_reason="", return_letter=""
    )  # fmt: skip
    message = gettext_noop("The return of your filing for %(period)s has been taken back. It is being reviewed again.")
    _tell(version, message, {}, at)
    return version


def letter_opened(*, version: Version, by: User, at: datetime) -> None:
    """Somebody of the firm has the letter before them: from now on the return stands. Written once."""
    unopened = Version.objects.filter(pk=version.pk, status=Status.RETURNED, return_opened_at__isnull=True)
    with transaction.atomic():
        if unopened.update(return_opened_at=at):
            record(
                actor=by.key, verb="filing.letter_opened", kind="filing", key=version.filing_id, at=at,
                firm_code=version.firm.credit_code, after={"version": version.number},
            )  # fmt: skip


def _held_for_decision(version: Version, why_not: Callable[[Version, datetime | None], str | None]) -> Version:
    """The version under lock. Refused when the firm handed it in anew after the decider had looked at it."""
    seen_at, version = version.submitted_at, locked(version)
    if reason := why_not(version, seen_at):
        raise Refused(reason)
    return version


def _named(version: Version) -> dict[str, object]:
    return {"period": version.filing.period_id, "number": version.number}


def _tell(version: Version, message: str, values: dict[str, str], at: datetime) -> None:
    """A notice on the firm's workspace, leading to the filing."""
    period = version.filing.period_id
    address = path_of("filings:filing-detail", period)
    notify(firm=version.firm, message=message, values={"period": period} | values, address=address, at=at)
