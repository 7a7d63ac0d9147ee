"""The OpenAPI description, in either language. It is what is enforced: a parameter that is not in it is refused."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.statistics.api.service import api

PREFIX = "/api/v1/"
# Texts of the description that are put into the reader's language.
_TOLD = ("description", "summary")
TAGS = {
    "figures": gettext_noop("Figures"),
    "lists": gettext_noop("Code lists"),
    "service": gettext_noop("About the API"),
}


@cache
def _operations() -> dict[str, dict[str, Any]]:
    """path → operation, as the library describes them, tidied up."""
    schema = _whole()
    return {path: methods["get"] for path, methods in schema["paths"].items()}


@cache
def _whole() -> dict[str, Any]:
    schema = deepcopy(dict(api.get_openapi_schema(path_prefix=PREFIX)))
    schema["paths"] = {path: {"get": methods["get"]} for path, methods in schema["paths"].items()}
    for methods in schema["paths"].values():
        _tidy(methods["get"])
    schema["components"]["schemas"] = {
        name: _without_titles(shape) for name, shape in schema["components"]["schemas"].items()
    }
    schema["tags"] = [{"name": name, "description": told} for name, told in TAGS.items()]
    schema["servers"] = [{"url": "/"}]
    return schema


def _tidy(operation: dict[str, Any]) -> None:
    operation["parameters"] = [_parameter(row) for row in operation["parameters"]]
    answers = operation["responses"]
    answers[200]["content"]["application/json"]["schema"] = _without_titles(
        answers[200]["content"]["application/json"]["schema"]
    )
    problem = answers.pop(400)
    problem["content"] = {"application/problem+json": problem["content"]["application/json"]}
    unchanged = {"description": gettext_noop("Not changed since the answer whose tag or date was sent.")}
    operation["responses"] = {"200": answers[200], "304": unchanged, "default": problem}
    answers[200]["description"] = gettext_noop("The answer.")


def _parameter(row: dict[str, Any]) -> dict[str, Any]:
    """Without what says nothing of an address: null, empty defaults, titles, words twice."""
    schema = {key: value for key, value in row["schema"].items() if key not in ("title", "description", "example")}
    if "anyOf" in schema:
        one = next(shape for shape in schema.pop("anyOf") if shape.get("type") != "null")
        schema = one | schema
    if not schema.get("default"):
        schema.pop("default", None)
    return {**row, "schema": schema}


def _without_titles(shape: Any) -> Any:
    if isinstance(shape, list):
        return [_without_titles(part) for part in shape]
    if not isinstance(shape, dict):
        return shape
    # A property may be called title: only a text is the title of a shape.
    return {
        key: _without_titles(value) for key, value in shape.items() if not (key == "title" and isinstance(value, str))
    }


def parameters_of(name: str) -> list[str] | None:
    """The parameters that an address takes in its query, by the address's name; None for one that is not described."""
    return _queried().get(name)


@cache
def _queried() -> dict[str, list[str]]:
    return {
        operation["operationId"]: [row["name"] for row in operation["parameters"] if row["in"] == "query"]
        for operation in _operations().values()
    }


def openapi() -> dict[str, Any]:
    """The whole description in the active language."""
    return _told(_whole())


def _told(part: Any) -> Any:
    if isinstance(part, list):
        return [_told(item) for item in part]
    if not isinstance(part, Mapping):
        return part
    told = {key: _told(value) for key, value in part.items() if key != "example"}
    for key in _TOLD:
        if isinstance(told.get(key), str):
            told[key] = _(told[key]) if told[key] else ""
    if "title" in told and "version" in told:
        told["title"] = _(told["title"])
    return told | ({"example": part["example"]} if "example" in part else {})
