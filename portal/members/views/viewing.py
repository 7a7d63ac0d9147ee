"""The way out of viewing as a firm. The way in is at the desk, on the firm's page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from portal.lib import clock
from portal.members.access import requires_staff
from portal.members.actions import end_viewing
from portal.members.middleware import SESSION_VIEWING
from portal.members.models import Firm
from portal.members.roles import Permission


@require_POST
@requires_staff(Permission.VIEW_AS)
def viewing_end(request: HttpRequest) -> HttpResponse:
    """Back to the firm's page at the desk; to the list of firms where nothing was being viewed."""
    stored = request.session.pop(SESSION_VIEWING, None)
    if stored is None:
        return redirect("desk:firm-list")
    firm = Firm.objects.get(pk=stored["firm"])
    end_viewing(firm=firm, by=request.user, at=clock.now())
    return redirect("desk:firm-detail", firm.credit_code)
