"""What may be right but needs a reason, and what is only worth knowing."""

from collections.abc import Sequence

from portal.filings.sheet import CONTRACT_KINDS, MAINLAND, Context, Entry, Findings, Kind, Level, Mode, finding, rule
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _


@rule("E1", _("An offshore execution paid from the mainland needs a reason."))
def offshore_is_paid_from_abroad(entries: Sequence[Entry], context: Context) -> Findings:
    modes = {number: known.mode for number, known in context.contracts.items()}
    modes |= {entry.number: entry.mode for entry in entries if entry.kind in CONTRACT_KINDS and entry.mode}
    for entry in entries:
        paid_at_home = entry.kind == Kind.EXECUTED and entry.payer_market == MAINLAND
        if paid_at_home and modes.get(entry.number) == Mode.OFFSHORE and not entry.reason:
            yield finding(
                "E1", Level.EXPLAIN, entry, "payer_market",
                Text(_("The client is abroad but the payment came from the mainland. Say why in “Explanation”.")),
                Text(_("a payer abroad, or an explanation")),
            )  # fmt: skip


@rule("E2", _("The same contract, day and amount twice needs a reason."))
def line_is_not_a_repetition(entries: Sequence[Entry], context: Context) -> Findings:
    seen: set[tuple] = set()
    for entry in entries:
        if entry.kind != Kind.EXECUTED or entry.amount_cents is None or entry.on is None:
            continue
        key = (entry.number, entry.on, entry.amount_cents)
        if key in seen and not entry.reason:
            yield finding(
                "E2", Level.EXPLAIN, entry, "amount",
                Text(_(
                    "The same contract, date and amount stand in another row. Remove one, or say in "
                    "“Explanation” why both are right."
                )),
                Text(_("one row, or an explanation")),
            )  # fmt: skip
        seen.add(key)


@rule("N2", _("A contract that ended in the period with a balance left is worth a look."))
def ended_contract_is_used_up(entries: Sequence[Entry], context: Context) -> Findings:
    executed: dict[str, int] = {}
    for entry in entries:
        if entry.kind == Kind.EXECUTED:
            executed[entry.number] = executed.get(entry.number, 0) + (entry.amount_cents or 0)
    for entry in entries:
        known = context.contracts.get(entry.number)
        if entry.kind != Kind.EXECUTED or known is None or known.ends_on is None:
            continue
        left = known.amount_cents + known.changed_cents - known.executed_cents - executed.get(entry.number, 0)
        if known.ends_on <= context.period_last_on and left > 0 and executed.pop(entry.number, None) is not None:
            yield finding(
                "N2", Level.NOTE, entry, "number",
                Text(_("This contract has ended with a balance left. If the rest is cancelled, report a change.")),
                Text(_("a contract that is used up, or still running")),
                found=entry.number,
            )  # fmt: skip
