"""Is every sensitive quantity's protection reached to both sides? Worlds that move many at once settle most of them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.statistics.disclosure.echelon import determined
from portal.statistics.disclosure.equations import Equation
from portal.statistics.disclosure.system import Quantity, System
from portal.statistics.disclosure.worlds import Rates, Worlds, rates_of

# A protection is reached when all but this share of it is: what floating point loses.
NEARLY = 1 - 1e-6
# Worlds of many: so many at most, while each settles a fair part of what is open, and more than a few are.
ROUNDS = 16
STALLED = 0.85
FEW = 4


def components(numbers: Iterable[int], equations: Sequence[Equation]) -> list[tuple[list[int], list[Equation]]]:
    """Quantities that some equation links, with their equations; in an order that depends on the numbers alone."""
    leader = {number: number for number in numbers}

    def found(number: int) -> int:
        while leader[number] != number:
            leader[number] = leader[leader[number]]
            number = leader[number]
        return number

    kept = []
    for row in equations:
        inside = [number for number, _sign in row.terms if number in leader]
        if inside and not (row.rest is not None and row.is_free):
            kept.append((inside[0], row))
            for other in inside[1:]:
                first, second = sorted((found(inside[0]), found(other)))
                leader[second] = first
    members: dict[int, list[int]] = defaultdict(list)
    rows: dict[int, list[Equation]] = defaultdict(list)
    for number in sorted(leader):
        members[found(number)].append(number)
    for number, row in kept:
        rows[found(number)].append(row)
    return [(members[first], rows[first]) for first in sorted(members)]


@dataclass
class Proof:
    """What worlds have shown: how far each sensitive quantity was seen to move, up and down, in protections.

    `reach` is capped where no more was asked for; `worlds_of` are the worlds that showed it, for those who prune.
    """

    numbers: list[int]
    reach: np.ndarray
    worlds: list[np.ndarray] = field(default_factory=list)
    shown_by: np.ndarray | None = None

    @property
    def failed(self) -> list[int]:
        return [number for number, reached in zip(self.numbers, self.reach.min(axis=0)) if reached < NEARLY]

    @property
    def narrowest(self) -> float:
        return float(self.reach.min()) if self.numbers else float("inf")


class Proofs:
    """Proves a system again and again while more of it is withheld: a component that has not changed is proved once."""

    def __init__(self, system: System, rates: Rates | None = None):
        self.system = system
        self.rates = rates or rates_of(system.quantities)
        self.known: dict[tuple[int, ...], tuple[Worlds, Proof]] = {}

    def whole(self) -> Proof:
        """The proof of all sensitive quantities, component by component."""
        return joined(
            unbounded(numbers, equations, self.system, set(numbers))
            if is_free(numbers, equations, self.system.quantities)
            else self.of(numbers, equations)[1]
            for numbers, equations in components(self.system.hidden, self.system.equations)
        )

    def given_away(self, failed: Sequence[int]) -> frozenset[int]:
        """Of those that are not protected, the ones that would not be if everything but what is known were withheld:
        earlier releases gave them away."""
        if not failed or not any(one.is_known for one in self.system.quantities):
            return frozenset()
        unknown = {number for number, one in enumerate(self.system.quantities) if not one.is_known}
        found: list[int] = []
        for numbers, equations in components(unknown, self.system.equations):
            asked = sorted(set(failed) & set(numbers))
            if asked and is_free(numbers, equations, self.system.quantities):
                found += determined(set(numbers), equations) & set(asked)
            elif asked:
                found += prove(
                    Worlds(numbers, self.system.quantities, equations, self.rates), self.system, asked
                ).failed
        return frozenset(found)

    def of(self, numbers: Sequence[int], equations: Sequence[Equation]) -> tuple[Worlds, Proof]:
        """The program of a component and its proof."""
        if tuple(numbers) not in self.known:
            worlds = Worlds(numbers, self.system.quantities, equations, self.rates)
            self.known[tuple(numbers)] = worlds, prove(worlds, self.system)
        return self.known[tuple(numbers)]


def proof(system: System, rates: Rates | None = None) -> Proof:
    """Is every sensitive quantity protected as the system stands?"""
    return Proofs(system, rates).whole()


def joined(proofs: Iterable[Proof]) -> Proof:
    """One proof of several, without their worlds."""
    found = list(proofs)
    numbers = [number for one in found for number in one.numbers]
    return Proof(numbers, np.concatenate([np.zeros((2, 0)), *(one.reach for one in found)], axis=1))


def is_free(numbers: Iterable[int], equations: Iterable[Equation], quantities: Sequence[Quantity]) -> bool:
    """Is there no amount that cannot be negative? Then what equations do not settle can be anything."""
    return all(quantities[number].is_free for number in numbers) and all(row.rest is None for row in equations)


def unbounded(numbers: Sequence[int], equations: Sequence[Equation], system: System, hidden: set[int]) -> Proof:
    """The proof where amounts may be negative: no movement for what the equations settle, any for the others."""
    told = determined(hidden, equations)
    targets = [number for number in numbers if system.quantities[number].is_sensitive]
    wanted = [system.quantities[number].protect_usd or system.quantities[number].protect_cny for number in targets]
    reach = [0.0 if number in told and amount else np.inf for number, amount in zip(targets, wanted)]
    return Proof(targets, np.array([reach, reach]))


def prove(worlds: Worlds, system: System, only: Sequence[int] | None = None) -> Proof:
    """The proof of one program's sensitive quantities, or of only some of them."""
    targets = [number for number in worlds.numbers if system.quantities[number].is_sensitive]
    return _Prover(worlds, targets if only is None else list(only)).proof()


class _Prover:
    """Looks for worlds until each side of each target is settled: of many at once, then of each that is left."""

    def __init__(self, worlds: Worlds, targets: list[int]):
        self.worlds = worlds
        self.columns = np.array([worlds.column[number] for number in targets], dtype=np.int32)
        self.wanted = worlds.wanted[self.columns]
        self.found = Proof(targets, np.where(self.wanted > 0, 0.0, np.inf) * np.ones((2, 1)))
        self.found.shown_by = np.full(self.found.reach.shape, -1)

    def proof(self) -> Proof:
        dice = np.random.default_rng(len(self.worlds.numbers))
        for _round in range(ROUNDS):
            before = (self.found.reach < NEARLY).sum()
            if before < FEW:
                break
            self._many(dice)
            if (self.found.reach < NEARLY).sum() > STALLED * before:
                break
        self._one_by_one()
        return self.found

    def _many(self, dice: np.random.Generator) -> None:
        """One world that moves many at once: each to a side that is open, no further than its protection."""
        is_open = self.found.reach < NEARLY
        aimed = is_open.any(axis=0)
        up = np.where(is_open[0] & is_open[1], dice.random(len(self.columns)) < 0.5, is_open[0])[aimed]
        columns, wanted, worlds = self.columns[aimed], self.wanted[aimed], self.worlds
        low = np.where(up, worlds.low[columns], np.maximum(worlds.low[columns], -wanted))
        worlds.bound(columns, low, np.where(up, wanted, worlds.high[columns]))
        self._see(worlds.furthest(columns, np.where(up, 1.0, -1.0) / wanted))
        worlds.release(columns)

    def _one_by_one(self) -> None:
        for target, column in enumerate(self.columns):
            for side, sign in ((0, 1.0), (1, -1.0)):
                if self.found.reach[side, target] < NEARLY:
                    self._see(self.worlds.furthest([column], np.array([sign / self.wanted[target]])))

    def _see(self, world: np.ndarray) -> None:
        """Note how far a world, and its opposite as far as it goes, move the targets."""
        for seen in (world, self.worlds.mirrored(world)):
            with np.errstate(divide="ignore", invalid="ignore"):
                moved = seen[self.columns] / self.wanted
            for side, sign in ((0, 1.0), (1, -1.0)):
                better = (sign * moved > self.found.reach[side]) & (self.found.reach[side] < NEARLY)
                if better.any():
                    self.found.reach[side, better] = sign * moved[better]
                    self.found.shown_by[side, better] = len(self.found.worlds)
            self.found.worlds.append(seen)
