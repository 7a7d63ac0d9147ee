"""Small pieces of HTTP that every layer's views share."""

from collections.abc import Callable
from functools import wraps
from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, QueryDict
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page that anybody may read, and any cache may keep: it never touches session or token.

    The names of all public pages stand in tests/test_doors.py.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        request.is_public_page = True
        return view(request, *args, **kwargs)

    return login_not_required(wrapped)


def open_form(view: View) -> View:
    """A public page with a form that anybody may send, and no cache keeps.

    What is sent is done in nobody's name, so there is no authority that another site could borrow, and no token:
    the page stays free of cookies. A browser that says it was sent by another site's page is refused all the same.
    """

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        origin = request.headers.get("Origin", "")
        if request.method == "POST" and origin and urlsplit(origin).netloc != request.get_host():
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return csrf_exempt(never_cache(public(wrapped)))


def download(file: FieldFile, name: str, media_type: str = "application/octet-stream") -> FileResponse:
    """A private file, always to be saved and never shown in the browser; 404 when it is no longer on disk."""
    try:
        content = file.open("rb")
    except FileNotFoundError as problem:
        raise Http404 from problem
    headers = {"X-Content-Type-Options": "nosniff", "Cache-Control": "private, no-store"}
    return FileResponse(content, as_attachment=True, filename=name, content_type=media_type, headers=headers)


# ── What was typed into a page whose session had ended ───────────────────────────────────────────

_KEPT = "kept_typing"
_LARGEST_KEPT = 512 * 1024


def keeps_typing(view: View) -> View:
    """What is posted to this page after the session has ended is kept until the person has signed in again."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return view(request, *args, **kwargs)

    wrapped.keeps_typing = True
    return wrapped


def keep_typing(request: HttpRequest) -> None:
    typed = request.POST.copy()
    typed.pop("csrfmiddlewaretoken", None)
    text = typed.urlencode()
    if len(text) <= _LARGEST_KEPT:
        request.session[_KEPT] = {"path": request.path, "typed": text}


def kept_typing(request: HttpRequest, path: str) -> QueryDict | None:
    """What was kept for an address, handed out once. Whoever asks makes sure that it is this person's."""
    kept = request.session.get(_KEPT)
    if not kept or kept["path"] != path:
        return None
    del request.session[_KEPT]
    return QueryDict(kept["typed"])
