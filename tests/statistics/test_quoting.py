"""The digits of a commentary: what is read as a figure, what is let through, and what no figure answers for."""

from decimal import Decimal

import pytest

from portal.statistics.quoting import Figure, Kind, numbers_in, unfounded

FIGURES = [
    Figure("执行额", Kind.USD, Decimal("1553693") * 10000),
    Figure("执行额同比", Kind.PERCENT, Decimal("2433.0312")),
    Figure("执行额", Kind.CNY, Decimal("108391.5") * 1000000),
    Figure("退出企业", Kind.USD, Decimal(-37_05) * 10000),
    Figure("申报企业", Kind.COUNT, Decimal(60)),
]


@pytest.mark.parametrize(
    "text",
    [
        "一季度执行额15536.93万美元，同比增长2433.03%。",
        "执行额1.55亿美元（15,537万美元），约合10.84亿元。",
        "Execution reached US$155.37 million, up 2,433.0 per cent, by 60 firms.",
        "执行额增长24倍，是上年同期的25倍。",
        "退出企业减少37.05万美元。",
        "2020年1至3月，企业补录2019年7月1日以后的执行；第2点见后，Q1、第一季度、1-3月、2020Q1均不算。",
        "Filed on 31 March 2020 for the 1st quarter, after July 2019; 2 causes stand behind it.",
        "１５５３６.９３万美元",
    ],
)
def test_published_figures_and_dates_pass(text):
    assert unfounded(text, FIGURES) == []


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("一季度执行额15536.94万美元。", "15536.94"),
        ("执行额1.56亿美元。", "1.56"),
        ("同比增长2433.1%。", "2433.1"),
        ("61家企业申报。", "61"),
        ("Execution reached US$155.4 million; it was US$156 million at first.", "US$156"),
        ("其中某企业为7890。", "7890"),
        ("增长26倍。", "26"),
        ("2家离岸企业。", "2"),
        ("执行额2020万美元。", "2020"),
    ],
)
def test_any_other_number_is_found(text, written):
    assert [one.quoted.written for one in unfounded(text, FIGURES)] == [written]


def test_what_is_refused_names_the_sentence_and_the_nearest_figures():
    (found,) = unfounded("基数较低。一季度执行额15500.00万美元，增长较快。以后再看。", FIGURES)
    assert found.quoted.sentence == "一季度执行额15500.00万美元，增长较快。"
    assert [figure.name for figure in found.nearest] == ["执行额", "退出企业"]


def test_a_point_within_a_number_ends_no_sentence():
    first, second = numbers_in("It rose to US$155.37 million. Growth was 2,433.03 per cent.")
    assert first.sentence == "It rose to US$155.37 million."
    assert second.sentence == "Growth was 2,433.03 per cent."
