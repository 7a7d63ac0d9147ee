"""The firm's side of a filing's life: submit, withdraw, nil return."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.steps import locked, move
from portal.filings.lifecycle import JOURNALLED
from portal.filings.models.filing import Version
from portal.filings.policies import why_not_edit, why_not_submit, why_not_withdraw
from portal.filings.queries import context_of, ledger_of, stored_entries
from portal.filings.rules import check
from portal.filings.sheet import Finding, Level
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.reference.queries import CodeLists


@transaction.atomic
def submit(*, version: Version, lists: CodeLists, by: User, at: datetime) -> Version:
    """Hand the filing to the reviewers. Every rule is applied once more; a reason that is asked for must be there."""
    version = locked(version)
    on = timezone.localdate(at)
    if reason := why_not_submit(version, on):
        raise Refused(reason)
    findings = blocking(version, lists, at)
    if findings:
        raise NotSaved(_("The filing was not submitted: there are points to mend first."), findings)
    version.lines.filter(first_submitted_on__isnull=True).update(first_submitted_on=on)
    version.submitted_at, version.submitted_by = at, by.key
    move(version, "submit", by=by, at=at)
    return version


def blocking(version: Version, lists: CodeLists, at: datetime) -> list[Finding]:
    """What stands between a draft and its submission: errors, and reasons that are asked for."""
    ledger = ledger_of(version.firm)
    entries = [stored.entry for stored in stored_entries(version, ledger)]
    context = context_of(version.filing, lists=lists, on=timezone.localdate(at), ledger=ledger)
    return [finding for finding in check(entries, context) if finding.level != Level.NOTE]


@transaction.atomic
def withdraw(*, version: Version, by: User, at: datetime) -> Version:
    """Take a submitted filing back into the draft, as long as nobody has decided on it."""
    version = locked(version)
    if reason := why_not_withdraw(version):
        raise Refused(reason)
    version.submitted_at = version.submitted_by = None
    move(version, "withdraw", by=by, at=at)
    return version


@transaction.atomic
def declare_nil(*, version: Version, by: User, at: datetime) -> Version:
    """Say that there was no business in the period. Refused while the draft has lines, so that none is lost."""
    version = locked(version)
    if reason := why_not_edit(version):
        raise Refused(reason)
    if version.lines.exists():
        raise Refused(_("This draft has lines. Remove them first, if there was no business in the period."))
    if version.is_nil:
        return version
    version.is_nil, version.saved_at = True, at
    version.save(update_fields=["is_nil", "saved_at"])
    record(
        actor=by.key, verb=JOURNALLED["nil"], kind="filing", key=version.filing_id, at=at,
        firm_code=version.firm.credit_code, after={"version": version.number},
    )  # fmt: skip
    return version
