"""Files that a firm hands in: each has a page that lasts."""

from django.contrib import messages
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.filings.actions.uploads import as_json, confirm, examine, in_words, receive
from portal.filings.forms import UploadForm
from portal.filings.models.filing import Version
from portal.filings.models.upload import Upload
from portal.filings.policies import why_not_confirm
from portal.filings.sheet import has_errors
from portal.filings.views.firm_changes import preview_in_words
from portal.filings.views.firm_grid_page import unfinished_in_words
from portal.filings.views.firm_room import draft_in, firm_page, refuse, standing_in, why_closed
from portal.filings.workspace.history import people_of
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import code_lists

FINDINGS_SHOWN = 200
# Findings of a table whose heads are not ours: its columns can be told.
OWN_LAYOUT = ("S1", "S2", "S11")


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.FILING_EDIT)
def upload_add(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    stand = standing_in(firm, period)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            with transaction.atomic():
                upload = receive(
                    version=draft_in(stand, request), content=file.read(), file_name=file.name, lists=code_lists(),
                    by=request.user, at=clock.now(),
                )  # fmt: skip
            return redirect("filings:upload-detail", upload.pk)
        except Refused as refusal:
            form.add_error(None, str(refusal))
    context = {"stand": stand, "form": form, "closed": why_closed(stand)}
    return firm_page(request, firm, "filings/upload_add.html", context)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def upload_detail(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    upload = _upload(firm, pk)
    findings, closed = upload.findings, None
    if upload.outcome == Upload.Outcome.CHECKED:
        closed = _why_not_confirm(upload)
        if closed is None and localdate(upload.uploaded_at) != clock.today():
            findings, closed = _judged_today(upload)
    people = people_of(firm, {upload.uploaded_by, upload.confirmed_by} - {None})
    context = {
        "upload": upload,
        "uploaded_by": people.get(upload.uploaded_by, ""),
        "confirmed_by": people.get(upload.confirmed_by, ""),
        "findings": [_placed(in_words(item)) for item in findings[:FINDINGS_SHOWN]],
        "finding_count": len(findings),
        "more_findings": max(len(findings) - FINDINGS_SHOWN, 0),
        "changes": preview_in_words(upload.preview, code_lists()) if upload.preview else None,
        "closed": closed,
        "is_marked": any(item["cell"] for item in findings),
        "has_own_layout": any(item["code"] in OWN_LAYOUT for item in findings),
        "unfinished": unfinished_in_words(standing_in(firm, upload.filing.period_id), clock.today()),
    }
    return firm_page(request, firm, "filings/upload_detail.html", context)


def _upload(firm: Firm, pk: int) -> Upload:
    rows = Upload.objects.filter(firm=firm).select_related("filing__period", "filing__firm", "firm")
    return get_object_or_404(rows, pk=pk)


def _why_not_confirm(upload: Upload) -> str | None:
    return why_not_confirm(upload, Version.objects.filter(filing=upload.filing, number=upload.version_number).first())


def _judged_today(upload: Upload) -> tuple[list[dict], str | None]:
    """Findings as they are today, when the file came on another day: a window may have closed since."""
    with upload.file.open() as file:
        _intake, found = examine(
            content=file.read(), file_name=upload.file_name, filing=upload.filing, lists=code_lists(), at=clock.now()
        )
    closed = _("The file has errors now: mend them and upload it again.") if has_errors(found) else None
    return [as_json(item) for item in found], closed


def _placed(item: dict) -> dict:
    where = "!".join(part for part in (item["sheet"], item["cell"]) if part)
    return {"severity": item["level"], "where": where} | item


@require_POST
@requires_firm(Permission.FILING_EDIT)
def upload_confirm(request: HttpRequest, pk: int, *, firm: Firm) -> HttpResponse:
    upload = _upload(firm, pk)
    try:
        changes = confirm(upload=upload, lists=code_lists(), by=request.user, at=clock.now())
    except Refused as refusal:
        refuse(request, refusal)
        return redirect("filings:upload-detail", upload.pk)
    count = len(changes.added) + len(changes.changed) + len(changes.removed)
    said = ngettext(
        "The file was taken over: %(count)d row changed.", "The file was taken over: %(count)d rows changed.", count
    )
    messages.success(request, said % {"count": count})
    return redirect("filings:filing-detail", upload.filing.period_id)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def upload_file(request: HttpRequest, pk: int, *, firm: Firm) -> FileResponse:
    """The file as it came: always to be saved, never shown in the browser."""
    upload = _upload(firm, pk)
    try:
        content = upload.file.open()
    except FileNotFoundError as problem:
        raise Http404 from problem
    return FileResponse(content, as_attachment=True, filename=upload.file_name, content_type="application/octet-stream")
