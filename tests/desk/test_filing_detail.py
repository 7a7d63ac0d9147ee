"""One filing at the desk: its figures beside their neighbours, what is to be weighed, and what happened."""

import pytest

from portal.filings.actions.drafts import open_filing, reopen, save_draft
from portal.filings.actions.submission import submit
from portal.filings.desk.comparison import comparison_of, handed_in
from portal.filings.desk.points import points_of
from portal.filings.models.filing import Filing, Version
from portal.filings.sheet import Kind
from portal.reference.queries import code_lists
from tests.desk.conftest import english, text_of
from tests.world import NOW, entry, file_quarter, simple_entries

STANDING = {"number": "S-1", "on": "2018-05-01", "amount": "900000"}


def running(world, *amounts: str, on: str, known: bool = False, **typed: str):
    """A contract of 2018 that runs on (registered here unless it is known), and executions of it on a day."""
    return [
        *([] if known else [entry(Kind.STANDING, world.lists, **STANDING)]),
        *(
            entry(Kind.EXECUTED, world.lists, number="S-1", on=on, amount=amount, receipt_number=f"R{place}", **typed)
            for place, amount in enumerate(amounts)
        ),
    ]


def compared(version: Version):
    """The comparison of a filing's newest version."""
    filing = Filing.objects.select_related("firm", "period").get(pk=version.filing_id)
    newest, *older = handed_in(filing)
    return comparison_of(newest, older[0] if older else None, points_of(newest, code_lists()))


@pytest.fixture
def year(world) -> Version:
    """A contract executed a year ago, last quarter and now."""
    file_quarter(world, period="2019Q1", entries=running(world, "10.00", on="2019-03-01"))
    file_quarter(world, period="2019Q4", entries=running(world, "20.00", on="2019-11-01", known=True))
    entries = running(world, "30.00", "5.00", on="2020-03-01", known=True)
    return file_quarter(world, entries=entries, until="submitted")


# ── Side by side ─────────────────────────────────────────────────────────────────────────────────


def test_a_contract_s_other_quarters_stand_at_its_first_execution(year):
    first, second = compared(year).executed.rows
    assert (first.line.usd_cents, first.last_quarter, first.last_year) == (3000, 2000, 1000)
    assert (second.line.usd_cents, second.last_quarter, second.last_year, second.repeats) == (500, None, None, True)


def test_the_totals_are_the_whole_quarters(year):
    part = compared(year).executed
    assert (part.now, part.last_quarter, part.last_year, part.previous) == (3500, 2000, 1000, None)


def test_a_contract_that_rests_is_told_too(world):
    file_quarter(world, period="2019Q4", entries=running(world, "20.00", on="2019-11-01"))
    version = file_quarter(world, entries=simple_entries(world.lists), until="submitted")
    resting = [row for row in compared(version).executed.rows if row.line is None]
    assert [(row.contract.number, row.last_quarter) for row in resting] == [("S-1", 2000)]


def corrected(world, version: Version, entries) -> Version:
    newer = reopen(filing=version.filing, by=world.alice, at=NOW)
    save_draft(version=newer, entries=entries, lists=world.lists, by=world.alice, at=NOW)
    return submit(version=newer, lists=world.lists, by=world.alice, at=NOW)


def test_a_correction_stands_beside_what_it_corrects(world):
    version = file_quarter(world, entries=running(world, "30.00", "5.00", on="2020-03-01"), until="returned")
    newer = corrected(world, version, running(world, "31.00", on="2020-03-01"))
    found = compared(newer)
    kept, gone = found.executed.rows
    assert (kept.line.usd_cents, kept.previous.usd_cents, kept.is_changed) == (3100, 3000, True)
    assert (gone.line, gone.previous.usd_cents, gone.is_removed) == (None, 500, True)
    assert (found.difference, found.changed_count, found.executed.previous) == (-400, 2, 3500)


def test_another_receipt_is_told_at_the_receipt_and_not_at_the_amount(world, dora):
    version = file_quarter(world, entries=running(world, "30.00", on="2020-03-01"), until="returned")
    newer = corrected(world, version, running(world, "30.00", on="2020-03-01"))
    newer.lines.update(receipt_number="W-2")
    (row,) = compared(newer).executed.rows
    assert row.changed == {"receipt_number"}
    words = dora.get(english("filing-detail", newer.filing.pk)).content.decode()
    assert "receipt amended, before: <del>R0</del>" in words
    assert "<small>amended</small>" not in words
    newer.lines.update(amount_cents=3100)
    assert "<small>amended</small>" in dora.get(english("filing-detail", newer.filing.pk)).content.decode()


def test_what_was_not_touched_is_not_called_changed(world):
    version = file_quarter(world, until="returned")
    newer = corrected(world, version, simple_entries(world.lists, "2020Q1-1"))
    found = compared(newer)
    assert (found.changed_count, found.difference) == (0, 0)


# ── What is to be weighed ────────────────────────────────────────────────────────────────────────


def test_an_explanation_is_weighed_against_what_asked_for_it(world):
    paid_at_home = running(world, "30.00", on="2020-03-01", payer_market="CHN", reason="Paid by its branch")
    (point,) = compared(file_quarter(world, entries=paid_at_home, until="submitted")).points
    assert (point.code, point.severity, point.position, point.explanation) == ("E1", "explain", 1, "Paid by its branch")
    assert point.is_to_be_weighed


def test_a_back_filing_within_its_window_is_pointed_out(world):
    march = NOW.replace(month=3, day=30)
    version = file_quarter(world, entries=running(world, "30.00", on="2019-11-29"), until="submitted", at=march)
    (point,) = compared(version).points
    assert (point.severity, point.found, point.position) == ("ask", "2019-11-29", 1)
    assert "2019-07-01" in point.message


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_the_filing_side_by_side(year, dora):
    words = text_of(dora.get(english("filing-detail", year.filing_id)))
    for amount in ("30.00", "20.00", "10.00", "35.00"):
        assert amount in words
    assert "Version 1 submitted" in words
    assert "Approve version 1" in words
    assert "Return to the firm" in words


def test_it_shows_the_explanation_under_its_line(world, dora):
    paid_at_home = running(world, "30.00", on="2020-03-01", payer_market="CHN", reason="Paid by its branch")
    version = file_quarter(world, entries=paid_at_home, until="submitted")
    words = text_of(dora.get(english("filing-detail", version.filing_id)))
    assert "The firm says: Paid by its branch" in words
    assert "Rows 1: the explanation can be accepted" in words


def test_an_earlier_version_can_be_looked_at_and_not_decided(world, dora):
    version = file_quarter(world, until="returned")
    corrected(world, version, simple_entries(world.lists, "2020Q1-1"))
    words = text_of(dora.get(english("filing-detail", version.filing_id) + "?version=1"))
    assert "This is an earlier version" in words
    assert "Please send the bank receipt." in words
    assert "A newer version has been handed in" in words


def test_a_draft_shows_no_figure(world, dora):
    version = file_quarter(world, until="draft")
    words = text_of(dora.get(english("filing-detail", version.filing_id)))
    assert "Nothing has been handed in yet" in words
    assert "900.00" not in words
    assert "Approve version" not in words


def test_a_draft_after_a_return_shows_what_was_returned(world, dora):
    version = file_quarter(world, until="returned")
    newer = reopen(filing=version.filing, by=world.alice, at=NOW)
    save_draft(
        version=newer, entries=running(world, "77.77", on="2020-03-01"), lists=world.lists, by=world.alice, at=NOW
    )
    words = text_of(dora.get(english("filing-detail", version.filing_id)))
    assert "900.00" in words
    assert "77.77" not in words


def test_who_makes_statistics_reads_and_decides_on_nothing(world, erik):
    version = file_quarter(world, until="submitted")
    words = text_of(erik.get(english("filing-detail", version.filing_id)))
    assert "deciding on it is for its reviewers" in words
    assert "Approve version" not in words


def test_it_says_why_the_decision_is_closed(world, dora):
    version = file_quarter(world, until="approved")
    assert "This version is not waiting for review (Approved)" in text_of(
        dora.get(english("filing-detail", version.filing_id))
    )


def test_a_filing_of_another_province_does_not_exist(world, grace, signed_in):
    mine = file_quarter(world, until="submitted")
    theirs = open_filing(firm=world.rival, period=world.period, by=world.charlie, at=NOW)
    assert signed_in(grace).get(english("filing-detail", mine.filing_id)).status_code == 200
    assert signed_in(grace).get(english("filing-detail", theirs.filing_id)).status_code == 404


def test_it_is_closed_to_who_administers(world, frida):
    version = file_quarter(world, until="submitted")
    assert frida.get(english("filing-detail", version.filing_id)).status_code == 403


def test_it_does_not_exist_for_the_firm_itself(world, signed_in):
    version = file_quarter(world, until="submitted")
    assert signed_in(world.alice).get(english("filing-detail", version.filing_id)).status_code == 404


def test_it_rejects_post(world, dora):
    version = file_quarter(world, until="submitted")
    assert dora.post(english("filing-detail", version.filing_id)).status_code == 405


def test_more_lines_take_no_more_queries(world, dora, assert_constant_queries):
    version = file_quarter(world, entries=running(world, "1.00", on="2020-03-01"), until="returned")
    size = [1]

    def add() -> None:
        size[0] *= 3
        amounts = [f"{number}.00" for number in range(1, size[0] + 1)]
        newer = corrected(world, version, running(world, *amounts, on="2020-03-01", reason="As agreed"))
        version.filing.versions.filter(pk=newer.pk).update(status="returned")

    assert_constant_queries(add, lambda: dora.get(english("filing-detail", version.filing_id)))
