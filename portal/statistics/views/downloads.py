"""Releases as files. Each file is of one release and never changes with a newer one."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.statistics.atlas import atlas
from portal.statistics.exports import as_csv, as_json, brief_text
from portal.statistics.levels import ReleaseInfo
from portal.statistics.pages import national_page, report_page
from portal.statistics.places import Place
from portal.statistics.views.public import place_href, place_or_404, release_or_404
from portal.statistics.workbooks import as_workbook
from portal.ui.http import public

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@public
@require_safe
def release_tables(request: HttpRequest, release: str, form: str) -> HttpResponse:
    """All figures of a release: CSV and JSON with every place, XLSX with those of all members and a list of places."""
    found = release_or_404(release)
    if form == "xlsx":
        return _file(as_workbook(national_page(found), atlas(found, place_href)), form, found.name)
    return _file(_long(found, None, form), form, found.name)


@public
@require_safe
def place_tables(request: HttpRequest, release: str, code: str, form: str) -> HttpResponse:
    found, place = release_or_404(release), place_or_404(code)
    name = f"{found.name}-{place.code}"
    if form == "xlsx":
        return _file(as_workbook(report_page(found, place)), form, name)
    return _file(_long(found, place, form), form, name)


@public
@require_safe
def place_brief(request: HttpRequest, release: str, code: str) -> HttpResponse:
    """The brief of a place in Chinese and English, as text to copy."""
    found, place = release_or_404(release), place_or_404(code)
    return HttpResponse(brief_text(found, place), content_type="text/plain; charset=utf-8")


def _long(release: ReleaseInfo, place: Place | None, form: str) -> bytes:
    writers = {"csv": as_csv, "json": as_json}
    if form not in writers:
        raise Http404
    return writers[form](release, place.code if place else None)


def _file(content: bytes, form: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=TYPES[form], headers=headers)
