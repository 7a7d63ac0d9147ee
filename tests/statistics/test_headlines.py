"""Titles that state a finding: what they say of which figures, and what they keep to themselves."""

from datetime import UTC, datetime

import pytest
from django.utils import translation

from portal.statistics import headlines
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span
from portal.statistics.levels import Known, Level, ReleaseInfo, Table
from portal.statistics.report import Report, report

RELEASE = ReleaseInfo(
    pk=1, name="2020Q1-1", period="2020Q1", number=1, as_of=datetime(2020, 4, 20, tzinfo=UTC), published_at=None,
    digest="", fact_count=0, firm_count=0, editions={}, belt_and_road_list="bri65", min_firms=3,
    low_base_floor=100_000_000,
)  # fmt: skip
MILLION = 100_000_000
HIDDEN = "hidden"


pytestmark = pytest.mark.usefixtures("in_english")


def told(cents: int | str) -> Level:
    return Level(Known.WITHHELD) if cents == HIDDEN else Level(Known.PUBLIC, cents, 7 * cents, 0)


def content(
    *, offshore=(0, 0), onshore=(0, 0), contract=None, total=None, place: str = "520100", firms: tuple = (60, 27)
) -> Report:
    """A report with these executions, as (now, a year before); the total is their sum unless given."""
    cells = {}
    for index, span in enumerate((Span.QUARTER, Span.QUARTER_BASE)):
        parts = (offshore[index], onshore[index])
        whole = total[index] if total else HIDDEN if HIDDEN in parts else sum(parts)
        for mode, cents in zip((Mode.OFFSHORE, Mode.ONSHORE, Mode.TOTAL), (*parts, whole), strict=True):
            cells[span, Measure.EXECUTION, mode, Cut.WHOLE, ""] = told(cents)
        cells[span, Measure.CONTRACT, Mode.TOTAL, Cut.WHOLE, ""] = told(contract[index] if contract else 0)
        if firms[index]:
            cells[span, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, ""] = Level(Known.PUBLIC, 0, 0, firms[index])
    return report(Table(RELEASE, place, cells))


def title(**figures) -> str:
    return headlines.of_place(content(**figures), "Guiyang")


def test_it_tells_the_level_the_change_and_how_it_divides():
    assert title(offshore=(60 * MILLION, 50 * MILLION), onshore=(40 * MILLION, 30 * MILLION)) == (
        "Firms in Guiyang executed US$100.00 million in the first quarter, up 25.00 per cent on a year before; "
        "60.00% of it is offshore"
    )


def test_it_tells_both_levels_in_place_of_a_rate_on_a_low_base():
    found = title(offshore=(60 * MILLION, 3 * MILLION), onshore=(62 * MILLION, 2 * MILLION))
    assert found == (
        "Firms in Guiyang executed US$122.00 million in the first quarter, up from US$5.00 million; "
        "about half of it is offshore"
    )
    assert "per cent" not in found


@pytest.mark.parametrize(
    ("offshore", "onshore", "words"),
    [
        (97, 3, "nearly all of it is offshore"),
        (3, 97, "nearly all of it is onshore"),
        (54, 46, "about half of it is offshore"),
        (20, 80, "80.00% of it is onshore"),
    ],
)
def test_it_tells_how_the_total_divides(offshore, onshore, words):
    now = {"offshore": (offshore * MILLION, 50 * MILLION), "onshore": (onshore * MILLION, 50 * MILLION)}
    assert title(**now).endswith(words)


def test_it_tells_no_rate_without_a_base():
    found = title(offshore=(60 * MILLION, 0), onshore=(40 * MILLION, 0), firms=(60, 0))
    assert found == "Firms in Guiyang executed US$100.00 million in the first quarter; 60.00% of it is offshore"


def test_it_does_not_divide_when_one_part_is_withheld():
    found = title(offshore=(60 * MILLION, 50 * MILLION), onshore=(HIDDEN, HIDDEN), total=(100 * MILLION, 80 * MILLION))
    assert (
        found == "Firms in Guiyang executed US$100.00 million in the first quarter, up 25.00 per cent on a year before"
    )


def test_it_tells_the_contracts_when_the_execution_is_withheld():
    found = title(offshore=(HIDDEN, 0), onshore=(HIDDEN, 0), contract=(30 * MILLION, 40 * MILLION))
    assert found == (
        "Firms in Guiyang signed contracts of US$30.00 million in the first quarter, "
        "down 25.00 per cent on a year before"
    )


def test_it_tells_only_who_filed_when_all_is_withheld():
    assert (
        title(offshore=(HIDDEN, 0), onshore=(HIDDEN, 0), contract=(HIDDEN, HIDDEN), firms=(2, 2))
        == "2 firms filed for the first quarter: Guiyang"
    )


@pytest.mark.parametrize(
    ("offshore", "onshore", "words"),
    [
        ((120, 100), (150, 100), "onshore grew faster than offshore"),
        ((150, 100), (120, 100), "offshore grew faster than onshore"),
        ((90, 100), (80, 100), "offshore fell less than onshore"),
        ((110, 100), (80, 100), "offshore rose while onshore fell"),
        ((90, 100), (101, 100), "onshore rose while offshore fell"),
    ],
)
def test_the_nation_is_told_by_which_mode_grew_faster(offshore, onshore, words):
    now = {
        "offshore": tuple(cents * MILLION for cents in offshore),
        "onshore": tuple(cents * MILLION for cents in onshore),
    }
    assert headlines.of_release(content(place=NATION, **now)).endswith(f"in the first quarter; {words}")


def test_the_nation_is_told_by_levels_when_a_rate_is_on_a_low_base():
    found = headlines.of_release(
        content(place=NATION, offshore=(60 * MILLION, MILLION), onshore=(40 * MILLION, 30 * MILLION))
    )
    assert "faster" not in found
    assert found.startswith("Members executed US$100.00 million in the first quarter")


def test_the_sentences_below_say_who_filed_and_which_way_it_went():
    found = headlines.standing(
        content(
            offshore=(60 * MILLION, 50 * MILLION), onshore=(40 * MILLION, 50 * MILLION),
            contract=(90 * MILLION, 80 * MILLION),
        )
    )  # fmt: skip
    assert found == (
        "60 firms filed, 33 more than a year before. Offshore execution was up 20.00 per cent on a year before; "
        "onshore execution was down 20.00 per cent on a year before."
    )


def test_onshore_moves_by_points_of_unrounded_shares():
    """190 of 800 is 23.75 %, 100 of 300 is 33.333… %: 9.58 points less, though 33.33 − 23.75 agrees by chance."""
    cells = {}
    for span, (onshore, total) in ((Span.QUARTER, (190, 800)), (Span.QUARTER_BASE, (100, 300))):
        cells[span, Measure.CONTRACT, Mode.ONSHORE, Cut.WHOLE, ""] = told(onshore)
        cells[span, Measure.CONTRACT, Mode.TOTAL, Cut.WHOLE, ""] = told(total)
        cells[span, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, ""] = Level(Known.PUBLIC, 0, 0, 3)
    found = headlines.shift_of_onshore(report(Table(RELEASE, "520100", cells)))
    assert found == "Onshore's share of contract value fell by 9.58 percentage points."


def test_the_gap_between_the_modes_is_told_with_how_it_moved():
    def levels(*amounts: int) -> tuple[Level, Level]:
        return tuple(told(amount * MILLION) for amount in amounts)

    assert headlines.of_gap(levels(140, 132), levels(110, 97)) == (
        "Offshore is US$30.00 million above onshore, US$5.00 million less than a year before"
    )
    assert headlines.of_gap((told(HIDDEN), told(1)), levels(110, 97)) == "Executed value, offshore and onshore"


def test_chinese_amounts_are_told_in_the_units_of_the_language():
    with translation.override("zh-hans"):
        found = headlines.of_place(content(offshore=(MILLION, MILLION), onshore=(154 * MILLION, 6 * MILLION)), "贵阳市")
    assert "1.55亿美元" in found
    assert "700万美元" in found
