"""What an outsider can work out of each withheld figure: the least and the most that everything published allows.

Two programs for each quantity and currency, each begun where the last one ended. What each currency leaves open is
given here; that no estimate comes too close although both are published is what `proof` shows.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from portal.statistics.disclosure.echelon import determined
from portal.statistics.disclosure.equations import Equation
from portal.statistics.disclosure.proof import components, is_free
from portal.statistics.disclosure.system import Quantity, System
from portal.statistics.disclosure.worlds import Worlds

UNBOUNDED = None
# A bound counts as reached when all but this share of what there is below an amount is gone.
REACHED = 1e-9


@dataclass(frozen=True)
class OneCurrency:
    """Amounts of one currency by themselves: what is not negative can go down to nothing."""

    is_usd: bool

    def amount(self, one: Quantity) -> int:
        return one.usd if self.is_usd else one.cny

    def room_below(self, usd: int, cny: int) -> float:
        return float(usd if self.is_usd else cny)

    def wanted(self, one: Quantity) -> float:
        return float(one.protect_usd if self.is_usd else one.protect_cny)


DOLLARS, RENMINBI = OneCurrency(True), OneCurrency(False)


@dataclass(frozen=True)
class Interval:
    """The least and the most that an amount can be, in cents; None where there is no bound."""

    low: float | None
    high: float | None

    def reach(self, amount: float, protection: float) -> float:
        """The narrower side's distance from the amount, in protections."""
        if not protection:
            return float("inf")
        below = float("inf") if self.low is None else amount - self.low
        above = float("inf") if self.high is None else self.high - amount
        return min(below, above) / protection


# Told how much of how much is done.
Progress = Callable[[int, int], None]


def untold(done: int, of: int) -> None:
    """For whoever does not want to know."""


def intervals(system: System, currency: OneCurrency, progress: Progress = untold) -> dict[int, Interval]:
    """Of each withheld quantity. `progress` is told how many of how many are done, after each component."""
    found: dict[int, Interval] = {}
    hidden = system.hidden
    for numbers, equations in components(hidden, system.equations):
        if is_free(numbers, equations, system.quantities):
            found |= _of_free(numbers, equations, system, currency)
        else:
            found |= _Bounds(numbers, equations, system, currency).intervals()
        progress(len(found), len(hidden))
    return found


def _of_free(
    numbers: Sequence[int], equations: Sequence[Equation], system: System, currency: OneCurrency
) -> dict[int, Interval]:
    """Where every amount may be negative there is one value or any."""
    told = determined(set(numbers), equations)
    exact = {number: float(currency.amount(system.quantities[number])) for number in told}
    return {number: Interval(exact.get(number), exact.get(number)) for number in numbers}


class _Bounds:
    """The bounds of one component, from what every program on the way has shown."""

    def __init__(self, numbers: Sequence[int], equations: Sequence[Equation], system: System, currency: OneCurrency):
        self.worlds = Worlds(numbers, system.quantities, equations, currency, is_bounded=False)
        self.amounts = np.array([float(currency.amount(system.quantities[number])) for number in numbers])
        self.lowest = np.zeros(len(numbers))

    def intervals(self) -> dict[int, Interval]:
        return {number: Interval(*self._bounds(column)) for column, number in enumerate(self.worlds.numbers)}

    def _bounds(self, column: int) -> Iterator[float | None]:
        for side in (-1.0, 1.0):
            if side < 0 and self._is_at_its_lowest(column):
                yield 0.0
                continue
            world = self.worlds.furthest([column], np.array([side]), unbounded=True)
            if world is None:
                yield UNBOUNDED
                continue
            self.lowest = np.minimum(self.lowest, world)
            yield self.amounts[column] + world[column] * self.worlds.unit

    def _is_at_its_lowest(self, column: int) -> bool:
        """Whether some program has already brought the amount down to nothing."""
        limit = self.worlds.low[column]
        return np.isfinite(limit) and self.lowest[column] <= limit * (1 - REACHED)
