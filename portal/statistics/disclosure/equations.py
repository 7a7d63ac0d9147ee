"""Equations by the ten thousand, with arrays instead of loops: which of them hold, and what they say to be equal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

Terms = tuple[tuple[int, int], ...]


class Equation(NamedTuple):
    """Σ sign × quantity = rest. `rest` is None where it is nothing, else its amounts in both currencies."""

    terms: Terms
    rest: tuple[int, int] | None
    is_free: bool


@dataclass(frozen=True)
class Rows:
    """Sums of signed atoms, one behind the other: `starts` has where each begins. No row is empty."""

    atoms: np.ndarray
    signs: np.ndarray
    starts: np.ndarray

    @classmethod
    def of(cls, rows: Sequence[Sequence[tuple[int, int]]]) -> "Rows":
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(rows)), dtype=np.int64).reshape(-1, 2)
        return cls(flat[:, 0], flat[:, 1], np.cumsum([0, *map(len, rows)])[:-1])

    def sums(self, values: np.ndarray) -> np.ndarray:
        """Of each row, in whole cents."""
        return np.add.reduceat(values[self.atoms] * self.signs, self.starts) if len(self.starts) else values[:0]

    def has(self, flags: np.ndarray) -> np.ndarray:
        """Whether some atom of each row has a flag."""
        return np.logical_or.reduceat(flags[self.atoms], self.starts) if len(self.starts) else flags[:0]

    def placed(self, numbers: np.ndarray) -> "Rows":
        """The same rows over what their atoms stand for."""
        return Rows(numbers[self.atoms], self.signs, self.starts)

    def collected(self, leaders: np.ndarray) -> tuple["Rows", np.ndarray]:
        """What is left when each atom is its leader, atoms in order; and which rows it is that are left."""
        of_row = np.searchsorted(self.starts, np.arange(len(self.atoms)), side="right") - 1
        pairs, where = np.unique(of_row * len(leaders) + leaders[self.atoms], return_inverse=True)
        signs = np.bincount(where, weights=self.signs, minlength=len(pairs)).astype(np.int64)
        of_row, atoms = np.divmod(pairs[signs != 0], len(leaders))
        left, starts = np.unique(of_row, return_index=True)
        return Rows(atoms, signs[signs != 0], starts), left

    def terms(self) -> list[Terms]:
        pairs = list(zip(self.atoms.tolist(), self.signs.tolist()))
        ends = [*self.starts[1:].tolist(), len(pairs)]
        return [tuple(pairs[start:end]) for start, end in zip(self.starts.tolist(), ends)]


class Leaders:
    """Which atoms are equal: each class is named by its first."""

    def __init__(self, count: int):
        self.of = list(range(count))

    def array(self) -> np.ndarray:
        return np.array([self._found(atom) for atom in range(len(self.of))], dtype=np.int64)

    def unite(self, pairs: Iterable[tuple[int, int]]) -> None:
        for one, other in pairs:
            first, second = sorted((self._found(one), self._found(other)))
            self.of[second] = first

    def _found(self, atom: int) -> int:
        of = self.of
        while of[atom] != atom:
            of[atom] = of[of[atom]]
            atom = of[atom]
        return atom


def simplified(equations: Sequence[Equation], count: int) -> tuple[list[Equation], np.ndarray]:
    """The equations of `count` atoms once all that they say to be equal is one, each once; and each atom's leader."""
    rows, leaders = Rows.of([row.terms for row in equations]), Leaders(count)
    is_exact = np.array([row.rest is None for row in equations], dtype=bool)
    while True:
        found = leaders.array()
        left, which = rows.collected(found)
        equal = _equal(left, is_exact[which])
        if not equal:
            break
        leaders.unite(equal)
    same: dict[Terms, list[Equation]] = {}
    for terms, number in zip(left.terms(), which.tolist()):
        same.setdefault(terms, []).append(equations[number])
    return [_tightest(terms, alike) for terms, alike in same.items()], found


def _equal(rows: Rows, is_exact: np.ndarray) -> list[tuple[int, int]]:
    """Pairs of atoms that rows of two say to be equal."""
    if not len(rows.starts):
        return []
    lengths = np.diff(np.append(rows.starts, len(rows.atoms)))
    starts = rows.starts[is_exact & (lengths == 2) & (np.add.reduceat(rows.signs, rows.starts) == 0)]
    return list(zip(rows.atoms[starts].tolist(), rows.atoms[starts + 1].tolist()))


def _tightest(terms: Terms, rows: Sequence[Equation]) -> Equation:
    """One equation for several of the same terms: the exact one, or the one that leaves least over."""
    row = min(rows, key=_room) if len(rows) > 1 else rows[0]
    return Equation(terms, row.rest, row.is_free)


def _room(row: Equation) -> tuple[bool, bool, tuple[int, int]]:
    return row.rest is not None, row.is_free, row.rest or (0, 0)
