"""What the association has told the firm inside the site."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.notices import mark_read
from portal.filings.views.firm_room import firm_page
from portal.filings.workspace.notices import in_words, notices_of
from portal.lib import clock
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission

NOTICES_A_PAGE = 30


@require_GET
@requires_firm(Permission.FILING_VIEW)
def notice_list(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    page = Paginator(notices_of(firm), NOTICES_A_PAGE).get_page(request.GET.get("page"))
    unread = notices_of(firm).filter(read_at__isnull=True).count()
    context = {"page": page, "notices": in_words(page.object_list), "unread": unread}
    return firm_page(request, firm, "filings/notice_list.html", context)


@require_POST
@requires_firm(Permission.FILING_VIEW)
def notice_read(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    """Put all of them away, for everybody who acts for the firm."""
    mark_read(firm=firm, by=request.user, at=clock.now())
    return redirect("filings:notice-list")
