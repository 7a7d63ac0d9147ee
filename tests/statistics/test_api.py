"""The public API: what is published, to everybody who reads, and not one amount more."""

import csv
import io
import json
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from portal.lib import clock
from portal.reference.actions import publish_edition
from portal.reference.models import Market
from portal.statistics.api.sdmx import COLUMNS
from portal.statistics.models import Concentration, Publication, Release
from tests.statistics.conftest import GUIYANG, ZHENGZHOU
from tests.statistics.hand_made import ALONE, ALONE_CNY, VALUES, made_release

ROOT = "/api/v1"
CELLS = f"{ROOT}/releases/2020Q1-1/cells"


@pytest.fixture
def published(world) -> Release:
    return made_release()


def get(address: str, **headers: str):
    return Client().get(address, headers={"accept-language": "en"} | headers)


def text_of(response) -> str:
    return b"".join(response.streaming_content if response.streaming else [response.content]).decode()


def answer(address: str, **headers: str) -> dict:
    response = get(address, **headers)
    text = text_of(response)
    assert response.status_code == 200, text
    return json.loads(text)


def key(cell: dict) -> tuple[str, ...]:
    return tuple(cell[name] for name in ("place", "span", "measure", "mode", "cut", "member"))


def cell_of(cells: list[dict], *wanted: str) -> dict:
    return next(cell for cell in cells if key(cell) == wanted)


# ── What is published, and what is not ───────────────────────────────────────────────────────────


def test_it_lists_releases_newest_first_and_says_what_supersedes_what(published):
    made_release(2)
    rows = answer(f"{ROOT}/releases")["releases"]
    assert [row["name"] for row in rows] == ["2020Q1-2", "2020Q1-1"]
    assert [(row["supersedes"], row["superseded_by"]) for row in rows] == [("2020Q1-1", None), (None, "2020Q1-2")]
    assert rows[1]["digest"] == published.digest
    assert answer(rows[1]["links"]["self"].removeprefix("http://testserver")) == rows[1]


def test_an_embargoed_release_and_a_mere_build_do_not_exist(published):
    built = made_release(2, published_at=clock.now() + timedelta(minutes=5))
    for _state in ("embargoed", "built"):
        assert [row["name"] for row in answer(f"{ROOT}/releases")["releases"]] == ["2020Q1-1"]
        for address in ("", "/places", "/tables", "/cells", "/concentration"):
            assert get(f"{ROOT}/releases/{built.name}{address}").status_code == 404
        assert get(f"{ROOT}/table?release={built.name}").status_code == 404
        Publication.objects.filter(release=built).take_back(clock.now())


def test_every_cell_is_listed_and_what_is_withheld_has_no_amount_in_any_format(published):
    cells = answer(f"{CELLS}?limit=all")["cells"]
    assert len(cells) == len({key(cell) for cell in cells}) == len(VALUES)
    hidden = cell_of(cells, ZHENGZHOU, "quarter", "execution", "offshore", "market", "KHM")
    assert (hidden["status"], hidden["usd_cents"], hidden["cny_cents"]) == ("C", None, None)
    shown = cell_of(cells, GUIYANG, "quarter", "contract", "total", "whole", "")
    assert (shown["status"], shown["usd_cents"], shown["cny_cents"], shown["count"]) == ("F", 8_000_00, 56_000_00, 8)
    for form in ("json&limit=all", "csv", "sdmx-csv", "json-stat"):
        text = text_of(get(f"{CELLS}?format={form}"))
        assert "KHM" in text
        for cents in (ALONE, ALONE_CNY):
            assert str(cents) not in text, form
            assert f"{cents / 100:.2f}" not in text, form


def test_concentration_is_told_only_where_it_may_be(published):
    shown = {"is_cr4_public": True, "is_hhi_public": False, "cr4_usd_cents": 75_00, "usd_cents": 100_00}
    row = {"release": published, "place": GUIYANG, "span": "quarter", "measure": "execution", "firm_count": 9}
    Concentration.objects.create(**row, mode="offshore", hhi="0.123456", **shown)
    Concentration.objects.create(**row, mode="onshore", hhi="0.200000", **shown | {"is_cr4_public": False})
    told = answer(f"{ROOT}/releases/2020Q1-1/concentration")["rows"]
    found = {one["mode"]: (one["cr4"], one["cr4_status"], one["hhi"], one["hhi_status"]) for one in told}
    assert found == {"offshore": (0.75, "F", None, "C"), "onshore": (None, "C", None, "C")}


def test_a_cell_withheld_for_another_s_sake_is_marked_d(published):
    where = f"{CELLS}?place={GUIYANG}&span=quarter&measure=execution&mode=onshore&cut=whole"
    (cell,) = answer(f"{where}&status=D")["cells"]
    assert (cell["status"], cell["usd_cents"]) == ("D", None)
    rows = list(csv.DictReader(io.StringIO(text_of(get(f"{where}&format=sdmx-csv")))))
    assert {(row["OBS_STATUS"], row["CONF_STATUS"], row["OBS_VALUE"]) for row in rows} == {("Q", "D", "")}
    dataset = answer(f"{where}&format=json-stat")
    assert (dataset["value"], set(dataset["status"].values())) == ({}, {"d"})


def test_it_answers_a_question_of_the_table_builder_as_the_cells_do(published):
    table = answer(f"{ROOT}/table?release=2020Q1-1&place={GUIYANG},{ZHENGZHOU}&measure=execution")
    found = {tuple(row["key"][3:4]): (row["number"], row["mark"]) for row in table["values"]}
    assert found == {(GUIYANG,): (0.4, ""), (ZHENGZHOU,): (None, "c")}
    assert answer(table["frozen"])["values"] == table["values"]


# ── Formats ──────────────────────────────────────────────────────────────────────────────────────


def test_pages_follow_one_another_without_gap_or_repetition(published):
    address, found, pages = f"{CELLS}?limit=4", [], 0
    while address:
        page = answer(address)
        found, pages, address = found + page["cells"], pages + 1, page["next"]
        assert {cell["place"] for cell in page["cells"]} == set(page["places"])
        address = address and address.removeprefix("http://testserver")
    assert pages == 4
    assert found == answer(f"{CELLS}?limit=all")["cells"]
    assert found == sorted(found, key=lambda cell: (*key(cell)[:4], cell["cut"].replace("whole", ""), cell["member"]))


def test_sdmx_csv_has_one_row_for_each_observation(published):
    response = get(CELLS, accept="application/vnd.sdmx.data+csv")
    assert response["Content-Type"] == "application/vnd.sdmx.data+csv; version=2.0.0"
    rows = list(csv.DictReader(io.StringIO(text_of(response))))
    assert tuple(rows[0]) == COLUMNS
    keys = [tuple(row.values())[3:13] for row in rows]
    assert len(keys) == len(set(keys))
    chosen = [
        (row["UNIT_MEASURE"], row["OBS_VALUE"], row["OBS_STATUS"], row["CONF_STATUS"])
        for row in rows
        if (row["REF_AREA"], row["MEASURE"], row["MODE"]) == (GUIYANG, "contract", "total")
        and (row["CUT"], row["MEMBER"], row["ACCUMULATION"], row["TIME_PERIOD"]) == ("_T", "_T", "Q", "2020-Q1")
    ]
    assert chosen == [("USD", "8000.00", "A", "F"), ("CNY", "56000.00", "A", "F"), ("PN", "8", "A", "F")]
    assert [row["OBS_VALUE"] for row in rows if row["TIME_PERIOD"] == "2019-Q1" and row["CUT"] == "_T"] == [
        "3200.00", "22400.00", "3",
    ]  # fmt: skip
    assert [row["OBS_VALUE"] for row in rows if row["MEMBER"] == "gone"] == ["-1500.00", "-10500.00", "3"]


def test_the_structure_has_every_column_and_every_code_of_the_sdmx_csv(published):
    """Amounts are in the measure, quarters in the time dimension; all else is a code of a list."""
    rows = list(csv.DictReader(io.StringIO(text_of(get(f"{CELLS}?format=sdmx-csv")))))
    response = get(f"{ROOT}/releases/2020Q1-1/structure", accept="application/vnd.sdmx.structure+json")
    assert response["Content-Type"] == "application/vnd.sdmx.structure+json; version=2.0.0"
    data = json.loads(text_of(response))["data"]
    (flow,), (structure,) = data["dataflows"], data["dataStructures"]
    assert rows[0]["STRUCTURE_ID"] == f"{flow['agencyID']}:{flow['id']}({flow['version']})"
    assert flow["structure"].endswith(f"={structure['agencyID']}:{structure['id']}({structure['version']})")
    parts = structure["dataStructureComponents"]
    coded = [*parts["dimensionList"]["dimensions"], *parts["attributeList"]["attributes"]]
    free = [parts["dimensionList"]["timeDimension"], *parts["measureList"]["measures"]]
    assert {part["id"] for part in coded + free} == set(COLUMNS[3:])
    concepts = {concept["id"] for concept in data["conceptSchemes"][0]["concepts"]}
    assert {part["conceptIdentity"].rpartition(".")[2] for part in coded + free} == concepts
    lists = {row["id"]: {code["id"]: code["name"] for code in row["codes"]} for row in data["codelists"]}
    for part in coded:
        codes = lists[part["localRepresentation"]["enumeration"].rpartition(":")[2].partition("(")[0]]
        assert {row[part["id"]] for row in rows} <= set(codes), part["id"]
    assert lists["CL_MEMBER"]["eu@then"].endswith(", with the members of a year before")
    assert lists["CL_MEMBER"]["gone"] == "Firms gone"
    assert len(lists["CL_REF_AREA"]) == 2


def test_provisional_figures_say_so(world):
    made_release(standing="provisional")
    rows = list(csv.DictReader(io.StringIO(text_of(get(f"{CELLS}?place=520100&format=sdmx-csv")))))
    assert {row["OBS_STATUS"] for row in rows} == {"P", "Q"}


def test_json_stat_puts_each_value_in_its_place(published):
    dataset = answer(f"{CELLS}?place={GUIYANG}&format=json-stat")
    codes = [dataset["dimension"][name]["category"]["index"] for name in dataset["id"]]
    assert dataset["size"] == [len(row) for row in codes]
    position = {combination: number for number, combination in enumerate(product(*codes))}
    wanted = (GUIYANG, "quarter", "execution", "offshore", "market:VNM", "usd")
    assert dataset["value"][str(position[wanted])] == 2300.00
    units = {(*key(cell)[:4], f"{cell['cut']}:{cell['member']}".rstrip(":")) for cell in public_cells()}
    values = {combination[:5] for combination, number in position.items() if str(number) in dataset["value"]}
    assert values == units


def public_cells() -> list[dict]:
    return answer(f"{CELLS}?place={GUIYANG}&status=F&limit=all")["cells"]


def test_the_accept_header_chooses_a_format_and_the_address_overrules_it(published):
    assert get(f"{CELLS}?place=CN", accept="text/csv")["Content-Type"].startswith("text/csv")
    assert get(f"{CELLS}?place=CN&format=json", accept="text/csv")["Content-Type"] == "application/json"
    assert get(CELLS, accept="text/html,*/*;q=0.8")["Content-Type"] == "application/json"
    refused = get(f"{ROOT}/releases", accept="image/png")
    assert (refused.status_code, refused.json()["allowed"]) == (406, ["application/json"])


def test_names_come_in_the_language_that_was_asked_for(published):
    rows = f"{CELLS}?place={GUIYANG}&limit=1"
    assert answer(rows, **{"accept-language": "zh-CN,en;q=0.5"})["places"] == {GUIYANG: "贵阳市"}
    client = Client()
    client.cookies["language"] = "zh-hans"
    response = client.get(f"{rows}&lang=en")
    assert json.loads(text_of(response))["places"] == {GUIYANG: "Guiyang"}
    assert response["Content-Language"] == "en"


# ── What was wrong ───────────────────────────────────────────────────────────────────────────────


PROBLEMS = [
    # address, status, parameter, found, one of those allowed
    (f"{CELLS}?plase=CN", 400, "plase", "plase", "place"),
    (f"{CELLS}?span=quarter,month", 400, "span", "month", "to_date"),
    (f"{CELLS}?place=CN&place=999999", 400, "place", "999999", None),
    (f"{CELLS}?limit=0", 400, "limit", "0", None),
    (f"{CELLS}?cursor=nonsense", 400, "cursor", "nonsense", None),
    (f"{CELLS}?format=csv&limit=5", 400, "limit", "5", None),
    (f"{CELLS}?format=xml", 400, "format", "xml", "sdmx-csv"),
    (f"{ROOT}/releases/2099Q1-1", 404, "name", "2099Q1-1", None),
    (f"{ROOT}/lists/planets", 404, "name", "planets", "markets"),
    (f"{ROOT}/lists/markets/editions/99", 404, "edition", "99", None),
    (f"{ROOT}/lists/markets?on=2020-02-31", 400, "on", "2020-02-31", None),
    (f"{ROOT}/lists/rates?on=2020-02-01", 400, "on", "2020-02-01", None),
    (f"{ROOT}/table?measure=happiness", 400, "measure", "happiness", None),
    (f"{ROOT}/nothing", 404, None, None, None),
]


def test_a_problem_names_the_parameter_what_was_found_and_what_is_allowed(published):
    for address, status, parameter, found, allowed in PROBLEMS:
        response = get(address)
        problem = response.json()
        assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json"), address
        assert (problem["status"], problem.get("parameter"), problem.get("found")) == (status, parameter, found)
        assert allowed is None or allowed in problem["allowed"], address
        assert problem["title"], address
        assert problem["detail"], address


def test_it_only_reads(published):
    for method in ("post", "put", "patch", "delete"):
        response = getattr(Client(enforce_csrf_checks=True), method)(CELLS)
        assert (response.status_code, response["Allow"]) == (405, "GET, HEAD, OPTIONS"), method
    options = Client().options(CELLS)
    assert (options.status_code, options["Access-Control-Allow-Methods"]) == (204, "GET, HEAD, OPTIONS")
    head, whole = Client().head(CELLS), Client().get(CELLS)
    assert (head.status_code, text_of(head)) == (200, "")
    assert all(head[name] == whole[name] for name in ("ETag", "Last-Modified", "Content-Type", "Cache-Control"))


# ── Caches and limits ────────────────────────────────────────────────────────────────────────────


def test_what_has_not_changed_is_neither_read_nor_sent_again(published):
    first = get(CELLS)
    with CaptureQueriesContext(connection) as queries:
        again = get(CELLS, **{"if-none-match": first["ETag"]})
    assert (again.status_code, text_of(again)) == (304, "")
    assert not any("statistics_cell" in query["sql"] for query in queries)
    assert get(CELLS, **{"if-modified-since": first["Last-Modified"]}).status_code == 304
    others = [get(f"{CELLS}?place=CN"), get(f"{CELLS}?format=csv"), get(f"{CELLS}?lang=zh")]
    assert len({first["ETag"], *(response["ETag"] for response in others)}) == 4


def test_a_new_name_in_a_list_makes_a_new_answer(world, published):
    first = get(CELLS)
    Market.objects.filter(pk="VNM").update(name_en="Viet Nam")
    publish_edition(list_name="markets", by=None, at=clock.now())
    assert get(CELLS, **{"if-none-match": first["ETag"]}).status_code == 200


def test_any_site_and_any_cache_may_read_it_and_nobody_gets_a_cookie(published):
    for address in (f"{ROOT}/releases", CELLS, f"{CELLS}?wrong=1", f"{ROOT}/lists", "/api/"):
        response = get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        if address != "/api/":
            assert response["Access-Control-Allow-Origin"] == "*", address
    assert get(CELLS)["Cache-Control"] == "public, max-age=3600"
    assert get(f"{CELLS}?wrong=1")["Cache-Control"] == "no-store"


@override_settings(API_RATE="2/m")
def test_an_address_that_asks_too_often_is_told_when_to_come_back(published):
    statuses = [get(f"{ROOT}/releases").status_code for _time in range(3)]
    refused = get(f"{ROOT}/releases")
    assert statuses == [200, 200, 429]
    assert 0 < int(refused["Retry-After"]) <= 60
    assert refused["RateLimit-Policy"] == "2;w=60"
    assert Client(REMOTE_ADDR="192.0.2.7").get(f"{ROOT}/releases").status_code == 200


def test_a_page_of_cells_costs_the_same_at_any_size(published, assert_constant_queries):
    asked = f"{CELLS}?place={GUIYANG}&cut=market"
    sizes = iter(["1", "1", "3"])

    def render() -> None:
        size = next(sizes)
        assert len(answer(f"{asked}&limit={size}")["cells"]) == int(size)

    assert_constant_queries(lambda: None, render)


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def test_a_list_is_told_as_it_stands_and_as_it_stood(world):
    before = answer(f"{ROOT}/lists/markets")
    Market.objects.filter(pk="VNM").update(name_en="Viet Nam")
    publish_edition(list_name="markets", by=None, at=clock.now())
    now = answer(f"{ROOT}/lists/markets")
    assert now["edition"] == before["edition"] + 1
    assert [row["number"] for row in answer(f"{ROOT}/lists/markets/editions")["editions"]] == [2, 1]
    assert answer(f"{ROOT}/lists/markets/editions/1")["rows"] == before["rows"]
    names = {row["alpha3"]: row["name_en"] for row in now["rows"]}
    assert names["VNM"] == "Viet Nam"


def test_a_list_can_be_asked_for_a_day(db):
    members = {
        day: {row["market"] for row in answer(f"{ROOT}/lists/market_groups?on={day}")["rows"] if row["group"] == "eu"}
        for day in ("2020-01-31", "2020-02-01")
    }
    assert members["2020-01-31"] - members["2020-02-01"] == {"GBR"}
    text = text_of(get(f"{ROOT}/lists/market_groups?format=csv&on=2020-02-01"))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert {row["market"] for row in rows if row["group"] == "eu"} == members["2020-02-01"]
