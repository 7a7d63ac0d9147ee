"""The people of a firm: its owner keeps the team, everybody else of the firm sees it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.actions import (
    change_role,
    close_representation,
    hand_over,
    invite,
    invite_again,
    set_signers,
    take_back,
)
from portal.members.emails import send_invitation
from portal.members.forms import HandOverForm, InvitationForm, RoleForm
from portal.members.models import Firm, Invitation, Representation
from portal.members.policies import open_invitations, why_not_need_certifier
from portal.members.queries import former_team, people_by_key, present_team
from portal.members.roles import FirmRole, Permission
from portal.members.views.frame import framed

Page = HttpResponse


@require_GET
@requires_firm(Permission.FILING_VIEW)
def team(request: HttpRequest, *, firm: Firm) -> Page:
    invitations = list(open_invitations(firm).order_by("-invited_at"))
    context = {
        "people": present_team(firm, clock.today()),
        "former": former_team(firm, clock.today()),
        "invitations": invitations,
        "inviters": people_by_key(row.invited_by for row in invitations),
        "now": clock.now(),
        "lone_signer": why_not_need_certifier(firm),
    }
    return framed(request, firm, "members/team.html", context)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.TEAM_EDIT)
def invitation_add(request: HttpRequest, *, firm: Firm) -> Page:
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            invitation, token = invite(firm=firm, by=request.user, at=clock.now(), **form.cleaned_data)
        except Refused as refusal:
            form.add_error("email", str(refusal))
        else:
            return _sent(request, invitation, token)
    return framed(request, firm, "members/invitation_add.html", {"form": form})


def _sent(request: HttpRequest, invitation: Invitation, token: str) -> Page:
    if send_invitation(request, invitation, token):
        messages.success(request, _("An invitation has been sent to %(email)s.") % {"email": invitation.email})
    else:
        words = _("The letter to %(email)s could not be sent. The invitation stands: send it again later.")
        messages.warning(request, words % {"email": invitation.email})
    return redirect("members:team")


def _invitation(firm: Firm, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("firm"), firm=firm, pk=pk)


@require_POST
@requires_firm(Permission.TEAM_EDIT)
def invitation_resend(request: HttpRequest, pk: int, *, firm: Firm) -> Page:
    try:
        invitation, token = invite_again(invitation=_invitation(firm, pk), by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("members:team")
    return _sent(request, invitation, token)


@require_POST
@requires_firm(Permission.TEAM_EDIT)
def invitation_cancel(request: HttpRequest, pk: int, *, firm: Firm) -> Page:
    try:
        take_back(invitation=_invitation(firm, pk), by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation has been taken back; its link opens nothing any more."))
    return redirect("members:team")


def _member(firm: Firm, pk: int) -> Representation:
    return get_object_or_404(Representation.objects.select_related("user", "firm"), firm=firm, pk=pk)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.TEAM_EDIT)
def role_change(request: HttpRequest, pk: int, *, firm: Firm) -> Page:
    row = _member(firm, pk)
    form = RoleForm(request.POST or None, initial={"role": row.role})
    if request.method == "POST" and form.is_valid():
        try:
            changed = change_role(representation=row, role=form.cleaned_data["role"], by=request.user, at=clock.now())
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            words = _("%(person)s has the role “%(role)s” now.")
            messages.success(request, words % {"person": row.user, "role": changed.get_role_display()})
            return redirect("members:team")
    return framed(request, firm, "members/role_change.html", {"form": form, "row": row})


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.TEAM_EDIT)
def role_close(request: HttpRequest, pk: int, *, firm: Firm) -> Page:
    """Somebody has left: asked once, and then closed in the same moment."""
    row = _member(firm, pk)
    if request.method == "GET":
        return framed(request, firm, "members/role_close.html", {"row": row})
    try:
        close_representation(representation=row, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("members:team")
    messages.success(request, _("%(person)s has no access to the firm any more.") % {"person": row.user})
    return redirect("front:workspace" if row.user_id == request.user.pk else "members:team")


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.TEAM_EDIT)
def ownership_hand_over(request: HttpRequest, *, firm: Firm) -> Page:
    """From the person who is signed in to somebody of the team, or to an address that is invited."""
    own = present_team(firm, clock.today()).filter(user=request.user, role=FirmRole.OWNER).first()
    others = present_team(firm, clock.today()).exclude(user=request.user).exclude(role=FirmRole.OWNER)
    form = HandOverForm(request.POST or None, others=others)
    if request.method == "POST" and form.is_valid():
        try:
            return _handed_over(request, firm, own, form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    return framed(request, firm, "members/ownership_hand_over.html", {"form": form})


def _handed_over(request: HttpRequest, firm: Firm, own: Representation | None, values: dict) -> Page:
    if own is None:
        raise Refused(_("Only an owner hands the firm over."))
    if values["to"]:
        hand_over(owner=own, to=values["to"], stays_as=values["stays_as"], by=request.user, at=clock.now())
        messages.success(request, _("%(person)s owns the firm's account now.") % {"person": values["to"].user})
        return redirect("members:team" if values["stays_as"] else "front:workspace")
    invitation, token = invite(
        firm=firm, email=values["email"], name="", role=FirmRole.OWNER, takes_over=own, by=request.user, at=clock.now()
    )
    return _sent(request, invitation, token)


@require_POST
@requires_firm(Permission.TEAM_EDIT)
def signers_change(request: HttpRequest, *, firm: Firm) -> Page:
    wanted = request.POST.get("signers") == "two"
    try:
        set_signers(firm=firm, needs_certifier=wanted, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("Two people sign each filing now.") if wanted else _("One person files and signs now.")
        messages.success(request, said)
    return redirect("members:team")
