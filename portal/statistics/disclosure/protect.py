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

from portal.statistics.disclosure.echelon import LARGEST, Circuit, Echelon, determined
from portal.statistics.disclosure.proof import Proof, Proofs
from portal.statistics.disclosure.prune import pruned
from portal.statistics.disclosure.purchase import Purchases
from portal.statistics.disclosure.system import HEADLINE, System
from portal.statistics.disclosure.worlds import Rates

# Rounds of buying, and how many are bought for in each at least.
ROUNDS = 30
AT_ONCE = 10


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
    shop = _Shop(system, proofs.rates)
    shop.free(system.targets)
    purchases = Purchases(system, proofs.rates)
    for _round in range(ROUNDS):
        if not _buy(shop, purchases, proofs.whole().failed):
            break
    _publish_what_is_told(system, primary)
    found = pruned(proofs, primary)
    given_away = proofs.given_away(found.failed)
    return Protected(found, given_away, len(system.hidden - primary))


def _buy(shop: "_Shop", purchases: Purchases, failed: Sequence[int]) -> bool:
    """Withhold what each needs, the dearest to protect first: what is bought for it serves others too, which is why
    only the first part of them is served before all are looked at again."""
    order = sorted(failed, key=lambda number: (-purchases.rates.wanted(shop.quantities[number]), number))
    bought = False
    for place, number in enumerate(order):
        if bought and place >= max(AT_ONCE, len(order) // 3):
            break
        for other in shop.needed(number) or purchases.needed(number):
            bought = True
            shop.hide(other)
    return bought


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
        # What the others say already only makes programs slower.
        system.equations = echelon.independent() + [row for row in system.equations if row.rest is not None]
        self.with_: dict[int, list[int]] = {}
        for free, circuit in self.circuits.items():
            for number in circuit:
                self.with_.setdefault(number, []).append(free)

    def price(self, free: int) -> float:
        return sum(self.quantities[number].cost for number in self.circuits[free] if number not in self.hidden)

    def hide(self, number: int) -> None:
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
        freed = dict.fromkeys(targets, 0)
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
        for number in sorted({number for free in kept for number in self.circuits[free]} - self.hidden):
            self.hide(number)

    # ── Room to move ──

    def needed(self, number: int) -> set[int]:
        """The public part of the cheapest circuit that moves a quantity far enough without a headline, if there is
        one; nothing where what is withheld has one already, which then is not enough together with others."""
        prices = {free: self.price(free) for free in self.with_.get(number, ())}
        for free in sorted(prices, key=lambda free: (prices[free], free)):
            if 0 < prices[free] < HEADLINE and self._width(free, number) >= 1:
                return self.circuits[free].keys() - self.hidden
        return set()

    def _width(self, free: int, number: int) -> float:
        """How many protections of a quantity its circuit can move to the narrower side."""
        circuit, wanted = self.circuits[free], self.rates.wanted(self.quantities[number])
        step = abs(circuit[number])
        if step > LARGEST or not wanted:
            return 0.0
        return min(self._room(circuit, 1), self._room(circuit, -1)) * step / wanted

    def _room(self, circuit: Circuit, sign: int) -> float:
        """How often a circuit can be gone round before an amount would be negative."""
        room = float("inf")
        for number, step in circuit.items():
            one = self.quantities[number]
            if sign * step < 0 and not one.is_free:
                room = min(room, self.rates.room_below(one.usd, one.cny) / abs(step))
        return room
