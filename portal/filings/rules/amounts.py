"""Amounts: whole hundredths, above zero where something was signed or executed."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from portal.filings.intake.entries import LARGEST_UNITS
from portal.filings.sheet import CONTRACT_KINDS, Context, Entry, Findings, Kind, Level, finding, rule
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _


def _amounts(entries: Sequence[Entry]) -> Iterator[tuple[Entry, str, Decimal | None]]:
    """Every cell that holds an amount: the entry's own, and that of its frame contract."""
    for entry in entries:
        yield entry, "amount", entry.amount
        if entry.kind in CONTRACT_KINDS and entry.raw.get("frame_amount"):
            yield entry, "frame_amount", entry.frame_amount


@rule("A1", _("An amount is a number."))
def amount_is_a_number(entries: Sequence[Entry], context: Context) -> Findings:
    for entry, name, amount in _amounts(entries):
        if entry.raw.get(name) and amount is None:
            yield finding(
                "A1", Level.ERROR, entry, name,
                Text(_("The amount is not a number. Write digits only; the currency has its own column.")),
                Text(_("a number such as 126400.00")),
            )  # fmt: skip


@rule("A2", _("An amount has at most two decimals."))
def amount_has_two_decimals_at_most(entries: Sequence[Entry], context: Context) -> Findings:
    for entry, name, amount in _amounts(entries):
        if name == "amount" and entry.amount_cents is not None:
            # Whole hundredths, as it was found when it was read.
            continue
        # A number beyond the ledger has more digits than can be rounded; A6 says what is wrong with it.
        fits = amount is not None and abs(amount) < LARGEST_UNITS
        if fits and amount != round(amount, 2):
            yield finding(
                "A2", Level.ERROR, entry, name,
                Text(_("The amount has more than two decimals. Round it as on the receipt.")),
                Text("%(value)s", {"value": f"{round(amount, 2):f}"}),
            )  # fmt: skip


@rule("A3", _("An amount is not zero: a row without business is left out."))
def amount_is_not_zero(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.amount == 0:
            yield finding(
                "A3", Level.ERROR, entry, "amount",
                Text(_("The amount is zero. Leave the row out instead.")),
                Text(_("an amount other than zero")),
            )  # fmt: skip


@rule("A4", _("What is signed or executed is above zero; only a change may be negative."))
def signed_and_executed_are_above_zero(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.kind != Kind.CHANGED and entry.amount is not None and entry.amount < 0:
            yield finding(
                "A4", Level.ERROR, entry, "amount",
                Text(_("The amount is below zero. A contract that became smaller is reported as a change.")),
                Text(_("an amount above zero")),
            )  # fmt: skip


@rule("A6", _("An amount is under ten trillion units: more is a slip of the unit."))
def amount_fits_the_ledger(entries: Sequence[Entry], context: Context) -> Findings:
    for entry, name, amount in _amounts(entries):
        if amount is not None and abs(amount) >= LARGEST_UNITS:
            yield finding(
                "A6", Level.ERROR, entry, name,
                Text(_("The amount is larger than any contract. Check its unit: amounts are in units, not in 万.")),
                Text(_("an amount under 10,000,000,000,000")),
            )  # fmt: skip


@rule("A7", _("What the words beside an amount say of its currency is the contract's currency."))
def amount_is_in_the_currency_of_the_contract(entries: Sequence[Entry], context: Context) -> Findings:
    said = [(entry, "amount", entry.amount_says) for entry in entries if entry.amount_says]
    said += [(entry, "frame_amount", entry.frame_says) for entry in entries if entry.frame_says]
    if not said:
        return
    here = {entry.number: entry.currency for entry in entries if entry.kind in CONTRACT_KINDS}
    for entry, name, says in said:
        known = context.contracts.get(entry.number)
        currency = here.get(entry.number) or (known.currency if known else None)
        if currency and currency not in says:
            yield finding(
                "A7", Level.ERROR, entry, name,
                Text(
                    _(
                        "The words beside the amount or in the head of its column mean %(said)s, and the contract is "
                        "in %(currency)s. Write the amount in the contract's currency, or correct the words."
                    ),
                    {"said": " / ".join(says), "currency": currency},
                ),
                Text(_("an amount in %(currency)s"), {"currency": currency}),
            )  # fmt: skip
