"""Errors as RFC 9457 problem details: which parameter, what was found in it, what was expected."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import HttpResponse
from django.utils.translation import gettext as _
from ninja.errors import ValidationError

MEDIA_TYPE = "application/problem+json"


@dataclass(frozen=True)
class Problem(Exception):
    """Why a request gets no answer. `kind` ends the problem's address on the page of the API's description."""

    status: int
    kind: str
    title: str
    detail: str
    parameter: str = ""
    found: str | None = None
    expected: str = ""
    allowed: Sequence[str] = ()
    headers: Mapping[str, str] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        content: dict[str, object] = {
            "type": f"/api/#{self.kind}", "title": self.title, "status": self.status, "detail": self.detail,
        }  # fmt: skip
        if self.parameter:
            content |= {"parameter": self.parameter, "found": self.found, "expected": self.expected}
        return content | ({"allowed": list(self.allowed)} if self.allowed else {})


def response(problem: Problem) -> HttpResponse:
    content = json.dumps(problem.as_json(), ensure_ascii=False)
    headers = {"Cache-Control": "no-store", **problem.headers}
    return HttpResponse(content, content_type=MEDIA_TYPE, status=problem.status, headers=headers)


# ── The problems that there are ──────────────────────────────────────────────────────────────────


def not_found(parameter: str, found: str, expected: str, allowed: Sequence[str] = ()) -> Problem:
    detail = _("There is no “%(found)s” here.") % {"found": found}
    return Problem(404, "not-found", _("Not found"), detail, parameter, found, expected, allowed)


def no_such_address(path: str) -> Problem:
    detail = _("The API has nothing at %(path)s. Its addresses stand in /api/v1/openapi.json.") % {"path": path}
    return Problem(404, "not-found", _("Not found"), detail)


def unknown_parameter(name: str, known: Sequence[str]) -> Problem:
    detail = _("“%(name)s” is not a parameter of this address, so nothing was answered.") % {"name": name}
    expected = _("one of the parameters of this address")
    return Problem(400, "unknown-parameter", _("Unknown parameter"), detail, name, name, expected, known)


def misread(parameter: str, found: str, expected: str, allowed: Sequence[str] = ()) -> Problem:
    values = {"parameter": parameter, "found": found, "expected": expected}
    detail = _("“%(parameter)s” is “%(found)s”; expected: %(expected)s.") % values
    return Problem(400, "bad-parameter", _("Parameter not understood"), detail, parameter, found, expected, allowed)


def bad_cursor(cursor: str) -> Problem:
    return misread("cursor", cursor, _("the cursor in “next” of the page before"))


def not_acceptable(accept: str, offered: Sequence[str]) -> Problem:
    detail = _("None of the formats in the Accept header is offered here.")
    expected = _("one of the formats of this address, in Accept or ?format=")
    return Problem(406, "not-acceptable", _("Format not offered"), detail, "Accept", accept, expected, offered)


def too_many_cells(cells: int, limit: int) -> Problem:
    detail = _("The question asks for %(cells)d cells; %(limit)d at most are answered at once.")
    return Problem(400, "too-many-cells", _("Too many cells"), detail % {"cells": cells, "limit": limit})


def wrong_method(method: str, allowed: Sequence[str]) -> Problem:
    detail = _("The API is for reading; %(method)s does nothing here.") % {"method": method}
    headers = {"Allow": ", ".join(allowed)}
    title, expected = _("Method not allowed"), _("a method that reads")
    return Problem(405, "wrong-method", title, detail, "method", method, expected, allowed, headers)


def too_many_requests(limit: int, seconds: int, retry_after: int) -> Problem:
    values = {"limit": limit, "seconds": seconds, "wait": retry_after}
    detail = _("At most %(limit)d requests in %(seconds)d seconds from one address; wait %(wait)d seconds.") % values
    headers = {"Retry-After": str(retry_after), "RateLimit-Remaining": "0", "RateLimit-Reset": str(retry_after)}
    return Problem(429, "too-many-requests", _("Too many requests"), detail, headers=headers)


# ── What the parser of parameters says, in these words ───────────────────────────────────────────


def from_validation(error: ValidationError, given: Mapping[str, Sequence[str]]) -> Problem:
    """The first of the parameters that were not understood."""
    one = error.errors[0]
    context = one.get("ctx", {})
    name, place = _where(one["loc"])
    texts = given.get(name, [""])
    found = texts[place] if place < len(texts) else texts[-1]
    allowed = _quoted(context.get("expected", ""))
    expected = _("one of the allowed values") if allowed else _expected(one["type"], context)
    return misread(name, found, expected, allowed)


def _where(loc: Sequence[object]) -> tuple[str, int]:
    """The parameter's name, and which of its values it is: ("query", "span", 1)."""
    names = [part for part in loc[1:] if isinstance(part, str)]
    numbers = [part for part in loc[1:] if isinstance(part, int)]
    return names[-1], numbers[0] if numbers else 0


def _quoted(expected: str) -> list[str]:
    """`'json', 'csv' or 'sdmx-csv'` as a list."""
    return expected.split("'")[1::2]


def _expected(kind: str, context: Mapping[str, object]) -> str:
    match kind:
        case "greater_than_equal":
            return _("a number from %(least)s on") % {"least": context["ge"]}
        case "less_than_equal":
            return _("a number up to %(most)s") % {"most": context["le"]}
        case "int_parsing":
            return _("a whole number")
        case "date_from_datetime_parsing" | "date_parsing" | "date_from_datetime_inexact":
            return _("a day such as 2020-03-31")
        case "string_pattern_mismatch":
            return _("a text of the form %(pattern)s") % {"pattern": context["pattern"]}
        case "string_too_long":
            return _("at most %(most)s characters") % {"most": context["max_length"]}
        case _:
            return _("another value")
