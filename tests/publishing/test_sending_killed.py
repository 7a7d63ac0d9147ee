"""Senders die at any moment: nobody gets a letter twice, and what is unknown is said."""

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions import mailing as acts
from portal.publishing.actions.sending import LEASE, send_due, send_mailing
from portal.publishing.models import Delivery, Mailing
from tests.publishing.conftest import signed_in
from tests.publishing.letters import MORTAL, TEXT, Killed, Post, approved_mailing, die, mail_server, states, subscribers

ROOT = Path(__file__).resolve().parents[2]
State = Delivery.State


@pytest.mark.parametrize("count", [500, pytest.param(5000, marks=pytest.mark.slow)])
def test_thousands_killed_on_the_way_reach_nobody_twice(mailing, count):
    subscribers(count)
    deaths, at = (count // 2, count * 62 // 100), clock.now()
    Post.begin(dict.fromkeys(deaths, die))
    with override_settings(EMAIL_BACKEND=MORTAL, LETTERS_BATCH=count // 10, LETTERS_PAUSE=0):
        for _death in deaths:
            with pytest.raises(Killed):
                send_mailing(mailing=mailing, at=at)
            at += LEASE + timedelta(minutes=30)
        send_mailing(mailing=mailing, at=at)
    assert len(Post.arrived) == len(set(Post.arrived)) == count
    assert states() == {State.SENT: count - 2, State.UNKNOWN: 2}
    assert Mailing.objects.get().state == "sent"
    unknown = Delivery.objects.filter(state=State.UNKNOWN).values_list("subscriber__email", flat=True)
    assert set(unknown) == {Post.arrived[death - 1] for death in deaths}


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
    Post.begin({}, before={1: die})
    with override_settings(EMAIL_BACKEND=MORTAL):
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
    assert Post.arrived == ["reader1@example.org", "reader0@example.org"]
    assert Entry.objects.get(verb="mailing.delivery_again").after["delivery"] == lost.pk


def test_two_senders_at_once_share_the_work(mailing):
    """The second one starts while the first hands a mail over, and finds the same list."""
    subscribers(6)
    Post.begin({1: lambda: send_mailing(mailing=mailing, at=clock.now())})
    with override_settings(EMAIL_BACKEND=MORTAL):
        send_mailing(mailing=mailing, at=clock.now())
    assert sorted(Post.arrived) == [f"reader{number}@example.org" for number in range(6)]
    assert states() == {State.SENT: 6}
    assert send_due(at=clock.now()) == {}
