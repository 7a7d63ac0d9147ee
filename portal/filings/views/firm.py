"""The firm's home, and the switch between the firms that a person acts for."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.http import require_GET, require_POST

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.views.firm_room import firm_page, letters_opened, why_closed
from portal.filings.views.firm_sheet import blocking_list
from portal.filings.workspace.figures import figures_of
from portal.filings.workspace.notices import unread_notices
from portal.filings.workspace.periods import (
    Standing,
    current_standing,
    missing_periods,
    newest_versions,
    open_upload,
    typing_in,
    unfinished_versions,
)
from portal.filings.workspace.questions import questions_for
from portal.filings.workspace.sheets import sheet_of
from portal.lib import clock
from portal.members.access import SESSION_FIRM, representations, requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists

FILINGS_A_PAGE = 12


@require_GET
@requires_firm(Permission.FILING_VIEW)
def home(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    today = clock.today()
    current = current_standing(firm, today)
    elsewhere = [row for row in unfinished_versions(firm, today) if current is None or not _is_of(row, current)]
    versions = [row for row in (current.version if current else None, *elsewhere) if row is not None]
    letters_opened(request, versions)
    typing = typing_in(versions)
    context = {
        "current": current,
        "asked": questions_for(firm, today),
        "notices": unread_notices(firm, clock.now()),
        "closed": why_closed(current) if current else None,
        "figures": figures_of(current.version) if current and current.version else None,
        "blocking": _blocking(current),
        "upload": open_upload(current) if current else None,
        "waiting": [{"version": row, "typing": typing[row.pk]} for row in elsewhere],
        "typing": typing[current.version.pk] if current and current.version else None,
        "missing": [row for row in missing_periods(firm, today) if current is None or row != current.period],
        "filings": Paginator(newest_versions(firm), FILINGS_A_PAGE).get_page(request.GET.get("page")),
    }
    return firm_page(request, firm, "filings/home.html", context)


def _is_of(version: Version, current: Standing) -> bool:
    return version.filing_id == current.filing.pk


def _blocking(current: Standing | None) -> dict[str, object] | None:
    """What stands before the submission of the current draft, if it is one."""
    if current is None or current.version is None or current.version.status != Status.DRAFT:
        return None
    sheet = sheet_of(current.filing, current.version, lists=code_lists(), on=clock.today())
    return blocking_list(sheet, current.period.code)


@require_POST
@requires_firm(Permission.FILING_VIEW)
def firm_switch(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    """Act for another firm from now on, on the same page where the other firm has it too."""
    chosen = request.POST.get("firm", "")
    own = next((row.firm_id for row in representations(request.user) if str(row.firm_id) == chosen), None)
    if own is None:
        raise Http404
    request.session[SESSION_FIRM] = own
    return redirect(_same_page(request.POST.get("page", "")))


def _same_page(path: str) -> str:
    """The page without anything of one firm in its address: a list stays, a period's page leads to the period."""
    try:
        match = resolve(path)
    except Resolver404:
        return reverse("filings:home")
    if "period" in match.kwargs and match.namespace == "filings":
        return reverse("filings:filing-detail", args=[match.kwargs["period"]])
    if match.namespace == "members":
        return reverse("members:team")
    is_of_any_firm = match.namespace == "filings" and not match.kwargs and match.url_name != "firm-switch"
    return reverse(match.view_name) if is_of_any_firm else reverse("filings:home")
