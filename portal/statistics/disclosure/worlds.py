"""Other worlds that everything published would fit just as well, found by linear programming (HiGHS).

A world is how far each hidden quantity lies from its true amount, in US dollars; its renminbi move along at one rate,
so that a world holds for an outsider who looks at both currencies and knows between which rates lines were converted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import highspy
import numpy as np

from portal.statistics.disclosure.equations import Equation
from portal.statistics.disclosure.system import Quantity

# Amounts inside a program are counted in units of the largest bound ÷ this.
RESOLUTION = 1e6
# How far a world may go, in protections of the most protected quantity: more proves nothing more.
FAR = 200.0
# What an outsider is taken to know of the rate of a sum: that it lies between the extremes that occurred, give or take
# this share. The dates that a period accepts span three quarters and more, in which a rate moves as much.
GIVE_OR_TAKE = 0.03
INFINITE = highspy.kHighsInf


@dataclass(frozen=True)
class Rates:
    """Renminbi to the dollar: the rate at which worlds move, between the least and the greatest that a line had."""

    middle: float
    least: float
    greatest: float

    def room_below(self, usd: int, cny: int) -> float:
        """How far down (US cents) an amount that is not negative can move in a world."""
        if usd <= 0 or cny <= 0:
            return 0.0
        rate, room = cny / usd, 1.0
        if rate > self.middle:
            room = (self.greatest - rate) / (self.greatest - self.middle)
        elif rate < self.middle:
            room = (rate - self.least) / (self.middle - self.least)
        return usd * min(1.0, max(0.0, room))

    def wanted(self, one: Quantity) -> float:
        """The protection to each side, in US cents, that gives both currencies theirs."""
        return max(float(one.protect_usd), one.protect_cny / self.middle)


def rates_of(quantities: Iterable[Quantity]) -> Rates:
    """From the amounts themselves: an outsider is taken to know the extremes that occurred."""
    both = [(one.usd, one.cny) for one in quantities if not one.is_free and one.usd > 0 and one.cny > 0]
    if not both:
        return Rates(1.0, 1.0, 1.0)
    rates = [cny / usd for usd, cny in both]
    middle = sum(cny for _usd, cny in both) / sum(usd for usd, _cny in both)
    return Rates(middle, min(rates) * (1 - GIVE_OR_TAKE), max(rates) * (1 + GIVE_OR_TAKE))


def _room(one: Quantity, scale: "Scale") -> float:
    return INFINITE if one.is_free else scale.room_below(one.usd, one.cny)


# The primal method: from one objective to the next, the world at hand stays a possible one. One thread, so that the
# answer does not depend on the machine.
_OPTIONS = {"output_flag": False, "presolve": "off", "threads": 1, "random_seed": 1, "simplex_strategy": 4}
_DUAL = 1


class Scale(Protocol):
    """How amounts are measured: how far one can go down, and how far a sensitive one has to go."""

    def room_below(self, usd: int, cny: int) -> float: ...

    def wanted(self, one: Quantity) -> float: ...


class Worlds:
    """A program over some quantities (columns) and the equations among them (rows). What is held does not move; how
    far the others may is bounded unless the bounds themselves are asked for."""

    def __init__(self, numbers: Sequence[int], quantities: Sequence[Quantity], equations: Iterable[Equation],
                 rates: Scale, *, is_bounded: bool = True):  # fmt: skip
        self.numbers = list(numbers)
        self.column = {number: column for column, number in enumerate(self.numbers)}
        wanted = np.array([rates.wanted(quantities[number]) for number in self.numbers])
        room = [_room(quantities[number], rates) for number in self.numbers]
        finite = [value for value in room if value < INFINITE]
        self.unit = max([*finite, *wanted, 1.0]) / RESOLUTION
        self.wanted = wanted / self.unit
        self.far = FAR * max([*self.wanted, 1.0 / self.unit]) if is_bounded else INFINITE
        self.low = -np.minimum(np.array(room) / self.unit, self.far)
        self.high = np.full(len(self.numbers), self.far)
        self.rows = [row for row in map(self._row, equations) if row is not None]
        self.program = self._program(rates)
        self.rests = self._rests(rates)
        self.costs = np.zeros(len(self.numbers))
        self.solved = 0

    def _row(self, equation: Equation) -> tuple[Equation, list[tuple[int, int]]] | None:
        if equation.rest is not None and equation.is_free:
            return None
        terms = [(self.column[number], sign) for number, sign in equation.terms if number in self.column]
        return (equation, terms) if terms else None

    def _rests(self, rates: Scale) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
        """Rows with something left over: each term's row, column and sign, and how much each row has left over."""
        rows = [(row, terms) for row, terms in self.rows if row.rest is not None]
        terms = [(number, *term) for number, (_row, inside) in enumerate(rows) for term in inside]
        at, columns, signs = (np.array([term[part] for term in terms], dtype=int) for part in range(3))
        return at, columns, signs, np.array([rates.room_below(*row.rest) / self.unit for row, _terms in rows])

    def mirrored(self, world: np.ndarray) -> np.ndarray:
        """The opposite of a world, as much of it as is possible."""
        at, columns, signs, left = self.rests
        moved = np.bincount(at, weights=signs * world[columns], minlength=len(left)) if len(left) else left
        room = np.concatenate([-self.low, left])
        used = np.concatenate([world, moved])
        tight = used > room
        return -world * (float((room[tight] / used[tight]).min()) if tight.any() else 1.0)

    def _program(self, rates: Scale) -> highspy.Highs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.numbers), len(self.rows)
        model.col_cost_ = np.zeros(len(self.numbers))
        model.col_lower_, model.col_upper_ = self.low, self.high
        rest = [row.rest for row, _terms in self.rows]
        model.row_lower_ = np.array([-rates.room_below(*one) / self.unit if one else 0.0 for one in rest])
        model.row_upper_ = np.array([INFINITE if one else 0.0 for one in rest])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        terms = [term for _row, terms in self.rows for term in terms]
        model.a_matrix_.start_ = np.cumsum([0, *(len(terms) for _row, terms in self.rows)])
        model.a_matrix_.index_ = np.array([column for column, _sign in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([sign for _column, sign in terms], dtype=float)
        model.sense_ = highspy.ObjSense.kMaximize
        program = highspy.Highs()
        for option, value in _OPTIONS.items():
            program.setOptionValue(option, value)
        program.passModel(model)
        return program

    def bound(self, columns: Sequence[int] | np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        columns = np.asarray(columns, dtype=np.int32)
        self.program.changeColsBounds(len(columns), columns, low, high)

    def hold(self, columns: Sequence[int]) -> None:
        self.bound(columns, np.zeros(len(columns)), np.zeros(len(columns)))

    def release(self, columns: Sequence[int]) -> None:
        columns = np.asarray(columns, dtype=np.int32)
        self.bound(columns, self.low[columns], self.high[columns])

    def furthest(
        self, columns: Sequence[int] | np.ndarray, weights: np.ndarray, *, unbounded: bool = False
    ) -> np.ndarray | None:
        """The world that maximises Σ weight × movement of some columns; one in which nothing moves where the solver
        finds none, and None where there is no bound (only if `unbounded` is asked for)."""
        wanted = np.zeros(len(self.numbers))
        wanted[columns] = weights
        changed = np.flatnonzero(wanted != self.costs).astype(np.int32)
        self.program.changeColsCost(len(changed), changed, wanted[changed])
        self.costs = wanted
        status = self._status()
        if status != highspy.HighsModelStatus.kOptimal and not (unbounded and status in _NO_BOUND):
            status = self._once_more()
        if status == highspy.HighsModelStatus.kOptimal:
            return np.array(self.program.getSolution().col_value)
        return None if unbounded and status in _NO_BOUND else np.zeros(len(self.numbers))

    def _once_more(self) -> highspy.HighsModelStatus:
        """From a basis that numbers have worn out: from none, by the dual method."""
        self.program.clearSolver()
        self.program.setOptionValue("simplex_strategy", _DUAL)
        status = self._status()
        self.program.setOptionValue("simplex_strategy", _OPTIONS["simplex_strategy"])
        return status

    def _status(self) -> highspy.HighsModelStatus:
        self.program.run()
        self.solved += 1
        return self.program.getModelStatus()


_NO_BOUND = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
