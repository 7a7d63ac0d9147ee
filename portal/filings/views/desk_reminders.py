"""Reminders: what went out, what is to come, who is not to be reminded, and letters by hand."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.filings.actions.reminders import remind_by_hand, resume_reminders, stop_reminders
from portal.filings.desk import reminder_letters, schedule
from portal.filings.desk.history import people_named, who
from portal.filings.emails import addresses_of
from portal.filings.forms_calling import ReminderForm, ReminderStopForm
from portal.filings.models.calling import Reminder, ReminderStop, WorkingDay
from portal.filings.models.period import Period
from portal.filings.working_days import is_provisional
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff, staff_permissions
from portal.members.models import Firm
from portal.members.roles import Permission

REMINDERS_A_PAGE = 50
NAMED_AHEAD = 30
MOST_AT_ONCE = 500


@require_GET
@requires_staff(Permission.REMINDER_SEND, Permission.QUEUE_VIEW)
def reminder_list(request: HttpRequest) -> HttpResponse:
    """What is to come, who is left out, and what went out, for the firms in scope."""
    firms = firms_in_scope(request.user, Permission.REMINDER_SEND, Permission.QUEUE_VIEW)
    sent = Reminder.objects.filter(firm__in=firms).select_related("firm")
    page = Paginator(sent, REMINDERS_A_PAGE).get_page(request.GET.get("page"))
    stops = list(ReminderStop.objects.filter(firm__in=firms, resumed_at__isnull=True).select_related("firm"))
    people = people_named([row.sent_by for row in page.object_list] + [row.stopped_by for row in stops])
    context = {
        "page": page,
        "sent": [(row, who(row.sent_by, people) if row.sent_by else "") for row in page.object_list],
        "stops": [(row, who(row.stopped_by, people)) for row in stops],
        "ahead": _ahead(firms),
        "sends": Permission.REMINDER_SEND in staff_permissions(request.user),
    }
    return render(request, "desk/reminder_list.html", context)


def _ahead(firms: QuerySet[Firm]) -> list[dict[str, object]]:
    """The days to come with the names of whoever would be reminded then; long lists are cut."""
    today, corrections = clock.today(), WorkingDay.objects.corrections()
    found = schedule.ahead(schedule.periods_to_remind(today), firms, today, corrections)
    named = {firm.pk: firm for firm in Firm.objects.filter(pk__in={pk for one in found for pk in one.firms})}
    return [
        {
            "on": one.planned.on,
            "period": one.period,
            "step": Reminder.Step(one.planned.step).label,
            "days": one.planned.days,
            "count": len(one.firms),
            "firms": [named[pk] for pk in one.firms[:NAMED_AHEAD]],
            "more": max(len(one.firms) - NAMED_AHEAD, 0),
            "is_provisional": is_provisional(one.planned.on, corrections),
        }
        for one in found
    ]


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.REMINDER_SEND)
def reminder_add(request: HttpRequest) -> HttpResponse:
    """One text to the firms that were ticked; those that have filed meanwhile are left out."""
    given = request.POST if request.method == "POST" else request.GET
    period = get_object_or_404(Period, code=given.get("period", ""))
    firms = _chosen(request, period, given.getlist("firm"))
    if not firms:
        messages.error(request, _("No firm was ticked that has still to file."))
        return redirect("desk:completeness")
    text = reminder_letters.text(period.code, Reminder.Step.BY_HAND, period.due_on, clock.today())
    form = ReminderForm(request.POST if request.method == "POST" else None, initial={"text": text})
    if request.method == "POST" and form.is_valid():
        try:
            sent = remind_by_hand(
                period=period, firms=firms, text=form.cleaned_data["text"], by=request.user, at=clock.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            _tell(request, sent)
            return redirect("desk:reminder-list")
    called = [(firm, addresses_of(firm, clock.today())) for firm in firms]
    context = {"form": form, "period": period, "called": called, "subject": reminder_letters.subject(period.code)}
    return render(request, "desk/reminder_add.html", context)


def _chosen(request: HttpRequest, period: Period, ticked: list[str]) -> list[Firm]:
    wanted = [int(pk) for pk in ticked[:MOST_AT_ONCE] if pk.isdecimal() and len(pk) < 19]
    firms = firms_in_scope(request.user, Permission.REMINDER_SEND).filter(pk__in=wanted)
    left = {one.firm for one in schedule.missing(period, firms)}
    return [firm for firm in firms if firm.pk in left]


def _tell(request: HttpRequest, sent: list[Reminder]) -> None:
    reached = sum(row.outcome == Reminder.Outcome.SENT for row in sent)
    words = ngettext("%(number)d firm was written to.", "%(number)d firms were written to.", reached)
    messages.success(request, words % {"number": reached})
    if len(sent) > reached:
        words = ngettext(
            "%(number)d firm could not be reached by e-mail; the notice waits for it in the portal.",
            "%(number)d firms could not be reached by e-mail; the notice waits for them in the portal.",
            len(sent) - reached,
        )
        messages.warning(request, words % {"number": len(sent) - reached})


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.REMINDER_SEND)
def reminder_stop(request: HttpRequest) -> HttpResponse:
    """No reminders to one firm in scope, with the reason."""
    firms = firms_in_scope(request.user, Permission.REMINDER_SEND)
    form = ReminderStopForm(request.POST or None, firms=firms, initial={"firm": request.GET.get("firm", "")})
    if request.method == "POST" and form.is_valid():
        try:
            stop_reminders(by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("%(firm)s is not reminded any more.") % {"firm": form.cleaned_data["firm"]})
            return redirect("desk:reminder-list")
    return render(request, "desk/reminder_stop.html", {"form": form})


@require_POST
@requires_staff(Permission.REMINDER_SEND)
def reminder_resume(request: HttpRequest, pk: int) -> HttpResponse:
    firms = firms_in_scope(request.user, Permission.REMINDER_SEND)
    stop = ReminderStop.objects.filter(pk=pk, firm__in=firms).first()
    if stop is None:
        raise Http404
    try:
        stop = resume_reminders(stop=stop, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(firm)s is reminded again.") % {"firm": stop.firm})
    return redirect("desk:reminder-list")
