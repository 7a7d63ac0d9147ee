"""A person who has no role any more is erased: name and address go, what was done stays under a key."""

import pytest
from django.urls import reverse

from portal.journal.models import Entry
from portal.members.actions import close_representation
from portal.members.models import Representation, User
from portal.members.roles import FirmRole, StaffRole
from tests.desk.conftest import english, text_of
from tests.world import NOW, acting, appointed

SURE = {"sure": "yes"}


@pytest.fixture
def gone(world) -> User:
    """Bob, whose role has been closed."""
    close_representation(representation=Representation.objects.get(user=world.bob), by=world.alice, at=NOW)
    return world.bob


def test_name_and_address_go_and_the_key_stays(world, frida, gone):
    key = gone.key
    response = frida.post(english("person-erase", key), SURE, follow=True)
    gone.refresh_from_db()
    assert (gone.name, gone.is_active, gone.key) == ("", False, key)
    assert "bob" not in gone.email
    assert not gone.has_usable_password()
    assert "bob@example.org" not in text_of(response)
    assert f"erased person {str(key)[:8]}" in text_of(frida.get(english("firm-detail", world.firm.credit_code)))
    entry = Entry.objects.get(verb="person.erased")
    assert (entry.target_key, entry.before, entry.after) == (str(key), {}, {})


def test_every_session_ends(world, frida, signed_in, gone):
    client = signed_in(User.objects.get(pk=gone.pk))
    assert client.get(reverse("front:workspace")).status_code == 200
    frida.post(english("person-erase", gone.key), SURE)
    assert "login" in client.get(reverse("front:workspace"))["Location"]


def test_who_still_has_a_role_is_not_erased(world, frida):
    page = english("person-detail", world.alice.key)
    assert "still acts for a firm" in text_of(frida.get(page))
    response = frida.post(english("person-erase", world.alice.key), SURE, follow=True)
    assert "still acts for a firm" in text_of(response)
    world.alice.refresh_from_db()
    assert world.alice.email == "alice@example.org"


def test_it_is_asked_twice_and_done_once(world, frida, gone):
    assert "cannot be undone" in text_of(frida.post(english("person-erase", gone.key), follow=True))
    assert User.objects.get(pk=gone.pk).email == "bob@example.org"
    for _ in range(2):
        frida.post(english("person-erase", gone.key), SURE)
    assert Entry.objects.filter(verb="person.erased").count() == 1


def test_only_who_edits_members_of_that_firm_may(world, frida, dora, signed_in, gone):
    page = english("person-erase", gone.key)
    assert dora.post(page, SURE).status_code == 403
    assert signed_in(world.alice).post(page, SURE).status_code == 404
    elsewhere = signed_in(appointed("Heidi", StaffRole.ADMINISTRATOR, "410000"))
    assert elsewhere.post(page, SURE).status_code == 404
    assert "Bob" not in text_of(elsewhere.get(english("person-list")))
    assert frida.get(page).status_code == 405


def test_the_list_finds_who_has_no_role_any_more(world, frida, gone):
    words = text_of(frida.get(english("person-list") + "?idle=yes"))
    assert "bob@example.org" in words
    assert "alice@example.org" not in words
    assert "Nobody fits" in text_of(frida.get(english("person-list") + "?q=zzz"))


def test_more_people_take_no_more_queries(world, frida, assert_constant_queries):
    numbers = iter(range(30))

    def add() -> None:
        for _ in range(3):
            acting(f"P{next(numbers)}", world.firm, FirmRole.VIEWER)

    assert_constant_queries(add, lambda: frida.get(english("person-list")))
