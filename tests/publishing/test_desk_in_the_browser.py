"""The editor in a real browser, under its own content-security policy; the fixture `page` fails at any breach of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.members.roles import StaffRole
from portal.publishing.models import Article
from tests.filings.test_firm_in_the_browser import committed, sign_in  # noqa: F401 (a fixture)
from tests.world import appointed

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_article_is_begun_saved_and_handed_in(page: Page, context, live_server, committed):
    sign_in(context, live_server, appointed("Edith", StaffRole.EDITOR))
    page.goto("/editing/snippets/publishing/article/add/")
    page.get_by_label(re.compile("^标题|^Title", re.IGNORECASE)).first.fill("浏览器里写的一篇")
    page.locator("footer button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/editing/texts/article/\d+/$"))
    page.locator("form[action$='/submit/'] button").click()
    expect(page.locator(".ed-word--submitted")).to_be_visible()
    assert Article.objects.get(title="浏览器里写的一篇").standing == "submitted"
