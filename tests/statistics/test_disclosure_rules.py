"""What makes a figure sensitive, and the case file that says what a safe publication must leave open."""

import pytest

from portal.lib.quarters import Quarter
from portal.statistics.cube import CellRow
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, Status, Thresholds
from portal.statistics.disclosure.audit import DOLLARS, Interval, intervals
from portal.statistics.disclosure.books import Book
from portal.statistics.disclosure.primary import Contribution, judge
from portal.statistics.disclosure.protect import protect
from portal.statistics.disclosure.relations import Lists
from portal.statistics.disclosure.system import System, system_of

RULES = Thresholds()
MODES = {"offshore": Mode.OFFSHORE, "onshore": Mode.ONSHORE}
# The case file: cells by city and mode, amounts by firm; thresholds of three firms, 85 and 10 per cent.
CASE = {
    ("X", "offshore"): {"a": 90, "b": 6, "c": 4},
    ("X", "onshore"): {"d": 20, "e": 30, "f": 25, "g": 25},
    ("Y", "offshore"): {"h": 50, "i": 40},
    ("Y", "onshore"): {"j": 30, "k": 30, "l": 40},
    ("Z", "offshore"): {"m": 40, "n": 35, "o": 30, "p": 20},
    ("Z", "onshore"): {},
}
SENSITIVE = {("X", "offshore"): (91, 109), ("Y", "offshore"): (85, 95)}
LISTS = Lists(
    places=[(city, place, "") for city in "XYZ" for place in (city, NATION)], members=[], ends={Span.QUARTER: "2020Q1"}
)


def contributions(firms: dict[str, int], agreed: str = "") -> list[Contribution]:
    return [Contribution(amount, amount, name in agreed) for name, amount in firms.items()]


@pytest.mark.parametrize("cell", CASE)
def test_a_cell_of_the_case_is_sensitive_or_not(cell):
    assert judge(contributions(CASE[cell]), RULES).is_sensitive == (cell in SENSITIVE)


def test_consent_takes_a_firm_off_before_the_rules_apply():
    offshore = CASE["X", "offshore"]
    assert judge(contributions(offshore, agreed="a"), RULES).is_sensitive
    assert not judge(contributions(offshore, agreed="abc"), RULES).is_sensitive
    assert judge(contributions(offshore, agreed="a"), RULES).protect_usd == 1


@pytest.mark.parametrize(
    ("amounts", "sensitive"),
    [
        ((50, 40), True),  # two firms
        ((430, 420, 150), False),  # the largest two hold 85 per cent
        ((430, 421, 149), True),  # a little more
        ((1000, 0, 100), True),  # 1,000 of 1,100: more than 85 per cent
        ((-430, 420, -150), False),  # amounts below zero count as large as they are
        ((), False),  # nobody: a public zero
    ],
)
def test_the_rules_at_their_bounds(amounts, sensitive):
    rows = [Contribution(amount, amount) for amount in amounts]
    assert judge(rows, RULES).is_sensitive == sensitive


def test_what_the_others_hold_is_set_against_the_largest():
    loose = Thresholds(dominance_percent=100)
    assert judge([Contribution(usd, usd) for usd in (1000, 900, 50, 49)], loose).is_sensitive
    assert not judge([Contribution(usd, usd) for usd in (1000, 900, 50, 50)], loose).is_sensitive


# ── The case as tables ───────────────────────────────────────────────────────────────────────────


def case_cells() -> list[CellRow]:
    sums: dict[tuple[str, str], dict[str, int]] = {}
    for (city, mode), firms in CASE.items():
        for place in (city, NATION):
            for one in (MODES[mode], Mode.TOTAL):
                sums.setdefault((place, one), {}).update(firms)
    return sorted((case_cell(*key, firms) for key, firms in sums.items() if firms), key=lambda cell: cell.key)


def case_cell(place: str, mode: str, firms: dict[str, int]) -> CellRow:
    judgement = judge([Contribution(100 * usd, 700 * usd) for usd in firms.values()], RULES)
    status = Status.CONFIDENTIAL if judgement.is_sensitive else Status.PUBLIC
    whole = sum(firms.values())
    return CellRow(
        Span.QUARTER.value, place, Measure.EXECUTION.value, str(mode), Cut.WHOLE.value, "", 100 * whole, 700 * whole,
        0, len(firms), status, judgement.protect_usd, judgement.protect_cny,
    )  # fmt: skip


def case_system() -> System:
    return system_of(Book("", Quarter(2020, 1), case_cells()), LISTS)


def told(system: System, place: str, mode: str) -> Interval:
    for cell, number in zip(system.cells, system.of_cell):
        if (cell.place, cell.mode) == (place, mode):
            return intervals(system, DOLLARS)[number]
    raise LookupError(place)


@pytest.mark.parametrize("cell", SENSITIVE)
def test_withholding_the_sensitive_cells_alone_gives_them_away(cell):
    found = told(case_system(), *cell)
    amount = 100 * sum(CASE[cell].values())
    assert (found.low, found.high) == pytest.approx((amount, amount))


@pytest.mark.parametrize("cell", SENSITIVE)
def test_what_is_withheld_besides_leaves_the_interval_that_it_must(cell):
    system = case_system()
    assert not protect(system).failed
    found, (least, most) = told(system, *cell), SENSITIVE[cell]
    assert found.low <= 100 * least
    assert found.high >= 100 * most


def test_no_margin_of_the_case_is_withheld_and_the_zero_stays_public():
    system = case_system()
    protect(system)
    withheld = {
        (cell.place, cell.mode) for cell, number in zip(system.cells, system.of_cell) if number in system.hidden
    }
    assert withheld == {("X", "offshore"), ("X", "onshore"), ("Y", "offshore"), ("Y", "onshore")}
