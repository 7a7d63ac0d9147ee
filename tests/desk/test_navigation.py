"""Each person of the association is offered what is open to them, and nothing else."""

import pytest
from django.test import Client

from portal.filings.desk.navigation import desk_entries, desk_home
from portal.members.roles import StaffRole
from tests.desk.conftest import english, text_of
from tests.world import appointed


@pytest.mark.parametrize("who", ["dora", "erik", "frida"])
def test_every_entry_opens(world, signed_in, who):
    person = getattr(world, who)
    client: Client = signed_in(person)
    entries = desk_entries(person)
    assert len(entries) > 3
    assert {entry.href: client.get(entry.href).status_code for entry in entries} == {
        entry.href: 200 for entry in entries
    }


@pytest.mark.parametrize(("who", "home"), [("dora", "queue"), ("erik", "queue"), ("frida", "firm-list")])
def test_everybody_begins_where_they_may(world, who, home):
    assert desk_home(getattr(world, who)).endswith(english(home).removeprefix("/en"))


def test_a_reviewer_is_offered_no_journal_and_no_admin(world, dora):
    words = text_of(dora.get(english("queue")))
    assert "Review" in words
    assert "Journal" not in words
    assert "Data admin" not in words


def test_it_says_what_one_is_and_where(world, grace, signed_in):
    assert "Reviewer Guizhou" in text_of(signed_in(grace).get(english("queue")))


def test_the_page_that_one_is_on_is_marked(world, dora):
    here = [entry for entry in desk_entries(world.dora, english("extension-list").removeprefix("/en")) if entry.is_here]
    assert [entry.href for entry in here] == [english("extension-list").removeprefix("/en")]


def test_who_only_edits_has_the_editing_desk(db):
    assert desk_home(appointed("Ella", StaffRole.EDITOR)) == "/editing/"
