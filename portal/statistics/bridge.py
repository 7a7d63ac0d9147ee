"""What a change on a year before is made of, worked out line by line. Definitions: docs/methodology.md.

Pure: amounts are integer cents. The cube does the same in SQL over all places at once; a test holds both together.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import BridgePart, Currency

CONTINUING = (BridgePart.EXCHANGE, BridgePart.REAL)


@dataclass(frozen=True)
class Line:
    """One counted line of a place: `period` is its filing's, `on` the day of its event.

    `usd_then` and `cny_then` are its original amount at the rate of the same month a year before its event.
    """

    firm: str
    period: str
    on: date
    usd_cents: int
    cny_cents: int
    usd_then: int
    cny_then: int

    @property
    def is_back_filed(self) -> bool:
        """Does the event lie before the period that it was filed for?"""
        return self.on < Quarter.parse(self.period).first_day

    def cents(self, currency: Currency) -> int:
        return self.cny_cents if currency == Currency.CNY else self.usd_cents

    def exchange(self, currency: Currency) -> int:
        """What the rate moved on a year changes of the line's amount."""
        then = self.cny_then if currency == Currency.CNY else self.usd_then
        return self.cents(currency) - then


@dataclass(frozen=True)
class Sides:
    """The lines of a span and of the same span a year before, and the firms that filed for each, nil included."""

    now: Sequence[Line]
    base: Sequence[Line]
    filers_now: AbstractSet[str]
    filers_base: AbstractSet[str]

    @property
    def matched(self) -> AbstractSet[str]:
        """Firms that filed both times."""
        return self.filers_now & self.filers_base


@dataclass(frozen=True)
class SameFirm:
    """Continuing firms alone, without back-filings: both levels, and how many firms were matched."""

    now: int
    base: int
    firms: int


def bridge(sides: Sides, published: int | None = None, currency: Currency = Currency.USD) -> dict[BridgePart, int]:
    """The parts of the change from the base last published to now, in cents. They add up to it exactly.

    `published` is the base as it was last published; None where it never was, and then nothing was revised. Each
    line belongs to the first part that fits, in the order of the parts.
    """
    parts = dict.fromkeys(BridgePart, 0)
    base = sum(line.cents(currency) for line in sides.base)
    parts[BridgePart.REVISION] = 0 if published is None else base - published
    for line in sides.now:
        part = _part_of_now(line, sides)
        parts[part] += line.cents(currency)
        if part == BridgePart.REAL:
            parts[BridgePart.REAL] -= line.exchange(currency)
            parts[BridgePart.EXCHANGE] += line.exchange(currency)
    for line in sides.base:
        parts[_part_of_base(line, sides)] -= line.cents(currency)
    return parts


def _part_of_now(line: Line, sides: Sides) -> BridgePart:
    if line.is_back_filed:
        return BridgePart.BACK_FILED
    return BridgePart.REAL if line.firm in sides.filers_base else BridgePart.NEW


def _part_of_base(line: Line, sides: Sides) -> BridgePart:
    if line.is_back_filed:
        return BridgePart.BACK_FILED
    return BridgePart.REAL if line.firm in sides.filers_now else BridgePart.GONE


def same_firm(sides: Sides, currency: Currency = Currency.USD) -> SameFirm:
    """The levels of the firms that filed both times."""
    return SameFirm(
        now=_of_matched(sides.now, sides.matched, currency),
        base=_of_matched(sides.base, sides.matched, currency),
        firms=len(sides.matched),
    )


def _of_matched(lines: Iterable[Line], matched: AbstractSet[str], currency: Currency) -> int:
    return sum(line.cents(currency) for line in lines if line.firm in matched and not line.is_back_filed)
