"""The pages of what changed and of one figure, and the feed: they say why, and give nobody away."""

from datetime import timedelta

import pytest
from django.test import Client

from portal.statistics.dimensions import Measure, Mode
from portal.statistics.models import Move
from tests.beginnings import beginning
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, Deal, file, firms, text_of
from tests.statistics.test_changes import AFTERWARDS, LATER, correct, publish, world  # noqa: F401 (a fixture)

CHANGES, ABOUT = "/en/statistics/2020Q1-2/changes/", "/en/statistics/2020Q1-2/about/"


@beginning(now=AFTERWARDS)
def corrected(world):
    """Four firms in Guiyang and one in Zhengzhou; one of the four says less in the second number."""
    versions = [file(world, firm, Deal(market="CHN")) for firm in firms(4)]
    file(world, firms(1, ZHENGZHOU, first=300)[0], Deal(executed="123456.78", signed="200000.00"))
    publish(world)
    correct(world, versions[0], "511.11", market="CHN")
    publish(world, at=LATER)


def test_a_correction_of_one_firm_is_told_in_words_without_its_amount(corrected):
    words = text_of(Client().get(CHANGES, {"place": GUIYANG}))
    assert "What 2020Q1-2 says differently from 2020Q1-1" in words
    assert "Corrections" in words
    assert "fewer than 3" in words
    assert "not published" in words


def test_a_movement_of_enough_firms_has_its_amount(world):
    versions = [file(world, firm, Deal(executed="40000.00", signed="90000.00")) for firm in firms(4)]
    publish(world)
    for version in versions:
        correct(world, version, "500.00")
    publish(world, at=LATER)
    words = text_of(Client().get(CHANGES))
    assert "15.80" in words, words
    assert "fewer than" not in words.split("Corrections")[1].split("Compared with")[0]


def test_the_first_release_says_that_it_changes_nothing(world):
    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    words = text_of(Client().get("/en/statistics/2020Q1-1/changes/"))
    assert "changes nothing" in words
    assert "Nothing changed" in words


def test_a_page_of_changes_costs_the_same_however_much_has_moved(corrected, django_assert_max_num_queries):
    Client().get(CHANGES)
    with django_assert_max_num_queries(16):
        Client().get(CHANGES)


def test_the_feed_has_each_release_with_its_reasons(corrected):
    response = Client().get("/en/statistics/changes.atom")
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    words = text_of(response)
    assert "2020Q1-2: the first quarter of 2020, number 2" in words
    assert "What was published before has changed by: Corrections" in words
    assert "http://testserver/en/statistics/2020Q1-2/changes/" in response.content.decode()


def test_a_release_and_a_place_lead_to_their_changes_and_to_each_figure(corrected):
    page = Client().get(f"/en/statistics/2020Q1-2/places/{GUIYANG}/").content.decode()
    assert f"/en/statistics/2020Q1-2/changes/?place={GUIYANG}" in page
    assert f"/about/?place={GUIYANG}&amp;span=quarter&amp;measure=execution&amp;mode=onshore" in page
    assert "/en/statistics/2020Q1-2/changes/" in Client().get("/en/statistics/2020Q1-2/").content.decode()


def test_a_figure_tells_its_meaning_its_release_and_its_last_change(corrected):
    words = text_of(Client().get(ABOUT, {"place": GUIYANG, "measure": "execution", "mode": "onshore"}))
    for said in (
        "Executed value, Onshore", "Onshore: the client is in the mainland.", "4 firms of Guiyang", "2020Q1-2",
        "In 2020Q1-1 it was 0.36", "0.32", "Permanent link", "Live link",
    ):  # fmt: skip
        assert said in words, said


def test_a_withheld_figure_says_why_in_general_and_gives_no_amount(corrected):
    response = Client().get(ABOUT, {"place": ZHENGZHOU, "measure": "execution"})
    words = text_of(response)
    assert "This figure is not published." in words
    assert "too few firms stand behind it" in words
    assert "12.35" not in words
    assert "123" not in words.replace("12.35", "")


@pytest.mark.parametrize("asked", [{"measure": "gold"}, {"place": "nowhere"}, {"span": "century"}])
def test_what_is_no_figure_is_not_found(corrected, asked):
    assert Client().get(ABOUT, asked).status_code == 404


@pytest.mark.parametrize("path", [CHANGES, ABOUT, "/en/statistics/changes.atom"])
def test_public_pages_are_only_read(corrected, path):
    assert Client().post(path).status_code == 405


def test_a_release_under_embargo_tells_nothing(world):
    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    publish(world, at=LATER + timedelta(days=60))
    assert Client().get(CHANGES).status_code == 404
    assert "2020Q1-2" not in Client().get("/en/statistics/changes.atom").content.decode()


def test_no_amount_of_a_movement_reaches_the_page_unless_it_may(corrected):
    hidden = Move.objects.exclude(status="public").filter(place=GUIYANG, measure=Measure.EXECUTION, mode=Mode.TOTAL)
    assert {row.usd_cents for row in hidden.filter(cut="")} == {-388_89}
    assert "0.04" not in text_of(Client().get(CHANGES, {"place": GUIYANG})).split("By reason")[1]
