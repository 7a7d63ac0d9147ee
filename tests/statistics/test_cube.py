"""The cube against a count in plain Python, on small random worlds."""

from collections import defaultdict
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.statistics.cube import CellRow, Cube, CubeFact, CubeFiling, Dimensions, keep_facts
from portal.statistics.dimensions import NATION, TABULATED, BridgePart, Cut, Measure, Mode, Span, Status, Thresholds
from portal.statistics.disclosure.primary import Contribution, judge

PLACES = [("a1", NATION), ("a1", "a"), ("a1", "a1"), ("a2", NATION), ("a2", "a"), ("a2", "a2"), ("b1", NATION),
          ("b1", "b"), ("b1", "b1"), ("a1", "west"), ("b1", "west"), ("b1", "north")]  # fmt: skip
GROUPS = [("VNM", "asean", ""), ("VNM", "road", ""), ("ZMB", "road", ""), ("ZMB", "asean@then", "base")]
CATEGORIES = [
    ("I-1-1", "I-1-1"),
    ("I-1-1", "I-1"),
    ("I-1-1", "I"),
    ("B-1-1", "B-1-1"),
    ("B-1-1", "B-1"),
    ("B-1-1", "B"),
]
DIGITAL = {"I-1-1": "yes", "B-1-1": "no"}
TRADE = {"I-1-1": "SI", "B-1-1": "SJ"}
DIMENSIONS = Dimensions(
    spans=[
        ("2020Q2", Span.QUARTER, "now", Span.QUARTER), ("2020Q1", Span.TO_DATE, "now", Span.TO_DATE),
        ("2020Q2", Span.TO_DATE, "now", Span.TO_DATE), ("2019Q2", Span.QUARTER_BASE, "base", Span.QUARTER),
        ("2019Q2", Span.TO_DATE_BASE, "base", Span.TO_DATE),
    ],
    places=[(division, place, "") for division, place in PLACES],
    members=[
        *(("market", market, Cut.MARKET_GROUP, group, side) for market, group, side in GROUPS),
        *(("category", leaf, Cut.CATEGORY, above, "") for leaf, above in CATEGORIES),
        *(("category", leaf, Cut.DIGITAL, member, "") for leaf, member in DIGITAL.items()),
        *(("category", leaf, Cut.TRADE, member, "") for leaf, member in TRADE.items()),
    ],
)  # fmt: skip
PLACE_SIZES = {"f1": "large", "f2": "small", "f3": "small", "f4": "micro"}
OF_DIVISION = {"f1": "a1", "f2": "a1", "f3": "a2", "f4": "b1"}
CONTROLLERS = {"f1": "group", "f2": "group", "f3": "f3", "f4": "f4"}
CONSENTED = {"f1", "f4"}
ABROAD = (Mode.OFFSHORE, Mode.OVERSEAS)


def fact(
    firm: str, period: str, measure: str, market: str, category: str, mode: str, usd: int, cny: int,
    occurred: str = "2019Q2",
) -> CubeFact:  # fmt: skip
    return CubeFact(
        firm=firm, controller=CONTROLLERS[firm], contract="A-1", line="1", version=1, consented=int(firm in CONSENTED),
        period=period, occurred=occurred, measure=measure, division=OF_DIVISION[firm], size=PLACE_SIZES[firm],
        market=market, category=category, supply="cross_border", new_mode="cloud" if market == "VNM" else "", mode=mode,
        count=1 if measure == Measure.CONTRACT else 0, currency="USD", cents=usd, usd_cents=usd, cny_cents=cny,
        usd_then_cents=usd, cny_then_cents=cny - 1,
    )  # fmt: skip


cents = st.integers(min_value=-(10**12), max_value=10**15)
facts = st.lists(
    st.builds(
        fact,
        firm=st.sampled_from(sorted(OF_DIVISION)),
        period=st.sampled_from(["2020Q2", "2020Q1", "2019Q2", "2018Q1"]),
        measure=st.sampled_from([Measure.CONTRACT, Measure.EXECUTION, Measure.SUBCONTRACTED]),
        market=st.sampled_from(["CHN", "VNM", "ZMB"]),
        category=st.sampled_from(["I-1-1", "B-1-1"]),
        mode=st.sampled_from([Mode.OFFSHORE, Mode.ONSHORE, Mode.OVERSEAS]),
        usd=cents,
        cny=cents,
        occurred=st.sampled_from(["2018Q1", "2019Q1", "2020Q1"]),
    ),
    max_size=12,
)
slowly = settings(max_examples=10, deadline=None)


ONLY_COUNTS = {"dominance_percent": 100, "p_percent": 0}


def counted(
    rows: list[CubeFact], min_firms: int = 3, filings: list[CubeFiling] | None = None, **thresholds: int
) -> list[CellRow]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "facts.parquet"
        keep_facts(rows, path)
        return Cube(path, filings or [], DIMENSIONS).cells(Thresholds(min_firms, **thresholds))


def by_hand(rows: list[CubeFact], min_firms: int) -> dict[tuple, tuple]:
    """Every cell by loops: key → (dollars, renminbi, contracts, contributors, status and protection)."""
    sums: dict[tuple, list[int]] = defaultdict(lambda: [0, 0, 0])
    shares: dict[tuple, dict[str, list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0, 1]))
    for row in rows:
        for key in keys_of(row):
            for index, value in enumerate((row.usd_cents, row.cny_cents, row.count)):
                sums[key][index] += value
            share = shares[key][row.controller]
            share[0], share[1], share[2] = (
                share[0] + row.usd_cents,
                share[1] + row.cny_cents,
                min(share[2], row.consented),
            )
    found = {}
    for key, amounts in sums.items():
        contributions = [Contribution(usd, cny, bool(agreed)) for usd, cny, agreed in shares[key].values()]
        judgement = judge(contributions, Thresholds(min_firms=min_firms))
        status = Status.CONFIDENTIAL if judgement.is_sensitive else Status.PUBLIC
        found[key] = (*amounts, len(contributions), status, judgement.protect_usd, judgement.protect_cny)
    return found


def keys_of(row: CubeFact) -> list[tuple]:
    spans = [(span, side) for period, span, side, _target in DIMENSIONS.spans if period == row.period]
    places = [place for division, place in PLACES if division == row.division]
    modes = [row.mode] if row.mode == Mode.OVERSEAS else [row.mode, Mode.TOTAL]
    return [
        (span, place, row.measure, mode, cut, member)
        for span, side in spans
        for place in places
        for mode in modes
        for cut, member in cuts_of(row, side)
        if mode in TABULATED[cut][0] and span in TABULATED[cut][1]
        if row.measure != Measure.SUBCONTRACTED or cut == Cut.WHOLE
    ]


def cuts_of(row: CubeFact, side: str) -> list[tuple[str, str]]:
    cuts = [(Cut.WHOLE, ""), (Cut.MARKET, row.market), (Cut.SIZE, row.size), (Cut.OCCURRED, row.occurred)]
    cuts += [(Cut.CATEGORY, above) for category, above in CATEGORIES if category == row.category]
    cuts += [(Cut.MARKET_GROUP, group) for market, group, of in GROUPS if market == row.market and of in ("", side)]
    cuts += [(Cut.DIGITAL, DIGITAL[row.category]), (Cut.TRADE, TRADE[row.category]), (Cut.SUPPLY, row.supply)]
    return [*cuts, (Cut.NEW_MODE, row.new_mode)]


@slowly
@given(facts, st.integers(min_value=1, max_value=4))
def test_every_cell_is_what_a_count_by_hand_gives(rows, min_firms):
    cells = {
        cell.key: (
            cell.usd_cents, cell.cny_cents, cell.count, cell.contributors, cell.status, cell.protect_usd_cents,
            cell.protect_cny_cents,
        )
        for cell in counted(rows, min_firms)
        if cell.cut not in (Cut.LEADERS, Cut.BRIDGE, Cut.SAME_FIRM)
    }  # fmt: skip
    assert cells == by_hand(rows, min_firms)


@slowly
@given(facts)
def test_parts_add_up_to_their_whole(rows):
    cells = {
        (cell.span, cell.place, cell.measure, cell.mode, cell.cut, cell.member): cell.usd_cents
        for cell in counted(rows)
    }

    def level(place: str, measure: str, mode: str, cut: str = Cut.WHOLE, member: str = "") -> int:
        return cells.get((Span.QUARTER, place, measure, mode, cut, member), 0)

    for measure in (Measure.CONTRACT, Measure.EXECUTION):
        for place in ("a", "a1", "b1", "west", NATION):
            total = level(place, measure, Mode.TOTAL)
            offshore = level(place, measure, Mode.OFFSHORE)
            assert offshore + level(place, measure, Mode.ONSHORE) == total
            assert sum(level(place, measure, Mode.TOTAL, Cut.SIZE, size) for size in set(PLACE_SIZES.values())) == total
            assert sum(level(place, measure, Mode.TOTAL, Cut.CATEGORY, kind) for kind in ("I", "B")) == total
            assert (
                sum(level(place, measure, Mode.OFFSHORE, Cut.MARKET, market) for market in ("CHN", "VNM", "ZMB"))
                == offshore
            )
        nation = level(NATION, measure, Mode.TOTAL)
        assert sum(level(city, measure, Mode.TOTAL) for city in ("a1", "a2", "b1")) == nation
        assert sum(level(province, measure, Mode.TOTAL) for province in ("a", "b")) == nation


@settings(max_examples=5, deadline=None)
@given(facts, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_come_changes_nothing(rows, dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    assert counted(rows) == counted(shuffled)


def executed(firm: str, usd: int, market: str = "VNM", mode: str = Mode.OFFSHORE) -> CubeFact:
    return fact(firm, "2020Q2", Measure.EXECUTION, market, "I-1-1", mode, usd, 7 * usd)


def cell(cells: list[CellRow], place: str, mode: str = Mode.TOTAL, cut: str = Cut.WHOLE, member: str = "") -> CellRow:
    wanted = (Span.QUARTER, place, Measure.EXECUTION, mode, cut, member)
    return next(row for row in cells if (row.span, row.place, row.measure, row.mode, row.cut, row.member) == wanted)


def test_sums_beyond_the_whole_numbers_of_floating_point_stay_exact():
    odd = 2**53 + 1
    found = cell(counted([executed("f1", odd), executed("f3", odd), executed("f4", 1)]), NATION)
    assert found.usd_cents == 2 * odd + 1
    assert found.cny_cents == 7 * (2 * odd + 1)


def test_firms_of_one_controller_count_as_one():
    found = cell(counted([executed("f1", 5), executed("f2", 6), executed("f3", 7)]), NATION)
    assert (found.contributors, found.status) == (2, Status.CONFIDENTIAL)


def test_a_cell_is_public_when_each_of_the_few_has_consented():
    assert cell(counted([executed("f1", 5), executed("f4", 6)]), NATION).status == Status.PUBLIC
    assert cell(counted([executed("f1", 5), executed("f3", 6)]), NATION).status == Status.CONFIDENTIAL


def test_overseas_business_is_in_no_total():
    cells = counted([executed("f1", 5), executed("f1", 11, mode=Mode.OVERSEAS)])
    assert cell(cells, NATION).usd_cents == 5
    assert cell(cells, NATION, Mode.OVERSEAS).usd_cents == 11


def test_a_place_is_in_every_region_that_holds_it():
    cells = counted([executed("f1", 5), executed("f4", 6)])
    assert cell(cells, "west").usd_cents == 11
    assert cell(cells, "north").usd_cents == 6


def test_a_firm_that_files_twice_for_a_span_is_counted_once():
    filings = [CubeFiling("f1", "2020Q1", "a1"), CubeFiling("f1", "2020Q2", "a1"), CubeFiling("f3", "2020Q1", "a2")]
    firms = {(row.span, row.place): row.count for row in counted([], filings=filings) if row.measure == Measure.FIRMS}
    assert firms == {
        (Span.QUARTER, "a1"): 1, (Span.QUARTER, "a"): 1, (Span.QUARTER, "west"): 1, (Span.QUARTER, NATION): 1,
        (Span.TO_DATE, "a1"): 1, (Span.TO_DATE, "a2"): 1, (Span.TO_DATE, "a"): 2, (Span.TO_DATE, "west"): 1,
        (Span.TO_DATE, NATION): 2,
    }  # fmt: skip


def test_what_leaders_hold_is_public_only_with_the_consent_of_each():
    agreed = counted([executed("f1", 90), executed("f3", 4), executed("f2", 3), executed("f4", 3)], 2, **ONLY_COUNTS)
    refused = counted([executed("f3", 90), executed("f1", 4), executed("f2", 3), executed("f4", 3)], 2, **ONLY_COUNTS)
    assert cell(agreed, NATION, Mode.OFFSHORE, Cut.LEADERS).status == Status.PUBLIC
    assert cell(refused, NATION, Mode.OFFSHORE, Cut.LEADERS).status == Status.CONFIDENTIAL


def test_what_leaders_hold_is_withheld_when_it_would_give_the_rest_away():
    cells = counted([executed("f1", 95), executed("f3", 5)], min_firms=2)
    assert cell(cells, NATION, Mode.OFFSHORE, Cut.LEADERS).status == Status.CONFIDENTIAL


# ── The bridge ───────────────────────────────────────────────────────────────────────────────────


@slowly
@given(facts)
def test_the_parts_of_the_bridge_add_up_to_the_change_on_a_year_before(rows):
    filings = [
        CubeFiling("f1", "2020Q2", "a1"), CubeFiling("f1", "2019Q2", "a1"), CubeFiling("f3", "2019Q2", "a2"),
        CubeFiling("f4", "2020Q2", "b1"),
    ]  # fmt: skip
    cells = {row.key: (row.usd_cents, row.cny_cents) for row in counted(rows, filings=filings)}
    for currency in (0, 1):
        for place in (NATION, "a", "a1", "west"):
            for measure in (Measure.CONTRACT, Measure.EXECUTION):
                for mode in (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE):
                    for span, base in ((Span.QUARTER, Span.QUARTER_BASE), (Span.TO_DATE, Span.TO_DATE_BASE)):
                        parts = [
                            cells.get((span, place, measure, mode, Cut.BRIDGE, part), (0, 0))[currency]
                            for part in BridgePart
                        ]
                        now, before = (
                            cells.get((at, place, measure, mode, Cut.WHOLE, ""), (0, 0))[currency]
                            for at in (span, base)
                        )
                        assert sum(parts) == now - before
