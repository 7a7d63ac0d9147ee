"""The charts of published releases as files."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from portal.statistics import drawings
from portal.statistics.dimensions import Currency, Span
from portal.statistics.views.public import place_or_404, release_or_404
from portal.ui.http import public

FORMS = {"svg": drawings.svg, "png": drawings.png}
MEDIA_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
# A drawing that is opened by itself is a picture: it loads nothing, runs nothing and is framed nowhere.
POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox"
KEPT_SECONDS = 3600


@public
@require_safe
def place_chart(request: HttpRequest, release: str, code: str, chart: str, form: str) -> HttpResponse:
    """A chart of a place as SVG or PNG, in the language of the address.

    `?theme=dark`, `?span=to_date` and `?currency=cny` as on the pages; `?download` saves the file at once.
    """
    if form not in FORMS or chart not in set(drawings.Chart):
        raise Http404
    found, place = release_or_404(release), place_or_404(code)
    content = FORMS[form](
        found,
        place,
        drawings.Chart(chart),
        get_language(),
        theme=_asked(request, "theme", drawings.Theme, drawings.Theme.LIGHT),
        span=_asked(request, "span", (Span.QUARTER, Span.TO_DATE), Span.QUARTER),
        currency=_asked(request, "currency", Currency, Currency.USD),
    )
    if content is None:
        raise Http404
    return picture(content, form, f"{found.name}-{code}-{chart}.{form}", download="download" in request.GET)


def _asked(request: HttpRequest, name: str, known, usual):
    """A parameter's value where it is one of the known ones."""
    value = request.GET.get(name, "")
    return next((one for one in known if one.value == value), usual)


def picture(content: bytes, form: str, filename: str, *, download: bool) -> HttpResponse:
    """A drawing as it goes out; with `download` it is saved at once."""
    headers = {
        "Content-Disposition": f'{"attachment" if download else "inline"}; filename="{filename}"',
        "Content-Security-Policy": POLICY,
        "Cache-Control": f"public, max-age={KEPT_SECONDS}",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=MEDIA_TYPES[form], headers=headers)
