"""The frame of a firm's pages: which firm it is, which others there are, and what the person may do here."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from portal.members.access import representations, rights_in, viewing
from portal.members.models import Firm
from portal.members.roles import Permission


def frame_of(request: HttpRequest, firm: Firm) -> dict[str, object]:
    rights = rights_in(request, firm)
    rows = [] if viewing(request) else representations(request.user).order_by("firm__name_zh")
    return {
        "firm": firm,
        "firms": [row.firm for row in rows] or [firm],
        "may_edit": Permission.FILING_EDIT in rights,
        "may_submit": Permission.FILING_SUBMIT in rights,
        "may_team": Permission.TEAM_EDIT in rights,
    }


def framed(
    request: HttpRequest, firm: Firm, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """A page in the firm's frame."""
    return render(request, template, frame_of(request, firm) | context, status=status)
