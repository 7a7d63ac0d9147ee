"""A place with nothing withheld, for those who may see it; and a release counted again."""

from pathlib import Path

import pytest
from django.core.management import call_command

from portal.journal.models import Entry
from portal.members.models import Appointment
from portal.members.roles import StaffRole
from portal.reference.models import Division
from portal.statistics.actions import build_release, recount
from portal.statistics.models import Release
from tests.beginnings import beginning
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, Deal, file, firms, text_of
from tests.statistics.test_changes import AFTERWARDS, LATER, publish, world  # noqa: F401 (a fixture)

INTERNAL, RECOUNT = f"/en/desk/figures/2020Q1-1/{ZHENGZHOU}/", "/en/desk/releases/2020Q1-1/recount/"


@beginning(now=AFTERWARDS)
def released(world):
    for firm in firms(3):
        file(world, firm, Deal())
    file(world, firms(1, ZHENGZHOU, first=300)[0], Deal(signed="987600.00", executed="123456.78"))
    return publish(world)


def test_it_shows_what_is_withheld_and_marks_it(released, erik, world):
    response = erik.get(INTERNAL)
    words = text_of(response)
    assert "12.35 withheld" in words
    assert "withheld from the public" in words
    assert f"Internal · {world.erik.name}" in words
    assert "no-store" in response.headers["Cache-Control"]
    assert "12.35" not in text_of(erik.get(f"/en/statistics/2020Q1-1/places/{ZHENGZHOU}/"))


def test_its_cells_have_their_contributors_and_lead_to_their_lines(released, erik):
    page = erik.get(INTERNAL, {"cut": "market"}).content.decode()
    assert "Vietnam" in page
    assert (
        f"/en/desk/trace/2020Q1-1/?place={ZHENGZHOU}&amp;span=quarter&amp;measure=execution&amp;mode=offshore" in page
    )


def test_each_look_is_journalled_once(released, erik, world):
    erik.get(INTERNAL)
    entry = Entry.objects.get(verb="figures.viewed")
    assert (entry.actor, entry.target_key, entry.after) == (world.erik.key, "2020Q1-1", {"place": ZHENGZHOU})


def test_it_is_closed_to_others(released, erik, dora, signed_in, world):
    assert erik.post(INTERNAL).status_code == 405
    assert dora.get(INTERNAL).status_code == 403
    assert signed_in(world.alice).get(INTERNAL).status_code == 404
    assert erik.get("/en/desk/figures/2020Q1-1/nowhere/").status_code == 404


def test_who_is_appointed_in_one_place_sees_that_place_only(released, erik, world):
    own = Appointment.objects.filter(user=world.erik, role=StaffRole.STATISTICIAN)
    own.update(division=Division.objects.get(pk="520000"))
    assert erik.get(INTERNAL).status_code == 403
    assert erik.get(f"/en/desk/figures/2020Q1-1/{GUIYANG}/").status_code == 200
    assert erik.get("/en/desk/trace/2020Q1-1/").status_code == 403


def test_a_build_that_is_not_public_can_be_looked_into(released, erik, world):
    build_release(period="2020Q1", by=world.erik, at=LATER)
    assert erik.get(f"/en/desk/figures/2020Q1-2/{ZHENGZHOU}/").status_code == 200


# ── Counted again ────────────────────────────────────────────────────────────────────────────────


def test_a_release_counted_again_is_the_same_byte_for_byte(released):
    found = recount(released)
    assert found.is_same
    assert found.facts
    assert found.facts == found.facts_again


def test_a_changed_file_of_facts_is_noticed(released):
    Path(released.facts_file.path).write_bytes(b"something else")
    found = recount(Release.objects.get(pk=released.pk))
    assert (found.is_same, found.differing) == (False, 0)


def test_counting_again_by_the_button_says_what_came_of_it_and_is_journalled(released, erik, world):
    words = text_of(erik.post(RECOUNT, follow=True))
    assert "2020Q1-1 came out the same, byte for byte" in words
    entry = Entry.objects.get(verb="release.recounted")
    assert (entry.actor, entry.after["same"]) == (world.erik.key, True)


def test_counting_again_is_a_button_for_those_who_build(released, erik, dora, signed_in, world):
    assert erik.get(RECOUNT).status_code == 405
    assert dora.post(RECOUNT).status_code == 403
    assert signed_in(world.alice).post(RECOUNT).status_code == 404


def test_the_command_answers_by_its_status(released, capsys):
    call_command("rebuild_release", "2020Q1-1", "--format", "json")
    assert '"same": true' in capsys.readouterr().out
    Path(released.facts_file.path).write_bytes(b"something else")
    with pytest.raises(SystemExit):
        call_command("rebuild_release", "2020Q1-1")
    with pytest.raises(SystemExit):
        call_command("rebuild_release", "2031Q1-1")
