"""Publish again what the protection of the sensitive quantities does not need."""

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

import numpy as np

from portal.statistics.disclosure.echelon import determined
from portal.statistics.disclosure.equations import Equation
from portal.statistics.disclosure.proof import NEARLY, Proof, Proofs, components, is_free, joined, prove, unbounded
from portal.statistics.disclosure.system import System
from portal.statistics.disclosure.worlds import Worlds

# What is tried in one component: so many programs' columns together, and where equations alone count, so many pairs.
COLUMNS = 20_000
PAIRS = 300_000
# Movements smaller than this, in a program's unit, are none.
LEAST = 1e-7


def pruned(proofs: Proofs, primary: AbstractSet[int]) -> Proof:
    """The proof of all sensitive quantities, after all that it does not need is public again, dearest first."""
    system = proofs.system
    return joined(
        _prune_free(system, numbers, equations, primary)
        if is_free(numbers, equations, system.quantities)
        else _Pruner(system, *proofs.of(numbers, equations), primary).proof()
        for numbers, equations in components(system.hidden, system.equations)
    )


def _prune_free(system: System, numbers: list[int], equations: list[Equation], primary: AbstractSet[int]) -> Proof:
    """Where amounts may be negative, only what the equations settle counts."""
    hidden = set(numbers)
    secondary = _dearest_first(system, hidden - primary)
    told = determined(hidden, equations)
    targets = {number for number in numbers if system.quantities[number].is_sensitive} - told
    for number in secondary[: PAIRS // (len(numbers) + 1) ** 2]:
        told = determined(hidden - {number}, equations)
        if not told & targets:
            hidden -= {number, *(told - primary)}
            system.quantities[number].is_withheld = False
            for other in told - primary:
                system.quantities[other].is_withheld = False
    return unbounded(numbers, equations, system, hidden)


def _dearest_first(system: System, numbers: Iterable[int]) -> list[int]:
    return sorted(numbers, key=lambda number: (-system.quantities[number].cost, number))


class _Pruner:
    """Takes secondaries back one by one, while worlds without them still move what those with them moved."""

    def __init__(self, system: System, worlds: Worlds, found: Proof, primary: AbstractSet[int]):
        self.system, self.worlds, self.found, self.primary = system, worlds, found, primary

    def proof(self) -> Proof:
        if not self.found.numbers:
            return self.found
        secondary = [number for number in self.worlds.numbers if number not in self.primary]
        tries = COLUMNS // (len(self.worlds.numbers) + 1)
        for number in _dearest_first(self.system, secondary):
            if tries <= 0:
                break
            tries -= self._try(number)
        return self.found

    def _try(self, number: int) -> int:
        """Whether solving was needed: 0 where no proof moves the quantity, else the number of proofs sought."""
        column = self.worlds.column[number]
        moves = np.array([abs(world[column]) > LEAST for world in self.found.worlds])
        uses = (self.found.shown_by >= 0) & moves[self.found.shown_by] if len(moves) else self.found.shown_by >= 0
        touched = np.flatnonzero(uses.any(axis=0))
        self.worlds.hold([column])
        wanted = [self.found.numbers[target] for target in touched]
        again = prove(self.worlds, self.system, wanted)
        reached = self.found.reach[:, touched] >= NEARLY
        if ((again.reach >= NEARLY) | ~reached).all():
            self.system.quantities[number].is_withheld = False
            self._take(touched, again)
        else:
            self.worlds.release([column])
        return len(wanted)

    def _take(self, touched: np.ndarray, again: Proof) -> None:
        first = len(self.found.worlds)
        self.found.worlds += again.worlds
        self.found.reach[:, touched] = again.reach
        self.found.shown_by[:, touched] = np.where(again.shown_by >= 0, again.shown_by + first, -1)
