"""What the calendar and a release's standing are called on a page, in the active language."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.statistics.calendars import Came, Date, Earlier
from portal.statistics.dimensions import Measure, Standing
from portal.statistics.models import Announcement
from portal.statistics.standing import Covered, Range
from portal.statistics.wording import MEASURE_NAMES, amount_in_words, quarter_name
from portal.ui.rendering import in_chinese

STANDING_NAMES = {
    Standing.PROVISIONAL: gettext_lazy("Provisional figures"),
    Standing.FINAL: gettext_lazy("Final figures"),
}
STATUS_NAMES = {
    Announcement.Status.PROVISIONAL: gettext_lazy("date provisional"),
    Announcement.Status.CONFIRMED: gettext_lazy("date confirmed"),
    Announcement.Status.POSTPONED: gettext_lazy("postponed"),
}


@dataclass(frozen=True)
class CalendarLine:
    """A date as a row of a page. Once they came, the figures are called what they are, not what was announced."""

    date: Date
    period_name: str
    figures: str
    status: str
    earlier: tuple[tuple[datetime, str], ...]
    came: str


def calendar_line(date: Date, at: datetime) -> CalendarLine:
    return CalendarLine(
        date=date,
        period_name=quarter_name(date.quarter),
        figures=str(STANDING_NAMES[date.came.standing if date.came else date.standing]),
        status=_("overdue") if date.is_overdue(at) else status_in_words(date),
        earlier=tuple((row.release_at, reason_in_words(row)) for row in date.earlier),
        came=timeliness(date.came) if date.came else "",
    )


def figures_in_words(date: Date) -> str:
    """`Final figures, first quarter of 2020`."""
    return _("%(figures)s, %(period)s") % {
        "figures": STANDING_NAMES[date.standing],
        "period": quarter_name(date.quarter),
    }


def status_in_words(date: Date) -> str:
    if date.came:
        return _("Came as release %(release)s") % {"release": date.came.release}
    return str(STATUS_NAMES[Announcement.Status(date.status)])


def reason_in_words(earlier: Earlier) -> str:
    return earlier.reason_zh if in_chinese() else earlier.reason_en


def when_in_words(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def timeliness(came: Came) -> str:
    if came.is_on_time:
        return _("on time")
    if came.late_by.days:
        return ngettext("%(days)d day late", "%(days)d days late", came.late_by.days) % {"days": came.late_by.days}
    minutes = int(came.late_by.total_seconds() // 60)
    if minutes < 60:
        return ngettext("%(minutes)d minute late", "%(minutes)d minutes late", minutes) % {"minutes": minutes}
    return ngettext("%(hours)d hour late", "%(hours)d hours late", minutes // 60) % {"hours": minutes // 60}


# ── How much of the whole is in ──────────────────────────────────────────────────────────────────


def share_in_words(covered: Covered) -> str:
    """The share of last year's value that has filed again: `over 95 %`, or that it is not told."""
    if covered.by_value is None:
        return _("not published")
    words = _("over %(percent)d %%") if covered.is_over else _("%(percent)d %%")
    return words % {"percent": covered.by_value}


def range_in_words(row: Range) -> str:
    return _("%(measure)s: %(low)s to %(high)s") % {
        "measure": MEASURE_NAMES[Measure(row.measure)],
        "low": amount_in_words(row.low),
        "high": amount_in_words(row.high),
    }
