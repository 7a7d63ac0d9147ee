"""What needs a reason and what is only worth knowing: each rule kept and broken, with the cell it names."""

from datetime import date

from portal.filings.sheet import Level, Mode
from tests.filings.on_paper import context, executed, found, known, signed, told


class TestPayer:
    def test_an_offshore_execution_paid_from_the_mainland_needs_a_reason(self):
        (finding,) = found([executed(payer_market="CHN")], context(known()))
        assert (finding.code, finding.cell, finding.level) == ("E1", "J5", Level.EXPLAIN)

    def test_a_reason_settles_it(self):
        assert told([executed(payer_market="CHN", reason="Paid by the client's branch")], context(known())) == []

    def test_so_does_a_payer_abroad_or_none(self):
        assert told([executed(payer_market="HKG")], context(known())) == []
        assert told([executed()], context(known())) == []

    def test_onshore_work_is_paid_at_home(self):
        assert told([executed(payer_market="CHN")], context(known(mode=Mode.ONSHORE, market="CHN"))) == []

    def test_a_contract_signed_here_counts_as_it_stands_here(self):
        assert told([signed(), executed(payer_market="CHN", row=6)]) == [("E1", "J6")]


class TestRepetition:
    def test_the_same_contract_day_and_amount_twice_needs_a_reason(self):
        rows = [executed(amount="10"), executed(amount="10.00", receipt_number="other", row=6)]
        (finding,) = found(rows, context(known()))
        assert (finding.code, finding.cell, finding.level) == ("E2", "G6", Level.EXPLAIN)

    def test_a_reason_settles_it(self):
        rows = [executed(amount="10"), executed(amount="10", reason="Two receipts of one day", row=6)]
        assert told(rows, context(known())) == []

    def test_another_day_or_amount_is_no_repetition(self):
        rows = [executed(amount="10"), executed(amount="11", row=6), executed(amount="10", on="2020-03-19", row=7)]
        assert told(rows, context(known())) == []


class TestEnded:
    def test_a_contract_that_ended_with_a_balance_left_is_worth_a_look(self):
        (finding,) = found([executed(amount="10")], context(known(ends_on=date(2020, 3, 31))))
        assert (finding.code, finding.cell, finding.level) == ("N2", "A5", Level.NOTE)

    def test_it_is_told_once_for_a_contract(self):
        rows = [executed(amount="10"), executed(amount="20", row=6)]
        assert told(rows, context(known(ends_on=date(2020, 2, 28)))) == [("N2", "A5")]

    def test_one_that_is_used_up_or_still_running_is_not(self):
        assert told([executed(amount="1000")], context(known(ends_on=date(2020, 3, 31)))) == []
        assert told([executed(amount="10")], context(known(ends_on=date(2020, 4, 1)))) == []
