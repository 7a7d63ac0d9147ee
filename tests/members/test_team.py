"""The owner keeps the team; a leaver is out at once; no firm is left without an owner."""

import pytest
from django.urls import reverse
from django.utils import translation

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.members.access import firm_permissions
from portal.members.actions import (
    accept_invitation,
    change_role,
    close_representation,
    end_representation,
    hand_over,
    invite,
    represent,
)
from portal.members.models import Firm, Invitation, Representation, User
from portal.members.roles import FirmRole
from tests.desk.conftest import english, text_of
from tests.world import JOINED, NOW, acting, person

pytestmark = pytest.mark.usefixtures("in_english")


def page(name: str, *args: object) -> str:
    with translation.override("en"):
        return reverse(f"members:{name}", args=args)


def role_of(user: User) -> Representation:
    return Representation.objects.get(user=user, until_on__isnull=True)


WRITES = ("invitation-add", "ownership-hand-over", "signers-change")
OF_ONE = ("role-change", "role-close", "invitation-resend", "invitation-cancel")


def test_everybody_of_the_firm_sees_it_and_only_the_owner_edits(world, alice, bob):
    for client in (alice, bob):
        words = text_of(client.get(page("team")))
        assert all(name in words for name in ("Alice", "Bob", "Gina", "Certifier"))
        assert "Charlie" not in words
    assert "Close access" in text_of(alice.get(page("team")))
    assert "Close access" not in text_of(bob.get(page("team")))
    for name in WRITES:
        assert bob.post(page(name)).status_code == 403
    for name in OF_ONE:
        assert bob.post(page(name, role_of(world.gina).pk)).status_code == 403


def test_another_firm_s_people_do_not_exist(world, alice, signed_in):
    theirs = role_of(world.charlie).pk
    invitation, _token = invite(
        firm=world.rival, email="x@example.org", name="", role=FirmRole.FILER, by=world.charlie, at=NOW
    )
    for name, pk in (("role-change", theirs), ("role-close", theirs), ("invitation-cancel", invitation.pk)):
        assert alice.post(page(name, pk), {"role": "viewer"}).status_code == 404
    assert signed_in(world.frida).get(page("team")).status_code == 404
    assert alice.get(page("signers-change")).status_code == 405


def test_a_leaver_is_out_in_the_same_moment(world, alice, bob):
    assert bob.get(page("team")).status_code == 200
    alice.post(page("role-close", role_of(world.bob).pk))
    assert firm_permissions(world.bob, world.firm) == frozenset()
    assert bob.get(page("team")).status_code == 302
    assert "_auth_user_id" not in bob.session
    entry = Entry.objects.get(verb="firm.representation_ended")
    assert (entry.after["person"], entry.actor) == (str(world.bob.key), world.alice.key)


def test_who_acts_for_another_firm_stays_signed_in(world, alice, signed_in):
    represent(user=world.bob, firm=world.rival, role=FirmRole.VIEWER, since_on=JOINED, by=world.frida, at=NOW)
    client = signed_in(world.bob)
    alice.post(page("role-close", Representation.objects.get(user=world.bob, firm=world.firm).pk))
    response = client.get(page("team"))
    assert response.status_code == 200
    assert "Charlie" in text_of(response)


def test_a_role_changes_and_its_history_stays(world, alice):
    alice.post(page("role-change", role_of(world.bob).pk), {"role": "filer"})
    rows = Representation.objects.filter(user=world.bob).order_by("pk").values_list("role", "until_on", "since_on")
    assert list(rows) == [("viewer", NOW.date(), JOINED), ("filer", None, NOW.date())]
    assert Entry.objects.get(verb="firm.role_changed").before["role"] == "viewer"
    assert "Earlier roles" in text_of(alice.get(page("team")))


def test_no_way_leaves_the_firm_without_an_owner(world):
    only = role_of(world.alice)
    acts = (
        lambda by: close_representation(representation=only, by=by, at=NOW),
        lambda by: end_representation(representation=only, on=NOW.date(), by=by, at=NOW),
        lambda by: change_role(representation=only, role=FirmRole.VIEWER, by=by, at=NOW),
    )
    for act in acts:
        for by in (world.alice, world.frida):
            with pytest.raises(Refused, match="only owner"):
                act(by)
    assert role_of(world.alice).role == FirmRole.OWNER


def test_the_association_closes_an_owner_who_is_gone_once_the_next_is_invited(world, frida):
    row = role_of(world.alice)
    close = english("representation-close", row.pk)
    assert "Invite the next owner first" in text_of(frida.post(close, follow=True))
    frida.post(english("invitation-add", world.firm.credit_code), {"email": "next@example.org", "role": "owner"})
    frida.post(close)
    row.refresh_from_db()
    assert row.ended_at is not None
    assert firm_permissions(world.alice, world.firm) == frozenset()


@pytest.mark.parametrize(("stays", "role"), [("viewer", "viewer"), ("leave", None)])
def test_the_firm_is_handed_to_a_member_of_the_team(world, alice, stays, role):
    alice.post(page("ownership-hand-over"), {"to": role_of(world.gina).pk, "stays_as": stays})
    assert role_of(world.gina).role == "owner"
    left = Representation.objects.filter(user=world.alice, until_on__isnull=True).first()
    assert (left.role if left else None) == role


def test_the_firm_is_handed_to_somebody_invited_when_they_accept(world, alice):
    alice.post(page("ownership-hand-over"), {"email": "new@example.org", "stays_as": "leave"})
    assert role_of(world.alice).role == "owner"
    invitation = Invitation.objects.get(takes_over=role_of(world.alice))
    newcomer = person("New")
    accept_invitation(invitation=invitation, user=newcomer, at=NOW)
    assert role_of(newcomer).role == "owner"
    assert not Representation.objects.filter(user=world.alice, until_on__isnull=True).exists()


def test_it_is_handed_to_nobody_outside(world):
    own = role_of(world.alice)
    for to in (own, role_of(world.charlie)):
        with pytest.raises(Refused):
            hand_over(owner=own, to=to, stays_as=None, by=world.alice, at=NOW)
    assert role_of(world.alice).role == "owner"


def test_two_people_sign_where_there_are_two(world, alice, charlie):
    alice.post(page("signers-change"), {"signers": "two"})
    charlie.post(page("signers-change"), {"signers": "two"})
    assert Firm.objects.get(pk=world.firm.pk).needs_certifier
    assert not Firm.objects.get(pk=world.rival.pk).needs_certifier
    assert Entry.objects.get(verb="firm.signers_changed").after == {"signers": "two"}


def test_an_open_invitation_is_not_sent_twice_nor_to_staff(world, alice):
    typed = {"email": "nina@example.org", "name": "", "role": "filer"}
    alice.post(page("invitation-add"), typed)
    assert "open invitation already" in text_of(alice.post(page("invitation-add"), typed))
    assert "works for the association" in text_of(
        alice.post(page("invitation-add"), typed | {"email": "dora@example.org"})
    )
    alice.post(page("invitation-cancel", Invitation.objects.get().pk))
    assert Invitation.objects.get().cancelled_at is not None


def test_a_larger_team_takes_no_more_queries(world, alice, assert_constant_queries):
    numbers = iter(range(50))

    def add() -> None:
        for _ in range(3):
            number = next(numbers)
            acting(f"P{number}", world.firm, FirmRole.FILER)
            invite(
                firm=world.firm, email=f"i{number}@example.org", name="", role=FirmRole.FILER, by=world.alice, at=NOW
            )

    assert_constant_queries(add, lambda: alice.get(page("team")))


# ── Several firms ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("page_before", "lands"),
    [
        ("/en/team/", "/en/team/"),
        ("/en/team/invite/", "/en/team/"),
        ("/en/filing/contracts/", "/en/filing/contracts/"),
        ("/en/filing/2020Q1/check/", "/en/filing/2020Q1/"),
        ("/en/filing/contracts/7/", "/en/filing/"),
        ("https://elsewhere.example/", "/en/filing/"),
        ("", "/en/filing/"),
    ],
)
def test_an_agent_changes_firm_and_keeps_the_page_where_it_can(world, alice, page_before, lands):
    represent(user=world.alice, firm=world.rival, role=FirmRole.FILER, since_on=JOINED, by=world.frida, at=NOW)
    response = alice.post("/en/filing/firm/", {"firm": world.rival.pk, "page": page_before})
    assert response["Location"] == lands
    words = text_of(alice.get(page("team")))
    assert "Acting for Example 2" in words
