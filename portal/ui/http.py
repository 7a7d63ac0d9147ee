"""Small pieces of HTTP that every layer's views share."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse

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
