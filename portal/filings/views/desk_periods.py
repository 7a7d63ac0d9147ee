"""Periods, their dates and windows, and the extensions of single firms."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.filings.actions.periods import change_period, end_extension, grant_extension, open_period
from portal.filings.desk.extensions import told_extension
from portal.filings.desk.history import people_named
from portal.filings.forms_calling import ExtensionEndForm
from portal.filings.forms_desk import ExtensionForm, PeriodAddForm, PeriodForm
from portal.filings.models.period import Extension, Period
from portal.filings.progress import completeness_of, current_period
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff, staff_permissions
from portal.members.roles import Permission

PERIODS_A_PAGE = 12
EXTENSIONS_A_PAGE = 50
DATES = ("opens_on", "due_on", "locks_on")


@require_GET
@requires_staff(Permission.PERIOD_EDIT, Permission.QUEUE_VIEW)
def period_list(request: HttpRequest) -> HttpResponse:
    """Every period with its dates, its windows of accepted dates, and how far it has come."""
    rows = Period.objects.newest_first().prefetch_related("windows")
    page = Paginator(rows, PERIODS_A_PAGE).get_page(request.GET.get("page"))
    progress = completeness_of(list(page.object_list))
    context = {
        "page": page,
        "rows": [(period, progress[period.code]) for period in page.object_list],
        "edits": Permission.PERIOD_EDIT in staff_permissions(request.user),
    }
    return render(request, "desk/period_list.html", context)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.PERIOD_EDIT)
def period_add(request: HttpRequest) -> HttpResponse:
    form = PeriodAddForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            period = open_period(quarter=form.cleaned_data["quarter"], by=request.user, at=clock.now(), **form.dates())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(period)s has been made.") % {"period": period.code})
            return redirect("desk:period-list")
    return render(request, "desk/period_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.PERIOD_EDIT)
def period_edit(request: HttpRequest, code: str) -> HttpResponse:
    period = get_object_or_404(Period.objects.prefetch_related("windows"), code=code)
    form = PeriodForm(request.POST or None, initial={name: getattr(period, name) for name in DATES})
    if request.method == "POST" and form.is_valid():
        try:
            change_period(period=period, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The dates of %(period)s have been changed.") % {"period": period.code})
            return redirect("desk:period-list")
    return render(request, "desk/period_edit.html", {"form": form, "period": period})


@require_GET
@requires_staff(Permission.EXTENSION_GRANT, Permission.QUEUE_VIEW)
def extension_list(request: HttpRequest) -> HttpResponse:
    """Extensions of the firms in scope, newest first."""
    firms = firms_in_scope(request.user, Permission.EXTENSION_GRANT, Permission.QUEUE_VIEW)
    rows = Extension.objects.filter(firm__in=firms).select_related("firm", "period").prefetch_related("period__windows")
    page = Paginator(rows, EXTENSIONS_A_PAGE).get_page(request.GET.get("page"))
    people = people_named(key for row in page.object_list for key in (row.granted_by, row.ended_by))
    context = {
        "page": page,
        "rows": [told_extension(row, clock.today(), people) for row in page.object_list],
        "grants": Permission.EXTENSION_GRANT in staff_permissions(request.user),
    }
    return render(request, "desk/extension_list.html", context)


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.EXTENSION_GRANT)
def extension_add(request: HttpRequest) -> HttpResponse:
    """More time, or older dates, for one firm in scope."""
    firms = firms_in_scope(request.user, Permission.EXTENSION_GRANT)
    initial = {"firm": request.GET.get("firm", ""), "period": current_period(clock.today())}
    form = ExtensionForm(request.POST or None, firms=firms, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            extension = grant_extension(by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(firm)s has until %(day)s for %(period)s.")
            told = {"firm": extension.firm, "day": extension.until_on.isoformat(), "period": extension.period_id}
            messages.success(request, words % told)
            return redirect(reverse("desk:extension-list"))
    return render(request, "desk/extension_add.html", {"form": form})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.EXTENSION_GRANT)
def extension_end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an extension of a firm in scope end today, with the reason."""
    firms = firms_in_scope(request.user, Permission.EXTENSION_GRANT)
    extension = get_object_or_404(Extension.objects.select_related("firm"), pk=pk, firm__in=firms)
    form = ExtensionEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_extension(extension=extension, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("The extension of %(firm)s for %(period)s ends today.")
            messages.success(request, words % {"firm": extension.firm, "period": extension.period_id})
            return redirect("desk:extension-list")
    return render(request, "desk/extension_end.html", {"form": form, "extension": extension})
