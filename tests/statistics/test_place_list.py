"""The places of the newest release, and looking one up."""

from django.test import Client

from tests.beginnings import beginning
from tests.statistics.conftest import ZHENGZHOU, Deal, file, firms, publish, text_of

PAGE = "/en/statistics/places/"


def page(query: str = "") -> str:
    response = Client().get(PAGE + query)
    assert response.status_code == 200
    return text_of(response)


@beginning
def published(world):
    for firm in [*firms(3), *firms(3, ZHENGZHOU, first=200)]:
        file(world, firm, Deal())
    # One firm each: what the three have together may be told, what one of them has may not.
    for firm in [*firms(1, "110000", first=300), *firms(1, "310000", first=400), *firms(1, "210300", first=500)]:
        file(world, firm, Deal(executed="777.77"))
    publish(world)


def test_it_says_that_nothing_is_published(db):
    assert "Nothing is published yet" in page()


def test_it_shows_provinces_with_their_cities_demonstration_cities_and_regions(published):
    found = page()
    assert "Henan 3 0.30 0.27 no base" in found
    assert found.index("Guizhou 3") < found.index("Guiyang 3")
    assert "31 cities on the last day of the period, of which 3 have figures" in found
    assert "Four regions (east, centre, west, north-east)" in found
    assert "Centre 3 0.30 0.27" in found


def test_a_place_of_one_firm_has_no_number_and_is_not_in_the_title(published):
    found = page()
    assert "Beijing 1 c not published: confidential c not published: confidential not published — none" in found
    assert "Henan and Guizhou make up" in found
    assert "0.08" not in found


def test_a_square_of_one_firm_is_dashed_and_says_so(published):
    html = Client().get(PAGE).content.decode()
    assert 'class="tile t-11 q0"' in html
    assert 'aria-label="Beijing, not published"' in html


def test_a_place_is_found_by_a_part_of_its_name_or_code(published):
    for asked in ("guiy", "贵阳", "5201", " Guiyang "):
        assert "Guiyang Guizhou 520100 with figures" in page(f"?q={asked}"), asked


def test_a_place_without_figures_is_found_too(published):
    assert "Zunyi Guizhou 520300 nothing filed in the newest release" in page("?q=zunyi")


def test_nonsense_finds_nothing_and_breaks_nothing(published):
    for asked in ("nowhere-at-all", "%27%22%3Cscript%3E", "x" * 5000, "%00"):
        response = Client().get(f"{PAGE}?q={asked}")
        assert response.status_code == 200
        assert "No place found" in text_of(response)
        assert "<script>" not in response.content.decode()
    assert "Places matching" not in page("?q=　")


def test_looking_up_works_before_anything_is_published(db):
    assert "Guiyang Guizhou 520100 nothing filed" in page("?q=guiyang")


def test_it_may_be_kept_and_is_only_read(db):
    assert Client().get(PAGE)["Cache-Control"].startswith("public, max-age=")
    assert Client().post(PAGE).status_code == 405
