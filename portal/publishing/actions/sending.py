"""Letters are handed to the mail server, each once, whatever dies when.

A delivery is marked in flight, and that is committed, before the server hears of it; what became of it is written down
after. The mark is a change of a row that still waited, so that of two senders one wins. Whatever is found in flight
long after is of a sender that died: nobody knows whether it arrived, it is listed, and never sent again by itself.
"""

import logging
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection, transaction
from django.db.models import Max, Q

from portal.lib.acts import Refused
from portal.members.models import User
from portal.publishing.actions.mailing import journal
from portal.publishing.actions.subscribing import came_back
from portal.publishing.answers import Outcome, outcome_of, said, was_put_off
from portal.publishing.letter_mails import Addressed, message_of
from portal.publishing.letters import letter_for
from portal.publishing.media.letter import Letter
from portal.publishing.models import Delivery, Edition, Mailing, Subscriber
from portal.publishing.policies_mailing import why_not_batch

log = logging.getLogger(__name__)

State = Delivery.State
# Longer than a mail server can keep one waiting over one mail.
LEASE = timedelta(minutes=10)
# What the server put off is offered again after this, and given up when it is put off once more after that.
AGAIN_AFTER = timedelta(minutes=15)
GIVEN_UP_AFTER = timedelta(days=1)
# A mailing of which something was handed over just now has a sender already.
QUIET = timedelta(minutes=1)
# So many mails in a row of which nobody knows what became: the line is bad, and the run ends.
UNKNOWN_IN_A_ROW = 2
# So many in a row that the server refuses for good: it is rather us than each of them, and people have to look.
REFUSED_IN_A_ROW = 10


@dataclass(frozen=True)
class Watch:
    """The portal's clock, read once at the edge, goes on from there."""

    at: datetime
    started: float = field(default_factory=time.monotonic)

    def now(self) -> datetime:
        return self.at + timedelta(seconds=time.monotonic() - self.started)


def send_due(*, at: datetime) -> dict[int, Counter]:
    """Send what is due and has no sender, mailing by mailing: what became of how many, by number of the mailing."""
    give_up_flights(at=at)
    due = Mailing.objects.filter(
        Q(state=Mailing.State.APPROVED, send_at__lte=at) | Q(state=Mailing.State.SENDING)
    ).order_by("send_at", "pk")
    return {mailing.pk: send_mailing(mailing=mailing, at=at) for mailing in due if not is_being_sent(mailing, at)}


def is_being_sent(mailing: Mailing, at: datetime) -> bool:
    since = at - QUIET - timedelta(seconds=settings.LETTERS_PAUSE)
    return mailing.deliveries.filter(state__in=(State.IN_FLIGHT, State.SENT, State.FAILED), at__gt=since).exists()


def send_mailing(*, mailing: Mailing, at: datetime, batches: int | None = None) -> Counter:
    """Send a mailing that may be sent, to its end, or so many batches of it. Not inside a transaction."""
    give_up_flights(at=at)
    if not _begin(mailing.pk, at):
        return Counter()
    _write_through()
    sender = _Sender(Mailing.objects.select_related("edition__issue").get(pk=mailing.pk), Watch(at))
    sender.run(batches)
    _finish(mailing.pk, sender.watch.now())
    return sender.outcomes


def send_batch(*, mailing: Mailing, by: User, at: datetime) -> Counter:
    """One batch by hand, where the clock is slow."""
    if reason := why_not_batch(mailing, by):
        raise Refused(reason)
    return send_mailing(mailing=mailing, at=at, batches=1)


def give_up_flights(*, at: datetime) -> int:
    """What has been in flight too long was a dead sender's. Its fate is unknown, and stays so until somebody says."""
    lost = Delivery.objects.filter(state=State.IN_FLIGHT, at__lt=at - LEASE)
    found = list(lost.values_list("pk", "mailing"))
    for number in sorted({mailing for _pk, mailing in found}):
        with transaction.atomic():
            own = [pk for pk, mailing in found if mailing == number]
            count = lost.filter(pk__in=own).update(state=State.UNKNOWN)
            journal("mailing.interrupted", Mailing.objects.get(pk=number), None, at, times=count)
    return len(found)


@transaction.atomic(durable=True)
def _begin(number: int, at: datetime) -> bool:
    """Whether there is something to send. At the first time, everybody on the list is written down."""
    mailing = Mailing.objects.select_for_update().get(pk=number)
    if mailing.state == Mailing.State.APPROVED and mailing.send_at and mailing.send_at <= at:
        count = _enrol(mailing)
        Mailing.objects.filter(pk=number).update(state=Mailing.State.SENDING)
        journal("mailing.begun", mailing, None, at, people=count)
        return True
    return mailing.state == Mailing.State.SENDING


def _enrol(mailing: Mailing) -> int:
    rows = Subscriber.objects.filter(state=Subscriber.State.ACTIVE).values_list("pk", "topics").order_by("pk")
    found = [Delivery(mailing=mailing, subscriber_id=pk) for pk, topics in rows if mailing.topic in topics]
    Delivery.objects.bulk_create(found, batch_size=1000, ignore_conflicts=True)
    return len(found)


def _finish(number: int, at: datetime) -> None:
    with transaction.atomic():
        mailing = Mailing.objects.select_for_update().get(pk=number)
        is_open = mailing.deliveries.filter(state__in=(State.WAITING, State.IN_FLIGHT)).exists()
        if mailing.state != Mailing.State.SENDING or is_open:
            return
        counts = Counter(mailing.deliveries.values_list("state", flat=True))
        Mailing.objects.filter(pk=number).update(state=Mailing.State.SENT, finished_at=at)
        journal("mailing.finished", mailing, None, at, **{f"count_{state}": count for state, count in counts.items()})


def _write_through() -> None:
    """SQLite may lose the last commits when the power fails, and a mail would go out twice: not on this connection."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA synchronous=FULL")


# ── One sender ───────────────────────────────────────────────────────────────────────────────────


class _Sender:
    def __init__(self, mailing: Mailing, watch: Watch) -> None:
        self.mailing, self.watch = mailing, watch
        self.outcomes: Counter = Counter()
        self.letters: dict[str, Letter] = {}
        self.last, self.in_a_row = "", 0
        self.is_over = self.is_line_broken = False

    def run(self, batches: int | None) -> None:
        for number, batch in enumerate(self._batches(), start=1):
            self._send(batch)
            if self.is_over or number == batches:
                return
            if len(batch) == settings.LETTERS_BATCH:
                time.sleep(settings.LETTERS_PAUSE)

    def _batches(self) -> Iterator[list[Delivery]]:
        """What waits, while the mailing may go on."""
        while self._may_go_on():
            waiting = self.mailing.deliveries.filter(state=State.WAITING)
            ready = waiting.filter(Q(at__isnull=True) | Q(at__lte=self.watch.now() - AGAIN_AFTER)).order_by("pk")
            batch = list(ready.select_related("subscriber")[: settings.LETTERS_BATCH])
            if not batch:
                return
            yield batch

    def _may_go_on(self) -> bool:
        """Nobody has stopped it, and it says what readers find on the site."""
        if Mailing.objects.get(pk=self.mailing.pk).state != Mailing.State.SENDING:
            return False
        if Edition.objects.public().filter(pk=self.mailing.edition_id).exists():
            return True
        self._hold_back()
        return False

    def _hold_back(self) -> None:
        """It waits until somebody has looked at it."""
        with transaction.atomic():
            going = Mailing.objects.filter(pk=self.mailing.pk, state=Mailing.State.SENDING)
            if going.update(state=Mailing.State.STOPPED):
                journal("mailing.held_back", self.mailing, None, self.watch.now())

    def _send(self, batch: list[Delivery]) -> None:
        """One connection to the mail server for the batch. What can fail without it is done before: while there is
        none, nothing is in flight."""
        self.is_line_broken = False
        number = (self.mailing.deliveries.aggregate(last=Max("batch"))["last"] or 0) + 1
        for language in {delivery.subscriber.language for delivery in batch}:
            self._letter(language)
        server = get_connection()
        try:
            server.open()
        except (SMTPException, OSError) as problem:
            log.exception("The mail server cannot be reached; mailing %s waits", self.mailing.pk)
            self._tell(batch[0], problem)
            self.is_over = True
            return
        try:
            for delivery in batch:
                self._deliver(delivery, number, server)
                if self.is_over or self.is_line_broken:
                    return
        finally:
            server.close()

    def _tell(self, delivery: Delivery, problem: Exception) -> None:
        """The desk shows at the first of those that wait why they do."""
        rows = Delivery.objects.filter(pk=delivery.pk, state=State.WAITING)
        rows.update(answer=said(problem), at=self.watch.now())

    def _deliver(self, delivery: Delivery, batch: int, server: BaseEmailBackend) -> None:
        """To the subscriber as it is at this moment, whatever it was when the batch began."""
        if not self._claim(delivery.pk, batch):
            return
        to = Subscriber.objects.get(pk=delivery.subscriber_id)
        if to.state != Subscriber.State.ACTIVE or self.mailing.topic not in to.topics:
            self._settle(delivery.pk, to, Outcome(State.SKIPPED))
            return
        outcome = self._handed_over(delivery.pk, to, server)
        self._settle(delivery.pk, to, outcome.given_up() if self._is_too_late(delivery) else outcome)

    def _is_too_late(self, delivery: Delivery) -> bool:
        """To be put off once more."""
        return was_put_off(delivery.answer) and self.watch.now() > self.mailing.send_at + GIVEN_UP_AFTER

    def _claim(self, number: int, batch: int) -> bool:
        """Committed before the server hears of it: it is a statement of its own, outside any transaction. False where
        another sender was quicker, or somebody has stopped the mailing or withdrawn what it says."""
        going = Mailing.objects.filter(state=Mailing.State.SENDING, edition__withdrawal__isnull=True)
        rows = Delivery.objects.filter(pk=number, state=State.WAITING, mailing__in=going)
        return rows.update(state=State.IN_FLIGHT, at=self.watch.now(), batch=batch) == 1

    def _handed_over(self, number: int, to: Subscriber, server: BaseEmailBackend) -> Outcome:
        addressed = Addressed(to.email, to.token, to.language, number)
        try:
            server.send_messages([message_of(self.mailing, self._letter(to.language), addressed, server)])
        except (SMTPException, OSError, ValueError) as problem:
            log.warning("Delivery %s: %s", number, type(problem).__name__)
            return outcome_of(problem)
        return Outcome(State.SENT)

    def _letter(self, language: str) -> Letter:
        if language not in self.letters:
            mailing = self.mailing
            self.letters[language] = letter_for(mailing.edition, mailing.topic, language, mailing.subject, is_sent=True)
        return self.letters[language]

    def _settle(self, number: int, to: Subscriber, outcome: Outcome) -> None:
        """Written over no more than what was in flight, or was given up meanwhile."""
        now = self.watch.now()
        rows = Delivery.objects.filter(pk=number, state__in=(State.IN_FLIGHT, State.UNKNOWN))
        rows.update(state=outcome.state, at=now, answer=outcome.answer)
        if outcome.is_bounce:
            came_back(to, now)
        self.outcomes[str(outcome.state)] += 1
        self.last, self.in_a_row = outcome.state, self.in_a_row + 1 if outcome.state == self.last else 1
        self.is_line_broken = outcome.breaks_the_line
        self.is_over = outcome.ends_the_run or self._is_stuck()

    def _is_stuck(self) -> bool:
        if self.last == State.FAILED and self.in_a_row >= REFUSED_IN_A_ROW:
            self._hold_back()
            return True
        return self.last == State.UNKNOWN and self.in_a_row >= UNKNOWN_IN_A_ROW
