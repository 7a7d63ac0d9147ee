"""The life of a text on its page: who may do what, what is written down, and what happens when it is pressed twice."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import localtime

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.writing import approve, edited, publish, publish_due, schedule, submit
from portal.publishing.models import Article, Issue
from portal.publishing.reading import digest_of
from tests.publishing.conftest import block, publish_text, signed_in

pytestmark = pytest.mark.django_db


def address(text: Article, act: str) -> str:
    return reverse(f"editing:text-{act}", args=["article", text.pk])


def page(text: Article) -> str:
    return reverse("editing:life", args=["article", text.pk])


def verbs() -> list[str]:
    return list(Entry.objects.filter(verb__startswith="text.").order_by("pk").values_list("verb", flat=True))


@pytest.fixture
def text(article) -> Article:
    return article(block("text", "<p>第一句。</p>"))


@pytest.fixture
def checked(text, editor, publisher) -> Article:
    submit(text=text, by=editor, at=clock.now())
    return approve(text=text, digest=digest_of(Article.objects.get(pk=text.pk)), by=publisher, at=clock.now())


def test_it_goes_from_draft_over_a_second_person_to_the_public(text, editor, publisher):
    writer, reader = signed_in(editor), signed_in(publisher)
    writer.post(address(text, "submit"))
    reader.post(address(text, "approve"), {"digest": digest_of(Article.objects.get(pk=text.pk)), "note": "好"})
    assert reader.post(address(text, "publish"))["Location"] == page(text)
    assert verbs() == ["text.edited", "text.submitted", "text.approved", "text.published"]
    assert text.editions.get().text == "第一句。"
    words = reader.get(page(text)).content.decode()
    assert "第一句。" in reader.get(reverse("editing:text-proof", args=["article", text.pk, "web"])).content.decode()
    assert "Edith" in words
    assert "Paul" in words


def test_nobody_hands_in_what_has_nothing_in_it(editor):
    client, now = signed_in(editor), clock.now()
    empty = [Article.objects.create(title="空"), Issue.objects.create(title="空刊", code="2020-99")]
    texts = [edited(text=text, by=editor, at=now) for text in empty]
    for kind, text in zip(("article", "issue"), texts, strict=True):
        answer = client.post(reverse("editing:text-submit", args=[kind, text.pk]))
        assert (answer.status_code, text.__class__.objects.get(pk=text.pk).standing) == (422, "draft")
    event = Article.objects.create(title="座谈会", kind="event", starts_at=now)
    submit(text=edited(text=event, by=editor, at=now), by=editor, at=now)


def test_pressed_twice_it_happens_once(checked, publisher):
    client = signed_in(publisher)
    statuses = [client.post(address(checked, "publish")).status_code for _time in range(2)]
    assert statuses == [302, 422]
    assert checked.editions.count() == 1


def test_nobody_checks_what_they_handed_in(text, publisher):
    client = signed_in(publisher)
    client.post(address(text, "submit"))
    response = client.post(address(text, "approve"), {"digest": digest_of(Article.objects.get(pk=text.pk))})
    assert response.status_code == 422
    assert Article.objects.get(pk=text.pk).standing == "submitted"


def test_an_editor_neither_checks_nor_publishes(checked, editor):
    client = signed_in(editor)
    for act in ("publish", "schedule", "return"):
        typed = {"moment": "2030-01-01T08:00", "note": "改"}
        assert client.post(address(checked, act), typed).status_code == 422, act
    assert Article.objects.get(pk=checked.pk).standing == "checked"


def test_acts_are_buttons_and_the_page_is_for_editors(text, editor, world):
    assert signed_in(editor).get(address(text, "submit")).status_code == 405
    assert signed_in(world.alice).get(page(text)).status_code == 404
    assert signed_in(world.dora).get(page(text)).status_code == 403


def test_what_was_returned_says_why_and_the_note_is_not_lost(text, editor, publisher):
    submit(text=text, by=editor, at=clock.now())
    client = signed_in(publisher)
    assert client.post(address(text, "return"), {"note": " "}).status_code == 422
    client.post(address(text, "return"), {"note": "缺一个来源。"})
    assert "缺一个来源。" in signed_in(editor).get(page(text)).content.decode()
    assert text.checks.get().is_approval is False


def test_what_was_changed_behind_the_checkers_back_does_not_come_out(checked, publisher):
    Article.objects.filter(pk=checked.pk).update(title="另一个题目")
    with pytest.raises(Refused):
        publish(text=checked, by=publisher, at=clock.now())
    assert not checked.editions.exists()


def test_a_correction_says_in_public_what_has_changed(article, editor, publisher):
    text = article(block("text", "<p>一千家。</p>"))
    publish_text(text, editor, publisher)
    client = signed_in(editor)
    text.refresh_from_db()
    text.body = [block("text", "<p>九百家。</p>")]
    text.standing = "draft"
    text.save()
    assert client.post(address(text, "submit"), {"note_zh": ""}).status_code == 422
    assert client.post(address(text, "submit"), {"note_zh": "家数有误。"}).status_code == 302
    words = client.get(page(text)).content.decode()
    assert "<del>一千家。</del>" in words
    assert "<ins>九百家。</ins>" in words


def test_an_edition_is_withdrawn_with_a_reason(article, editor, publisher):
    edition = publish_text(article(block("text", "<p>一。</p>")), editor, publisher)
    there = reverse("editing:edition-withdraw", args=[edition.pk])
    assert signed_in(editor).post(there, {"note_zh": "误发。"}).status_code == 422
    assert signed_in(publisher).post(there, {"note_zh": ""}).status_code == 422
    assert signed_in(publisher).post(there, {"note_zh": "误发。"}).status_code == 302
    edition.refresh_from_db()
    assert edition.withdrawal.note_zh == "误发。"
    assert verbs()[-1] == "text.withdrawn"


class TestScheduled:
    def test_it_comes_out_at_its_moment_by_the_clock(self, checked, publisher):
        moment = clock.now() + timedelta(hours=2)
        signed_in(publisher).post(address(checked, "schedule"), {"moment": f"{localtime(moment):%Y-%m-%dT%H:%M}"})
        call_command("tick", at=(moment - timedelta(minutes=5)).isoformat())
        assert not checked.editions.exists()
        for _time in range(2):
            call_command("tick", at=moment.isoformat())
        assert checked.editions.count() == 1

    def test_a_moment_that_has_passed_is_refused(self, checked, publisher):
        typed = {"moment": "2019-01-01T08:00"}
        assert signed_in(publisher).post(address(checked, "schedule"), typed).status_code == 422

    def test_what_may_not_come_out_holds_nothing_else_up(self, checked, article, editor, publisher):
        later = clock.now() + timedelta(hours=1)
        schedule(text=checked, moment=later, by=publisher, at=clock.now())
        Article.objects.filter(pk=checked.pk).update(title="另一个题目")
        other = article(block("text", "<p>二。</p>"))
        submit(text=other, by=editor, at=clock.now())
        approve(text=other, digest=digest_of(Article.objects.get(pk=other.pk)), by=publisher, at=clock.now())
        schedule(text=other, moment=later, by=publisher, at=clock.now())
        assert [edition.article_id for edition in publish_due(at=later)] == [other.pk]
        assert Article.objects.get(pk=checked.pk).standing == "checked"
        assert "text.held_back" in verbs()


def test_the_queue_says_what_waits_without_more_queries_for_more_texts(
    article, editor, publisher, assert_constant_queries
):
    def add_one() -> None:
        submit(text=article(block("text", "<p>等。</p>"), title="待审一篇"), by=editor, at=clock.now())

    client = signed_in(publisher)
    assert_constant_queries(add_one, lambda: client.get(reverse("editing:queue")))
    assert client.get(reverse("editing:queue")).content.decode().count("待审一篇") == 2
