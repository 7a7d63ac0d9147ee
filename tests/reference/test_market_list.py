import pytest

from portal.reference.models import Market


@pytest.mark.parametrize("path", ["/lists/markets/", "/en/lists/markets/"])
def test_it_names_what_is_part_of_china_as_such(read, path):
    page = read(path)
    for name in ("中国香港", "中国澳门", "中国台湾", "Hong Kong, China", "Macao, China", "Taiwan, China"):
        assert name in page


def test_it_shows_every_market_once(read):
    page = read("/lists/markets/")
    assert all(page.count(f"{row.alpha3} {row.alpha2} {row.numeric}") == 1 for row in Market.objects.all())


def test_it_leads_to_the_groups_of_today(read):
    page = read("/en/lists/markets/")
    kingdom = page[page.index("United Kingdom") :]
    assert "/market-groups/eu/" not in kingdom[: kingdom.index("</tr>")]
    germany = page[page.index("Germany") :]
    assert "/market-groups/eu/" in germany[: germany.index("</tr>")]


def test_it_takes_two_queries_however_many_markets_there_are(read, django_assert_num_queries):
    with django_assert_num_queries(2):
        read("/lists/markets/")
