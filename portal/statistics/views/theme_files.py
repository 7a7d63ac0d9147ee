"""The table and the charts of each page about one way of cutting the figures, as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.statistics.drawings import Theme as Inks
from portal.statistics.theme_drawings import ThemeChart, drawing_of
from portal.statistics.themes.sheets import Sheet
from portal.statistics.views.drawings import MEDIA_TYPES, picture
from portal.statistics.views.themes import Page, member_page, scope_or_404, theme_or_404
from portal.ui.http import public

# ── Their tables as files ────────────────────────────────────────────────────────────────────────


@public
@require_safe
def theme_table(request: HttpRequest, theme: str) -> HttpResponse:
    """The table of a page as CSV, with the same choices in the address."""
    found = theme_or_404(theme)
    scope = scope_or_404(request, found)
    return _file(found.page(scope, request.GET).sheet())


@public
@require_safe
def theme_member_table(request: HttpRequest, theme: str, code: str) -> HttpResponse:
    found = theme_or_404(theme)
    if found.member is None:
        raise Http404
    return _file(member_page(found, scope_or_404(request, found), code).sheet())


def _file(sheet: Sheet) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{sheet.name}.csv"'}
    return HttpResponse(sheet.as_csv(), content_type="text/csv; charset=utf-8", headers=headers)


# ── Their charts as files ────────────────────────────────────────────────────────────────────────


@public
@require_safe
def theme_chart(request: HttpRequest, theme: str, chart: str, form: str) -> HttpResponse:
    """A chart of a page as SVG or PNG, with the same choices in the address; `?theme=dark` or `print`."""
    found = theme_or_404(theme)
    return _drawing(request, theme, found.page(scope_or_404(request, found), request.GET), chart, form)


@public
@require_safe
def theme_member_chart(request: HttpRequest, theme: str, code: str, chart: str, form: str) -> HttpResponse:
    found = theme_or_404(theme)
    if found.member is None:
        raise Http404
    return _drawing(request, theme, member_page(found, scope_or_404(request, found), code), chart, form)


def _drawing(request: HttpRequest, theme: str, page: Page, chart: str, form: str) -> HttpResponse:
    if form not in MEDIA_TYPES or chart not in set(ThemeChart):
        raise Http404
    asked = request.GET.get("theme")
    content = drawing_of(page, theme, ThemeChart(chart), form, Inks(asked) if asked in set(Inks) else Inks.LIGHT)
    if content is None:
        raise Http404
    return picture(content, form, f"{page.sheet().name}-{chart}.{form}", download="download" in request.GET)
