"""National figures as they were printed, entered as facts: which of their growth rates and shares come out again.

Amounts are in 亿元 or 亿美元 as printed. Where a rate does not come out, the test says by how much and why.
"""

from decimal import Decimal
from pathlib import Path

import pytest

from portal.lib.money import rounded
from portal.statistics.cube import Cube, CubeFact, CubeFiling, Dimensions, keep_facts
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, Status, Thresholds
from portal.statistics.indicators import Base, growth, share

# One 亿 in hundredths.
YI = 10**10
NOW, BEFORE = "2021Q2", "2020Q2"
SPANS = [(NOW, Span.QUARTER, "now", Span.QUARTER), (BEFORE, Span.QUARTER_BASE, "base", Span.QUARTER)]


def cents(printed: str) -> int:
    return int(Decimal(printed) * YI)


def fact(period: str, measure: str, mode: str, market: str, category: str, printed: str, number: int) -> CubeFact:
    amount = cents(printed)
    firm = f"f{number}"
    return CubeFact(
        firm=firm, controller=firm, contract="C", line=str(number), version=1, consented=1, period=period,
        occurred=period, measure=measure, division="cn", size="large", market=market, category=category, supply="",
        new_mode="", mode=mode, count=0, currency="CNY", cents=amount, usd_cents=amount, cny_cents=amount,
        usd_then_cents=amount, cny_then_cents=amount,
    )  # fmt: skip


def cells_of(rows: list[tuple[str, ...]], folder: Path) -> dict[tuple[str, ...], int]:
    """Published amounts by (span, measure, mode, cut, member), counted by the cube as a release counts."""
    facts = [fact(*row, number) for number, row in enumerate(rows)]
    snapshot = keep_facts(facts, folder / "facts.parquet")
    kinds = sorted({(row[4], row[4]) for row in rows})
    dimensions = Dimensions(
        spans=SPANS,
        places=[("cn", NATION, "")],
        members=[("category", leaf, Cut.CATEGORY, above, "") for leaf, above in kinds],
    )
    filings = [CubeFiling(one.firm, one.period, "cn") for one in facts]
    cells = Cube(snapshot.path, filings, dimensions).cells(Thresholds())
    public = [cell for cell in cells if cell.status == Status.PUBLIC and cell.cut in ("", Cut.MARKET, Cut.CATEGORY)]
    return {(cell.span, cell.measure, cell.mode, cell.cut, cell.member): cell.cny_cents for cell in public}


def in_percent(fraction: Decimal, decimals: int = 1) -> Decimal:
    return rounded(fraction * 100, decimals)


# ── January to April, 2020 and 2021 ──────────────────────────────────────────────────────────────

# Offshore execution by kind; onshore is what the printed total leaves.
KINDS = {"ITO": ("623.6", "913"), "BPO": ("298", "364"), "KPO": ("570.1", "666")}
CONTRACTS, EXECUTIONS = ("3743.9", "5424"), ("2476.5", "3359")


@pytest.fixture(scope="module")
def spring(tmp_path_factory) -> dict[tuple[str, ...], int]:
    rows: list[tuple[str, ...]] = []
    for index, period in enumerate((BEFORE, NOW)):
        rows.append((period, Measure.CONTRACT, Mode.ONSHORE, "CHN", "", CONTRACTS[index]))
        rows += [(period, Measure.EXECUTION, Mode.OFFSHORE, "USA", kind, both[index]) for kind, both in KINDS.items()]
        left = Decimal(EXECUTIONS[index]) - sum(Decimal(both[index]) for both in KINDS.values())
        rows.append((period, Measure.EXECUTION, Mode.ONSHORE, "CHN", "", str(left)))
    return cells_of(rows, tmp_path_factory.mktemp("spring"))


def rate(cells: dict[tuple[str, ...], int], *key: str) -> Decimal:
    found = growth(cells[Span.QUARTER, *key], cells[Span.QUARTER_BASE, *key])
    assert found.base == Base.FINE
    return in_percent(found.rate)


@pytest.mark.parametrize(
    ("key", "printed"),
    [
        pytest.param((Measure.CONTRACT, Mode.TOTAL, "", ""), "44.9", id="contracts"),
        pytest.param((Measure.EXECUTION, Mode.TOTAL, "", ""), "35.6", id="execution"),
        pytest.param((Measure.EXECUTION, Mode.OFFSHORE, Cut.CATEGORY, "ITO"), "46.4", id="ITO"),
        pytest.param((Measure.EXECUTION, Mode.OFFSHORE, Cut.CATEGORY, "KPO"), "16.8", id="KPO"),
    ],
)
def test_a_printed_growth_rate_comes_out_of_the_printed_levels(spring, key, printed):
    assert rate(spring, *key) == Decimal(printed)


def test_the_printed_rate_of_bpo_is_a_tenth_off_since_its_level_is_rounded(spring):
    """Printed +22.2 %: 364 stands for anything from 363.5 to 364.5, whose rates reach from 22.0 to 22.3."""
    assert rate(spring, Measure.EXECUTION, Mode.OFFSHORE, Cut.CATEGORY, "BPO") == Decimal("22.1")
    low, high = (in_percent(growth(cents(now), cents("298")).rate) for now in ("363.5", "364.5"))
    assert low <= Decimal("22.2") <= high


@pytest.mark.parametrize(
    ("base", "now", "printed", "found", "needed"),
    [
        # Foreign-invested firms: with those of Hong Kong, Macao and Taiwan in one year and without them in the other.
        pytest.param("605.5", "935", "18.4", "54.4", "789.7", id="foreign-invested"),
        # Private firms: the base was revised, and the revision was never printed.
        pytest.param("320.6", "439", "38.9", "36.9", "316.1", id="private"),
    ],
)
def test_some_printed_rates_rest_on_a_base_that_was_never_printed(base, now, printed, found, needed):
    assert in_percent(growth(cents(now), cents(base)).rate) == Decimal(found)
    assert in_percent(growth(cents(now), cents(needed)).rate) == Decimal(printed)


def test_an_average_growth_over_years_that_no_level_behind_it_gives():
    """Guizhou's offshore execution from 3.5533 to 114 million US dollars in three years, printed +218.8 % a year."""
    yearly = {now: in_percent((Decimal(now) / Decimal("355.33")) ** (Decimal(1) / 3) - 1) for now in ("11400", "11450")}
    assert yearly == {"11400": Decimal("217.8"), "11450": Decimal("218.2")}


# ── January to November 2014, first half of 2014, and later shares ───────────────────────────────


@pytest.fixture(scope="module")
def autumn(tmp_path_factory) -> dict[tuple[str, ...], int]:
    """Offshore execution by market, and onshore; what no market was printed for stands under one code."""
    markets = {"USA": "109", "DEU": "66.9", "HKG": "63.9", "JPN": "50.1", "ZZZ": "176.7"}
    rows = [(NOW, Measure.EXECUTION, Mode.OFFSHORE, market, "", printed) for market, printed in markets.items()]
    rows.append((NOW, Measure.EXECUTION, Mode.ONSHORE, "CHN", "", "222.9"))
    rows += [
        (NOW, Measure.CONTRACT, Mode.OFFSHORE, "USA", "", "608.4"),
        (NOW, Measure.CONTRACT, Mode.ONSHORE, "CHN", "", "310"),
    ]
    return cells_of(rows, tmp_path_factory.mktemp("autumn"))


def test_offshore_and_onshore_add_up_to_the_printed_totals(autumn):
    assert autumn[Span.QUARTER, Measure.EXECUTION, Mode.TOTAL, "", ""] == cents("689.5")
    assert autumn[Span.QUARTER, Measure.CONTRACT, Mode.TOTAL, "", ""] == cents("918.4")


def test_the_four_largest_markets_hold_the_printed_share(autumn):
    whole = autumn[Span.QUARTER, Measure.EXECUTION, Mode.OFFSHORE, "", ""]
    held = sum(
        autumn[Span.QUARTER, Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, code]
        for code in ("USA", "DEU", "HKG", "JPN")
    )
    assert held == cents("289.9")
    assert in_percent(share(held, whole)) == Decimal("62.1")


def test_the_three_kinds_are_a_tenth_short_of_the_whole_though_each_share_comes_out():
    kinds = {"246.8": "52.9", "154.4": "33.1", "65.3": "14.0"}
    assert sum(Decimal(printed) for printed in kinds) == Decimal("466.6") - Decimal("0.1")
    for printed, of_whole in kinds.items():
        assert in_percent(share(cents(printed), cents("466.6"))) == Decimal(of_whole)


@pytest.mark.parametrize(
    ("part", "whole", "printed"),
    [
        pytest.param("60.8", "253.4", "24.0", id="2014-half-US"),
        pytest.param("35.4", "253.4", "14.0", id="2014-half-EU"),
        pytest.param("34.8", "253.4", "13.7", id="2014-half-HK"),
        pytest.param("26.8", "253.4", "10.6", id="2014-half-JP"),
        pytest.param("3187.5", "7302", "43.7", id="2020-foreign-invested"),
        pytest.param("1877.9", "3561.5", "52.7", id="2020-August-Yangtze-delta"),
        pytest.param("3103.2", "3561.5", "87.1", id="2020-August-demonstration-cities"),
    ],
)
def test_a_printed_share_comes_out_of_the_printed_levels(part, whole, printed):
    assert in_percent(share(cents(part), cents(whole))) == Decimal(printed)


def test_a_cumulative_series_that_falls_cannot_be_one_series():
    """Belt-and-Road execution, January to June 723.2, January to August 617.5: 27 % of offshore, then 17 %."""
    assert Decimal("617.5") < Decimal("723.2")
    shares = [
        in_percent(share(cents(part), cents(whole)), 0) for part, whole in (("723.2", "2677.3"), ("617.5", "3561.5"))
    ]
    assert shares == [27, 17]
