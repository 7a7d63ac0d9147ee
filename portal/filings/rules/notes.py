"""What is only worth knowing: contracts that ended with a balance, and contracts on which nothing happens."""

from collections.abc import Sequence

from portal.filings.sheet import (
    CONTRACT_KINDS,
    NO_ROW,
    Context,
    Entry,
    Finding,
    Findings,
    Kind,
    KnownContract,
    Level,
    Threshold,
    finding,
    limits,
    rule,
)
from portal.lib.quarters import Quarter
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _


@rule("N2", _("A contract that ended in the period with a balance left is worth a look."), level=Level.NOTE)
def ended_contract_is_used_up(entries: Sequence[Entry], context: Context) -> Findings:
    executed: dict[str, int] = {}
    row: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == Kind.EXECUTED:
            executed[entry.number] = executed.get(entry.number, 0) + (entry.amount_cents or 0)
            row.setdefault(entry.number, entry)
    for known in context.contracts.values():
        ends_on = known.ends_on
        if ends_on is None or ends_on > context.period_last_on or _left(known) <= executed.get(known.number, 0):
            continue
        if known.number in row:
            yield finding("N2", Level.NOTE, row[known.number], "number", _ENDED, _USED_UP, found=known.number)
        elif ends_on >= context.period_first_on:
            yield _of_contract("N2", known, _ENDED, _USED_UP)


_ENDED = Text(_("This contract has ended with a balance left. If the rest is cancelled, report a change."))
_USED_UP = Text(_("a contract that is used up, or still running"))


def _of_contract(code: str, known: KnownContract, message: Text, expected: Text) -> Finding:
    """A note on a contract that the filing does not name."""
    return Finding(
        code, Level.NOTE, message, expected, found=known.number, field="number", row=NO_ROW, number=known.number
    )


def _left(known: KnownContract) -> int:
    return known.amount_cents + known.changed_cents - known.executed_cents


@rule(
    "N1", _("Something is executed on a running contract, or it is worth a look."), level=Level.NOTE,
    thresholds=(Threshold("quarters", 2, 1, 8, _("Without execution for"), _("quarters")),),
)  # fmt: skip
def running_contract_is_executed(entries: Sequence[Entry], context: Context) -> Findings:
    if context.past is None:
        return
    quarters = limits(running_contract_is_executed, context)["quarters"]
    earlier = [str(Quarter.parse(context.period).shift(-step)) for step in range(1, quarters)]
    # A quarter that was not filed says nothing of its contracts.
    if any(period not in context.past.quarters for period in earlier):
        return
    first_on = Quarter.parse(context.period).shift(1 - quarters).first_day
    named = {entry.number for entry in entries}
    for known in context.contracts.values():
        history = context.past.contracts.get(known.number, {})
        runs = known.signed_on < first_on and (known.ends_on is None or known.ends_on > context.period_last_on)
        if runs and known.number not in named and _left(known) > 0 and not any(history.get(one) for one in earlier):
            expected = Text(_("an execution, or a contract that has ended"))
            yield _of_contract("N1", known, Text(_IDLE, {"quarters": quarters}), expected)


_IDLE = _(
    "Nothing has been executed on this contract for %(quarters)s quarters. If it has ended, give its end; if work was "
    "done, report it."
)


@rule(
    "N3", _("Work taken over names the prime contractor and the prime contract, so that it is counted once."),
    level=Level.NOTE,
)  # fmt: skip
def work_taken_over_names_its_contract(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.kind not in CONTRACT_KINDS or bool(entry.upstream_firm) == bool(entry.upstream_number):
            continue
        name, expected = (
            ("upstream_number", _("the number of the prime contract"))
            if entry.upstream_firm
            else ("upstream_firm", _("the prime contractor's credit code"))
        )
        message = _(
            "Work taken over from a member is counted once when both its credit code and the number of its contract "
            "are given. With one of them missing, this contract is counted too."
        )
        yield finding("N3", Level.NOTE, entry, name, Text(message), Text(expected))
