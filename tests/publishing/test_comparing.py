"""What changed between two editions of a text, and what two releases say differently."""

from dataclasses import replace

import pytest

from portal.publishing.comparing import compared
from portal.publishing.document import (
    Block,
    Credit,
    Document,
    Download,
    Figure,
    Grid,
    Listing,
    Occasion,
    Paragraph,
    Picture,
    Piece,
    Question,
    Run,
    Section,
)  # fmt: skip
from portal.publishing.told import Difference, differences, told_by


def document(*lines: str) -> Document:
    return of(*(Paragraph((Run(line),)) for line in lines))


def of(*blocks: Block) -> Document:
    return Document("article", "zh-hans", "题目", (Section("text", "", (Piece("a1", "", blocks),)),))


def test_the_same_twice_shows_nothing():
    assert compared(document("甲", "乙"), document("甲", "乙")) == ()


def test_a_changed_line_stands_between_those_around_it():
    told = compared(document("甲", "乙", "丙", "丁", "戊"), document("甲", "乙", "丙改", "丁", "戊"))
    assert [(line.sign, line.text) for line in told] == [("…", ""), ("", "乙"), ("-", "丙"), ("+", "丙改"), ("", "丁")]


LINKED = ((Run("公报", href="https://example.org/a"),),)


@pytest.mark.parametrize(
    ("block", "other"),
    [
        (Picture("a" * 64, "一栋楼", 4, 3), {"file": "b" * 64}),
        (Picture("a" * 64, "一栋楼", 4, 3), {"alt": "一座桥"}),
        (Download("a" * 64, "附表", 9), {"file": "b" * 64}),
        (Credit("协会", "https://example.org/a"), {"href": "https://example.org/b"}),
        (Paragraph(*LINKED), {"runs": (Run("公报", href="https://example.org/b"),)}),
        (Listing(LINKED), {"items": ((Run("公报", href="https://example.org/b"),),)}),
        (Question("哪里？", LINKED), {"answer": ((Run("公报", href="https://example.org/b"),),)}),
    ],
)
def test_another_picture_file_or_address_is_seen_too(block, other):
    assert [line.sign for line in compared(of(block), of(replace(block, **other))) if line.sign in "+-"] != []
    assert compared(of(block), of(block)) == ()


def test_another_time_or_place_of_an_event_is_seen():
    now = replace(document("甲"), occasion=Occasion("2020-05-06T09:00:00+08:00", venue="二层"))
    then = replace(now, occasion=Occasion("2020-05-07T09:00:00+08:00", venue="二层"))
    assert [(line.sign, line.text[:10]) for line in compared(now, then)][-3:-1] == [
        ("-", "2020-05-06"), ("+", "2020-05-07"),
    ]  # fmt: skip


def test_columns_and_rows_of_the_same_name_are_told_apart():
    def told(first: str, second: str) -> dict[str, str]:
        grid = Grid(
            (
                ("项目", "合同额", "占比", "执行额", "占比"),
                ("其他", "1", first, "2", "9%"),
                ("其他", "1", second, "2", "9%"),
            )
        )
        return told_by(Figure("table", "题目", "2020Q1-1", "", "", grid=grid))

    assert differences(told("5%", "6%"), told("4%", "6%")) == [Difference("其他 · 占比", "5%", "4%")]
    assert differences(told("5%", "6%"), told("5%", "7%")) == [Difference("其他 · 占比 (3)", "6%", "7%")]
