"""Periods and extensions."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.models.period import Extension, Period, Window
from portal.filings.policies import why_not_set_windows
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.quarters import Quarter
from portal.members.models import Firm, User

DUE_AFTER = timedelta(days=10)


def default_dates(quarter: Quarter) -> dict[str, date]:
    """Opens on the quarter's first day, due ten days after its end, locked at the next 31 March."""
    end = quarter.last_day
    lock_year = end.year if end < date(end.year, 3, 31) else end.year + 1
    return {"opens_on": quarter.first_day, "due_on": end + DUE_AFTER, "locks_on": date(lock_year, 3, 31)}


def national_windows(quarter: Quarter) -> list[tuple[date | None, date]]:
    """The rule of 2018 as (filed until, accepts from): until 31 March of a year, dates from 1 July of the
    year before; afterwards, dates from 1 January. Written out for the years in which a quarter is filed."""
    year = quarter.year
    return [
        (date(year, 3, 31), date(year - 1, 7, 1)),
        (date(year, 12, 31), date(year, 1, 1)),
        (date(year + 1, 3, 31), date(year, 7, 1)),
        (None, date(year + 1, 1, 1)),
    ]


@transaction.atomic
def open_period(*, quarter: Quarter, by: User | None, at: datetime, **dates: date) -> Period:
    """Make the period of a quarter, with the default dates and the national windows unless told otherwise."""
    dates = default_dates(quarter) | dates
    _check_order(**dates)
    values = {"first_on": quarter.first_day, "last_on": quarter.last_day} | dates
    period, is_new = Period.objects.get_or_create(code=str(quarter), defaults=values)
    if not is_new:
        raise Refused(_("%(period)s exists already.") % {"period": str(quarter)})
    Window.objects.bulk_create(
        Window(period=period, filed_until_on=until, accepts_from_on=since) for until, since in national_windows(quarter)
    )
    record(
        actor=by.key if by else None,
        verb="period.opened",
        kind="period",
        key=period.code,
        at=at,
        after={name: getattr(period, name).isoformat() for name in ("opens_on", "due_on", "locks_on")},
    )
    return period


@transaction.atomic
def change_period(*, period: Period, opens_on: date, due_on: date, locks_on: date, by: User, at: datetime) -> Period:
    """Move a period's dates. What was judged by the old ones stays judged."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    _check_order(opens_on, due_on, locks_on)
    before = {name: getattr(period, name).isoformat() for name in ("opens_on", "due_on", "locks_on")}
    period.opens_on, period.due_on, period.locks_on = opens_on, due_on, locks_on
    period.save(update_fields=["opens_on", "due_on", "locks_on"])
    after = {name: getattr(period, name).isoformat() for name in before}
    record(actor=by.key, verb="period.changed", kind="period", key=period.code, at=at, before=before, after=after)
    return period


def _check_order(opens_on: date, due_on: date, locks_on: date) -> None:
    if not opens_on <= due_on <= locks_on:
        raise Refused(_("A period opens before it is due, and is due before it locks."))


@transaction.atomic
def change_windows(
    *, period: Period, windows: Iterable[tuple[date | None, date]], by: User, at: datetime
) -> list[Window]:
    """Set which dates a period accepts, as (filed until, accepts from); one row applies without end."""
    period = Period.objects.select_for_update().get(pk=period.pk)
    wanted = sorted(windows, key=lambda row: row[0] or date.max)
    if reason := why_not_set_windows(wanted):
        raise Refused(reason)
    before = _written(period.windows.values_list("filed_until_on", "accepts_from_on"))
    period.windows.all().delete()
    rows = Window.objects.bulk_create(
        Window(period=period, filed_until_on=until, accepts_from_on=since) for until, since in wanted
    )
    record(
        actor=by.key, verb="period.windows_changed", kind="period", key=period.code, at=at,
        before={"windows": before}, after={"windows": _written(wanted)},
    )  # fmt: skip
    return rows


def _written(windows: Iterable[tuple[date | None, date]]) -> list[list[str]]:
    return [[until.isoformat() if until else "", since.isoformat()] for until, since in windows]


@transaction.atomic
def grant_extension(
    *, firm: Firm, period: Period, until_on: date, accepts_from_on: date | None, reason: str, by: User, at: datetime
) -> Extension:
    """Give one firm more time, or older dates, for a period."""
    if not reason.strip():
        raise Refused(_("An extension needs a reason."))
    if until_on < timezone.localdate(at):
        raise Refused(_("An extension cannot end before today."))
    Period.objects.select_for_update().get(pk=period.pk)
    same = period.extensions.filter(firm=firm, until_on=until_on, accepts_from_on=accepts_from_on)
    if same.exists():
        raise Refused(_("This extension has been granted already."))
    extension = Extension.objects.create(
        firm=firm, period=period, until_on=until_on, accepts_from_on=accepts_from_on,
        reason=reason.strip(), granted_by=by.key, granted_at=at,
    )  # fmt: skip
    record(
        actor=by.key, verb="extension.granted", kind="period", key=period.code, at=at, firm_code=firm.credit_code,
        after={"until_on": str(until_on), "accepts_from_on": str(accepts_from_on or ""), "reason": reason.strip()},
    )  # fmt: skip
    return extension


@transaction.atomic
def end_extension(*, extension: Extension, reason: str, by: User, at: datetime) -> Extension:
    """Let an extension end today instead. What was filed thanks to it stays filed."""
    today = timezone.localdate(at)
    extension = Extension.objects.select_for_update(of=("self",)).select_related("firm").get(pk=extension.pk)
    if not reason.strip():
        raise Refused(_("Say why the extension ends early."))
    if extension.until_on <= today:
        raise Refused(_("This extension ends on %(day)s anyway.") % {"day": extension.until_on.isoformat()})
    before, extension.until_on = extension.until_on, today
    extension.ended_at, extension.ended_by, extension.ended_reason = at, by.key, reason.strip()
    extension.save(update_fields=["until_on", "ended_at", "ended_by", "ended_reason"])
    record(
        actor=by.key, verb="extension.ended", kind="period", key=extension.period_id, at=at,
        firm_code=extension.firm.credit_code, before={"until_on": str(before)},
        after={"until_on": str(today), "reason": reason.strip()},
    )  # fmt: skip
    return extension
