"""The least that can be withheld, by an integer program (Fischetti and Salazar 2001): for small tables, to measure by.

Each sensitive quantity has a world of its own to each side; a public quantity that moves in any of them is withheld.
"""

import highspy
import numpy as np

from portal.statistics.disclosure.proof import components
from portal.statistics.disclosure.system import System
from portal.statistics.disclosure.worlds import Rates, Worlds, rates_of

# How far a bought quantity may move, in protections of the one it is bought for.
FAR = 20.0


def least_loss(system: System, rates: Rates | None = None) -> float:
    """The cost of the cheapest secondary suppression that protects every sensitive quantity."""
    rates = rates or rates_of(system.quantities)
    unknown = [number for number, one in enumerate(system.quantities) if not one.is_known]
    return sum(
        _Program(system, Worlds(numbers, system.quantities, equations, rates)).solved()
        for numbers, equations in components(unknown, system.equations)
        if any(system.quantities[number].is_sensitive for number in numbers)
    )


class _Program:
    """Columns: first whether each quantity is withheld, then one world for each target and side."""

    def __init__(self, system: System, worlds: Worlds):
        self.worlds, self.count = worlds, len(worlds.numbers)
        quantities = [system.quantities[number] for number in worlds.numbers]
        self.costs = np.array([0.0 if one.is_withheld else one.cost for one in quantities])
        self.hidden = np.array([one.is_withheld for one in quantities])
        self.targets = [column for column, one in enumerate(quantities) if one.is_sensitive and worlds.wanted[column]]
        self.rows: list[tuple[float, float, list[tuple[int, float]]]] = []
        self.low: list[float] = [1.0 if hidden else 0.0 for hidden in self.hidden]
        self.high: list[float] = [1.0] * self.count

    def solved(self) -> float:
        for target in self.targets:
            for side in (1.0, -1.0):
                self._world(target, side)
        program = self._program()
        program.run()
        if program.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            raise ValueError("No pattern protects every sensitive quantity")
        return float(program.getInfo().objective_function_value)

    def _world(self, target: int, side: float) -> None:
        first, worlds = len(self.low), self.worlds
        wanted = worlds.wanted[target]
        far = FAR * wanted
        down = np.minimum(-worlds.low, far)
        self.low += [side * wanted if column == target and side > 0 else -down[column] for column in range(self.count)]
        self.high += [side * wanted if column == target and side < 0 else far for column in range(self.count)]
        for column in np.flatnonzero(~self.hidden):
            self.rows.append((-highspy.kHighsInf, 0.0, [(first + column, 1.0), (column, -far)]))
            self.rows.append((0.0, highspy.kHighsInf, [(first + column, 1.0), (column, down[column])]))
        lp = worlds.program.getLp()
        for row, (_equation, terms) in enumerate(worlds.rows):
            bounds = lp.row_lower_[row], lp.row_upper_[row]
            self.rows.append((*bounds, [(first + column, float(sign)) for column, sign in terms]))

    def _program(self) -> highspy.Highs:
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = len(self.low), len(self.rows)
        model.col_cost_ = np.concatenate([self.costs, np.zeros(len(self.low) - self.count)])
        model.col_lower_, model.col_upper_ = np.array(self.low), np.array(self.high)
        model.row_lower_ = np.array([low for low, _high, _terms in self.rows])
        model.row_upper_ = np.array([high for _low, high, _terms in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0, *(len(terms) for *_bounds, terms in self.rows)])
        model.a_matrix_.index_ = np.array([column for *_b, terms in self.rows for column, _v in terms], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for *_b, terms in self.rows for _column, value in terms])
        kinds = [highspy.HighsVarType.kInteger] * self.count
        model.integrality_ = kinds + [highspy.HighsVarType.kContinuous] * (len(self.low) - self.count)
        program = highspy.Highs()
        for option, value in (("output_flag", False), ("threads", 1), ("mip_rel_gap", 1e-6)):
            program.setOptionValue(option, value)
        program.passModel(model)
        return program
