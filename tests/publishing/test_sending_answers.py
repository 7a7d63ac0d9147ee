"""What a mail server says of a letter is written down, and blames nobody who is not at fault."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings

from portal.lib import clock
from portal.publishing.actions.sending import AGAIN_AFTER, GIVEN_UP_AFTER, REFUSED_IN_A_ROW, send_mailing
from portal.publishing.models import Delivery, Mailing, Subscriber
from tests.publishing.conftest import signed_in
from tests.publishing.letters import TEXT, approved_mailing, mail_server, states, subscribers

State = Delivery.State


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


def test_what_is_put_off_again_a_day_later_is_given_up_and_can_be_sent_again(mailing, publisher):
    subscribers(1)
    at, client = clock.now(), signed_in(publisher)
    late = at + GIVEN_UP_AFTER + timedelta(hours=1)
    with mail_server() as received:
        received.answers = {"reader0@example.org": "451 4.7.1 come again"}
        for moment, state in ((late, State.WAITING), (late + AGAIN_AFTER * 2, State.FAILED)):
            send_mailing(mailing=mailing, at=moment)
            assert states() == {state: 1}
        received.answers = {}
        page = client.get(f"/editing/letters/{mailing.pk}/").content.decode()
        address = f"/editing/letters/deliveries/{Delivery.objects.get().pk}/mark/"
        assert address in page
        client.post(address, {"outcome": "sent"})
        assert states() == {State.FAILED: 1}
        client.post(address, {"outcome": "again"})
        send_mailing(mailing=mailing, at=late + AGAIN_AFTER * 3)
    assert received.to == ["reader0@example.org"]
    assert Mailing.objects.get().state == "sent"


def test_what_is_said_of_us_blames_no_address_and_stops_the_mailing(mailing):
    """A server that relays nothing for us says so of each address; the list must not be lost by it."""
    rows = subscribers(REFUSED_IN_A_ROW + 5)
    with mail_server() as received:
        received.answers = {row.email: f"550 5.7.1 <{row.email}> relaying denied" for row in rows}
        send_mailing(mailing=mailing, at=clock.now())
    assert states() == {State.FAILED: REFUSED_IN_A_ROW, State.WAITING: 5}
    assert not Subscriber.objects.filter(bounce_count__gt=0).exists()
    assert Mailing.objects.get().state == "stopped"
    assert not Delivery.objects.filter(answer__contains="@").exists()


@pytest.mark.django_db(transaction=True)
def test_a_refused_address_is_counted_outside_of_any_transaction(world, published, publisher, other):
    """As the command runs: what locks a row needs a transaction of its own."""
    mailing = approved_mailing(published(*TEXT), publisher, other)
    subscribers(2)
    with mail_server() as received:
        received.answers = {"reader0@example.org": "550 5.1.1 no such mailbox"}
        assert send_mailing(mailing=mailing, at=clock.now()) == {"failed": 1, "sent": 1}
    assert Subscriber.objects.get(email="reader0@example.org").bounce_count == 1


def test_while_the_server_is_away_everything_waits(mailing, publisher):
    subscribers(2)
    with mail_server():
        away = settings.EMAIL_PORT
    backend = "django.core.mail.backends.smtp.EmailBackend"
    with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=away):
        send_mailing(mailing=mailing, at=clock.now())
    assert states() == {State.WAITING: 2}
    assert Mailing.objects.get().state == "sending"
    assert "ConnectionRefusedError" in signed_in(publisher).get(f"/editing/letters/{mailing.pk}/").content.decode()
