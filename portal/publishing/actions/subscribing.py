"""Somebody asks for letters, confirms, changes, leaves, is forgotten. Nothing counts before the address confirms."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.core import signing
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.consents import BY_FORM
from portal.publishing.models import Subscriber, Topic
from portal.publishing.models.mailing import token as new_token

State = Subscriber.State
SALT = "portal.publishing.subscribing"
# The link of a letter can be used so long; an address that did not confirm is forgotten after this.
VALID = timedelta(days=7)
FORGOTTEN_AFTER = timedelta(days=30)
# An address is asked for confirmation no more often than this, whoever types it.
ASKED_EVERY = timedelta(minutes=10)
# After so many mails that came back, nothing more is sent.
BOUNCES = 3


@dataclass(frozen=True)
class Asking:
    """What a letter asks an address to confirm: the link's token, and whether the address is confirmed anew."""

    email: str
    token: str
    topics: tuple[str, ...]
    language: str


def ask(*, email: str, topics: Collection[str], language: str, at: datetime) -> Asking | None:
    """Somebody typed an address. A row that stands already is not touched by that but for the time: what is asked for
    is in the letter's link. None where a letter went there a moment ago."""
    chosen = in_order(topics)
    row, is_new = _row_of(email, chosen, language, at)
    if not is_new and at - row.asked_at < ASKED_EVERY:
        return None
    Subscriber.objects.filter(pk=row.pk).update(asked_at=at)
    token = signing.dumps({"row": row.pk, "topics": chosen, "language": language, "asked": at.isoformat()}, salt=SALT)
    return Asking(row.email, token, tuple(chosen), language)


def in_order(topics: Collection[str]) -> list[str]:
    return [topic for topic in Topic.values if topic in topics]


def _row_of(email: str, topics: list[str], language: str, at: datetime) -> tuple[Subscriber, bool]:
    found = Subscriber.objects.filter(email__iexact=email).first()
    if found:
        return found, False
    try:
        with transaction.atomic():
            row = Subscriber.objects.create(email=email.lower(), topics=topics, language=language, asked_at=at)
            return row, True
    except IntegrityError:
        return Subscriber.objects.get(email__iexact=email), False


def asked_by(token: str, at: datetime) -> tuple[Subscriber, list[str], str]:
    """Who is asked by a link, for which lists, in which language.

    Raises:
        Refused: the link is not ours, too old, or the address has been erased.
    """
    try:
        told = signing.loads(token, salt=SALT)
        is_old = at - datetime.fromisoformat(told["asked"]) > VALID
    except (signing.BadSignature, KeyError, ValueError) as problem:
        raise Refused(_("This link is not whole. Open it from the letter, or subscribe again.")) from problem
    row = Subscriber.objects.filter(pk=told["row"]).exclude(state=State.ERASED).first()
    if is_old or row is None:
        raise Refused(_("This link is no longer valid. Please subscribe again."))
    return row, in_order(told["topics"]), told["language"]


@transaction.atomic
def confirm(*, token: str, at: datetime) -> Subscriber:
    """The address agrees, by the link that only it was sent."""
    row, topics, language = asked_by(token, at)
    row = _locked(row)
    _become(
        row, state=State.ACTIVE, topics=topics, language=language, consented_at=at, consent=BY_FORM, ended_at=None,
        bounce_count=0,
    )  # fmt: skip
    _journal("subscriber.confirmed", row, None, at, topics=topics, consent=BY_FORM)
    return row


@transaction.atomic
def change(*, subscriber: Subscriber, topics: Collection[str], language: str, at: datetime) -> Subscriber:
    """Other lists, or another language, by the subscriber's own link; no list at all is to leave."""
    row = _locked(subscriber)
    if row.state not in (State.ACTIVE, State.BOUNCING):
        raise Refused(_("This address gets no letters. Subscribe again, and it is asked anew."))
    if not topics:
        return leave(subscriber=row, at=at)
    _become(row, topics=in_order(topics), language=language)
    _journal("subscriber.changed", row, None, at, topics=row.topics)
    return row


@transaction.atomic
def leave(*, subscriber: Subscriber, at: datetime, topic: str = "") -> Subscriber:
    """No more letters of a list, or none at all. To leave twice is no mistake."""
    row = _locked(subscriber)
    rest = [one for one in row.topics if topic and one != topic]
    if row.state not in (State.ACTIVE, State.BOUNCING) or rest == row.topics:
        return row
    values = {"topics": rest} if rest else {"topics": rest, "state": State.ENDED, "ended_at": at}
    left = [one for one in row.topics if one not in rest]
    _become(row, **values)
    _journal("subscriber.left", row, None, at, topics=left)
    return row


@transaction.atomic
def erase(*, subscriber: Subscriber, at: datetime, by: User | None = None) -> Subscriber:
    """The address and the name are forgotten, by the subscriber's own link or at the desk; the row keeps its number."""
    if by is not None and not may(by, Permission.SUBSCRIBER_EDIT):
        raise Refused(_("You may not do this."))
    row = _locked(subscriber)
    if row.state == State.ERASED:
        return row
    _become(row, state=State.ERASED, email="", name="", topics=[], token=new_token(), ended_at=row.ended_at or at)
    _journal("subscriber.erased", row, by.key if by else None, at)
    return row


@transaction.atomic
def take_over(
    *, email: str, name: str, language: str, topics: Collection[str], consented_at: datetime, consent: str, by: User,
    at: datetime,
) -> Subscriber:  # fmt: skip
    """An address from a list of the association's own, with the paper by which it agreed. One that has left, or whose
    mail comes back, is not brought back by a list: only by itself."""
    if not may(by, Permission.SUBSCRIBER_EDIT):
        raise Refused(_("You may not do this."))
    values = {
        "name": name, "language": language, "topics": in_order(topics), "consented_at": consented_at,
        "consent": consent, "state": State.ACTIVE,
    }  # fmt: skip
    row = Subscriber.objects.select_for_update().filter(email__iexact=email).first()
    if row is not None and row.state not in (State.ACTIVE, State.PENDING):
        raise Refused(
            _("%(email)s has left, or its mail comes back: it can only come back by itself.") % {"email": email}
        )
    if row is None:
        row = Subscriber(email=email.lower(), asked_at=at)
    for field, value in values.items():
        setattr(row, field, value)
    row.save()
    _journal("subscriber.taken_over", row, by.key, at, topics=row.topics, consent=consent)
    return row


@transaction.atomic
def came_back(subscriber: Subscriber, at: datetime) -> None:
    """One more mail came back from this address; after some, nothing is sent there any more."""
    row = _locked(subscriber)
    values: dict[str, object] = {"bounce_count": min(row.bounce_count + 1, 1000)}
    is_last = row.state == State.ACTIVE and values["bounce_count"] >= BOUNCES
    _become(row, **values | ({"state": State.BOUNCING} if is_last else {}))
    if is_last:
        _journal("subscriber.bouncing", row, None, at, times=BOUNCES)


def forget_unconfirmed(*, at: datetime) -> int:
    """Addresses that somebody typed and nobody confirmed; they never got a letter."""
    rows = Subscriber.objects.filter(state=State.PENDING, asked_at__lt=at - FORGOTTEN_AFTER, deliveries__isnull=True)
    return rows.delete()[0]


def _locked(subscriber: Subscriber) -> Subscriber:
    return Subscriber.objects.select_for_update().get(pk=subscriber.pk)


def _become(row: Subscriber, **values: object) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))


def _journal(verb: str, row: Subscriber, actor: UUID | None, at: datetime, **after: object) -> None:
    """By the row's number: the journal never holds an address."""
    record(actor=actor, verb=verb, kind="subscriber", key=row.pk, at=at, after=after)
