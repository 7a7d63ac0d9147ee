"""The question in an address, and its answer."""

from decimal import Decimal

import pytest
from django.db.models import QuerySet

from portal.reference.models import Market
from portal.statistics.builder.asking import parse
from portal.statistics.builder.counting import Answer, TooMany, answer, size
from portal.statistics.builder.grid import grid
from portal.statistics.builder.marks import Mark
from portal.statistics.models import Cell
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, Deal, file, firms, publish

# What one firm alone did in Zambia.
ALONE = Deal(market="ZMB", signed="900000.00", executed="864200.00")
EVERYWHERE = Deal(executed="700000.00", signed="800000.00")
AT_HOME = Deal(market="CHN", executed="300000.55", signed="400000.00", category="KPO-1-01")


@pytest.fixture
def published(world):
    members = firms(4)
    for period in ("2019Q1", "2020Q1"):
        for number, firm in enumerate(members):
            file(world, firm, EVERYWHERE, AT_HOME, *([] if number else [ALONE]), period=period)
    for firm in firms(3, ZHENGZHOU, first=200):
        file(world, firm, EVERYWHERE)
    publish(world, "2019Q1")
    return publish(world)


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
    told = [(value.number, value.mark) for key, value in found.values.items() if GUIYANG in key]
    # Four firms: 4 × (70.00 + 30.00 and 55 cents) and Zambia's 86.42, in both years; 7 × 70 and so on nationwide.
    assert [number for number, _mark in told[:3]] == [Decimal("486.42"), Decimal("486.42"), Decimal("0.00")]
    assert told[3] == (Decimal("69.85"), Mark.PUBLIC)


def test_a_withheld_level_withholds_its_growth_and_its_share(published):
    found = asked("market=VNM,ZMB,whole&show=level,before,growth,share&measure=execution,contract")
    withheld = {value.mark for key, value in found.values.items() if "ZMB" in key}
    assert withheld == {Mark.CONFIDENTIAL}
    assert all(value.number is None for key, value in found.values.items() if "ZMB" in key)


def test_a_cell_withheld_for_another_s_sake_says_so(published):
    rows = Cell.objects.filter(release=published.pk, place=GUIYANG, span="quarter", measure="execution", cut="")
    # As the disclosure control would have written it.
    QuerySet.update(rows.filter(mode="onshore"), status="secondary")
    found = asked(f"place={GUIYANG}&mode=onshore,total&show=level,growth,share")
    assert [value.mark for key, value in found.values.items() if "onshore" in key] == [Mark.SECONDARY] * 3
    assert only(found, "execution", "total").mark == Mark.PUBLIC


def test_nothing_counted_is_zero_and_no_data_is_absent(published):
    found = asked(f"market=USA&place={GUIYANG},110000")
    assert only(found, GUIYANG).number == 0
    assert only(found, "110000").mark == Mark.ABSENT
    assert asked("by=trade&trade=SI&mode=overseas").values.popitem()[1].mark == Mark.NOT_COUNTED
    assert asked("measure=firms&mode=onshore").values.popitem()[1].mark == Mark.NOT_COUNTED
    no_base = only(asked(f"show=growth&place={ZHENGZHOU}"), ZHENGZHOU)
    assert (no_base.mark, no_base.base) == (Mark.NO_RATE, "absent")


def test_a_cut_that_a_release_never_counted_is_absent_rather_than_zero(published):
    Cell.objects.filter(cut="size")._raw_delete("default")
    assert {value.mark for value in asked("by=size").values.values()} == {Mark.ABSENT}


def test_renminbi_come_from_the_lines_own_rates(published):
    yuan = Cell.objects.get(release=published.pk, place="CN", span="quarter", measure="execution", mode="total", cut="")
    assert only(asked("currency=cny"), "CN").number == (Decimal(yuan.cny_cents) / 10**6).quantize(Decimal("0.01"))


def test_a_code_that_is_gone_keeps_its_row(published):
    found = asked("market=VNM,XYZ&place=CN,999999&period=2020Q1,2031Q1")
    assert {value.mark for key, value in found.values.items() if "XYZ" in key} == {Mark.ABSENT}
    assert only(found, "CN", "2020Q1", "VNM").number == Decimal("490.00")
    named = {member.code: member for dimension in found.dimensions for member in dimension.members}
    assert [named[code].is_known for code in ("VNM", "XYZ", "999999", "2031Q1")] == [True, False, False, False]
    assert "XYZ" in named["XYZ"].label
    Market.objects.filter(alpha3="VNM")._raw_delete("default")
    assert only(asked("market=VNM"), "VNM").number == Decimal("490.00")


def test_a_frozen_question_keeps_its_answer_when_a_newer_release_appears(world, published):
    live = asked(f"by=market&place=CN,{ZHENGZHOU}&mode=offshore")
    frozen = live.frozen
    assert frozen.releases == ("2020Q1-1",)
    assert frozen.query.count("@") == 0
    for firm in firms(3, ZHENGZHOU, first=300):
        file(world, firm, EVERYWHERE)
    publish(world)
    assert only(answer(live.question), "CN", "VNM").number == Decimal("700.00")
    assert dict(answer(frozen).values) == dict(live.values)
    assert answer(frozen).live.periods == ("2020Q1",)


def test_two_releases_of_one_period_stand_side_by_side(world, published):
    for firm in firms(3, ZHENGZHOU, first=300):
        file(world, firm, EVERYWHERE)
    publish(world)
    found = asked("release=2020Q1-1,2020Q1-2&market=VNM")
    assert [value.number for value in found.values.values()] == [Decimal("490.00"), Decimal("700.00")]


def test_the_number_of_cells_is_told_before_they_are_counted(published):
    question = parse(params("by=category&category=@kinds,@groups&place=@provinces&show=level,growth"))
    assert size(question) == len(answer(question).values)
    with pytest.raises(TooMany) as refused:
        answer(question, limit=3)
    assert (refused.value.cells, refused.value.limit) == (size(question), 3)


def test_the_cost_does_not_grow_with_the_cells(published, assert_constant_queries):
    sizes = iter(["market=VNM", "by=market&place=@provinces,@cities,CN&period=all&show=level,growth,share"])
    current = {}
    assert_constant_queries(lambda: current.update(query=next(sizes)), lambda: grid(asked(current["query"])))


# ── Laid out ─────────────────────────────────────────────────────────────────────────────────────


def test_rows_and_columns_change_places(published):
    found = asked(f"place=CN,{GUIYANG}&measure=execution,contract&rows=place&cols=figure")
    across = [[cell.text for cell in row.cells] for row in grid(found).rows]
    down = [[cell.text for cell in row.cells] for row in grid(answer(found.question.transposed)).rows]
    assert down == [list(column) for column in zip(*across, strict=True)]


def test_heads_of_two_levels_cover_their_columns_and_cells_name_them(published):
    found = grid(asked("period=all&show=level,growth&market=VNM,whole"))
    assert [[head.span for head in line] for line in found.heads] == [[2, 2], [1, 1, 1, 1]]
    idents = {head.ident for line in found.heads for head in line}
    assert set(found.rows[0].cells[3].headers.split()) - {found.rows[0].ident} <= idents


def test_a_sorted_table_says_nothing_of_what_is_withheld(published):
    """Zambia has more than America and less than Vietnam: wherever it is, it stands after what is published."""
    for sort in ("-2020Q1.execution", "2020Q1.execution"):
        found = asked(f"period=all&market=USA,VNM,ZMB&cols=period,figure&show=level,growth&sort={sort}")
        assert [row.codes[0] for row in grid(found).rows].index("ZMB") == 2
