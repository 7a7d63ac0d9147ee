"""After signing: where the filing stands and what comes next, the receipt and the certificate as papers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_GET

from portal.filings.lifecycle import Status
from portal.filings.models.calling import WorkingDay
from portal.filings.models.filing import Version
from portal.filings.models.period import Period
from portal.filings.models.receipt import Receipt
from portal.filings.papers.certificate import certificate_pdf
from portal.filings.papers.receipt import receipt_pdf
from portal.filings.views.firm_room import firm_page, quarter_after, standing_in, steps, version_in
from portal.filings.workspace.figures import comparisons
from portal.filings.workspace.history import people_of
from portal.filings.workspace.receipts import newest_receipt, receipts_of
from portal.filings.workspace.stages import stages_of
from portal.lib import clock
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission


@require_GET
@requires_firm(Permission.FILING_VIEW)
def filing_receipt(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    newest = version_in(firm, period)
    stand = standing_in(firm, period)
    version = newest.filing.versions.filter(submitted_at__isnull=False).order_by("-number").first()
    receipt = newest_receipt(version) if version else None
    if receipt is None:
        return firm_page(request, firm, "filings/filing_receipt.html", {"stand": stand, "receipt": None})
    version.firm, version.filing = firm, stand.filing
    rows = comparisons(stand.filing, version)
    names = _names(firm, receipt)
    context = {
        "stand": stand,
        "steps": steps(stand, "receipt"),
        "version": version,
        "receipt": receipt,
        "filed_by": names.get(receipt.filed_by, ""),
        "certified_by": names.get(receipt.certified_by, ""),
        "earlier": [row for row in receipts_of(stand.filing) if row.pk != receipt.pk],
        "stages": stages_of(version, clock.today(), WorkingDay.objects.corrections()),
        "comparisons": rows,
        "has_low_base": any(row.is_low_last or row.is_low_year for row in rows),
        "next_period": Period.objects.filter(code=str(quarter_after(stand.period))).first(),
        "may_certify_paper": version.status == Status.APPROVED,
    }
    return firm_page(request, firm, "filings/filing_receipt.html", context)


def _names(firm: Firm, receipt: Receipt) -> dict:
    return people_of(firm, {key for key in (receipt.filed_by, receipt.certified_by) if key})


@require_GET
@requires_firm(Permission.FILING_VIEW)
def receipt_download(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    """The paper of one submission, the same to the last byte whenever it is asked for in one language."""
    rows = Receipt.objects.filter(firm=firm).select_related("version__filing", "firm")
    receipt = get_object_or_404(rows, pk=pk)
    content = receipt_pdf(receipt, _names(firm, receipt), _check_address(request))
    return _paper(content, receipt.number)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def certificate_download(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """The certificate of the approved version. Figures stand on it only when they are asked for."""
    version = _approved_version(firm, period)
    receipt = newest_receipt(version) if version else None
    if receipt is None:
        raise Http404
    receipt.version, receipt.firm = version, firm
    content = certificate_pdf(receipt, _check_address(request), with_figures=request.GET.get("figures") == "on")
    return _paper(content, f"{receipt.number}-certificate")


def _approved_version(firm: Firm, period: str) -> Version | None:
    versions = version_in(firm, period).filing.versions.filter(status=Status.APPROVED)
    return versions.select_related("filing").first()


def _check_address(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("receipts:receipt-check"))


def _paper(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.pdf"'}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
