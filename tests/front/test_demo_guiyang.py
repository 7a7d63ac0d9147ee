"""Guiyang's report of the first quarter of 2020, as it stands in the demo's ledger.

Its figures are counted here from the lines themselves, in a way of its own, not by the portal's statistics.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from portal.filings.models.filing import Filing, Line, Version
from portal.members.models import (
    Consent,
    Profile,
)
from portal.reference.models import MarketGroupMember
from portal.statistics.models import Cell

GUIYANG = "520100"
COUNTED_AT = datetime.fromisoformat("2020-04-20T18:00:00+08:00")
CONTRACT, EXECUTION = ("signed", "changed"), ("executed",)

demo = pytest.mark.demo


def at_decimals(value: Decimal, decimals: int) -> str:
    return str(value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def in_wan(cents: int) -> str:
    return at_decimals(Decimal(cents) / 1_000_000, 2)


def percent(part: int, whole: int, decimals: int = 2) -> str:
    return at_decimals(Decimal(100 * part) / whole, decimals)


def growth(now: int, base: int) -> str:
    return at_decimals((Decimal(now) / base - 1) * 100, 2)


def lines_of(period: str) -> list[Line]:
    """Guiyang's lines of a period, of the versions in force when its release was counted."""
    firms = Profile.objects.filter(division=GUIYANG).values("firm")
    rows = Line.objects.filter(version__in=Version.objects.known_at(COUNTED_AT), version__filing__period=period)
    return list(rows.filter(firm__in=firms).select_related("firm"))


def cents(lines: Iterable[Line], kinds: tuple[str, ...], wanted: Callable[[Line], bool] = lambda line: True) -> int:
    return sum(line.usd_cents for line in lines if line.kind in kinds and wanted(line))


def offshore(line: Line) -> bool:
    return line.mode == "offshore"


def onshore(line: Line) -> bool:
    return line.mode == "onshore"


def by(lines: Iterable[Line], kinds: tuple[str, ...], mode: str, name: str) -> list[tuple[object, int]]:
    """(firm or market, cents), largest first."""
    sums: Counter = Counter()
    for line in lines:
        if line.kind in kinds and line.mode == mode:
            sums[getattr(line, name)] += line.usd_cents
    return sums.most_common()


@demo
class TestGuiyangInTheFirstQuarterOf2020:
    def test_it_has_sixty_firms_filing_nil_returns_included(self):
        firms = Profile.objects.filter(division=GUIYANG).values("firm")
        filed = Version.objects.known_at(COUNTED_AT).filter(filing__period="2020Q1", firm__in=firms)
        assert filed.count() == 60
        assert 3 <= filed.filter(is_nil=True).count() <= 6

    def test_it_has_the_reports_totals(self):
        lines = lines_of("2020Q1")
        assert in_wan(cents(lines, CONTRACT)) == "21631.47"
        assert in_wan(cents(lines, CONTRACT, offshore)) == "2964.95"
        assert in_wan(cents(lines, CONTRACT, onshore)) == "18666.52"
        assert in_wan(cents(lines, EXECUTION)) == "15536.93"
        assert in_wan(cents(lines, EXECUTION, offshore)) == "7941.44"
        assert in_wan(cents(lines, EXECUTION, onshore)) == "7595.49"

    def test_it_has_the_base_that_gives_the_reports_growth(self):
        now, base = lines_of("2020Q1"), lines_of("2019Q1")
        assert cents(base, CONTRACT, offshore) == 477_318_500
        assert cents(base, CONTRACT, onshore) == 19_100_802
        assert cents(base, EXECUTION, offshore) == 571_433_500
        assert cents(base, EXECUTION, onshore) == 41_939_290
        rates = [
            growth(cents(now, kinds, mode), cents(base, kinds, mode))
            for kinds in (CONTRACT, EXECUTION)
            for mode in (lambda line: True, offshore, onshore)
        ]
        assert rates == ["4257.50", "521.17", "97626.37", "2433.03", "1289.74", "18010.68"]

    def test_it_has_the_reports_belt_and_road_share(self):
        lines = lines_of("2020Q1")
        listed = set(MarketGroupMember.objects.filter(group="guiyang_report_2020").values_list("market", flat=True))

        def in_list(line: Line) -> bool:
            return offshore(line) and line.market_id in listed

        for kinds, wan, share in ((CONTRACT, "2955.40", "99.68"), (EXECUTION, "7931.89", "99.88")):
            assert in_wan(cents(lines, kinds, in_list)) == wan
            assert percent(cents(lines, kinds, in_list), cents(lines, kinds, offshore)) == share

    def test_one_firm_alone_is_outside_the_list_and_its_contract_is_used_up(self):
        outside = [line for line in lines_of("2020Q1") if offshore(line) and line.market_id == "USA"]
        assert len({line.firm_id for line in outside}) == 1
        assert in_wan(cents(outside, CONTRACT)) == in_wan(cents(outside, EXECUTION)) == "9.55"

    def test_its_top_markets_are_vietnam_zambia_and_india(self):
        markets = by(lines_of("2020Q1"), EXECUTION, "offshore", "market_id")
        assert [market for market, _cents in markets[:3]] == ["VNM", "ZMB", "IND"]

    def test_six_firms_hold_four_fifths_of_its_onshore_execution(self):
        lines = lines_of("2020Q1")
        firms = [amount for _firm, amount in by(lines, EXECUTION, "onshore", "firm_id")]
        whole = cents(lines, EXECUTION, onshore)
        assert sum(firms[:5]) * 5 < whole * 4 <= sum(firms[:6]) * 5
        assert percent(sum(firms[:6]), whole) == "83.07"
        assert percent(sum(firms[:6]), cents(lines, EXECUTION), 1) == "40.6"

    def test_three_firms_hold_nearly_all_of_its_offshore_business(self):
        lines = lines_of("2020Q1")
        firms = by(lines, EXECUTION, "offshore", "firm_id")
        whole = cents(lines, EXECUTION, offshore)
        leaders = {firm for firm, _cents in firms[:3]}
        assert sum(amount for _firm, amount in firms[:2]) * 5 < whole * 4
        assert percent(sum(amount for _firm, amount in firms[:3]), whole, 1) == "99.5"
        signed = cents(lines, CONTRACT, lambda line: offshore(line) and line.firm_id in leaders)
        assert percent(signed, cents(lines, CONTRACT, offshore)) == "97.05"

    def test_two_of_its_offshore_firms_are_new(self):
        before = {filing.firm_id for filing in Filing.objects.filter(period="2019Q1")}
        firms = [firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "offshore", "firm_id")]
        assert len([firm for firm in firms if firm not in before]) == 2

    def test_half_of_its_execution_is_filed_back(self):
        back = [line for line in lines_of("2020Q1") if line.kind == "executed" and line.on < date(2020, 1, 1)]
        assert in_wan(cents(back, EXECUTION)) == "7995.67"
        assert len({line.firm_id for line in back}) >= 5
        assert {line.mode for line in back} == {"offshore", "onshore"}
        assert min(line.on for line in back) >= date(2019, 7, 1)
        assert max(line.first_submitted_on for line in back) <= date(2020, 3, 31)

    def test_no_cell_that_it_needs_is_withheld(self):
        cells = Cell.objects.filter(release__name="2020Q1-1", place=GUIYANG)
        needed = [
            cells.filter(span__in=("quarter", "quarter_base"), cut="", measure__in=("contract", "execution")),
            cells.filter(span="quarter", cut="market_group", member="guiyang_report_2020"),
            cells.filter(span="quarter", cut="market", member__in=("VNM", "ZMB", "IND"), measure="execution"),
            cells.filter(span="quarter", cut="leaders"),
        ]
        assert all(group.exists() for group in needed)
        assert {status for group in needed for status in group.values_list("status", flat=True)} == {"public"}

    def test_the_consents_were_there_before_the_releases(self):
        firms = {line.firm_id for line in lines_of("2019Q1")}
        assert firms <= set(Consent.objects.filter(given_at__lt="2019-04-20T00:00Z").values_list("firm", flat=True))
        leaders = {firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "offshore", "firm_id")}
        leaders |= {firm for firm, _cents in by(lines_of("2020Q1"), EXECUTION, "onshore", "firm_id")[:6]}
        assert leaders <= set(Consent.objects.filter(given_at__lt=COUNTED_AT).values_list("firm", flat=True))


def test_its_amounts_live_in_filings_and_nowhere_else():
    """The gallery of components draws some of them as illustrations; nothing that counts knows them."""
    portal = Path(__file__).resolve().parents[2] / "portal"
    paths = [path for path in portal.rglob("*") if path.suffix in (".py", ".csv", ".json", ".html")]
    texts = {path: path.read_text("utf-8") for path in paths if path.name != "gallery_data.py"}
    figures = ("15536.93", "7595.49", "18666.52", "97626.37", "18010.68", "guiyang-2020q1")
    assert [str(path) for path, text in texts.items() for figure in figures if figure in text] == []
