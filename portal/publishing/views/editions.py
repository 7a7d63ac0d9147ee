"""The files of editions: pictures, drawings, downloads. Their names are their digests, so that caches keep them."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from portal.publishing.models import EditionFile
from portal.publishing.queries import is_readable
from portal.ui.http import public

A_YEAR = 365 * 24 * 60 * 60
# A drawing that is opened by itself is a picture: it loads nothing, runs nothing and is framed nowhere.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox"


@public
@require_safe
def edition_file(request: HttpRequest, edition: int, name: str) -> HttpResponse:
    """A file of a published edition. Only pictures are shown; all else is saved, under the name that the page gives."""
    file = get_object_or_404(EditionFile, edition=edition, name=name)
    if not is_readable(edition):
        raise Http404
    if is_known := get_conditional_response(request, etag=f'"{name}"'):
        return is_known
    try:
        content = file.file.open("rb")
    except FileNotFoundError as problem:
        raise Http404 from problem
    headers = {
        "Cache-Control": f"public, max-age={A_YEAR}, immutable",
        "Content-Security-Policy": POLICY,
        "Content-Length": str(file.size),
        "ETag": f'"{name}"',
        "X-Content-Type-Options": "nosniff",
    }
    response = FileResponse(content, content_type=file.media_type, headers=headers)
    # Without a name of its own: the link that leads here has one for people.
    response["Content-Disposition"] = "inline" if file.media_type.startswith("image/") else "attachment"
    return response
