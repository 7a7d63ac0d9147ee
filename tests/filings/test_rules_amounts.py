"""Amounts: each rule kept and broken, with the cell it names."""

import pytest

from tests.filings.on_paper import changed, context, executed, found, known, signed, told


@pytest.mark.parametrize(
    "amount", ["1000", "1,000.00", "0.01", "１０００．５０", "+5", "9999999999999.99", 33.330000000000005]
)
def test_an_ordinary_amount_is_in_order(amount):
    assert told(signed(amount=amount)) == []


@pytest.mark.parametrize("amount", ["lots", "1.000,50", "1,00", "1000块砖", "约5", "1e5", "NaN", "50%", "--5"])
def test_an_amount_is_a_number(amount):
    assert told(signed(amount=amount)) == [("A1", "I5")]


def test_it_says_what_was_found_and_what_is_expected():
    (finding,) = found([signed(amount="lots")])
    assert ("A1", finding.found, finding.sheet, finding.row) == (finding.code, "lots", "合同", 5)
    assert finding.expected.in_words(str) == "a number such as 126400.00"


def test_an_amount_has_two_decimals_at_most():
    (finding,) = found([signed(amount="1000.005")])
    assert (finding.code, finding.cell) == ("A2", "I5")
    assert finding.expected.in_words(str) in ("1000.00", "1000.01")


def test_an_amount_is_not_zero():
    assert ("A3", "H5") in told([executed(amount="0.00")], context(known()))
    assert told([changed(amount="0")], context(known())) == [("A3", "C5")]


@pytest.mark.parametrize("amount", ["-1", "－1", "−1.00"])
def test_what_is_signed_or_executed_is_above_zero(amount):
    assert told(signed(amount=amount)) == [("A4", "I5")]
    assert told(executed(amount=amount), context(known())) == [("A4", "H5")]


def test_a_change_may_be_below_zero():
    assert told(changed(amount="-200"), context(known())) == []


@pytest.mark.parametrize("amount", ["10000000000000", "9" * 40, "9" * 40 + ".123"])
def test_an_amount_fits_the_ledger(amount):
    assert told(signed(amount=amount)) == [("A6", "I5")]


@pytest.mark.parametrize("amount", ["US$ 1,000", "0.1万美元", "$1000", "1000 USD", "0.1万", "美元1,000.00"])
def test_words_beside_an_amount_may_agree_with_the_contract(amount):
    assert told(signed(amount=amount)) == []


@pytest.mark.parametrize("amount", ["¥1000", "1000元", "0.1万元", "€1000", "人民币1000元", "HK$1000"])
def test_words_beside_an_amount_do_not_name_another_currency(amount):
    assert told(signed(amount=amount)) == [("A7", "I5")]
    assert told(executed(amount=amount), context(known())) == [("A7", "H5")]
    assert "USD" in found([signed(amount=amount)])[0].expected.in_words(str)
