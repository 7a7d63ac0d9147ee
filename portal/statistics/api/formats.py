"""In which format an answer goes out: by ?format=, else by the Accept header."""

from enum import StrEnum

from django.http import HttpRequest

from portal.statistics.api import problems


class Format(StrEnum):
    JSON = "json"
    JSON_STAT = "json-stat"
    CSV = "csv"
    SDMX_CSV = "sdmx-csv"
    SDMX_JSON = "sdmx-json"


CONTENT_TYPES = {
    Format.JSON: "application/json",
    # JSON-stat has no media type of its own; a reader of JSON can open it.
    Format.JSON_STAT: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.SDMX_CSV: "application/vnd.sdmx.data+csv; version=2.0.0",
    Format.SDMX_JSON: "application/vnd.sdmx.structure+json; version=2.0.0",
}
# What an Accept header may ask for, and what that means.
_ACCEPTED = {
    "application/json": Format.JSON,
    "application/vnd.json-stat+json": Format.JSON_STAT,
    "text/csv": Format.CSV,
    "application/vnd.sdmx.data+csv": Format.SDMX_CSV,
    "application/vnd.sdmx.structure+json": Format.SDMX_JSON,
}


def chosen(request: HttpRequest, offered: tuple[Format, ...]) -> Format:
    """The format to answer in. Raises Problem where none of what is asked for is offered."""
    if asked := request.GET.get("format"):
        return Format(asked)
    types = [name for name, form in _ACCEPTED.items() if form in offered]
    # The browser's own order begins with text/html, which is not offered, and ends with anything.
    preferred = request.get_preferred_type(types)
    if preferred is None:
        raise problems.not_acceptable(request.headers.get("Accept", ""), types)
    return _ACCEPTED[preferred]
