"""What the rules need of each contract that a filing names, and amounts in one currency."""

from collections.abc import Sequence
from dataclasses import dataclass

from portal.filings.sheet import CONTRACT_KINDS, Context, Entry
from portal.lib.money import converted


@dataclass(frozen=True)
class Terms:
    """A contract as the filing says it, or else as the ledger knows it."""

    market: str | None
    client: str
    currency: str | None
    upstream: tuple[str, str] | None


def terms_of(entries: Sequence[Entry], context: Context) -> dict[str, Terms]:
    """The terms of every contract that the filing may name, by number."""
    terms = {
        number: Terms(known.market, known.client, known.currency, known.upstream)
        for number, known in context.contracts.items()
    }
    for entry in entries:
        if entry.kind in CONTRACT_KINDS:
            upstream = (entry.upstream_firm, entry.upstream_number) if entry.upstream_firm else None
            terms[entry.number] = Terms(entry.market, entry.client, entry.currency, upstream)
    return terms


def in_usd(entry: Entry, terms: dict[str, Terms], context: Context) -> int:
    """An entry's amount in US dollar cents, as its line will have it; zero where it cannot be converted yet."""
    known = terms.get(entry.number)
    if entry.amount_cents is None or entry.on is None or known is None or known.currency is None:
        return 0
    rate = context.lists.rate(known.currency, entry.on)
    return converted(entry.amount_cents, rate[0].usd_per_unit) if rate else 0


def units(cents: int) -> str:
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100:,}.{cents % 100:02d}"
