"""People: those of a firm's team, looked after by the association, and those who have left and are erased."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.filings.actions.forgetting import forget_person
from portal.filings.desk.members import member_tabs
from portal.filings.views.desk_member_room import accepted, firm_for
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff
from portal.members.actions import (
    change_role,
    close_representation,
    invite,
    invite_again,
    start_viewing,
    take_back,
)
from portal.members.emails import send_invitation
from portal.members.forms import InvitationForm, RoleForm
from portal.members.middleware import SESSION_VIEWING
from portal.members.models import Appointment, Firm, Invitation, Representation, User
from portal.members.policies import why_not_erase
from portal.members.roles import FirmRole, Permission

ROWS_A_PAGE = 50
VIEWED_FOR = timedelta(minutes=30)


# ── The team of a firm ───────────────────────────────────────────────────────────────────────────


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def invitation_add(request: HttpRequest, code: str) -> HttpResponse:
    firm = firm_for(request, code, Permission.MEMBER_EDIT)
    form = InvitationForm(request.POST or None, initial={"role": FirmRole.OWNER.value})
    if request.method == "POST" and form.is_valid() and accepted(form, lambda: _invite(request, firm, form)):
        return redirect("desk:firm-detail", code)
    return render(request, "desk/invitation_add.html", {"form": form, "firm": firm})


def _invite(request: HttpRequest, firm: Firm, form: InvitationForm) -> None:
    _send(request, *invite(firm=firm, by=request.user, at=clock.now(), **form.cleaned_data))


def _send(request: HttpRequest, invitation: Invitation, token: str) -> None:
    if send_invitation(request, invitation, token):
        messages.success(request, _("An invitation has been sent to %(email)s.") % {"email": invitation.email})
    else:
        words = _("The letter to %(email)s could not be sent. The invitation stands: send it again later.")
        messages.warning(request, words % {"email": invitation.email})


def _invitation(request: HttpRequest, pk: int) -> Invitation:
    firms = firms_in_scope(request.user, Permission.MEMBER_EDIT)
    return get_object_or_404(Invitation.objects.select_related("firm"), pk=pk, firm__in=firms)


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def invitation_resend(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        _send(request, *invite_again(invitation=invitation, by=request.user, at=clock.now()))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:firm-detail", invitation.firm.credit_code)


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def invitation_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    invitation = _invitation(request, pk)
    try:
        take_back(invitation=invitation, by=request.user, at=clock.now())
        messages.success(request, _("The invitation has been taken back; its link opens nothing any more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:firm-detail", invitation.firm.credit_code)


def _representation(request: HttpRequest, pk: int) -> Representation:
    rows = Representation.objects.select_related("user", "firm")
    return get_object_or_404(rows, pk=pk, firm__in=firms_in_scope(request.user, Permission.MEMBER_EDIT))


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.MEMBER_EDIT)
def representation_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Another role; a second owner is how the association hands a firm over whose owner is gone."""
    row = _representation(request, pk)
    form = RoleForm(request.POST or None, initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        role = form.cleaned_data["role"]
        if accepted(form, lambda: change_role(representation=row, role=role, by=request.user, at=clock.now())):
            messages.success(request, _("The role has been changed."))
            return redirect("desk:firm-detail", row.firm.credit_code)
    return render(request, "desk/representation_change.html", {"form": form, "row": row, "firm": row.firm})


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def representation_close(request: HttpRequest, pk: int) -> HttpResponse:
    row = _representation(request, pk)
    try:
        close_representation(representation=row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(person)s has no access to the firm any more.") % {"person": row.user})
    return redirect("desk:firm-detail", row.firm.credit_code)


# ── People, and erasing one ──────────────────────────────────────────────────────────────────────


def _people(request: HttpRequest) -> QuerySet[User]:
    """Whoever acts or acted for a firm in scope; of those who never did, only for who administers everywhere."""
    firms = firms_in_scope(request.user, Permission.MEMBER_EDIT)
    acted = Q(representations__firm__in=firms)
    everywhere = not Firm.objects.exclude(pk__in=firms.values("pk")).exists()
    rows = User.objects.filter(acted | Q(representations=None)) if everywhere else User.objects.filter(acted)
    return rows.filter(pk__in=rows.values("pk")).distinct()


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def person_list(request: HttpRequest) -> HttpResponse:
    text, idle = request.GET.get("q", "").strip()[:100], request.GET.get("idle") == "yes"
    today = clock.today()
    running = Representation.objects.filter(user=OuterRef("pk"), ended_at__isnull=True)
    running = running.filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    working = Appointment.objects.filter(user=OuterRef("pk")).filter(Q(until_on__isnull=True) | Q(until_on__gte=today))
    rows = _people(request).annotate(acts=Exists(running), works=Exists(working)).order_by("email")
    if text:
        rows = rows.filter(Q(name__icontains=text) | Q(email__icontains=text))
    if idle:
        rows = rows.filter(acts=False, works=False, erased_at__isnull=True)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    tabs = member_tabs(request.user, "desk:person-list")
    return render(request, "desk/person_list.html", {"page": page, "text": text, "idle": idle, "tabs": tabs})


def _person(request: HttpRequest, key: UUID) -> User:
    return get_object_or_404(_people(request), key=key)


@require_GET
@requires_staff(Permission.MEMBER_EDIT)
def person_detail(request: HttpRequest, key: UUID) -> HttpResponse:
    user = _person(request, key)
    context = {
        "person": user,
        "representations": user.representations.select_related("firm").order_by("until_on", "since_on"),
        "appointments": user.appointments.select_related("division").order_by("until_on", "since_on"),
        "closed": why_not_erase(user, request.user, clock.today()),
    }
    return render(request, "desk/person_detail.html", context)


@require_POST
@requires_staff(Permission.MEMBER_EDIT)
def person_erase(request: HttpRequest, key: UUID) -> HttpResponse:
    user = _person(request, key)
    if request.POST.get("sure") != "yes":
        messages.error(request, _("Tick that it cannot be undone."))
        return redirect("desk:person-detail", key)
    try:
        forget_person(user=user, by=request.user, at=clock.now())
        messages.success(request, _("Name and address have been erased; the journal keeps the key alone."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("desk:person-detail", key)


# ── Viewing as a firm ────────────────────────────────────────────────────────────────────────────


@require_POST
@requires_staff(Permission.VIEW_AS)
def viewing_start(request: HttpRequest, code: str) -> HttpResponse:
    """To the firm's workspace as it sees it, for half an hour at most; portal.members.middleware refuses the rest."""
    firm = firm_for(request, code, Permission.VIEW_AS)
    at = clock.now()
    until = at + VIEWED_FOR
    request.session[SESSION_VIEWING] = {"firm": firm.pk, "until": until.isoformat()}
    start_viewing(firm=firm, until=until, by=request.user, at=at)
    return redirect("filings:home")
