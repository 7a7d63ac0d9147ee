"""The front page: the newest release in four figures, for everybody the same."""

from datetime import timedelta

import pytest
from django.test import Client

from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, ZHENGZHOU, Deal, file, firms, publish, text_of
from tests.ui.markup import Markup
from tests.world import NOW, World, clock_at

HOME = "/en/"


def page() -> str:
    response = Client().get(HOME)
    assert response.status_code == 200
    return text_of(response)


def filed(world, periods=("2019Q1", "2019Q2", "2020Q1")) -> None:
    for firm in [*firms(3), *firms(3, ZHENGZHOU, first=200)]:
        for number, period in enumerate(periods, start=1):
            deals = (Deal(executed=f"{100 * number}.00"), Deal(market="CHN", executed=f"{50 * number}.00"))
            file(world, firm, *deals, period=period)


@beginning
def three_quarters(world: World) -> None:
    """All published."""
    filed(world)
    for period in ("2019Q1", "2019Q2", "2020Q1"):
        publish(world, period)


@beginning
def first_release(world: World) -> None:
    filed(world, ("2020Q1",))
    publish(world)


def test_before_any_release_it_says_so_and_shows_no_number(db):
    found = page()
    assert "The first figures are still being filed" in found
    assert "Nothing is published yet" in found
    assert "year on year" not in found


def test_it_tells_the_newest_release_in_four_figures(three_quarters):
    found = page()
    four = found.split("The release in four figures")[-1]
    for words in ("Contract value", "Executed value", "Offshore execution", "Firms filing firms 6"):
        assert words in four, words
    assert "Release 2020Q1-1 First quarter of 2020" in found
    assert "6 firms filed." in found


def test_the_title_states_the_finding(three_quarters):
    assert "Members executed US$2,700 in the first quarter, up from US$900; 66.67% of it is offshore" in page()


def test_the_chart_has_its_table_of_every_published_quarter(three_quarters):
    found = page()
    table = found.split("The table of this chart")[1]
    for quarter in ("2019 Q1", "2019 Q2", "2020 Q1"):
        assert quarter in table
    html = Client().get(HOME).content.decode()
    for kept in ("tables.csv", "charts/execution.png", "charts/provinces.svg", "charts/figures.png"):
        assert f'href="/en/statistics/2020Q1-1/places/CN/{kept}"' in html, kept
    small = found.split("The small lines as a table")[-1].split("Source")[0]
    assert [quarter in small for quarter in ("2019 Q1", "2019 Q2", "2020 Q1")] == [True] * 3


def test_the_newest_number_of_each_quarter_stands_for_it(world, first_release):
    for firm in firms(3, first=400):
        file(world, firm, Deal(signed="9000000.00", executed="1700000.00"), at=BUILT)
    publish(world, at=BUILT + timedelta(days=1))
    table = page().split("The table of this chart")[1]
    assert table.count("2020 Q1") == 1
    assert "5.10" in table.split("2020 Q1")[1][:20]


def test_a_province_of_two_firms_is_dashed_and_not_among_the_leading(world):
    filed(world, ("2020Q1",))
    for firm in firms(2, "310000", first=300):
        file(world, firm, Deal(signed="80000000.00", executed="71234567.00"))
    publish(world)
    html = Client().get(HOME).content.decode()
    assert 'class="tile t-31 q0"' in html
    leading = text_of(Client().get(HOME)).split("Provinces with the largest published execution")[-1]
    assert "Shanghai" not in leading
    assert "14,246.91" not in html


def test_it_lists_the_newest_releases_and_what_comes_next(world):
    filed(world, ("2019Q4",))
    publish(world, "2019Q4", at=NOW - timedelta(days=30))
    found = page()
    assert "Fourth quarter of 2019 Release 2019Q4-1" in found
    assert "First quarter of 2020 filings are due" in found
    assert "Filing of the first quarter of 2020: due on April 10, 2020." in found
    with clock_at(NOW + timedelta(days=30)):
        assert "Filing of the first quarter of 2020: closed, now under review." in page()


def test_it_leads_to_the_sign_in_page_without_a_form_of_its_own(db):
    html = Client().get(HOME).content.decode()
    assert 'href="/en/workspace/"' in html
    assert "<form" not in html
    assert "csrf" not in html


@pytest.mark.parametrize("address", ["/", "/en/"])
def test_it_is_the_same_for_everybody_and_may_be_kept(world, first_release, address):
    somebody = Client()
    somebody.force_login(world.alice)
    one, other = Client().get(address), somebody.get(address)
    assert one.content == other.content
    assert other["Cache-Control"].startswith("public, max-age=")
    assert not other.cookies


def test_it_is_only_read(db):
    assert Client().post(HOME).status_code == 405


def assert_in_order() -> None:
    for address in ("/", "/en/"):
        markup = Markup(Client().get(address).content.decode())
        assert not markup.refused
        assert not markup.unclosed
        assert len(markup.ids) == len(set(markup.ids))
        assert set(markup.references) <= set(markup.ids)


def test_its_markup_is_in_order_before_the_first_release(db):
    assert_in_order()


def test_its_markup_is_in_order_after_the_first_release(first_release):
    assert_in_order()


def test_it_asks_the_same_of_the_database_for_any_number_of_releases(world, assert_constant_queries):
    filed(world, ("2020Q1",))
    days = iter(range(1, 9))
    assert_constant_queries(lambda: publish(world, at=BUILT + timedelta(days=next(days))), page)
