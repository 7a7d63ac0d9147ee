"""The gallery of components, the language switch and the page about text size."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import translate_url
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from portal.ui import gallery_data
from portal.ui.http import public

TEXT_COOKIE = "text"
TEXT_SIZES = ("large", "normal")


@public
@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component in every state, with invented data."""
    return render(request, "ui/gallery.html", gallery_data.everything())


@public
@require_safe
def language(request: HttpRequest, code: str) -> HttpResponse:
    """Remember the language for a year, and go to the page that was named (of this site only)."""
    if code not in dict(settings.LANGUAGES):
        raise Http404
    response = HttpResponseRedirect(_safe_next(request, translate_url("/", code)))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )
    return response


@public
@require_safe
def text_size(request: HttpRequest) -> HttpResponse:
    """How to read this site larger. The masthead's switch does it by script on every page; with `?size=` the
    choice is kept in a cookie, which signed-in pages heed without script too."""
    size = request.GET.get("size")
    if size not in TEXT_SIZES:
        return render(request, "ui/text_size.html")
    response = HttpResponseRedirect(_safe_next(request, request.path))
    response.set_cookie(TEXT_COOKIE, size, max_age=settings.LANGUAGE_COOKIE_AGE, samesite="Lax")
    return response


def _safe_next(request: HttpRequest, otherwise: str) -> str:
    there = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(
        there, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return there if there and is_ours else otherwise
