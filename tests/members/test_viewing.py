"""An administrator views a firm's workspace as it sees it: reads everything, sends nothing, and is on record."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import translation

from portal.journal.models import Entry
from portal.members.models import Appointment, Firm
from portal.members.roles import StaffRole
from tests.desk.conftest import english, text_of
from tests.test_doors import NAMES, own
from tests.world import NOW, appointed, clock_at, file_quarter

END = "members:viewing-end"


def page(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(name, args=args)


@pytest.fixture
def viewer(world, frida):
    assert frida.post(english("viewing-start", world.firm.credit_code))["Location"] == page("filings:home")
    return frida


def test_the_workspace_is_seen_with_a_banner_and_journalled(world, viewer):
    file_quarter(world, until="draft")
    for name, args in (("filings:home", ()), ("filings:filing-detail", ("2020Q1",)), ("members:team", ())):
        words = text_of(viewer.get(page(name, *args)))
        assert "Viewing as Example 1" in words or f"Viewing as {world.firm}" in words
    assert "Viewing as" in text_of(viewer.get(english("firm-list")))
    verbs = list(Entry.objects.filter(verb__contains="view", actor=world.frida.key).values_list("verb", flat=True))
    assert verbs.count("firm.viewing_started") == 1
    assert verbs.count("firm.page_viewed") == 3


def test_nothing_can_be_sent_anywhere(world, viewer):
    file_quarter(world, until="draft")
    before = Entry.objects.exclude(verb="firm.page_viewed").count()
    for name in NAMES:
        if name == END:
            continue
        for method in (viewer.post, viewer.delete):
            assert method(own(world, name)).status_code == 403, name
    assert "You only look here" in text_of(viewer.post(english("firm-add"), {"name_zh": "x"}))
    assert Entry.objects.exclude(verb="firm.page_viewed").count() == before


def test_the_data_admin_says_that_nothing_can_be_saved_there(world, viewer):
    address = page("admin:members_firm_changelist")
    words = text_of(viewer.get(address))
    assert "You are viewing as" in words
    assert "End viewing" in words
    viewer.post(page(END))
    assert "You are viewing as" not in text_of(viewer.get(address))


def test_it_ends_by_its_button_and_back_at_the_desk(world, viewer):
    response = viewer.post(page(END))
    assert response["Location"] == english("firm-detail", world.firm.credit_code)
    assert viewer.get(page("filings:home")).status_code == 404
    assert Entry.objects.filter(verb="firm.viewing_ended").count() == 1
    assert viewer.post(page(END))["Location"] == english("firm-list")


def test_it_ends_after_half_an_hour(world, viewer):
    with clock_at(NOW + timedelta(minutes=29)):
        assert viewer.get(page("filings:home")).status_code == 200
    with clock_at(NOW + timedelta(minutes=31)):
        response = viewer.get(page("filings:home"), follow=True)
        assert "has ended" in text_of(response)
        assert viewer.get(page("filings:home")).status_code == 404
    assert Entry.objects.filter(verb="firm.viewing_ended").count() == 1


def test_it_ends_with_the_right_to_it(world, viewer):
    Appointment.objects.filter(user=world.frida).update(until_on=NOW.date() - timedelta(days=1))
    viewer.get(page("filings:home"))
    assert viewer.get(page("filings:home")).status_code == 404


def test_only_administrators_of_the_place_may(world, signed_in, alice):
    start = english("viewing-start", world.firm.credit_code)
    assert signed_in(world.dora).post(start).status_code == 403
    assert alice.post(start).status_code == 404
    assert signed_in(appointed("Heidi", StaffRole.ADMINISTRATOR, "410000")).post(start).status_code == 404
    assert signed_in(world.frida).get(start).status_code == 405
    assert "View as this firm" not in text_of(signed_in(world.dora).get(english("firm-detail", world.firm.credit_code)))
    assert Firm.objects.filter(pk=world.firm.pk).exists()
