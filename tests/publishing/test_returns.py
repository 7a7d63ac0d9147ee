"""Mails that come back are written down at their deliveries, once, and only where they are really ours."""

import mailbox
from contextlib import closing
from email import message_from_string

import pytest
from django.core.management import CommandError, call_command

from portal.lib import clock
from portal.publishing.actions.returning import take_back
from portal.publishing.letter_mails import named
from portal.publishing.models import Delivery, Mailing, Subscriber
from portal.publishing.returns import Returned, returned_in
from tests.publishing.letters import TEXT, subscribers
from tests.world import NOW

REPORT = """\
From: MAILER-DAEMON@mx.example.org
To: {to}
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

It could not be delivered.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; reader0@example.org
Action: {action}
Status: {status}
Diagnostic-Code: smtp; 550 5.1.1 <reader0@example.org>: no such user

--b
Content-Type: text/rfc822-headers

From: office@example.org
Message-ID: <letter.{name}@portal.example.org>
Subject: =?utf-8?b?56ysOOacnw==?=

--b--
"""


def report(name: str, action: str = "failed", status: str = "5.1.1", to: str = "office@example.org") -> str:
    return REPORT.format(name=name, action=action, status=status, to=to)


def read(text: str) -> Returned | None:
    return returned_in(message_from_string(text))


@pytest.fixture
def delivery(published, publisher) -> Delivery:
    mailing = Mailing.objects.create(
        edition=published(*TEXT), subject="第8期", prepared_at=NOW, prepared_by=publisher.key, state="sent"
    )
    return Delivery.objects.create(mailing=mailing, subscriber=subscribers(1)[0], state="sent", at=NOW)


def test_a_report_names_the_delivery_by_the_mail_s_own_number():
    found = read(report(named(17)))
    assert found.delivery == 17
    assert found.answer == "5.1.1 smtp; 550 5.1.1 <…>: no such user"


def test_or_by_the_address_that_it_came_back_to():
    found = read(report("0.x", to=f"bounces+{named(18)}@example.org"))
    assert found.delivery == 18


@pytest.mark.parametrize(
    "text",
    [
        report(named(17), action="delayed", status="4.4.1"), report("17.00000000000000000000"),
        report(named(17).replace("17.", "18.")), report(f"{'1' * 5000}.{'0' * 20}"),
        "Subject: Out of office\n\nI am away.",
    ],
)  # fmt: skip
def test_what_is_late_forged_or_no_report_counts_for_nothing(text):
    assert read(text) is None


def test_it_counts_once(delivery):
    returned = read(report(named(delivery.pk)))
    assert take_back(returned=returned, at=clock.now())
    assert not take_back(returned=returned, at=clock.now())
    delivery.refresh_from_db()
    assert delivery.state == "bounced"
    assert Subscriber.objects.get().bounce_count == 1


def test_a_maildir_a_mailbox_and_a_single_mail_are_read(delivery, tmp_path, capsys):
    maildir = mailbox.Maildir(tmp_path / "maildir")
    maildir.add(report(named(delivery.pk)))
    maildir.add("Subject: hello\n\nhello")
    with closing(mailbox.mbox(tmp_path / "mbox")) as box:
        box.add(report(named(delivery.pk)))
    (tmp_path / "one.eml").write_text(report(named(delivery.pk)))
    call_command("read_bounces", str(tmp_path / "maildir"))
    assert "2 mails read: 1 of our letters came back, 1 not known before." in capsys.readouterr().out
    for path in ("mbox", "one.eml"):
        call_command("read_bounces", str(tmp_path / path))
        assert "1 of our letters came back, 0 not known before." in capsys.readouterr().out
    with pytest.raises(CommandError):
        call_command("read_bounces", str(tmp_path / "nowhere"))
