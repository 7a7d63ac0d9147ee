"""What is in hand after submitting: the receipt, where the filing stands, the certificate, and the public check."""

import re
import subprocess
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.filings.actions import receipts as receipt_actions
from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import declare_nil, submit, withdraw
from portal.filings.models.filing import Version
from portal.filings.models.receipt import Receipt
from portal.filings.sheet import Kind
from portal.filings.workspace.receipts import masked, written_number
from portal.lib.codes import ALPHABET
from portal.members.models import Firm
from tests.filings.conftest import english, text_of
from tests.world import NOW, clock_at, entry, file_quarter, simple_entries

RECEIPT = english("filing-receipt", "2020Q1")
CERTIFICATE = english("certificate-download", "2020Q1")
with translation.override("en"):
    CHECK_PAGE = reverse("receipts:receipt-check")


@pytest.fixture
def submitted(world) -> Version:
    version = file_quarter(world, until="draft", entries=simple_entries(world.lists))
    return submit(version=version, lists=world.lists, by=world.alice, at=NOW)


@pytest.fixture
def receipt(submitted) -> Receipt:
    return Receipt.objects.get()


def words_of(pdf: bytes) -> str:
    """A paper's text, as another program reads it."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True, timeout=30)
    return " ".join(done.stdout.decode().split())


def again(world, version: Version, amount: str = "899.99") -> Version:
    """Withdrawn, changed, and submitted once more."""
    withdraw(version=version, by=world.alice, at=NOW + timedelta(minutes=1))
    signed, executed = simple_entries(world.lists)
    changed = entry(executed.kind, world.lists, number="A-1", on="2020-02-11", amount=amount)
    save_draft(version=version, entries=[signed, changed], lists=world.lists, by=world.alice, at=NOW)
    return submit(version=version, lists=world.lists, by=world.alice, at=NOW + timedelta(minutes=2))


class TestIssued:
    def test_its_number_can_be_read_and_its_code_not_guessed(self, world, receipt):
        assert re.fullmatch(rf"2020Q1-{world.firm.credit_code[-6:]}-v1-[{ALPHABET}]{{4}}", receipt.number)
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{3}}[{ALPHABET}]{{4}}", receipt.check_code)
        assert not set("0O1IL2Z5S") & set(ALPHABET)

    def test_it_says_what_was_handed_in(self, world, receipt):
        assert (receipt.filed_by, receipt.certified_by) == (world.alice.key, None)
        assert (receipt.line_count, receipt.signed_cents, receipt.executed_cents) == (2, 100_000, 90_000)
        assert receipt.content["figures"]["usd"]["offshore"] == 90_000

    def test_every_submission_has_its_own_and_the_first_stays(self, world, submitted, receipt):
        again(world, submitted)
        newest, first = Receipt.objects.all()
        assert first == receipt
        assert newest.digest != first.digest
        assert (first.executed_cents, newest.executed_cents) == (90_000, 89_999)

    def test_the_same_rows_have_the_same_digest(self, world, submitted, receipt):
        withdraw(version=submitted, by=world.alice, at=NOW)
        submit(version=submitted, lists=world.lists, by=world.alice, at=NOW)
        assert len(set(Receipt.objects.values_list("digest", flat=True))) == 1
        assert len(set(Receipt.objects.values_list("check_code", flat=True))) == 2

    def test_it_is_never_changed(self, receipt):
        receipt.number = "mine"
        for change in (receipt.save, receipt.delete, lambda: Receipt.objects.update(number="mine")):
            with pytest.raises(TypeError):
                change()


class TestPage:
    def test_it_says_where_the_filing_stands_and_until_when(self, world, alice, receipt):
        page = text_of(alice.get(RECEIPT))
        assert receipt.number in page
        assert receipt.check_code in page
        assert "2020-04-03 09:00:00 Beijing time Filed by Alice" in page
        # Five working days after Friday 3 April 2020: Monday the 6th is a holiday.
        assert "The association reviews it now Expected by April 13, 2020." in page

    def test_a_day_that_has_passed_is_told(self, alice, receipt):
        with clock_at(NOW + timedelta(days=20)):
            assert "That day has passed." in text_of(alice.get(RECEIPT))

    def test_it_names_the_next_quarter_once_that_is_known(self, world, alice):
        file_quarter(world, period="2019Q4")
        page = text_of(alice.get(english("filing-receipt", "2019Q4")))
        assert "Next: Quarter 1 of 2020, open from Jan. 1, 2020, due April 10, 2020." in page
        assert "It counts in the next release of the quarter." in page

    def test_a_returned_filing_says_whose_turn_it_is(self, world, alice):
        file_quarter(world, until="returned")
        assert "Sent back with a letter; it is your turn" in text_of(alice.get(RECEIPT))

    def test_earlier_receipts_stay_within_reach(self, world, alice, submitted, receipt):
        again(world, submitted)
        page = alice.get(RECEIPT).content.decode()
        assert english("receipt-download", receipt.pk) in page

    def test_a_correction_in_work_still_shows_the_last_receipt(self, world, alice):
        version = file_quarter(world)
        reopen(filing=version.filing, by=world.alice, at=NOW)
        assert version.receipts.get().number in text_of(alice.get(RECEIPT))

    def test_a_draft_has_none_yet(self, world, alice):
        file_quarter(world, until="draft")
        assert "There is no receipt yet" in text_of(alice.get(RECEIPT))

    def test_it_does_not_ask_more_for_more_receipts(self, world, alice, submitted, assert_constant_queries):
        assert_constant_queries(lambda: again(world, submitted), lambda: alice.get(RECEIPT))


class TestPaper:
    def test_it_holds_what_was_handed_in_with_its_fonts(self, world, alice, receipt, tmp_path):
        response = alice.get(english("receipt-download", receipt.pk).removeprefix("/en"))
        assert response["Content-Type"] == "application/pdf"
        text = words_of(response.content)
        for said in (
            world.firm.name_zh, world.firm.credit_code, receipt.number, receipt.check_code,
            "2020-04-03 09:00:00 UTC+08:00", "Alice", "2020Q1", "Bridge design", "USD 900.00", "服务外包行业协会",
            "http://testserver/receipts/",
        ):  # fmt: skip
            assert said in text, said
        file = tmp_path / "receipt.pdf"
        file.write_bytes(response.content)
        fonts = subprocess.run(["pdffonts", file], capture_output=True, check=True, timeout=30).stdout.decode()
        rows = fonts.splitlines()[2:]
        assert any("NotoSerifSC" in row for row in rows)
        assert all(re.search(r"yes yes yes", row) for row in rows)
        about = subprocess.run(["pdfinfo", file], capture_output=True, check=True, timeout=30).stdout.decode()
        assert re.search(r"Tagged:\s+yes", about)

    def test_the_first_one_still_says_what_was_handed_in_first(self, world, alice, submitted, receipt):
        before = alice.get(english("receipt-download", receipt.pk)).content
        again(world, submitted)
        Firm.objects.filter(pk=world.firm.pk).update(name_en="Renamed")
        after = alice.get(english("receipt-download", receipt.pk)).content
        assert after == before
        assert "USD 900.00" in words_of(after)

    def test_what_a_firm_writes_is_printed_and_never_run(self, world, alice):
        name = '#panic("x") $1/0$ <b> @none \\'
        signed = entry(Kind.SIGNED, world.lists, name=name)
        file_quarter(world, until="submitted", entries=[signed])
        assert '#panic("x") $1/0$ <b> @none' in words_of(
            alice.get(english("receipt-download", Receipt.objects.get().pk)).content
        )

    def test_many_rows_are_counted_and_not_listed(self, world, alice, monkeypatch):
        monkeypatch.setattr(receipt_actions, "LISTED_LINES", 1)
        file_quarter(world, until="submitted")
        text = words_of(alice.get(english("receipt-download", Receipt.objects.get().pk)).content)
        assert "2 rows were handed in: too many to be listed here." in text
        assert "USD 900.00" not in text

    def test_a_nil_return_has_one_too(self, world, alice):
        version = file_quarter(world, until="draft", entries=[])
        declare_nil(version=version, by=world.alice, at=NOW)
        submit(version=version, lists=world.lists, by=world.alice, at=NOW)
        text = words_of(alice.get(english("receipt-download", Receipt.objects.get().pk)).content)
        assert "Nil return: no business in this quarter." in text

    def test_another_firm_does_not_find_it(self, charlie, receipt):
        assert charlie.get(english("receipt-download", receipt.pk)).status_code == 404


class TestCertificate:
    def test_it_certifies_the_approved_filing_without_figures(self, world, alice, submitted, receipt):
        assert alice.get(CERTIFICATE).status_code == 404
        approve(version=submitted, by=world.dora, at=NOW + timedelta(days=1))
        text = words_of(alice.get(CERTIFICATE).content)
        assert "the filing was approved on April 4, 2020 (version 1)" in text
        assert receipt.check_code in text
        assert "0.09" not in text

    def test_figures_stand_on_it_when_the_firm_ticks_them(self, world, alice, submitted):
        approve(version=submitted, by=world.dora, at=NOW + timedelta(days=1))
        text = words_of(alice.get(CERTIFICATE, {"figures": "on"}).content)
        assert "Execution 0.09" in text


class TestPublicCheck:
    @pytest.fixture
    def anybody(self) -> Client:
        return Client()

    def asked(self, client: Client, receipt: Receipt, **changed: str):
        return client.get(CHECK_PAGE, {"number": receipt.number, "code": receipt.check_code} | changed)

    def test_it_confirms_without_figures_or_the_whole_name(self, world, anybody, receipt):
        response = self.asked(anybody, receipt)
        page = text_of(response)
        assert "Confirmed: this receipt is genuine" in page
        assert "Quarter 1 of 2020 Firm 示例…… Handed in 2020-04-03 09:00:00" in page
        assert "In force; waiting for review." in page
        assert world.firm.name_zh not in page
        assert "900" not in page
        assert response["Cache-Control"] == "private, no-store"
        assert not response.cookies

    def test_the_empty_form_is_a_page_like_any_other(self, anybody, db):
        response = anybody.get(CHECK_PAGE)
        assert response["Cache-Control"].startswith("public")
        assert not response.cookies

    def test_it_is_read_however_it_was_typed(self, anybody, receipt):
        number = receipt.number.replace("-", " ").lower()
        code = f" {receipt.check_code.replace('-', '').lower()} "
        assert "Confirmed" in text_of(self.asked(anybody, receipt, number=number, code=code))
        assert written_number(number) == receipt.number.upper()

    @pytest.mark.parametrize(
        "changed",
        [
            {"code": "AAAA-AAAA-AAAA-AAAA"},
            {"code": "　'\"--"},
            {"number": "2020Q1-AAAAAA-v1-AAAA"},
            {"number": "％\x00"},
        ],
    )
    def test_another_code_or_number_is_not_confirmed(self, anybody, receipt, changed):
        page = text_of(self.asked(anybody, receipt, **changed))
        assert "Not confirmed" in page or "Null characters" in page
        assert "示例……" not in page

    def test_something_missing_is_said_beside_its_field(self, anybody, receipt):
        assert "Type the check code that stands on the paper." in text_of(self.asked(anybody, receipt, code=""))

    def test_it_tells_what_has_become_of_it(self, world, anybody, submitted, receipt):
        withdraw(version=submitted, by=world.alice, at=NOW)
        assert "No longer in force: the filing is being revised." in text_of(self.asked(anybody, receipt))
        submitted = submit(version=submitted, lists=world.lists, by=world.alice, at=NOW + timedelta(minutes=1))
        assert "Overtaken by a later version." in text_of(self.asked(anybody, receipt))
        approve(version=submitted, by=world.dora, at=NOW + timedelta(days=1))
        newest = submitted.receipts.first()
        assert "In force; approved on April 4, 2020." in text_of(self.asked(anybody, newest))

    def test_a_corrected_filing_is_overtaken_when_the_correction_is_approved(self, world, anybody):
        version = file_quarter(world)
        receipt = version.receipts.get()
        second = reopen(filing=version.filing, by=world.alice, at=NOW + timedelta(hours=1))
        second = submit(version=second, lists=world.lists, by=world.alice, at=NOW + timedelta(hours=2))
        assert "In force; approved on" in text_of(self.asked(anybody, receipt))
        approve(version=second, by=world.dora, at=NOW + timedelta(hours=3))
        assert "Overtaken by a later version." in text_of(self.asked(anybody, receipt))

    def test_codes_cannot_be_tried_one_after_the_other(self, anybody, receipt):
        for _try in range(20):
            assert self.asked(anybody, receipt, code="AAAA").status_code == 200
        response = self.asked(anybody, receipt)
        assert response.status_code == 429
        assert "Too many checks in one minute" in text_of(response)
        assert "Confirmed" not in text_of(response)
        with clock_at(NOW + timedelta(minutes=2)):
            assert "Confirmed" in text_of(self.asked(anybody, receipt))

    def test_nothing_is_posted_to_it(self, anybody, db):
        assert anybody.post(CHECK_PAGE).status_code == 405

    @pytest.mark.parametrize(("name", "shown"), [("示例云数据", "示例……"), ("甲乙", "甲……"), ("甲", "……"), ("", "……")])
    def test_of_a_name_only_the_beginning_is_shown(self, name, shown):
        assert masked(name) == shown
