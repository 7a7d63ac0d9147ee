"""The calendar that due days and reminders are counted in, and its corrections."""

from datetime import date

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings import working_days
from portal.filings.actions.working_days import correct_working_day
from portal.filings.desk.history import people_named, who
from portal.filings.forms_calling import FIRST_DAY, LAST_DAY, WorkingDayForm
from portal.filings.models.calling import WorkingDay
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff, staff_permissions
from portal.members.roles import Permission


@require_GET
@requires_staff(Permission.PERIOD_EDIT, Permission.QUEUE_VIEW)
def working_day_list(request: HttpRequest) -> HttpResponse:
    """A year's days off in the week, its worked weekends, and what an administrator corrected."""
    year = _year(request.GET.get("year", ""))
    corrections = WorkingDay.objects.corrections()
    rows = list(WorkingDay.objects.order_by("-recorded_at", "-pk"))
    people = people_named(row.recorded_by for row in rows)
    context = {
        "year": year,
        "years": range(max(year - 2, FIRST_DAY.year), min(year + 2, LAST_DAY.year) + 1),
        "days": working_days.exceptions(year, corrections),
        "count": working_days.days_between(date(year - 1, 12, 31), date(year, 12, 31), corrections),
        "is_provisional": working_days.is_provisional(date(year, 1, 1), corrections),
        "rows": [(row, who(row.recorded_by, people)) for row in rows],
        "edits": Permission.PERIOD_EDIT in staff_permissions(request.user),
    }
    return render(request, "desk/working_day_list.html", context)


def _year(typed: str) -> int:
    if typed.isdecimal() and FIRST_DAY.year <= int(typed[:9]) <= LAST_DAY.year:
        return int(typed)
    return clock.today().year


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.PERIOD_EDIT)
def working_day_add(request: HttpRequest) -> HttpResponse:
    form = WorkingDayForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            row = correct_working_day(by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = (
                _("%(day)s is a working day from now on.") if row.is_working else _("%(day)s is a day off from now on.")
            )
            messages.success(request, words % {"day": row.on.isoformat()})
            return redirect("desk:working-day-list")
    return render(request, "desk/working_day_add.html", {"form": form})
