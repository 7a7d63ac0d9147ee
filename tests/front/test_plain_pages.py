"""Methodology, contacts, accessibility, privacy; and what machines ask for."""

from unittest import mock

import pytest
from django.db import DatabaseError, connection
from django.test import Client, override_settings

from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status
from portal.statistics.exports import COLUMNS
from tests.statistics.conftest import text_of
from tests.ui.markup import Markup

PAGES = {
    "methodology": "What the figures mean, and how they are made",
    "contact": "Contacts",
    "accessibility": "Accessibility",
    "privacy": "Privacy and use of data",
}


@pytest.mark.parametrize(("name", "title"), PAGES.items())
def test_it_is_there_in_both_languages_for_everybody(db, name, title):
    english, chinese = Client().get(f"/en/{name}/"), Client().get(f"/{name}/")
    assert title in text_of(english)
    assert title not in text_of(chinese)
    for response in (english, chinese):
        assert response["Cache-Control"].startswith("public, max-age=")
        assert not response.cookies
        markup = Markup(response.content.decode())
        assert not markup.refused
        assert not markup.unclosed
        assert len(markup.ids) == len(set(markup.ids))


@pytest.mark.parametrize("name", PAGES)
def test_it_is_only_read(db, name):
    assert Client().post(f"/en/{name}/").status_code == 405


def test_the_methodology_names_the_thresholds_in_force(db):
    with override_settings(DISCLOSURE_MIN_FIRMS=5, LOW_BASE_FLOOR_CENTS=250_000_000):
        found = text_of(Client().get("/en/methodology/"))
    assert "fewer than 5 firms" in found
    assert "At present US$2.50 million." in found


def test_the_methodology_tells_every_column_and_word_of_the_files(db):
    found = text_of(Client().get("/en/methodology/"))
    words = [*COLUMNS, *Span, *Measure, *Mode, *[cut for cut in Cut if cut], *Status]
    assert [word for word in words if word not in found] == []


def test_the_contacts_are_the_associations(db):
    site = {"name_zh": "", "name_en": "", "icp": "", "police": "", "address_zh": "", "phone": "010-1"}
    with override_settings(SITE=site | {"address_en": "9 Test Lane", "email": "desk@example.org"}):
        found = text_of(Client().get("/en/contact/"))
    assert "9 Test Lane" in found
    assert "desk@example.org" in found


def test_robots_are_kept_out_of_the_workspaces(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    lines = response.content.decode().splitlines()
    for place in ("/filing/", "/desk/", "/admin/", "/accounts/", "/workspace/"):
        assert f"Disallow: {place}" in lines
        assert f"Disallow: /en{place}" in lines
    assert not [line for line in lines if "statistics" in line]


def test_an_old_browser_finds_the_favicon(client):
    response = client.get("/favicon.ico")
    assert (response.status_code, response["Location"]) == (301, "/static/favicon.svg")


def test_health_asks_the_database_once_and_is_never_kept(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        response = Client().get("/healthz")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_health_says_when_the_database_does_not_answer(db):
    with mock.patch.object(connection, "cursor", side_effect=DatabaseError):
        response = Client().get("/healthz")
    assert response.status_code == 503
    assert "no-store" in response["Cache-Control"]
