"""Contracts and required cells: each rule kept and broken, with the cell it names."""

from decimal import Decimal

import pytest

from portal.filings.columns import PLAN_OF
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line
from portal.filings.rules import new_errors
from portal.filings.sheet import LONGEST, Kind, Level, Mode, mode_of
from tests.filings.on_paper import cell, changed, context, executed, found, known, signed, told, typed


class TestRequiredCells:
    @pytest.mark.parametrize("kind", list(Kind))
    def test_every_needed_cell_is_filled(self, kind):
        needed = [column.field for column in PLAN_OF[kind].fields if column.required]
        empty = typed(kind, **dict.fromkeys(needed, " "))
        assert {(item.code, item.field) for item in found([empty])} == {("R1", field) for field in needed}

    def test_it_names_the_cell_and_the_column(self):
        (finding,) = found([signed(client="")])
        assert (finding.code, finding.cell) == ("R1", "D5")
        assert finding.message.in_words(str) == "“Client” is missing."

    def test_what_is_not_needed_may_be_empty(self):
        assert told(executed(receipt_on="", payer_market="", reason=""), context(known())) == []


class TestLengths:
    def test_a_text_is_no_longer_than_the_ledger_keeps(self):
        assert told(signed(name="长" * 200)) == []
        assert told(signed(name="长" * 201)) == [("R2", "C5")]
        assert told(executed(receipt_number="x" * 81), context(known())) == [("R2", cell("receipt_number"))]

    @pytest.mark.parametrize("field", ["number", "name", "client", "upstream_number"])
    def test_the_ledger_has_room_for_what_the_rule_allows(self, field):
        assert Contract._meta.get_field(field).max_length == LONGEST[field]

    def test_so_have_the_lines(self):
        assert Line._meta.get_field("receipt_number").max_length == LONGEST["receipt_number"]


class TestNumbers:
    def test_a_number_names_one_contract(self):
        assert told([signed(), signed(row=6)]) == [("C1", "B6")]
        assert told([signed(), signed(number="A-2", row=6)]) == []

    def test_a_contract_that_was_registered_before_is_not_registered_again(self):
        (finding,) = found([signed()], context(known()))
        assert (finding.code, finding.cell) == ("C1", "B5")
        assert "2019-02-01" in finding.message.in_words(str)

    def test_the_filing_that_registered_it_may_say_it_anew(self):
        assert told([signed()], context(known(is_here=True))) == []

    def test_what_is_executed_or_changed_is_registered(self):
        assert told([executed(), changed()]) == [("C2", "A5"), ("C2", "A5")]
        assert told([executed()], context(known())) == []
        assert told([signed(), executed(row=6)]) == []

    def test_a_contract_that_loses_its_row_here_is_registered_no_more(self):
        assert told([executed()], context(known(is_here=True))) == [("C2", "A5")]


class TestMode:
    @pytest.mark.parametrize(
        ("market", "abroad", "share", "back", "mode"),
        [
            ("VNM", False, None, False, Mode.OFFSHORE),
            ("HKG", False, None, False, Mode.OFFSHORE),
            ("CHN", False, None, False, Mode.ONSHORE),
            ("VNM", True, Decimal("50.01"), False, Mode.OVERSEAS),
            ("VNM", True, Decimal(50), False, Mode.OFFSHORE),
            ("VNM", True, Decimal(100), True, Mode.OFFSHORE),
            ("CHN", True, Decimal(50), False, Mode.ONSHORE),
        ],
    )
    def test_it_follows_from_client_and_performer(self, market, abroad, share, back, mode):
        assert mode_of(market, is_abroad=abroad, branch_share=share, contracts_back=back) == mode

    def test_overseas_work_has_a_foreign_client(self):
        assert told(signed(is_abroad="是", branch_share="60")) == []
        assert told(signed(is_abroad="是", branch_share="60", market="CHN")) == [("M1", "E5")]
        assert told(signed(is_abroad="是", branch_share="60", market="CHN", contracts_back="是")) == []


class TestCeiling:
    def test_executions_stay_within_the_contract(self):
        assert told([signed(), executed(amount="1000.00", row=6)]) == []
        (finding,) = found([signed(), executed(amount="1000.01", row=6)])
        assert (finding.code, finding.cell, finding.found) == ("A5", cell("amount", 6), "1000.01")
        assert finding.expected.in_words(str) == "1,000.00 or less"
        assert "0.01 above" in finding.message.in_words(str)

    def test_they_are_counted_over_the_contracts_life(self):
        given = context(known(executed_cents=60_000))
        assert told([executed(amount="400")], given) == []
        assert told([executed(amount="400.01")], given) == [("A5", cell("amount"))]

    def test_the_first_row_beyond_it_is_named(self):
        rows = [executed(amount="600", on="2020-01-05"), executed(amount="600", row=6), executed(amount="1", row=7)]
        assert told(rows, context(known())) == [("A5", cell("amount", 6)), ("A5", cell("amount", 7))]

    def test_changes_move_it(self):
        more = [changed(amount="500"), executed(amount="1500", row=6)]
        less = [changed(amount="-500"), executed(amount="501", row=6)]
        assert told(more, context(known())) == []
        assert told(less, context(known())) == [("A5", cell("amount", 6))]
        assert told([executed(amount="1200")], context(known(changed_cents=20_000))) == []

    def test_a_contract_is_never_worth_less_than_was_executed_of_it(self):
        given = context(known(executed_cents=80_000))
        assert told([changed(amount="-200")], given) == []
        (finding,) = found([changed(amount="-200.01")], given)
        assert (finding.code, finding.cell) == ("A5", "C5")
        assert finding.expected.in_words(str) == "a contract worth 800.00 or more"
        assert told([changed(amount="-1000.01")], context(known())) == [("A5", "C5")]
        again = context(known(is_here=True, executed_cents=80_000))
        assert told([signed(amount="799")], again) == [("A5", "I5")]

    def test_an_amount_that_cannot_be_read_says_nothing_of_the_rest(self):
        assert told([signed(amount="lots"), executed(row=6)]) == [("A1", "I5")]

    def test_the_order_of_the_rows_does_not_matter(self):
        assert told([executed(amount="1100"), changed(amount="100", row=6), signed(row=7)]) == []

    def test_a_contract_said_anew_counts_once(self):
        given = context(known(is_here=True))
        assert told([signed(amount="2000"), executed(amount="2000", row=6)], given) == []
        assert told([signed(amount="500"), executed(amount="501", row=6)], given) == [("A5", cell("amount", 6))]


class TestNewErrors:
    def test_what_stood_there_before_is_not_new(self):
        late = executed(on="2019-05-05", amount="10")
        given = context(known())
        before = found([late], given)
        assert new_errors(before, found([executed(row=9, amount="20"), late], given)) == []
        assert [item.code for item in new_errors(before, found([late, late], given))] == ["D2"]

    def test_notes_and_reasons_are_no_errors(self):
        given = context(known())
        assert new_errors([], found([executed(payer_market="CHN")], given)) == []


class TestRegistered:
    """C3: what other filings stand on is not taken away from under them."""

    def test_a_contract_that_others_execute_keeps_its_row(self):
        here = known(is_here=True, executed_cents=5)
        (finding,) = found([], context(here))
        assert (finding.code, finding.level, finding.number) == ("C3", Level.ERROR, "A-1")
        assert told([signed()], context(here)) == []

    def test_a_change_of_it_counts_too(self):
        assert [item.code for item in found([], context(known(is_here=True, changed_cents=-5)))] == ["C3"]

    def test_one_that_nobody_else_names_may_go(self):
        assert told([], context(known(is_here=True))) == []
        assert told([], context(known(executed_cents=5))) == []
