"""All releases, and what comes next."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.filings.actions.periods import open_period
from portal.lib.quarters import Quarter
from portal.statistics.actions import build_release
from tests.statistics.conftest import BUILT, Deal, file, firms, publish, text_of
from tests.world import EARLIER, NOW

LIST = "/en/statistics/"


def page() -> str:
    response = Client().get(LIST)
    assert response.status_code == 200
    return text_of(response)


def test_it_says_that_nothing_is_published(db):
    assert "Nothing is published yet" in page()


def test_it_lists_releases_newest_first_and_marks_what_was_replaced(world):
    for firm in firms(3):
        file(world, firm, Deal(), period="2019Q4")
        file(world, firm, Deal())
    publish(world, "2019Q4")
    publish(world)
    publish(world, at=BUILT + timedelta(days=1))
    found = page()
    places = [found.index(f" {name} ") for name in ("2020Q1-2", "2020Q1-1", "2019Q4-1")]
    assert places == sorted(places)
    assert found.count("replaced by") == 1
    assert "replaced by 2020Q1-2" in found


def test_it_never_lists_a_release_that_is_not_published(world):
    file(world, world.firm, Deal())
    build_release(period="2020Q1", by=world.erik, at=BUILT)
    assert "2020Q1-1" not in page()
    assert Client().get("/en/statistics/2020Q1-1/").status_code == 404


def test_it_tells_what_comes_next(world):
    open_period(quarter=Quarter(2020, 2), by=world.frida, at=EARLIER)
    file(world, world.firm, Deal(), period="2019Q4")
    publish(world, "2019Q4", at=NOW - timedelta(days=30))
    found = page()
    assert "First quarter of 2020 filings are due" in found
    assert "Second quarter of 2020 filings are due" in found
    assert "now under review" not in found


@pytest.mark.parametrize("address", ["/statistics/", "/en/statistics/"])
def test_it_is_the_same_for_everybody_and_may_be_kept(db, address):
    response = Client().get(address)
    assert response["Cache-Control"].startswith("public, max-age=")
    assert "Cookie" not in response.get("Vary", "")
    assert not response.cookies


def test_it_is_only_read(db):
    assert Client().post(LIST).status_code == 405


def test_it_asks_the_same_of_the_database_for_any_number_of_releases(world, assert_constant_queries):
    file(world, world.firm, Deal())
    days = iter(range(1, 9))
    assert_constant_queries(lambda: publish(world, at=BUILT + timedelta(days=next(days))), page)
