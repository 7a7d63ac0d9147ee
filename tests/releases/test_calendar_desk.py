"""The calendar at the desk: a date is announced, confirmed and postponed by whoever may publish."""

from datetime import datetime

import pytest

from portal.journal.models import Entry
from portal.statistics.models import Announcement
from tests.desk.conftest import english, text_of
from tests.world import BEIJING

LIST, ADD = "releases:announcement-list", "releases:announcement-add"
CONFIRM, POSTPONE = "releases:announcement-confirm", "releases:announcement-postpone"
TYPED = {"period": "2020Q1", "standing": "final", "release_at": "2020-04-23T10:00"}
PUT_OFF = {"release_at": "2020-04-30T10:00", "reason_zh": "复核中", "reason_en": "Under review"}
HERE = ("2020Q1", "final")


def add(client, **changed: str):
    return client.post(english(ADD), TYPED | changed, follow=True)


def test_a_date_is_announced_and_journalled(world, erik):
    assert "The date stands in the calendar" in text_of(add(erik))
    row = Announcement.objects.get()
    assert (row.status, row.release_at) == ("provisional", datetime(2020, 4, 23, 10, 0, tzinfo=BEIJING))
    entry = Entry.objects.get(verb="announcement.made")
    assert (entry.actor, entry.target_key, entry.after["standing"]) == (world.erik.key, "2020Q1", "final")


def test_what_cannot_be_announced_is_told_beside_what_was_typed(world, erik):
    words = add(erik, release_at="2020-04-01T10:00")
    assert "This moment lies in the past" in text_of(words)
    assert 'value="2020-04-01T10:00"' in words.content.decode()
    assert "This field is required" in text_of(add(erik, release_at=""))
    assert not Announcement.objects.exists()


def test_it_is_confirmed_and_journalled(world, erik):
    add(erik)
    assert "The date is confirmed" in text_of(erik.post(english(CONFIRM, *HERE), follow=True))
    assert Announcement.objects.last().status == "confirmed"
    assert Entry.objects.get(verb="announcement.confirmed").actor == world.erik.key
    assert "This date is confirmed." in text_of(erik.post(english(CONFIRM, *HERE), follow=True))
    assert Announcement.objects.count() == 2


def test_it_is_postponed_with_a_reason_and_journalled(world, erik):
    add(erik)
    assert "Announced for 2020-04-23 10:00" in text_of(erik.get(english(POSTPONE, *HERE)))
    assert "This field is required" in text_of(erik.post(english(POSTPONE, *HERE), PUT_OFF | {"reason_zh": ""}))
    words = text_of(erik.post(english(POSTPONE, *HERE), PUT_OFF, follow=True))
    assert "Under review" in words
    entry = Entry.objects.get(verb="announcement.postponed")
    assert (entry.before["release_at"][:10], entry.after["release_at"][:10]) == ("2020-04-23", "2020-04-30")


def test_what_was_never_announced_is_not_found(erik):
    assert erik.post(english(CONFIRM, *HERE)).status_code == 404
    assert erik.get(english(POSTPONE, "2020Q1", "whatever")).status_code == 404
    assert erik.get(english(POSTPONE, "1999Q9", "final")).status_code == 404


@pytest.mark.parametrize("who", ["dora", "frida"])
def test_other_staff_are_told_no(world, erik, signed_in, who):
    add(erik)
    client = signed_in(getattr(world, who))
    assert client.get(english(LIST)).status_code == 403
    assert add(client).status_code == 403
    assert client.post(english(CONFIRM, *HERE)).status_code == 403
    assert client.post(english(POSTPONE, *HERE), PUT_OFF).status_code == 403


def test_nothing_exists_for_a_firm(world, erik, signed_in):
    add(erik)
    client = signed_in(world.alice)
    assert client.get(english(LIST)).status_code == 404
    assert client.post(english(CONFIRM, *HERE)).status_code == 404


def test_methods(erik):
    assert erik.post(english(LIST)).status_code == 405
    assert erik.get(english(CONFIRM, *HERE)).status_code == 405
