"""The editing desk's own language and its own content-security policy.

Its editor writes styles and small scripts into its pages: only addresses below /editing/ allow that, which nobody but
editors may open. Nothing is fetched from outside there either, and no text is made into a script (`unsafe-eval`).
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

DESK = "/editing/"
RELAXED = {
    "script-src": ["'self'", "'unsafe-inline'"],
    "style-src": ["'self'", "'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "frame-src": ["'self'"],
    "frame-ancestors": ["'self'"],
}


class EditingDeskPolicy:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(DESK):
            return self.get_response(request)
        self._speak(request)
        response = self.get_response(request)
        # What django-csp and Django's clickjacking protection read when they write the headers.
        response._csp_replace = RELAXED
        response["X-Frame-Options"] = "SAMEORIGIN"
        return response

    def _speak(self, request: HttpRequest) -> None:
        """Its addresses have no language in them: the one that the person chose last on the site."""
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)
        if chosen in dict(settings.LANGUAGES):
            translation.activate(chosen)
            request.LANGUAGE_CODE = chosen
