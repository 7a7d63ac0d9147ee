"""Dates: each rule kept and broken, with the cell it names."""

from datetime import date

import pytest

from portal.filings.sheet import Kind
from tests.filings.on_paper import cell, changed, context, executed, found, known, signed, told, typed


@pytest.mark.parametrize(
    "day",
    [
        "2020-02-01",
        "2020/2/1",
        "2020.2.1",
        "2020年2月1日",
        "20200201",
        "43862",
        43862,
        date(2020, 2, 1),
        "２０２０-02-01",
    ],
)
def test_a_date_can_be_written_in_many_ways(day):
    assert told(signed(on=day)) == []


@pytest.mark.parametrize(
    "day", ["yesterday", "2020-02-30", "01/02/2020", "2020-13-01", "2月1日", "1582", "-5", "2020Q1"]
)
def test_a_date_can_be_read(day):
    assert told(signed(on=day)) == [("D1", "G5")]


def test_every_date_of_a_row_can_be_read():
    assert told(signed(ends_on="x")) == [("D1", "J5")]
    assert told(executed(receipt_on="x"), context(known())) == [("D1", cell("receipt_on"))]


class TestWindow:
    @pytest.mark.parametrize("day", ["2020-01-01", "2020-03-31"])
    def test_its_first_and_last_day_belong_to_it(self, day):
        assert told(signed(on=day)) == []

    def test_a_date_is_within_the_window(self):
        (finding,) = found([signed(on="2019-12-31")])
        assert (finding.code, finding.cell) == ("D2", "G5")
        assert finding.expected.in_words(str) == "2020-01-01 to 2020-03-31"

    def test_an_older_window_takes_older_dates(self):
        assert told(signed(on="2019-07-01"), context(accepts_from_on=date(2019, 7, 1))) == []

    def test_a_date_after_the_period_belongs_to_a_later_one(self):
        (finding,) = found([signed(on="2020-04-02")])
        assert finding.code == "D2"
        assert "2020Q2" in finding.message.in_words(str)

    def test_nothing_is_reported_before_it_happened(self):
        (finding,) = found([signed(on="2020-03-20")], context(filed_on=date(2020, 3, 19)))
        assert (finding.code, finding.cell) == ("D3", "G5")
        assert finding.expected.in_words(str) == "2020-03-19 or earlier"

    def test_it_holds_for_changes_and_executions_alike(self):
        rows = [changed(on="2019-05-05"), executed(on="2019-05-05")]
        assert told(rows, context(known())) == [("D2", "B5"), ("D2", cell("on"))]

    def test_a_standing_contract_may_be_as_old_as_it_is(self):
        assert told(typed(Kind.STANDING, on="1999-01-01")) == []

    def test_a_date_that_was_judged_stays_judged(self):
        submitted = frozenset({(Kind.EXECUTED, "A-1", date(2019, 8, 1))})
        assert told(executed(on="2019-08-01"), context(known(), submitted=submitted)) == []
        assert told(executed(on="2019-08-02"), context(known(), submitted=submitted)) == [("D2", cell("on"))]


def test_a_contract_ends_on_or_after_the_day_it_was_signed():
    assert told(signed(ends_on="2020-02-01")) == []
    assert told(signed(ends_on="2020-01-31")) == [("D4", "J5")]
