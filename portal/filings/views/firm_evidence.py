"""Papers beside a filing's lines and contracts: contract copies, bank receipts."""

from collections.abc import Iterable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.evidence import attach, take_away
from portal.filings.attachments import MOST_PER_PLACE
from portal.filings.forms_queries import PapersForm
from portal.filings.models.contract import Contract
from portal.filings.models.evidence import Attachment
from portal.filings.models.filing import Line, Version
from portal.filings.policies import why_not_attach, why_not_take_away
from portal.filings.views.firm_room import firm_page, refuse, standing_in, version_in
from portal.filings.workspace.evidence import Papers, current_papers
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.ui.http import download

ROWS_A_PAGE = 40


@require_GET
@requires_firm(Permission.FILING_VIEW)
def evidence_list(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The filing's lines, each with its papers and its contract's, and a place to add some."""
    stand = standing_in(firm, period)
    papers = current_papers(stand.filing)
    lines = _lines(stand.version)
    page = Paginator(lines, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "stand": stand,
        "page": page,
        "rows": _rows(page.object_list, papers),
        "left_over": _left_over(lines, papers),
        "count": papers.count,
        "most": MOST_PER_PLACE,
        "form": PapersForm(),
        "closed": why_not_attach(stand.version),
        "why_not_take_away": why_not_take_away(stand.version),
    }
    return firm_page(request, firm, "filings/evidence_list.html", context)


def _lines(version: Version | None) -> list[Line]:
    return list(version.lines.select_related("contract").order_by("position")) if version else []


def _rows(lines: Iterable[Line], papers: Papers) -> list[dict[str, object]]:
    """Each line with its own papers; a contract's are told at its first line of the page."""
    told: set[int] = set()
    rows = []
    for line in lines:
        is_first = line.contract_id not in told
        told.add(line.contract_id)
        of_contract = papers.by_contract.get(line.contract_id, []) if is_first else []
        own = papers.by_line.get(line.key, [])
        rows.append({"line": line, "own": own, "of_contract": of_contract, "is_first": is_first})
    return rows


def _left_over(lines: Iterable[Line], papers: Papers) -> list[Attachment]:
    """Papers of lines that are no longer in the filing."""
    keys, contracts = {line.key for line in lines}, {line.contract_id for line in lines}
    gone = [rows for key, rows in papers.by_line.items() if key not in keys]
    gone += [rows for contract, rows in papers.by_contract.items() if contract not in contracts]
    return [paper for rows in gone for paper in rows]


@require_POST
@requires_firm(Permission.FILING_EDIT)
def evidence_add(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """Attach files to one line or one contract: all of them, or none."""
    version = version_in(firm, period)
    form = PapersForm(request.POST, request.FILES)
    if not form.is_valid():
        for errors in form.errors.values():
            messages.error(request, " ".join(errors))
        return redirect("filings:evidence-list", period)
    try:
        with transaction.atomic():
            _attach(request, version, firm, form.cleaned_data)
    except Refused as refusal:
        refuse(request, refusal)
    else:
        count = len(form.cleaned_data["files"])
        said = ngettext("%(count)d paper was attached.", "%(count)d papers were attached.", count)
        messages.success(request, said % {"count": count})
    return redirect(_place(request, period, form.cleaned_data["line"]))


def _attach(request: HttpRequest, version: Version, firm: Firm, typed: dict[str, object]) -> None:
    contract = get_object_or_404(Contract.objects.of(firm), pk=typed["contract"]) if typed["contract"] else None
    for file in typed["files"]:
        attach(
            filing=version.filing, line_key=typed["line"], contract=contract, kind=typed["kind"],
            content=file.read(), file_name=file.name, by=request.user, at=clock.now(),
        )  # fmt: skip


def _place(request: HttpRequest, period: str, line: object) -> str:
    """Back where the file was chosen: the questions, or the row in the list of papers."""
    if request.POST.get("back") == "questions":
        return reverse("filings:query-list", args=[period])
    page = request.POST.get("page", "")
    query = f"?page={page}" if page.isdecimal() else ""
    return f"{reverse('filings:evidence-list', args=[period])}{query}{f'#line-{line}' if line else ''}"


@require_GET
@requires_firm(Permission.FILING_VIEW)
def evidence_file(request: HttpRequest, pk: int, *, firm: Firm) -> FileResponse:
    """A paper of one's own firm."""
    paper = get_object_or_404(Attachment, pk=pk, firm=firm)
    return download(paper.file, paper.file_name, paper.media_type)


@require_POST
@requires_firm(Permission.FILING_EDIT)
def evidence_delete(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    """Take a paper away from a draft."""
    paper = get_object_or_404(Attachment.objects.select_related("filing", "firm"), pk=pk, firm=firm)
    try:
        take_away(paper=paper, by=request.user, at=clock.now())
    except Refused as refusal:
        refuse(request, refusal)
    else:
        messages.success(request, _("The paper was taken away. With a version handed in before, it stays."))
    return redirect(_place(request, paper.filing.period_id, paper.line_key))
