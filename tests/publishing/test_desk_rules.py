"""What the desk says to whoever types something wrong, and in whose words."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import override
from wagtail.documents import get_document_model
from wagtail.images.views.images import IndexView

from portal.journal.words import KINDS, NAMES, ROW_VALUES
from portal.publishing.actions.rows import values_of
from portal.publishing.models import (
    Authority,
    CatalogueCase,
    Column,
    Entrance,
    Issue,
    KnowledgeTerm,
    Mailing,
    Policy,
    PolicyTopic,
    ProvincialCity,
)
from portal.publishing.workspace import queue_of
from tests.publishing.conftest import block, signed_in
from tests.publishing.test_editor import address, typed

pytestmark = pytest.mark.django_db
ROWS = (Authority, CatalogueCase, Column, Entrance, KnowledgeTerm, Policy, PolicyTopic, ProvincialCity)


def page(client, path: str, language: str = "en") -> str:
    client.cookies["language"] = language
    return client.get(path, follow=True).content.decode()


def issue_form(**values: object) -> dict[str, object]:
    return {
        "title": "行业动态", "kind": "newsletter", "language": "zh-hans", "code": "2021-01", "contents-count": "0",
        "running_number": "112", **values,
    }  # fmt: skip


def add_issue(client, **values: object) -> str:
    client.cookies["language"] = "en"
    there = reverse("wagtailsnippets_publishing_issue:add")
    return client.post(there, issue_form(**values), follow=True).content.decode()


# ── Names and numbers of a newsletter ────────────────────────────────────────────────────────────


@pytest.mark.parametrize("title", ["服务外包月刊", "外包日报", "外包杂志", "会刊（内部）"])
def test_a_newsletter_is_not_named_like_the_press(editor, title):
    assert "may not be named like the press" in add_issue(signed_in(editor), title=title)
    assert not Issue.objects.exists()


@pytest.mark.parametrize(
    "values", [{"title": "服务外包简报"}, {"title": "报关服务动态"}, {"title": "会刊", "kind": "handbook"}]
)
def test_other_names_are_taken(editor, values):
    add_issue(signed_in(editor), **values)
    assert Issue.objects.get().title == values["title"]


def test_a_running_number_that_is_taken_is_told_with_the_issue_that_has_it(editor):
    client = signed_in(editor)
    add_issue(client)
    said = add_issue(client, code="2021-02")
    assert "“行业动态 2021-01” has this running number." in said
    assert "publishing_running_number_once" not in said
    assert Issue.objects.count() == 1


def test_an_event_that_ends_before_it_begins_is_told_beside_the_field(editor):
    times = {"starts_at": "2021-02-02 10:00", "ends_at": "2021-02-01 10:00"}
    client = signed_in(editor)
    client.cookies["language"] = "en"
    said = client.post(address("add"), typed("沙龙", kind="event", **times)).content.decode()
    assert "It ends before it begins" in said
    assert "publishing_event_ends_after_it_begins" not in said


# ── Files ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "content", "is_taken"),
    [
        ("a.pdf", b"%PDF-1.4", True),
        ("a.pdf", b"MZ", False),
        ("a.docx", b"%PDF-1.4", False),
        ("a.exe", b"%PDF-1.4", False),
    ],
)
def test_a_manual_is_what_its_name_says(editor, name, content, is_taken):
    values = {"slug": "s", "name_zh": "平台", "address": "https://example.org/", "order": "0"}
    there = reverse("wagtailsnippets_publishing_entrance:add")
    signed_in(editor).post(there, values | {"manual": SimpleUploadedFile(name, content)})
    assert Entrance.objects.filter(slug="s").exists() is is_taken


@pytest.mark.parametrize(("content", "is_taken"), [(b"%PDF-1.4", True), (b"<script>", False), (b"", False)])
def test_a_file_to_download_is_what_its_name_says(editor, content, is_taken):
    file = SimpleUploadedFile("a.pdf", content)
    client = signed_in(editor)
    client.post(reverse("wagtaildocs:add"), {"title": "文件", "tags": "", "file": file})
    assert get_document_model().objects.filter(title="文件").exists() is is_taken


def test_pictures_and_files_are_not_offered_in_the_data_admin(editor):
    assert "wagtailimages" not in page(signed_in(editor), "/en/admin/")


@pytest.mark.parametrize("name", ["policy", "policytopic", "entrance", "authority"])
def test_from_a_file_an_editor_comes_back_to_the_desk(editor, name):
    response = signed_in(editor).get(reverse(f"admin:publishing_{name}_changelist"))
    assert response.headers["Location"] == reverse(f"wagtailsnippets_publishing_{name}:list")


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("model", ROWS)
def test_the_journal_has_a_word_for_each_value_of_a_row(model):
    assert model._meta.model_name in KINDS
    assert set(values_of(model())) <= set(NAMES)
    for field in model._meta.concrete_fields:
        if field.choices:
            with override("en"):
                assert {key: str(word) for key, word in field.choices} == ROW_VALUES[field.name]


def test_a_person_is_called_by_name(editor):
    said = page(signed_in(editor), "/editing/")
    assert f'"name": "{editor.name}"' in said
    assert f'"name": "{editor.email}"' not in said


def test_the_search_beside_the_menu_looks_in_articles(editor):
    assert (
        reverse("wagtailsnippets_publishing_article:list") in page(signed_in(editor), "/editing/").split("MainMenu")[0]
    )


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_without_scripts_nobody_is_sent_elsewhere(editor, language):
    said = page(signed_in(editor), "/editing/", language)
    [notice] = said.split("<noscript")[1:2]
    assert "http" not in notice.split("</noscript>")[0]


def test_choosers_speak_the_language_of_each_person(editor):
    client, there = signed_in(editor), reverse("wagtailsnippets_publishing_policy:add")
    chinese, english = page(client, there, "zh-hans"), page(client, there, "en")
    assert "选择政策" in chinese
    assert "选择政策" not in english
    assert "Choose policy" in english


def test_whoever_may_not_send_letters_is_not_led_to_them(published, editor, publisher):
    edition = published(block("text", "<p>一句。</p>"))
    Mailing.objects.create(edition=edition, subject="一封", prepared_by=publisher.key, prepared_at=edition.published_at)
    assert queue_of(publisher).mailings
    assert not queue_of(editor).mailings


# ── Proofs and pictures ──────────────────────────────────────────────────────────────────────────


def test_a_proof_names_its_language_and_stands_in_a_whole_page(article, editor):
    text = article(block("heading", {"text": "小标题", "level": "2"}), title="中文的一篇")
    client = signed_in(editor)
    web = page(client, f"/editing/texts/article/{text.pk}/proof/web/")
    assert "<title>Proof: 中文的一篇</title>" in web
    assert '<article class="row np-art" lang="zh-hans">' in web
    wechat = page(client, f"/editing/texts/article/{text.pk}/proof/wechat/")
    assert wechat.startswith('<!DOCTYPE html>\n<html lang="zh-hans">')
    assert "<title>中文的一篇</title>" in wechat
    assert "<h2" in wechat


def test_the_list_of_pictures_names_no_collection(rf):
    view = IndexView(search_query="")
    view.setup(rf.get("/", {"layout": "list"}))
    assert [column.name for column in view.columns] == [
        "bulk_actions", "preview", "title", "created_at", "usage_count",
    ]  # fmt: skip
