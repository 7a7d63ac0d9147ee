"""Letters go out once each, to a real mail server: approved by two, stopped and resumed, held back."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client, override_settings

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions import mailing as acts
from portal.publishing.actions.sending import send_due, send_mailing
from portal.publishing.actions.subscribing import erase
from portal.publishing.actions.writing import withdraw
from portal.publishing.models import Delivery, Mailing, Subscriber
from tests.publishing.conftest import publish_text
from tests.publishing.letters import MORTAL, TEXT, Post, mail_server, states, subscribers

State = Delivery.State


# ── The mail itself ──────────────────────────────────────────────────────────────────────────────


def test_a_mail_has_both_parts_and_is_left_by_one_click(mailing):
    [row] = subscribers(1)
    with mail_server() as received:
        assert send_mailing(mailing=mailing, at=clock.now()) == {"sent": 1}
    [found] = received.mails
    assert received.to == ["reader0@example.org"]
    assert found.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in found.iter_parts())
    assert {part["Content-Transfer-Encoding"] for part in found.iter_parts()} == {"base64"}
    leave = f"http://127.0.0.1:8000/subscribe/leave/{row.token}/?list=newsletter"
    assert "正文一段。" in text
    assert "正文一段。" in html
    assert leave in text
    assert leave in html
    assert f"http://127.0.0.1:8000/articles/{mailing.edition.article_id}/" in html
    assert found["List-Unsubscribe"].strip() == f"<{leave}>"
    assert found["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(found["Subject"]) == "第8期"
    one_click = leave.removeprefix("http://127.0.0.1:8000")
    Client(enforce_csrf_checks=True).post(one_click, {"List-Unsubscribe": "One-Click"})
    row.refresh_from_db()
    assert row.state == "ended"


# ── Two people ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.usefixtures("in_english")
def test_a_letter_is_tested_and_approved_by_somebody_else(published, publisher, other, editor):
    edition, at = published(*TEXT), clock.now()
    with pytest.raises(Refused, match="may not send"):
        acts.prepare(edition=edition, topic="newsletter", subject="x", by=editor, at=at)
    row = acts.prepare(edition=edition, topic="newsletter", subject="x", by=publisher, at=at)
    with pytest.raises(Refused, match="test first"):
        acts.approve(mailing=row, by=other, at=at)
    acts.send_test(mailing=row, by=publisher, at=at)
    assert mail.outbox[-1].to == [publisher.email]
    row.refresh_from_db()
    with pytest.raises(Refused, match="Somebody else"):
        acts.approve(mailing=row, by=publisher, at=at)
    with pytest.raises(Refused, match="second person"):
        acts.send(mailing=row, by=publisher, at=at)
    row = acts.approve(mailing=row, by=other, at=at)
    assert send_due(at=at) == {}
    acts.send(mailing=row, by=other, at=at, moment=at + timedelta(hours=1))
    assert send_due(at=at) == {}
    assert list(send_due(at=at + timedelta(hours=2))) == [row.pk]
    verbs = list(Entry.objects.filter(target_kind="mailing").order_by("pk").values_list("verb", flat=True))
    assert verbs == [f"mailing.{act}" for act in ("prepared", "tested", "approved", "scheduled", "begun", "finished")]
    with pytest.raises(Refused, match="has been sent"):
        acts.prepare(edition=edition, topic="newsletter", subject="x", by=publisher, at=at)


def test_a_test_is_a_mail_of_its_own_each_time(published, publisher):
    """Programs hide a mail whose number they know, and after a change the second test is the one to look at."""
    row = acts.prepare(edition=published(*TEXT), topic="newsletter", subject="第\n8期", by=publisher, at=clock.now())
    for _time in range(2):
        acts.send_test(mailing=row, by=publisher, at=clock.now())
    first, second = (one.message() for one in mail.outbox[-2:])
    assert first["Message-ID"] != second["Message-ID"]
    assert row.subject == "第 8期"


@pytest.mark.usefixtures("in_english")
def test_what_was_corrected_meanwhile_is_held_back(mailing, publisher, editor):
    """Half a list would get figures that the association knows to be wrong."""
    subscribers(2)
    with override_settings(LETTERS_BATCH=1, LETTERS_PAUSE=0):
        send_mailing(mailing=mailing, at=clock.now(), batches=1)
        text = mailing.edition.article
        text.title, text.standing = "八月动态（更正）", "draft"
        text.save()
        publish_text(text, editor, publisher)
        assert send_mailing(mailing=mailing, at=clock.now()) == {}
    assert states() == {State.SENT: 1, State.WAITING: 1}
    assert Mailing.objects.get().state == "stopped"
    assert Entry.objects.filter(verb="mailing.held_back").count() == 1
    with pytest.raises(Refused, match="not the public one"):
        acts.resume(mailing=mailing, by=publisher, at=clock.now())


@pytest.mark.usefixtures("in_english")
def test_what_is_withdrawn_is_not_sent(mailing, publisher):
    subscribers(1)
    mail.outbox.clear()
    withdraw(edition=mailing.edition, note_zh="有误", by=publisher, at=clock.now())
    send_due(at=clock.now())
    mailing.refresh_from_db()
    assert (mailing.state, mail.outbox) == ("stopped", [])
    with pytest.raises(Refused, match="not the public one"):
        acts.resume(mailing=mailing, by=publisher, at=clock.now())


# ── Who gets it, and what the server says ────────────────────────────────────────────────────────


def test_it_goes_to_those_on_the_list_who_have_not_left_meanwhile(mailing):
    subscribers(3)
    Subscriber.objects.filter(email="reader1@example.org").update(state="bouncing")
    with override_settings(LETTERS_BATCH=1):
        send_mailing(mailing=mailing, at=clock.now(), batches=1)
    Subscriber.objects.filter(email="reader2@example.org").update(topics=["policies"])
    mail.outbox.clear()
    send_mailing(mailing=mailing, at=clock.now())
    assert mail.outbox == []
    assert states() == {State.SENT: 1, State.SKIPPED: 1}


def test_who_is_erased_and_what_is_stopped_within_a_batch(mailing, publisher):
    """Nothing goes to an address that was forgotten a moment ago, and nothing at all after the stop."""
    rows = subscribers(5)
    Post.begin(
        {
            1: lambda: erase(subscriber=rows[1], at=clock.now()),
            2: lambda: acts.stop(mailing=mailing, by=publisher, at=clock.now()),
        }
    )
    with override_settings(EMAIL_BACKEND=MORTAL):
        send_mailing(mailing=mailing, at=clock.now())
    assert Post.arrived == ["reader0@example.org", "reader2@example.org"]
    assert states() == {State.SENT: 2, State.SKIPPED: 1, State.WAITING: 2}


def test_it_is_stopped_between_batches_and_goes_on(mailing, publisher):
    subscribers(5)
    with override_settings(LETTERS_BATCH=2, LETTERS_PAUSE=0), mail_server() as received:
        send_mailing(mailing=mailing, at=clock.now(), batches=1)
        acts.stop(mailing=mailing, by=publisher, at=clock.now())
        assert send_mailing(mailing=mailing, at=clock.now()) == {}
        assert len(received.to) == 2
        acts.resume(mailing=mailing, by=publisher, at=clock.now())
        send_mailing(mailing=mailing, at=clock.now())
    assert len(set(received.to)) == len(received.to) == 5
