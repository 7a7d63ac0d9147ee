"""What the calendar says: a date is announced, confirmed, postponed. What was said before is kept."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.statistics import policies_calendar as policies
from portal.statistics.dimensions import Standing
from portal.statistics.models import Announcement

_Status = Announcement.Status


@transaction.atomic
def announce(
    *, period: Period, standing: Standing, release_at: datetime, is_confirmed: bool, by: User, at: datetime
) -> Announcement:
    """Say for the first time when a period's provisional or final figures come."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    release_at = full_minute(release_at)
    if reason := policies.why_not_announce(period, standing, at) or policies.why_not_date(period, release_at, at):
        raise Refused(reason)
    status = _Status.CONFIRMED if is_confirmed else _Status.PROVISIONAL
    return _say("announcement.made", period, standing, status, release_at, by, at)


@transaction.atomic
def confirm(*, period: Period, standing: Standing, by: User, at: datetime) -> Announcement:
    """Say that the date stands."""
    newest = _newest(period, standing)
    if reason := policies.why_not_confirm(newest, at):
        raise Refused(reason)
    return _say("announcement.confirmed", period, standing, _Status.CONFIRMED, newest.release_at, by, at)


@transaction.atomic
def postpone(
    *, period: Period, standing: Standing, release_at: datetime, reason_zh: str, reason_en: str, by: User, at: datetime
) -> Announcement:
    """Say another, later date, and in both languages why; the earlier one stays readable."""
    newest = _newest(period, standing)
    release_at = full_minute(release_at)
    if reason := policies.why_not_postpone(newest, at) or policies.why_not_date(newest.period, release_at, at):
        raise Refused(reason)
    if release_at <= newest.release_at:
        raise Refused(_("The new date is not later than the one that was announced."))
    if not (reason_zh.strip() and reason_en.strip()):
        raise Refused(_("Readers are told why, in both languages."))
    reasons = {"reason_zh": reason_zh.strip(), "reason_en": reason_en.strip()}
    return _say("announcement.postponed", period, standing, _Status.POSTPONED, release_at, by, at, **reasons)


def full_minute(moment: datetime) -> datetime:
    """Figures come on a full minute, which caches know to wait for."""
    return moment.replace(second=0, microsecond=0)


def _newest(period: Period, standing: Standing) -> Announcement:
    Period.objects.select_for_update().get(pk=period.pk)
    newest = policies.newest_announcement(period.code, standing)
    if newest is None:
        raise Refused(_("Nothing has been announced for these figures."))
    return newest


def _say(
    verb: str, period: Period, standing: Standing, status: str, release_at: datetime, by: User, at: datetime,
    **reasons: str,
) -> Announcement:  # fmt: skip
    before = policies.newest_announcement(period.code, standing)
    row = Announcement.objects.create(
        period=period, standing=standing, status=status, release_at=release_at, said_at=at, said_by=by.key, **reasons
    )
    record(
        actor=by.key, verb=verb, kind="period", key=period.code, at=at,
        before={"release_at": _in_our_time(before.release_at)} if before else {},
        after={"standing": standing.value, "release_at": _in_our_time(release_at), **reasons},
    )  # fmt: skip
    return row


def _in_our_time(moment: datetime) -> str:
    """Both moments of a journal entry in one zone, so that they can be compared."""
    return timezone.localtime(moment).isoformat()
