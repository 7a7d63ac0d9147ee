"""Amounts: whole cents in storage, Decimal in between, rounded half away from zero."""

from decimal import ROUND_HALF_UP, Decimal

_CENT = Decimal("0.01")
WAN = Decimal(10_000)
YI = Decimal(100_000_000)


def rounded(value: Decimal, decimals: int = 2) -> Decimal:
    """`value` at so many decimals, half away from zero (ROUND_HALF_UP rounds the magnitude)."""
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def to_cents(amount: Decimal) -> int:
    """An amount in units as whole cents."""
    return int(amount.quantize(_CENT, rounding=ROUND_HALF_UP) * 100)


def from_cents(cents: int) -> Decimal:
    return Decimal(cents).scaleb(-2)


def converted(cents: int, rate: Decimal) -> int:
    """`cents` of one currency as cents of another at `rate` (units of the other per unit)."""
    return int((Decimal(cents) * rate).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def in_wan(cents: int) -> Decimal:
    """Cents as 万 units (10,000), unrounded."""
    return from_cents(cents) / WAN


def in_yi(cents: int) -> Decimal:
    """Cents as 亿 units (100 million), unrounded."""
    return from_cents(cents) / YI
