"""Codes: each rule kept and broken, with the cell it names."""

import pytest

from portal.filings.sheet import Kind
from tests.filings.on_paper import cell, changed, context, executed, found, known, signed, told, typed


@pytest.mark.parametrize("market", ["VNM", "vnm", "VNM 越南", "越南", "viet nam", "hkg"])
def test_a_market_may_be_named_by_code_or_name(market):
    assert told(signed(market=market)) == []


@pytest.mark.parametrize("market", ["Atlantis", "VN", "越", "SUN"])
def test_a_market_stands_in_the_list_and_was_open(market):
    assert told(signed(market=market)) == [("K1", "E5")]


def test_the_payers_market_too():
    assert told(executed(payer_market="HKG"), context(known())) == []
    assert told(executed(payer_market="Atlantis"), context(known())) == [("K1", cell("payer_market"))]


@pytest.mark.parametrize(
    ("category", "codes"), [("ITO-1-01", []), ("软件研发", []), ("ITO-1", ["K2"]), ("XYZ", ["K2"])]
)
def test_a_category_is_of_the_lowest_level(category, codes):
    assert told(signed(category=category)) == [(code, "F5") for code in codes]


def test_a_category_was_open_on_the_day():
    assert told(signed(category="ITO-1-02", on="2020-03-01")) == []
    assert told(signed(category="ITO-1-02", on="2020-02-29")) == [("K2", "F5")]


def test_a_currency_stands_in_the_list():
    assert told(signed(currency="usd")) == []
    assert told(signed(currency="元")) == [("K3", "H5")]


class TestRates:
    def test_a_currency_has_a_rate_in_the_month_or_before(self):
        assert told(signed(currency="XXA", on="2020-03-05")) == []
        (finding,) = found([signed(currency="XXA", on="2020-02-05")])
        assert (finding.code, finding.cell, finding.found) == ("K4", "H5", "XXA")
        assert finding.expected.in_words(str) == "a currency with a rate at or before 2020-02"

    def test_an_execution_needs_the_rate_of_its_contracts_currency(self):
        assert told(executed(on="2020-02-05"), context(known(currency="XXA"))) == [("K4", cell("amount"))]

    @pytest.mark.parametrize("event", [executed, changed])
    def test_so_it_does_of_a_standing_contract_that_is_registered_with_it(self, event):
        standing = typed(Kind.STANDING, currency="XXA", on="2015-05-05")
        assert [item.code for item in found([standing, event(on="2020-02-05")])] == ["K4"]

    def test_what_the_filing_says_of_the_currency_holds_before_the_ledger(self):
        standing = typed(Kind.STANDING, currency="USD", on="2015-05-05")
        given = context(known(currency="XXA", is_here=True))
        assert [item.code for item in found([standing, executed(on="2020-02-05")], given)] == []

    def test_a_standing_contract_needs_none(self):
        assert told(typed(Kind.STANDING, currency="XXA", on="2015-05-05")) == []


class TestWords:
    def test_yes_no_and_the_modes_are_words_of_their_lists(self):
        row = signed(is_abroad="否", contracts_back="no", supply="跨境交付", new_mode="cloud outsourcing")
        assert told(row) == []

    @pytest.mark.parametrize(
        ("field", "cell"), [("is_abroad", "M5"), ("contracts_back", "O5"), ("supply", "K5"), ("new_mode", "L5")]
    )
    def test_other_words_are_not(self, field, cell):
        assert told(signed(**{field: "maybe"})) == [("K5", cell)]


class TestBranch:
    @pytest.mark.parametrize("share", ["60", "60%", 0.6, "100", "0"])
    def test_its_share_is_a_percentage(self, share):
        assert told(signed(is_abroad="是", branch_share=share)) == []

    @pytest.mark.parametrize("share", ["", "101", "-1", "half"])
    def test_it_is_needed_where_a_branch_performs(self, share):
        assert told(signed(is_abroad="是", branch_share=share)) == [("K6", "N5")]

    def test_it_may_be_left_out_elsewhere(self):
        assert told(signed(branch_share="")) == []


class TestUpstream:
    def test_its_credit_code_has_the_right_check_character(self):
        assert told(signed(upstream_firm="91110000600037341L", upstream_number="P-1")) == []
        assert told(signed(upstream_firm="911100006000373419", upstream_number="P-1")) == [("K7", "P5")]

    def test_it_is_not_the_firms_own(self):
        own = context(firm_code="91110000600037341L")
        assert told(signed(upstream_firm="91110000600037341L", upstream_number="P-1"), own) == [("K7", "P5")]
