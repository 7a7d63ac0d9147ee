"""Looking at a firm's workspace as it sees it: everything may be read, nothing may be sent."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from portal.lib import clock
from portal.members.access import SAFE_METHODS, Viewing, firms_in_scope
from portal.members.actions import end_viewing, record_page_seen
from portal.members.models import Firm
from portal.members.roles import Permission

SESSION_VIEWING = "viewing_as"
# Where a firm's own pages live; each of them that is looked at is journalled.
FIRM_PAGES = ("benchmark", "filings", "members")
THE_WAY_OUT = "members:viewing-end"


class ReadOnlyWhileViewing:
    """While an administrator views as a firm, no request but the one that ends it may change anything, on any page.

    Public pages are read by nobody in particular and stay untouched; what is sent to one is refused all the same.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        is_reading = request.method in SAFE_METHODS
        if is_reading and not getattr(view, "login_required", True):
            return None
        stored = request.session.get(SESSION_VIEWING)
        if stored is None:
            return None
        if (seen := self._still_open(request, stored)) is None:
            return self._run_out(request, stored)
        request.viewing_as = seen
        if not is_reading and request.resolver_match.view_name != THE_WAY_OUT:
            return render(request, "members/viewing_refused.html", {"firm": seen.firm}, status=403)
        if is_reading and request.resolver_match.namespace in FIRM_PAGES:
            record_page_seen(firm=seen.firm, path=request.path, by=request.user, at=clock.now())
        return None

    def _still_open(self, request: HttpRequest, stored: dict) -> Viewing | None:
        until = datetime.fromisoformat(stored["until"])
        if clock.now() >= until or not request.user.is_authenticated:
            return None
        firm = firms_in_scope(request.user, Permission.VIEW_AS).filter(pk=stored["firm"]).first()
        return Viewing(firm, until) if firm else None

    def _run_out(self, request: HttpRequest, stored: dict) -> HttpResponse | None:
        """After half an hour, or without the right any more, it is over by itself."""
        del request.session[SESSION_VIEWING]
        firm = Firm.objects.get(pk=stored["firm"])
        if request.user.is_authenticated:
            end_viewing(firm=firm, by=request.user, at=clock.now())
        if request.method in SAFE_METHODS and request.resolver_match.namespace in FIRM_PAGES:
            messages.info(request, _("Viewing as %(firm)s has ended.") % {"firm": firm})
            return redirect("desk:firm-detail", firm.credit_code)
        return None
