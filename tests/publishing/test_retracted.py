"""A firm's card that stands in an edition after the firm has taken back what it says is marked for the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.retracting import begin_correction, withdraw_earlier
from portal.publishing.actions.writing import edited
from portal.publishing.lifecycle import Serial, Standing
from portal.publishing.models import Article, Edition, Issue, MemberPage
from portal.publishing.retracted import retracted_in, retracted_texts
from portal.publishing.workspace import life_address, queue_of
from tests.publishing.conftest import block, publish_text, signed_in

pytestmark = pytest.mark.django_db
PHONE = "0851-87654321"


@pytest.fixture
def page(world) -> MemberPage:
    return MemberPage.objects.create(
        firm=world.firm, intro_zh="示例简介", website="https://firm.example", phone=PHONE,
        shown=["intro", "website", "phone"], released_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def told(page, published) -> Edition:
    """An article with the firm's card, as it was published."""
    return published(block("text", "<p>正文。</p>"), block("firm", {"page": page.pk}), title="企业推介")


def take_back(page: MemberPage) -> None:
    MemberPage.objects.filter(pk=page.pk).update(taken_back_at=clock.now())


def corrected(text, editor, publisher) -> Edition:
    begin_correction(text=text, note="按企业现行公开内容更正。", by=editor, at=clock.now())
    text.refresh_from_db()
    return publish_text(text, editor, publisher)


# ── What is marked ───────────────────────────────────────────────────────────────────────────────


def test_nothing_is_marked_while_the_firm_releases_what_its_card_says(told):
    assert retracted_texts() == []


@pytest.mark.parametrize("field", ["taken_back_at", "hidden_at"])
def test_a_card_is_marked_when_the_page_is_taken_back_or_hidden(told, page, field):
    MemberPage.objects.filter(pk=page.pk).update(**{field: clock.now()})
    (one,) = retracted_texts()
    assert (one.text, one.newest.number, one.firms) == (told.article, 1, [page.firm.name_zh])
    assert one.newest.cards[0].fields == ()


def test_a_card_is_marked_when_the_firm_leaves(told, page):
    page.firm.left_on = clock.today() - timedelta(days=1)
    page.firm.save()
    assert [one.text for one in retracted_texts()] == [told.article]


def test_a_field_that_is_shown_no_longer_is_named_and_a_new_value_is_none(told, page):
    MemberPage.objects.filter(pk=page.pk).update(website="https://new.example")
    assert retracted_texts() == []
    MemberPage.objects.filter(pk=page.pk).update(shown=["website"])
    (one,) = retracted_texts()
    assert set(one.newest.cards[0].fields) == {"intro", "phone"}


def test_an_english_card_is_known_as_well(page, published):
    published(block("firm", {"page": page.pk}), language="en")
    take_back(page)
    assert len(retracted_texts()) == 1


def test_a_handbook_that_draws_the_members_is_marked(page, editor, publisher):
    book = Issue(title="手册", code="book", kind=Serial.HANDBOOK)
    book.contents = [block("chapter", {"title": "会员", "text": [], "draws": ["members"]})]
    book.save()
    edited(text=book, by=editor, at=clock.now())
    publish_text(book, editor, publisher)
    take_back(page)
    assert [one.text for one in retracted_texts()] == [book]


def test_what_is_withdrawn_is_marked_no_more(told, page, publisher):
    take_back(page)
    signed_in(publisher).post(f"/editing/editions/{told.pk}/withdraw/", {"note_zh": "企业撤回。"})
    assert retracted_texts() == []


def test_more_texts_ask_no_more_queries(told, page, published):
    take_back(page)
    with CaptureQueriesContext(connection) as few:
        retracted_texts()
    MemberPage.objects.filter(pk=page.pk).update(taken_back_at=None)
    for number in range(3):
        published(block("firm", {"page": page.pk}), title=f"又一篇{number}")
    take_back(page)
    with CaptureQueriesContext(connection) as many:
        assert len(retracted_texts()) == 4
    assert len(many) == len(few)


# ── What is done about it ────────────────────────────────────────────────────────────────────────


def test_a_correction_is_begun_and_what_then_comes_out_says_it_no_more(told, page, editor, publisher):
    take_back(page)
    text = told.article
    begin_correction(text=text, note="按企业意愿更正。", by=editor, at=clock.now())
    text.refresh_from_db()
    assert (text.standing, text.correction_zh) == (Standing.DRAFT, "按企业意愿更正。")
    assert Entry.objects.get(verb="text.correction_begun").after["note"] == "按企业意愿更正。"
    assert PHONE in Edition.objects.public().get().text
    with pytest.raises(Refused):
        begin_correction(text=text, note="再来一次。", by=editor, at=clock.now())
    publish_text(text, editor, publisher)
    assert PHONE not in Edition.objects.public().get().text
    found = retracted_in(text)
    assert (found.newest, [one.number for one in found.earlier]) == (None, [1])


def test_earlier_editions_are_withdrawn_together_and_the_newest_stays(told, page, editor, publisher):
    text = told.article
    begin = {"by": editor, "at": clock.now()}
    edited(text=text, **begin)
    publish_text(text, editor, publisher)
    take_back(page)
    corrected(Article.objects.get(pk=text.pk), editor, publisher)
    with pytest.raises(Refused):
        withdraw_earlier(text=text, note_zh="企业撤回。", **begin)
    address = f"/editing/texts/article/{text.pk}/withdraw-earlier/"
    assert signed_in(publisher).post(address, {"note_zh": " "}).status_code == 422
    assert signed_in(publisher).post(address, {"note_zh": "企业撤回。"}).status_code == 302
    assert retracted_texts() == []
    assert [(row.number, hasattr(row, "withdrawal")) for row in text.editions.order_by("number")] == [
        (1, True), (2, True), (3, False),
    ]  # fmt: skip
    assert Entry.objects.filter(verb="text.withdrawn").count() == 2
    assert Client().get(f"/articles/{text.pk}/").status_code == 200
    assert PHONE not in Client().get(f"/articles/{text.pk}/editions/1/").content.decode()


# ── The pages ────────────────────────────────────────────────────────────────────────────────────


def test_the_list_the_queue_the_text_and_the_member_s_page_say_so(told, page, editor):
    client = signed_in(editor)
    client.cookies["language"] = "en"
    there = life_address(told.article)
    assert "says no more than its firm releases" in client.get("/editing/cards/").content.decode()
    assert not queue_of(editor).retracted
    take_back(page)
    for address in ("/editing/cards/", "/editing/", f"/editing/member-pages/{page.pk}/"):
        shown = client.get(address, follow=True).content.decode()
        assert f'href="{there}#cards"' in shown, address
    shown = client.get(there).content.decode()
    assert 'id="cards"' in shown
    assert f"took its page back on {clock.today().isoformat()}" in shown
    assert f'action="{there}correct-cards/"' in shown
    assert PHONE not in client.get("/editing/cards/").content.decode()


def test_a_correction_is_begun_from_the_text_s_page(told, page, editor):
    take_back(page)
    client, there = signed_in(editor), life_address(told.article)
    assert client.post(f"{there}correct-cards/", {"note": " "}).status_code == 422
    assert client.post(f"{there}correct-cards/", {"note": "更正。"})["Location"] == there
    assert Article.objects.get().standing == Standing.DRAFT
    assert f'action="{there}correct-cards/"' not in client.get(there).content.decode()


def test_a_card_that_says_nothing_too_much_is_not_corrected(told, editor):
    client, there = signed_in(editor), life_address(told.article)
    assert client.post(f"{there}correct-cards/", {"note": "更正。"}).status_code == 422
    assert Article.objects.get().standing == Standing.PUBLISHED


@pytest.mark.parametrize("act", ["correct-cards", "withdraw-earlier"])
def test_acts_are_posted_by_editors_alone(told, editor, world, act):
    address = f"{life_address(told.article)}{act}/"
    assert signed_in(editor).get(address).status_code == 405
    assert signed_in(world.alice).post(address).status_code == 404
    assert signed_in(world.frida).post(address).status_code == 403
    assert Client().post(address).status_code == 302


def test_the_list_is_for_the_desk_alone(editor, world):
    assert signed_in(editor).post("/editing/cards/").status_code == 405
    assert signed_in(world.alice).get("/editing/cards/").status_code == 404
    assert signed_in(world.frida).get("/editing/cards/").status_code == 403
    assert Client().get("/editing/cards/").status_code == 302
