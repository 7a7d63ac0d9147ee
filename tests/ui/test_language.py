"""The language stands in the address and is remembered; the switch leads to the same page of this site only."""

import pytest
from django.conf import settings


def test_it_remembers_the_language_for_a_year_and_goes_on(client):
    response = client.get("/ui/language/en/?next=/en/ui/")
    assert (response.status_code, response["Location"]) == (302, "/en/ui/")
    cookie = response.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert (cookie.value, cookie["max-age"]) == ("en", 365 * 24 * 60 * 60)


@pytest.mark.parametrize(
    "foreign",
    ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "\\\\elsewhere.example", ""],
)
def test_it_goes_nowhere_else(client, foreign):
    assert client.get("/ui/language/en/", {"next": foreign})["Location"] == "/en/"
    assert client.get("/en/ui/language/zh-hans/", {"next": foreign})["Location"] == "/"


def test_it_does_not_know_other_languages(client):
    assert client.get("/ui/language/tlh/").status_code == 404


def test_it_rejects_post(client):
    assert client.post("/ui/language/en/").status_code == 405


def test_no_cache_keeps_it(client):
    assert "no-store" in client.get("/ui/language/en/")["Cache-Control"]


def test_the_switch_leads_to_this_page_in_the_other_language(client):
    chinese = client.get("/ui/text-size/?page=2").content.decode()
    assert 'href="/ui/language/en/?next=%2Fen%2Fui%2Ftext-size%2F%3Fpage%3D2"' in chinese
    english = client.get("/en/ui/text-size/").content.decode()
    assert 'href="/en/ui/language/zh-hans/?next=%2Fui%2Ftext-size%2F"' in english


def test_each_language_names_the_other_for_search_engines(client):
    html = client.get("/ui/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="http://testserver/en/ui/">' in html
    assert '<link rel="alternate" hreflang="zh-Hans" href="http://testserver/ui/">' in html
