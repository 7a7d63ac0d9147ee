"""Letters go out once each, to a real mail server: approved by two, stopped and resumed, killed and taken up again."""

import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings
from django.utils.translation import override

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.roles import StaffRole
from portal.publishing.actions import mailing as acts
from portal.publishing.actions.sending import LEASE, send_due, send_mailing
from portal.publishing.actions.writing import withdraw
from portal.publishing.freezing import document_of
from portal.publishing.models import Article, Delivery, Mailing, Policy, PolicyTopic, Subscriber
from tests.publishing.conftest import signed_in
from tests.publishing.letters import TEXT, approved_mailing, mail_server, subscribers
from tests.world import NOW, appointed

ROOT = Path(__file__).resolve().parents[2]
State = Delivery.State


@pytest.fixture
def other(world):
    return appointed("Petra", StaffRole.PUBLISHER)


@pytest.fixture
def mailing(published, publisher, other) -> Mailing:
    with override("en"):
        return approved_mailing(published(*TEXT, title="八月动态"), publisher, other)


def states() -> Counter:
    return Counter(Delivery.objects.values_list("state", flat=True))


# ── The mail itself ──────────────────────────────────────────────────────────────────────────────


def test_a_mail_has_both_parts_and_is_left_by_one_click(mailing):
    [row] = subscribers(1)
    with mail_server() as received:
        assert send_mailing(mailing=mailing, at=clock.now()) == {"sent": 1}
    [found] = received.mails
    assert received.to == ["reader0@example.org"]
    assert found.get_content_type() == "multipart/alternative"
    text, html = (part.get_content() for part in found.iter_parts())
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


def test_what_the_server_says_is_written_down(mailing):
    subscribers(4)
    with mail_server() as received:
        received.answers = {
            "reader1@example.org": "550 5.1.1 no such mailbox", "reader2@example.org": "451 4.7.1 come again",
        }  # fmt: skip
        send_mailing(mailing=mailing, at=clock.now())
        assert states() == {State.SENT: 2, State.FAILED: 1, State.WAITING: 1}
        assert Subscriber.objects.get(email="reader1@example.org").bounce_count == 1
        assert "5.1.1" in Delivery.objects.get(state=State.FAILED).answer
        # What was put off is offered again a quarter of an hour later, not at once.
        send_mailing(mailing=mailing, at=clock.now())
        assert len(received.to) == 2
        received.answers = {}
        send_mailing(mailing=mailing, at=clock.now() + timedelta(minutes=16))
    assert sorted(received.to) == ["reader0@example.org", "reader2@example.org", "reader3@example.org"]
    assert Mailing.objects.get().state == "sent"


def test_while_the_server_is_away_everything_waits(mailing):
    subscribers(2)
    with mail_server():
        away = settings.EMAIL_PORT
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=away):
        send_mailing(mailing=mailing, at=clock.now())
    assert states() == {State.WAITING: 2}
    assert Mailing.objects.get().state == "sending"


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


# ── When something dies ──────────────────────────────────────────────────────────────────────────


class Killed(BaseException):
    """What no code of ours catches."""


class Post:
    """What arrived, and when the next sender dies: before, or after the mail has arrived."""

    arrived: list[str] = []
    dies_at: set[int] = set()
    is_taken = True


class Mortal(BaseEmailBackend):
    def send_messages(self, messages):
        if len(Post.arrived) in Post.dies_at and not Post.is_taken:
            Post.dies_at.remove(len(Post.arrived))
            raise Killed
        Post.arrived += messages[0].to
        if len(Post.arrived) in Post.dies_at:
            Post.dies_at.remove(len(Post.arrived))
            raise Killed


def test_five_thousand_killed_on_the_way_reach_nobody_twice(mailing):
    subscribers(5000)
    Post.arrived, Post.dies_at, at = [], {2500, 3100}, clock.now()
    with override_settings(EMAIL_BACKEND=f"{__name__}.Mortal", LETTERS_BATCH=500, LETTERS_PAUSE=0):
        for _death in range(2):
            with pytest.raises(Killed):
                send_mailing(mailing=mailing, at=at)
            at += LEASE + timedelta(minutes=30)
        send_mailing(mailing=mailing, at=at)
    assert len(Post.arrived) == len(set(Post.arrived)) == 5000
    assert states() == {State.SENT: 4998, State.UNKNOWN: 2}
    assert Mailing.objects.get().state == "sent"
    unknown = Delivery.objects.filter(state=State.UNKNOWN).values_list("subscriber__email", flat=True)
    assert set(unknown) == {Post.arrived[2499], Post.arrived[3099]}


@pytest.mark.django_db(transaction=True)
def test_a_process_that_is_killed_leaves_one_mail_unknown_and_none_twice(world, published, publisher, other):
    mailing = approved_mailing(published(*TEXT), publisher, other)
    subscribers(60)
    with mail_server() as received:
        process = sending_process(mailing)
        received.after = lambda: len(received.to) == 25 and process.send_signal(signal.SIGKILL)
        assert process.wait(timeout=60) == -signal.SIGKILL
        received.after = lambda: None
        died_at = Delivery.objects.get(state=State.IN_FLIGHT).at
        send_mailing(mailing=mailing, at=died_at + timedelta(minutes=1))
        assert Mailing.objects.get().state == "sending"
        send_mailing(mailing=mailing, at=died_at + LEASE + timedelta(minutes=1))
    assert len(received.to) == len(set(received.to))
    assert states() == {State.SENT: 59, State.UNKNOWN: 1}
    assert Mailing.objects.get().state == "sent"


def database_url() -> str:
    known = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{known['NAME']}"
    user, password, host = (quote(known[name], safe="") for name in ("USER", "PASSWORD", "HOST"))
    return f"postgresql://{user}:{password}@{host}:{known['PORT']}/{known['NAME']}"


def sending_process(mailing: Mailing) -> subprocess.Popen:
    """`manage.py send_letters` on this test's database and mail server."""
    surroundings = {
        "DATABASE_URL": database_url(),
        "PORTAL_MODE": "development", "EMAIL_BACKEND": settings.EMAIL_BACKEND, "EMAIL_HOST": settings.EMAIL_HOST,
        "EMAIL_PORT": str(settings.EMAIL_PORT), "LETTERS_PAUSE": "0", "PATH": os.environ["PATH"],
    }  # fmt: skip
    command = [sys.executable, "manage.py", "send_letters", "--mailing", str(mailing.pk)]
    return subprocess.Popen(command, cwd=ROOT, env=surroundings, stdout=subprocess.DEVNULL)


@pytest.mark.usefixtures("in_english")
def test_of_unknown_fate_only_people_decide(mailing, publisher, editor):
    subscribers(2)
    Post.arrived, Post.dies_at, Post.is_taken = [], {0}, False
    with override_settings(EMAIL_BACKEND=f"{__name__}.Mortal"):
        with pytest.raises(Killed):
            send_mailing(mailing=mailing, at=clock.now())
        later = clock.now() + LEASE + timedelta(minutes=1)
        send_mailing(mailing=mailing, at=later)
        assert Post.arrived == ["reader1@example.org"]
        lost = Delivery.objects.get(state=State.UNKNOWN)
        page = signed_in(publisher).get(f"/editing/letters/{mailing.pk}/").content.decode()
        assert "reader0@example.org" in page
        with pytest.raises(Refused):
            acts.mark(delivery=lost, was_sent=True, by=editor, at=later)
        signed_in(publisher).post(f"/editing/letters/deliveries/{lost.pk}/mark/", {"outcome": "again"})
        send_mailing(mailing=mailing, at=later)
    Post.is_taken = True
    assert Post.arrived == ["reader1@example.org", "reader0@example.org"]
    assert Entry.objects.get(verb="mailing.delivery_again").after["delivery"] == lost.pk


def test_two_senders_at_once_share_the_work(mailing):
    """The second one starts while the first hands a mail over, and finds the same list."""
    subscribers(6)

    class Meanwhile(Mortal):
        def send_messages(self, messages):
            Post.arrived += messages[0].to
            if len(Post.arrived) == 1:
                send_mailing(mailing=mailing, at=clock.now())

    Post.arrived, globals()["Meanwhile"] = [], Meanwhile
    with override_settings(EMAIL_BACKEND=f"{__name__}.Meanwhile"):
        send_mailing(mailing=mailing, at=clock.now())
    assert sorted(Post.arrived) == [f"reader{number}@example.org" for number in range(6)]
    assert states() == {State.SENT: 6}
    assert send_due(at=clock.now()) == {}


# ── At the desk ──────────────────────────────────────────────────────────────────────────────────


def test_the_pages_of_letters_are_a_publisher_s_and_tell_how_far_it_is(mailing, publisher, editor, world):
    subscribers(3)
    with override_settings(LETTERS_BATCH=2):
        client = signed_in(publisher)
        assert client.post(f"/editing/letters/{mailing.pk}/batch/").status_code == 302
    for address in ("/editing/letters/", f"/editing/letters/{mailing.pk}/", f"/editing/letters/{mailing.pk}/proof/"):
        assert client.get(address).status_code == 200
        assert signed_in(editor).get(address).status_code == 403
        assert signed_in(world.alice).get(address).status_code == 404
    page = client.get(f"/editing/letters/{mailing.pk}/").content.decode()
    assert 'value="2"' in page
    assert 'max="3"' in page
    assert client.get(f"/editing/letters/{mailing.pk}/stop/").status_code == 405
    assert client.post(f"/editing/letters/{mailing.pk}/stop/").status_code == 302
    assert Mailing.objects.get().state == "stopped"


def test_a_letter_is_prepared_at_the_desk(published, publisher):
    edition = published(*TEXT)
    address = f"/editing/letters/of/{edition.pk}/"
    client = signed_in(publisher)
    assert client.get(address).status_code == 200
    response = client.post(address, {"topic": "policies", "subject": "新政策"})
    row = Mailing.objects.get()
    assert response.headers["Location"] == f"/editing/letters/{row.pk}/"
    assert (row.topic, row.subject, row.state, row.prepared_by) == ("policies", "新政策", "prepared", publisher.key)
    client.post(f"/editing/letters/{row.pk}/test/")
    assert mail.outbox[-1].to == [publisher.email]


def test_the_command_sends_what_is_due(mailing, capsys):
    subscribers(1)
    call_command("send_letters")
    assert f"Mailing {mailing.pk}: sent 1" in capsys.readouterr().out
    call_command("send_letters")
    assert "No letters are due." in capsys.readouterr().out


@pytest.mark.usefixtures("in_english")
def test_a_notice_of_new_policies_is_begun_from_their_list_and_sent_as_any_other_text(publisher, editor):
    client, address = signed_in(publisher), "/editing/letters/notices/policies/"
    assert signed_in(editor).post(address).status_code == 403
    assert client.post("/editing/letters/notices/newsletter/").status_code == 404
    client.post(address)
    assert not Article.objects.exists()
    topic = PolicyTopic.objects.create(code="trade", name_zh="贸易")
    Policy.objects.create(slug="p", topic=topic, title_zh="示例办法", issuer_zh="示例部门", published_on=NOW.date())
    response = client.post(address)
    text = Article.objects.get()
    assert response.headers["Location"] == f"/editing/texts/article/{text.pk}/"
    assert (text.kind, text.standing) == ("notice", "draft")
    document, _files = document_of(text)
    assert [block.title for block in document.blocks] == ["示例办法"]
