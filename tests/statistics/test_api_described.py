"""The API is what its description says: every address is asked by its examples and held against its schema."""

import json
import re
from pathlib import Path

import pytest
from django.test import Client
from django.urls import resolve
from django.utils.html import escape

from portal.statistics.api import description, page
from tests.statistics.hand_made import made_release

ROOT = Path(__file__).resolve().parents[2]
OPENAPI = "/api/v1/openapi.json"
TYPES = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


@pytest.fixture
def schema(world):
    made_release()
    return Client().get(f"{OPENAPI}?lang=en").json()


def content_of(address: str, **headers: str) -> tuple[object, bytes]:
    response = Client().get(address, headers=headers)
    return response, b"".join(response.streaming_content if response.streaming else [response.content])


def wrongs(value: object, shape: dict, schemas: dict, where: str = "$") -> list[str]:
    """What of a value does not fit a shape; a key that the shape does not name is wrong too."""
    if "$ref" in shape:
        shape = schemas[shape["$ref"].rpartition("/")[2]]
    if "anyOf" in shape:
        found = [wrongs(value, one, schemas, where) for one in shape["anyOf"]]
        return [] if [] in found else found[0]
    if "enum" in shape and value not in shape["enum"]:
        return [f"{where}: {value!r} is none of {shape['enum']}"]
    if "type" in shape and (
        not isinstance(value, TYPES[shape["type"]]) or (isinstance(value, bool) and shape["type"] != "boolean")
    ):
        return [f"{where}: {value!r} is no {shape['type']}"]
    if isinstance(value, dict):
        return _wrong_keys(value, shape, schemas, where)
    if isinstance(value, list) and "items" in shape:
        return [one for item in value for one in wrongs(item, shape["items"], schemas, f"{where}[]")]
    return []


def _wrong_keys(value: dict, shape: dict, schemas: dict, where: str) -> list[str]:
    named, others = shape.get("properties", {}), shape.get("additionalProperties")
    found = [f"{where}: {name} is missing" for name in shape.get("required", []) if name not in value]
    for name, one in value.items():
        if name in named:
            found += wrongs(one, named[name], schemas, f"{where}.{name}")
        elif isinstance(others, dict):
            found += wrongs(one, others, schemas, f"{where}.{name}")
        elif others is not True:
            found.append(f"{where}: {name} is not described")
    return found


def test_every_address_answers_its_example_as_it_is_described(schema):
    schemas = schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        content = methods["get"]["responses"]["200"]["content"]
        shape = content["application/json"]["schema"]
        response, body = content_of(page.example_href(path, methods["get"]))
        assert response.status_code == 200, path
        if path != OPENAPI:
            assert wrongs(json.loads(body), shape, schemas) == [], path
            assert wrongs(content["application/json"]["example"], shape, schemas) == [], path
        for media_type in content:
            response, body = content_of(page.example_href(path, methods["get"]), accept=media_type)
            assert response["Content-Type"].startswith(media_type), path
            assert body, path


def test_every_parameter_that_has_a_list_of_words_refuses_another_word(schema):
    schemas = schema["components"]["schemas"]
    asked = 0
    for path, methods in schema["paths"].items():
        for row in methods["get"]["parameters"]:
            words = row["schema"].get("enum") or row["schema"].get("items", {}).get("enum")
            if not words:
                continue
            address = page.example_href(path, methods["get"]).partition("?")[0]
            response, body = content_of(f"{address}?{row['name']}=no-such-word")
            problem = json.loads(body)
            assert (response.status_code, problem["parameter"]) == (400, row["name"]), path
            assert set(problem["allowed"]) == set(words), path
            assert wrongs(problem, schemas["ProblemAnswer"], schemas) == []
            asked += 1
    assert asked > 20


def test_the_description_is_openapi_3_and_its_parts_are_there(schema):
    assert schema["openapi"].startswith("3.")
    text = json.dumps(schema)
    for name in re.findall(r'"#/components/schemas/(\w+)"', text):
        assert name in schema["components"]["schemas"]
    for path, methods in schema["paths"].items():
        named = {row["name"] for row in methods["get"]["parameters"] if row["in"] == "path"}
        assert named == set(re.findall(r"{(\w+)}", path))


@pytest.mark.parametrize("language", ["", "/en"])
def test_the_page_tells_every_address_and_parameter_and_leads_to_answers(schema, language):
    response, body = content_of(f"{language}/api/")
    text = body.decode()
    for path, methods in schema["paths"].items():
        assert f"<code>{path}</code>" in text
        for row in methods["get"]["parameters"]:
            assert f"<code>{row['name']}</code>" in text
    links = re.findall(r'class="tap" href="(/api/v1/[^"]*)"', text)
    assert len(links) == len(schema["paths"])
    for link in links:
        assert escape(link) == link or "&amp;" in link
        assert content_of(link.replace("&amp;", "&"))[0].status_code == 200, link


def test_the_page_explains_every_problem():
    kinds = set(re.findall(r'"([a-z-]+)", _\(', (ROOT / "portal/statistics/api/problems.py").read_text("utf-8")))
    text = (ROOT / "templates/statistics/api_reference.html").read_text("utf-8")
    kinds |= {"wrong-method"}
    assert {"not-found", "bad-parameter", "unknown-parameter", "not-acceptable", "too-many-requests"} <= kinds
    assert [kind for kind in kinds if f'id="{kind}"' not in text] == []


def test_the_document_tells_every_address():
    told = (ROOT / "docs/api.md").read_text("utf-8")
    resolve("/api/v1/")  # The description is known once the addresses are.
    paths = [path.removeprefix("/api/v1") for path in description.openapi()["paths"]]
    assert len(paths) > 10
    assert [path for path in paths if f"`{path}" not in told] == []
