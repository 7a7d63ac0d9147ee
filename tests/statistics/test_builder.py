"""The question in an address, and its answer."""

from decimal import Decimal

import pytest
from django.db.models import QuerySet

from portal.lib import clock
from portal.statistics.builder.asking import parse
from portal.statistics.builder.counting import Answer, TooMany, answer, size
from portal.statistics.builder.grid import grid
from portal.statistics.builder.marks import Mark
from portal.statistics.models import Cell
from tests.statistics.conftest import GUIYANG, ZHENGZHOU
from tests.statistics.hand_made import Row, publish_rows, usual_rows


@pytest.fixture
def published(db):
    return publish_rows(usual_rows())


def asked(query: str) -> Answer:
    return answer(parse(params(query)))


def params(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for pair in filter(None, query.split("&")):
        name, _sign, text = pair.partition("=")
        found.setdefault(name, []).append(text)
    return found


def only(found: Answer, *codes: str):
    """The value whose key has all these codes."""
    (value,) = [value for key, value in found.values.items() if {*codes} <= {*key}]
    return value


# ── The address ──────────────────────────────────────────────────────────────────────────────────


def test_an_address_without_a_question_asks_for_the_newest_execution():
    assert parse({}).query == (
        "period=newest&measure=execution&show=level&currency=usd&span=quarter&place=CN&mode=total"
        "&rows=figure&cols=period,span,mode,place"
    )


@pytest.mark.parametrize(
    "query",
    [
        "market=ZMB,VNM&place=@provinces&show=share,level&measure=firms,contract",
        "by=category&period=2020Q1,2019Q1&period=last4&mode=onshore,total",
        "release=2020Q1-1&release=2019Q1-1&currency=cny&rows=place&sort=-2020Q1.execution",
        "size=whole,@every&span=to_date,quarter&rows=size,place&cols=figure",
    ],
)
def test_the_same_question_has_one_address_however_it_was_put(query):
    question = parse(params(query))
    assert not question.doubts
    assert parse(params(question.query)) == question
    turned = "&".join(reversed(query.split("&")))
    assert parse(params(turned)).query == question.query
    assert question.transposed.transposed.query == question.sorted_by("").query


def test_a_form_that_names_another_cut_is_no_question_for_two():
    assert parse(params("by=size&market=VNM")).query == parse(params("size=@every")).query
    assert parse(params("by=whole&market=VNM")).cut == ""
    assert parse(params("by=market&market=VNM")).members == ("VNM",)


@pytest.mark.parametrize(
    ("query", "doubted"),
    [
        ("measure=profit", [("measure", "profit")]),
        ("show=rank&show=level", [("show", "rank")]),
        ("currency=eur", [("currency", "eur")]),
        ("span=quarter_base", [("span", "quarter_base")]),
        ("period=2020Q5,2020Q1", [("period", "2020Q5")]),
        ("release=newest", [("release", "newest")]),
        ("place='; DROP TABLE", [("place", "'; DROP TABLE")]),
        ("mode=abroad", [("mode", "abroad")]),
        ("by=firm", [("by", "firm")]),
        ("rows=market", [("rows", "market")]),
        ("market=VNM&size=large", [("size", "large")]),
        ("sort=<script>", [("sort", "<script>")]),
        ("firm=91520100MA", [("firm", "")]),
        ("place=" + "9" * 500, [("place", "9" * 40)]),
    ],
)
def test_what_is_not_understood_is_told_and_the_rest_is_asked(query, doubted):
    question = parse(params(query))
    assert [(doubt.name, doubt.text) for doubt in question.doubts] == doubted
    assert parse(params(question.query)).query == question.query


# ── The answer ───────────────────────────────────────────────────────────────────────────────────


def test_levels_growth_and_shares_are_those_of_the_release(published):
    found = asked(f"show=level,before,growth,share&place=CN,{GUIYANG}")
    told = {key[0]: value for key, value in found.values.items() if GUIYANG in key}
    assert [value.number for value in told.values()] == [2100, 100, 2000, 35]
    assert [value.is_low_base for value in told.values()] == [False, False, True, False]
    assert only(asked("mode=offshore&show=share"), "CN").number == 80
    parts = asked("market=VNM,whole&show=share")
    assert [only(parts, code).number for code in ("VNM", "whole")] == [50, 100]
    assert only(asked("measure=contracts&mode=offshore"), "CN").number == 9
    assert only(asked("currency=cny&show=growth"), "CN").number == 50
    assert only(asked("currency=cny"), "CN").number == 42000


def test_a_withheld_level_withholds_its_growth_and_its_share(published):
    found = asked("market=VNM,ZMB,LAO,whole&show=level,growth,share")
    assert {value.mark for key, value in found.values.items() if "ZMB" in key} == {Mark.CONFIDENTIAL}
    assert {value.mark for key, value in found.values.items() if "LAO" in key} == {Mark.SECONDARY}
    assert all(value.number is None for key, value in found.values.items() if {"ZMB", "LAO"} & {*key})
    assert only(asked("market=ZMB&show=before"), "ZMB").number == Decimal("86.41")


def test_a_withheld_whole_withholds_the_share_of_a_public_part(published):
    QuerySet.update(Cell.objects.filter(place="CN", mode="offshore", cut="", measure="execution"), status="secondary")
    assert only(asked("market=VNM&show=share"), "VNM").mark == Mark.SECONDARY
    assert only(asked("market=VNM&show=growth"), "VNM").number == 20


def test_nothing_counted_is_zero_and_no_data_is_absent(published):
    found = asked(f"market=JPN&place={GUIYANG},110000")
    assert (only(found, GUIYANG).number, only(found, "110000").mark) == (0, Mark.ABSENT)
    assert only(asked("by=size&mode=offshore&size=large"), "large").mark == Mark.NOT_COUNTED
    assert only(asked("measure=firms&mode=onshore"), "CN").mark == Mark.NOT_COUNTED
    no_base = only(asked(f"show=growth&place={ZHENGZHOU}"), ZHENGZHOU)
    assert (no_base.mark, no_base.base) == (Mark.NO_RATE, "absent")


def test_a_cut_that_a_release_never_counted_is_absent_rather_than_zero(published):
    assert {value.mark for value in asked("digital=yes,no").values.values()} == {Mark.ABSENT}


def test_a_code_that_is_gone_keeps_its_row(published):
    found = asked("market=VNM,XYZ&place=CN,999999&period=2020Q1,2031Q1")
    assert {value.mark for key, value in found.values.items() if "XYZ" in key} == {Mark.ABSENT}
    assert only(found, "CN", "2020Q1", "VNM").number == 2400
    named = {member.code: member for dimension in found.dimensions for member in dimension.members}
    assert [named[code].is_known for code in ("VNM", "XYZ", "999999", "2031Q1")] == [True, False, False, False]
    assert "XYZ" in named["XYZ"].label
    QuerySet.update(Cell.objects.filter(member="USA"), member="OLD")
    assert only(asked("market=OLD"), "OLD").number == 600


def test_a_frozen_question_keeps_its_answer_when_a_newer_release_appears(published):
    live = asked(f"by=market&place=CN,{ZHENGZHOU}&mode=offshore&show=level,growth")
    frozen = live.frozen
    assert frozen.releases == ("2020Q1-1",)
    assert "@" not in frozen.query
    publish_rows([*usual_rows(), Row("CN", 77_00, mode="offshore", cut="market", member="JPN")], number=2)
    assert only(answer(live.question), "CN", "JPN", "execution").number == Decimal("0.01")
    assert dict(answer(frozen).values) == dict(live.values)
    assert answer(frozen).live.periods == ("2020Q1",)


def test_two_releases_of_one_period_stand_side_by_side(published):
    publish_rows(usual_rows(more=1_000_000_00), number=2)
    assert [value.number for value in asked("release=2020Q1-1,2020Q1-2").values.values()] == [6000, 6100]


def test_a_release_under_embargo_is_not_asked(published):
    publish_rows(usual_rows(more=1_000_000_00), number=2, at=clock.now())
    assert only(asked(""), "CN").number == 6000
    assert only(asked("release=2020Q1-2"), "CN").mark == Mark.ABSENT


def test_the_number_of_cells_is_told_before_they_are_counted(published):
    question = parse(params("by=category&category=@kinds,@groups&place=CN,@cities&show=level,growth"))
    assert size(question) == len(answer(question).values) == 3 * 3 * 2
    with pytest.raises(TooMany) as refused:
        answer(question, limit=17)
    assert (refused.value.cells, refused.value.limit) == (18, 17)


def test_the_cost_does_not_grow_with_the_cells(published, assert_constant_queries):
    publish_rows(usual_rows(), "2019Q1")
    queries = iter(["market=VNM", "market=@every,whole&place=@cities,CN,@nbs4&period=all&show=level,growth,share"])
    current = {}
    assert_constant_queries(lambda: current.update(query=next(queries)), lambda: grid(asked(current["query"])))


# ── What explains growth ─────────────────────────────────────────────────────────────────────────


def explained_rows() -> list[Row]:
    """The nation grew from 400 to 600 million; 390 and 546 of it are the same firms', and the EU was another list."""
    parts = {"revision": 0, "back_filed": 40, "new": 30, "gone": -10, "exchange": -16, "real": 156}
    base = "quarter_base"
    return [
        *usual_rows(),
        *(Row("CN", amount * 100_000_00, cut="bridge", member=part) for part, amount in parts.items() if amount),
        Row("CN", 1_500_00, mode="offshore", cut="bridge", member="new", status="confidential"),
        Row("CN", 54_600_000_00, cut="same_firm"), Row("CN", 39_000_000_00, cut="same_firm", span=base),
        Row("CN", 12_000_000_00, mode="offshore", cut="market_group", member="eu"),
        Row("CN", 8_000_000_00, mode="offshore", cut="market_group", member="eu", span=base),
        Row("CN", 10_000_000_00, mode="offshore", cut="market_group", member="eu@then", span=base),
        Row("CN", 5_000_000_00, mode="offshore", cut="market_group", member="asean"),
        Row("CN", 4_000_000_00, mode="offshore", cut="market_group", member="asean", span=base),
    ]  # fmt: skip


def test_the_parts_of_the_change_lead_from_the_base_to_now(db):
    publish_rows(explained_rows())
    found = asked("by=bridge")
    assert [member.code for member in found.dimension("bridge").members] == [
        "revision", "back_filed", "new", "gone", "exchange", "real",
    ]  # fmt: skip
    parts = [value.number for value in found.values.values()]
    levels = asked("show=level,before").values.values()
    now, before = (value.number for value in levels)
    assert sum(parts) == now - before == 2000
    assert only(asked("bridge=new&mode=offshore"), "new").mark == Mark.CONFIDENTIAL


@pytest.mark.parametrize(
    "query",
    ["bridge=new&show=before", "bridge=new&show=growth", "bridge=new&show=share", "bridge=new&measure=contracts",
     "bridge=new&mode=overseas", "same_firm=matched&measure=firms", "same_firm=matched&measure=contracts"],
)  # fmt: skip
def test_a_part_has_no_base_and_no_share_and_no_number(db, query):
    publish_rows(explained_rows())
    assert [value.mark for value in asked(query).values.values()] == [Mark.NOT_COUNTED]


def test_the_same_firms_stand_beside_all_firms(db):
    publish_rows(explained_rows())
    found = asked("by=same_firm&show=level,before,growth")
    told = {key[-1]: [] for key in found.values}
    for key, value in found.values.items():
        told[key[-1]].append(value.number)
    assert told == {"whole": [6000, 4000, 50], "matched": [5460, 3900, 40]}


def test_a_group_as_then_has_the_members_that_it_had(db):
    """The United Kingdom left in between; the members of the other group did not change."""
    publish_rows(explained_rows())
    found = asked("market_group=eu,eu@then,asean,asean@then&show=level,before,growth")
    assert [only(found, code, "execution_before").number for code in ("eu", "eu@then")] == [800, 1000]
    assert [only(found, code, "execution_growth").number for code in ("eu", "eu@then")] == [50, 20]
    assert only(found, "eu@then", "execution").number == only(found, "eu", "execution").number == 1200
    assert only(found, "asean@then", "execution_growth").number == only(found, "asean", "execution_growth").number == 25
    assert parse(params(found.question.query)) == found.question
    assert all(member.is_known for member in found.dimension("market_group").members)
    gone = asked("market_group=xyz@then")
    assert only(gone, "xyz@then").mark == Mark.ABSENT


def test_a_withheld_group_of_then_withholds_its_growth_alone(db):
    publish_rows(explained_rows())
    QuerySet.update(Cell.objects.filter(member="eu@then"), status="confidential")
    found = asked("market_group=eu,eu@then&show=growth,level")
    assert only(found, "eu@then", "execution_growth").mark == Mark.CONFIDENTIAL
    assert only(found, "eu", "execution_growth").number == 50


def test_every_group_leaves_out_those_as_then(db):
    publish_rows(explained_rows())
    members = asked("by=market_group").dimension("market_group").members
    assert {member.code for member in members} == {"eu", "asean"}


# ── Laid out ─────────────────────────────────────────────────────────────────────────────────────


def test_rows_and_columns_change_places(published):
    found = asked(f"place=CN,{GUIYANG}&show=level,share&rows=place&cols=figure")
    across = [[cell.text for cell in row.cells] for row in grid(found).rows]
    down = [[cell.text for cell in row.cells] for row in grid(answer(found.question.transposed)).rows]
    assert down == [list(column) for column in zip(*across, strict=True)]


def test_heads_of_two_levels_cover_their_columns_and_cells_name_them(published):
    publish_rows(usual_rows(), "2019Q1")
    found = grid(asked("period=all&show=level,growth&market=VNM,whole"))
    assert [[head.span for head in line] for line in found.heads] == [[2, 2], [1, 1, 1, 1]]
    idents = {head.ident for line in found.heads for head in line}
    assert set(found.rows[0].cells[3].headers.split()) - {found.rows[0].ident} <= idents


def test_a_sorted_table_says_nothing_of_what_is_withheld(published):
    """Zambia has more than America and less than Vietnam: wherever it is, it stands after what is published."""
    for sort in ("-execution", "execution", "-execution_growth"):
        found = asked(f"market=USA,VNM,ZMB&show=level,growth&sort={sort}")
        assert [row.codes[0] for row in grid(found).rows].index("ZMB") == 2
