"""The public release calendar, as a page and for calendar programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.statistics.calendar_files import MEDIA_TYPE, as_icalendar
from portal.statistics.calendar_words import calendar_line
from portal.statistics.calendars import dates
from portal.ui.http import public


@public
@require_safe
def calendar_list(request: HttpRequest) -> HttpResponse:
    """When figures come, soonest first, and what became of the dates that have passed."""
    now = clock.now()
    lines = [calendar_line(date, now) for date in dates(now)]
    context = {
        "coming": [line for line in lines if not line.date.came],
        "past": [line for line in reversed(lines) if line.date.came],
        "now": now,
    }
    return render(request, "statistics/calendar_list.html", context)


@public
@require_safe
def calendar_file(request: HttpRequest) -> HttpResponse:
    """The same dates; an event keeps its identifier whatever becomes of its date."""
    page = request.build_absolute_uri(reverse("statistics:calendar-list"))
    headers = {"Content-Disposition": 'inline; filename="calendar.ics"'}
    return HttpResponse(as_icalendar(dates(clock.now()), page), content_type=MEDIA_TYPE, headers=headers)
