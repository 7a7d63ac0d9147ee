"""What the newsletter says in words of Guiyang's growth, the bridge says in numbers: newly found firms, and executions
dated after July 2019 that were filed late."""

import pytest
from django.test import Client

from portal.statistics.briefs import brief
from portal.statistics.queries import release_named
from tests.statistics.conftest import text_of

pytestmark = pytest.mark.demo


def test_the_page_draws_the_bridge():
    found = text_of(Client().get("/en/statistics/2020Q1-1/places/520100/"))
    for words in (
        "Back-filed lines make up 53.58% of the increase",
        "Back-filed happened before the period it was filed for ＋7,995.67",
        "New firms filed now, not a year before ＋5,118.74",
        "Firms gone filed a year before, not now －37.05",
        "the parts add up to the change of 14,923.56 exactly",
        "23 firms, same-firm growth ↑320.34%",
        "2019 Q3 4,133.39 2019 Q4 3,862.28",
    ):
        assert words in found, words


def test_the_brief_explains_in_both_languages():
    told = brief(release_named("2020Q1-1"), "520100", "贵阳市")
    for number in ("14923.56", "7995.67", "4133.39", "3862.28", "5118.74", "1648.25", "320.34"):
        assert number in told.text, number
    assert told.figures["bridge"]["execution"] == {
        "revision": "0.00", "back_filed": "7995.67", "new": "5118.74", "gone": "-37.05", "exchange": "-46.28",
        "real": "1892.48",
    }  # fmt: skip
    english = brief(release_named("2020Q1-1"), "520100", "Guiyang", "en").text
    assert "US$79.9567 million was work of earlier quarters that was filed late" in english
    assert "What was filed late had been executed in: third quarter of 2019 US$41.3339 million" in english
