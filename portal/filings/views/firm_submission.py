"""The page before signing, and what can be done with a filing as a whole."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions import NotSaved
from portal.filings.actions.certifying import file_for_certification, send_back, take_back
from portal.filings.actions.drafts import reopen
from portal.filings.actions.submission import submit, withdraw
from portal.filings.forms_signing import DeclarationForm, SendBackForm
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.policies import why_not_submit
from portal.filings.signing import certifiers_of, needs_two, why_not_certify, why_not_file
from portal.filings.telling import finding_in_words
from portal.filings.views.firm_grid_page import unfinished_in_words
from portal.filings.views.firm_idle import is_idle
from portal.filings.views.firm_room import firm_page, refuse, standing_in, steps, version_in
from portal.filings.views.firm_sheet import anchor, idle_rows, row_in_words
from portal.filings.workspace.figures import comparisons
from portal.filings.workspace.history import people_of
from portal.filings.workspace.sheets import Row, sheet_of
from portal.filings.workspace.signatures import Found, Review, certifier_s_note, paper_count, review_of
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firm_permissions, requires_firm
from portal.members.models import Firm, User
from portal.members.roles import Permission
from portal.reference.queries import code_lists


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_check(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    return _check_page(request, firm, period, DeclarationForm(), SendBackForm())


def _check_page(
    request: HttpRequest, firm: Firm, period: str, declaration: DeclarationForm, back: SendBackForm
) -> HttpResponse:
    version_in(firm, period)
    stand = standing_in(firm, period)
    version, today = stand.version, clock.today()
    sheet = sheet_of(stand.filing, version, lists=code_lists(), on=today)
    review = review_of(sheet)
    rows = comparisons(stand.filing, version)
    signature = _signature(request.user, firm, version)
    note = certifier_s_note(version) if version.status == Status.DRAFT else None
    names = people_of(firm, {key for key in (version.filed_by, note and note.by) if key})
    context = {
        "stand": stand,
        "steps": steps(stand, "check"),
        "comparisons": rows,
        "has_low_base": any(row.is_low_last or row.is_low_year for row in rows),
        "findings": {name: _told(getattr(review, name)) for name in ("blocking", "explained", "remembered", "notes")},
        "idle": idle_rows(sheet, period),
        "typed_count": version.typed_rows.count(),
        "unfinished": unfinished_in_words(stand, today),
        "paper_count": paper_count(version),
        "signature": signature,
        "two_sign": needs_two(version),
        "certifiers": [str(person) for person in certifiers_of(firm, today, but=request.user)],
        "filed_by": names.get(version.filed_by, ""),
        "note": note,
        "note_by": names.get(note.by, "") if note else "",
        "closed": _why_closed(signature, request.user, version) or _waits(review),
        "declaration": declaration,
        "back": back,
    }
    return firm_page(request, firm, "filings/filing_check.html", context)


def _signature(user: User, firm: Firm, version: Version) -> str:
    """What this person can sign here: "submit" alone, "file" as the first of two, "certify" as the second, "wait"
    for the second, or nothing ("read")."""
    if version.status == Status.DRAFT and version.filed_at is not None:
        return "wait" if why_not_certify(version, user) else "certify"
    if Permission.FILING_SUBMIT not in firm_permissions(user, firm):
        return "read"
    return "file" if needs_two(version) else "submit"


def _why_closed(signature: str, user: User, version: Version) -> str | None:
    if signature == "file":
        return why_not_file(version, user, clock.today())
    return why_not_submit(version, clock.today())


def _waits(review: Review) -> str | None:
    return _("Mend the points above first.") if review.blocking else None


def _told(found: Found) -> list[dict[str, str]]:
    return [
        finding_in_words(item) | {"where": _where(row), "anchor": anchor(row), "answer": item.answer}
        for row, item in found
        if not is_idle(item)
    ]


def _where(row: Row) -> str:
    return f"{row_in_words(row)}　{row.contract.number} {row.contract.name}"


@require_POST
@requires_firm(Permission.FILING_SUBMIT)
def filing_submit(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The one signature, or the second of two: the filing goes to the association."""
    return _signed(request, firm, period, submit)


@require_POST
@requires_firm(Permission.FILING_SUBMIT)
def filing_file(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The first of two signatures: the draft is locked until another person has certified it."""
    return _signed(request, firm, period, file_for_certification)


def _signed(request: HttpRequest, firm: Firm, period: str, act: Callable[..., Version]) -> HttpResponse:
    version, declaration = version_in(firm, period), DeclarationForm(request.POST)
    if version.status == Status.DRAFT and not declaration.is_valid():
        return _check_page(request, firm, period, declaration, SendBackForm())
    try:
        version = act(version=version, lists=code_lists(), by=request.user, at=clock.now())
    except NotSaved as refusal:
        refuse(request, refusal)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        if version.status == Status.DRAFT:
            messages.success(request, _("Signed. The filing waits for its certifier; nothing can be changed now."))
    is_over = version.status in (Status.SUBMITTED, Status.APPROVED)
    return redirect("filings:filing-receipt" if is_over else "filings:filing-check", period)


@require_POST
@requires_firm(Permission.FILING_EDIT)
def filing_take_back(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    return _moved(
        request,
        period,
        lambda at: take_back(version=version_in(firm, period), by=request.user, at=at),
        _("The draft is open again. Sign it again when it is ready."),
    )


@require_POST
@requires_firm(Permission.FILING_CERTIFY)
def filing_send_back(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    version, back = version_in(firm, period), SendBackForm(request.POST)
    if not back.is_valid():
        return _check_page(request, firm, period, DeclarationForm(), back)
    note = back.cleaned_data["note"]
    return _moved(
        request,
        period,
        lambda at: send_back(version=version, note=note, by=request.user, at=at),
        _("The draft is open again for your colleague, with your note."),
    )


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


def _moved(request: HttpRequest, period: str, act: Callable[[datetime], object], done: str) -> HttpResponse:
    """Do one act on the whole filing and go back to its page with a word about it."""
    at: datetime = clock.now()
    try:
        act(at)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, done)
    return redirect("filings:filing-detail", period)
