"""What tests of letters begin with: subscribers, a mailing that may be sent, and a mail server on this machine."""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from socket import socket

import pytest
from aiosmtpd.controller import Controller
from django.core.mail.backends.base import BaseEmailBackend
from django.test import override_settings
from django.utils.translation import override

from portal.members.models import User
from portal.members.roles import StaffRole
from portal.publishing.actions import mailing as acts
from portal.publishing.models import Delivery, Edition, Mailing, Subscriber, Topic
from tests.world import NOW, appointed

TEXT = [{"id": "t", "type": "text", "value": "<p>正文一段。</p>"}]


@pytest.fixture
def other(world) -> User:
    """Who approves what the publisher prepares."""
    return appointed("Petra", StaffRole.PUBLISHER)


@pytest.fixture
def mailing(published, publisher, other) -> Mailing:
    with override("en"):
        return approved_mailing(published(*TEXT, title="八月动态"), publisher, other)


def states() -> Counter:
    """How many deliveries are in each state."""
    return Counter(Delivery.objects.values_list("state", flat=True))


def subscribers(count: int, **values: object) -> list[Subscriber]:
    first = {"topics": [Topic.NEWSLETTER], "state": "active", "asked_at": NOW, "consented_at": NOW, "consent": "paper"}
    rows = [Subscriber(**{"email": f"reader{number}@example.org"} | first | values) for number in range(count)]
    return Subscriber.objects.bulk_create(rows)


def approved_mailing(edition: Edition, by: User, other: User, at: datetime = NOW, **values: object) -> Mailing:
    """Prepared by one, tested, approved by the other, and to be sent now."""
    row = acts.prepare(edition=edition, topic=Topic.NEWSLETTER, subject="第8期", by=by, at=at)
    acts.send_test(mailing=row, by=by, at=at)
    row = acts.approve(mailing=Mailing.objects.get(pk=row.pk), by=other, at=at)
    return acts.send(mailing=row, by=by, at=at, **values)


class Received:
    """A mail server that keeps what it is given. `answers` is what it says to an address instead of taking its mail."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.to: list[str] = []
        self.envelopes: list[str] = []
        self.answers: dict[str, str] = {}
        self.after = lambda: None

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))
        self.to.extend(envelope.rcpt_tos)
        self.envelopes.append(envelope.mail_from)
        self.after()
        return "250 OK"


@contextmanager
def mail_server() -> Iterator[Received]:
    received = Received()
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    controller = Controller(received, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        backend = "django.core.mail.backends.smtp.EmailBackend"
        with override_settings(EMAIL_BACKEND=backend, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port, LETTERS_PAUSE=0):
            yield received
    finally:
        controller.stop()


# ── A post office in which things happen ─────────────────────────────────────────────────────────


class Killed(BaseException):
    """What no code of ours catches."""


class Post:
    """What arrived, and what happens while a mail is handed over: by how many have arrived with it."""

    arrived: list[str] = []
    happens: dict[int, Callable[[], object]] = {}
    before: dict[int, Callable[[], object]] = {}

    @classmethod
    def begin(cls, happens: dict, before: dict | None = None) -> None:
        cls.arrived, cls.happens, cls.before = [], happens, before or {}


def die() -> None:
    raise Killed


class Mortal(BaseEmailBackend):
    def send_messages(self, messages):
        Post.before.pop(len(Post.arrived) + 1, int)()
        Post.arrived += messages[0].to
        Post.happens.pop(len(Post.arrived), int)()


MORTAL = f"{__name__}.Mortal"
