"""What people do with a letter: prepare, test, approve, send, stop, and tell what became of one of unknown fate."""

from datetime import datetime
from smtplib import SMTPException
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing import policies_mailing as policies
from portal.publishing.letter_mails import Addressed, message_of
from portal.publishing.letters import letter_for
from portal.publishing.models import Delivery, Edition, Mailing

State = Mailing.State
# In place of a subscriber's token in a test: its links lead to the page for links that nobody has.
OF_A_TEST = "test"


@transaction.atomic
def prepare(*, edition: Edition, topic: str, subject: str, by: User, at: datetime) -> Mailing:
    """A letter of an edition to a list. Prepared again before it is sent, it is tested and approved anew."""
    _refuse(policies.why_not_prepare(edition, by))
    # Of two who prepare the first letter at once, the second finds the first one's.
    Edition.objects.select_for_update().get(pk=edition.pk)
    row = Mailing.objects.select_for_update().filter(edition=edition, topic=topic).first()
    if row and (row.state not in (State.PREPARED, State.APPROVED) or row.deliveries.exists()):
        raise Refused(_("This edition has been sent to this list, or is being sent."))
    row = row or Mailing(edition=edition, topic=topic)
    values = {
        "subject": " ".join(subject.split()), "state": State.PREPARED, "prepared_at": at, "prepared_by": by.key,
        "tested_at": None, "approved_at": None, "approved_by": None, "send_at": None,
    }  # fmt: skip
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    journal("mailing.prepared", row, by.key, at, topics=[topic])
    return row


def send_test(*, mailing: Mailing, by: User, at: datetime) -> None:
    """The letter as it will be, to whoever asks for the test."""
    _refuse(policies.why_not_test(mailing, by))
    language = mailing.edition.language
    subject = _("Test: %(subject)s") % {"subject": mailing.subject}
    letter = letter_for(mailing.edition, mailing.topic, language, subject, is_sent=True)
    try:
        message_of(mailing, letter, Addressed(by.email, OF_A_TEST, language)).send()
    except (SMTPException, OSError) as problem:
        raise Refused(_("The mail server did not take the test: %(answer)s") % {"answer": problem}) from problem
    with transaction.atomic():
        Mailing.objects.filter(pk=mailing.pk).update(tested_at=at)
        journal("mailing.tested", mailing, by.key, at)


@transaction.atomic
def approve(*, mailing: Mailing, by: User, at: datetime) -> Mailing:
    mailing = _locked(mailing)
    _refuse(policies.why_not_approve(mailing, by))
    return _become("mailing.approved", mailing, by, at, state=State.APPROVED, approved_at=at, approved_by=by.key)


@transaction.atomic
def send(*, mailing: Mailing, by: User, at: datetime, moment: datetime | None = None) -> Mailing:
    """Now, or at a moment: the portal's clock does it (`manage.py tick`)."""
    mailing = _locked(mailing)
    _refuse(policies.why_not_send(mailing, by))
    if moment and moment <= at:
        raise Refused(_("That moment has passed: send it now, or name a later one."))
    return _become("mailing.scheduled", mailing, by, at, send_at=moment or at)


@transaction.atomic
def stop(*, mailing: Mailing, by: User, at: datetime) -> Mailing:
    """What is being handed over is still handed over; nothing after it. What has not begun is taken off the clock."""
    mailing = _locked(mailing)
    _refuse(policies.why_not_stop(mailing, by))
    if mailing.state == State.APPROVED:
        return _become("mailing.stopped", mailing, by, at, send_at=None)
    return _become("mailing.stopped", mailing, by, at, state=State.STOPPED)


@transaction.atomic
def resume(*, mailing: Mailing, by: User, at: datetime) -> Mailing:
    mailing = _locked(mailing)
    _refuse(policies.why_not_resume(mailing, by))
    return _become("mailing.resumed", mailing, by, at, state=State.SENDING)


@transaction.atomic
def mark(*, delivery: Delivery, was_sent: bool, by: User, at: datetime) -> Delivery:
    """Of one whose fate is unknown: it arrived, or it is sent again although it may arrive twice. One that was refused
    is sent again."""
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    _refuse(policies.why_not_mark(delivery, by, was_sent=was_sent))
    delivery.state = Delivery.State.SENT if was_sent else Delivery.State.WAITING
    # One that waits waits for nothing more.
    delivery.at, delivery.answer = at if was_sent else None, ""
    delivery.save(update_fields=["state", "at", "answer"])
    mailing = _locked(delivery.mailing)
    if not was_sent and mailing.state == State.SENT:
        Mailing.objects.filter(pk=mailing.pk).update(state=State.SENDING, finished_at=None)
    verb = "mailing.delivery_sent" if was_sent else "mailing.delivery_again"
    journal(verb, mailing, by.key, at, delivery=delivery.pk)
    return delivery


def journal(verb: str, mailing: Mailing, actor: UUID | None, at: datetime, **after: object) -> None:
    record(actor=actor, verb=verb, kind="mailing", key=mailing.pk, at=at, after={"subject": mailing.subject, **after})


def _become(verb: str, mailing: Mailing, by: User, at: datetime, **values: object) -> Mailing:
    for name, value in values.items():
        setattr(mailing, name, value)
    mailing.save(update_fields=list(values))
    moment = values.get("send_at")
    journal(verb, mailing, by.key, at, **({"moment": moment.isoformat()} if isinstance(moment, datetime) else {}))
    return mailing


def _locked(mailing: Mailing) -> Mailing:
    return Mailing.objects.select_for_update().get(pk=mailing.pk)


def _refuse(reason: str | None) -> None:
    if reason:
        raise Refused(reason)
