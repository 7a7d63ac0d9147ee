"""Codes: what is chosen from a list stands in it, and was open on the day."""

from collections.abc import Sequence

from stdnum.cn import uscc

from portal.filings.columns import NEW_MODE_WORDS, NO_WORDS, SUPPLY_WORDS, YES_WORDS
from portal.filings.rules.terms import terms_of
from portal.filings.sheet import CONTRACT_KINDS, Context, Entry, Findings, Kind, Level, finding, rule
from portal.lib.words import Text, in_both
from portal.lib.words import gettext_noop as _

_YES_OR_NO = in_both("是 / 否", "yes / no")


def _all_of(choices: dict[str, tuple[str, ...]]) -> Text:
    """The words of a list, in either language: the first of each is Chinese, the last English."""
    return in_both(
        " / ".join(words[0] for words in choices.values()), " / ".join(words[-1] for words in choices.values())
    )


@rule("K1", _("A market stands in the list, and was open on the day."))
def market_is_known(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        for name in ("market", "payer_market"):
            code = getattr(entry, name)
            row = context.lists.markets.get(code) if code else None
            if entry.raw.get(name) and (row is None or (entry.on and not row.is_open(entry.on))):
                yield finding(
                    "K1", Level.ERROR, entry, name,
                    Text(_("This country or region is not in the list of markets. Choose it from the drop-down.")),
                    Text(_("a market such as VNM 越南")),
                )  # fmt: skip


@rule("K2", _("A category is of the lowest level, stands in the list, and was open on the day."))
def category_is_known_and_open(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        row = context.lists.categories.get(entry.category) if entry.category else None
        if not entry.raw.get("category") or entry.kind not in CONTRACT_KINDS:
            continue
        if row is None or not row.is_leaf:
            message = Text(_("This is not a service category of the third level. Choose it from the drop-down."))
        elif entry.on and not row.is_open(entry.on):
            message = Text(_("This service category was not open on that day. Choose another from the drop-down."))
        else:
            continue
        yield finding("K2", Level.ERROR, entry, "category", message, Text(_("a category such as ITO-1-01")))


@rule("K3", _("A currency stands in the list."))
def currency_is_known(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        if entry.raw.get("currency") and entry.currency is None and entry.kind in CONTRACT_KINDS:
            yield finding(
                "K3", Level.ERROR, entry, "currency",
                Text(_("This currency is not in the list. Choose it from the drop-down.")),
                Text(_("a currency such as USD")),
            )  # fmt: skip


@rule("K4", _("The currency has a rate in the month of the event or before."))
def currency_has_a_rate(entries: Sequence[Entry], context: Context) -> Findings:
    terms = terms_of(entries, context)
    for entry in entries:
        known = terms.get(entry.number)
        currency = entry.currency or (known.currency if known else None)
        if entry.kind == Kind.STANDING or entry.on is None or currency is None:
            continue
        if context.lists.rate(currency, entry.on) is None:
            name = "currency" if entry.kind == Kind.SIGNED else "amount"
            yield finding(
                "K4", Level.ERROR, entry, name,
                Text(_(
                    "There is no exchange rate for %(currency)s in that month or before. Ask the association "
                    "to add it, or settle in another currency."
                ), {"currency": currency}),
                Text(_("a currency with a rate at or before %(month)s"), {"month": f"{entry.on:%Y-%m}"}),
                found=currency,
            )  # fmt: skip


@rule("K5", _("Yes or no, mode of supply and new mode are words of their lists."))
def words_are_known(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        for name in ("is_abroad", "contracts_back"):
            text = entry.raw.get(name, "")
            if text and text.lower() not in YES_WORDS + NO_WORDS:
                message = Text(_("This is neither yes nor no. Choose it from the drop-down."))
                yield finding("K5", Level.ERROR, entry, name, message, _YES_OR_NO)
        for name, choices in (("supply", SUPPLY_WORDS), ("new_mode", NEW_MODE_WORDS)):
            if entry.raw.get(name) and getattr(entry, name) is None:
                message = Text(
                    _("This word is not in the list. Choose it from the drop-down, or leave the cell empty.")
                )
                yield finding("K5", Level.ERROR, entry, name, message, _all_of(choices))


@rule("K6", _("The share held in a branch abroad is a percentage, and stands there when a branch performs."))
def share_is_a_percentage(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        unreadable = entry.raw.get("branch_share") and entry.branch_share is None
        if unreadable or (entry.is_abroad and entry.branch_share is None):
            yield finding(
                "K6", Level.ERROR, entry, "branch_share",
                Text(_(
                    "The share held in the branch abroad is needed, in per cent: it decides whether the work "
                    "counts as overseas."
                )),
                Text(_("a number from 0 to 100")),
            )  # fmt: skip


@rule("K7", _("The prime contractor's credit code has the right check character, and is not the firm's own."))
def upstream_credit_code_is_valid(entries: Sequence[Entry], context: Context) -> Findings:
    for entry in entries:
        code = entry.upstream_firm
        if not code:
            continue
        if not uscc.is_valid(code):
            message = Text(
                _("The check character of this unified social credit code does not fit. Copy the code again.")
            )
        elif code == context.firm_code:
            message = Text(_("This is your own code. Name the firm from which you took the work over."))
        else:
            continue
        yield finding(
            "K7", Level.ERROR, entry, "upstream_firm", message, Text(_("the 18 characters of another member"))
        )
