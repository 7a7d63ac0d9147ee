"""The page about the API, made from its own description: what can be read here is what is enforced."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.statistics.api import changelog, description, rates, sdmx
from portal.statistics.queries import latest_release
from portal.ui.http import public

_EXAMPLE_RELEASE = "2020Q1-1"


@dataclass(frozen=True)
class Parameter:
    name: str
    is_in_path: bool
    may_repeat: bool
    values: list[str]
    description: str


@dataclass(frozen=True)
class Endpoint:
    """One address: what it takes, and one example of asking and of the answer."""

    ident: str
    path: str
    summary: str
    description: str
    parameters: list[Parameter]
    types: list[str]
    href: str
    answer: str


@public
@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    schema = description.openapi()
    newest = latest_release()
    release = newest.name if newest else _EXAMPLE_RELEASE
    context = {
        "groups": groups(schema, release),
        "release": release,
        "root": request.build_absolute_uri(description.PREFIX),
        "rate": rates.rate(),
        "version": changelog.VERSION,
        "promises": [_(text) for text in changelog.PROMISES],
        "changes": [(change.version, change.day, [_(text) for text in change.what]) for change in changelog.CHANGES],
        "columns": ", ".join(sdmx.COLUMNS),
        "structure": sdmx.STRUCTURE[1],
    }
    return render(request, "statistics/api_reference.html", context)


def groups(schema: Mapping, release: str) -> list[tuple[str, list[Endpoint]]]:
    """The addresses under the headings of their tags, in the order in which they are described."""
    return [
        (
            tag["description"],
            [
                endpoint(path, methods["get"], release)
                for path, methods in schema["paths"].items()
                if tag["name"] in methods["get"]["tags"]
            ],
        )
        for tag in schema["tags"]
    ]


def endpoint(path: str, operation: Mapping, release: str) -> Endpoint:
    content = operation["responses"]["200"]["content"]
    answer = content["application/json"]["example"]
    return Endpoint(
        ident=operation["operationId"],
        path=path,
        summary=operation["summary"],
        description=operation.get("description", ""),
        parameters=[_parameter(row) for row in operation["parameters"]],
        types=list(content),
        href=example_href(path, operation, release),
        answer=json.dumps(answer, ensure_ascii=False, indent=2),
    )


def _parameter(row: Mapping) -> Parameter:
    schema = row["schema"]
    words = schema.get("enum") or schema.get("items", {}).get("enum") or []
    return Parameter(row["name"], row["in"] == "path", schema.get("type") == "array", words, row["description"])


def example_href(path: str, operation: Mapping, release: str = _EXAMPLE_RELEASE) -> str:
    """An address that can be pressed: the examples of the parameters, of a release that exists."""
    query: list[tuple[str, object]] = []
    for row in operation["parameters"]:
        if "example" not in row:
            continue
        if row["in"] == "path":
            path = path.replace(f"{{{row['name']}}}", str(row["example"]))
        else:
            values = row["example"] if isinstance(row["example"], list) else [row["example"]]
            query += [(row["name"], value) for value in values]
    if any(row["name"] == "lang" for row in operation["parameters"]) and not (get_language() or "zh").startswith("zh"):
        query.append(("lang", "en"))
    address = f"{path}?{urlencode(query)}" if query else path
    return address.replace(_EXAMPLE_RELEASE, release)
