"""What is withheld reaches no page, file, rank or share."""

import io
import json
from decimal import Decimal

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from portal.lib.money import in_wan, rounded
from portal.members.actions import change_profile, record_consent, withdraw_consent
from portal.members.models import Consent, Firm
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, Status
from portal.statistics.indicators import Base
from portal.statistics.levels import Indicator, Known, Level, Table
from portal.statistics.models import Cell
from portal.statistics.queries import long_rows, published_releases, table
from portal.statistics.report import report
from portal.ui.figures import grouped
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, Deal, file, firms, publish, text_of
from tests.world import EARLIER, JOINED, World

EXECUTION = Indicator(Measure.EXECUTION)
ZAMBIA = Indicator(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, "ZMB")


def consent(firm: Firm) -> Consent:
    return record_consent(firm=firm, evidence="paper 1", by=None, at=EARLIER)


def controlled(firm: Firm, by: str) -> None:
    profile = firm.profiles.get()
    change_profile(
        firm=firm, effective_on=JOINED, division=profile.division, size_band=profile.size_band, grade=profile.grade,
        controller=by, by=None, at=EARLIER,
    )  # fmt: skip


@pytest.mark.parametrize(("count", "known"), [(1, Known.WITHHELD), (2, Known.WITHHELD), (3, Known.PUBLIC)])
def test_a_figure_needs_three_firms(world, count, known):
    for firm in firms(count):
        file(world, firm, Deal())
    found = table(publish(world), GUIYANG).level(EXECUTION)
    assert found.known == known
    assert (found.usd_cents is None) == (known == Known.WITHHELD)


def test_three_firms_of_one_controller_are_one(world):
    for firm in firms(3):
        controlled(firm, "示例集团")
        file(world, firm, Deal())
    assert table(publish(world), GUIYANG).level(EXECUTION).known == Known.WITHHELD


def test_two_firms_are_enough_when_both_consent(world):
    for firm in firms(2):
        consent(firm)
        file(world, firm, Deal())
    assert table(publish(world), GUIYANG).level(EXECUTION).usd_cents == 1800_00


def test_one_consent_of_two_is_not_enough(world):
    first, second = firms(2)
    consent(first)
    for firm in (first, second):
        file(world, firm, Deal())
    assert table(publish(world), GUIYANG).level(EXECUTION).known == Known.WITHHELD


def test_a_consent_counts_until_it_is_withdrawn_and_what_was_published_stays(world):
    rows = firms(2)
    consents = [consent(firm) for firm in rows]
    for firm in rows:
        file(world, firm, Deal())
    before = publish(world)
    withdraw_consent(consent=consents[0], by=None, at=BUILT.replace(hour=19))
    after = publish(world, at=BUILT.replace(hour=20))
    assert table(before, GUIYANG).level(EXECUTION).is_public
    assert table(after, GUIYANG).level(EXECUTION).known == Known.WITHHELD


def test_growth_is_withheld_when_only_the_base_is(world):
    rows = firms(3)
    file(world, rows[0], Deal(), period="2019Q1")
    for firm in rows:
        file(world, firm, Deal())
    found = table(publish(world), GUIYANG).growth(EXECUTION)
    assert (found.base, found.rate) == (Base.WITHHELD, None)


def test_a_share_is_none_when_its_part_is_withheld(world):
    """Korea, the smaller of the two that may be told, is withheld to protect Zambia."""
    for number, firm in enumerate(firms(4)):
        others = [Deal(market="ZMB")] * (number < 2) + [Deal(market="KOR")] * (number < 3)
        file(world, firm, Deal(), *others)
    content = report(table(publish(world), GUIYANG))
    shares = {part.member: part.share for part in content.markets[Measure.EXECUTION]}
    assert shares == {"VNM": Decimal(4) / 9, "ZMB": None, "KOR": None}


# ── Rank ─────────────────────────────────────────────────────────────────────────────────────────


def markets_of(**amounts: int | None) -> Table:
    """A place with these markets (those of None are withheld, and have 40 together), by hand."""
    offshore = (Span.QUARTER, Measure.EXECUTION, Mode.OFFSHORE)
    whole = sum(cents or 0 for cents in amounts.values()) + (40 if None in amounts.values() else 0)
    cells = {(*offshore, Cut.MARKET, code): level_of(cents) for code, cents in amounts.items()}
    return Table(None, GUIYANG, cells | {(*offshore, Cut.WHOLE, ""): level_of(whole)})


def level_of(cents: int | None) -> Level:
    return Level(Known.WITHHELD) if cents is None else Level(Known.PUBLIC, cents, cents, 0)


def ranking(**amounts: int | None) -> list[str]:
    return markets_of(**amounts).ranked(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET)


def test_all_are_ranked_where_none_is_withheld():
    assert ranking(VNM=5, ZMB=90, IND=30) == ["ZMB", "IND", "VNM"]


def test_a_rank_goes_as_far_as_the_published_figures_settle_it():
    """A withheld market has at most the 40 that the others leave: 90 is surely before it, 30 is not."""
    assert ranking(VNM=90, IND=30, ZMB=None) == ["VNM"]


def test_a_rank_is_the_same_wherever_the_withheld_one_really_stands():
    """Two withheld ones that share the 40 in any way: the order looks at neither."""
    assert ranking(VNM=90, IND=41, ZMB=None, LAO=None) == ["VNM", "IND"]


# ── Nothing of it leaves ─────────────────────────────────────────────────────────────────────────


def two_firm_market(world, *, agreed: bool) -> None:
    """Four firms work for Vietnam, two of them for Zambia too, under another category."""
    for number, firm in enumerate(firms(4)):
        zambian = Deal(market="ZMB", category="BPO-1-01", signed="3456789.01", executed=f"12345{number}7.89")
        if agreed:
            consent(firm)
        file(world, firm, Deal(signed="9000000.00", executed="1000000.00"), *([zambian] if number < 2 else []))
    publish(world)


@beginning
def market_of_two(world: World) -> None:
    two_firm_market(world, agreed=False)


def files_of(place: str) -> dict[str, str]:
    """Every page and file that tells of a place, as text."""
    client = Client()
    base = f"statistics/2020Q1-1/places/{place}/"
    found = {}
    for language in ("/", "/en/"):
        for page in ("", "statistics/", "statistics/2020Q1-1/", "statistics/places/", base, f"{base}brief.txt"):
            found[language + page] = client.get(language + page).content.decode()
        for folder in ("statistics/2020Q1-1/", base):
            for form in ("csv", "json"):
                found[f"{language}{folder}{form}"] = client.get(f"{language}{folder}tables.{form}").content.decode()
            found[f"{language}{folder}xlsx"] = cells_of(client.get(f"{language}{folder}tables.xlsx").content)
    return found


def cells_of(workbook: bytes) -> str:
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    sheets = [book.get_sheet_by_name(name).to_python() for name in book.sheet_names]
    return " ".join(str(value) for sheet in sheets for row in sheet for value in row)


def told_as(cents: int) -> set[str]:
    """The ways in which an amount would be written."""
    wan = in_wan(cents)
    return {str(cents), f"{rounded(wan):f}", grouped(wan), f"{rounded(wan).scaleb(-2):f}", str(float(wan))}


def test_no_page_and_no_file_tells_a_withheld_amount(market_of_two):
    hidden = Cell.objects.filter(status=Status.CONFIDENTIAL).exclude(usd_cents=0)
    public = set(Cell.objects.filter(status=Status.PUBLIC).values_list("usd_cents", flat=True))
    amounts = {cents for row in hidden for cents in (row.usd_cents, row.cny_cents)} - public
    assert hidden.filter(member="ZMB", place=GUIYANG).exists()
    words = {word for cents in amounts for word in told_as(cents)}
    leaks = [(name, word) for name, text in files_of(GUIYANG).items() for word in words if word in text]
    assert leaks == []


def test_no_page_and_no_file_tells_a_withheld_share(market_of_two):
    release = published_releases()[0]
    row = Cell.objects.get(
        release=release.pk,
        place=GUIYANG,
        span=Span.QUARTER,
        measure=Measure.EXECUTION,
        mode=Mode.OFFSHORE,
        member="ZMB",
    )
    whole = table(release, GUIYANG).level(Indicator(Measure.EXECUTION, Mode.OFFSHORE)).usd_cents
    share = Decimal(100 * row.usd_cents) / whole
    words = (f"{rounded(share)}", f"{rounded(share, 1)}%", str(share)[:6])
    assert [(name, word) for name, text in files_of(GUIYANG).items() for word in words if word in text] == []


def test_the_same_amounts_are_told_once_both_firms_consent(world):
    """The counterpart: what the two tests above look for would be found."""
    two_firm_market(world, agreed=True)
    row = Cell.objects.get(
        place=GUIYANG, span=Span.QUARTER, measure=Measure.EXECUTION, mode=Mode.OFFSHORE, cut=Cut.MARKET, member="ZMB"
    )
    files = files_of(GUIYANG)
    for name in (f"/statistics/2020Q1-1/places/{GUIYANG}/", f"/statistics/2020Q1-1/places/{GUIYANG}/json",
                 f"/statistics/2020Q1-1/places/{GUIYANG}/csv", "/statistics/2020Q1-1/xlsx"):  # fmt: skip
        assert any(word in files[name] for word in told_as(row.usd_cents)), name


def test_the_page_names_the_withheld_market_without_a_number(market_of_two):
    page = text_of(Client().get(f"/en/statistics/2020Q1-1/places/{GUIYANG}/"))
    assert "Zambia c not published: confidential — none c not published: confidential — none" in page
    assert "Vietnam d not published: to protect another figure — none" in page
    headline = page.split("1 Totals")[0] if "1 Totals" in page else page.split("Totals")[0]
    assert "Zambia" not in headline


def test_a_withheld_row_of_a_file_says_so_and_is_empty(market_of_two):
    rows = json.loads(Client().get(f"/statistics/2020Q1-1/places/{GUIYANG}/tables.json").content)["rows"]
    zambia = [row for row in rows if row[5] == "ZMB"]
    assert zambia
    assert {tuple(row[6:]) for row in zambia} == {(None, None, None, "confidential", "C")}


def test_the_queries_hand_over_no_withheld_amount(market_of_two):
    release = published_releases()[0]
    withheld = [row.level for row in long_rows(release) if not row.level.is_public]
    assert withheld
    assert {(level.usd_cents, level.cny_cents, level.count) for level in withheld} == {(None, None, None)}
    assert table(release, NATION).level(ZAMBIA).usd_cents is None
