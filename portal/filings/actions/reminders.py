"""Reminding firms: by the schedule, by hand, and not at all where somebody stopped it.

A reminder's row is written before anything is sent, in a transaction of its own: whatever happens then, and however
many run at once, it is never sent twice. A row that stays "being sent" tells of a run that was cut off.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.filings.actions.notices import notify, path_of
from portal.filings.desk import reminder_letters, schedule
from portal.filings.desk.standings import COUNTED
from portal.filings.emails import addresses_of, body
from portal.filings.models.calling import Reminder, ReminderStop, WorkingDay
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import Firm, User

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    """What goes to one firm."""

    firm: Firm
    period: Period
    step: str
    planned_on: date
    due_on: date
    text: str
    by: User | None = None


def remind_due(*, at: datetime) -> list[Reminder]:
    """Send every scheduled reminder whose day has come. Safe to run twice, or twice at once."""
    today = timezone.localdate(at)
    corrections = WorkingDay.objects.corrections()
    sent = []
    for period in schedule.periods_to_remind(today):
        stopped = schedule.stopped_firms(period)
        wanted = {one.firm: one for one in schedule.missing(period, Firm.objects.all()) if one.firm not in stopped}
        plans = {day: schedule.due_now(day, today, corrections) for day in {one.due_on for one in wanted.values()}}
        called = [firm for firm, one in wanted.items() if plans[one.due_on]]
        for firm in Firm.objects.filter(pk__in=called):
            sent.append(_remind(firm, period, plans[wanted[firm.pk].due_on], wanted[firm.pk].due_on, at))
    return [reminder for reminder in sent if reminder]


def _remind(firm: Firm, period: Period, planned: schedule.Planned, due_on: date, at: datetime) -> Reminder | None:
    with translation.override(settings.LANGUAGE_CODE):
        text = reminder_letters.text(period.code, planned.step, due_on, timezone.localdate(at))
    letter = Letter(firm, period, planned.step, planned.on, due_on, text)
    reminder = _started(letter, at)
    return _deliver(reminder, letter, at) if reminder else None


def remind_by_hand(
    *, period: Period, firms: Iterable[Firm], text: str, by: User, at: datetime
) -> list[Reminder]:  # fmt: skip
    """Send one text to some firms that have not filed. The same text is sent to a firm once a day."""
    text, today = text.strip(), timezone.localdate(at)
    if not text:
        raise Refused(_("Write what the firms are to read."))
    chosen = {firm.pk: firm for firm in firms}
    due = {one.firm: one.due_on for one in schedule.missing(period, Firm.objects.filter(pk__in=list(chosen)))}
    sent = []
    for pk, due_on in due.items():
        letter = Letter(chosen[pk], period, Reminder.Step.BY_HAND, today, due_on, text, by)
        if reminder := _started(letter, at):
            sent.append(_deliver(reminder, letter, at))
    return sent


def _started(letter: Letter, at: datetime) -> Reminder | None:
    """The reminder's row, committed; None where it was sent before, or the firm has filed meanwhile."""
    try:
        with transaction.atomic():
            # Whoever comes second waits here, and then finds the row.
            Period.objects.select_for_update().get(pk=letter.period.pk)
            if _is_needless(letter):
                return None
            return Reminder.objects.create(
                firm=letter.firm, period=letter.period, step=letter.step, planned_on=letter.planned_on,
                outcome=Reminder.Outcome.STARTED, sent_at=at, sent_by=letter.by.key if letter.by else None,
                text=letter.text,
            )  # fmt: skip
    except IntegrityError:
        return None


def _is_needless(letter: Letter) -> bool:
    filed = Version.objects.filter(filing__period=letter.period, firm=letter.firm, status__in=COUNTED)
    same = Reminder.objects.filter(
        firm=letter.firm, period=letter.period, step=letter.step, planned_on=letter.planned_on
    )
    if letter.step == Reminder.Step.BY_HAND:
        same = same.filter(text=letter.text)
    return filed.exists() or same.exists()


def _deliver(reminder: Reminder, letter: Letter, at: datetime) -> Reminder:
    """By e-mail to each person who files for the firm, and inside the site; then what came of it."""
    addresses = addresses_of(letter.firm, timezone.localdate(at))
    reached = sum(_mailed(address, letter) for address in addresses)
    with transaction.atomic():
        reminder.people_count = reached
        reminder.outcome = _outcome(len(addresses), reached)
        reminder.save(update_fields=["people_count", "outcome"])
        notify(
            firm=letter.firm, address=path_of("filings:filing-detail", letter.period.code), at=at,
            message=reminder_letters.opening_of(letter.step, letter.due_on, timezone.localdate(at)),
            values={"period": letter.period.code, "day": letter.due_on.isoformat()},
        )  # fmt: skip
        record(
            actor=reminder.sent_by, verb="reminder.sent", kind="period", key=letter.period.code, at=at,
            firm_code=letter.firm.credit_code,
            after={"step": letter.step, "outcome": str(reminder.outcome), "people": reached},
        )  # fmt: skip
    return reminder


def _outcome(wanted: int, reached: int) -> str:
    if not wanted:
        return Reminder.Outcome.NOBODY
    return Reminder.Outcome.SENT if reached else Reminder.Outcome.FAILED


def _mailed(address: str, letter: Letter) -> bool:
    """In Chinese: no language of a person is kept. A mail server that is away stops nothing else."""
    with translation.override(settings.LANGUAGE_CODE):
        subject = reminder_letters.subject(letter.period.code)
    try:
        text = body(letter.firm, letter.text, letter.period.code)
        EmailMessage(f"{settings.SITE['name_zh']}：{subject}", text, to=[address]).send()
    except (SMTPException, OSError):
        logger.exception("A reminder of %s did not reach a person of firm %s", letter.period, letter.firm.credit_code)
        return False
    return True


# ── Stopping ─────────────────────────────────────────────────────────────────────────────────────


@transaction.atomic
def stop_reminders(*, firm: Firm, period: Period | None, reason: str, by: User, at: datetime) -> ReminderStop:
    """No reminders to a firm, for one period or for all, until it is taken back."""
    if not reason.strip():
        raise Refused(_("Say why the firm is not to be reminded."))
    Firm.objects.select_for_update().get(pk=firm.pk)
    if ReminderStop.objects.filter(firm=firm, period=period, resumed_at__isnull=True).exists():
        raise Refused(_("Reminders to this firm have been stopped already."))
    stop = ReminderStop.objects.create(
        firm=firm, period=period, reason=reason.strip(), stopped_at=at, stopped_by=by.key
    )
    record(
        actor=by.key, verb="reminder.stopped", kind="firm", key=firm.pk, at=at, firm_code=firm.credit_code,
        after={"period": period.code if period else "", "reason": stop.reason},
    )  # fmt: skip
    return stop


@transaction.atomic
def resume_reminders(*, stop: ReminderStop, by: User, at: datetime) -> ReminderStop:
    stop = ReminderStop.objects.select_for_update(of=("self",)).select_related("firm").get(pk=stop.pk)
    if stop.resumed_at is not None:
        raise Refused(_("Reminders to this firm go out already."))
    stop.resumed_at = at
    stop.save(update_fields=["resumed_at"])
    record(
        actor=by.key, verb="reminder.resumed", kind="firm", key=stop.firm_id, at=at, firm_code=stop.firm.credit_code,
        before={"reason": stop.reason}, after={"period": stop.period_id or ""},
    )  # fmt: skip
    return stop
