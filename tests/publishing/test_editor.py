"""Wagtail's editor: what it saves is a draft, and what is being checked it does not change."""

import json

import pytest
from django.urls import reverse

from portal.journal.models import Entry
from portal.lib import clock
from portal.publishing.actions.writing import submit
from portal.publishing.models import Article
from tests.publishing.conftest import block, publish_text, signed_in

pytestmark = pytest.mark.django_db


def address(act: str, *args: object) -> str:
    return reverse(f"wagtailsnippets_publishing_article:{act}", args=args)


def typed(title: str, text: str = "正文。", **values: object) -> dict[str, object]:
    """What the editor's form sends."""
    content = {"blocks": [{"key": "a", "type": "unstyled", "text": text, "depth": 0, "inlineStyleRanges": [],
                           "entityRanges": [], "data": {}}], "entityMap": {}}  # fmt: skip
    return {
        "title": title, "kind": "article", "language": "zh-hans", "subtitle": "", "summary": "", "byline": "",
        "body-count": "1", "body-0-deleted": "", "body-0-order": "0", "body-0-type": "text", "body-0-id": "",
        "body-0-value": json.dumps(content), **values,
    }  # fmt: skip


def edits() -> int:
    return Entry.objects.filter(verb="text.edited").count()


def test_a_new_text_is_a_draft_of_its_writer(editor):
    client = signed_in(editor)
    response = client.post(address("add"), typed("新的一篇"))
    text = Article.objects.get(title="新的一篇")
    assert response["Location"] == reverse("editing:life", args=["article", text.pk])
    assert (text.standing, text.edited_by) == ("draft", editor.key)
    assert text.revisions.count() == 1
    assert edits() == 1


def test_saving_a_published_text_begins_a_correction_and_leaves_the_public_alone(published, editor):
    text = published(block("text", "<p>旧。</p>"), title="旧题").article
    signed_in(editor).post(address("edit", text.pk), typed("新题", "新。"))
    text.refresh_from_db()
    assert (text.title, text.standing, text.checked_by) == ("新题", "draft", None)
    assert text.editions.get().title == "旧题"


def test_what_waits_to_be_checked_is_not_changed_and_nothing_typed_is_lost(article, editor):
    text = article(block("text", "<p>旧。</p>"), title="旧题")
    submit(text=text, by=editor, at=clock.now())
    client = signed_in(editor)
    page = client.get(address("edit", text.pk)).content.decode()
    assert "content-locked" in page
    response = client.post(address("edit", text.pk), typed("新题", "刚写的一句。"))
    assert response.status_code == 200
    page = response.content.decode()
    assert "新题" in page
    escaped = "刚写的一句。".encode("unicode_escape").decode()
    assert escaped in page.replace("\\\\", "\\") or "刚写的一句。" in page
    text.refresh_from_db()
    assert (text.title, text.standing) == ("旧题", "submitted")
    answer = client.post(address("edit", text.pk), typed("新题"), headers={"accept": "application/json"})
    assert (answer.status_code, answer.json()["error_code"]) == (400, "locked")


def test_what_the_editor_saves_by_itself_is_journalled_once(editor):
    client = signed_in(editor)
    json_ = {"accept": "application/json"}
    first = client.post(address("add"), typed("题"), headers=json_).json()
    text = Article.objects.get(pk=first["pk"])
    for number in range(3):
        again = typed(f"题{number}", overwrite_revision_id=first["revision_id"])
        assert client.post(address("edit", text.pk), again, headers=json_).json()["success"]
    text.refresh_from_db()
    assert text.title == "题2"
    assert edits() == 1
    client.post(address("edit", text.pk), typed("题末"))
    assert edits() == 2


def test_an_earlier_revision_comes_back_as_a_draft(published, editor, publisher):
    client = signed_in(editor)
    client.post(address("add"), typed("第一稿"))
    text = Article.objects.get(title="第一稿")
    first = text.latest_revision
    client.post(address("edit", text.pk), typed("第二稿"))
    publish_text(Article.objects.get(pk=text.pk), editor, publisher)
    assert client.get(address("revisions_revert", text.pk, first.pk)).status_code == 200
    client.post(address("revisions_revert", text.pk, first.pk), typed("第一稿"))
    text.refresh_from_db()
    assert (text.title, text.standing, text.edited_by) == ("第一稿", "draft", editor.key)
    assert text.submitted_by == editor.key  # the life goes on: it is no part of what is reverted
    assert text.editions.get().title == "第二稿"


def test_a_revision_of_what_is_being_checked_cannot_be_brought_back(editor):
    client = signed_in(editor)
    client.post(address("add"), typed("第一稿"))
    text = Article.objects.get()
    submit(text=text, by=editor, at=clock.now())
    there = address("revisions_revert", text.pk, text.latest_revision_id)
    assert client.post(there, typed("改了")).status_code == 200
    assert Article.objects.get().title == "第一稿"


def test_a_copy_is_sent_to_where_texts_are_added(published, editor):
    text = published(block("text", "<p>旧。</p>"), title="旧题").article
    client = signed_in(editor)
    page = client.get(address("copy", text.pk)).content.decode()
    assert f'action="{address("add")}"' in page
    assert client.post(address("copy", text.pk), typed("改了")).status_code == 405
    assert Article.objects.get().title == "旧题"


def test_nothing_is_deleted_there(article, editor):
    text = article(block("text", "<p>旧。</p>"))
    signed_in(editor).post(address("delete", text.pk))
    assert Article.objects.filter(pk=text.pk).exists()


def test_the_list_says_the_standing_in_words_and_filters_by_it(article, editor):
    waiting, _draft = article(title="已交的"), article(title="在写的")
    submit(text=waiting, by=editor, at=clock.now())
    client = signed_in(editor)
    page = client.get(address("list") + "?standing=submitted").content.decode()
    assert "已交的" in page
    assert "在写的" not in page
    assert ">submitted<" not in page


def test_the_preview_beside_the_editor_shows_the_web_page_of_what_is_typed(article, editor):
    text = article(block("text", "<p>旧。</p>"), title="旧题")
    client = signed_in(editor)
    there = address("preview_on_edit", text.pk)
    assert client.post(there, typed("未存的题目")).json() == {"is_valid": True, "is_available": True}
    response = client.get(there + "?in_preview_panel=true")
    assert "未存的题目" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert Article.objects.get().title == "旧题"


# ── Two windows ──────────────────────────────────────────────────────────────────────────────────


def opened(text: Article) -> dict[str, str]:
    """What the form of a window says of the version that it was opened with."""
    newest = Article.objects.get(pk=text.pk).latest_revision
    return {"loaded_revision_id": str(newest.pk), "loaded_revision_created_at": newest.created_at.isoformat()}


def test_whoever_saves_second_is_told_and_loses_nothing(editor, publisher):
    first, second = signed_in(editor), signed_in(publisher)
    second.cookies["language"] = "en"
    first.post(address("add"), typed("题"))
    text = Article.objects.get()
    window = opened(text)
    first.post(address("edit", text.pk), typed("甲的题", "甲的一句。", **window))
    answer = second.post(address("edit", text.pk), typed("乙的题", "乙的一句。", **window))
    shown = answer.content.decode()
    assert "Edith saved a newer version" in shown
    assert "乙的题" in shown
    assert "w-unsaved:add->w-autosave" not in shown  # nothing saves itself over what was not seen
    text.refresh_from_db()
    assert text.title == "甲的题"
    again = typed("乙的题", "乙的一句。", **opened(text))
    assert second.post(address("edit", text.pk), again).status_code == 302
    text.refresh_from_db()
    assert text.title == "乙的题"
    assert "甲的题" in [one.content["title"] for one in text.revisions.all()]


def test_a_yes_in_the_browser_is_not_asked_for_again(editor):
    client = signed_in(editor)
    client.post(address("add"), typed("题"))
    text = Article.objects.get()
    window = opened(text)
    client.post(address("edit", text.pk), typed("另一窗口的题"))
    assert client.post(address("edit", text.pk), typed("本窗口的题", **window, overwrites="1")).status_code == 302
    assert Article.objects.get().title == "本窗口的题"
