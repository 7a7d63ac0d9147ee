"""A firm's private benchmark: its own figures beside what is published of others, and nothing more."""

import io
from datetime import timedelta

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from portal.filings.actions.drafts import open_filing
from portal.filings.actions.review import approve
from portal.filings.actions.submission import declare_nil, submit
from portal.lib.quarters import Quarter
from portal.statistics.benchmarks import is_guarded, own_cells
from portal.statistics.beside import Waits, benchmark
from portal.statistics.dimensions import Cut, Measure
from portal.statistics.facts import category_levels, gather
from portal.statistics.models import Cell
from portal.statistics.queries import published_releases
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU, ZUNYI, Deal, file, firms, publish, text_of
from tests.ui.markup import Markup
from tests.world import NOW, another_firm, clock_at, file_quarter

PAGE = "/en/filing/benchmark/2020Q1/"
QUARTER = Quarter(2020, 1)
LATER = BUILT + timedelta(hours=1)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def reading(user, address: str = PAGE, at=LATER):
    with clock_at(at):
        return client_of(user).get(address)


def neighbours(world, count: int = 5, *, with_base: bool = False) -> None:
    """Firms in Guiyang, each of which executed 110.00 for Vietnam, and perhaps 100.00 a year before."""
    for firm in firms(count):
        if with_base:
            file(world, firm, Deal(executed="100.00"), period="2019Q1")
        file(world, firm, Deal(executed="110.00"))


def own_quarters(world) -> None:
    """Alice's firm: 100.00 a year before; now 90.00 for Vietnam and 60.00 for the mainland, in two categories."""
    before = [Deal(executed="70.00"), Deal(market="CHN", category="KPO-1-01", executed="30.00")]
    file(world, world.firm, *before, period="2019Q1")
    file(world, world.firm, Deal(executed="90.00"), Deal(market="CHN", category="KPO-1-01", executed="60.00"))


def page_of(world, at=LATER):
    return benchmark(world.firm.pk, QUARTER, at)


def shares(line) -> list[str | None]:
    return [share.state or f"{share.value:.2f}" for share in line.shares]


# ── A worked example ─────────────────────────────────────────────────────────────────────────────


def test_own_growth_and_mix_stand_beside_the_city_s_by_hand(world, settings):
    """The city: 600 a year before (500 and 100); now 700 (550 and 150), of which 640 is offshore."""
    settings.LOW_BASE_FLOOR_CENTS = 0
    own_quarters(world)
    neighbours(world, with_base=True)
    publish(world)
    page = page_of(world)
    own, city = page.lines[:2]
    assert [line.name for line in page.lines][1] == "贵阳市"
    assert own.execution_rate.value == 50
    assert f"{city.execution_rate.value:.2f}" == "16.67"
    assert f"{city.own_share.value:.2f}" == "21.43"  # 150 of 700
    assert [[segment.value for segment in row.segments] for row in page.stacks[:1]] == [["60.00%", "40.00%"]]
    vietnam, mainland, rest = page.markets.lines
    assert (vietnam.name, shares(vietnam)[0], shares(rest)[0]) == ("越南", "60.00", "0.00")
    assert shares(mainland)[1:] == ["withheld"] * 3  # the mainland is the firm's alone
    # 90 of 150; what the city has of it would tell what the firm alone has of the other category.
    assert shares(page.categories.lines[0])[:2] == ["60.00", "withheld"]
    response = reading(world.alice)
    assert "up 50.00 per cent on a year before; Guiyang: up 16.67 per cent on a year before" in text_of(response)
    # Its files hold the same.
    text = reading(world.alice, f"{PAGE}tables.csv").content.decode("utf-8-sig")
    assert "Growth,Executed value,Guiyang,16.67,%,,2020Q1-1" in text
    assert "Market,China,Guiyang,,%,not published,2020Q1-1" in text
    content = reading(world.alice, f"{PAGE}tables.xlsx").content
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert ["Growth", "Executed value", "Guiyang", 16.67, "%"] in [row[:5] for row in sheet]
    assert reading(world.alice, f"{PAGE}tables.json").status_code == 404
    for address in (PAGE, PAGE.removeprefix("/en")):
        markup = Markup(reading(world.alice, address).content.decode())
        assert not markup.refused
        assert not markup.unclosed
        assert len(markup.ids) == len(set(markup.ids))


def test_the_city_s_mix_is_shown_where_enough_others_have_each_part(world):
    own_quarters(world)
    for firm in firms(5):
        file(world, firm, Deal(executed="110.00"), Deal(market="CHN", category="KPO-1-01", executed="22.00"))
    publish(world)
    widest = page_of(world).categories.lines[0]
    assert shares(widest)[:2] == ["60.00", "79.01"]  # 90 of 150; 640 of 810


def test_own_cells_are_those_that_a_release_of_the_firm_alone_would_have(world):
    file(world, world.firm, Deal(executed="100.00"), Deal(market="CHN"), period="2019Q1")
    file(world, world.firm, Deal(executed="90.00"), Deal(market="CHN", category="KPO-1-01", currency="CNY"))
    release = publish(world)
    gathered = gather(QUARTER, release.as_of, world.firm.pk)
    rows = Cell.objects.filter(release=release.pk, place=GUIYANG).exclude(measure=Measure.FIRMS)
    rows = rows.filter(cut__in=[Cut.WHOLE, Cut.MARKET, Cut.CATEGORY, Cut.SIZE])
    levels = category_levels(gathered.editions)
    keys = ("span", "measure", "mode", "cut", "member", "usd_cents", "cny_cents", "count")
    counted = own_cells(gathered.cube_facts(), [row[:2] for row in gathered.dimensions().spans], levels)
    assert {(*key, *amounts) for key, amounts in counted.items()} == set(rows.values_list(*keys))


# ── What a firm may not work out ─────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("contributors", "cents", "own", "guarded"),
    [(0, 0, 0, False), (4, 1000, 10, True), (5, 1000, 10, False), (5, 1000, 500, False), (5, 1000, 501, True)],
)
def test_a_figure_is_guarded_by_what_is_left_without_the_firm(contributors, cents, own, guarded):
    assert is_guarded(contributors, cents, own) is guarded


def test_a_public_figure_of_three_others_is_not_shown_to_the_fourth(world):
    own_quarters(world)
    neighbours(world, 3)
    publish(world)
    assert Cell.objects.filter(place=GUIYANG, measure="execution", mode="total", cut="", status="public").exists()
    page = page_of(world)
    assert {line.execution.state for line in page.lines[1:]} == {"secondary"}
    assert {line.execution_rate.state for line in page.lines[1:]} == {"withheld"}
    html = reading(world.alice).content.decode()
    assert "0.05" not in html  # the city's 480.00 in units of ten thousand
    assert "16.67" not in html


def test_a_mode_is_withheld_with_the_other_one(world):
    """Onshore has three firms, and would follow from the total and offshore."""
    own_quarters(world)
    neighbours(world)
    for firm in firms(3, first=300):
        file(world, firm, Deal(market="CHN"))
    publish(world)
    page = page_of(world)
    city = next(line for line in page.lines if line.name == "贵阳市")
    assert not city.execution.state
    assert "贵阳市" in page.unstacked


def test_a_province_with_a_few_firms_more_than_its_city_is_left_out(world):
    """The difference would be that of the two in Zunyi."""
    own_quarters(world)
    neighbours(world)
    for firm in firms(2, ZUNYI, first=300):
        file(world, firm, Deal())
    for firm in firms(5, ZHENGZHOU, first=400):
        file(world, firm, Deal())
    publish(world)
    names = [line.name for line in page_of(world).lines]
    assert "贵阳市" in names
    assert "全国会员企业" in names
    assert "贵州省" not in names


def test_figures_of_others_are_only_published_ones(world):
    """A build that nobody published is no source, and a release shows what it knew."""
    own_quarters(world)
    neighbours(world)
    publish(world)
    before = page_of(world).lines[1].execution
    for firm in firms(2, first=300):
        file(world, firm, Deal(executed="999.00"), at=LATER)
    assert page_of(world, LATER + timedelta(days=1)).lines[1].execution == before


# ── What it waits for ────────────────────────────────────────────────────────────────────────────


def test_before_approval_it_says_so(world):
    file_quarter(world, until="submitted")
    neighbours(world)
    publish(world)
    assert page_of(world) == Waits.APPROVAL
    assert "waits for the approval of your filing" in text_of(reading(world.alice))


def test_before_a_release_and_before_the_next_one_it_says_so(world):
    neighbours(world)
    own = file_quarter(world)
    assert page_of(world, own.approved_at) == Waits.RELEASE
    publish(world)
    late = another_firm(7, division=ZHENGZHOU)
    file(world, late, Deal(), at=BUILT)
    assert benchmark(late.pk, QUARTER, LATER) == Waits.NEXT_RELEASE
    assert published_releases()


# ── Doors ────────────────────────────────────────────────────────────────────────────────────────


def test_who_may_read_reads_and_outsiders_find_nothing(world):
    file_quarter(world)
    publish(world)
    assert reading(world.bob).status_code == 200
    for stranger in (world.dora, world.erik):
        assert reading(stranger).status_code == 404
    assert "waits for the approval" in text_of(reading(world.charlie))  # another firm sees its own, here none
    assert reading(world.charlie, f"{PAGE}tables.csv").status_code == 404
    assert client_of(world.alice).post(PAGE).status_code == 405


@pytest.mark.parametrize("period", ["2031Q1", "nonsense", "2020Q1-1"])
def test_a_period_that_is_not_there_is_not_found(world, period):
    assert reading(world.alice, f"/filing/benchmark/{period}/", NOW).status_code == 404


def test_it_asks_the_same_questions_of_any_number_of_firms(world, assert_constant_queries):
    own_quarters(world)
    numbers = iter(range(300, 400, 10))

    def more() -> None:
        step = next(numbers)
        for firm in firms(5, first=step):
            file(world, firm, Deal(), Deal(market="IND"))
        publish(world, at=BUILT + timedelta(minutes=step))

    client = client_of(world.alice)
    with clock_at(LATER + timedelta(days=1)):
        assert_constant_queries(more, lambda: client.get(PAGE))


def test_a_nil_return_stands_beside_the_others_too(world):
    at = NOW.replace(hour=1)
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=at)
    version = declare_nil(version=version, by=world.alice, at=at)
    version = submit(version=version, lists=world.lists, by=world.alice, at=at)
    approve(version=version, by=world.dora, at=at)
    publish(world)
    text = text_of(reading(world.alice))
    assert "there is no base a year before" in text
    assert "Your firm executed nothing in this quarter" in text
