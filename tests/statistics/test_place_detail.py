"""What a release says of a place: the newest one, and any one for ever."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.members.actions import record_consent
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, ZUNYI, Deal, file, firms, publish, text_of
from tests.ui.markup import Markup
from tests.world import EARLIER

LIVE = f"/en/statistics/places/{GUIYANG}/"
FROZEN = f"/en/statistics/2020Q1-1/places/{GUIYANG}/"


def page(address: str = LIVE) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return text_of(response)


@beginning
def one_quarter(world) -> None:
    """Three firms in 2020Q1, and published."""
    for firm in firms(3):
        file(world, firm, Deal(executed="900.00"), Deal(market="CHN", executed="900.00"))
    publish(world)


@beginning
def four_quarters(world) -> None:
    """Three firms in 2019Q1 to 2020Q1; 2019Q2 and 2020Q1 are published."""
    for firm in firms(3):
        for period, executed in (("2019Q1", "100.00"), ("2019Q2", "200.00"), ("2020Q1", "900.00")):
            file(world, firm, Deal(executed=executed), Deal(market="CHN", executed=executed), period=period)
    publish(world, "2019Q2")
    publish(world)


def test_it_shows_every_section(world):
    rows = firms(5)
    for firm in rows:
        record_consent(firm=firm, evidence="paper", by=None, at=EARLIER)
        file(world, firm, Deal(executed="700.00"), Deal(market="CHN", executed="300.00", category="KPO-1-01"))
    publish(world)
    found = page()
    for heading in (
        "Totals", "Offshore and onshore", "Belt-and-Road markets", "Main markets", "Service categories", "Brief",
        "Concentration", "Notes, versions and downloads",
    ):  # fmt: skip
        assert heading in found, heading
    assert "Firms in Guiyang executed US$5,000 in the first quarter; 70.00% of it is offshore" in found
    assert "Nearly all offshore execution is for Belt-and-Road markets" in found
    assert "4 onshore firms all executed value 24.00 4 onshore firms onshore executed value 80.00" in found


def test_its_figures_are_data_in_the_brief(world):
    for firm in firms(3):
        file(world, firm, Deal(executed="700.00"))
    publish(world)
    html = Client().get(LIVE).content.decode()
    assert '<data value="0.0021">US$0.0021 million</data>' in html


def test_concentration_is_left_out_without_consent(world):
    for firm in firms(4):
        file(world, firm, Deal())
    publish(world)
    assert "What the leading firms hold" not in page()


def test_without_a_period_it_is_the_newest_of_all(world, four_quarters):
    assert "First quarter of 2020 January to March 2020" in page()


def test_with_a_period_it_is_the_newest_number_of_that_period(world, four_quarters):
    publish(world, "2019Q2", at=BUILT + timedelta(days=3))
    html = Client().get(f"{LIVE}?period=2019Q2").content.decode()
    assert "2019Q2-2" in html
    assert '<option value="2019Q2" selected>' in html


def test_an_unknown_period_is_said_and_the_newest_shown(world, one_quarter):
    for asked in ("2018Q1", "nonsense", "2020Q1-1", "%3Cb%3E", "9" * 5000, "%00"):
        found = page(f"{LIVE}?period={asked}")
        assert "There is no release of “" in found, asked
        assert "The newest one is shown, of the first quarter of 2020" in found


def test_the_year_to_date_is_a_sum_of_its_quarters(world, four_quarters):
    quarter, to_date = page(f"{LIVE}?period=2019Q2"), page(f"{LIVE}?period=2019Q2&span=to_date")
    assert "April to June 2019" in quarter
    assert "Executed value 0.12" in quarter
    assert "January to June 2019" in to_date
    assert "Executed value 0.18" in to_date


def test_the_first_quarter_has_no_year_to_date_of_its_own(world, four_quarters):
    html = Client().get(f"{LIVE}?span=to_date").content.decode()
    assert "span=to_date" not in html
    assert text_of(Client().get(f"{LIVE}?span=to_date")) == page()


def test_the_span_stays_when_the_period_is_changed(world, four_quarters):
    html = Client().get(f"{LIVE}?period=2019Q2&span=to_date").content.decode()
    assert '<input type="hidden" name="span" value="to_date">' in html
    assert f'href="{LIVE}?period=2019Q2"' in html


def test_a_frozen_link_keeps_its_figures_after_a_newer_release(world, one_quarter):
    before = page(FROZEN)
    late = firms(1, first=400)[0]
    file(world, late, Deal(executed="999.00"), at=BUILT)
    publish(world, at=BUILT + timedelta(days=2))
    assert "0.54" in page(FROZEN).split("Totals")[1].split("Brief")[0]
    assert "A newer number of this period exists" in page(FROZEN)
    assert "A newer number" not in before
    assert "Executed value 0.54 → 0.64" in page()


def test_a_place_without_data_is_a_sentence(world, one_quarter):
    found = page(f"/en/statistics/places/{ZUNYI}/")
    assert "No firm in Zunyi has filed for the first quarter of 2020" in found
    assert "Totals" not in found


def test_before_any_release_a_place_says_so(db):
    assert "Nothing is published yet" in page()


def test_the_nation_provinces_and_regions_have_the_same_report(world, one_quarter):
    for code in ("CN", "520000", "nbs4-west", "mofcom_midwest_nbs-midwest"):
        assert "Executed value 0.54" in page(f"/en/statistics/places/{code}/"), code


def test_an_unknown_place_is_not_found(world, one_quarter):
    for code in ("999999", "nowhere", "cn", "5" * 300):
        assert Client().get(f"/en/statistics/places/{code}/").status_code == 404, code
        assert Client().get(f"/en/statistics/2020Q1-1/places/{code}/").status_code == 404, code


def test_an_unknown_release_is_not_found(db):
    assert Client().get(FROZEN).status_code == 404


@pytest.mark.parametrize(
    ("base", "words"),
    [
        ("0", "Zero a year before: no growth rate"),
        ("", "No figure a year before"),
    ],
)
def test_a_base_of_zero_or_none_is_said_in_words(world, base, words):
    for firm in firms(3):
        if base:
            file(world, firm, Deal(executed=""), period="2019Q1")
        file(world, firm, Deal())
    publish(world)
    totals = page().split("Totals")[1].split("Offshore and onshore")[0]
    assert words in totals.split("Executed value")[1]


def test_a_low_base_is_marked_and_leads_to_its_note(world, four_quarters):
    html = Client().get(LIVE).content.decode()
    assert 'href="#low-base"' in html
    assert 'id="low-base"' in html


def test_it_is_the_same_for_everybody_and_may_be_kept(world, one_quarter):
    for address in (LIVE, FROZEN, LIVE.removeprefix("/en")):
        response = Client().get(address)
        assert response["Cache-Control"].startswith("public, max-age=")
        assert "Cookie" not in response.get("Vary", "")
        assert not response.cookies
        assert "csrf" not in response.content.decode()


def test_it_is_only_read(db):
    assert Client().post(LIVE).status_code == 405
    assert Client().post(FROZEN).status_code == 405


def test_it_asks_few_questions_of_the_database(world, four_quarters):
    publish(world, at=BUILT + timedelta(days=1))
    with CaptureQueriesContext(connection) as queries:
        page()
    assert len(queries) <= 12


def test_its_markup_is_in_order_in_both_languages(world, four_quarters):
    for address in (LIVE, LIVE.removeprefix("/en"), f"/statistics/places/{ZUNYI}/", f"{LIVE}?period=2019Q2"):
        markup = Markup(Client().get(address).content.decode())
        assert not markup.refused
        assert not markup.unclosed
        assert len(markup.ids) == len(set(markup.ids))
        assert set(markup.references) <= set(markup.ids)
