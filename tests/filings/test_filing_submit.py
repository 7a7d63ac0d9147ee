"""From the draft to the receipt, and back: check, submit, withdraw, reopen, nil."""

from datetime import timedelta

import pytest

from portal.filings.actions.drafts import save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.models.filing import Filing, Version
from portal.filings.models.receipt import Receipt
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind
from portal.journal.models import Entry as JournalEntry
from portal.lib.acts import Refused
from portal.members.models import Firm, Representation
from portal.members.roles import FirmRole
from tests.filings.conftest import english, text_of
from tests.world import NOW, acting, entry, file_quarter, simple_entries

SHEET = english("filing-detail", "2020Q1")
CHECK = english("filing-check", "2020Q1")
SUBMIT = english("filing-submit", "2020Q1")
RECEIPT = english("filing-receipt", "2020Q1")
WITHDRAW = english("filing-withdraw", "2020Q1")
REOPEN = english("filing-reopen", "2020Q1")
NIL = english("filing-nil", "2020Q1")
TICKED = {"is_true": "on"}


def journalled(verb: str) -> int:
    return JournalEntry.objects.filter(verb=verb).count()


@pytest.fixture
def draft(world) -> Version:
    return file_quarter(world, until="draft", entries=simple_entries(world.lists))


def unexplained(world) -> list:
    signed = entry(Kind.SIGNED, world.lists)
    return [signed, entry(Kind.EXECUTED, world.lists, payer_market="CHN")]


class TestCheck:
    def test_it_sets_the_figures_beside_last_quarter_and_last_year(self, world, alice):
        file_quarter(world, period="2019Q1")
        executed = entry(Kind.EXECUTED, world.lists, number="2019Q1-1", amount="45")
        before = entry(Kind.EXECUTED, world.lists, number="2019Q1-1", amount="50", on="2019-12-01")
        file_quarter(world, period="2019Q4", entries=[before])
        file_quarter(world, until="draft", entries=[executed])
        rows = {row.measure: row for row in alice.get(CHECK).context["comparisons"]}
        assert (rows["executed"].now, rows["executed"].last, rows["executed"].year) == (45_00, 50_00, 900_00)
        assert rows["executed"].since_last == (-10, "")
        assert rows["signed"].since_year == (-100, "")
        assert rows["signed"].since_last == (None, "zero_base")
        assert (rows["contracts"].now, rows["contracts"].year) == (0, 1)

    def test_it_tells_the_parts_by_mode(self, world, alice):
        home = entry(Kind.SIGNED, world.lists, number="B-1", market="CHN")
        entries = [*simple_entries(world.lists), home, entry(Kind.EXECUTED, world.lists, number="B-1", amount="10")]
        file_quarter(world, until="draft", entries=entries)
        rows = {row.measure: row.now for row in alice.get(CHECK).context["comparisons"]}
        assert rows == {
            "signed": 200_000, "signed_offshore": 100_000, "signed_onshore": 100_000,
            "executed": 91_000, "offshore": 90_000, "onshore": 1_000, "contracts": 2, "lines": 4,
        }  # fmt: skip

    def test_it_gives_ten_thousands_and_renminbi(self, world, alice):
        big = entry(Kind.SIGNED, world.lists, amount="126400.00")
        file_quarter(world, until="draft", entries=[big])
        response = alice.get(CHECK)
        row = next(row for row in response.context["comparisons"] if row.measure == "signed")
        rate, _provisional = world.lists.rate("USD", big.on)
        assert row.cny == round(12_640_000 * rate.cny_per_unit)
        assert f"Contract value 12.64 {row.cny / 1_000_000:,.2f}" in text_of(response)

    def test_growth_on_little_is_marked(self, world, alice):
        file_quarter(world, period="2019Q1")
        file_quarter(world, until="draft", entries=simple_entries(world.lists))
        response = alice.get(CHECK)
        assert "low base" in text_of(response)
        assert 'id="low-base"' in response.content.decode()

    def test_without_an_earlier_filing_there_is_no_base(self, alice, draft):
        assert {row.since_last for row in alice.get(CHECK).context["comparisons"]} == {(None, "no_base")}

    def test_it_shows_what_is_open_and_closes_the_button(self, world, alice):
        file_quarter(world, until="draft", entries=unexplained(world))
        response = alice.get(CHECK)
        page = text_of(response)
        assert "The client is abroad but the payment came from the mainland." in page
        assert "Mend the points above first." in page
        assert 'type="submit">Sign and submit<' not in response.content.decode()

    def test_it_shows_the_declaration_and_the_explanations(self, world, alice):
        signed, _executed = unexplained(world)
        told = entry(Kind.EXECUTED, world.lists, payer_market="CHN", reason="Paid by the client's branch")
        file_quarter(world, until="draft", entries=[signed, told])
        page = text_of(alice.get(CHECK))
        assert "I declare that this filing for Quarter 1 of 2020 is complete" in page
        assert "Paid by the client's branch" in page

    def test_a_reader_sees_it_without_the_button(self, bob, draft):
        response = bob.get(CHECK)
        assert "Only an owner, a filer or a certifier of the firm can submit." in text_of(response)
        assert SUBMIT not in response.content.decode()

    def test_there_is_none_before_anything_is_filed(self, alice):
        assert alice.get(CHECK).status_code == 404


class TestSubmit:
    def test_it_leads_to_the_receipt(self, world, alice, draft):
        assert alice.post(SUBMIT, TICKED).url == RECEIPT
        draft.refresh_from_db()
        assert (draft.status, draft.submitted_by) == ("submitted", world.alice.key)
        assert journalled("filing.submitted") == 1

    def test_without_the_tick_nothing_is_signed(self, alice, draft):
        response = alice.post(SUBMIT)
        assert response.status_code == 200
        assert "Tick the declaration before you sign." in text_of(response)
        draft.refresh_from_db()
        assert (draft.status, journalled("filing.submitted")) == ("draft", 0)

    def test_a_row_that_is_not_finished_is_not_left_behind(self, world, alice, draft):
        draft.typed_rows.create(firm=world.firm, place="new-1", kind="executed", saved_at=NOW, saved_by=world.alice.key)
        assert "Rows not finished 1" in text_of(alice.get(CHECK))
        assert "Some rows are not finished." in text_of(alice.post(SUBMIT, TICKED, follow=True))
        draft.refresh_from_db()
        assert draft.status == "draft"

    def test_a_second_press_says_so_and_changes_nothing(self, alice, draft):
        alice.post(SUBMIT, TICKED)
        response = alice.post(SUBMIT, TICKED, follow=True)
        assert response.redirect_chain == [(RECEIPT, 302)]
        assert "This filing has been submitted already." in text_of(response)
        assert journalled("filing.submitted") == 1

    def test_what_is_refused_stays_a_draft(self, world, alice):
        version = file_quarter(world, until="draft", entries=unexplained(world))
        response = alice.post(SUBMIT, TICKED, follow=True)
        assert response.redirect_chain == [(CHECK, 302)]
        assert "The filing was not submitted: there are points to mend first." in text_of(response)
        assert len(stored_entries(version)) == 2
        assert journalled("filing.submitted") == 0

    def test_an_empty_draft_is_refused(self, world, alice):
        file_quarter(world, until="draft", entries=[])
        assert "There is nothing in this filing yet." in text_of(alice.post(SUBMIT, TICKED, follow=True))

    def test_a_certifier_may(self, world, signed_in, draft):
        assert signed_in(world.gina).post(SUBMIT, TICKED).url == RECEIPT

    def test_there_is_nothing_to_submit_before_a_draft(self, alice):
        assert alice.post(SUBMIT, TICKED).status_code == 404


class TestWithdrawAndReopen:
    def test_a_submitted_filing_comes_back(self, world, alice, draft):
        submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
        assert alice.post(WITHDRAW).url == SHEET
        draft.refresh_from_db()
        assert draft.status == "draft"
        assert journalled("filing.withdrawn") == 1
        assert "Only a filing that waits for review can be withdrawn." in text_of(alice.post(WITHDRAW, follow=True))
        assert journalled("filing.withdrawn") == 1

    def test_a_decided_filing_does_not(self, world, alice):
        version = file_quarter(world, until="submitted")
        approve(version=version, by=world.dora, at=NOW)
        alice.post(WITHDRAW)
        version.refresh_from_db()
        assert version.status == "approved"

    @pytest.mark.parametrize("until", ["approved", "returned"])
    def test_the_next_version_has_the_rows_of_the_last(self, world, alice, until):
        file_quarter(world, until=until)
        assert alice.post(REOPEN).url == SHEET
        newest = Version.objects.order_by("-number").first()
        assert (newest.number, newest.status, newest.lines.count()) == (2, "draft", 2)
        alice.post(REOPEN)
        assert Version.objects.count() == 2
        assert journalled("filing.reopened") == 1


class TestNil:
    def test_it_is_explained_before_it_is_said(self, alice):
        assert "It counts as filed." in text_of(alice.get(NIL))
        assert not Filing.objects.exists()

    def test_one_press_and_it_can_be_submitted(self, alice):
        assert alice.post(NIL).url == CHECK
        assert "This version says that there was no business in the quarter." in text_of(alice.get(CHECK))
        assert alice.post(SUBMIT, TICKED).url == RECEIPT
        assert Version.objects.get().is_nil
        assert "Nil return: no business in this quarter." in text_of(alice.get(RECEIPT))
        assert (journalled("filing.nil_declared"), journalled("filing.submitted")) == (1, 1)

    def test_a_second_press_is_harmless(self, alice):
        alice.post(NIL)
        alice.post(NIL)
        assert journalled("filing.nil_declared") == 1

    def test_a_draft_with_rows_loses_none(self, alice, draft):
        response = alice.post(NIL, follow=True)
        assert "This draft has lines." in text_of(response)
        assert draft.lines.count() == 2

    def test_a_row_takes_it_back(self, world, alice):
        alice.post(NIL)
        typed = {"number": "A-1", "name": "n", "client": "c", "market": "VNM", "category": "ITO-1-01"}
        typed |= {"on": "2020-02-01", "currency": "USD", "amount": "1"}
        alice.post(english("entry-add", "2020Q1", "signed"), typed)
        assert not Version.objects.get().is_nil

    def test_a_locked_period_takes_none(self, alice):
        response = alice.post(english("filing-nil", "2019Q4"), follow=True)
        assert "2019Q4 was locked on 2020-03-31" in text_of(response)
        assert not Filing.objects.exists()


class TestHistory:
    def test_it_tells_versions_their_differences_and_the_steps(self, world, alice):
        file_quarter(world, entries=simple_entries(world.lists), at=NOW - timedelta(days=1))
        alice.post(REOPEN)
        version = Version.objects.order_by("-number").first()
        place = next(item.place for item in stored_entries(version) if item.entry.kind == Kind.EXECUTED)
        changed = {"number": "A-1", "on": "2020-02-11", "amount": "800", "receipt_number": "SW20031801"}
        alice.post(english("entry-edit", "2020Q1", place), changed)
        response = alice.get(english("filing-history", "2020Q1"))
        page = text_of(response)
        assert [story["version"].number for story in response.context["stories"]] == [2, 1]
        assert "Executed amount 900.00 → 800.00" in page
        assert "Filing approved version 1 The association" in page
        assert "Draft saved version 2 rows changed 1 Alice" in page
        assert "Dora" not in page

    def test_a_first_version_has_nothing_before_it(self, world, alice, draft):
        (story,) = alice.get(english("filing-history", "2020Q1")).context["stories"]
        assert story["changes"] is None

    def test_it_is_not_there_before_anything_is_filed(self, alice):
        assert alice.get(english("filing-history", "2020Q1")).status_code == 404

    def test_it_does_not_ask_more_for_more_versions(self, world, alice, assert_constant_queries):
        file_quarter(world)

        def one_more() -> None:
            alice.post(REOPEN)
            alice.post(SUBMIT, TICKED)
            newest = Version.objects.order_by("-number").first()
            if newest.status == "submitted":
                approve(version=newest, by=world.dora, at=NOW + timedelta(hours=1))

        assert_constant_queries(one_more, lambda: alice.get(english("filing-history", "2020Q1")))


FILE = english("filing-file", "2020Q1")
TAKE_BACK = english("filing-take-back", "2020Q1")
SEND_BACK = english("filing-send-back", "2020Q1")


class TestTwoSignatures:
    """Where the firm wants two: one files, another certifies."""

    @pytest.fixture
    def gina(self, world, signed_in):
        return signed_in(world.gina)

    @pytest.fixture
    def filed(self, world, alice, draft) -> Version:
        Firm.objects.filter(pk=world.firm.pk).update(needs_certifier=True)
        assert alice.post(FILE, TICKED).url == CHECK
        draft.refresh_from_db()
        return draft

    def test_the_first_locks_the_draft_and_names_who_is_next(self, world, alice, filed):
        assert (filed.status, filed.filed_by) == ("draft", world.alice.key)
        assert "Who may certify: Gina." in text_of(alice.get(CHECK))
        assert not Receipt.objects.exists()
        with pytest.raises(Refused, match="waits for its certifier"):
            save_draft(version=filed, entries=[], lists=world.lists, by=world.alice, at=NOW)

    def test_the_second_submits_and_both_stand_on_the_receipt(self, world, gina, filed):
        assert "Certify and submit" in text_of(gina.get(CHECK))
        assert gina.post(SUBMIT, TICKED).url == RECEIPT
        receipt = Receipt.objects.get()
        assert (receipt.filed_by, receipt.certified_by) == (world.alice.key, world.gina.key)
        assert "Filed by Alice Certified by Gina" in text_of(gina.get(RECEIPT))

    def test_nobody_certifies_what_they_filed(self, alice, filed):
        response = alice.post(SUBMIT, TICKED, follow=True)
        assert "You filed this yourself. Another person has to certify it." in text_of(response)
        filed.refresh_from_db()
        assert (filed.status, Receipt.objects.count()) == ("draft", 0)

    def test_a_filer_does_not_certify(self, world, signed_in, filed):
        hal = acting("Hal", world.firm, FirmRole.FILER)
        response = signed_in(hal).post(SUBMIT, TICKED, follow=True)
        assert "Only the owner or a certifier of the firm can certify." in text_of(response)

    def test_nobody_submits_before_the_first_has_signed(self, world, gina, draft):
        Firm.objects.filter(pk=world.firm.pk).update(needs_certifier=True)
        response = gina.post(SUBMIT, TICKED, follow=True)
        assert "Two people sign for this firm: one files, and then another one certifies." in text_of(response)

    def test_it_is_not_filed_when_nobody_else_could_certify(self, world, alice, draft):
        Firm.objects.filter(pk=world.firm.pk).update(needs_certifier=True)
        Representation.objects.filter(user=world.gina).update(until_on=NOW.date() - timedelta(days=1))
        assert "Nobody but you may certify for this firm." in text_of(alice.post(FILE, TICKED, follow=True))
        draft.refresh_from_db()
        assert draft.filed_at is None

    def test_the_filer_takes_it_back(self, alice, filed):
        assert alice.post(TAKE_BACK).url == SHEET
        filed.refresh_from_db()
        assert (filed.filed_at, journalled("filing.taken_back")) == (None, 1)
        assert "does not wait for a certifier" in text_of(alice.post(TAKE_BACK, follow=True))

    def test_the_certifier_sends_it_back_with_a_note(self, world, alice, gina, filed):
        assert "Write what is to be mended" in text_of(gina.post(SEND_BACK, {"note": " "}))
        gina.post(SEND_BACK, {"note": "Receipt SW20031801 is missing."})
        page = text_of(alice.get(CHECK))
        assert "The certifier sent this draft back Gina 2020-04-03 09:00 Receipt SW20031801 is missing." in page
        assert journalled("filing.sent_back") == 1
        alice.post(FILE, TICKED)
        assert "sent this draft back" not in text_of(alice.get(CHECK))

    def test_a_withdrawn_filing_takes_two_signatures_again(self, alice, gina, filed):
        gina.post(SUBMIT, TICKED)
        alice.post(WITHDRAW)
        filed.refresh_from_db()
        assert (filed.filed_at, filed.submitted_at) == (None, None)
        assert "Sign and hand to the certifier" in text_of(alice.get(CHECK))
