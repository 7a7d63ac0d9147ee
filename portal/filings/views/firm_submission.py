"""The page before submitting, and what can be done with a filing as a whole."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import reopen
from portal.filings.actions.submission import submit, withdraw
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.policies import why_not_submit
from portal.filings.telling import finding_in_words
from portal.filings.views.firm_room import firm_page, quarter_after, refuse, standing_in, steps, version_in
from portal.filings.views.firm_sheet import anchor, row_in_words
from portal.filings.workspace.figures import comparisons
from portal.filings.workspace.history import check_code, people_of
from portal.filings.workspace.sheets import Row, Sheet, sheet_of
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_check(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    version_in(firm, period)
    stand = standing_in(firm, period)
    sheet = sheet_of(stand.filing, stand.version, lists=code_lists(), on=clock.today())
    context = {
        "stand": stand,
        "steps": steps(stand, "check"),
        "comparisons": comparisons(stand.filing, stand.version),
        "findings": _findings(sheet),
        "reasons": [row for row in sheet.rows if row.entry is not None and row.entry.reason],
        "closed": why_not_submit(stand.version, clock.today()) or _waits(sheet),
    }
    return firm_page(request, firm, "filings/filing_check.html", context)


def _waits(sheet: Sheet) -> str | None:
    return _("Mend the points above first.") if sheet.blocking else None


def _findings(sheet: Sheet) -> list[dict[str, str]]:
    found = [*sheet.blocking, *sheet.notes]
    return [finding_in_words(item) | {"where": _where(row), "anchor": anchor(row)} for row, item in found]


def _where(row: Row) -> str:
    return f"{row_in_words(row)}　{row.contract.number} {row.contract.name}"


@require_POST
@requires_firm(Permission.FILING_SUBMIT)
def filing_submit(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    version = version_in(firm, period)
    try:
        submit(version=version, lists=code_lists(), by=request.user, at=clock.now())
    except NotSaved as refusal:
        refuse(request, refusal)
        return redirect("filings:filing-check", period)
    except Refused as refusal:
        messages.info(request, str(refusal))
        handed_over = version.status in (Status.SUBMITTED, Status.APPROVED)
        return redirect("filings:filing-receipt" if handed_over else "filings:filing-check", period)
    return redirect("filings:filing-receipt", period)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_receipt(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    newest = version_in(firm, period)
    stand = standing_in(firm, period)
    version = newest.filing.versions.filter(submitted_at__isnull=False).order_by("-number").first()
    if version is None:
        return firm_page(request, firm, "filings/filing_receipt.html", {"stand": stand, "version": None})
    version.firm, version.filing = firm, stand.filing
    context = {
        "stand": stand,
        "steps": steps(stand, "receipt"),
        "version": version,
        "receipt_number": receipt_number(version),
        "check_code": check_code(version),
        "submitted_by": people_of(firm, {version.submitted_by}).get(version.submitted_by, ""),
        "comparisons": comparisons(stand.filing, version),
        "next_period": Period.objects.filter(code=str(quarter_after(stand.period))).first(),
        "printed_at": clock.now(),
    }
    return firm_page(request, firm, "filings/filing_receipt.html", context)


def receipt_number(version: Version) -> str:
    """Credit code, period and version: whoever has the three finds the filing."""
    return f"{version.firm.credit_code}-{version.filing.period_id}-{version.number}"


@require_POST
@requires_firm(Permission.FILING_SUBMIT)
def filing_withdraw(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    return _moved(
        request,
        period,
        lambda at: withdraw(version=version_in(firm, period), by=request.user, at=at),
        _("The filing is a draft again. Nothing in it has changed; submit it again when it is ready."),
    )


@require_POST
@requires_firm(Permission.FILING_EDIT)
def filing_reopen(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    filing = version_in(firm, period).filing
    return _moved(
        request,
        period,
        lambda at: reopen(filing=filing, by=request.user, at=at),
        _("The next version is open, with the rows of the last one. The last one stays as it is."),
    )


def _moved(request: HttpRequest, period: str, act, done: str) -> HttpResponse:
    """Do one act on the whole filing and go back to its page with a word about it."""
    at: datetime = clock.now()
    try:
        act(at)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, done)
    return redirect("filings:filing-detail", period)
