"""A period's page: its rows with what the rules say of them, and what can be done now."""

from datetime import timedelta

import pytest

from portal.filings.actions.drafts import reopen
from portal.filings.actions.review import return_to_firm
from portal.filings.models.filing import Filing
from portal.filings.sheet import Kind
from tests.filings.conftest import english, text_of
from tests.world import NOW, clock_at, entry, file_quarter, simple_entries

PAGE = english("filing-detail", "2020Q1")


def shown(client, page=PAGE) -> str:
    response = client.get(page)
    assert response.status_code == 200
    return text_of(response)


def executed(world, number="A-1", on="2020-03-18", **typed):
    return entry(Kind.EXECUTED, world.lists, number=number, on=on, **typed)


class TestRows:
    def test_it_is_empty_before_anything_is_filed_and_opens_nothing(self, alice):
        page = shown(alice)
        assert "No contract this quarter yet" in page
        assert "No execution yet, and no running contract" in page
        assert not Filing.objects.exists()

    def test_it_shows_each_row_with_its_balance_and_last_quarter(self, world, alice):
        file_quarter(
            world,
            period="2019Q4",
            entries=simple_entries(world.lists, "OLD-1", NOW.date().replace(year=2019, month=11)),
        )
        file_quarter(world, until="draft", entries=[executed(world, "OLD-1", amount="60")])
        page = shown(alice)
        # 1,000 signed, 900 executed last quarter, 60 now.
        assert "Offshore 100.00 USD 900.00 expected 100.00 60.00" in page

    def test_it_counts_this_quarters_changes_into_the_balance(self, world, alice):
        signed, line = simple_entries(world.lists)
        change = entry(Kind.CHANGED, world.lists, amount="-50")
        file_quarter(world, until="draft", entries=[signed, line, change])
        assert "950.00 USD" in shown(alice)

    def test_it_groups_executions_by_mode(self, world, alice):
        home = entry(Kind.SIGNED, world.lists, number="B-1", market="CHN", currency="CNY")
        entries = [*simple_entries(world.lists), home, executed(world, "B-1")]
        file_quarter(world, until="draft", entries=entries)
        groups = alice.get(PAGE).context["groups"]
        assert [(mode, len(rows)) for mode, rows in groups] == [("offshore", 1), ("onshore", 1)]

    def test_it_offers_running_contracts_that_have_nothing_yet(self, world, alice):
        file_quarter(world, period="2019Q4")
        response = alice.get(PAGE)
        assert f"{english('entry-add', '2020Q1', 'executed')}?contract=2019Q4-1" in response.content.decode()
        assert response.context["meter"] | {"total": 1, "filled": 0, "empty": 1} == response.context["meter"]

    def test_it_shows_a_standing_contract_that_has_no_line(self, world, alice):
        standing = entry(Kind.STANDING, world.lists, on="2015-05-05")
        file_quarter(world, until="draft", entries=[standing])
        assert "Standing contract" in shown(alice)

    def test_it_does_not_ask_more_for_more_rows(self, world, alice, assert_constant_queries):
        entries = simple_entries(world.lists)

        def more_rows() -> None:
            for _ in range(3):
                number = f"N-{len(entries)}"
                entries.extend(simple_entries(world.lists, number))
            file_quarter(world, until="draft", entries=list(entries))

        assert_constant_queries(more_rows, lambda: alice.get(PAGE))


class TestFindings:
    def late(self, world):
        """Saved in March, when the summer of 2019 was still accepted."""
        entries = [
            entry(Kind.SIGNED, world.lists, on="2020-01-05"),
            executed(world, on="2019-08-01"),
            executed(world, on="2020-03-01", amount="50", payer_market="CHN"),
        ]
        return file_quarter(world, until="draft", entries=entries, at=NOW - timedelta(days=4))

    def test_each_stands_at_its_row_and_in_the_list_above(self, world, alice):
        self.late(world)
        page = shown(alice)
        assert "2 points before it can be submitted" in page
        assert "Row 1 The date is before the window that this period accepts" in page
        assert "Expected: 2020-01-01 to 2020-03-31 rule D2" in page
        assert "Row 2 The client is abroad but the payment came from the mainland" in page

    def test_it_marks_the_cell(self, world, alice):
        self.late(world)
        (_mode, rows), *_rest = alice.get(PAGE).context["groups"]
        assert rows[0]["cells"]["on"] == {"kind": "bad", "seal": "mend"}
        assert rows[0]["cells"]["amount"] == {"kind": "ok", "seal": "saved"}

    def test_the_list_leads_to_the_row(self, world, alice):
        self.late(world)
        html = alice.get(PAGE).content.decode()
        assert f'href="{PAGE}#row-1"' in html
        assert 'id="row-1"' in html

    def test_it_says_nothing_of_a_filing_that_is_over(self, world, alice):
        file_quarter(world)
        assert alice.get(PAGE).context["blocking"] is None


class TestActs:
    def test_a_draft_is_open_but_for_what_it_cannot_do(self, world, alice):
        file_quarter(world, until="draft")
        closed = alice.get(PAGE).context["closed"]
        assert closed["fill"] is None
        assert closed["submit"] is None
        assert closed["withdraw"] == "Only a filing that waits for review can be withdrawn."
        assert closed["reopen"] == "Version 1 is still open."

    def test_a_submitted_filing_can_only_be_withdrawn(self, world, alice):
        file_quarter(world, until="submitted")
        response = alice.get(PAGE)
        assert response.context["closed"]["withdraw"] is None
        html = response.content.decode()
        assert english("filing-withdraw", "2020Q1") in html
        assert english("upload-add", "2020Q1") not in html
        assert "Withdraw it to change something." in html

    def test_an_approved_filing_can_be_corrected_by_a_next_version(self, world, alice):
        file_quarter(world)
        html = alice.get(PAGE).content.decode()
        assert english("filing-reopen", "2020Q1") in html
        assert english("entry-add", "2020Q1", "signed") not in html

    def test_a_locked_period_says_so(self, world, alice):
        assert "2019Q4 was locked on 2020-03-31" in shown(alice, english("filing-detail", "2019Q4"))

    def test_a_reader_gets_no_act_at_all(self, world, bob):
        file_quarter(world, until="draft")
        html = bob.get(PAGE).content.decode()
        for name in ("entry-add", "upload-add", "filing-nil", "filing-withdraw", "filing-reopen"):
            args = ("2020Q1", "signed") if name == "entry-add" else ("2020Q1",)
            assert english(name, *args) not in html
        assert english("workbook-download", "2020Q1") in html

    def test_the_letter_stands_there_until_the_rework_is_handed_over(self, world, alice):
        version = file_quarter(world, until="returned")
        assert "Please send the bank receipt." in shown(alice)
        reopen(filing=version.filing, by=world.alice, at=NOW)
        assert "Please send the bank receipt." in shown(alice)

    def test_a_letter_shows_its_text_as_text(self, world, alice):
        version = file_quarter(world, until="submitted")
        return_to_firm(version=version, reason="R99", letter="<b>x</b>\nsecond", by=world.dora, at=NOW)
        assert "&lt;b&gt;x&lt;/b&gt;" in alice.get(PAGE).content.decode()


@pytest.mark.parametrize("code", ["2020Q2", "2031Q1", "2020Q5", "nothing", "2020", "٢٠٢٠Q1"])
def test_a_period_that_is_not_open_is_not_there(alice, code):
    assert alice.get(english("filing-detail", code)).status_code == 404


def test_another_firm_sees_its_own_sheet_only(world, charlie):
    file_quarter(world)
    assert "2020Q1-1" not in shown(charlie)


def test_its_days_are_counted(world, alice):
    with clock_at(NOW + timedelta(days=7)):
        assert "due today" in shown(alice)
