"""Whether figures are provisional or final, and how much of the whole had filed. Pure: no Django, no clock.

What the absent firms had a year before is their figure: it is told to the public only where it would be told of any
group of firms.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from portal.statistics.dimensions import Measure, Standing, Thresholds

_HUNDRED = Decimal(100)
# Above this the public reads "over 95 %": the rest would be told of by the digit.
PUBLIC_CAP = 95


@dataclass(frozen=True)
class Expected:
    """A firm that is to file: US dollar cents of the same quarter a year before, by measure."""

    controller: str
    has_filed: bool
    has_consented: bool
    base: Mapping[str, int]


def may_be_told(amounts: Collection[int], rule: Thresholds) -> bool:
    """May the sum of these amounts be told, one for each controller? Nothing at all is a zero that may."""
    sizes = sorted((abs(amount) for amount in amounts if amount), reverse=True)
    if not sizes:
        return True
    whole, two = sum(sizes), sum(sizes[:2])
    return (
        len(sizes) >= rule.min_firms
        and 100 * two <= rule.dominance_percent * whole
        and 100 * (whole - two) >= rule.p_percent * sizes[0]
    )


def absent_may_be_told(firms: Collection[Expected], measure: str, rule: Thresholds) -> bool:
    """Consenting firms count as known to everybody: the rules are for the rest."""
    by_controller: dict[str, int] = {}
    for firm in firms:
        if not firm.has_filed and not firm.has_consented:
            by_controller[firm.controller] = by_controller.get(firm.controller, 0) + firm.base.get(measure, 0)
    return may_be_told(by_controller.values(), rule)


def absent_base(firms: Collection[Expected], measure: str) -> int:
    return sum(firm.base.get(measure, 0) for firm in firms if not firm.has_filed)


def percent_by_count(firms: Collection[Expected]) -> Decimal | None:
    return _percent(sum(firm.has_filed for firm in firms), len(firms))


def percent_by_value(firms: Collection[Expected]) -> Decimal | None:
    """The share of a year before's executed value whose firms have filed again; none where there was no value."""
    whole = sum(firm.base.get(Measure.EXECUTION, 0) for firm in firms)
    return _percent(whole - absent_base(firms, Measure.EXECUTION), whole)


def _percent(part: int, whole: int) -> Decimal | None:
    if whole <= 0:
        return None
    return (_HUNDRED * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


# ── Provisional or final ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Enough:
    """From which completeness on figures are final, in percent of the firms and of last year's value."""

    by_count: Decimal
    by_value: Decimal


def standing_of(coverage: Mapping[str, object], *, on: date, due_on: date, locks_on: date, enough: Enough) -> Standing:
    """Provisional until filings were due, and after that until enough is in; final at the latest when the period
    is locked, since nobody may file then without an extension."""
    if on <= due_on:
        return Standing.PROVISIONAL
    if on > locks_on or is_enough(coverage, enough):
        return Standing.FINAL
    return Standing.PROVISIONAL


def is_enough(coverage: Mapping[str, object], enough: Enough) -> bool:
    """A share that does not exist (nobody expected, nothing a year before) keeps nothing waiting."""
    wanted = (("by_count_percent", enough.by_count), ("by_value_percent", enough.by_value))
    return all(coverage.get(name) is None or Decimal(str(coverage[name])) >= least for name, least in wanted)


# ── What the public may know of it ───────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Range:
    """From what has filed to what it would be if the others filed as a year before: US dollar cents."""

    measure: Measure
    low: int
    high: int


@dataclass(frozen=True)
class Covered:
    """`by_value` in whole percent, none where it may not be told; `is_over` where it is only said to be above."""

    filed: int
    expected: int
    by_value: int | None
    is_over: bool
    ranges: tuple[Range, ...]


def covered(coverage: Mapping[str, object]) -> Covered | None:
    """What may be told to everybody; None for a release that kept no coverage."""
    if not coverage:
        return None
    ranges: Mapping[str, Mapping[str, object]] = coverage["ranges"]
    share = coverage["by_value_percent"]
    by_value = None
    if share is not None and ranges[Measure.EXECUTION]["is_public"]:
        by_value = int(Decimal(str(share)).quantize(Decimal(1), ROUND_HALF_UP))
    is_over = by_value is not None and by_value > PUBLIC_CAP and Decimal(str(share)) < _HUNDRED
    return Covered(
        filed=int(coverage["filed"]),
        expected=int(coverage["expected"]),
        by_value=PUBLIC_CAP if is_over else by_value,
        is_over=is_over,
        ranges=tuple(row for row in all_ranges(coverage) if ranges[row.measure]["is_public"]),
    )


def all_ranges(coverage: Mapping[str, object]) -> tuple[Range, ...]:
    """The ranges, whether they may be told or not: for internal pages. One without width is none."""
    rows = [Range(Measure(name), row["low"], row["high"]) for name, row in coverage.get("ranges", {}).items()]
    return tuple(row for row in rows if row.high > row.low)
