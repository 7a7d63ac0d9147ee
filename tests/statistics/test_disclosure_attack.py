"""An outsider who knows everything published, and computes by programs that share nothing with the portal's.

He does not know which relations the portal thinks of. To him each published figure is a sum over what he cannot see:
how much of each kind of business there is in each city, of each mode, market, category, size and quarter of the event.
"""

import random
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import highspy
import numpy as np
import pytest

from portal.lib.quarters import Quarter
from portal.statistics.audits import protected
from portal.statistics.cube import CellRow, Cube, CubeFact, CubeFiling, Dimensions, keep_facts
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Status, Thresholds, spans_with_sides
from portal.statistics.disclosure.books import Book

QUARTER = Quarter(2020, 1)
CITIES = ("110100", "110200", "120100", "120200", "130100")
MARKETS = ("JPN", "USA", "VNM", "KOR")
CATEGORIES = ("ITO-1-01", "ITO-1-02", "BPO-1-01", "KPO-1-01")
# Two lists of one group, and two that overlap.
GROUPS = {"road": ("VNM", "KOR"), "road_new": ("VNM", "KOR", "JPN"), "rcep": ("JPN", "KOR")}
SIZES = ("large", "small")
LISTS = Dimensions(
    spans_with_sides(QUARTER),
    [(city, place, "") for city in CITIES for place in (NATION, f"{city[:2]}0000", city)]
    + [(city, "east", "") for city in CITIES[:3]] + [(city, "west", "") for city in CITIES[3:]],
    [("market", market, "market_group", group, "") for group, inside in GROUPS.items() for market in inside]
    + [("category", code, "category", above, "") for code in CATEGORIES for above in (code, code[:5], code[:3])]
    + [("category", code, "trade", code[:3], "") for code in CATEGORIES],
)  # fmt: skip


def association(seed: int) -> list[CubeFact]:
    dice = random.Random(seed)
    facts = []
    for number in range(26):
        city = CITIES[int(len(CITIES) * dice.random() ** 1.4)]
        scale = 10 ** dice.uniform(5, 7)
        for period in ("2019Q1", "2020Q1"):
            for line in range(dice.randint(1, 3)):
                abroad = dice.random() < 0.6
                usd = int(scale * dice.uniform(0.3, 1.5))
                facts.append(
                    CubeFact(
                        firm=f"f{number}", controller=f"f{number}", contract=f"{number}-{line}",
                        line=f"{number}-{period}-{line}", version=1, consented=int(number % 9 == 0), period=period,
                        occurred=period if dice.random() < 0.8 else f"{int(period[:4]) - 1}Q4",
                        measure=Measure.EXECUTION.value, division=city, size=SIZES[number % 2],
                        market=dice.choice(MARKETS) if abroad else "CHN", category=dice.choice(CATEGORIES), supply="",
                        new_mode=dice.choice(("", "cloud")), mode="offshore" if abroad else "onshore", count=0,
                        currency="USD", cents=usd, usd_cents=usd, cny_cents=7 * usd, usd_then_cents=usd,
                        cny_then_cents=7 * usd,
                    )
                )  # fmt: skip
    return facts


def counted(facts: list[CubeFact]) -> list[CellRow]:
    filings = sorted({(fact.firm, fact.period, fact.division) for fact in facts})
    with TemporaryDirectory() as folder:
        snapshot = keep_facts(facts, Path(folder) / "facts.parquet")
        return Cube(snapshot.path, [CubeFiling(*row) for row in filings], LISTS).cells(Thresholds())


# ── The outsider ─────────────────────────────────────────────────────────────────────────────────


class Outsider:
    """Unknowns are the business of each (side, city, mode) by market, category, quarter of the event and new mode, and
    of each (side, city) by size; each such table of a city has the same sum. Executions are never negative."""

    TABLES = ("market", "category", "occurred", "new_mode")

    def __init__(self, cells: list[CellRow]):
        self.cells = cells
        self.names: dict[tuple, int] = {}
        self.rows: list[tuple[float, dict[int, float]]] = []
        self.leaves = defaultdict(set)
        for cell in cells:
            if cell.cut in (*self.TABLES, "size") and cell.place in CITIES:
                self.leaves[cell.cut].add(cell.member)
        self.leaves["market"].add("CHN")
        self.leaves["category"] = set(CATEGORIES)
        self._tables_of_a_city_agree()
        known = {(cell.span, cell.place, cell.mode, cell.cut, cell.member) for cell in cells}
        for cell in cells:
            terms = self.terms(cell)
            if cell.status == Status.PUBLIC and terms is not None:
                self.rows.append((cell.usd_cents / 100, terms))
        self._nothing_is_listed_where_nothing_is(known)

    def column(self, *name: str) -> int:
        return self.names.setdefault(name, len(self.names))

    def _tables_of_a_city_agree(self) -> None:
        for side in ("quarter", "quarter_base"):
            for city in CITIES:
                whole = {}
                for mode in ("offshore", "onshore"):
                    first = {self.column(side, city, mode, "market", one): 1.0 for one in self.leaves["market"]}
                    whole |= first
                    for cut in self.TABLES[1:]:
                        other = {self.column(side, city, mode, cut, one): -1.0 for one in self.leaves[cut]}
                        self.rows.append((0.0, first | other))
                sizes = {self.column(side, city, "total", "size", one): -1.0 for one in self.leaves["size"]}
                self.rows.append((0.0, whole | sizes))

    def _nothing_is_listed_where_nothing_is(self, known: set[tuple]) -> None:
        for side, city, mode, cut, member in list(self.names):
            listed = (side, city, mode, cut, member) in known or (cut, mode) == ("market", "onshore")
            if not listed:
                self.rows.append((0.0, {self.column(side, city, mode, cut, member): 1.0}))

    def terms(self, cell: CellRow) -> dict[int, float] | None:
        """A cell as a sum of unknowns; None for what is about something else."""
        if cell.measure != Measure.EXECUTION or cell.span not in ("quarter", "quarter_base"):
            return None
        modes = ("offshore", "onshore") if cell.mode == Mode.TOTAL else (cell.mode,)
        cities = [city for city, place, _side in LISTS.places if place == cell.place]
        table, leaves = self._leaves(cell)
        if table is None or cell.mode == Mode.OVERSEAS:
            return None
        if table == "size":
            modes = ("total",)
        return {
            self.column(cell.span, city, mode, table, leaf): 1.0 for city in cities for mode in modes for leaf in leaves
        }

    def _leaves(self, cell: CellRow) -> tuple[str | None, list[str]]:
        if cell.cut == Cut.WHOLE:
            return "market", sorted(self.leaves["market"])
        if cell.cut == Cut.MARKET_GROUP:
            return "market", list(GROUPS[cell.member])
        if cell.cut in (Cut.CATEGORY, Cut.TRADE):
            return "category", [code for code in CATEGORIES if code.startswith(cell.member)]
        if cell.cut in (*self.TABLES, "size"):
            return cell.cut, [cell.member]
        return None, []

    def interval(self, cell: CellRow) -> tuple[float, float]:
        terms = self.terms(cell)
        return self._bound(terms, 1.0), self._bound(terms, -1.0)

    def _bound(self, terms: dict[int, float], sign: float) -> float:
        program = highspy.Highs()
        program.setOptionValue("output_flag", False)
        count = len(self.names)
        costs = np.zeros(count)
        costs[list(terms)] = sign
        program.addVars(count, np.zeros(count), np.full(count, highspy.kHighsInf))
        program.changeColsCost(count, np.arange(count, dtype=np.int32), costs)
        for value, row in self.rows:
            program.addRow(value - 0.02, value + 0.02, len(row), np.array(list(row), dtype=np.int32),
                           np.array(list(row.values())))  # fmt: skip
        program.run()
        status = program.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return sign * -np.inf
        assert status == highspy.HighsModelStatus.kOptimal, status
        return sign * program.getInfo().objective_function_value


def too_close(cells: list[CellRow], most: int = 40) -> list[tuple]:
    """Sensitive figures that the outsider estimates more closely than their protection allows."""
    outsider = Outsider(cells)
    found = []
    sensitive = [cell for cell in cells if cell.status == Status.CONFIDENTIAL and outsider.terms(cell)]
    for cell in random.Random(1).sample(sensitive, min(most, len(sensitive))):
        low, high = outsider.interval(cell)
        amount, wanted = cell.usd_cents / 100, cell.protect_usd_cents / 100
        if low > amount - wanted + 0.1 + 1e-4 * amount or high < amount + wanted - 0.1 - 1e-4 * amount:
            found.append((cell.key, low, amount, high))
    return found


@pytest.fixture(scope="module", params=[3, 8])
def cells(request) -> list[CellRow]:
    return counted(association(request.param))


def test_the_sensitive_figures_alone_withheld_can_be_worked_out(cells):
    assert len(too_close(cells)) >= 3


def test_nothing_can_be_worked_out_of_what_is_published(cells):
    marked, outcome = protected(cells, LISTS, QUARTER, Thresholds())
    assert outcome.safe
    assert too_close(marked) == []


def test_what_is_withheld_does_not_depend_on_the_order_or_the_time(cells):
    first, second = (protected(cells, LISTS, QUARTER, Thresholds())[0] for _again in range(2))
    assert first == second


# ── With an earlier release ──────────────────────────────────────────────────────────────────────


def test_the_year_before_was_published_and_stays_known():
    """What an earlier release published, and has not moved, cannot protect anything now; and what it withheld is still
    withheld, for it could be set beside it."""
    facts = association(8)
    before = Quarter(2019, 1)
    lists = replace(LISTS, spans=spans_with_sides(before))
    with TemporaryDirectory() as folder:
        old = [fact for fact in facts if fact.period == "2019Q1"]
        snapshot = keep_facts(old, Path(folder) / "facts.parquet")
        filings = [CubeFiling(*row) for row in sorted({(fact.firm, fact.period, fact.division) for fact in old})]
        first = Cube(snapshot.path, filings, lists).cells(Thresholds())
    earlier, _outcome = protected(first, lists, before, Thresholds())
    now, outcome = protected(counted(facts), LISTS, QUARTER, Thresholds(), [Book("2019Q1-1", before, earlier)])
    said = {cell.key[1:]: cell for cell in earlier if cell.span == "quarter"}
    together = [
        cell._replace(status=said[cell.key[1:]].status) if cell.span == "quarter_base" and cell.key[1:] in said
        and said[cell.key[1:]].status == Status.PUBLIC and cell.status == Status.SECONDARY else cell
        for cell in now
    ]  # fmt: skip
    assert outcome.safe
    assert too_close(together) == []


def test_a_figure_that_was_published_before_counts_as_given_away():
    facts = association(8)
    cells = counted(facts)
    told = next(cell for cell in cells if cell.status == Status.CONFIDENTIAL and cell.span == "quarter"
                and cell.measure == Measure.EXECUTION and cell.cut == Cut.MARKET)  # fmt: skip
    book = Book("2020Q1-1", QUARTER, [told._replace(status=Status.PUBLIC)])
    _cells, outcome = protected(cells, LISTS, QUARTER, Thresholds(), [book])
    assert outcome.previously_disclosed >= 1
    assert outcome.safe
