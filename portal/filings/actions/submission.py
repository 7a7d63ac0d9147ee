"""The firm's side of a filing's life: submit, withdraw, nil return."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.hits import record_hits
from portal.filings.actions.receipts import issue_receipt
from portal.filings.actions.steps import locked, move
from portal.filings.differences import Stored, numbered
from portal.filings.lifecycle import JOURNALLED
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line, Version
from portal.filings.past import Depth
from portal.filings.policies import why_not_edit, why_not_nil, why_not_submit, why_not_withdraw
from portal.filings.queries import context_of, ledger_of, stored_entries, submitted_of
from portal.filings.rules import check
from portal.filings.sheet import Finding
from portal.filings.signing import why_not_certify
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.reference.queries import CodeLists


@transaction.atomic
def submit(*, version: Version, lists: CodeLists, by: User, at: datetime) -> Version:
    """Hand the filing to the reviewers, and issue its receipt. Every rule is applied once more; a reason that is
    asked for must be there. Where two people sign, this is the second signature."""
    version = locked(version)
    on = timezone.localdate(at)
    if reason := why_not_submit(version, on) or why_not_certify(version, by):
        raise Refused(reason)
    found = judged(version, lists, at)
    if found.blocking:
        raise NotSaved(_("The filing was not submitted: there are points to mend first."), found.blocking)
    return hand_in(version, found, by=by, at=at)


def hand_in(version: Version, found: "Judged", *, by: User, at: datetime) -> Version:
    """Everything that comes with a submission, for a version that is held and has been checked: an answer that amends
    a filing hands in its next version the same way."""
    if not version.is_nil:
        unseen = Line.objects.filter(version=version.pk, first_submitted_on__isnull=True)
        unseen.update(first_submitted_on=timezone.localdate(at))
    record_hits(version, found.findings, found.lines, at)
    receipt = issue_receipt(version=version, stored=found.stored, ledger=found.ledger, by=by, at=at)
    move(
        version, "submit", by=by, at=at, after={"receipt": receipt.number}, submitted_at=at, submitted_by=by.key
    )  # fmt: skip
    return version


def blocking(version: Version, lists: CodeLists, at: datetime) -> list[Finding]:
    """What stands between a draft and its submission: errors, and reasons that are asked for."""
    return judged(version, lists, at).blocking


@dataclass(frozen=True)
class Judged:
    """Everything that the rules say of a version, its entries with their rows counted, and the firm's contracts."""

    findings: list[Finding]
    stored: list[Stored]
    ledger: dict[int, Contract]

    @property
    def lines(self) -> dict[int, int | None]:
        """The line of each row that a finding may name."""
        return {item.entry.row: item.line for item in self.stored}

    @property
    def blocking(self) -> list[Finding]:
        return [item for item in self.findings if item.blocks]


def judged(version: Version, lists: CodeLists, at: datetime) -> Judged:
    ledger = ledger_of(version.firm)
    stored = numbered(stored_entries(version, ledger))
    submitted = submitted_of(version, stored)
    on = timezone.localdate(at)
    context = context_of(version.filing, lists=lists, on=on, ledger=ledger, depth=Depth.FIRM, submitted=submitted)
    findings = check([item.entry for item in stored], context)
    return Judged(findings, stored, ledger)


@transaction.atomic
def withdraw(*, version: Version, by: User, at: datetime) -> Version:
    """Take a submitted filing back into the draft, as long as nobody has decided on it."""
    version = locked(version)
    if reason := why_not_withdraw(version):
        raise Refused(reason)
    unsigned = dict.fromkeys(("submitted_at", "submitted_by", "filed_at", "filed_by"))
    move(version, "withdraw", by=by, at=at, **unsigned)
    return version


@transaction.atomic
def declare_nil(*, version: Version, by: User, at: datetime) -> Version:
    """Say that there was no business in the period. Refused while the draft has lines, so that none is lost."""
    version = locked(version)
    if reason := why_not_edit(version) or why_not_nil(version):
        raise Refused(reason)
    if version.is_nil:
        return version
    version.is_nil, version.saved_at = True, at
    version.save(update_fields=["is_nil", "saved_at"])
    record(
        actor=by.key, verb=JOURNALLED["nil"], kind="filing", key=version.filing_id, at=at,
        firm_code=version.firm.credit_code, after={"version": version.number},
    )  # fmt: skip
    return version
