"""The link of an invitation opens one role in one firm, once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.journal.models import Entry
from portal.members.access import representations
from portal.members.actions import invite, take_back
from portal.members.models import Invitation, Representation, User
from portal.members.roles import FirmRole
from tests.desk.conftest import text_of
from tests.world import NOW, clock_at

CHOSEN = {"name": "Nina", "password": "a-long-password-7", "again": "a-long-password-7"}


def page(name: str, token: str) -> str:
    with translation.override("en"):
        return reverse(f"members:{name}", args=[token])


@pytest.fixture
def nina(world) -> tuple[Invitation, str]:
    return invite(firm=world.firm, email="nina@example.org", name="Nina", role=FirmRole.FILER, by=world.alice, at=NOW)


def test_somebody_new_chooses_a_password_and_is_in(world, nina):
    invitation, token = nina
    client = Client(enforce_csrf_checks=True)
    assert not client.get(page("invitation-open", token)).cookies
    response = client.post(page("invitation-open", token), CHOSEN)
    assert response.status_code == 302
    user = User.objects.get(email="nina@example.org")
    assert user.check_password(CHOSEN["password"])
    assert (user.representations.get().firm, user.representations.get().role) == (world.firm, "filer")
    assert client.get(reverse("filings:home")).status_code == 200
    assert Entry.objects.get(verb="firm.invitation_accepted").actor == user.key
    assert "nina@" not in str(list(Entry.objects.values_list("before", "after")))


def test_the_token_is_nowhere_but_in_the_letter(nina):
    invitation, token = nina
    assert token not in str(list(Invitation.objects.values()))
    assert token not in str(list(Entry.objects.values()))


def test_it_works_once(nina):
    _invitation, token = nina
    Client().post(page("invitation-open", token), CHOSEN)
    response = Client().post(page("invitation-open", token), CHOSEN | {"password": "another-long-8"})
    assert "has been accepted" in text_of(response)
    assert User.objects.get(email="nina@example.org").check_password(CHOSEN["password"])
    assert Representation.objects.filter(user__email="nina@example.org").count() == 1


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"again": "something-else-9"}, "two passwords differ"),
        ({"password": "short", "again": "short"}, "too short"),
        ({"name": ""}, "required"),
    ],
)
def test_what_is_wrong_makes_no_account(nina, changed, said):
    response = Client().post(page("invitation-open", nina[1]), CHOSEN | changed)
    assert said in text_of(response)
    assert not User.objects.filter(email="nina@example.org").exists()


def test_it_runs_out_and_can_be_taken_back(world, nina):
    invitation, token = nina
    with clock_at(NOW + timedelta(days=14, minutes=1)):
        assert "has run out" in text_of(Client().post(page("invitation-open", token), CHOSEN))
    take_back(invitation=invitation, by=world.alice, at=NOW)
    assert "taken back" in text_of(Client().post(page("invitation-open", token), CHOSEN))
    assert not User.objects.filter(email="nina@example.org").exists()


def test_somebody_known_signs_in_and_accepts(world, charlie):
    world.charlie.set_password("x-long-password-1")
    world.charlie.save()
    charlie.force_login(world.charlie)
    _made, token = invite(
        firm=world.firm, email="Charlie@example.org", name="", role=FirmRole.VIEWER, by=world.alice, at=NOW
    )
    assert "Sign in with it, and accept" in text_of(Client().get(page("invitation-open", token)))
    Client().post(page("invitation-open", token), CHOSEN)
    world.charlie.refresh_from_db()
    assert world.charlie.check_password("x-long-password-1")
    assert "/accounts/login" in Client().get(page("invitation-accept", token))["Location"]
    charlie.post(page("invitation-accept", token))
    assert set(representations(world.charlie, NOW.date()).values_list("firm", flat=True)) == {
        world.firm.pk,
        world.rival.pk,
    }


def test_nobody_else_accepts_it(world, nina, charlie):
    response = charlie.post(page("invitation-accept", nina[1]))
    assert "for another address" in text_of(response)
    assert world.charlie.representations.count() == 1


def test_a_wrong_link_opens_nothing(world, nina, charlie):
    assert Client().get(page("invitation-open", "x" * 43)).status_code == 404
    assert charlie.get(page("invitation-accept", "x" * 43)).status_code == 404
    assert Client().put(page("invitation-open", nina[1])).status_code == 405


def test_the_owner_s_invitation_arrives_and_a_new_one_shuts_the_old(world, alice):
    with translation.override("en"):
        add, team = reverse("members:invitation-add"), reverse("members:team")
    response = alice.post(add, {"email": "nina@example.org", "name": "Nina", "role": "certifier"}, follow=True)
    assert "has been sent to nina@example.org" in text_of(response)
    assert "nina@example.org" in text_of(alice.get(team))
    row = Invitation.objects.get()
    alice.post(reverse("members:invitation-resend", args=[row.pk]))
    first, second = (re.search(r"/invitations/([\w-]+)/", letter.body)[1] for letter in mail.outbox)
    assert Client().get(page("invitation-open", first)).status_code == 404
    assert Client().get(page("invitation-open", second)).status_code == 200
