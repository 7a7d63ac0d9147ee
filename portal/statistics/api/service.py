"""The API itself: what an address is, and how what goes wrong is told."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Schema
from ninja.errors import ValidationError

from portal.lib.words import gettext_noop
from portal.statistics.api import problems
from portal.statistics.api.changelog import VERSION
from portal.statistics.api.formats import CONTENT_TYPES, Format
from portal.statistics.api.schemas import ProblemAnswer

NAMESPACE = "api"
# Its description and page are our own: what comes with the library asks another site for its scripts.
api = NinjaAPI(
    title=gettext_noop("Published figures of members' service outsourcing"),
    version=VERSION,
    description=gettext_noop(
        "Releases, their cells and the code lists behind them. Everything may be read by everybody, without a key. "
        "What is withheld is listed with its mark and without its amount."
    ),
    urls_namespace=NAMESPACE,
    docs_url=None,
    openapi_url=None,
)

_TEXT = {"schema": {"type": "string"}}


def offered(
    path: str,
    *,
    name: str,
    answer: type[Schema],
    example: Mapping[str, Any],
    summary: str,
    description: str = "",
    formats: tuple[Format, ...] = (Format.JSON,),
    tag: str,
) -> Callable[[Callable], Callable]:
    """An address that answers GET, described by what it takes and gives. The example is of its JSON."""
    other_types = {
        CONTENT_TYPES[form].partition(";")[0]: _TEXT for form in formats if form not in (Format.JSON, Format.JSON_STAT)
    }
    found = {"content": {"application/json": {"example": example}, **other_types}}
    problem = {"description": gettext_noop("What was wrong, as problem details.")}
    return api.api_operation(
        ["GET", "HEAD"],
        path,
        url_name=name,
        operation_id=name,
        response={200: answer, 400: ProblemAnswer},
        summary=summary,
        description=description,
        tags=[tag],
        openapi_extra={"responses": {200: found, 400: problem}},
    )


@api.exception_handler(problems.Problem)
def _tell(request: HttpRequest, problem: problems.Problem) -> HttpResponse:
    return problems.response(problem)


@api.exception_handler(ValidationError)
def _misread(request: HttpRequest, error: ValidationError) -> HttpResponse:
    given = {name: _parts(texts) for name, texts in request.GET.lists()} | _in_path(request)
    return problems.response(problems.from_validation(error, given))


def _parts(texts: list[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",")]


def _in_path(request: HttpRequest) -> dict[str, list[str]]:
    return {name: [str(value)] for name, value in request.resolver_match.kwargs.items()}
