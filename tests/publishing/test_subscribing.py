"""Letters are asked for, confirmed by the address itself, and left by one press; no answer tells who is known."""

import re
from datetime import timedelta
from itertools import count

import pytest
from django.core import mail
from django.test import Client

from portal.journal.models import Entry
from portal.lib import clock
from portal.publishing.actions.subscribing import ask, came_back, forget_unconfirmed
from portal.publishing.models import Subscriber
from tests.publishing.conftest import signed_in
from tests.publishing.letters import subscribers

FORM = "/en/subscribe/"
TYPED = {"email": "Reader@Example.org", "topics": ["newsletter", "policies"], "language": "en", "agreed": "on"}


def send(**changed: object):
    return Client(enforce_csrf_checks=True).post(FORM, TYPED | changed)


def link() -> str:
    """The link of the last letter, without its host."""
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def confirmed(**changed: object) -> Subscriber:
    send(**changed)
    Client().post(link())
    return Subscriber.objects.get(email="reader@example.org")


def leave_path(row: Subscriber) -> str:
    return f"{FORM}leave/{row.token}/"


def test_letters_begin_when_the_address_has_confirmed(world):
    send()
    row = Subscriber.objects.get()
    assert (row.email, row.state, row.consented_at) == ("reader@example.org", "pending", None)
    assert mail.outbox[0].to == ["reader@example.org"]
    assert mail.outbox[0].message()["Auto-Submitted"] == "auto-generated"
    assert Client().get(link()).status_code == 200
    row.refresh_from_db()
    assert row.state == "pending"
    assert Client(enforce_csrf_checks=True).post(link()).status_code == 302
    row.refresh_from_db()
    assert (row.state, row.topics, row.language) == ("active", ["newsletter", "policies"], "en")
    assert row.consent.startswith("web form, wording 2021-01")
    assert row.consented_at is not None
    entry = Entry.objects.get(verb="subscriber.confirmed")
    assert "example.org" not in str(entry.after)


def test_the_answer_and_the_letter_are_the_same_for_an_address_that_is_known(world):
    unknown = send()
    Client().post(link())
    Subscriber.objects.update(asked_at=clock.now() - timedelta(hours=1))
    first = mail.outbox[-1]
    known = send()
    assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])
    assert len(mail.outbox) == 2
    assert re.sub(r"confirm/\S+", "", mail.outbox[-1].body) == re.sub(r"confirm/\S+", "", first.body)


def test_a_stranger_changes_nothing_of_a_subscriber_by_typing_the_address(world):
    row = confirmed()
    Subscriber.objects.update(asked_at=clock.now() - timedelta(hours=1))
    send(topics=["releases"], language="zh-hans")
    row.refresh_from_db()
    assert (row.topics, row.language, row.state) == (["newsletter", "policies"], "en", "active")


def test_an_address_is_written_to_once_in_ten_minutes(world):
    send()
    send()
    assert len(mail.outbox) == 1
    assert Subscriber.objects.count() == 1


def test_a_machine_that_fills_everything_in_is_thanked_and_forgotten(world):
    assert send(website="https://spam.example").status_code == 302
    assert not Subscriber.objects.exists()
    assert not mail.outbox


@pytest.mark.parametrize("changed", [{"agreed": ""}, {"topics": []}, {"email": "nobody"}])
def test_without_agreement_list_or_address_nothing_is_kept(world, changed):
    assert send(**changed).status_code == 422
    assert not Subscriber.objects.exists()


def test_a_link_that_is_old_or_forged_confirms_nothing(world):
    send()
    asking = ask(email="late@example.org", topics=["newsletter"], language="en", at=clock.now() - timedelta(days=8))
    for path in (f"{FORM}confirm/{asking.token}/", f"{link()[:-3]}x/"):
        assert Client().post(path).status_code == 404
    assert not Subscriber.objects.filter(state="active").exists()


def test_no_session_is_begun_and_another_site_s_form_is_refused(world):
    response = send()
    assert not response.cookies
    assert Client().post(FORM, TYPED, headers={"origin": "https://elsewhere.example"}).status_code == 403


def test_looking_leaves_nothing_and_one_click_leaves_the_list_of_the_letter(world):
    row = confirmed()
    path = f"{leave_path(row)}?list=newsletter"
    assert "Leave the list" in Client().get(path).content.decode()
    row.refresh_from_db()
    assert row.topics == ["newsletter", "policies"]
    # A mail program sends this, from wherever it is (RFC 8058).
    client = Client(enforce_csrf_checks=True)
    response = client.post(path, {"List-Unsubscribe": "One-Click"}, headers={"origin": "https://mail.example"})
    assert response.status_code == 200
    assert not response.cookies
    row.refresh_from_db()
    assert (row.topics, row.state) == (["policies"], "active")
    client.post(leave_path(row))
    row.refresh_from_db()
    assert (row.topics, row.state) == ([], "ended")
    assert row.ended_at is not None
    assert client.post(leave_path(row)).status_code == 200
    assert Entry.objects.filter(verb="subscriber.left").count() == 2


def test_lists_are_changed_by_the_subscriber_s_link_alone(world):
    row = confirmed()
    Client().post(f"{leave_path(row)}lists/", {"topics": ["releases"], "language": "zh-hans"})
    row.refresh_from_db()
    assert (row.topics, row.language) == (["releases"], "zh-hans")
    assert Client().post(f"{FORM}leave/{'x' * 32}/lists/", {"topics": []}).status_code == 404


def test_an_erased_address_is_nowhere_and_its_link_is_dead(world):
    row = confirmed()
    path = leave_path(row)
    assert Client().get(f"{path}erase/").status_code == 405
    assert Client().post(f"{path}erase/").status_code == 200
    row.refresh_from_db()
    assert (row.email, row.name, row.topics, row.state) == ("", "", [], "erased")
    gone = Client().get(path)
    assert gone.status_code == 404
    assert "This link belongs to no subscription" in gone.content.decode()
    assert Client().post(link()).status_code == 404
    assert Subscriber.objects.get().state == "erased"


def test_an_address_whose_mail_keeps_coming_back_gets_no_more(world):
    [row] = subscribers(1)
    for _time in range(2):
        came_back(row, clock.now())
    row.refresh_from_db()
    assert row.state == "active"
    came_back(row, clock.now())
    row.refresh_from_db()
    assert (row.state, row.bounce_count) == ("bouncing", 3)
    page = Client().get(leave_path(row)).content.decode()
    assert "You get no letters" in page
    assert "Erase my address" in page


def test_who_never_confirms_is_forgotten_after_a_month(world):
    subscribers(2, state="pending", consented_at=None)
    Subscriber.objects.filter(email="reader0@example.org").update(asked_at=clock.now() - timedelta(days=31))
    subscribers_before = Subscriber.objects.count()
    assert forget_unconfirmed(at=clock.now()) == 1
    assert Subscriber.objects.count() == subscribers_before - 1
    assert Subscriber.objects.get().email == "reader1@example.org"


# ── At the desk ──────────────────────────────────────────────────────────────────────────────────


def test_the_list_of_subscribers_is_a_publisher_s_alone(world, editor, publisher):
    [row, _other] = subscribers(2, name="读者")
    address = "/editing/subscribers/"
    assert Client().get(address).status_code == 302
    assert signed_in(world.alice).get(address).status_code == 404
    assert signed_in(editor).get(address).status_code == 403
    assert signed_in(editor).get("/en/admin/publishing/subscriber/").status_code == 403
    assert signed_in(editor).post(f"{address}{row.pk}/erase/").status_code == 403
    page = signed_in(publisher).get(f"{address}?q=reader0&state=active&topic=newsletter").content.decode()
    assert "reader0@example.org" in page
    assert "reader1@example.org" not in page
    signed_in(publisher).post(f"{address}{row.pk}/erase/")
    row.refresh_from_db()
    assert row.state == "erased"
    assert Entry.objects.get(verb="subscriber.erased").actor == publisher.key


def test_more_subscribers_take_no_more_queries(publisher, assert_constant_queries):
    client, numbers = signed_in(publisher), count()
    assert_constant_queries(
        lambda: subscribers(1, email=f"more{next(numbers)}@example.org"), lambda: client.get("/editing/subscribers/")
    )
