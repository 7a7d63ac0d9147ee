"""What may be right but needs a reason: payers, repetitions, new markets, work that two members report."""

from collections.abc import Iterator, Sequence

from portal.filings.rules.terms import Terms, terms_of
from portal.filings.sheet import (
    CONTRACT_KINDS,
    MAINLAND,
    Context,
    Entry,
    Findings,
    Kind,
    Level,
    Mode,
    finding,
    fingerprint,
    rule,
)
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _


@rule("E1", _("An offshore execution paid from the mainland needs a reason."), level=Level.EXPLAIN)
def offshore_is_paid_from_abroad(entries: Sequence[Entry], context: Context) -> Findings:
    modes = {number: known.mode for number, known in context.contracts.items()}
    modes |= {entry.number: entry.mode for entry in entries if entry.kind in CONTRACT_KINDS and entry.mode}
    for entry in entries:
        paid_at_home = entry.kind == Kind.EXECUTED and entry.payer_market == MAINLAND
        if paid_at_home and modes.get(entry.number) == Mode.OFFSHORE:
            yield finding(
                "E1", Level.EXPLAIN, entry, "payer_market",
                Text(_("The client is abroad but the payment came from the mainland. Say why in “Explanation”.")),
                Text(_("a payer abroad, or an explanation")),
                subject=entry.number,
            )  # fmt: skip


def _executions(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Executions of which amount and date can be read."""
    for entry in entries:
        if entry.kind == Kind.EXECUTED and entry.amount_cents is not None and entry.on is not None:
            yield entry


_UNKNOWN = Terms(None, "", None, None)


@rule("E2", _("The same client, day and amount twice needs a reason."), level=Level.EXPLAIN)
def line_is_not_a_repetition(entries: Sequence[Entry], context: Context) -> Findings:
    terms = terms_of(entries, context)
    elsewhere = context.past.reported if context.past else frozenset()
    seen: set[tuple] = set()
    for entry in _executions(entries):
        known = terms.get(entry.number, _UNKNOWN)
        key = (known.client or entry.number, known.currency or "", entry.on, entry.amount_cents)
        if key in seen or key in elsewhere:
            yield finding(
                "E2", Level.EXPLAIN, entry, "amount",
                _REPEATED_HERE if key in seen else _REPEATED_ELSEWHERE,
                Text(_("one row, or an explanation")),
                subject=f"{entry.number}:{entry.amount_cents}",
            )  # fmt: skip
        seen.add(key)


_REPEATED_HERE = Text(
    _("The same client, date and amount stand in another row. Remove one, or say in “Explanation” why both are right.")
)
_REPEATED_ELSEWHERE = Text(
    _(
        "The same client, date and amount stand in your filing of another period. Remove the row, or say in "
        "“Explanation” why both are right."
    )
)


@rule("E5", _("First business in a market needs a word about it."), level=Level.EXPLAIN)
def market_is_not_new(entries: Sequence[Entry], context: Context) -> Findings:
    # With nothing filed before, every market is a first one: that says nothing.
    if context.past is None or not context.past.quarters:
        return
    terms = terms_of(entries, context)
    seen = {
        known.market
        for known in context.contracts.values()
        if not known.is_here and known.signed_on < context.period_first_on
    }
    for entry in entries:
        known = terms.get(entry.number)
        if entry.kind not in (Kind.SIGNED, Kind.EXECUTED) or known is None or known.market in seen:
            continue
        if known.market not in context.lists.markets:
            continue
        seen.add(known.market)
        yield finding(
            "E5", Level.EXPLAIN, entry, "market" if entry.kind == Kind.SIGNED else "number",
            Text(_(
                "This is your first business with a client of this country or region. Check the market; if it is "
                "right, say in “Explanation” how the business came about."
            )),
            Text(_("a market of earlier quarters, or an explanation")),
            found=known.market, subject=known.market,
        )  # fmt: skip


@rule("E6", _("Work that is taken over from another member is reported once."), level=Level.EXPLAIN)
def work_is_reported_once(entries: Sequence[Entry], context: Context) -> Findings:
    if context.past is None or not context.past.mirrored:
        return
    terms = terms_of(entries, context)
    for entry in _executions(entries):
        known = terms.get(entry.number)
        if known is None or not _is_mirrored(entry, known, context.past.mirrored):
            continue
        # Not a word of what the other member reports, or whether: that is for the reviewers.
        yield finding(
            "E6", Level.EXPLAIN, entry, "number",
            Text(_(
                "This work may be shared with another member, as prime contractor or as subcontractor. If it was "
                "taken over, name the prime contract; otherwise say in “Explanation” how the work is divided."
            )),
            Text(_("the prime contract, or an explanation")),
            subject=entry.number,
        )  # fmt: skip


def _is_mirrored(entry: Entry, known: Terms, mirrored: frozenset[str]) -> bool:
    relations = relations_of(known.client, known.upstream)
    return any(fingerprint(one, known.currency or "", entry.on, entry.amount_cents) in mirrored for one in relations)


# The other member names this firm as its client, without a prime contract.
NAMED = ("named",)


def relations_of(client: str, upstream: tuple[str, str] | None) -> list[tuple[str, ...]]:
    """The ways in which a contract may be another member's work too: they took it over from the same prime contract;
    the client is a member; or a member names this firm as its client. A prime contract that is named says it all."""
    return [("upstream", *upstream)] if upstream else [("client", client), NAMED]
