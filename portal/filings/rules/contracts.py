"""Contracts: each registered once, executed within its value."""

from collections.abc import Sequence

from portal.filings.columns import PLAN_OF
from portal.filings.rules.terms import units
from portal.filings.sheet import (
    CONTRACT_KINDS,
    LONGEST,
    MAINLAND,
    NO_ROW,
    Context,
    Entry,
    Finding,
    Findings,
    Kind,
    Level,
    Mode,
    finding,
    rule,
)
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

_NEEDED = {kind: [column for column in plan.fields if column.required] for kind, plan in PLAN_OF.items()}
_MEASURED = {
    kind: [(column.field, LONGEST[column.field]) for column in plan.fields if column.field in LONGEST]
    for kind, plan in PLAN_OF.items()
}


@rule("R1", _("A cell that is needed is filled."))
def required_cells_are_filled(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        raw = entry.raw
        for column in _NEEDED[entry.kind]:
            if not raw.get(column.field):
                yield finding(
                    "R1", Level.ERROR, entry, column.field,
                    # xgettext:no-python-format
                    Text(_("“%(en)s” is missing."), {"en": column.en, "zh": column.zh}),
                    Text(column.hint),
                )  # fmt: skip


@rule("R2", _("A text is no longer than the ledger keeps."))
def texts_fit_the_ledger(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        for name, most in _MEASURED[entry.kind]:
            count = len(getattr(entry, name))
            if count > most:
                yield finding(
                    "R2", Level.ERROR, entry, name,
                    Text(_("This text has %(count)s characters. Shorten it."), {"count": count}),
                    Text(_("%(most)s characters at most"), {"most": most}),
                )  # fmt: skip


@rule("C1", _("A contract number names one contract of the firm."))
def number_is_used_once(entries: Sequence[Entry], context: Context) -> Findings:
    seen: set[str] = set()
    for entry in entries:
        if entry.kind not in CONTRACT_KINDS or not entry.number:
            continue
        known = context.contracts.get(entry.number)
        if entry.number in seen:
            message = Text(_("This contract number stands in the table twice. Keep one row for each contract."))
        elif known is not None and not known.is_here:
            message = Text(
                _(
                    "This contract was registered before, signed on %(day)s. Remove the row; a new amount is "
                    "reported as a change."
                ),
                {"day": known.signed_on.isoformat()},
            )  # fmt: skip
        else:
            seen.add(entry.number)
            continue
        yield finding("C1", Level.ERROR, entry, "number", message, Text(_("a number that is used once")))


@rule("C2", _("What is executed or changed belongs to a registered contract."))
def contract_is_registered(entries: Sequence[Entry], context: Context) -> Findings:
    here = {entry.number for entry in entries if entry.kind in CONTRACT_KINDS}
    for entry in entries:
        if entry.kind in CONTRACT_KINDS or not entry.number or entry.number in here:
            continue
        known = context.contracts.get(entry.number)
        # A contract that only this filing registers goes with its row.
        if known is None or known.is_here:
            yield finding(
                "C2", Level.ERROR, entry, "number",
                Text(_(
                    "No contract with this number is registered. Correct the number, or add the contract to "
                    "the contract table."
                )),
                Text(_("the number of a registered contract")),
            )  # fmt: skip


@rule("M1", _("Work of a foreign branch for a mainland client is not overseas outsourcing."))
def overseas_has_a_foreign_client(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.kind in CONTRACT_KINDS and entry.mode == Mode.OVERSEAS and entry.market == MAINLAND:
            yield finding(
                "M1", Level.ERROR, entry, "market",
                Text(_(
                    "A branch abroad performs this contract for a mainland client: that is not overseas "
                    "outsourcing. Correct the client's market, or say no under “Performed by a branch abroad”."
                )),
                Text(_("a client outside the mainland")),
            )  # fmt: skip


@rule("A5", _("Over a contract's life, what is executed is at most its value as changed, in its own currency."))
def executions_stay_within_the_contract(entries: Sequence[Entry], context: Context) -> Findings:
    value = values_as_changed(entries, context)
    used = {number: known.executed_cents for number, known in context.contracts.items()}
    for entry in _made_too_small(entries, value, used):
        done = units(used.get(entry.number, 0))
        yield finding(
            "A5", Level.ERROR, entry, "amount",
            Text(_("With this amount the contract is worth less than was executed of it before. Correct the amount.")),
            Text(_("a contract worth %(done)s or more"), {"done": done}),
        )  # fmt: skip
    for entry in entries:
        if entry.kind != Kind.EXECUTED or entry.amount_cents is None or entry.number not in value:
            continue
        left = value[entry.number] - used.get(entry.number, 0)
        used[entry.number] = used.get(entry.number, 0) + entry.amount_cents
        if entry.amount_cents > left:
            yield finding(
                "A5", Level.ERROR, entry, "amount",
                Text(
                    _(
                        "This is %(over)s above what is left of the contract. Correct the amount, or report a "
                        "change of the contract first."
                    ),
                    {"over": units(entry.amount_cents - left)},
                ),
                Text(_("%(left)s or less"), {"left": units(max(left, 0))}),
            )  # fmt: skip


def values_as_changed(entries: Sequence[Entry], context: Context) -> dict[str, int]:
    """What each registered contract is worth as changed. One whose amount cannot be read is left out."""
    here = {entry.number: entry.amount_cents for entry in entries if entry.kind in CONTRACT_KINDS}
    value = {number: cents for number, cents in here.items() if cents is not None}
    for number, known in context.contracts.items():
        if number in value:
            value[number] += known.changed_cents
        elif number not in here and not known.is_here:
            value[number] = known.amount_cents + known.changed_cents
    for entry in entries:
        if entry.kind == Kind.CHANGED and entry.number in value:
            value[entry.number] += entry.amount_cents or 0
    return value


def _made_too_small(entries: Sequence[Entry], value: dict[str, int], used: dict[str, int]) -> list[Entry]:
    """The last row of each contract that leaves it worth less than other filings executed of it."""
    last: dict[str, Entry] = {}
    for entry in entries:
        cents = entry.amount_cents or 0
        counts = cents < 0 if entry.kind == Kind.CHANGED else cents > 0 and entry.kind in CONTRACT_KINDS
        if counts and value.get(entry.number, 0) < used.get(entry.number, 0):
            last[entry.number] = entry
    return [entry for number, entry in last.items() if number in value]


@rule("C3", _("A contract that other filings execute stays registered where it was signed."))
def executed_contract_stays_registered(entries: Sequence[Entry], context: Context) -> Findings:
    here = {entry.number for entry in entries if entry.kind in CONTRACT_KINDS}
    for known in context.contracts.values():
        if known.is_here and known.number not in here and (known.executed_cents or known.changed_cents):
            message = _(
                "Contract %(number)s is executed or changed in filings of other periods, and this filing registers "
                "it. Keep its row in the contract table, with this number."
            )
            yield Finding(
                "C3", Level.ERROR, Text(message, {"number": known.number}), Text(_("the row of the contract")),
                found=known.number, field="number", row=NO_ROW, number=known.number,
            )  # fmt: skip
