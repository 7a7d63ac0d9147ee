"""The editor in a real browser, under its own content-security policy; the fixture `page` fails at any breach of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from portal.members.roles import StaffRole
from portal.publishing.models import Article, Column
from tests.browser.rounds import violations
from tests.filings.test_firm_in_the_browser import committed, sign_in  # noqa: F401 (a fixture)
from tests.publishing.conftest import block
from tests.world import appointed

pytestmark = pytest.mark.django_db(transaction=True)
TABLE = {"data": [["城市", "金额"], ["贵阳", "1"]], "first_row_is_table_header": True}
# Wagtail's lists and editors, and the desk's own; {} is the key of an article. The others are left to the slow round.
FIRST_PAGES = ("snippets/publishing/article/edit/{}", "snippets/publishing/policy", "texts/article/{}", "letters")
OTHER_PAGES = ("snippets/publishing/issue/add", "snippets/publishing/knowledgeterm/add", "images/add",
               "documents/multiple/add", "subscribers", "articles/import", "issues/next")  # fmt: skip


def test_an_article_is_begun_saved_and_handed_in(page: Page, context, live_server, committed):
    sign_in(context, live_server, appointed("Edith", StaffRole.EDITOR))
    page.goto("/editing/snippets/publishing/article/add/")
    page.get_by_label(re.compile("^标题|^Title", re.IGNORECASE)).first.fill("浏览器里写的一篇")
    page.locator("footer button[type=submit]").first.click()
    expect(page).to_have_url(re.compile(r"/editing/texts/article/\d+/$"))
    page.locator("form[action$='/submit/'] button").click()
    expect(page.get_by_text("正文还没有写")).to_be_visible()
    text = Article.objects.get(title="浏览器里写的一篇")
    text.body = [block("text", "<p>一句。</p>")]
    text.save()
    page.locator("form[action$='/submit/'] button").click()
    expect(page.locator(".ed-word--submitted")).to_be_visible()
    assert Article.objects.get(title="浏览器里写的一篇").standing == "submitted"


def test_a_chooser_gives_the_focus_back_when_it_closes(page: Page, context, live_server, committed):
    sign_in(context, live_server, appointed("Edith", StaffRole.EDITOR))
    column = Column.objects.create(code="news", name_zh="行业新闻速览")
    text = Article.objects.create(title="一篇")
    page.goto(f"/editing/snippets/publishing/article/edit/{text.pk}/")
    expect(page.locator("#wagtail.ready")).to_be_visible()
    page.locator("#id_column-chooser .unchosen button").press("Enter")
    page.get_by_role("link", name=column.name_zh).press("Enter")
    expect(page.locator("#id_column-chooser")).to_contain_text(column.name_zh)
    expect(page.locator("#id_column-chooser :focus")).to_have_count(1)


def test_a_yes_to_saving_over_a_newer_version_goes_with_the_form(page: Page, context, live_server, committed):
    sign_in(context, live_server, appointed("Edith", StaffRole.EDITOR))
    text = Article.objects.create(title="一篇")
    page.goto(f"/editing/snippets/publishing/article/edit/{text.pk}/")
    expect(page.locator("#wagtail.ready")).to_be_visible()
    page.evaluate(
        "document.getElementById('w-save-confirmation-dialog')"
        ".dispatchEvent(new CustomEvent('w-dialog:confirmed', {bubbles: true}))"
    )
    expect(page.locator("form[data-edit-form] input[name=overwrites]")).to_have_value("1")


@pytest.mark.parametrize("pages", [FIRST_PAGES, pytest.param(OTHER_PAGES, marks=pytest.mark.slow)])
def test_nothing_on_the_desk_stops_anybody_who_reads_by_ear_or_on_a_phone(
    page: Page, context, live_server, committed, pages
):
    sign_in(context, live_server, appointed("Paul", StaffRole.PUBLISHER))
    text = Article.objects.create(title="一篇", body=[block("text", "<p>一句。</p>"), block("table", {"table": TABLE})])
    wrongs = []
    for number, address in enumerate(f"/editing/{path.format(text.pk)}/" for path in pages):
        wide = number % 2 == 0
        page.set_viewport_size({"width": 1440 if wide else 390, "height": 900})
        page.goto(address)
        expect(page.locator("#wagtail.ready")).to_be_visible()
        expect(page.locator(".public-DraftEditor-content:not([aria-label])")).to_have_count(0)
        wrongs += [(address, *wrong) for wrong in violations(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            wrongs.append((address, "wider than the screen"))
    assert not wrongs, wrongs
