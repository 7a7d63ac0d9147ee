"""One release, of all members."""

from datetime import timedelta

from django.test import Client

from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, ZHENGZHOU, Deal, file, firms, publish, text_of
from tests.ui.markup import Markup

PAGE = "/en/statistics/2020Q1-1/"


@beginning
def published(world) -> None:
    for firm in [*firms(3), *firms(3, ZHENGZHOU, first=200)]:
        file(world, firm, Deal(executed="700.00"), Deal(market="CHN", executed="300.00", category="KPO-1-01"))
    publish(world)


def page(address: str = PAGE) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return text_of(response)


def test_it_tells_totals_modes_markets_groups_categories_places_and_sizes(world, published):
    found = page()
    for words in (
        "Members executed US$6,000 in the first quarter; 70.00% of it is offshore",
        "Contract value 1.20",
        "Vietnam 0.60",
        "ASEAN",
        "Knowledge process outsourcing",
        "Guizhou 3 0.60 0.30",
        "Guiyang 3 0.60 0.30",
        "Zhengzhou 3 0.60 0.30",
        "Small firms",
        "This is the first release of the first quarter of 2020.",
        "Service categories edition 1",
    ):
        assert words in found, words


def test_its_links_lead_to_the_same_release_of_a_place(world, published):
    assert f'href="/en/statistics/2020Q1-1/places/{GUIYANG}/"' in Client().get(PAGE).content.decode()


def test_a_replaced_number_says_so_and_what_replaced_it(world, published):
    late = firms(1, first=300)[0]
    file(world, late, Deal(executed="700.00"), at=BUILT)
    publish(world, at=BUILT + timedelta(days=2))
    assert "A newer number of this period exists" in page()
    assert "replaced by 2020Q1-2" in page()
    newer = page("/en/statistics/2020Q1-2/")
    assert "A newer number" not in newer
    assert "From 2020Q1-1 to 2020Q1-2; amounts in US$10,000 Firms filing 6 → 7" in newer
    assert "Executed value, Offshore 0.42 → 0.49" in newer
    assert "Executed value, Onshore" not in newer.split("From 2020Q1-1")[1].split("Lists used")[0]


def test_its_markup_is_in_order_in_both_languages(world, published):
    for address in (PAGE, PAGE.removeprefix("/en")):
        markup = Markup(Client().get(address).content.decode())
        assert not markup.refused
        assert not markup.unclosed
        assert len(markup.ids) == len(set(markup.ids))
        assert set(markup.references) <= set(markup.ids)


def test_a_name_that_no_release_has_is_not_found(db):
    for name in ("2020Q1-1", "2020Q9-1", "nonsense", "2020Q1-" + "9" * 300):
        assert Client().get(f"/en/statistics/{name}/").status_code == 404


def test_it_is_only_read(db):
    assert Client().post(PAGE).status_code == 405


def test_it_asks_the_same_of_the_database_for_any_number_of_places(world, assert_constant_queries):
    divisions = iter([ZHENGZHOU, "330100", "210200", "310000"])
    days = iter(range(1, 9))
    for firm in firms(3):
        file(world, firm, Deal())

    def another_city():
        number = next(days)
        for firm in firms(3, next(divisions), first=200 + 10 * number):
            file(world, firm, Deal(), Deal(market="CHN", category="BPO-1-01"))
        publish(world, at=BUILT + timedelta(days=number))

    # The newest number has one more query than the first: what changed. So both times it is not the first.
    publish(world)
    newest = iter(["2020Q1-2", "2020Q1-2", "2020Q1-3"])
    assert_constant_queries(another_city, lambda: Client().get(f"/en/statistics/{next(newest)}/"))
