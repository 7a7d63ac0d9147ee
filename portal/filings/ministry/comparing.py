"""Two lists of rows laid side by side: what agrees, what differs, what stands on one side only. Pure arithmetic."""

import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from portal.filings.ministry import Item, Sheet
from portal.lib.money import WAN, rounded

MOST_LOOKS = 250_000


@dataclass(frozen=True)
class Pair:
    """Our row and theirs; one of them may be missing. `fields` names what differs: amount, on, category."""

    here: Item | None
    there: Item | None
    fields: tuple[str, ...] = ()

    @property
    def item(self) -> Item:
        return self.here or self.there

    @property
    def state(self) -> str:
        if self.here is None:
            return "there"
        if self.there is None:
            return "here"
        return "differs" if self.fields else "same"


@dataclass(frozen=True)
class Compared:
    """One sheet. Sums are in US dollars; theirs is None where the file gives amounts in other currencies alone.
    `outside_count` rows of the file belong to other quarters, and to nothing here: they are left out."""

    sheet: Sheet
    pairs: list[Pair]
    here_sum: Decimal
    there_sum: Decimal | None
    outside_count: int = 0

    def count(self, state: str) -> int:
        return sum(pair.state == state for pair in self.pairs)

    @property
    def same_count(self) -> int:
        return self.count("same")

    @property
    def wrong(self) -> list[Pair]:
        return [pair for pair in self.pairs if pair.state != "same"]

    @property
    def sum_difference(self) -> Decimal | None:
        return None if self.there_sum is None else self.there_sum - self.here_sum


def compare(sheet: Sheet, here: list[Item], there: list[Item], first_on: date, last_on: date) -> Compared:
    """Rows belong together by contract number; among those of one contract the likest are paired first. A platform
    exports its whole list: rows of other quarters that nothing here answers to are only counted."""
    ours, theirs = _by_number(here), _by_number(there)
    found: list[Pair] = []
    for number in dict.fromkeys([*ours, *theirs]):
        found += _paired(ours.get(number, []), theirs.get(number, []))
    pairs = [pair for pair in found if not _is_outside(pair, first_on, last_on)]
    sums = [pair.there.usd for pair in pairs if pair.there is not None]
    return Compared(
        sheet=sheet,
        pairs=pairs,
        here_sum=sum((item.usd for item in here if item.usd is not None), Decimal(0)),
        there_sum=None if None in sums else sum(sums, Decimal(0)),
        outside_count=len(found) - len(pairs),
    )


def _is_outside(pair: Pair, first_on: date, last_on: date) -> bool:
    return pair.here is None and pair.there.on is not None and not first_on <= pair.there.on <= last_on


def _by_number(items: list[Item]) -> dict[str, list[Item]]:
    rows: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        rows["".join(unicodedata.normalize("NFKC", item.number).split()).casefold()].append(item)
    return rows


def _paired(here: list[Item], there: list[Item]) -> list[Pair]:
    """Likest first: all agrees; the day agrees; the amount agrees; whatever is left of both sides, in order."""
    here, there, pairs = list(here), list(there), []
    if len(here) * len(there) > MOST_LOOKS:
        # Nobody's quarter looks like this; it must not take minutes all the same.
        pairs = [Pair(one, other, differing(one, other)) for one, other in zip(here, there)]
        return [
            *pairs,
            *(Pair(one, None) for one in here[len(pairs) :]),
            *(Pair(None, it) for it in there[len(pairs) :]),
        ]
    likenesses: list[Callable[[Item, Item], bool]] = [
        lambda one, other: not differing(one, other),
        lambda one, other: other.on is not None and one.on == other.on,
        is_same_amount,
        lambda _one, _other: True,
    ]
    for is_like in likenesses:
        for one in list(here):
            other = next((row for row in there if is_like(one, row)), None)
            if other is not None:
                here.remove(one)
                there.remove(other)
                pairs.append(Pair(one, other, differing(one, other)))
    return [*pairs, *(Pair(one, None) for one in here), *(Pair(None, other) for other in there)]


def differing(here: Item, there: Item) -> tuple[str, ...]:
    """The fields that say something else; what the file does not say cannot differ."""
    fields = []
    if not is_same_amount(here, there):
        fields.append("amount")
    if there.on is not None and here.on != there.on:
        fields.append("on")
    if here.category and there.category and here.category != there.category:
        fields.append("category")
    return tuple(fields)


def is_same_amount(here: Item, there: Item) -> bool:
    """In US dollars as exactly as the file shows them; in the contract's own currency where it gives no dollars."""
    if there.usd is not None:
        decimals = there.usd_decimals
        return rounded(here.usd / WAN, decimals) == rounded(there.usd / WAN, decimals)
    return there.amount == here.amount
