"""The pages of the table builder: three steps, each an address."""

import re
from itertools import cycle, product

import pytest
from django.test import Client

from tests.statistics.conftest import GUIYANG, text_of
from tests.statistics.hand_made import publish_rows, usual_rows

INDEX, CHOOSE, TABLE = "/en/statistics/tables/", "/en/statistics/tables/choose/", "/en/statistics/tables/view/"


@pytest.fixture
def published(db):
    return publish_rows(usual_rows())


def page(address: str):
    response = Client().get(address, follow=True)
    assert response.status_code == 200, address
    return response


def test_the_first_page_has_questions_that_all_have_answers(published):
    html = page(INDEX).content.decode()
    ready = re.findall(r'href="(/en/statistics/tables/view/\?[^"]*)"><b>', html)
    assert len(ready) == 11
    for address in ready:
        assert not Client().get(address.replace("&amp;", "&")).headers.get("Location"), address
        assert 'id="doubts"' not in page(address.replace("&amp;", "&")).content.decode(), address


def test_before_anything_is_published_every_step_says_so(db):
    assert "Nothing is published yet" in text_of(page(INDEX))
    assert "2020Q1 (not published)" in text_of(page(f"{TABLE}?period=2020Q1"))
    page(CHOOSE)


def test_an_address_is_led_to_the_one_that_every_link_has(published):
    response = Client().get(f"{TABLE}?place=CN&by=market&market=VNM&market=USA&measure=execution")
    assert response.status_code == 302
    assert "&market=USA,VNM&" not in response["Location"]
    assert "&market=VNM,USA&rows=market&" in response["Location"]
    assert Client().get(response["Location"]).status_code == 200


def test_the_table_has_its_marks_its_legend_and_its_links(published):
    found = page(f"{TABLE}?market=VNM,JPN,ZMB,LAO&show=level,growth&measure=execution")
    text, html = text_of(found), found.content.decode()
    assert "Vietnam 2,400.00 up 20.00" in text.replace("↑ ", "")
    assert "Zambia c c" in text
    assert re.search("Lao\\S* d d", text)
    assert "Japan 0 base zero" in text
    assert "c confidential: too few firms" in text
    assert f"{TABLE}?release=2020Q1-1&amp;measure=execution&amp;" in html
    assert "&amp;rows=period,span,mode,figure,place&amp;cols=market" in html
    assert '<caption><span class="vh">Executed value by market' in html


def test_a_figure_leads_to_what_explains_it(published):
    html = page(f"{TABLE}?market=VNM,USA").content.decode()
    address = re.search(r'href="(/en/statistics/2020Q1-1/about/\?[^"]*member=VNM[^"]*)"', html)[1]
    assert Client().get(address.replace("&amp;", "&")).status_code == 200


def test_an_address_with_a_code_that_is_gone_still_says_what_it_asked(published):
    found = text_of(page("/statistics/tables/view/?market=VNM,XYZ&firm=1&mode=offshore,abroad"))
    assert "XYZ" in found
    assert "abroad" in found
    assert "firm" in found
    assert "2,400.00" in found


def test_nonsense_breaks_nothing_and_is_never_run(published):
    names = ("release", "period", "measure", "show", "currency", "span", "place", "mode", "market", "rows", "sort")
    texts = ("<script>x</script>", "%00", "x" * 3000, ",,,", "@", "../..", "１")
    # Seven texts and three pages in turn: each parameter meets each text, and each text each page.
    for (name, text), address in zip(product(names, texts), cycle((INDEX, CHOOSE, TABLE))):
        response = Client().get(address, {name: text}, follow=True)
        assert response.status_code in (200, 400), (name, text)
        assert "<script>x" not in response.content.decode()


def test_the_second_step_tells_the_number_of_cells_before_the_table(published):
    found = page(f"{CHOOSE}?by=market&market=VNM,USA&place=CN,{GUIYANG}&show=level,growth")
    assert "Cells in this table 8" in text_of(found)
    boxes = re.findall(r'name="market" value="([^"]+)"[^>]*checked', found.content.decode())
    assert boxes == ["USA", "VNM"]


def test_too_many_cells_are_refused_with_a_way_on(published, monkeypatch):
    monkeypatch.setattr("portal.statistics.views.tables.PAGE_LIMIT", 2)
    monkeypatch.setattr("portal.statistics.builder.counting.answer.__defaults__", (2,))
    response = Client().get(f"{TABLE}?market=VNM,USA&show=level,growth", follow=True)
    assert response.status_code == 400
    assert "This question has 4 cells" in text_of(response)
    assert "As a file it can be had whole" in text_of(response)


def test_it_is_only_read_and_may_be_kept(published):
    for address in (INDEX, CHOOSE, f"{TABLE}?{Client().get(TABLE)['Location'].partition('?')[2]}"):
        response = Client().get(address)
        assert response["Cache-Control"].startswith("public")
        assert not response.cookies
        assert Client().post(address).status_code == 405
