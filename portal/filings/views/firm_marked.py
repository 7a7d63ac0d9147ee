"""A file that was not taken over, handed back with its bad cells marked."""

import io

from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from portal.filings.actions.uploads import in_words
from portal.filings.marking import marked
from portal.filings.models.upload import Upload
from portal.filings.views.firm_filing import WORKBOOK_TYPE
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission


@require_GET
@requires_firm(Permission.FILING_VIEW)
def upload_marked(request: HttpRequest, pk: int, *, firm: Firm) -> FileResponse:
    upload = get_object_or_404(Upload, pk=pk, firm=firm)
    if not upload.findings:
        raise Http404
    try:
        with upload.file.open() as file:
            content = file.read()
    except FileNotFoundError as problem:
        raise Http404 from problem
    findings = [in_words(item) for item in upload.findings]
    content, name = marked(content, upload.file_name, findings, language=get_language() or "zh")
    return FileResponse(io.BytesIO(content), as_attachment=True, filename=name, content_type=WORKBOOK_TYPE)
