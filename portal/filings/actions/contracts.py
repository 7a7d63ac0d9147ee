"""A contract changes outside a filing: what describes it, with a day and a reason. Its money changes by lines."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.differences import Stored
from portal.filings.intake.entries import read_entry
from portal.filings.lifecycle import Status
from portal.filings.models.contract import TERMS, Contract
from portal.filings.models.filing import Line
from portal.filings.models.ledger import ContractEvent
from portal.filings.policies import why_not_change_contract
from portal.filings.queries import context_of, entry_of_contract
from portal.filings.rules import check, new_errors
from portal.filings.sheet import Entry, Kind
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.reference.queries import CodeLists

# What may change while a contract runs, by the names of its columns. Number, market, category, date, currency and
# amount are what was approved: a change of the amount is a line, a wrong market is mended in the next version.
CHANGEABLE = (
    "name", "client", "ends_on", "supply", "new_mode", "is_abroad", "branch_share", "contracts_back", "upstream_firm",
    "upstream_number", "frame_number", "frame_amount", "apportioned_by",
)  # fmt: skip
LONGEST_REASON = 300
# The row of the contract in the findings of a refusal.
THIS_ROW = 0


@transaction.atomic
def change_contract(
    *, contract: Contract, values: Mapping[str, str], happened_on: date, reason: str, lists: CodeLists, by: User,
    at: datetime, seen: str = "",
) -> ContractEvent:  # fmt: skip
    """Change what describes a registered contract, from a day on. `values` are cells as typed, by column.

    `seen` is the fingerprint of what the person saw: when it says something else by now, nothing is saved. Raises
    NotSaved with the findings of the rules that every filing is checked by. Approved and submitted lines stay
    as they are; lines of open drafts follow the contract from that day on.
    """
    held = Contract.objects.select_for_update(of=("self",)).select_related("firm", "registered_in__period")
    contract = held.get(pk=contract.pk)
    if reason_not := why_not_change_contract(contract):
        raise Refused(reason_not)
    if seen and seen != fingerprint_of(contract):
        raise Refused(_("Somebody else has changed this contract meanwhile. Look at it again before you change it."))
    reason = reason.strip()
    _check_event(contract, happened_on, reason, timezone.localdate(at))
    entry = _judged(contract, values, lists, timezone.localdate(at))
    before, after = _put(contract, entry, happened_on)
    if not after:
        raise Refused(_("Nothing was changed: every value is what it was."))
    contract.save()
    _follow(contract)
    event = ContractEvent.objects.create(
        firm=contract.firm, contract=contract, happened_on=happened_on, recorded_at=at, recorded_by=by.key,
        before=before, after=after, reason=reason,
    )  # fmt: skip
    record(
        actor=by.key, verb="contract.changed", kind="contract", key=contract.pk, at=at,
        firm_code=contract.firm.credit_code, before=before,
        after=after | {"contract": contract.number, "effective_on": happened_on.isoformat(), "reason": reason},
    )  # fmt: skip
    return event


def fingerprint_of(contract: Contract) -> str:
    """Changes when something that describes the contract does."""
    return Stored(entry_of_contract(contract, Kind.STANDING), None, contract.pk).fingerprint


def _check_event(contract: Contract, happened_on: date, reason: str, today: date) -> None:
    if not reason:
        raise Refused(_("Say why the contract changed."))
    if len(reason) > LONGEST_REASON:
        raise Refused(_("A reason has at most %(number)d characters.") % {"number": LONGEST_REASON})
    if not contract.signed_on <= happened_on <= today:
        words = _("A change happens between the day of signing, %(day)s, and today.")
        raise Refused(words % {"day": contract.signed_on.isoformat()})
    last = max((row["until_on"] for row in contract.earlier_terms), default="")
    if happened_on.isoformat() < last:
        words = _("The contract has changed on %(day)s already. A change that comes after it cannot lie before it.")
        raise Refused(words % {"day": last})


def _judged(contract: Contract, values: Mapping[str, str], lists: CodeLists, on: date) -> Entry:
    """The contract with some cells typed anew, when the rules find no error in it that it did not have."""
    old = entry_of_contract(contract, Kind.STANDING)
    typed = {name: text for name, text in values.items() if name in CHANGEABLE}
    entry = replace(read_entry(Kind.STANDING, dict(old.raw) | typed, lists=lists), row=THIS_ROW)
    context = context_of(contract.registered_in, lists=lists, on=on)
    findings = check([entry], context)
    if new := new_errors(check([old], context), findings):
        raise NotSaved(_("Nothing was saved: there are errors to mend first."), findings, new)
    return entry


def _put(contract: Contract, entry: Entry, happened_on: date) -> tuple[dict, dict]:
    """Set the values that differ, and keep the terms that held before; answers what was, and what is."""
    before, after = {}, {}
    was = {name: _plain(getattr(contract, name)) for name in TERMS}
    for name in map(_kept_as, CHANGEABLE):
        old, new = getattr(contract, name), getattr(entry, name)
        new = "" if new is None and isinstance(old, str) else new
        if old != new:
            before[name], after[name] = _plain(old), _plain(new)
            setattr(contract, name, new)
    if any(name in after for name in TERMS):
        contract.earlier_terms = [*contract.earlier_terms, {"until_on": happened_on.isoformat(), **was}]
    return before, after


def _kept_as(column: str) -> str:
    return "frame_cents" if column == "frame_amount" else column


def _plain(value: object) -> object:
    """A value as the journal keeps it."""
    if isinstance(value, date):
        return value.isoformat()
    return f"{value.normalize():f}" if isinstance(value, Decimal) else value


def _follow(contract: Contract) -> None:
    """Lines of open drafts copy the contract again; what was signed or handed in stays as it was seen."""
    open_lines = Line.objects.filter(contract=contract, version__status=Status.DRAFT, version__filed_at=None)
    Line.objects.bulk_update(list(_with_terms(open_lines, contract)), ["mode", "upstream_firm", "upstream_number"])


def _with_terms(lines: Iterable[Line], contract: Contract) -> Iterable[Line]:
    for line in lines:
        terms = contract.terms_on(line.on)
        line.mode, line.upstream_firm, line.upstream_number = terms.mode, terms.upstream_firm, terms.upstream_number
        yield line
