"""How complete a period is, by period, place and firm, and whom to call about the rest."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from portal.filings.desk.completeness import (
    Called,
    by_place,
    called,
    firms_of_place,
    firms_to_call,
    progress_of_rows,
)
from portal.filings.desk.queue import STATE_LABELS, Queue, Row, queue_for
from portal.filings.models.period import Period
from portal.filings.progress import current_period, progress_of
from portal.filings.telling import name_of
from portal.lib import clock
from portal.lib.money import from_cents
from portal.lib.workbooks import csv_bytes, workbook_bytes
from portal.members.access import firms_in_scope, requires_staff, staff_permissions
from portal.members.models import SizeBand
from portal.members.roles import Permission

RIGHTS = (Permission.QUEUE_VIEW, Permission.REMINDER_SEND)
FIRMS_A_PAGE = 50
PERIODS_SHOWN = 8
FORMS = {
    "csv": ("text/csv; charset=utf-8", csv_bytes),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook_bytes),
}
SHOWN = ("missing", "filed", "all")


@require_GET
@requires_staff(*RIGHTS)
def completeness(request: HttpRequest) -> HttpResponse:
    period = _period(request)
    if period is None:
        return render(request, "desk/completeness.html", {"period": None})
    found = queue_for(request.user, period, clock.now(), *RIGHTS)
    place = request.GET.get("place", "")[:12]
    rows = found.sought(place=place)
    shown = request.GET.get("show") if request.GET.get("show") in SHOWN else "missing"
    page = Paginator(_firms(rows, shown), FIRMS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "periods": Period.objects.opened(clock.today()).newest_first(),
        "progress": progress_of_rows(rows),
        "days_left": (period.due_on - clock.today()).days,
        "place": found.places_by_code.get(place),
        "place_rows": by_place(found, place),
        "history": _history(request, found, place),
        "tabs": _tabs(period, place, rows, shown),
        "shown": shown,
        "page": page,
        "rows": called(list(page.object_list), period, clock.today()),
        "sends": Permission.REMINDER_SEND in staff_permissions(request.user),
        "reviews": Permission.FILING_VIEW in staff_permissions(request.user),
    }
    return render(request, "desk/completeness.html", context)


def _period(request: HttpRequest) -> Period | None:
    code = request.GET.get("period")
    return get_object_or_404(Period, code=code) if code else current_period(clock.today())


def _firms(rows: list[Row], shown: str) -> list[Row]:
    if shown == "missing":
        return firms_to_call(rows)
    return [row for row in rows if shown == "all" or row.is_filed]


def _tabs(period: Period, place: str, rows: list[Row], shown: str) -> list[dict[str, object]]:
    filed = sum(row.is_filed for row in rows)
    counts = {"missing": len(rows) - filed, "filed": filed, "all": len(rows)}
    words = {"missing": _("Not filed yet"), "filed": _("Filed"), "all": _("All")}
    address = f"?period={period.code}&place={place}&show="
    return [
        {"label": words[name], "href": address + name, "current": name == shown, "count": counts[name]}
        for name in SHOWN
    ]


def _history(request: HttpRequest, found: Queue, place: str) -> list[tuple[Period, object]]:
    """The newest periods over the same firms, so that one sees what is usual by now."""
    periods = list(Period.objects.opened(clock.today()).newest_first()[:PERIODS_SHOWN])
    firms = firms_of_place(found, place, firms_in_scope(request.user, *RIGHTS))
    progress = progress_of(periods, firms)
    return [(period, progress[period.code]) for period in periods]


@require_GET
@requires_staff(*RIGHTS)
def completeness_download(request: HttpRequest, form: str) -> HttpResponse:
    """Every firm of the period in scope, with whom to call, as CSV or workbook."""
    period = _period(request)
    if form not in FORMS or period is None:
        raise Http404
    found = queue_for(request.user, period, clock.now(), *RIGHTS)
    place = request.GET.get("place", "")[:12]
    rows = called(found.sought(place=place), period, clock.today())
    kind, write = FORMS[form]
    response = HttpResponse(write(_head(), [_line(one) for one in rows]), content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="completeness-{period.code}.{form}"'
    return response


def _head() -> list[str]:
    return [
        _("Credit code"), _("Firm"), _("Place"), _("Size"), _("Where it stands"), _("Due on"), _("Submitted at"),
        _("Executed, US dollars"), _("A year before, US dollars"), _("People"), _("E-mail"), _("Telephone"),
        _("Reminders"), _("Last reminder"),
    ]  # fmt: skip


def _line(one: Called) -> list[object]:
    row = one.row
    return [
        row.credit_code, name_of(row), name_of(row.place) if row.place else "",
        str(SizeBand(row.size_band).label) if row.size_band else "", str(STATE_LABELS[row.state]), row.due_on,
        row.handed.on if row.handed else "",
        from_cents(row.executed) if row.executed is not None else "",
        from_cents(row.before) if row.before is not None else "",
        "; ".join(f"{person.name} ({person.role})" for person in one.people),
        "; ".join(person.email for person in one.people), one.phone, one.reminder_count,
        one.reminded_at.date() if one.reminded_at else "",
    ]  # fmt: skip
