"""The feeds are valid Atom, keep their identifiers and answer briefly to whoever has the newest already."""

from datetime import UTC, date, datetime

import feedparser
import pytest
from django.test import Client, override_settings

from portal.publishing.document import Download, Picture
from portal.publishing.lifecycle import Kind
from portal.publishing.models import Policy, PolicyTopic
from tests.publishing.editions import (
    article_edition,
    document_of_article,
    edition_of,
    issue_edition,
    paragraph,
    withdrawn,
)  # fmt: skip
from tests.statistics.conftest import Deal, file, firms, publish

FEEDS = ("newsletters", "notices", "policies", "releases")


def parsed(name: str, language: str = ""):
    response = Client().get(f"{language}/feeds/{name}.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    found = feedparser.parse(response.content)
    assert not found.bozo, found.get("bozo_exception")
    assert found.version == "atom10"
    return found


@pytest.mark.parametrize("name", FEEDS)
@pytest.mark.parametrize("language", ["", "/en"])
def test_an_empty_feed_is_valid_and_always_the_same(world, name, language):
    found = parsed(name, language)
    assert found.entries == []
    assert found.feed.id.startswith("tag:example.org,2020:feeds/")
    assert parsed(name, language).feed.updated == found.feed.updated


def test_an_article_is_in_its_feed_with_all_that_it_says(world):
    edition = article_edition(
        "读数", paragraph("先看水平\x0b。"), Picture("d.jpg", "图", 1, 1), Download("d.csv", "表", 9)
    )
    entry = parsed("newsletters").entries[0]
    assert entry.id == f"tag:example.org,2020:articles/{edition.article_id}"
    assert entry.link == f"http://testserver/articles/{edition.article_id}/"
    assert entry.content[0].language == "zh-Hans"
    assert "<p>先看水平。</p>" in entry.content[0].value
    assert f"http://testserver/publications/{edition.pk}/files/d.jpg" in entry.content[0].value
    assert datetime(*entry.updated_parsed[:6], tzinfo=UTC) == edition.published_at.replace(microsecond=0)


def test_a_correction_updates_its_entry_under_the_same_identifier(world):
    first = article_edition("读数")
    before = parsed("newsletters").entries[0]
    edition_of(
        first.article, document_of_article(first.article, paragraph("一百。")), at=first.published_at.replace(minute=59)
    )
    (after,) = parsed("newsletters").entries
    assert after.id == before.id
    assert after.updated > before.updated
    assert "一百。" in after.content[0].value


def test_issues_notices_and_what_is_withdrawn(world):
    issue_edition("2020-08")
    article_edition("培训通知", kind=Kind.NOTICE)
    withdrawn(article_edition("撤回的"))
    assert [entry.title for entry in parsed("newsletters", "/en").entries] == ["服务外包行业动态 No. 8"]
    assert [entry.title for entry in parsed("notices").entries] == ["培训通知"]


def test_policies_and_releases_have_feeds_of_their_own(world):
    topic = PolicyTopic.objects.create(code="trade", name_zh="服务贸易")
    Policy.objects.create(
        slug="guide", title_zh="指导意见", topic=topic, issuer_zh="商务部", published_on=date(2020, 1, 6)
    )
    Policy.objects.create(slug="draft", title_zh="未公开", topic=topic, issuer_zh="商务部", is_public=False)
    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    (policy,) = parsed("policies").entries
    assert (policy.title, policy.link) == ("指导意见", "http://testserver/policies/guide/")
    (release,) = parsed("releases", "/en").entries
    assert release.title == "Release 2020Q1-1: first quarter of 2020"
    assert release.id == "tag:example.org,2020:releases/2020Q1-1"


def test_a_reader_that_has_the_newest_is_told_so(world):
    article_edition("读数")
    with override_settings(PAGES_KEPT=8):
        tag = Client().get("/feeds/newsletters.atom").headers["ETag"]
        assert Client().get("/feeds/newsletters.atom", headers={"if-none-match": tag}).status_code == 304
        article_edition("又一篇")
    assert Client().get("/feeds/newsletters.atom", headers={"if-none-match": tag}).status_code == 200


def test_pages_say_where_their_feeds_are(world):
    told = Client().get("/en/newsletters/").content.decode()
    assert 'type="application/atom+xml" title="Newsletters and articles" href="/en/feeds/newsletters.atom">' in told
