"""Newsletters, handbooks, articles, notices and events as anybody reads them."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from portal.lib import clock
from portal.publishing.document import Figure, Heading, Piece, Section
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import Column, Edition, KnowledgeTerm
from portal.publishing.pages import TextPage
from portal.publishing.queries import lines
from portal.publishing.queries import published as published_texts
from portal.ui.templatetags import page_parts
from tests.publishing.conftest import block
from tests.publishing.editions import (
    article_edition,
    document_of_article,
    edition_of,
    event_edition,
    issue_edition,
    paragraph,
    withdrawn,
)  # fmt: skip

PRINTED_ONLY = ("准印证号", "内资准字", "印刷单位", "印数", "内部资料")


def got(path: str, status: int = 200) -> str:
    response = Client().get(path)
    assert response.status_code == status, response.content.decode()
    return response.content.decode()


def text_page_of(path: str) -> TextPage:
    return Client().get(path).context["page"]


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("path", ["/newsletters/", "/handbooks/", "/articles/", "/notices/", "/events/"])
def test_before_anything_is_published_a_list_says_so(world, path):
    assert re.search(r"No .* is published (here )?yet|Nothing is planned", got(f"/en{path}"))
    assert Client().post(path).status_code == 405


def test_issues_stand_by_year_the_newest_first(world):
    issue_edition("2020-08")
    issue_edition("2020-09", number=9)
    told = got("/en/newsletters/")
    assert told.index("No. 9") < told.index("No. 8")
    assert ">2020</span>" in told


def test_articles_can_be_read_by_column(world):
    columns = [Column.objects.create(code=code, name_zh=code, name_en=code) for code in ("cities", "firms")]
    for column in columns:
        article_edition(f"关于{column.code}", column=column)
    assert "关于firms" not in got("/articles/?column=cities")
    assert "关于firms" in got("/articles/?column=nothing")


def test_twenty_articles_fill_a_page(world):
    for number in range(21):
        article_edition(f"第{number}篇")
    assert "第0篇" not in got("/articles/")
    assert "第0篇" in got("/articles/?page=2")
    assert "第0篇" in got("/articles/?page=99")


@pytest.mark.parametrize("path", ["/articles/", "/newsletters/", "/events/", "/notices/", "/"])
def test_longer_lists_ask_no_more_questions(world, assert_constant_queries, path):
    numbers = iter(range(1, 100))

    def more() -> None:
        number = next(numbers)
        article_edition("一篇")
        article_edition("通知", kind=Kind.NOTICE)
        event_edition("活动", clock.now() + timedelta(days=1))
        event_edition("去年", clock.now() - timedelta(days=9))
        issue_edition(f"i{number}", number=number)

    assert_constant_queries(more, lambda: got(path))


# ── One text ─────────────────────────────────────────────────────────────────────────────────────


def test_an_issue_has_its_masthead_its_contents_and_its_distribution(world):
    issue_edition("2020-08")
    told = got("/newsletters/2020-08/")
    assert re.search(r"<h1>服务外包行业动态</h1>", told)
    assert 'href="#a1"' in told
    assert 'id="a1"' in told
    for words in ("会员服务部", "主管单位", "会员单位", "电话：000", "公众号", 'viewBox="0 0'):
        assert words in told, words


def test_what_belongs_to_print_stands_on_no_web_page(world):
    issue_edition("2020-08")
    issue_edition("handbook", serial=Serial.HANDBOOK, number=1)
    for path in (
        "/newsletters/2020-08/",
        "/en/newsletters/2020-08/",
        "/handbooks/handbook/",
        "/feeds/newsletters.atom",
    ):
        assert not [words for words in PRINTED_ONLY if words in got(path)], path


def test_every_link_within_a_handbook_leads_somewhere(world):
    pieces = (
        Piece("s1-text", "", (Heading("何为服务贸易"), paragraph("跨境交付。"))),
        Piece("t1", "众包", (paragraph("分给众人。"),)),
    )
    issue_edition("handbook", Section("s1", "基本概念", pieces), serial=Serial.HANDBOOK)
    told = got("/handbooks/handbook/")
    anchors = set(re.findall(r'href="#([^"]+)"', told))
    assert {"c-s1", "t1", "s1-text-h1", "contents"} <= anchors
    assert anchors <= set(re.findall(r'id="([^"]+)"', told))


def test_a_newsletter_is_not_a_handbook(world):
    issue_edition("2020-08")
    got("/handbooks/2020-08/", 404)
    got("/newsletters/nothing/", 404)


def test_a_piece_of_an_issue_has_an_address(world):
    assert Client().get("/en/newsletters/2020-08/a12/").headers["Location"] == "/en/newsletters/2020-08/#a12"


def test_a_chinese_text_says_so_on_an_english_page(world):
    edition = article_edition("读懂增长")
    told = got(f"/en/articles/{edition.article_id}/")
    assert "was written in Chinese" in told
    assert '<div class="leaf" lang="zh-Hans">' in told
    assert '<li aria-current="page" lang="zh-Hans">读懂增长</li>' in told
    assert "was written in" not in got(f"/articles/{edition.article_id}/")


def test_who_does_not_read_chinese_is_led_to_its_figures_and_terms_in_english(world):
    KnowledgeTerm.objects.create(slug="backfiling", group="statistics", name_zh="补报", name_en="Back-filing")
    figure = Figure("brief", "第一季度", "2020Q1-1", "数据发布2020Q1-1", "/statistics/2020Q1-1/")
    edition = article_edition("读懂增长", paragraph("其中一半是补报。"), figure)
    found = text_page_of(f"/en/articles/{edition.article_id}/").told.instead
    assert [href for _label, href in found] == ["/en/statistics/2020Q1-1/", "/en/knowledge/terms/backfiling/"]
    assert found[1][0] == "Back-filing"
    assert text_page_of(f"/articles/{edition.article_id}/").told.instead == ()


def test_a_text_says_how_it_is_quoted(world):
    edition = article_edition("读懂增长")
    told = got(f"/articles/{edition.article_id}/")
    assert "《读懂增长》" in told
    assert f"http://testserver/articles/{edition.article_id}/editions/1/" in told


@pytest.mark.parametrize("path", ["articles/{}/", "events/{}.ics", "publications/{}/files/x", "articles/{}/word.docx"])
def test_a_number_that_no_row_can_have_is_an_unknown_address(world, path):
    got(f"/{path.format('9' * 30)}", 404)


def test_an_issue_without_number_is_listed_without_one(world):
    edition = issue_edition("2020-special")
    plain = edition.document | {"cover": edition.document["cover"] | {"number": None, "running_number": None}}
    copy = Edition(**{one.attname: getattr(edition, one.attname) for one in Edition._meta.fields})
    copy.pk, copy.number, copy.document = None, 2, plain
    copy.save()
    (line,) = lines(published_texts([Serial.NEWSLETTER]))
    assert (line.number, line.running_number) == ("", "")


def test_headings_never_go_down_two_levels_at_once(world):
    edition = article_edition("读数", Heading("读者须知", 3), Heading("来源", 3), Heading("方法", 2))
    told = got(f"/articles/{edition.article_id}/")
    assert re.findall(r"<h(\d) id=\"a", told) == ["2", "3", "2"]


def test_an_article_goes_the_whole_way_from_the_desk_to_its_page(published):
    edition = published(block("text", "<p>先看<b>水平</b>。</p>"), title="读数", byline="统计组")
    told = got(f"/articles/{edition.article_id}/")
    assert "<p>先看<strong>水平</strong>。</p>" in told
    assert "统计组" in told
    assert "读数" in got("/articles/")


def test_what_is_drafted_since_is_not_shown(published):
    edition = published(block("text", "<p>正文。</p>"), title="读数")
    text = edition.article
    text.title, text.kind = "改了的题目", Kind.NOTICE
    text.save()
    assert "改了的题目" not in got(f"/articles/{text.pk}/")
    assert "读数" in got("/articles/")
    assert "读数" not in got("/notices/")


def test_a_correction_is_told_and_the_earlier_edition_stays_readable(world):
    first = article_edition("读数", paragraph("九十九。"))
    text = first.article
    edition_of(
        text, document_of_article(text, paragraph("一百。")), note_zh="数字已更正。", note_en="A number was corrected."
    )
    told = got(f"/en/articles/{text.pk}/")
    assert "一百。" in told
    assert "九十九。" not in told
    assert "A number was corrected." in told
    earlier = got(f"/en/articles/{text.pk}/editions/1/")
    assert "九十九。" in earlier
    assert "there is a newer one" in earlier
    assert 'content="noindex"' in earlier
    assert "corrected" in got("/en/articles/")


def test_a_withdrawn_text_says_why_and_is_gone_in_all_editions(world):
    first = article_edition("读数", paragraph("九十九。"))
    text = first.article
    second = edition_of(text, document_of_article(text))
    withdrawn(second)
    for path in (f"/articles/{text.pk}/", f"/articles/{text.pk}/editions/1/", f"/articles/{text.pk}/editions/2/"):
        told = got(path, 410)
        assert "数据有误。" in told
        assert "九十九。" not in told
    assert "Wrong figures." in got(f"/en/articles/{text.pk}/", 410)
    assert "读数" not in got("/articles/")


def test_a_text_comes_out_by_the_clock(world):
    soon = clock.now() + timedelta(hours=1)
    first = article_edition("读数", paragraph("九十九。"))
    edition_of(first.article, document_of_article(first.article, paragraph("一百。")), at=soon)
    coming = article_edition("明天", at=soon)
    assert "九十九。" in got(f"/articles/{first.article_id}/")
    got(f"/articles/{first.article_id}/editions/2/", 404)
    got(f"/articles/{coming.article_id}/", 404)
    listed = got("/articles/")
    assert "读数" in listed
    assert "明天" not in listed


def test_a_text_is_made_into_html_once(world, django_assert_num_queries):
    edition = issue_edition("2020-08")
    got("/newsletters/2020-08/")
    with django_assert_num_queries(2):  # the editions of the text, and the terms that are linked in it
        got("/newsletters/2020-08/")
    text = edition.issue
    edition_of(text, replace(edition.as_document(), summary="新的提要。"))
    assert "新的提要。" in got("/newsletters/2020-08/")


# ── Events ───────────────────────────────────────────────────────────────────────────────────────


def test_what_is_to_come_stands_before_what_has_been(world):
    event_edition("去年年会", clock.now() - timedelta(days=300))
    event_edition("夏天培训", clock.now() + timedelta(days=60))
    event_edition("春天对接", clock.now() + timedelta(days=9))
    told = got("/events/")
    assert told.index("春天对接") < told.index("夏天培训") < told.index("去年年会")


def test_an_event_goes_into_a_calendar(world):
    edition = event_edition("春天对接", clock.now() + timedelta(days=9))
    response = Client().get(f"/events/{edition.article_id}.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    lines = response.content.decode().split("\r\n")
    assert f"UID:event-{edition.article_id}@example.org" in lines
    assert "SUMMARY:春天对接" in lines
    assert "LOCATION:示例会议中心，二层" in lines
    assert f"DTSTART:{edition.starts_at:%Y%m%dT}" in "".join(lines)
    got(f"/events/{article_edition('不是活动').article_id}.ics", 404)


# ── Around them ──────────────────────────────────────────────────────────────────────────────────


def test_the_front_page_has_the_newest_issue_and_notices(world):
    issue_edition("2020-08")
    article_edition("培训通知", kind=Kind.NOTICE)
    told = got("/en/")
    assert 'href="/en/newsletters/2020-08/#a1"' in told
    assert "培训通知" in told


def test_the_navigation_leads_to_the_newsletter_from_all_that_is_below_it(world):
    edition = article_edition("读数")
    for path in (f"/articles/{edition.article_id}/", "/events/", "/newsletters/"):
        assert re.search(r'<a href="/newsletters/" aria-current="(page|true)"', got(path)), path


def test_an_entry_without_a_page_is_left_out(monkeypatch):
    rows = (("front:contact", "Contacts", ("front:nothing",)), ("front:nowhere", "Nowhere", ()))
    monkeypatch.setattr(page_parts, "MAIN_NAVIGATION", rows)
    address = reverse("front:contact")
    assert page_parts.main_entries.__wrapped__("zh-hans") == ((address, "Contacts", (address,)),)


def test_search_engines_get_a_map_of_what_is_public(world):
    shown, hidden = article_edition("读数"), article_edition("旧闻")
    withdrawn(hidden)
    issue_edition("2020-08")
    told = got("/sitemap.xml")
    assert f"<loc>http://testserver/articles/{shown.article_id}/</loc>" in told
    assert "<loc>http://testserver/en/newsletters/2020-08/</loc>" in told
    assert f"/articles/{hidden.article_id}/" not in told
    assert "Sitemap: http://testserver/sitemap.xml" in got("/robots.txt")


def test_the_title_of_a_page_says_in_the_page_s_language_that_its_text_is_in_another(world):
    edition = article_edition("中文的一篇")
    address = f"/articles/{edition.article_id}/"
    assert f"<title>Text in Chinese: {edition.title} — " in got(f"/en{address}")
    assert f"<title>{edition.title} — " in got(address)
