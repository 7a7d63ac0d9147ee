"""A person who has no role any more is erased: name and address go, what was done stays under a key."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from portal.filings.models.calling import Reminder
from portal.journal.models import Entry
from portal.members.actions import close_representation
from portal.members.models import Application, Representation, User
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


# ── What others keep of the person ───────────────────────────────────────────────────────────────


def test_the_address_goes_from_a_reminder_s_text_too(world, frida, gone):
    common = {"firm": world.firm, "period_id": "2020Q1", "step": "by_hand", "planned_on": NOW.date(), "sent_at": NOW}
    told = Reminder.objects.create(text="Call bob@example.org before Friday.", **common)
    frida.post(english("person-erase", gone.key), SURE)
    told.refresh_from_db()
    assert told.text == "Call *** before Friday."


def test_what_the_data_admin_kept_names_nobody(world, frida, gone):
    row = Representation.objects.get(user=gone)
    for kept in (gone, row):
        kind = ContentType.objects.get_for_model(kept)
        LogEntry.objects.create(
            user=world.frida, content_type=kind, object_id=str(kept.pk), object_repr=str(kept), action_flag=CHANGE
        )
    frida.post(english("person-erase", gone.key), SURE)
    assert {entry.object_repr for entry in LogEntry.objects.all()} == {str(gone.key)[:8]}


def test_an_application_that_names_the_person_is_decided_first(world, frida, gone):
    asked = Application.objects.create(
        credit_code="91520100MA0000009X", name_zh="新来的", division_id="520100", contact_name="Bob",
        contact_email="Bob@example.org", applied_at=NOW,
    )  # fmt: skip
    assert "decide on it first" in text_of(frida.post(english("person-erase", gone.key), SURE, follow=True))
    asked.state, asked.decided_at = Application.State.DECLINED, NOW
    asked.save()
    frida.post(english("person-erase", gone.key), SURE)
    asked.refresh_from_db()
    assert (asked.contact_email, asked.contact_name) == ("nobody@erased.invalid", "—")
