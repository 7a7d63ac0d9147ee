"""Approving: freezes what was looked at, and nothing newer; once; never out of scope."""

import pytest
from django.test import Client

from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.submission import submit, withdraw
from portal.filings.lifecycle import Status
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from portal.journal.models import Entry
from tests.desk.conftest import english, looked_at, text_of
from tests.world import NOW, entry, file_quarter, simple_entries


@pytest.fixture
def waiting(world) -> Version:
    return file_quarter(world, until="submitted")


def approve(client, version: Version, **typed: str):
    return client.post(english("filing-approve", version.filing_id), looked_at(version, **typed), follow=True)


def test_it_freezes_the_version_and_journals_it(world, waiting, dora):
    response = approve(dora, waiting)
    assert "approved. It counts from now on" in text_of(response)
    waiting.refresh_from_db()
    assert (waiting.status, waiting.approved_by) == (Status.APPROVED, world.dora.key)
    entry = Entry.objects.get(verb="filing.approved")
    assert (entry.actor, entry.firm_code) == (world.dora.key, world.firm.credit_code)
    assert (entry.before["status"], entry.after["status"]) == ("submitted", "approved")


def test_the_second_of_two_is_told(world, waiting, dora, signed_in, grace):
    approve(dora, waiting)
    response = approve(signed_in(grace), waiting)
    assert "This version is not waiting for review (Approved)" in text_of(response)
    assert Entry.objects.filter(verb="filing.approved").count() == 1


def test_what_was_submitted_anew_has_to_be_looked_at_again(world, waiting, dora):
    """The same version, withdrawn and handed in with other figures after the page was opened."""
    seen = looked_at(waiting)
    draft = withdraw(version=waiting, by=world.alice, at=NOW)
    entries = simple_entries(world.lists, "B-7")
    save_draft(version=draft, entries=entries, lists=world.lists, by=world.alice, at=NOW)
    submit(version=draft, lists=world.lists, by=world.alice, at=NOW)
    response = dora.post(english("filing-approve", waiting.filing_id), seen, follow=True)
    assert "This is not what you had opened" in text_of(response)
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


@pytest.mark.parametrize(
    "typed", [{}, {"version": "abc"}, {"version": "7"}, {"version": "1", "submitted_at": "yesterday"}]
)
def test_a_decision_that_names_no_version_is_none(waiting, dora, typed):
    response = dora.post(english("filing-approve", waiting.filing_id), typed, follow=True)
    assert "This is not what you had opened" in text_of(response)
    waiting.refresh_from_db()
    assert waiting.status == Status.SUBMITTED


def test_what_needs_a_word_has_to_be_ticked(world, dora):
    paid_at_home = [
        entry(Kind.SIGNED, world.lists),
        entry(Kind.EXECUTED, world.lists, payer_market="CHN", reason="Paid by its branch"),
    ]
    version = file_quarter(world, entries=paid_at_home, until="submitted")
    response = approve(dora, version)
    assert response.status_code == 200
    assert "points still to be ticked: 1" in text_of(response)
    version.refresh_from_db()
    assert version.status == Status.SUBMITTED
    approve(dora, version, weighed_E1="on")
    version.refresh_from_db()
    assert version.status == Status.APPROVED


def test_it_rejects_get(waiting, dora):
    assert dora.get(english("filing-approve", waiting.filing_id)).status_code == 405


def test_it_is_closed_to_who_makes_statistics(waiting, erik):
    assert approve(erik, waiting).status_code == 403


def test_out_of_scope_it_does_not_exist(world, signed_in, grace):
    theirs = open_filing(firm=world.rival, period=world.period, by=world.charlie, at=NOW)
    save_draft(version=theirs, entries=simple_entries(world.lists), lists=world.lists, by=world.charlie, at=NOW)
    theirs = submit(version=theirs, lists=world.lists, by=world.charlie, at=NOW)
    assert approve(signed_in(grace), theirs).status_code == 404
    theirs.refresh_from_db()
    assert theirs.status == Status.SUBMITTED


def test_it_needs_the_token(world, waiting):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.dora)
    assert client.post(english("filing-approve", waiting.filing_id), looked_at(waiting)).status_code == 403
