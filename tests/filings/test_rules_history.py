"""Amounts beside the firm's own history: worked by hand at the threshold, one cent to each side."""

import pytest

from portal.filings.rules.history import usual
from portal.filings.sheet import Level, Past, Setting
from tests.filings.on_paper import cell, context, executed, found, known, told

QUARTERS = ("2018Q4", "2019Q2", "2019Q3", "2019Q4")
# Median 100.00. Distances from it in logs: 0, 0, ln 1.1, -ln 0.9; their median is half of ln 1.1 = 0.0477, times
# 1.4826 = 0.0707: below the least spread, ln 1.1. So five times the spread is a factor of 1.1 to the fifth = 1.61051.
STEADY = (100_00, 110_00, 90_00, 100_00)
# Distances 0, 0, ln 2, ln 2; their median is half of ln 2.
LIVELY = (50_00, 100_00, 200_00, 100_00)
LARGE = 10**12


def of_contract(history=STEADY) -> Past:
    return Past(contracts={"A-1": dict(zip(QUARTERS, history))})


def of_firm(history=STEADY) -> Past:
    return Past(quarters=dict(zip(QUARTERS, history)))


def codes(amount: str, past: Past, **values: object) -> list[str]:
    given = context(known(amount_cents=LARGE), past=past, **values)
    return [code for code, _cell in told([executed(amount=amount)], given)]


class TestDistance:
    @pytest.mark.parametrize(("amount", "said"), [("161.05", []), ("161.06", ["E3"]), ("62.09", []), ("62.08", ["E3"])])
    def test_a_contract_is_compared_with_itself(self, amount, said):
        assert codes(amount, of_contract()) == said

    @pytest.mark.parametrize(("amount", "said"), [("161.05", []), ("161.06", ["E3"]), ("62.09", []), ("62.08", ["E3"])])
    def test_a_new_contract_with_the_firm_s_quarters(self, amount, said):
        assert codes(amount, of_firm()) == said

    def test_a_lively_history_reaches_further(self):
        high = round(100_00 * 2 ** (0.5 * 1.4826 * 5))
        assert high == 130_547
        assert usual(LIVELY, distance=5, quarters=4, spread=10).high == high
        assert codes("1305.47", of_contract(LIVELY)) == []
        assert codes("1305.48", of_contract(LIVELY)) == ["E3"]

    def test_it_takes_four_quarters_with_an_execution(self):
        assert codes("90000", of_contract(STEADY[:3])) == []
        assert codes("90000", of_contract((*STEADY[:3], 0))) == []

    def test_the_quarter_s_executions_of_a_contract_are_added(self):
        rows = [executed(amount="100", on="2020-01-10"), executed(amount="61.06", on="2020-02-10", row=6)]
        (finding,) = found(rows, context(known(amount_cents=LARGE), past=of_contract()))
        assert (finding.code, finding.cell, finding.level) == ("E3", cell("amount"), Level.EXPLAIN)
        assert finding.subject == "A-1:up"
        assert "161.06" in finding.message.in_words(str)
        assert "62.09 to 161.05" in finding.expected.in_words(str)

    def test_a_contract_that_explains_the_total_is_told_alone(self):
        past = Past(quarters=dict(zip(QUARTERS, STEADY)), contracts={"A-1": dict(zip(QUARTERS, STEADY))})
        ledger = context(known(amount_cents=LARGE), known("B-1", amount_cents=LARGE), past=past)
        rows = [executed(amount="900"), executed(number="B-1", amount="5", on="2020-02-02", row=6)]
        assert told(rows, ledger) == [("E3", cell("amount"))]

    def test_a_reason_for_much_is_none_for_little(self):
        accepted = {("E3", "A-1:up"): "Second phase"}
        assert codes("900", of_contract(), accepted=accepted) == []
        assert codes("9", of_contract(), accepted=accepted) == ["E3"]

    def test_its_thresholds_are_those_of_the_period(self):
        wider = {"E3": Setting(True, {"distance": 6, "quarters": 4, "spread": 10})}
        assert codes("177.15", of_contract(), settings=wider) == []
        assert codes("177.17", of_contract(), settings=wider) == ["E3"]
        assert codes("900", of_contract(), settings={"E3": Setting(False)}) == []

    def test_saving_a_draft_asks_for_no_history(self):
        assert codes("900", None) == []


class TestYearOnYear:
    YEAR = Past(quarters={"2019Q1": 100_00})

    @pytest.mark.parametrize(
        ("amount", "said"), [("1000.00", []), ("1000.01", ["E4"]), ("10.00", []), ("9.99", ["E4"])]
    )
    def test_it_lies_between_a_tenth_and_ten_times(self, amount, said):
        assert codes(amount, self.YEAR) == said

    def test_without_a_year_before_it_says_nothing(self):
        assert codes("90000", Past(quarters={"2018Q4": 100_00})) == []
        assert codes("90000", Past(quarters={"2019Q1": 0})) == []

    def test_it_is_pinned_to_the_largest_row(self):
        rows = [executed(amount="400"), executed(amount="700", on="2020-02-02", row=6)]
        (finding,) = found(rows, context(known(amount_cents=LARGE), past=self.YEAR))
        assert (finding.code, finding.cell, finding.subject) == ("E4", cell("amount", 6), "up")

    def test_its_threshold_is_that_of_the_period(self):
        assert codes("200.01", self.YEAR, settings={"E4": Setting(True, {"times": 2})}) == ["E4"]
        assert codes("200.00", self.YEAR, settings={"E4": Setting(True, {"times": 2})}) == []
