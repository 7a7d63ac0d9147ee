"""Firms that ask to join: read with their papers, admitted or declined."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.desk.firms import firms_sought
from portal.filings.desk.history import people_named, who
from portal.filings.desk.members import applications_of, member_tabs
from portal.filings.forms_members import AdmitForm, DeclineForm
from portal.filings.views.desk_member_room import accepted
from portal.lib import clock
from portal.members.access import requires_staff
from portal.members.actions import admit_application, decline_application
from portal.members.emails import send_application_declined, send_invitation
from portal.members.models import Application, Firm, Grade
from portal.members.policies import why_not_answer
from portal.members.roles import Permission

ROWS_A_PAGE = 50
SIMILAR_SHOWN = 5


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def application_list(request: HttpRequest) -> HttpResponse:
    """Those that wait first, then the answered ones, newest first."""
    state = request.GET.get("state", "")
    rows = applications_of(request.user).order_by("-applied_at")
    if state in Application.State.values:
        rows = rows.filter(state=state)
    context = {
        "page": Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page")),
        "state": state,
        "states": Application.State.choices,
        "tabs": member_tabs(request.user, "desk:application-list"),
    }
    return render(request, "desk/application_list.html", context)


def _application(request: HttpRequest, pk: int) -> Application:
    return get_object_or_404(applications_of(request.user), pk=pk)


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def application_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _application(request, pk))


def _page(
    request: HttpRequest, application: Application, admit: Form | None = None, decline: Form | None = None
) -> HttpResponse:
    usual = {"grade": Grade.MEMBER, "from_on": clock.today()}
    people = people_named([application.decided_by])
    context = {
        "application": application,
        "papers": application.papers.all(),
        "known": Firm.objects.filter(credit_code=application.credit_code).first(),
        "similar": _similar(application),
        "earlier": Application.objects.filter(credit_code=application.credit_code).exclude(pk=application.pk),
        "decided_by": who(application.decided_by, people) if application.decided_at else "",
        "admit": admit or AdmitForm(initial=usual, auto_id="admit_%s"),
        "decline": decline or DeclineForm(auto_id="decline_%s"),
    }
    return render(request, "desk/application_detail.html", context)


def _similar(application: Application) -> list[Firm]:
    """Members under the same name, now or earlier: perhaps the same firm with another code."""
    rows = firms_sought(Firm.objects.exclude(credit_code=application.credit_code), text=application.name_zh)
    return list(rows[:SIMILAR_SHOWN])


def _answered(request: HttpRequest, pk: int, reason: str) -> HttpResponse:
    """Somebody else was quicker: the page says how."""
    messages.error(request, reason)
    return redirect("desk:application-detail", pk)


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def application_admit(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    if reason := why_not_answer(application):
        return _answered(request, pk, reason)
    form = AdmitForm(request.POST, auto_id="admit_%s")
    if not form.is_valid() or not accepted(form, lambda: _admit(request, application, form)):
        return _page(request, application, admit=form)
    return redirect("desk:firm-detail", application.credit_code)


def _admit(request: HttpRequest, application: Application, form: AdmitForm) -> None:
    done = admit_application(application=application, by=request.user, at=clock.now(), **form.cleaned_data)
    messages.success(request, _("%(firm)s is a member now.") % {"firm": application.name_zh})
    if send_invitation(request, done.invitation, done.token):
        words = _("An invitation has been sent to %(email)s.")
        messages.success(request, words % {"email": done.invitation.email})
    else:
        words = _("The letter to %(email)s could not be sent. The invitation stands: send it again later.")
        messages.warning(request, words % {"email": done.invitation.email})


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def application_decline(request: HttpRequest, pk: int) -> HttpResponse:
    application = _application(request, pk)
    if reason := why_not_answer(application):
        return _answered(request, pk, reason)
    form = DeclineForm(request.POST, auto_id="decline_%s")
    if not form.is_valid() or not accepted(form, lambda: _decline(request, application, form)):
        return _page(request, application, decline=form)
    return redirect("desk:application-detail", pk)


def _decline(request: HttpRequest, application: Application, form: DeclineForm) -> None:
    letter = form.cleaned_data["letter"]
    done = decline_application(application=application, letter=letter, by=request.user, at=clock.now())
    if send_application_declined(request, done):
        messages.success(request, _("The application has been declined, and the letter sent."))
    else:
        messages.warning(request, _("The application has been declined. The letter could not be sent: please call."))


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def paper_file(request: HttpRequest, pk: int, paper: int) -> FileResponse:
    """A paper as it came: always to be saved, never shown in the browser."""
    row = get_object_or_404(_application(request, pk).papers, pk=paper)
    try:
        content = row.file.open()
    except FileNotFoundError as problem:
        raise Http404 from problem
    return FileResponse(content, as_attachment=True, filename=row.file_name, content_type="application/octet-stream")
