"""Linear algebra of the system: what equations alone settle, and in which smallest groups quantities can move.

Elimination modulo a prime: exact for the small coefficients that tables give, and quick, since their equations stay
short when the shortest go first.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet

from portal.statistics.disclosure.equations import Equation

PRIME = (1 << 31) - 1
# A coefficient beyond this is a fraction in disguise.
LARGEST = 1 << 16
# A group of quantities that can move together while all others stay: how far each does, one of them by one.
Circuit = dict[int, int]


class Echelon:
    """Equations without a rest, brought into echelon form step by step. `kept` are the quantities that may move."""

    def __init__(self, equations: Iterable[Equation], kept: AbstractSet[int]):
        self.rows: list[dict[int, int]] = []
        self.of: dict[int, set[int]] = defaultdict(set)
        self.pivots: list[tuple[int, int]] = []
        self.sources: list[Equation] = []
        for equation in equations:
            row = {number: sign % PRIME for number, sign in equation.terms if number in kept}
            if equation.rest is None and row:
                for number in row:
                    self.of[number].add(len(self.rows))
                self.rows.append(row)
                self.sources.append(equation)

    def solve_for(self, numbers: AbstractSet[int]) -> None:
        """Make pivots of as many of these as can be, in the order that keeps equations short."""
        waiting = [(len(row), index) for index, row in enumerate(self.rows)]
        heapq.heapify(waiting)
        done = {index for _number, index in self.pivots}
        while waiting:
            length, index = heapq.heappop(waiting)
            row = self.rows[index]
            if index in done:
                continue
            if len(row) != length:
                heapq.heappush(waiting, (len(row), index))
                continue
            inside = [number for number in row if number in numbers]
            if inside:
                done.add(index)
                chosen = min(inside, key=lambda number: (len(self.of[number]), number))
                for other in self._pivot(chosen, index):
                    heapq.heappush(waiting, (len(self.rows[other]), other))

    def solve_in_order(self, numbers: Iterable[int]) -> None:
        """Make a pivot of each in turn that those before it do not settle."""
        for number in numbers:
            if self.of[number]:
                self._pivot(number, min(self.of[number], key=lambda index: (len(self.rows[index]), index)))

    def independent(self) -> list[Equation]:
        """The equations that pivots were found in: those that say something which the others before do not."""
        return [self.sources[index] for index in sorted(index for _number, index in self.pivots)]

    def _pivot(self, number: int, index: int) -> list[int]:
        row = self.rows[index]
        inverse = pow(row[number], PRIME - 2, PRIME)
        for other in row:
            row[other] = row[other] * inverse % PRIME
            self.of[other].discard(index)
        self.pivots.append((number, index))
        changed = sorted(self.of[number])
        for other in changed:
            self._subtract(row, other, self.rows[other][number])
        return changed

    def _subtract(self, row: dict[int, int], index: int, factor: int) -> None:
        target = self.rows[index]
        for number, value in row.items():
            left = (target.get(number, 0) - factor * value) % PRIME
            if left:
                target[number] = left
                self.of[number].add(index)
            else:
                del target[number]
                self.of[number].discard(index)

    def solved(self) -> dict[int, dict[int, int]]:
        """Each pivot in terms of what is no pivot: pivot = Σ coefficient × other."""
        found: dict[int, dict[int, int]] = {}
        for number, index in reversed(self.pivots):
            terms: dict[int, int] = {}
            for other, value in self.rows[index].items():
                if other != number:
                    for last, factor in found.get(other, {other: 1}).items():
                        terms[last] = (terms.get(last, 0) - value * factor) % PRIME
            found[number] = {other: value for other, value in terms.items() if value}
        return found

    def circuits(self) -> dict[int, Circuit]:
        """By each quantity that is no pivot: how all others move when it moves by one and no other such does."""
        found: dict[int, Circuit] = {}
        for number, terms in self.solved().items():
            for free, value in terms.items():
                found.setdefault(free, {free: 1})[number] = value if value <= PRIME // 2 else value - PRIME
        return {free: found[free] for free in sorted(found)}


def determined(hidden: AbstractSet[int], equations: Sequence[Equation]) -> set[int]:
    """The hidden quantities that the equations alone settle: they can be had by adding and taking away."""
    echelon = Echelon(equations, hidden)
    echelon.solve_for(hidden)
    return {number for number, terms in echelon.solved().items() if not terms}
