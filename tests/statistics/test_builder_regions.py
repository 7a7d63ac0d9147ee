"""Regions in the table builder: by their places of now, and each year by its own list."""

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from django.db.models import QuerySet
from django.test import Client
from django.utils import translation

from portal.reference.actions import publish_edition
from portal.reference.models import RegionMember
from portal.statistics.builder.asking import parse
from portal.statistics.builder.counting import Answer, answer
from portal.statistics.builder.marks import Mark
from portal.statistics.builder.page import notes
from portal.statistics.models import Cell, Release
from tests.statistics.conftest import BUILT, ZHENGZHOU, text_of
from tests.statistics.hand_made import Row, firms, publish_rows, usual_rows

# One that a city joined in between, one that stayed as it was, and one that a year before was not yet there.
JOINED, SAME, YOUNG = "so_demo_city-all", "nbs4-west", "yrd-all"
TABLE = "/en/statistics/tables/view"
LEVELS = "show=level,before,growth"


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with translation.override("en"):
        yield


@pytest.fixture
def published(db) -> Release:
    joined = RegionMember.objects.filter(region=JOINED, division=ZHENGZHOU)
    assert joined.update(since_on=date(2019, 9, 1)) == 1
    publish_edition(list_name="regions", by=None, at=BUILT)
    return publish_rows(regional_rows())


def regional_rows() -> list[Row]:
    """Million dollars now and a year before: 12 on 8 by the places of now, and on 10 by those that it had then."""
    base, then = "quarter_base", f"{JOINED}@then"
    rows = [*usual_rows(), *firms(then, base, count=5)]
    for place, now, before in ((JOINED, 12, 8), (SAME, 5, 4), (YOUNG, 3, 2)):
        rows += [*firms(place, "quarter", base, count=8)]
        rows += [Row(place, now * 100_000_000), Row(place, before * 100_000_000, span=base)]
    rows += [Row(then, 10 * 100_000_000, span=base)]
    rows += [Row(JOINED, 7 * 100_000_000, mode="offshore"), Row(JOINED, 4 * 100_000_000, mode="offshore", span=base)]
    rows += [Row(then, 5 * 100_000_000, mode="offshore", span=base)]
    return rows + [
        Row(JOINED, 6 * 100_000_000, cut="category", member="ITO"),
        Row(JOINED, 3 * 100_000_000, cut="category", member="ITO", span=base),
        Row(JOINED, 2 * 100_000_000, cut="bridge", member="new"),
    ]


def asked(query: str) -> Answer:
    pairs = [pair.partition("=") for pair in query.split("&")]
    return answer(parse({name: [text] for name, _sign, text in pairs}))


def told(found: Answer, place: str, *more: str) -> dict[str, object]:
    """Figure → number, or the mark that stands in its place, of one place."""
    return {
        key[0].removeprefix("execution").strip("_") or "level": value.mark or value.number
        for key, value in found.values.items()
        if {place, *more} <= {*key}
    }


def test_a_region_as_then_has_the_places_that_it_had(published):
    found = asked(f"place={JOINED},{JOINED}@then,{SAME},{SAME}@then&{LEVELS}")
    assert told(found, JOINED) == {"level": 1200, "before": 800, "growth": 50}
    assert told(found, f"{JOINED}@then") == {"level": 1200, "before": 1000, "growth": 20}
    assert told(found, f"{SAME}@then") == told(found, SAME) == {"level": 500, "before": 400, "growth": 25}
    names = {member.code: member.label for member in found.dimension("place").members}
    assert names[f"{JOINED}@then"] == f"{names[JOINED]}, each year by its own list"
    assert all(member.is_known for member in found.dimension("place").members)


def test_its_modes_and_firms_are_counted_so_too(published):
    found = asked(f"place={JOINED}@then&mode=offshore&{LEVELS},share")
    assert told(found, f"{JOINED}@then") == {"level": 700, "before": 500, "growth": 40, "share": Decimal("58.33")}
    firms_of = asked(f"measure=firms&place={JOINED}@then&{LEVELS}")
    assert [value.number for value in firms_of.values.values()] == [8, 5, 60]


def test_a_region_that_was_not_there_has_no_base_as_then(published):
    found = asked(f"place={YOUNG},{YOUNG}@then&{LEVELS}")
    assert told(found, YOUNG)["before"] == 200
    assert told(found, f"{YOUNG}@then") == {"level": 300, "before": Mark.ABSENT, "growth": Mark.NO_RATE}


def test_as_then_it_is_not_divided_further(published):
    """There are cells of its wholes alone: its parts a year before are not taken for nothing."""
    found = asked(f"place={JOINED},{JOINED}@then&category=ITO,whole&{LEVELS}")
    assert told(found, JOINED, "ITO") == {"level": 600, "before": 300, "growth": 100}
    uncounted = {"before": Mark.NOT_COUNTED, "growth": Mark.NOT_COUNTED}
    assert told(found, f"{JOINED}@then", "ITO") == {"level": 600} | uncounted
    assert told(found, f"{JOINED}@then", "whole")["growth"] == 20
    bridge = asked(f"place={JOINED},{JOINED}@then&bridge=new")
    assert told(bridge, JOINED) == {"level": 200}
    # The parts of the bridge lead from the base by the list of now: of the other base they are not parts.
    assert told(bridge, f"{JOINED}@then") == {"level": Mark.NOT_COUNTED}


def test_a_withheld_base_as_then_withholds_its_growth_alone(published):
    QuerySet.update(Cell.objects.filter(place=f"{JOINED}@then", mode="total"), status="confidential")
    found = asked(f"place={JOINED},{JOINED}@then&{LEVELS}")
    hidden = {"before": Mark.CONFIDENTIAL, "growth": Mark.CONFIDENTIAL}
    assert told(found, f"{JOINED}@then") == {"level": 1200} | hidden
    assert told(found, JOINED)["growth"] == 50


def test_the_figure_names_its_list_and_the_edition(published):
    edition = published.editions["regions"]["number"]
    text = " ".join(notes(asked(f"place={JOINED}@then,CN&show=growth")))
    assert "this year's places now, and a year before the places that it had then" in text
    assert f"Counted by the list “Region schemes”, edition {edition}, as of the end of the period (2020Q1-1)." in text
    assert "each year by its own list" not in " ".join(notes(asked(f"place={JOINED}")))
    assert "Region schemes" not in " ".join(notes(asked("place=CN&market_group=eu&mode=offshore")))
    assert "Counted by the list “Market groups”" in " ".join(notes(asked("market_group=eu&mode=offshore")))


def test_the_address_keeps_it_live_and_frozen(published):
    found = asked(f"place={SAME},{JOINED}@then&show=growth")
    assert f"place={SAME},{JOINED}@then" in found.question.query
    for kept in (found.frozen, found.live, found.frozen and answer(found.frozen).live):
        assert {*kept.places} == {SAME, f"{JOINED}@then"}
        again = answer(kept)
        assert told(again, f"{JOINED}@then") == {"growth": 20}
        assert not again.question.doubts


def test_what_is_no_region_keeps_its_row_and_leaves_the_place_itself_alone(published):
    found = asked(f"place={ZHENGZHOU},{ZHENGZHOU}@then,gone-all@then&show=level")
    assert told(found, ZHENGZHOU) == {"level": 900}
    for code in (f"{ZHENGZHOU}@then", "gone-all@then"):
        assert told(found, code) == {"level": Mark.ABSENT}
    gone = [member.label for member in found.dimension("place").members if not member.is_known]
    assert gone == [f"Place {ZHENGZHOU}@then (no longer in the list)", "Place gone-all@then (no longer in the list)"]


# ── Pages, files, and programs ───────────────────────────────────────────────────────────────────


def test_it_is_offered_where_the_list_changed(published):
    html = Client().get(f"/en/statistics/tables/choose/?place={JOINED}").content.decode()
    offered = [code for code in (JOINED, SAME, YOUNG) if f'value="{code}@then"' in html]
    assert offered == [JOINED, YOUNG]
    # A whole scheme is its regions as they are now.
    members = asked("place=@nbs4").dimension("place").members
    assert not [member.code for member in members if member.code.endswith("@then")]


def test_page_and_files_and_interface_say_the_same(published):
    query = f"place={JOINED},{JOINED}@then&show=before,growth"
    page = text_of(Client().get(f"{TABLE}/?{query}", follow=True))
    assert "each year by its own list 1,000.00 ↑ up 20.00" in page
    rows = Client().get(f"{TABLE}.csv?{query}").content.decode("utf-8-sig").splitlines()
    assert [row.split(",")[-4] for row in rows if f"{JOINED}@then" in row] == ["1000.00", "20.00"]
    dataset = json.loads(Client().get(f"{TABLE}.json?{query}").content)
    assert dataset["dimension"]["place"]["category"]["index"] == [JOINED, f"{JOINED}@then"]
    assert dataset["value"] == [800.0, 1000.0, 50.0, 20.0]
    told = Client().get(f"/api/v1/table?{query}&lang=en").json()
    assert {(row["key"][0], row["number"]) for row in told["values"] if f"{JOINED}@then" in row["key"]} == {
        ("execution_before", 1000.0), ("execution_growth", 20.0),
    }  # fmt: skip
    assert f"{JOINED}@then" in told["frozen"]
