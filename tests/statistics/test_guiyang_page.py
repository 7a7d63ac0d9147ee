"""The standing example on its page: Guiyang, first quarter of 2020, to the last printed digit."""

import pytest
from django.test import Client

from tests.statistics.conftest import text_of

pytestmark = pytest.mark.demo

PAGE = "statistics/2020Q1-1/places/520100/"
# Level, level a year before, growth: the base is what reproduces the printed growth, shown to two decimals.
TABLE = (
    "Contract value 21,631.47 496.42 up 4,257.50 low base 4,257.50 100.00",
    "Offshore 2,964.95 477.32 up 521.17 501.11 13.71",
    "Onshore 18,666.52 19.10 up 97,626.37 low base 3,756.38 86.29",
    "Executed value 15,536.93 613.37 up 2,433.03 low base 2,433.03 100.00",
    "Offshore 7,941.44 571.43 up 1,289.74 low base 1,201.55 51.11",
    "Onshore 7,595.49 41.94 up 18,010.68 low base 1,231.48 48.89",
)


def test_the_english_page_shows_every_printed_figure():
    found = text_of(Client().get(f"/en/{PAGE}")).replace("↑ ", "")
    for row in TABLE:
        assert row in found, row
    for words in (
        "60 firms filed",
        "Vietnam, Zambia and India are the largest markets",
        "Of offshore contract value 99 .68% 29.55 US$ million",
        "Of offshore executed value 99 .88% 79.32 US$ million",
        "6 onshore firms all executed value 40.61 6 onshore firms onshore executed value 83.07",
        "offshore executed value 99.50 3 offshore firms offshore contract value 97.05",
    ):
        assert words in found, words


def test_the_chinese_page_tells_it_as_the_newsletter_prints_it():
    found = text_of(Client().get(f"/{PAGE}"))
    for words in (
        "21631.47万美元", "4257.50%", "15536.93万美元", "2433.03%", "2964.95万美元", "521.17%", "7941.44万美元",
        "1289.74%", "18666.52万美元", "97626.37%", "7595.49万美元", "18010.68%", "2955.40万美元", "99.68%",
        "7931.89万美元", "99.88%", "越南、赞比亚和印度",
    ):  # fmt: skip
        assert words in found.replace(" ", ""), words


def test_the_live_page_of_the_period_shows_the_same_figures():
    live, frozen = Client().get("/en/statistics/places/520100/?period=2020Q1"), Client().get(f"/en/{PAGE}")
    assert cells(live) == cells(frozen) != []


def cells(response) -> list[str]:
    return [part.split("</td>")[0] for part in response.content.decode().split('<td class="n">')[1:]]
