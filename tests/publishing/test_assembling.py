"""An issue put together from checked articles, and the next one after it."""

from datetime import date

import pytest
from django.urls import reverse

from portal.journal.models import Entry
from portal.publishing.models import Column, Issue
from portal.publishing.policies import articles_of
from portal.publishing.reading import digest_of
from tests.publishing.conftest import block, publish_text, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def columns(world) -> dict[str, Column]:
    rows = (("news", "行业新闻速览", 1), ("firms", "优秀企业推介", 2))
    return {code: Column.objects.create(code=code, name_zh=name, order=order) for code, name, order in rows}


@pytest.fixture
def issue(columns) -> Issue:
    return Issue.objects.create(
        title="服务外包信息",
        code="2020-12",
        number=12,
        running_number=60,
        issued_on=date(2020, 12, 31),
        editor="示例编辑",
    )


@pytest.fixture
def articles(article, columns, editor, publisher) -> list:
    made = []
    for title, code in (("企业一", "firms"), ("新闻一", "news"), ("新闻二", "news")):
        text = article(block("text", f"<p>{title}。</p>"), title=title, column=columns[code])
        publish_text(text, editor, publisher)
        made.append(text)
    return made


def contents(issue: Issue) -> list[tuple[str, list[str]]]:
    issue = Issue.objects.get(pk=issue.pk)
    return [(part.value["column"].code, [one.title for one in part.value["articles"]]) for part in issue.contents]


def test_ticked_articles_come_into_their_columns_the_newest_first(issue, articles, editor):
    there = reverse("editing:issue-assemble", args=[issue.pk])
    client = signed_in(editor)
    assert "新闻二" in client.get(there).content.decode()
    client.post(there, {"articles": [one.pk for one in articles]})
    assert contents(issue) == [("news", ["新闻二", "新闻一"]), ("firms", ["企业一"])]
    client.post(there, {"articles": [articles[0].pk, articles[1].pk]})
    assert contents(issue) == [("news", ["新闻一"]), ("firms", ["企业一"])]
    assert Entry.objects.filter(verb="issue.assembled", target_key=str(issue.pk)).count() == 2


def test_a_draft_cannot_be_ticked(issue, article, columns, editor):
    draft = article(block("text", "<p>草。</p>"), title="草稿一篇", column=columns["news"])
    there = reverse("editing:issue-assemble", args=[issue.pk])
    client = signed_in(editor)
    assert "草稿一篇" not in client.get(there).content.decode()
    assert client.post(there, {"articles": [draft.pk]}).status_code == 200
    assert contents(issue) == []


def test_an_article_changed_after_the_check_changes_the_issue(issue, articles, editor):
    signed_in(editor).post(reverse("editing:issue-assemble", args=[issue.pk]), {"articles": [articles[1].pk]})
    before = digest_of(Issue.objects.get(pk=issue.pk))
    text = next(articles_of(Issue.objects.get(pk=issue.pk)))
    text.title = "新闻一（改）"
    text.save()
    assert digest_of(Issue.objects.get(pk=issue.pk)) != before


def test_the_next_issue_has_the_frame_of_the_last_and_no_article(issue, articles, editor):
    client = signed_in(editor)
    client.post(reverse("editing:issue-assemble", args=[issue.pk]), {"articles": [one.pk for one in articles]})
    typed = {"issue": issue.pk, "code": "2021-01", "issued_on": "2021-01-31"}
    response = client.post(reverse("editing:issue-frame"), typed)
    new = Issue.objects.get(code="2021-01")
    assert response["Location"] == reverse("editing:issue-assemble", args=[new.pk])
    assert (new.number, new.running_number, new.editor, new.standing) == (1, 61, "示例编辑", "draft")
    assert contents(new) == [("news", []), ("firms", [])]
    assert client.post(reverse("editing:issue-frame"), typed).status_code == 200  # the address is taken
    assert Issue.objects.count() == 2
