"""Opening a filing and saving its draft."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.lines import save_lines
from portal.filings.actions.steps import locked
from portal.filings.differences import Change, Differences, differences
from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.period import Period
from portal.filings.policies import why_not_edit, why_not_open, why_not_reopen
from portal.filings.queries import context_of, ledger_of, newest_version, stored_entries, submitted_of
from portal.filings.rules import check, new_errors
from portal.filings.sheet import CONTRACT_KINDS, Entry, Kind, has_errors
from portal.journal.actions import record
from portal.lib import bulk
from portal.lib.acts import Refused
from portal.members.models import Firm, User
from portal.reference.queries import CodeLists

CONTRACT_FIELDS = (
    "name", "client", "ends_on", "amount_cents", "supply", "new_mode", "is_abroad", "branch_share", "contracts_back",
    "upstream_firm", "upstream_number", "frame_number", "frame_cents", "apportioned_by",
)  # fmt: skip
# The journal names every row that a save touched, up to so many; a larger block is told by its digest and its file.
ROWS_JOURNALLED = 200
_AT_ONCE = 1_000


@transaction.atomic
def open_filing(*, firm: Firm, period: Period, by: User, at: datetime) -> Version:
    """The draft to work in: the open version, or the first one of a filing that has none yet."""
    filing, is_new = Filing.objects.get_or_create(firm=firm, period=period, defaults={"opened_at": at})
    # Held, so that two people who open it at once get the same first version. A filing that was made just now is
    # nobody else's before this transaction ends, and has no version.
    if not is_new:
        filing = Filing.objects.select_for_update(of=("self",)).select_related("firm", "period").get(pk=filing.pk)
        version = newest_version(filing)
        if version is not None:
            return version
    if reason := why_not_open(firm, period, timezone.localdate(at)):
        raise Refused(reason)
    version = Version.objects.create(filing=filing, firm=firm, number=1, status=Status.DRAFT, opened_at=at, saved_at=at)
    _journal("filing.opened", version, by=by, at=at)
    return version


@transaction.atomic
def reopen(*, filing: Filing, by: User, at: datetime) -> Version:
    """Open the next version of a returned or approved filing, with the lines of the last one."""
    filing = Filing.objects.select_for_update(of=("self",)).select_related("firm").get(pk=filing.pk)
    if reason := why_not_reopen(filing):
        raise Refused(reason)
    last = newest_version(filing)
    version = next_version(last, at)
    _journal("filing.reopened", version, by=by, at=at, after={"from": last.number})
    return version


def next_version(last: Version, at: datetime) -> Version:
    """A draft that says the same as a version which is closed, line by line under the same keys."""
    version = Version.objects.create(
        filing=last.filing, firm=last.filing.firm, number=last.number + 1, status=Status.DRAFT, is_nil=last.is_nil,
        opened_at=at, saved_at=at,
    )  # fmt: skip
    copies = list(last.lines.order_by("position"))
    for line in copies:
        line.pk = None
        line._state.adding = True
        line.version = version
    Line.objects.bulk_create(copies)
    return version


@transaction.atomic
def save_draft(
    *, version: Version, entries: Sequence[Entry], lists: CodeLists, by: User, at: datetime,
    source: Mapping[str, object] | None = None, is_whole: bool = False,
) -> Differences:  # fmt: skip
    """Make the draft hold exactly these entries. Raises NotSaved, and saves nothing, when a rule finds an error
    that the draft did not have before; with `is_whole` (a file that brings every row), when it finds any.
    `source` says in the journal where the entries came from."""
    version = locked(version)
    if reason := why_not_edit(version):
        raise Refused(reason)
    ledger = ledger_of(version.firm)
    stored = stored_entries(version, ledger)
    submitted = submitted_of(version, stored)
    on = timezone.localdate(at)
    context = context_of(version.filing, lists=lists, on=on, ledger=ledger, submitted=submitted)
    findings = check(entries, context)
    if has_errors(findings):
        new = findings if is_whole else new_errors(check([item.entry for item in stored], context), findings)
        if new:
            raise NotSaved(_("Nothing was saved: there are errors to mend first."), findings, new)
    changes = differences(stored, entries)
    contracts = _save_contracts(version, changes, ledger)
    save_lines(version, entries, changes, contracts, lists)
    _drop_unused_contracts(version, entries, ledger)
    version.is_nil = False
    version.saved_at = at
    version.save(update_fields=["is_nil", "saved_at"])
    _journal("filing.saved", version, by=by, at=at, after=in_short(changes) | dict(source or {}))
    return changes


def _save_contracts(version: Version, changes: Differences, ledger: dict[int, Contract]) -> dict[str, Contract]:
    """Register or mend the contracts that the entries say; answers the firm's contracts by number."""
    known = {contract.number: contract for contract in ledger.values()}
    touched = [entry for entry in changes.added if entry.kind in CONTRACT_KINDS]
    touched += [change.new for change in changes.changed if change.new.kind in CONTRACT_KINDS]
    fresh, mended = [], []
    for entry in touched:
        contract = known.get(entry.number) or Contract(
            firm=version.firm, number=entry.number, registered_in=version.filing
        )
        fill_contract(contract, entry)
        (mended if contract.pk else fresh).append(contract)
        known[entry.number] = contract
    Contract.objects.bulk_create(fresh)
    if mended:
        names = (*CONTRACT_FIELDS, "market_id", "category_id", "currency_id", "signed_on", "is_standing")
        bulk.update(Contract, names, ([getattr(contract, name) for name in (*names, "pk")] for contract in mended))
    return known


def fill_contract(contract: Contract, entry: Entry) -> None:
    """Put what an entry says of a contract on its row of the ledger."""
    for name in CONTRACT_FIELDS:
        value = getattr(entry, name)
        setattr(contract, name, "" if value is None and name in ("supply", "new_mode") else value)
    contract.market_id = entry.market
    contract.category_id = entry.category
    contract.currency_id = entry.currency
    contract.signed_on = entry.on
    contract.is_standing = entry.kind == Kind.STANDING


def _drop_unused_contracts(version: Version, entries: Sequence[Entry], ledger: dict[int, Contract]) -> None:
    """A contract that only this draft had registered, and that no line names any more, goes with its row."""
    said = {entry.number for entry in entries}
    left_out = [
        contract.pk
        for contract in ledger.values()
        if contract.registered_in_id == version.filing_id and contract.number not in said
    ]
    if left_out:
        Contract.objects.filter(pk__in=left_out, lines__isnull=True).delete()


def in_short(changes: Differences) -> dict[str, object]:
    """What was saved, for the journal: kind, number, date and amount of each entry touched; of many, how many there
    were, and the digest of the same words."""

    def words(entry: Entry) -> list:
        return [entry.kind, entry.number, entry.on.isoformat() if entry.on else "", entry.amount_cents]

    def both(change: Change) -> list:
        return [words(change.old.entry), words(change.new), [name for name, _old, _new in change.fields]]

    touched = {
        "added": (words, changes.added),
        "changed": (both, changes.changed),
        "removed": (words, [item.entry for item in changes.removed]),
    }
    counts = {name: len(rows) for name, (_in_words, rows) in touched.items()}
    if sum(counts.values()) <= ROWS_JOURNALLED:
        return {name: [in_words(row) for row in rows] for name, (in_words, rows) in touched.items()}
    digest = sha256()
    for name, (in_words, rows) in touched.items():
        for start in range(0, len(rows), _AT_ONCE):
            block = [in_words(row) for row in rows[start : start + _AT_ONCE]]
            digest.update(json.dumps([name, block], ensure_ascii=False).encode())
    return counts | {"digest": digest.hexdigest()}


def _journal(verb: str, version: Version, *, by: User, at: datetime, after: dict | None = None) -> None:
    record(
        actor=by.key,
        verb=verb,
        kind="filing",
        key=version.filing_id,
        at=at,
        firm_code=version.firm.credit_code,
        after={"version": version.number} | (after or {}),
    )
