"""Who may what: scope by division, and the rights that open the data admin."""

from datetime import date

import pytest

from portal.members.access import AppointedAdmin, firms_in_scope, may_in, staff_permissions
from portal.members.actions import change_profile, end_appointment
from portal.members.models import Appointment, User
from portal.members.roles import Permission, StaffRole
from portal.reference.models import Division
from tests.world import NOW, appointed


def scope(user: User, *permissions: Permission) -> set[str]:
    return set(firms_in_scope(user, *permissions).values_list("name_en", flat=True))


@pytest.mark.parametrize(
    ("division", "found"),
    [
        (None, {"Example 1", "Example 2"}),
        ("520000", {"Example 1"}),
        ("520100", {"Example 1"}),
        ("520300", set()),
        ("410000", {"Example 2"}),
    ],
)
def test_a_reviewer_s_firms_are_those_of_the_division(world, division, found):
    person = appointed("Grace", StaffRole.REVIEWER, division)
    assert scope(person, Permission.FILING_VIEW) == found
    assert scope(person, Permission.MEMBER_EDIT) == set()
    assert scope(person, Permission.MEMBER_EDIT, Permission.FILING_VIEW) == found


def test_a_firm_that_moves_leaves_the_scope(world):
    person = appointed("Grace", StaffRole.REVIEWER, "520000")
    change_profile(
        firm=world.firm, effective_on=date(2020, 4, 1), division=Division.objects.get(pk="410100"), size_band="small",
        grade="member", controller="", by=world.frida, at=NOW,
    )  # fmt: skip
    assert scope(person, Permission.FILING_VIEW) == set()


def test_rights_add_up_and_stay_where_they_hold(world):
    person = appointed("Grace", StaffRole.REVIEWER, "520000")
    Appointment.objects.create(user=person, role=StaffRole.STATISTICIAN, since_on=date(2019, 1, 1))
    assert scope(person, Permission.FILING_VIEW) == {"Example 1", "Example 2"}
    assert scope(person, Permission.FILING_APPROVE) == {"Example 1"}


@pytest.mark.parametrize(("place", "allowed"), [("520000", True), ("520100", True), ("410100", False)])
def test_a_right_in_a_province_holds_in_its_cities(world, place, allowed):
    person = appointed("Heidi", StaffRole.ADMINISTRATOR, "520000")
    assert may_in(person, Permission.MEMBER_EDIT, Division.objects.get(pk=place)) == allowed


# ── The data admin ───────────────────────────────────────────────────────────────────────────────

OPEN = {
    "frida": {
        "members.change_firm",
        "members.view_user",
        "reference.change_division",
        "reference.add_rate",
        "filings.change_period",
        "filings.add_window",
    },
    "erik": {"reference.change_division", "reference.add_rate"},
    "dora": set(),
    "alice": set(),
}
ASKED = set().union(*OPEN.values()) | {
    "members.delete_firm", "reference.delete_division", "filings.change_line", "filings.change_version",
    "filings.view_contract", "statistics.change_cell", "statistics.change_release", "journal.change_entry",
    "auth.change_group", "admin.view_logentry", "nonsense",
}  # fmt: skip


@pytest.mark.parametrize("who", sorted(OPEN))
def test_the_admin_opens_what_the_appointment_says(world, who):
    person = User.objects.get(pk=getattr(world, who).pk)
    assert {perm for perm in ASKED if person.has_perm(perm)} == OPEN[who]
    assert person.has_module_perms("reference") == (who in ("frida", "erik"))
    assert not person.has_module_perms("statistics")


def test_an_appointment_for_one_province_opens_no_admin(world):
    person = appointed("Heidi", StaffRole.ADMINISTRATOR, "520000")
    assert not person.has_perm("members.change_firm")


def test_a_closed_account_opens_nothing(world):
    world.frida.is_active = False
    assert not AppointedAdmin().has_perm(world.frida, "members.change_firm")


def test_an_ended_appointment_closes_the_admin(world):
    assert User.objects.get(pk=world.frida.pk).is_staff
    row = Appointment.objects.get(user=world.frida)
    end_appointment(appointment=row, on=date(2020, 4, 2), by=None, at=NOW)
    person = User.objects.get(pk=world.frida.pk)
    assert not person.is_staff
    assert not person.has_perm("members.change_firm")
    assert staff_permissions(person) == frozenset()


@pytest.mark.parametrize(("role", "opens"), [(role, role != "reviewer") for role in StaffRole])
def test_all_roles_but_the_reviewers_open_the_door_of_the_admin(db, role, opens):
    assert User.objects.get(pk=appointed("Ivan", role).pk).is_staff == opens
