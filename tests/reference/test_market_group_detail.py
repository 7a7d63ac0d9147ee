import pytest

from portal.reference.models import Market, MarketGroupMember
from tests.world import NOW, clock_at

EU = "/en/lists/market-groups/eu/"


def members_shown(page: str) -> str:
    """The first of the two tables: those who are members on the day."""
    return page[page.index("<tbody>") : page.index("</tbody>")]


@pytest.mark.parametrize(("day", "count", "is_in"), [("2020-01-31", 28, True), ("2020-02-01", 27, False)])
def test_it_shows_the_group_as_it_stood_on_a_day(read, day, count, is_in):
    page = read(EU, on=day)
    assert f"{count} members on {day}" in page
    assert ("United Kingdom" in members_shown(page)) is is_in


def test_it_keeps_in_sight_who_has_left_and_who_is_to_come(read):
    page = read(EU, on="2020-02-01")
    assert "United Kingdom" in page[page.index("Not members on this day") :]
    assert "2020-01-31" in page


def test_it_shows_today_unless_asked_otherwise(read):
    with clock_at(NOW):
        assert "27 members on 2020-04-03" in read(EU)


@pytest.mark.parametrize(
    "day",
    ["nonsense", "2020-02-30", "20200201", "2020-1-1", "0000-01-01", "2020-01-01\x00", "٢٠٢٠-٠١-٠١"],
)
def test_it_says_what_it_could_not_read_and_shows_today(read, day):
    with clock_at(NOW):
        page = read(EU, on=day)
    assert "This is not a day" in page
    assert "27 members on 2020-04-03" in page


def test_it_escapes_what_it_could_not_read(read):
    page = read(EU, on="<script>alert(1)</script>")
    assert "<script>alert" not in page


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31"])
def test_it_bears_the_farthest_days(read, day):
    assert day in read(EU, on=day)


def test_it_says_when_there_are_no_members_yet(read):
    assert "No members on this day" in read("/en/lists/market-groups/rcep/", on="2019-01-01")


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/lists/market-groups/rcep/", "区域全面经济伙伴关系协定"),
        ("/en/lists/market-groups/rcep/", "by entry into force"),
    ],
)
def test_it_speaks_both_languages(read, path, words):
    assert words in read(path)


def test_it_tells_note_source_and_doubt_of_a_member(read):
    page = read("/en/lists/market-groups/bri_signatories/")
    assert "Left: notice of December 2023" in page
    assert "The date has not been checked against a document." in page


def test_it_does_not_exist_for_an_unknown_code(read):
    read("/en/lists/market-groups/atlantis/", status=404)


def test_it_takes_as_many_queries_for_more_members(read, assert_constant_queries):
    def add_rows() -> None:
        taken = MarketGroupMember.objects.filter(group="gcc").values("market")
        for market in Market.objects.exclude(alpha3__in=taken)[:5]:
            MarketGroupMember.objects.create(group_id="gcc", market=market)

    assert_constant_queries(add_rows, lambda: read("/lists/market-groups/gcc/"))
