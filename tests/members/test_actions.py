"""Acts on members: the line between filing and reviewing, and what an act leaves in the journal."""

from datetime import date

import pytest

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.members.actions import (
    appoint,
    change_firm,
    change_person,
    end_appointment,
    invite_person,
    represent,
)
from portal.members.models import Appointment, Representation, User
from portal.members.roles import FirmRole, StaffRole
from tests.world import JOINED, NOW, person


def test_nobody_of_the_association_acts_for_a_firm(world):
    with pytest.raises(Refused, match="Dora"):
        represent(user=world.dora, firm=world.firm, role=FirmRole.OWNER, since_on=JOINED, by=world.frida, at=NOW)
    assert not world.dora.representations.exists()


def test_nobody_who_acts_for_a_firm_works_for_the_association(world):
    with pytest.raises(Refused, match="Alice"):
        appoint(user=world.alice, role=StaffRole.REVIEWER, division=None, since_on=JOINED, by=world.frida, at=NOW)
    assert not world.alice.appointments.exists()


def test_whoever_has_left_one_side_may_take_the_other(world):
    Appointment.objects.filter(user=world.dora).update(until_on=date(2020, 4, 2))
    represent(user=world.dora, firm=world.firm, role=FirmRole.VIEWER, since_on=JOINED, by=world.frida, at=NOW)
    Representation.objects.filter(user=world.charlie).update(until_on=date(2020, 4, 2))
    appoint(user=world.charlie, role=StaffRole.REVIEWER, division=None, since_on=JOINED, by=world.frida, at=NOW)
    assert world.dora.representations.exists()
    assert world.charlie.appointments.exists()


def test_an_invited_person_is_known_by_a_key_alone(world):
    user = invite_person(email=" New@Example.ORG ", name="Nina", by=world.frida, at=NOW)
    assert user.email == "new@example.org"
    assert not user.has_usable_password()
    entry = Entry.objects.get(verb="person.invited")
    assert (entry.target_key, entry.before, entry.after) == (str(user.key), {}, {})
    assert invite_person(email="NEW@example.org", name="Other", by=world.frida, at=NOW) == user
    assert Entry.objects.filter(verb="person.invited").count() == 1


def test_a_closed_account_acts_for_nobody(world):
    user = person("Kim")
    change_person(user=user, name="Kim", is_active=False, by=world.frida, at=NOW)
    with pytest.raises(Refused):
        represent(user=user, firm=world.firm, role=FirmRole.FILER, since_on=JOINED, by=world.frida, at=NOW)
    change_person(user=user, name="Kim L.", is_active=True, by=world.frida, at=NOW)
    verbs = Entry.objects.filter(verb__startswith="person.").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["person.closed", "person.opened"]


def test_nobody_closes_their_own_account(world):
    with pytest.raises(Refused):
        change_person(user=world.frida, name="Frida", is_active=False, by=world.frida, at=NOW)
    assert User.objects.get(pk=world.frida.pk).is_active


def test_nothing_changed_is_not_journalled(world):
    firm = world.firm
    change_firm(
        firm=firm, name_zh=firm.name_zh, name_en=firm.name_en, joined_on=firm.joined_on, left_on=None, by=world.frida,
        at=NOW,
    )  # fmt: skip
    assert not Entry.objects.filter(verb="firm.changed").exists()


@pytest.mark.parametrize("on", [date(2018, 12, 31)])
def test_an_appointment_ends_after_it_began_and_once(world, on):
    row = Appointment.objects.get(user=world.dora)
    with pytest.raises(Refused):
        end_appointment(appointment=row, on=on, by=world.frida, at=NOW)
    end_appointment(appointment=row, on=date(2020, 4, 2), by=world.frida, at=NOW)
    with pytest.raises(Refused):
        end_appointment(appointment=row, on=date(2020, 4, 1), by=world.frida, at=NOW)
    assert Appointment.objects.get(pk=row.pk).until_on == date(2020, 4, 2)
    assert Entry.objects.filter(verb="staff.appointment_ended").count() == 1
