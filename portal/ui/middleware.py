"""Caching of public pages, and the remembered language."""

from django.conf import settings
from django.http import HttpResponseRedirect
from django.utils.cache import patch_vary_headers

PUBLIC_SECONDS = 60


class CachedIfPublic:
    """Public pages may be kept for a minute by anybody; all others are kept by nobody."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.has_header("Cache-Control"):
            return response
        if getattr(request, "is_public_page", False) and response.status_code == 200:
            response["Cache-Control"] = f"public, max-age={PUBLIC_SECONDS}"
        else:
            response["Cache-Control"] = "private, no-store"
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
