"""One filing at the desk, and the decision on it. No figure can be changed from here."""

from django.contrib import messages
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.evidence import viewed
from portal.filings.actions.looking import look
from portal.filings.actions.review import approve, recall, return_to_firm
from portal.filings.desk.comparison import handed_in
from portal.filings.desk.points import points_of
from portal.filings.forms_desk import ApproveForm, ReturnForm
from portal.filings.models.evidence import Attachment
from portal.filings.models.upload import Upload
from portal.filings.views.desk_room import filing_in_scope, filing_page, version_looked_at
from portal.filings.workspace.evidence import was_handed_in
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff
from portal.members.roles import Permission
from portal.reference.queries import code_lists
from portal.ui.http import download


@require_GET
@requires_staff(Permission.FILING_VIEW)
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version that was handed in, or an earlier one (`?version=`), beside its neighbours."""
    filing = filing_in_scope(request.user, pk, Permission.FILING_VIEW)
    look(filing=filing, by=request.user, at=clock.now())
    return filing_page(request, filing)


@require_POST
@requires_staff(Permission.FILING_APPROVE)
def filing_approve(request: HttpRequest, pk: int) -> HttpResponse:
    filing = filing_in_scope(request.user, pk, Permission.FILING_APPROVE)
    version = version_looked_at(request, filing)
    if version is None:
        return redirect("desk:filing-detail", pk)
    form = ApproveForm(request.POST, points=points_of(version, code_lists()))
    if not form.is_valid():
        return filing_page(request, filing, approve_form=form)
    try:
        approve(version=version, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:filing-detail", pk)
    words = _("%(firm)s, version %(number)s: approved. It counts from now on.")
    messages.success(request, words % {"firm": filing.firm, "number": version.number})
    return redirect(f"{reverse('desk:queue')}?period={filing.period_id}")


@require_POST
@requires_staff(Permission.FILING_RETURN)
def filing_return(request: HttpRequest, pk: int) -> HttpResponse:
    filing = filing_in_scope(request.user, pk, Permission.FILING_RETURN)
    version = version_looked_at(request, filing)
    if version is None:
        return redirect("desk:filing-detail", pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return filing_page(request, filing, return_form=form)
    try:
        return_to_firm(version=version, by=request.user, at=clock.now(), **_said(form))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return filing_page(request, filing, return_form=form)
    words = _("%(firm)s, version %(number)s: returned. You can take it back until the firm has opened your letter.")
    messages.success(request, words % {"firm": filing.firm, "number": version.number})
    return redirect(f"{reverse('desk:queue')}?period={filing.period_id}")


def _said(form: Form) -> dict[str, object]:
    return {name: form.cleaned_data[name] for name in ("reason", "letter", "mend_by_on")}


@require_POST
@requires_staff(Permission.FILING_RETURN)
def filing_recall(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a return back, while nobody of the firm has opened its letter."""
    filing = filing_in_scope(request.user, pk, Permission.FILING_RETURN)
    newest = next(iter(handed_in(filing)), None)
    if newest is None:
        raise Http404
    try:
        recall(version=newest, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The return was taken back. The filing waits for review again."))
    return redirect("desk:filing-detail", pk)


@require_GET
@requires_staff(Permission.FILING_VIEW)
def upload_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original of a file from which a handed-in version was taken over."""
    uploads = Upload.objects.filter(outcome=Upload.Outcome.CONFIRMED)
    upload = get_object_or_404(uploads, pk=pk, firm__in=firms_in_scope(request.user, Permission.FILING_VIEW))
    if upload.version_number not in [version.number for version in handed_in(upload.filing)]:
        raise Http404
    return download(upload.file, upload.file_name)


@require_GET
@requires_staff(Permission.FILING_VIEW)
def evidence_file(request: HttpRequest, pk: int) -> FileResponse:
    """A paper that came with a version that was handed in. Each look at one is journalled."""
    scope = firms_in_scope(request.user, Permission.FILING_VIEW)
    paper = get_object_or_404(Attachment.objects.select_related("firm"), pk=pk, firm__in=scope)
    if not was_handed_in(paper):
        raise Http404
    response = download(paper.file, paper.file_name, paper.media_type)
    viewed(paper=paper, by=request.user, at=clock.now())
    return response
