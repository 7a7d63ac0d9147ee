"""The gallery shows every component; what it shows keeps the rules that every page keeps."""

import pytest

from portal.ui.seals import SEALS
from tests.ui.markup import Markup

# No test here asks for the database: a public page must do without.
both_languages = pytest.mark.parametrize(("address", "language"), [("/ui/", "zh-Hans"), ("/en/ui/", "en")])


@both_languages
def test_it_shows_every_component_in_both_languages(client, address, language):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 200
    assert Markup(html).language == language
    for shown in (
        'class="figs',
        "tiles",
        "bridge",
        "finding--error",
        'class="thread"',
        'class="pager"',
        'class="drop"',
    ):
        assert shown in html
    assert html.count('class="tile ') == 34


@both_languages
def test_it_holds_nothing_that_the_content_security_policy_refuses(client, address, language):
    assert Markup(client.get(address).content.decode()).refused == []


@both_languages
def test_its_markup_is_closed_and_its_references_lead_somewhere(client, address, language):
    markup = Markup(client.get(address).content.decode())
    assert markup.unclosed == []
    assert markup.open == []
    assert markup.repeated_ids == set()
    assert markup.dangling == set()


def test_it_may_be_kept_by_any_cache(client):
    response = client.get("/ui/")
    assert response["Cache-Control"].startswith("public")
    assert response.cookies == {}


def test_it_rejects_post(client):
    assert client.post("/ui/").status_code == 405


def test_it_shows_each_seal(client):
    html = client.get("/ui/").content.decode()
    for seal in SEALS.values():
        assert f'<span aria-hidden="true">{seal.zh}</span>' in html


def test_the_reader_of_english_gets_latin_seals_and_numerals(client):
    html = client.get("/en/ui/").content.decode()
    assert '<span aria-hidden="true">改</span>' not in html
    assert '<span aria-hidden="true">!</span>' in html
