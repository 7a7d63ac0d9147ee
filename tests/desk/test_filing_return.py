"""Returning: with a reason and a letter, which the reviewer may have edited."""

from datetime import date

import pytest

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.journal.models import Entry
from tests.desk.conftest import english, looked_at, text_of
from tests.world import file_quarter


@pytest.fixture
def waiting(world) -> Version:
    return file_quarter(world, until="submitted")


def give_back(client, version: Version, **typed: str):
    typed = {"mend_by_on": "2020-04-13"} | typed
    return client.post(english("filing-return", version.filing_id), looked_at(version, **typed), follow=True)


def test_it_sends_the_version_back_and_journals_it(world, waiting, dora):
    response = give_back(dora, waiting, reason="R02", letter="The receipt says 800.00.")
    assert "returned. You can take it back" in text_of(response)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.return_reason) == (Status.RETURNED, "R02")
    assert waiting.mend_by_on == date(2020, 4, 13)
    assert waiting.return_letter == "The receipt says 800.00."
    entry = Entry.objects.get(verb="filing.returned")
    assert (entry.actor, entry.after["letter"]) == (world.dora.key, "The receipt says 800.00.")


def test_the_letter_is_begun_for_the_reviewer(waiting, dora):
    page = dora.get(english("filing-detail", waiting.filing_id))
    words = text_of(page)
    assert "Your filing for Quarter 1 of 2020 (version 1) needs to be looked at again" in words
    assert "mend it by the day given with this letter" in words
    # Five working days on, Qingming left out.
    assert 'name="mend_by_on" value="2020-04-13"' in page.content.decode()


@pytest.mark.parametrize(
    ("reason", "letter"),
    [("", "Please mend it."), ("R77", "Please mend it."), ("R02", ""), ("R02", "   "), ("R02", "x" * 4001)],
)
def test_it_takes_a_reason_and_a_letter(waiting, dora, reason, letter):
    response = give_back(dora, waiting, reason=reason, letter=letter)
    assert response.status_code == 200
    assert letter.strip()[:50] in text_of(response)
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


@pytest.mark.parametrize("day", ["", "2020-04-02", "soon"])
def test_it_takes_a_day_that_is_to_come(waiting, dora, day):
    assert give_back(dora, waiting, reason="R02", letter="Mend it.", mend_by_on=day).status_code == 200
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_a_letter_that_was_only_begun_is_not_sent(waiting, dora):
    response = give_back(dora, waiting, reason="R02", letter="Please look again:\nRow … : …")
    assert "what is to be mended" in text_of(response)
    waiting.refresh_from_db()
    assert waiting.status == "submitted"


def test_it_happens_once(waiting, dora):
    give_back(dora, waiting, reason="R02", letter="One.")
    assert "not waiting for review (Returned)" in text_of(give_back(dora, waiting, reason="R03", letter="Two."))
    waiting.refresh_from_db()
    assert waiting.return_letter == "One."


def test_it_rejects_get(waiting, dora):
    assert dora.get(english("filing-return", waiting.filing_id)).status_code == 405


def test_it_is_closed_to_who_makes_statistics(waiting, erik):
    assert give_back(erik, waiting, reason="R02", letter="No.").status_code == 403


def test_it_does_not_exist_for_the_firm(waiting, world, signed_in):
    assert give_back(signed_in(world.alice), waiting, reason="R02", letter="No.").status_code == 404


def test_the_letter_is_shown_as_text(waiting, dora):
    give_back(dora, waiting, reason="R02", letter="<script>alert(1)</script>")
    page = dora.get(english("filing-detail", waiting.filing_id)).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
