"""Opening a filing and saving its draft."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.steps import locked
from portal.filings.differences import Change, Differences, Stored, differences
from portal.filings.lifecycle import Status
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line, Version
from portal.filings.models.period import Period
from portal.filings.policies import why_not_edit, why_not_open, why_not_reopen
from portal.filings.queries import context_of, ledger_of, newest_version, stored_entries
from portal.filings.rules import check, new_errors
from portal.filings.sheet import CONTRACT_KINDS, Entry, Kind, has_errors
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.money import converted
from portal.members.models import Firm, User
from portal.reference.queries import CodeLists, MonthRate

CONTRACT_FIELDS = (
    "name", "client", "ends_on", "amount_cents", "supply", "new_mode", "is_abroad", "branch_share", "contracts_back",
    "upstream_firm", "upstream_number",
)  # fmt: skip


@transaction.atomic
def open_filing(*, firm: Firm, period: Period, by: User, at: datetime) -> Version:
    """The draft to work in: the open version, or the first one of a filing that has none yet."""
    filing, _is_new = Filing.objects.get_or_create(firm=firm, period=period, defaults={"opened_at": at})
    # Held, so that two people who open it at once get the same first version.
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
    version = Version.objects.create(
        filing=filing, firm=filing.firm, number=last.number + 1, status=Status.DRAFT, is_nil=last.is_nil,
        opened_at=at, saved_at=at,
    )  # fmt: skip
    copies = list(last.lines.order_by("position"))
    for line in copies:
        line.pk = None
        line._state.adding = True
        line.version = version
    Line.objects.bulk_create(copies)
    _journal("filing.reopened", version, by=by, at=at, after={"from": last.number})
    return version


@transaction.atomic
def save_draft(*, version: Version, entries: Sequence[Entry], lists: CodeLists, by: User, at: datetime) -> Differences:
    """Make the draft hold exactly these entries. Raises NotSaved, and saves nothing, when a rule finds an error
    that the draft did not have before."""
    version = locked(version)
    if reason := why_not_edit(version):
        raise Refused(reason)
    ledger = ledger_of(version.firm)
    stored = stored_entries(version, ledger)
    context = context_of(version.filing, lists=lists, on=timezone.localdate(at), ledger=ledger)
    findings = check(entries, context)
    if has_errors(findings) and (new := new_errors(check([item.entry for item in stored], context), findings)):
        raise NotSaved(_("Nothing was saved: there are errors to mend first."), findings, new)
    changes = differences(stored, entries)
    contracts = _save_contracts(version, changes, ledger)
    _save_lines(version, entries, changes, contracts, lists)
    _drop_unused_contracts(version, entries, ledger)
    version.is_nil = False
    version.saved_at = at
    version.save(update_fields=["is_nil", "saved_at"])
    _journal("filing.saved", version, by=by, at=at, after=_in_short(changes))
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
        _fill(contract, entry)
        (mended if contract.pk else fresh).append(contract)
        known[entry.number] = contract
    Contract.objects.bulk_create(fresh)
    if mended:
        names = [*CONTRACT_FIELDS, "market", "category", "currency", "signed_on", "is_standing"]
        Contract.objects.bulk_update(mended, names)
    return known


def _fill(contract: Contract, entry: Entry) -> None:
    for name in CONTRACT_FIELDS:
        value = getattr(entry, name)
        setattr(contract, name, "" if value is None and name in ("supply", "new_mode") else value)
    contract.market_id = entry.market
    contract.category_id = entry.category
    contract.currency_id = entry.currency
    contract.signed_on = entry.on
    contract.is_standing = entry.kind == Kind.STANDING


def _save_lines(
    version: Version,
    entries: Sequence[Entry],
    changes: Differences,
    contracts: dict[str, Contract],
    lists: CodeLists,
) -> None:
    gone = [item.line for item in changes.removed if item.line is not None]
    if gone:
        Line.objects.filter(pk__in=gone).delete()
    kept = {id(change.new): change.old for change in (*changes.changed, *changes.same)}
    old = Line.objects.in_bulk([item.line for item in kept.values() if item.line is not None])
    fresh, mended = [], []
    for position, entry in enumerate((entry for entry in entries if entry.kind != Kind.STANDING), start=1):
        stored: Stored | None = kept.get(id(entry))
        line = old[stored.line] if stored and stored.line else Line(version=version, firm=version.firm)
        line.position = position
        fill_line(line, entry, contracts[entry.number], lists)
        (mended if line.pk else fresh).append(line)
    Line.objects.bulk_create(fresh)
    if mended:
        names = [
            field.name for field in Line._meta.concrete_fields if field.name not in ("id", "version", "firm", "key")
        ]
        Line.objects.bulk_update(mended, names, batch_size=200)


def fill_line(line: Line, entry: Entry, contract: Contract, lists: CodeLists) -> None:
    """Put an entry on its line, converted once at the rate of the event's month."""
    rate, provisional = lists.rate(contract.currency_id, entry.on)
    if line.on != entry.on:
        # Another date is judged anew when it is submitted.
        line.first_submitted_on = None
    line.kind = entry.kind
    line.contract = contract
    line.on = entry.on
    line.amount_cents = entry.amount_cents
    line.currency_id = contract.currency_id
    _convert(line, rate, provisional)
    line.market_id, line.category_id, line.mode = contract.market_id, contract.category_id, contract.mode
    line.upstream_firm, line.upstream_number = contract.upstream_firm, contract.upstream_number
    line.receipt_number, line.receipt_on = entry.receipt_number, entry.receipt_on
    line.payer_market_id = entry.payer_market
    line.reason = entry.reason


def _convert(line: Line, rate: MonthRate, provisional: bool) -> None:
    line.usd_rate, line.cny_rate = rate.usd_per_unit, rate.cny_per_unit
    line.rate_month_on, line.rate_source, line.is_rate_provisional = rate.month_on, rate.source, provisional
    line.usd_cents = converted(line.amount_cents, rate.usd_per_unit)
    line.cny_cents = converted(line.amount_cents, rate.cny_per_unit)


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


def _in_short(changes: Differences) -> dict[str, list]:
    """What was saved, for the journal: kind, number, date and amount of each entry touched."""

    def words(entry: Entry) -> list:
        return [entry.kind, entry.number, entry.on.isoformat() if entry.on else "", entry.amount_cents]

    def both(change: Change) -> list:
        return [words(change.old.entry), words(change.new), [name for name, _old, _new in change.fields]]

    return {
        "added": [words(entry) for entry in changes.added],
        "changed": [both(change) for change in changes.changed],
        "removed": [words(item.entry) for item in changes.removed],
    }


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
