"""What needs a reason and what is only worth knowing: each rule kept and broken, with the cell it names."""

from datetime import date

from portal.filings.sheet import Kind, Level, Mode, Past, fingerprint
from tests.filings.on_paper import cell, context, executed, found, known, signed, told


class TestPayer:
    def test_an_offshore_execution_paid_from_the_mainland_needs_a_reason(self):
        (finding,) = found([executed(payer_market="CHN")], context(known()))
        assert (finding.code, finding.cell, finding.level) == ("E1", cell("payer_market"), Level.EXPLAIN)

    def test_a_reason_settles_it(self):
        assert told([executed(payer_market="CHN", reason="Paid by the client's branch")], context(known())) == []

    def test_so_does_a_payer_abroad_or_none(self):
        assert told([executed(payer_market="HKG")], context(known())) == []
        assert told([executed()], context(known())) == []

    def test_onshore_work_is_paid_at_home(self):
        assert told([executed(payer_market="CHN")], context(known(mode=Mode.ONSHORE, market="CHN"))) == []

    def test_a_contract_signed_here_counts_as_it_stands_here(self):
        assert told([signed(), executed(payer_market="CHN", row=6)]) == [("E1", cell("payer_market", 6))]


class TestRepetition:
    def test_the_same_client_day_and_amount_twice_needs_a_reason(self):
        rows = [executed(amount="10"), executed(amount="10.00", receipt_number="other", row=6)]
        (finding,) = found(rows, context(known()))
        assert (finding.code, finding.cell, finding.level) == ("E2", cell("amount", 6), Level.EXPLAIN)

    def test_a_reason_settles_it(self):
        rows = [executed(amount="10"), executed(amount="10", reason="Two receipts of one day", row=6)]
        assert told(rows, context(known())) == []

    def test_another_day_or_amount_is_no_repetition(self):
        rows = [executed(amount="10"), executed(amount="11", row=6), executed(amount="10", on="2020-03-19", row=7)]
        assert told(rows, context(known())) == []

    def test_another_contract_of_the_same_client_is_a_repetition_too(self):
        rows = [executed(), executed(number="B-1", row=6)]
        same = context(known(client="Hanoi Rail"), known("B-1", client="Hanoi Rail"))
        assert told(rows, same) == [("E2", cell("amount", 6))]
        assert told(rows, context(known(client="Hanoi Rail"), known("B-1", client="Hue Rail"))) == []

    def test_the_same_amount_in_another_currency_is_not(self):
        other = known("B-1", client="Hanoi Rail", currency="XXA")
        assert told([executed(), executed(number="B-1", row=6)], context(known(client="Hanoi Rail"), other)) == []

    def test_what_another_filing_reports_is_not_reported_again(self):
        reported = Past(reported=frozenset({("Hanoi Rail", "USD", date(2020, 3, 18), 900_00)}))
        assert told([executed()], context(known(client="Hanoi Rail"), past=reported)) == [("E2", cell("amount"))]
        assert told([executed(on="2020-03-19")], context(known(client="Hanoi Rail"), past=reported)) == []


class TestMarket:
    FILED = Past(quarters={"2018Q4": 1})

    def test_the_first_business_in_a_market_needs_a_word(self):
        (finding,) = found([signed(market="HKG", number="B-1")], context(known(), past=self.FILED))
        assert (finding.code, finding.cell, finding.level) == ("E5", cell("market", kind=Kind.SIGNED), Level.EXPLAIN)
        assert finding.subject == "HKG"

    def test_it_is_told_once_for_a_market(self):
        rows = [signed(market="HKG", number="B-1"), executed(number="B-1", row=6)]
        assert [item.code for item in found(rows, context(known(), past=self.FILED))] == ["E5"]

    def test_a_market_of_earlier_contracts_is_none(self):
        assert told([signed(number="B-1")], context(known(), past=self.FILED)) == []

    def test_a_contract_signed_in_this_quarter_makes_no_market_old(self):
        fresh = known(signed_on=date(2020, 1, 1))
        assert told([executed()], context(fresh, past=self.FILED)) == [("E5", cell("number"))]

    def test_a_firm_s_first_filing_is_not_asked(self):
        assert told([signed(market="HKG")], context(past=Past())) == []


class TestShared:
    """Work that two members report: matched by fingerprints, from which nothing can be read."""

    def mirrored(self, *relation: str, cents: int = 900_00):
        seen = fingerprint(relation, "USD", date(2020, 3, 18), cents)
        return {"past": Past(mirrored=frozenset({seen}))}

    def test_a_client_that_reports_the_same_is_asked_about(self):
        (finding,) = found([executed()], context(known(client="Rival"), **self.mirrored("client", "Rival")))
        assert (finding.code, finding.cell, finding.level) == ("E6", cell("number"), Level.EXPLAIN)

    def test_not_a_word_is_said_of_the_other_s_figure(self):
        (finding,) = found([executed()], context(known(client="Rival"), **self.mirrored("client", "Rival")))
        said = finding.message.in_words(str) + finding.expected.in_words(str) + finding.found
        assert "900" not in said
        assert "Rival" not in said

    def test_another_amount_or_client_is_no_match(self):
        assert told([executed()], context(known(client="Rival"), **self.mirrored("client", "Rival", cents=1))) == []
        assert told([executed()], context(known(client="Other"), **self.mirrored("client", "Rival"))) == []

    def test_two_who_took_over_the_same_prime_contract_are(self):
        shared = self.mirrored("upstream", "CODE", "P-1")
        assert told([executed()], context(known(upstream=("CODE", "P-1")), **shared)) == [("E6", cell("number"))]

    def test_a_prime_contract_that_is_named_says_it_all(self):
        assert told([executed()], context(known(client="Rival", upstream=("CODE", "P-1")),
                                          **self.mirrored("client", "Rival"))) == []  # fmt: skip

    def test_a_member_who_names_this_firm_is_asked_about(self):
        assert told([executed()], context(known(), **self.mirrored("named"))) == [("E6", cell("number"))]


class TestAnswers:
    def test_a_reason_in_one_row_answers_the_others_of_its_subject(self):
        rows = [executed(payer_market="CHN"), executed(payer_market="CHN", amount="1", reason="Branch pays", row=6)]
        assert told(rows, context(known())) == []
        assert {item.answer for item in found(rows, context(known()))} == {"Branch pays"}

    def test_an_accepted_reason_answers_the_same_finding_again(self):
        accepted = {("E1", "A-1"): "Branch pays"}
        (finding,) = found([executed(payer_market="CHN")], context(known(), accepted=accepted))
        assert (finding.is_quiet, finding.blocks, finding.is_remembered) == (True, False, True)
        assert told([executed(payer_market="CHN")], context(known(), accepted={("E1", "B-1"): "x"})) == [
            ("E1", cell("payer_market"))
        ]

    def test_a_new_reason_is_no_remembered_one(self):
        given = context(known(), accepted={("E1", "A-1"): "Branch pays"})
        (finding,) = found([executed(payer_market="CHN", reason="Something else")], given)
        assert (finding.answer, finding.is_remembered) == ("Something else", False)


class TestIdle:
    """N1: two quarters, this one and the one before, both filed."""

    def test_a_running_contract_without_execution_is_worth_a_look(self):
        (finding,) = found([], context(known(), past=Past(quarters={"2019Q4": 0})))
        assert (finding.code, finding.level, finding.number) == ("N1", Level.NOTE, "A-1")

    def test_one_executed_then_or_named_now_is_not(self):
        then = Past(quarters={"2019Q4": 5}, contracts={"A-1": {"2019Q4": 5}})
        assert told([], context(known(), past=then)) == []
        assert told([executed(amount="1")], context(known(), past=Past(quarters={"2019Q4": 0}))) == []

    def test_a_quarter_that_was_not_filed_says_nothing(self):
        assert told([], context(known(), past=Past(quarters={"2019Q3": 0}))) == []

    def test_nor_one_used_up_ended_or_just_signed(self):
        for other in ({"executed_cents": 100_000}, {"ends_on": date(2020, 3, 1)}, {"signed_on": date(2019, 10, 1)}):
            codes = [code for code, _cell in told([], context(known(**other), past=Past(quarters={"2019Q4": 0})))]
            assert "N1" not in codes, other


class TestEnded:
    def test_one_that_ended_now_without_any_row_is_too(self):
        assert [item.code for item in found([], context(known(ends_on=date(2020, 2, 28))))] == ["N2"]
        assert found([], context(known(ends_on=date(2019, 12, 31)))) == []

    def test_a_contract_that_ended_with_a_balance_left_is_worth_a_look(self):
        (finding,) = found([executed(amount="10")], context(known(ends_on=date(2020, 3, 31))))
        assert (finding.code, finding.cell, finding.level) == ("N2", cell("number"), Level.NOTE)

    def test_it_is_told_once_for_a_contract(self):
        rows = [executed(amount="10"), executed(amount="20", row=6)]
        assert told(rows, context(known(ends_on=date(2020, 2, 28)))) == [("N2", cell("number"))]

    def test_one_that_is_used_up_or_still_running_is_not(self):
        assert told([executed(amount="1000")], context(known(ends_on=date(2020, 3, 31)))) == []
        assert told([executed(amount="10")], context(known(ends_on=date(2020, 4, 1)))) == []
