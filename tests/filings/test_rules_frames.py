"""Apportionment from a frame contract: whole or not at all, and never more than the frame."""

import pytest

from portal.filings.models.contract import Contract
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind
from tests.filings.conftest import english, text_of
from tests.filings.on_paper import changed, context, found, known, signed, told
from tests.filings.test_workbook_download import sheet
from tests.world import SIGNED, entry, file_quarter

FRAME = {"frame_number": "F-1", "frame_amount": "1000.00", "apportioned_by": "by working hours"}


class TestRules:
    @pytest.mark.parametrize(("amount", "codes"), [("1000.00", []), ("1000.01", ["A8"]), ("999.99", [])])
    def test_the_part_may_be_all_of_the_frame_and_no_cent_more(self, amount, codes):
        assert [code for code, _cell in told(signed(amount=amount, **FRAME))] == codes

    @pytest.mark.parametrize(("more", "codes"), [("0.01", []), ("0.02", ["A8"]), ("-5", [])])
    def test_changes_count_towards_the_part(self, more, codes):
        rows = [signed(amount="999.99", **FRAME), changed(amount=more)]
        assert [code for code, _cell in told(rows)] == codes

    def test_a_change_in_a_later_quarter_is_held_to_the_ledger_s_frame(self):
        given = context(known("A-1", frame_cents=100_000))
        assert [code for code, _cell in told(changed(amount="0.01"), given)] == ["A8"]
        assert told(changed(amount="0.01"), context(known("A-1", frame_cents=100_001))) == []

    @pytest.mark.parametrize("missing", list(FRAME))
    def test_each_of_the_three_needs_the_other_two(self, missing):
        row = signed(**FRAME | {missing: ""})
        assert [(item.code, item.field) for item in found([row])] == [("K8", missing)]
        alone = signed(**{missing: FRAME[missing]})
        others = [name for name in FRAME if name != missing]
        assert [(item.code, item.field) for item in found([alone])] == [("K8", name) for name in sorted(others)]

    @pytest.mark.parametrize(
        ("amount", "codes"),
        [("lots", ["A1"]), ("1000.005", ["A2"]), ("0", ["A8"]), ("-1000", ["A8"]), ("9" * 20, ["A6"])],
    )
    def test_the_frame_s_amount_is_an_amount(self, amount, codes):
        assert [(item.code, item.field) for item in found([signed(**FRAME | {"frame_amount": amount})])] == [
            (code, "frame_amount") for code in codes
        ]

    def test_it_is_in_the_contract_s_currency(self):
        row = signed(**FRAME | {"frame_amount": "1000 XXA"})
        assert [(item.code, item.field) for item in found([row])] == [("A7", "frame_amount")]

    def test_work_taken_over_is_told_apart_only_with_both_cells(self):
        code = "91110000600037341L"
        assert told(signed(upstream_firm=code, upstream_number="P-1")) == []
        one, other = found([signed(upstream_firm=code)]), found([signed(upstream_number="P-1")])
        assert [(item.code, item.field) for item in one + other] == [("N3", "upstream_number"), ("N3", "upstream_firm")]


class TestKept:
    """The basis is kept with the contract, and shown wherever the contract is."""

    def test_by_form_ledger_and_grid(self, alice):
        assert alice.post(english("entry-add", "2020Q1", "signed"), SIGNED | FRAME).status_code == 302
        contract = Contract.objects.get()
        assert (contract.frame_number, contract.frame_cents, contract.apportioned_by) == (
            "F-1", 100_000, "by working hours",
        )  # fmt: skip
        page = text_of(alice.get(english("contract-detail", contract.pk)))
        assert "Frame contract F-1 Its whole amount 1,000.00 USD Basis of apportionment by working hours" in page
        assert "by working hours" in alice.get(english("grid", "2020Q1")).content.decode()

    def test_the_desk_sees_it_beside_the_figure(self, world, signed_in):
        version = file_quarter(world, until="submitted", entries=[entry(Kind.SIGNED, world.lists, **FRAME)])
        page = text_of(signed_in(world.dora).get(f"/en/desk/filings/{version.filing_id}/"))
        assert "part of frame contract F-1, 1,000.00 USD; basis: by working hours" in page

    def test_it_comes_back_from_the_ledger_as_it_was_typed(self, world):
        rows = [entry(Kind.SIGNED, world.lists, **FRAME), entry(Kind.STANDING, world.lists, number="S", **FRAME)]
        stored = stored_entries(file_quarter(world, until="draft", entries=rows))
        kept = [(item.entry.frame_number, item.entry.frame_cents, item.entry.raw["frame_amount"]) for item in stored]
        assert kept == [("F-1", 100_000, "1000.00")] * 2


def test_the_workbook_brings_and_takes_it(world, alice):

    file_quarter(world, until="draft", entries=[entry(Kind.SIGNED, world.lists, **FRAME)])
    rows = sheet(alice.get(english("workbook-download", "2020Q1")).content, "Contracts")
    place = rows[0].index("Frame contract number")
    assert rows[1][place : place + 3] == ["F-1", 1000.0, "by working hours"]
