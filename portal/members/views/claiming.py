"""The link of an invitation: somebody new chooses a password, somebody known signs in and accepts."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import SESSION_FIRM
from portal.members.actions import accept_invitation, claim
from portal.members.actions.inviting import digest_of
from portal.members.forms import ClaimForm
from portal.members.models import Invitation, User
from portal.members.policies import why_not_accept
from portal.ui.http import open_form

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def _invitation(token: str) -> Invitation:
    return get_object_or_404(Invitation.objects.select_related("firm"), token_sha256=digest_of(token))


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_open(request: HttpRequest, token: str) -> HttpResponse:
    """Open to whoever has the link, which is the proof: it asks for no session and trusts none."""
    invitation = _invitation(token)
    closed = why_not_accept(invitation, clock.now())
    known = User.objects.filter(email__iexact=invitation.email).first()
    has_account = known is not None and known.has_usable_password()
    form = ClaimForm(request.POST or None, invitation=invitation, initial={"name": invitation.name})
    if request.method == "POST" and not closed and not has_account:
        if not ratelimit.consume(request, action="claim"):
            return render(request, "429.html", status=429)
        if form.is_valid() and (user := _claimed(invitation, form)):
            return _welcome(request, user, invitation)
    context = {"invitation": invitation, "closed": closed, "has_account": has_account, "form": form, "token": token}
    return render(request, "members/invitation_open.html", context)


def _claimed(invitation: Invitation, form: ClaimForm) -> User | None:
    values = form.cleaned_data
    try:
        return claim(invitation=invitation, name=values["name"], password=values["password"], at=clock.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _welcome(request: HttpRequest, user: User, invitation: Invitation) -> HttpResponse:
    """Signed in with the password just chosen, and at the firm's home."""
    login(request, user, backend=BACKEND)
    return _at_the_firm(request, invitation)


def _at_the_firm(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    request.session[SESSION_FIRM] = invitation.firm_id
    messages.success(request, _("You act for %(firm)s now.") % {"firm": invitation.firm})
    return redirect("front:workspace")


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """For somebody who has an account: the sign-in page led here."""
    invitation = _invitation(token)
    closed = why_not_accept(invitation, clock.now())
    if request.method == "POST":
        try:
            accept_invitation(invitation=invitation, user=request.user, at=clock.now())
        except Refused as refusal:
            closed = str(refusal)
        else:
            return _at_the_firm(request, invitation)
    context = {"invitation": invitation, "closed": closed, "token": token}
    return render(request, "members/invitation_accept.html", context)
