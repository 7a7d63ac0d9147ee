"""Which cells have to be withheld besides the sensitive ones, so that none of these can be worked out; at little loss.

Three steps, each deterministic. First, no equation may be left with one hidden quantity: the cheapest other in it is
withheld too. Then worlds are looked for; a sensitive quantity that no world moves far enough buys what it takes, by a
program that weighs each quantity's movement with its cost. At last what no proof needs is published again.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from portal.statistics.cube import CellRow
from portal.statistics.dimensions import Status
from portal.statistics.disclosure.proof import Proof, components, prove
from portal.statistics.disclosure.system import Equation, System
from portal.statistics.disclosure.worlds import Rates, Worlds, rates_of

# A quantity that cannot move as far as the one it protects is taken only where there is no other.
TOO_SMALL = 100.0
# Rounds of buying: what is bought for one quantity may uncover another.
ROUNDS = 4
# Movement of a bought quantity that counts, in its unit.
LEAST = 1e-6
# Programs that pruning may solve in one component.
PRUNING = 400


@dataclass(frozen=True)
class Protected:
    """The quantities that are withheld, and the sensitive ones that cannot be protected whatever is withheld."""

    hidden: frozenset[int]
    exposed: tuple[int, ...]
    proof: Proof


def protect(system: System, rates: Rates | None = None) -> Protected:
    """Mark in `system` what has to be withheld besides the sensitive quantities."""
    rates = rates or rates_of(system.quantities)
    pairs = _Pairs(system, rates)
    pairs.close()
    failed: list[int] = []
    for _round in range(ROUNDS):
        failed = _failed(system, rates)
        if not _buy(system, rates, failed):
            break
        pairs.close()
    return failed


def _withhold(system: System, numbers: Iterable[int]) -> None:
    for number in numbers:
        system.quantities[number].is_withheld = True


class _Pairs:
    """Sees to it that no equation leaves one hidden quantity alone among known ones."""

    def __init__(self, system: System, rates: Rates):
        self.quantities = system.quantities
        self.rates = rates
        self.equations = [row for row in system.equations if row.rest is None]
        self.of: dict[int, list[int]] = defaultdict(list)
        for index, row in enumerate(self.equations):
            for number, _sign in row.terms:
                self.of[number].append(index)
        self.hidden = [0] * len(self.equations)
        self.is_hidden = [False] * len(self.quantities)
        self.waiting: list[int] = []

    def close(self) -> None:
        """Take in what is withheld by now, and withhold partners until no equation has just one hidden quantity."""
        for number, one in enumerate(self.quantities):
            if one.is_withheld and not one.is_known:
                self._hide(number)
        heapq.heapify(self.waiting)
        while self.waiting:
            index = heapq.heappop(self.waiting)
            if self.hidden[index] == 1:
                self._add_partner(self.equations[index])

    def _hide(self, number: int) -> None:
        if self.is_hidden[number]:
            return
        self.is_hidden[number] = self.quantities[number].is_withheld = True
        for index in self.of[number]:
            self.hidden[index] += 1
            if self.hidden[index] == 1:
                heapq.heappush(self.waiting, index)

    def _add_partner(self, row: Equation) -> None:
        numbers = [number for number, _sign in row.terms]
        alone = next(number for number in numbers if self.is_hidden[number])
        others = [number for number in numbers if number != alone and not self.quantities[number].is_known]
        if others:
            wanted = self.rates.wanted(self.quantities[alone])
            self._hide(min(others, key=lambda number: (self._price(number, wanted), number)))

    def _price(self, number: int, wanted: float) -> float:
        """What it costs to withhold: its own cost, and the least that its other equations then ask for."""
        one = self.quantities[number]
        price = one.cost
        for index in self.of[number]:
            if self.hidden[index] == 0:
                others = [self.quantities[other] for other, _sign in self.equations[index].terms if other != number]
                price += min((other.cost for other in others if not other.is_known), default=TOO_SMALL * one.cost)
        is_small = not one.is_free and self.rates.room_below(one.usd, one.cny) < wanted
        return price * TOO_SMALL if is_small else price


def _failed(system: System, rates: Rates) -> list[int]:
    found = []
    for numbers, equations in components(system.hidden, system.equations):
        found += prove(Worlds(numbers, system.quantities, equations, rates), system).failed
    return found
