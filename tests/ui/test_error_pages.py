"""When something goes wrong: in the portal's own voice, and without needing what may be broken."""

import re

import pytest
from django.template.loader import get_template, render_to_string
from django.test import Client, RequestFactory, override_settings

from tests.ui.markup import Markup


@pytest.mark.parametrize("address", ["/nowhere/", "/en/nowhere/"])
def test_an_unknown_address_is_answered_in_its_language(client, address):
    response = client.get(address)
    html = response.content.decode()
    assert response.status_code == 404
    assert Markup(html).refused == []
    assert Markup(html).language == ("en" if address.startswith("/en/") else "zh-Hans")


@pytest.mark.parametrize("name", ["400.html", "500.html"])
def test_it_needs_no_context_no_database_and_no_list_of_static_files(name):
    html = get_template(name).render()
    markup = Markup(html)
    assert markup.unclosed == markup.open == markup.refused == []
    assert 'href="/static/css/base.css"' in html
    assert "首页" in html
    assert "Front page" in html


@pytest.mark.parametrize("name", ["403.html", "403_csrf.html", "404.html", "429.html"])
def test_it_offers_a_way_on(name):
    html = render_to_string(name, request=RequestFactory().get("/x/"))
    markup = Markup(html)
    assert markup.unclosed == markup.open == markup.refused == []
    assert 'class="btn" href="/' in html


@pytest.mark.parametrize(
    ("path", "door"), [("/filing/x/", "/workspace/"), ("/en/desk/x/", "/workspace/"), ("/x/", "/")]
)
def test_who_is_lost_at_work_is_led_back_to_work(path, door):
    html = render_to_string("404.html", {"request_path": path}, RequestFactory().get(path))
    assert Markup(html).refused == []
    assert re.search(r'class="btn" href="([^"]*)"', html)[1] == door


@pytest.mark.django_db
def test_a_form_without_its_token_is_refused_in_the_portals_voice():
    response = Client(enforce_csrf_checks=True).post("/en/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert response.status_code == 403
    assert "This form had grown old" in response.content.decode()


@pytest.mark.django_db
@override_settings(ACCOUNT_RATE_LIMITS={"login": "30/m/ip", "login_failed": "2/m/key"})
def test_too_many_sign_ins_are_told_to_wait(client):
    attempt = {"login": "nobody@example.org", "password": "wrong"}
    pages = [client.post("/en/accounts/login/", attempt) for _ in range(3)]
    assert "too many" in pages[-1].content.decode().lower()
