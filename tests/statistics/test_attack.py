"""An outsider who knows everything that is published solves for what is withheld, and fails.

He does not solve our equations: his unknowns are what every kind of business came to in every city, and each published
figure is one sum of them. A case worked by hand, and a small world beside it.
"""

import highspy
import numpy as np
import pytest

from portal.lib.quarters import Quarter
from portal.statistics.audits import protected
from portal.statistics.cube import CellRow, Cube, CubeFact, CubeFiling, Dimensions, keep_facts
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, Status, Thresholds, spans_with_sides
from portal.statistics.disclosure.primary import Contribution, judge

QUARTER = Quarter(2020, 1)
# What each firm of three cities executed, in dollars: the case worked by hand.
CASE = {
    ("X", Mode.OFFSHORE): {"a": 90, "b": 6, "c": 4},
    ("X", Mode.ONSHORE): {"d": 20, "e": 30, "f": 25, "g": 25},
    ("Y", Mode.OFFSHORE): {"h": 50, "i": 40},
    ("Y", Mode.ONSHORE): {"j": 30, "k": 30, "l": 40},
    ("Z", Mode.OFFSHORE): {"m": 40, "n": 35, "o": 30, "p": 20},
    ("Z", Mode.ONSHORE): {},
}
CITIES = ("X", "Y", "Z")
DIMENSIONS = Dimensions(
    spans=spans_with_sides(QUARTER),
    places=[(city, place, "") for city in CITIES for place in (city, NATION)],
    members=[("category", "K", Cut.CATEGORY.value, "K", ""), ("category", "K", Cut.TRADE.value, "SJ", ""),
             ("category", "K", Cut.DIGITAL.value, "yes", "")],
)  # fmt: skip


def line(firm: str, city: str, mode: str, dollars: int, consents: str = "") -> CubeFact:
    cents = 100 * dollars
    return CubeFact(
        firm=firm, controller=firm, contract="1", line=f"{firm}{mode}", version=1, consented=int(firm in consents),
        period=str(QUARTER), occurred=str(QUARTER), measure=Measure.EXECUTION, division=city, size="small",
        market="VNM" if mode == Mode.OFFSHORE else "CHN", category="K", supply="", new_mode="", mode=mode, count=0,
        currency="USD", cents=cents, usd_cents=cents, cny_cents=7 * cents, usd_then_cents=cents,
        cny_then_cents=7 * cents,
    )  # fmt: skip


@pytest.fixture
def counted(tmp_path):
    """Cells of the case under the primary rules alone, by who has consented."""

    def count(consents: str = "") -> list[CellRow]:
        facts = [
            line(firm, city, mode, dollars, consents)
            for (city, mode), firms in CASE.items()
            for firm, dollars in firms.items()
        ]
        keep_facts(facts, tmp_path / "facts.parquet")
        filings = [CubeFiling(fact.firm, fact.period, fact.division) for fact in facts]
        return Cube(tmp_path / "facts.parquet", filings, DIMENSIONS).cells(Thresholds())

    return count


def status(cells: list[CellRow], city: str, mode: str) -> str:
    key = (Span.QUARTER, city, Measure.EXECUTION, mode, Cut.WHOLE, "")
    return next((cell.status for cell in cells if cell.key == key), Status.PUBLIC)


def outsider(cells: list[CellRow]) -> dict[tuple[str, str], tuple[float, float]]:
    """The least and the most that each withheld figure of a city and mode can be, in dollars.

    Unknown are the six amounts of city and mode, none below zero; every published figure of the quarter is a sum of
    some of them.
    """
    unknown = list(CASE)
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.addVars(len(unknown), np.zeros(len(unknown)), np.full(len(unknown), np.inf))
    for cell in cells:
        if cell.span != Span.QUARTER or cell.status != Status.PUBLIC or cell.measure != Measure.EXECUTION:
            continue
        if cell.cut in (Cut.BRIDGE, Cut.LEADERS, Cut.SAME_FIRM):
            continue
        terms = [number for number, (city, mode) in enumerate(unknown)
                 if cell.place in (NATION, city) and cell.mode in (Mode.TOTAL, mode)]  # fmt: skip
        amount = cell.usd_cents / 100
        solver.addRow(amount, amount, len(terms), np.array(terms, dtype=np.int32), np.ones(len(terms)))
    for number, (city, mode) in enumerate(unknown):
        if not CASE[city, mode]:
            solver.changeColBounds(number, 0, 0)  # nobody there: a published zero
    return {key: (_extreme(solver, number, 1), _extreme(solver, number, -1)) for number, key in enumerate(unknown)}


def _extreme(solver: highspy.Highs, number: int, sign: int) -> float:
    """The least of one unknown where `sign` is 1, the most where it is −1."""
    costs = np.zeros(solver.getNumCol())
    costs[number] = sign
    solver.changeColsCost(len(costs), np.arange(len(costs), dtype=np.int32), costs)
    solver.run()
    if solver.getModelStatus() == highspy.HighsModelStatus.kUnbounded:
        return -sign * np.inf
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return sign * solver.getInfo().objective_function_value


# ── Which are sensitive ──────────────────────────────────────────────────────────────────────────


def test_the_cells_of_the_case_are_judged_as_by_hand(counted):
    cells = counted()
    found = {key for key in CASE if status(cells, *key) == Status.CONFIDENTIAL}
    assert found == {("X", Mode.OFFSHORE), ("Y", Mode.OFFSHORE)}


def test_a_consent_counts_as_known_and_the_rules_look_at_the_others(counted):
    assert status(counted("a"), "X", Mode.OFFSHORE) == Status.CONFIDENTIAL
    assert status(counted("abc"), "X", Mode.OFFSHORE) == Status.PUBLIC


@pytest.mark.parametrize(
    ("amounts", "is_sensitive"),
    [
        ([], False),  # nobody: a publishable zero
        ([40, 40], True),  # fewer than three
        ([50, 35, 15], False),  # two hold 85 % and no more
        ([50, 36, 14], True),  # two hold 86 %
        ([500, 200, 100, 80], False),
        ([-90, 6, 4], True),  # a contract cut down counts by its size
    ],
)
def test_a_cell_is_sensitive_by_its_largest_contributors(amounts, is_sensitive):
    judgement = judge([Contribution(100 * one, 700 * one) for one in amounts], Thresholds())
    assert judgement.is_sensitive == is_sensitive
    if is_sensitive:
        assert judgement.protect_usd == 10 * max(abs(one) for one in amounts)


def test_what_the_others_could_estimate_is_sensitive():
    contributions = [Contribution(1000, 1000), Contribution(40, 40), Contribution(40, 40), Contribution(9, 9)]
    only_p = Thresholds(dominance_percent=100)
    assert judge(contributions, only_p).is_sensitive
    assert not judge([*contributions, Contribution(60, 60), Contribution(30, 30)], only_p).is_sensitive


# ── What an outsider can tell ────────────────────────────────────────────────────────────────────

WANTED = {("X", Mode.OFFSHORE): (91, 109), ("Y", Mode.OFFSHORE): (85, 95)}


def test_with_the_sensitive_figures_alone_withheld_the_outsider_has_them_to_the_cent(counted):
    found = outsider(counted())
    assert {key: found[key] for key in WANTED} == {
        ("X", Mode.OFFSHORE): (100, 100),
        ("Y", Mode.OFFSHORE): (90, 90),
    }


def test_with_what_protects_them_withheld_too_he_stays_as_far_as_wanted(counted):
    cells, outcome = protected(counted(), DIMENSIONS, QUARTER, Thresholds())
    found = outsider(cells)
    for key, (low, high) in WANTED.items():
        assert found[key][0] <= low
        assert found[key][1] >= high
    assert outcome.safe
    assert status(cells, "X", Mode.ONSHORE) == status(cells, "Y", Mode.ONSHORE) == Status.SECONDARY


def test_totals_stay_public_and_nothing_is_withheld_in_vain(counted):
    cells, _outcome = protected(counted(), DIMENSIONS, QUARTER, Thresholds())
    for place in (*CITIES, NATION):
        assert status(cells, place, Mode.TOTAL) == Status.PUBLIC
    assert status(cells, "Z", Mode.OFFSHORE) == Status.PUBLIC
