"""The editing desk's own content-security policy: its editor writes styles and small scripts into its pages.

Only addresses below /editing/ get it, which nobody but editors may open. Nothing is fetched from outside there either.
"""

from django.http import HttpRequest, HttpResponse

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
        response = self.get_response(request)
        if request.path.startswith(DESK):
            # What django-csp and Django's clickjacking protection read when they write the headers.
            response._csp_replace = RELAXED
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response
