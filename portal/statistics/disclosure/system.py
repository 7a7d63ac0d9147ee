"""All published tables of a release, and those of earlier ones that it touches, as one linear system.

Cells that must be equal (a province with one city, a category with one below it) are one quantity. A quantity that an
earlier release published and that has not moved since is known for good. Every relation is tried on the true amounts:
one that does not hold is none.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np

from portal.statistics.dimensions import BASE_OF, NATION, Cut, Measure, Mode, Span, Status
from portal.statistics.disclosure.books import Book, Cell, stretch_before, stretch_of, stretches_about
from portal.statistics.disclosure.equations import Equation, Rows, simplified
from portal.statistics.disclosure.relations import Lists, Relation, relations

NEVER_NEGATIVE = frozenset({Measure.EXECUTION.value})
SIGNED = frozenset({Cut.BRIDGE.value})
# What it costs to withhold a headline (the whole of a place) stands above all other cells together; the nation's above
# all other headlines.
HEADLINE = 1e8
HEADLINE_OF_ALL = 1e14
# A place's total, against its offshore or its onshore business.
TOTAL = 3


@dataclass
class Quantity:
    """What one or several equal cells say: amounts in cents of both currencies."""

    usd: int
    cny: int
    is_free: bool
    cells: list[int] = field(default_factory=list)
    is_sensitive: bool = False
    is_withheld: bool = False
    is_known: bool = False
    is_earlier: bool = False
    protect_usd: int = 0
    protect_cny: int = 0
    cost: float = 0.0


@dataclass
class System:
    """`cells` are those of the release; `of_cell` names each one's quantity, if it is one."""

    cells: Sequence[Cell]
    of_cell: list[int | None]
    quantities: list[Quantity]
    equations: list[Equation]
    untrue: int

    @property
    def hidden(self) -> set[int]:
        return {number for number, one in enumerate(self.quantities) if one.is_withheld and not one.is_known}

    @property
    def targets(self) -> list[int]:
        """Sensitive quantities that nobody knows yet."""
        return [number for number, one in enumerate(self.quantities) if one.is_sensitive and not one.is_known]


def system_of(now: Book, lists: Lists, earlier: Iterable[Book] = ()) -> System:
    """The system of a release with the earlier published ones, each cell with the status that it has."""
    return _Builder(now, lists, list(earlier)).system()


class _Builder:
    """Gathers cells of all releases as atoms, unites those that are equal, and writes the equations down."""

    def __init__(self, now: Book, lists: Lists, earlier: Sequence[Book]):
        self.now, self.lists = now, lists
        self.atoms: dict[tuple, int] = {}
        self.sample: list[Cell] = []
        self.of_cell = [self._atom(now, cell) for cell in now.cells]
        self.own_atoms = len(self.sample)
        stretches = stretches_about(now.quarter)
        self.earlier = [(book, [cell for cell in book.cells if book.stretch(cell) in stretches]) for book in earlier]
        self.of_earlier = [[self._atom(book, cell) for cell in cells] for book, cells in self.earlier]
        self.usd = np.array([cell.usd_cents for cell in self.sample], dtype=np.int64)
        self.cny = np.array([cell.cny_cents for cell in self.sample], dtype=np.int64)
        self.untrue = 0

    def _atom(self, book: Book, cell: Cell) -> int | None:
        """The number of what a cell says; the same for cells of several releases that say the same of the same.

        None for a count of firms, and for what is withheld although nothing in it asks for protection: leading firms
        that have not agreed to be named, who may well be all there are.
        """
        if cell.measure == Measure.FIRMS or _is_only_unsaid(cell):
            return None
        name = (book.stretch(cell), *cell.key[1:], cell.usd_cents, cell.cny_cents)
        if name not in self.atoms:
            self.atoms[name] = len(self.sample)
            self.sample.append(cell)
        return self.atoms[name]

    def system(self) -> System:
        found, leaders = simplified(self._equations(), len(self.sample))
        numbers: dict[int, int] = {}
        quantities: list[Quantity] = []
        of_atom: list[int] = []
        for leader in leaders.tolist():
            if leader not in numbers:
                numbers[leader] = len(quantities)
                quantities.append(_quantity(self.sample[leader]))
            of_atom.append(numbers[leader])
        of_cell = [None if atom is None else of_atom[atom] for atom in self.of_cell]
        _describe(quantities, self.now.cells, of_cell)
        for (_book, cells), atoms in zip(self.earlier, self.of_earlier):
            _describe_earlier(quantities, cells, [atom if atom is None else of_atom[atom] for atom in atoms])
        rows = [Equation(tuple((of_atom[a], sign) for a, sign in row.terms), row.rest, row.is_free) for row in found]
        return System(self.now.cells, of_cell, quantities, rows, self.untrue)

    # ── Equations ──

    def _equations(self) -> list[Equation]:
        rows = self._of_book(self.now.cells, self.of_cell, moved_only=False)
        for (_book, cells), atoms in zip(self.earlier, self.of_earlier):
            # Where all is published there is nothing to solve: its cells are constants.
            if any(cell.status != Status.PUBLIC for cell in cells):
                rows += self._of_book(cells, atoms, moved_only=True)
        return rows + list(self._revisions())

    def _of_book(self, cells: Sequence[Cell], atoms: Sequence[int | None], *, moved_only: bool) -> list[Equation]:
        """The relations among the cells of one release; of an earlier one, only those with something that is not in
        the release now: the others are there already."""
        kept = [(cell.key, atom) for cell, atom in zip(cells, atoms) if atom is not None]
        found = [relation for relation in relations([key for key, _atom in kept], self.lists) if relation.terms]
        numbers = np.array([atom for _key, atom in kept], dtype=np.int64)
        rows = Rows.of([relation.terms for relation in found]).placed(numbers)
        wanted = rows.has(self._is_open(cells, atoms)) & rows.has(self._is_gone()) if moved_only else None
        usd, cny, of_cell = rows.sums(self.usd).tolist(), rows.sums(self.cny).tolist(), numbers.tolist()
        chosen = range(len(found)) if wanted is None else np.flatnonzero(wanted).tolist()
        equations = (self._equation(found[row], of_cell, usd[row], cny[row]) for row in chosen)
        return [equation for equation in equations if equation is not None]

    def _is_open(self, cells: Sequence[Cell], atoms: Sequence[int | None]) -> np.ndarray:
        """By atom: whether a cell withholds it."""
        flags = np.zeros(len(self.sample), dtype=bool)
        flags[[atom for cell, atom in zip(cells, atoms) if atom is not None and cell.status != Status.PUBLIC]] = True
        return flags

    def _is_gone(self) -> np.ndarray:
        """By atom: whether only earlier releases say it."""
        return np.arange(len(self.sample)) >= self.own_atoms

    def _equation(self, relation: Relation, of_cell: Sequence[int], usd: int, cny: int) -> Equation | None:
        """`usd` and `cny` are what the terms come to."""
        if (usd or cny) and not relation.has_rest:
            self.untrue += 1
            return None
        terms = tuple((of_cell[number], sign) for number, sign in relation.terms)
        whole = self.sample[terms[0][0]]
        if relation.is_cumulation and (usd or cny):
            before = self.atoms.get((stretch_before(self.now.quarter, Span(whole.span)), *whole.key[1:], usd, cny))
            if before is not None:
                return Equation((*terms, (before, -1)), None, _is_free(whole))
        return Equation(terms, (usd, cny) if usd or cny else None, _is_free(whole))

    def _revisions(self) -> list[Equation]:
        """What the base is known to be now, less its revision, is what an earlier release said."""
        index = {cell.key: atom for cell, atom in zip(self.now.cells, self.of_cell)}
        said: dict[tuple, list[int]] = defaultdict(list)
        for (book, cells), atoms in zip(self.earlier, self.of_earlier):
            for cell, atom in zip(cells, atoms):
                if cell.cut == Cut.WHOLE and atom is not None:
                    said[book.stretch(cell), *cell.key[1:4]].append(atom)
        rows = []
        for key, atom in index.items():
            if key[4:] == (Cut.BRIDGE.value, "revision"):
                base = index.get((BASE_OF[Span(key[0])].value, *key[1:4], "", ""))
                stretch = stretch_of(self.now.quarter, BASE_OF[Span(key[0])])
                rows += self._revision(atom, base, said[stretch, *key[1:4]])
        return rows

    def _revision(self, revision: int, base: int | None, said: Sequence[int]) -> list[Equation]:
        for before in said:
            terms = [(one, sign) for one, sign in ((revision, 1), (base, -1), (before, 1)) if one is not None]
            if not any(sum(sign * of(self.sample[atom]) for atom, sign in terms) for of in _CENTS):
                return [Equation(tuple(terms), None, True)]
        return []


_CENTS: tuple[Callable[[Cell], int], ...] = (lambda cell: cell.usd_cents, lambda cell: cell.cny_cents)


def _is_only_unsaid(cell: Cell) -> bool:
    return cell.status == Status.CONFIDENTIAL and not (cell.protect_usd_cents or cell.protect_cny_cents)


def _is_free(cell: Cell) -> bool:
    """May the amount be negative?"""
    return cell.measure not in NEVER_NEGATIVE or cell.cut in SIGNED


def _quantity(cell: Cell) -> Quantity:
    return Quantity(cell.usd_cents, cell.cny_cents, _is_free(cell))


def _describe(quantities: list[Quantity], cells: Sequence[Cell], of_cell: Sequence[int | None]) -> None:
    for index, (cell, number) in enumerate(zip(cells, of_cell)):
        if number is None:
            continue
        one = quantities[number]
        one.cells.append(index)
        one.is_free = one.is_free and _is_free(cell)
        one.is_withheld |= cell.status != Status.PUBLIC
        one.cost += cost_of(cell)
        if cell.status == Status.CONFIDENTIAL:
            _protect(one, cell)


def _describe_earlier(quantities: list[Quantity], cells: Sequence[Cell], of_cell: Sequence[int | None]) -> None:
    for cell, number in zip(cells, of_cell):
        if number is None:
            continue
        one = quantities[number]
        one.is_free = one.is_free and _is_free(cell)
        one.is_known |= cell.status == Status.PUBLIC
        if not one.cells:
            one.is_earlier = one.is_withheld = True
            if cell.status == Status.CONFIDENTIAL:
                _protect(one, cell)


def _protect(one: Quantity, cell: Cell) -> None:
    one.is_sensitive = True
    one.protect_usd = max(one.protect_usd, cell.protect_usd_cents)
    one.protect_cny = max(one.protect_cny, cell.protect_cny_cents)


def cost_of(cell: Cell) -> float:
    """What is lost when a cell is withheld: fewest and smallest cells, and a headline last of all."""
    if cell.cut != Cut.WHOLE:
        return size_of(cell)
    headline = HEADLINE_OF_ALL if cell.place == NATION else HEADLINE
    return size_of(cell) + (TOTAL * headline if cell.mode == Mode.TOTAL else headline)


def size_of(cell: Cell) -> float:
    """A cell counts by itself, and by the root of its amount in 10,000 US dollars: for each of a hundred times as much,
    ten times."""
    return 1 + (abs(cell.usd_cents) / 1_000_000) ** 0.5
