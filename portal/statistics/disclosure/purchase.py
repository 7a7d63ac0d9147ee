"""What it takes, at least cost, for one quantity to move far enough: a linear program over all that is not known."""

import numpy as np

from portal.statistics.dimensions import Span
from portal.statistics.disclosure.proof import NEARLY, components
from portal.statistics.disclosure.system import HEADLINE, HEADLINE_OF_ALL, System
from portal.statistics.disclosure.worlds import Rates, Worlds

# Costs as the program sees them: further apart, floating point would lose the small ones.
DEAREST, DEAR, CHEAP = 1e6, 1e4, 1e2
MANY = 30
# Movement that counts, in protections of the quantity that is to move.
LEAST = 1e-6
BASES = frozenset({Span.QUARTER_BASE.value, Span.TO_DATE_BASE.value})


class Purchases:
    """One program for each component of all that is not known; what is withheld moves at no cost.

    First only quantities of the same side, now or a year before, may move, which is enough nearly always and quicker.
    """

    def __init__(self, system: System, rates: Rates):
        self.system, self.rates = system, rates
        unknown = [number for number, one in enumerate(system.quantities) if not one.is_known]
        self.parts = components(unknown, system.equations)
        self.part_of = {number: index for index, (numbers, _rows) in enumerate(self.parts) for number in numbers}
        self.programs: dict[tuple[int, bool | None], _Program] = {}

    def needed(self, number: int) -> set[int]:
        """The public quantities that have to be withheld for this one to move by its protection, up and down."""
        side = self._is_base(number)
        found = self._program(number, side).needed(number)
        return self._program(number, None).needed(number) if found is None and side is not None else found or set()

    def _program(self, number: int, side: bool | None) -> "_Program":
        index = self.part_of[number]
        if (index, side) not in self.programs:
            numbers, equations = self.parts[index]
            if side is not None:
                numbers = [other for other in numbers if self._is_base(other) in (side, None)]
            self.programs[index, side] = _Program(self.system, numbers, equations, self.rates)
        return self.programs[index, side]

    def _is_base(self, number: int) -> bool | None:
        """Whether a quantity is of a year before; None where only earlier releases tell of it."""
        cells = self.system.quantities[number].cells
        return self.system.cells[cells[0]].span in BASES if cells else None


class _Program:
    """Movements split in two, up and down, so that each costs what it costs."""

    def __init__(self, system: System, numbers: list[int], equations: list, rates: Rates):
        self.system = system
        self.worlds = Worlds(numbers, system.quantities, equations, rates)
        self.count = len(numbers)
        self.hidden: set[int] = set()
        self._split()

    def _split(self) -> None:
        """Each column once more, upside down: the first goes up from nothing, the second down."""
        program, worlds = self.worlds.program, self.worlds
        columns: list[list[tuple[int, int]]] = [[] for _number in worlds.numbers]
        for row, (_equation, terms) in enumerate(worlds.rows):
            for column, sign in terms:
                columns[column].append((row, -sign))
        costs = np.array([_cost(self.system.quantities[number].cost) for number in worlds.numbers])
        starts = np.cumsum([0, *(len(terms) for terms in columns)])[:-1].astype(np.int32)
        rows = np.array([row for terms in columns for row, _sign in terms], dtype=np.int32)
        signs = np.array([sign for terms in columns for _row, sign in terms], dtype=float)
        program.addCols(self.count, -costs, np.zeros(self.count), -worlds.low, len(rows), starts, rows, signs)
        # Here it is bounds that change from one program to the next: the dual method.
        program.setOptionValue("simplex_strategy", 1)
        everything = np.arange(self.count, dtype=np.int32)
        program.changeColsCost(self.count, everything, -costs)
        program.changeColsBounds(self.count, everything, np.zeros(self.count), worlds.high)

    def _hide(self) -> None:
        fresh = [number for number in self.worlds.numbers
                 if number not in self.hidden and self.system.quantities[number].is_withheld]  # fmt: skip
        self.hidden |= set(fresh)
        columns = np.array([self.worlds.column[number] for number in fresh], dtype=np.int32)
        both = np.concatenate([columns, columns + self.count]).astype(np.int32)
        self.worlds.program.changeColsCost(len(both), both, np.zeros(len(both)))

    def needed(self, number: int) -> set[int] | None:
        """What has to be withheld; None where nothing helps."""
        self._hide()
        column, found = self.worlds.column[number], set()
        wanted = self.worlds.wanted[column]
        for side in (1, -1):
            world = self._moved(column, side)
            if world is None:
                return None
            moving = np.flatnonzero(np.abs(world) > LEAST * wanted)
            found |= {self.worlds.numbers[other] for other in moving} - self.hidden
            if abs(self.worlds.mirrored(world)[column]) >= NEARLY * wanted:
                break
        return found

    def _moved(self, column: int, side: int) -> np.ndarray | None:
        """The cheapest world in which a quantity moves by its protection; None where there is no such world."""
        program = self.worlds.program
        wanted = self.worlds.wanted[column] * (1 + LEAST)
        pair = np.array([column, column + self.count], dtype=np.int32)
        held = np.array([wanted, 0.0]) if side > 0 else np.array([0.0, wanted])
        program.changeColsBounds(2, pair, held, held)
        program.run()
        is_found = program.getModelStatus().name == "kOptimal"
        moved = np.array(program.getSolution().col_value) if is_found else None
        limits = np.array([self.worlds.high[column], -self.worlds.low[column]])
        program.changeColsBounds(2, pair, np.zeros(2), limits)
        return None if moved is None else moved[: self.count] - moved[self.count :]


def _cost(cost: float) -> float:
    if cost >= HEADLINE_OF_ALL:
        return DEAREST
    return DEAR * min(cost / HEADLINE, MANY) if cost >= HEADLINE else min(cost, CHEAP)
