"""Which cells have to be withheld besides the sensitive ones, so that none of these can be worked out; at little loss.

What can move while everything published stays is a sum of circuits: groups of quantities that move together. The
equations are solved so that each circuit is made of the cheapest quantities there are for it; circuits are then bought,
the cheapest for each sensitive quantity that they free, until each can move. Where amounts cannot be negative, worlds
are looked for, and what no world moves far enough buys more. At last what no proof needs is published again.
Deterministic: the same cells give the same answer.
"""

import heapq
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from portal.statistics.disclosure.echelon import Echelon, determined
from portal.statistics.disclosure.proof import Proof, Proofs, proof
from portal.statistics.disclosure.prune import pruned
from portal.statistics.disclosure.purchase import Purchases
from portal.statistics.disclosure.system import HEADLINE, System
from portal.statistics.disclosure.worlds import Rates

ROUNDS = 8


@dataclass(frozen=True)
class Protected:
    """How far the sensitive quantities are protected, and those that nothing withheld now could protect: earlier
    releases gave them away, or nothing but a figure that is always public stands beside them."""

    proof: Proof
    given_away: frozenset[int]
    secondary: int

    @property
    def failed(self) -> list[int]:
        return [number for number in self.proof.failed if number not in self.given_away]


def protect(system: System, rates: Rates | None = None) -> Protected:
    """Marks in `system` what has to be withheld besides the sensitive quantities, and proves that it suffices."""
    proofs = Proofs(system, rates)
    primary = system.hidden
    given_away = _given_away(system, proofs.rates)
    shop = _Shop(system, proofs.rates)
    shop.free([number for number in system.targets if number not in given_away])
    purchases = Purchases(system, proofs.rates)
    for _round in range(ROUNDS):
        failed = [number for number in proofs.whole().failed if number not in given_away]
        if not _buy(system, purchases, failed):
            break
    _publish_what_is_told(system, primary)
    found = pruned(proofs, primary, given_away)
    return Protected(found, given_away, len(system.hidden - primary))


def _buy(system: System, purchases: Purchases, failed: Iterable[int]) -> bool:
    """Withhold what each needs, the dearest to protect first: what was bought for it serves others too."""
    bought = False
    for number in sorted(failed, key=lambda number: (-purchases.rates.wanted(system.quantities[number]), number)):
        for other in purchases.needed(number):
            system.quantities[other].is_withheld = bought = True
    return bought


def _given_away(system: System, rates: Rates) -> frozenset[int]:
    """The sensitive quantities that would not be protected if everything but what is known were withheld."""
    if not any(one.is_known for one in system.quantities):
        return frozenset()
    withheld = [one.is_withheld for one in system.quantities]
    for one in system.quantities:
        one.is_withheld = True
    found = proof(system, rates).failed
    for one, before in zip(system.quantities, withheld):
        one.is_withheld = before
    return frozenset(found)


def _publish_what_is_told(system: System, primary: Iterable[int]) -> None:
    """A secondary that the equations settle hides nothing: it may as well be public."""
    kept = set(primary)
    for number in determined(system.hidden, system.equations) - kept:
        system.quantities[number].is_withheld = False


class _Shop:
    """Circuits to be had, each at the cost of its quantities that are still public."""

    def __init__(self, system: System, rates: Rates):
        self.quantities, self.rates = system.quantities, rates
        self.hidden = system.hidden
        unknown = {number for number, one in enumerate(self.quantities) if not one.is_known}
        echelon = Echelon(system.equations, unknown)
        echelon.solve_for(self.hidden)
        public = unknown - self.hidden
        echelon.solve_in_order(sorted(public, key=lambda number: (self.quantities[number].cost, number)))
        self.circuits = echelon.circuits()
        self.with_: dict[int, list[int]] = {}
        for free, circuit in self.circuits.items():
            for number in circuit:
                self.with_.setdefault(number, []).append(free)

    def price(self, free: int) -> float:
        return sum(self.quantities[number].cost for number in self.circuits[free] if number not in self.hidden)

    def buy(self, free: int) -> None:
        for number in self.circuits[free]:
            if number not in self.hidden:
                self.hidden.add(number)
                self.quantities[number].is_withheld = True

    def free(self, targets: Iterable[int]) -> None:
        """Buy circuits without headlines until each target is in one that such circuits can free: those first that
        cost least for each target that they free."""
        still = {number for number in targets if number in self.with_}
        prices = {free: self.price(free) for free in self.circuits}
        offered = [free for free, price in prices.items() if price < HEADLINE]
        for free in offered:
            if not prices[free]:
                still -= self.circuits[free].keys()
        self._return_spare(self._cheapest(still, offered), still)

    def _cheapest(self, targets: set[int], offered: Iterable[int]) -> list[int]:
        still, chosen, hidden = set(targets), [], set(self.hidden)
        waiting = [(self.price(free) / gain, free) for free in offered if (gain := self._gain(free, still))]
        heapq.heapify(waiting)
        while still and waiting:
            _old, free = heapq.heappop(waiting)
            gain = self._gain(free, still)
            if not gain:
                continue
            price = self.price(free) / gain
            if waiting and price > waiting[0][0]:
                heapq.heappush(waiting, (price, free))
                continue
            chosen.append(free)
            self.hidden |= self.circuits[free].keys()
            still -= self.circuits[free].keys()
        self.hidden = hidden
        return chosen

    def _gain(self, free: int, targets: set[int]) -> int:
        return sum(number in targets for number in self.circuits[free])

    def _return_spare(self, chosen: Sequence[int], targets: set[int]) -> None:
        """Buy what was chosen, without those whose every target another one frees as well; dearest first."""
        freed = {number: 0 for number in targets}
        for free in chosen:
            for number in self.circuits[free].keys() & targets:
                freed[number] += 1
        kept = []
        for free in sorted(chosen, key=lambda free: (-self.price(free), free)):
            inside = self.circuits[free].keys() & targets
            if all(freed[number] > 1 for number in inside):
                for number in inside:
                    freed[number] -= 1
            else:
                kept.append(free)
        for free in kept:
            self.buy(free)
