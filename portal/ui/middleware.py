"""Closed unless public, caching of public pages, and the remembered language."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers, set_response_etag

from portal.lib import clock
from portal.ui.http import keep_typing


def seconds_left(at: datetime) -> int:
    """Whole seconds until the next full minute."""
    return 59 - at.second


@dataclass(frozen=True)
class KeptPage:
    """A public page as it was answered, good until a moment."""

    content: bytes
    headers: dict[str, str]
    until: datetime

    def response(self, now: datetime) -> HttpResponse:
        response = HttpResponse(self.content, headers=self.headers)
        response["Cache-Control"] = f"public, max-age={seconds_left(now)}"
        return response


class CachedIfPublic:
    """Public pages may be kept by anybody until the minute is over; all others are kept by nobody.

    What becomes public does so on a full minute, and no kept page outlives that. This process keeps the last
    PAGES_KEPT of them itself, since a public page is the same for everybody.
    """

    def __init__(self, get_response):
        self.get_response = get_response
        self.kept: OrderedDict[tuple[str, ...], KeptPage] = OrderedDict()

    def __call__(self, request):
        # Read before the page is made: what was asked just before the minute is told just before it.
        now = clock.now()
        meta = request.META
        host, languages = meta.get("HTTP_HOST", ""), meta.get("HTTP_ACCEPT_LANGUAGE", "")
        key = (request.scheme, host, request.get_full_path(), languages)
        kept = self.kept.get(key) if request.method == "GET" else None
        if kept is not None and kept.until > now:
            return kept.response(now)
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if getattr(request, "is_public_page", False) and response.status_code == 200:
            response["Cache-Control"] = f"public, max-age={seconds_left(now)}"
            self._keep(key, request, response, now)
        else:
            response["Cache-Control"] = "private, no-store"
        return response

    def _keep(self, key: tuple[str, ...], request, response, now: datetime) -> None:
        """A page that depends on nothing but its address and the languages that are asked for."""
        varies = response.headers.get("Vary", "Accept-Language") != "Accept-Language" or response.cookies
        if varies or response.streaming or request.method != "GET" or not settings.PAGES_KEPT:
            return
        set_response_etag(response)
        self.kept[key] = KeptPage(response.content, dict(response.items()), now.replace(second=59, microsecond=0))
        while len(self.kept) > settings.PAGES_KEPT:
            self.kept.popitem(last=False)


class ClosedUnlessPublic(LoginRequiredMiddleware):
    """Every page asks for sign-in, unless its view is public: there nobody is looked up, so that the answer
    is the same for everybody and does not vary by cookie (Django's own looks first and asks afterwards)."""

    def process_view(self, request, view_func, view_args, view_kwargs):
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request, view_func):
        """To the sign-in, and back. An act whose session had ended leads back to the page with its button, never
        to the act's own address, which answers to buttons alone. A script is told so in its own words (401), and
        goes on once somebody has signed in."""
        if request.headers.get("Accept", "") == "application/json":
            return JsonResponse({"signed_out": True}, status=401)
        if request.method == "POST" and getattr(view_func, "keeps_typing", False):
            keep_typing(request)
        if request.method in ("GET", "HEAD"):
            return super().handle_no_permission(request, view_func)
        came_from = urlsplit(request.headers.get("Referer", ""))
        back = came_from.path if came_from.netloc == request.get_host() else resolve_url(settings.LOGIN_REDIRECT_URL)
        return redirect_to_login(back, resolve_url(self.get_login_url(view_func)), REDIRECT_FIELD_NAME)


class NotThatWay:
    """Gives the answer to a wrong method (405) a page, where a person may have typed the address."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = render_to_string("405.html", request=request)
        return response


class RememberedLanguage:
    """A visitor who chose English and comes back to the front door is led to the English one.

    The language of a page stands in its address (/en/…), so that pages can be cached and linked;
    only the front door looks at the cookie.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.path != "/":
            return self.get_response(request)
        if request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) == "en":
            response = HttpResponseRedirect("/en/")
        else:
            response = self.get_response(request)
        patch_vary_headers(response, ["Cookie"])
        return response
