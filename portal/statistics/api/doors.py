"""How a request comes in and an answer goes out: for everybody, for reading, from any site, in one of two languages."""

from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from django.utils.translation import override
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views.decorators.csrf import csrf_exempt

from portal.statistics.api import description, problems, rates
from portal.statistics.api.service import api
from portal.ui.http import View, public

METHODS = ("GET", "HEAD", "OPTIONS")
_READABLE_ELSEWHERE = "ETag, Last-Modified, Link, Retry-After, RateLimit-Policy, RateLimit-Remaining, RateLimit-Reset"
_HTML_LANG = {"zh-hans": "zh-Hans", "en": "en"}


def language_of(request: HttpRequest) -> str:
    """By ?lang=, else by Accept-Language, else Chinese. Never by a cookie: an answer is the same for everybody."""
    asked = request.GET.get("lang")
    if asked in ("zh", "en"):
        return "zh-hans" if asked == "zh" else "en"
    for code, _quality in parse_accept_lang_header(request.headers.get("Accept-Language", "")):
        if code.startswith(("zh", "en")):
            return "zh-hans" if code.startswith("zh") else "en"
    return "zh-hans"


def through_the_door(view: View, name: str) -> View:
    """The view as an address of the API; what stands in the way of an answer is told as a problem."""

    @wraps(view)
    def entered(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        language = language_of(request)
        with override(language):
            try:
                response = _answer(view, name, request, kwargs)
            except problems.Problem as problem:
                response = problems.response(problem)
        return _for_everybody(response, language)

    return _named(csrf_exempt(public(entered)), name)


def _answer(view: View, name: str, request: HttpRequest, kwargs: dict) -> HttpResponseBase:
    if request.method == "OPTIONS":
        headers = {"Allow": ", ".join(METHODS), "Cache-Control": "public, max-age=86400"}
        return HttpResponse(status=204, headers=headers)
    if request.method not in METHODS:
        raise problems.wrong_method(request.method, METHODS)
    rates.check(request)
    known = description.parameters_of(name)
    if known is not None and (unknown := [key for key in request.GET if key not in known]):
        raise problems.unknown_parameter(unknown[0], known)
    return view(request, **kwargs)


def _for_everybody(response: HttpResponseBase, language: str) -> HttpResponseBase:
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response["Access-Control-Allow-Headers"] = "Accept, Accept-Language, If-None-Match, If-Modified-Since"
    response["Access-Control-Expose-Headers"] = _READABLE_ELSEWHERE
    response["RateLimit-Policy"] = rates.rate().policy
    response["Content-Language"] = _HTML_LANG[language]
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _named(view: View, name: str) -> View:
    """Called as its address, so that it can be found by it."""
    view.__module__, view.__name__ = __name__, name.replace("-", "_")
    view.__qualname__ = view.__name__
    return view


def nothing_here(request: HttpRequest, rest: str) -> HttpResponseBase:
    raise problems.no_such_address(request.path)


def addresses() -> list[URLPattern]:
    """Every address of the API behind its door; all others under it are told to be none."""
    patterns = [pattern for pattern in api.urls[0] if pattern.name != "api-root"]
    found = [
        path(str(pattern.pattern), through_the_door(pattern.callback, pattern.name), name=pattern.name)
        for pattern in patterns
    ]
    return [*found, path("<path:rest>", through_the_door(nothing_here, "nothing-here"), name="nothing-here")]
