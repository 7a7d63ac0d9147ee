"""The sign-in pages look like the site, in both languages, and keep its rules."""

import pytest

from tests.ui.markup import Markup

pytestmark = pytest.mark.django_db
PAGES = ("accounts/login/", "accounts/password/reset/", "accounts/password/reset/done/", "accounts/inactive/")


@pytest.mark.parametrize("door", PAGES)
@pytest.mark.parametrize("prefix", ["/", "/en/"])
def test_it_wears_the_sites_masthead_and_keeps_its_rules(client, prefix, door):
    response = client.get(prefix + door)
    html = response.content.decode()
    markup = Markup(html)
    assert response.status_code == 200
    assert 'class="mast-name"' in html
    assert markup.refused == markup.unclosed == []
    assert markup.dangling == markup.repeated_ids == set()
    assert markup.language == ("en" if prefix == "/en/" else "zh-Hans")


def test_the_masthead_keeps_the_associations_name_where_allauth_brings_a_site_of_its_own(client):
    assert ">testserver</a>" not in client.get("/accounts/login/").content.decode()


def test_it_asks_for_e_mail_and_password_and_offers_no_sign_up(client):
    html = client.get("/en/accounts/login/").content.decode()
    assert 'name="login"' in html
    assert 'name="password"' in html
    assert "/accounts/password/reset/" in html
    assert "/accounts/signup/" not in html


def test_it_keeps_the_address_and_says_what_was_wrong(client):
    html = client.post("/en/accounts/login/", {"login": "a@example.org", "password": "wrong"}).content.decode()
    assert 'value="a@example.org"' in html
    assert 'id="form-errors"' in html


def test_no_cache_keeps_it(client):
    assert "no-store" in client.get("/accounts/login/")["Cache-Control"]


@pytest.mark.parametrize(
    "door", ["2fa/", "2fa/webauthn/", "password/change/", "logout/", "email/", "2fa/totp/activate/", "reauthenticate/"]
)
def test_the_account_pages_keep_the_rules(client, django_user_model, door):
    client.force_login(django_user_model.objects.create_user("chen@example.org", "a-long-password"))
    response = client.get("/accounts/" + door, follow=True)
    markup = Markup(response.content.decode())
    assert response.status_code == 200
    assert markup.refused == markup.unclosed == markup.open == []
    assert markup.dangling == markup.repeated_ids == set()
