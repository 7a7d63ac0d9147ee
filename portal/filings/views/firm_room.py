"""What every page of a firm's workspace shares: where it stands, its frame, and its steps."""

from collections.abc import Iterable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.filings.actions.drafts import open_filing
from portal.filings.actions.review import letter_opened
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.policies import why_not_fill
from portal.filings.workspace.periods import Standing, standing
from portal.lib import clock
from portal.lib.quarters import Quarter
from portal.members.access import viewing
from portal.members.models import Firm
from portal.members.views.frame import framed


def firm_page(
    request: HttpRequest, firm: Firm, template: str, context: dict[str, object], status: int = 200
) -> HttpResponse:
    """A page in the firm's frame: which firm it is, which others there are, and what the person may do here."""
    return framed(request, firm, template, context, status=status)


def standing_in(firm: Firm, code: str) -> Standing:
    """The firm's standing in a period that has opened; 404 for any other."""
    period = get_object_or_404(Period, code=code)
    if clock.today() < period.opens_on:
        raise Http404
    return standing(firm, period, clock.today())


def version_in(firm: Firm, code: str) -> Version:
    """The newest version of the firm's filing for a period; 404 when there is none."""
    version = standing_in(firm, code).version
    if version is None:
        raise Http404
    return version


def draft_in(stand: Standing, request: HttpRequest) -> Version:
    """The version to write into, opened where this is the first thing said in the period."""
    return stand.version or open_filing(firm=stand.filing.firm, period=stand.period, by=request.user, at=clock.now())


def why_closed(stand: Standing) -> str | None:
    return why_not_fill(stand.filing.firm, stand.period, stand.version, clock.today())


def refuse(request: HttpRequest, refusal: Exception) -> None:
    messages.error(request, str(refusal))


def date_or_none(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def letters_opened(request: HttpRequest, versions: Iterable[Version]) -> None:
    """The letters of returned versions stand before somebody of the firm now; who only looks in its name opens none."""
    for version in versions:
        if version.status == Status.RETURNED and version.return_opened_at is None and not viewing(request):
            letter_opened(version=version, by=request.user, at=clock.now())


def steps(stand: Standing, here: str) -> list[dict[str, str]]:
    """The five steps of a filing; a step leads to its page once it can be reached."""
    code = stand.period.code
    sheet = reverse("filings:filing-detail", args=[code])
    has_receipt = stand.version is not None and stand.version.submitted_at is not None
    is_draft = stand.version is not None and stand.version.status == Status.DRAFT
    check = reverse("filings:filing-check", args=[code]) if is_draft else ""
    rows = [
        ("contracts", _("Contracts"), f"{sheet}#contracts"),
        ("sheet", _("This quarter's lines"), f"{sheet}#executions"),
        ("check", _("Check"), check),
        ("submit", _("Submit"), ""),
        ("receipt", _("Receipt"), reverse("filings:filing-receipt", args=[code]) if has_receipt else ""),
    ]
    place = [name for name, _label, _href in rows].index(here)
    return [
        {"label": label, "href": href, "state": _state(index, place, has_receipt)}
        for index, (_name, label, href) in enumerate(rows)
    ]


def _state(index: int, place: int, is_over: bool) -> str:
    if index == place:
        return "current"
    return "done" if index < place or is_over else "todo"


def quarter_after(period: Period) -> Quarter:
    return period.quarter.shift(1)
