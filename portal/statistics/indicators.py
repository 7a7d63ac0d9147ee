"""Formulas, on unrounded amounts. Definitions: docs/methodology.md.

Pure: amounts are integer cents, rates are Decimal fractions (0.5 is 50 %).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LARGEST_PLAIN_RATE = Decimal(10)


class Base(StrEnum):
    """What stands in the way of a rate, if anything does."""

    FINE = "fine"
    ZERO = "zero"
    ABSENT = "absent"
    NEGATIVE = "negative"
    WITHHELD = "withheld"


@dataclass(frozen=True)
class Growth:
    """Growth on a base: `rate` only when the base allows one; `is_low_base` asks for both levels beside it."""

    base: Base
    rate: Decimal | None = None
    is_low_base: bool = False


def growth(now: int, base: int | None, *, floor: int = 0) -> Growth:
    """now / base − 1. No rate on an absent, zero or negative base.

    The low-base mark is set above 1000 % or on a base under `floor` cents.
    """
    if base is None:
        return Growth(Base.ABSENT)
    if base == 0:
        return Growth(Base.ZERO)
    if base < 0:
        return Growth(Base.NEGATIVE)
    rate = Decimal(now) / Decimal(base) - 1
    return Growth(Base.FINE, rate, rate > LARGEST_PLAIN_RATE or base < floor)


def share(part: int, whole: int) -> Decimal | None:
    """part / whole; none of a whole that is zero or negative."""
    return Decimal(part) / Decimal(whole) if whole > 0 else None


def points_contributed(now: int, base: int, base_total: int) -> Decimal | None:
    """拉动: the part's change over the base total, as a fraction (0.01 is one percentage point)."""
    return Decimal(now - base) / Decimal(base_total) if base_total > 0 else None


def share_of_growth(now: int, base: int, total_now: int, total_base: int) -> Decimal | None:
    """贡献率: the part's change over the total's change."""
    change = total_now - total_base
    return Decimal(now - base) / Decimal(change) if change else None


def concentration_ratio(amounts: Sequence[int], largest: int) -> Decimal | None:
    """CRn: what the n largest hold of the whole."""
    return share(sum(sorted(amounts, reverse=True)[:largest]), sum(amounts))


def herfindahl(amounts: Sequence[int]) -> Decimal | None:
    """HHI: the sum of squared shares, from near 0 to 1."""
    whole = sum(amounts)
    if whole <= 0:
        return None
    return sum((Decimal(amount) / whole) ** 2 for amount in amounts)


def leaders(amounts: dict[str, int], held: Decimal) -> list[str]:
    """The smallest group of largest contributors that holds at least `held` of the whole.

    Ties are ordered by key, so that the answer never depends on the order of the facts.
    """
    whole = sum(amounts.values())
    group: list[str] = []
    running = 0
    for key in sorted(amounts, key=lambda name: (-amounts[name], name)):
        if whole <= 0 or running >= held * whole:
            break
        group.append(key)
        running += amounts[key]
    return group
