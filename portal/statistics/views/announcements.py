"""The release calendar at the desk: announce, confirm, postpone."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.filings.models.period import Period
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff, staff_permissions
from portal.members.roles import Permission
from portal.statistics.announcing import announce, confirm, postpone
from portal.statistics.calendar_words import STANDING_NAMES, calendar_line
from portal.statistics.calendars import dates
from portal.statistics.dimensions import Standing
from portal.statistics.forms_calendar import AnnouncementForm, PostponementForm
from portal.statistics.models import Announcement
from portal.statistics.policies_calendar import newest_announcement
from portal.statistics.wording import quarter_name

LIST = "releases:announcement-list"


@require_GET
@requires_staff(Permission.RELEASE_BUILD, Permission.RELEASE_PUBLISH)
def announcement_list(request: HttpRequest) -> HttpResponse:
    """Every date that stands, with its buttons, and the way to the public page."""
    now = clock.now()
    lines = [calendar_line(date, now) for date in reversed(dates(now))]
    context = {
        "coming": [line for line in reversed(lines) if not line.date.came],
        "past": [line for line in lines if line.date.came],
        "announces": Permission.RELEASE_PUBLISH in staff_permissions(request.user),
        "now": now,
    }
    return render(request, "releases/announcement_list.html", context)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.RELEASE_PUBLISH)
def announcement_add(request: HttpRequest) -> HttpResponse:
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data | {"standing": Standing(form.cleaned_data["standing"])}
        try:
            announce(**values, by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The date stands in the calendar."))
            return redirect(LIST)
    return render(request, "releases/announcement_add.html", {"form": form})


@require_POST
@requires_staff(Permission.RELEASE_PUBLISH)
def announcement_confirm(request: HttpRequest, code: str, standing: str) -> HttpResponse:
    newest = _announced(code, standing)
    try:
        confirm(period=newest.period, standing=Standing(standing), by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The date is confirmed."))
    return redirect(LIST)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.RELEASE_PUBLISH)
def announcement_postpone(request: HttpRequest, code: str, standing: str) -> HttpResponse:
    """Another date, and the reason that readers are told."""
    newest = _announced(code, standing)
    form = PostponementForm(request.POST or None, newest=newest)
    if request.method == "POST" and form.is_valid():
        try:
            postpone(
                period=newest.period, standing=Standing(standing), by=request.user, at=clock.now(), **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The date is postponed; the earlier one stays readable."))
            return redirect(LIST)
    context = {
        "form": form,
        "newest": newest,
        "figures": STANDING_NAMES[Standing(standing)],
        "period_name": quarter_name(newest.period.quarter),
    }
    return render(request, "releases/announcement_postpone.html", context)


def _announced(code: str, standing: str) -> Announcement:
    """What stands in the calendar of a period's figures; 404 where nothing does."""
    period = get_object_or_404(Period, code=code)
    newest = newest_announcement(period.code, standing)
    if newest is None:
        raise Http404
    return newest
