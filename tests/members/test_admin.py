"""Members in the data admin: what is saved there goes through the same acts, and nobody gains a right on the way."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from portal.filings.models.period import Period, Window
from portal.journal.models import Entry
from portal.members.models import Appointment, Consent, Firm, Representation, User
from portal.members.roles import StaffRole
from tests.world import appointed, person

FIRMS, PEOPLE, APPOINTMENTS = (f"/en/admin/members/{name}/" for name in ("firm", "user", "appointment"))


# ── The door ─────────────────────────────────────────────────────────────────────────────────────


def test_there_is_one_sign_in(db):
    response = Client().get("/en/admin/")
    assert response.status_code == 302
    assert "/accounts/login" in Client().get("/en/admin/", follow=True).redirect_chain[-1][0]
    response = Client().post("/en/admin/login/", {"username": "a@example.org", "password": "x"})
    assert reverse("account_login") in response.headers["Location"]


@pytest.mark.parametrize("who", ["dora", "alice"])
def test_nobody_else_gets_in(world, signed_in, who):
    client = signed_in(getattr(world, who))
    assert client.get(FIRMS).status_code in (302, 403, 404)
    assert "Select firm" not in client.get(FIRMS, follow=True).content.decode()


def test_who_makes_statistics_sees_lists_and_no_members(world, signed_in):
    client = signed_in(world.erik)
    page = client.get("/en/admin/").content.decode()
    assert "/admin/reference/market/" in page
    assert "/admin/members/" not in page
    assert client.get(FIRMS).status_code == 403
    assert client.get(PEOPLE).status_code == 403


def test_an_administrator_sees_members_lists_and_periods(world, frida):
    page = frida.get("/en/admin/").content.decode()
    for model in ("members/firm", "members/user", "members/representation", "reference/market", "filings/period"):
        assert f"/admin/{model}/" in page
        assert frida.get(f"/en/admin/{model}/").status_code == 200
    assert "auth/group" not in page


# ── Firms ────────────────────────────────────────────────────────────────────────────────────────


def inline_of(prefix: str, total: int = 0) -> dict[str, str]:
    return {f"{prefix}-TOTAL_FORMS": str(total), f"{prefix}-INITIAL_FORMS": str(total)}


def test_a_firm_is_changed_through_its_act(world, frida):
    typed = {"name_zh": "示例改名有限公司", "name_en": "Renamed", "joined_on": "2019-01-01", "left_on": "2020-12-31"}
    address = f"{FIRMS}{world.firm.pk}/change/"
    assert frida.post(address, typed | {"credit_code": "x"} | inline_of("profiles")).status_code == 302
    world.firm.refresh_from_db()
    assert (world.firm.name_en, world.firm.left_on) == ("Renamed", date(2020, 12, 31))
    assert world.firm.credit_code != "x"
    assert Entry.objects.get(verb="firm.changed").actor == world.frida.key


@pytest.mark.parametrize("end", ["add/", "1/delete/"])
def test_firms_are_neither_added_nor_deleted_there(world, frida, end):
    address = FIRMS + end.replace("1", str(world.firm.pk))
    assert frida.post(address, {"post": "yes"}).status_code == 403
    assert Firm.objects.count() == 2


# ── People ───────────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_made_without_a_password(world, frida):
    assert (
        frida.post(f"{PEOPLE}add/", {"email": "Nina@Example.org", "name": "Nina", "is_superuser": "on"}).status_code
        == 302
    )
    nina = User.objects.get(email="nina@example.org")
    assert not nina.has_usable_password()
    assert (nina.is_superuser, nina.is_staff) == (False, False)
    assert Entry.objects.filter(verb="person.invited", actor=world.frida.key).exists()


def test_an_account_is_closed_through_its_act(world, frida):
    frida.post(f"{PEOPLE}{world.bob.pk}/change/", {"name": "Bob"})
    assert not User.objects.get(pk=world.bob.pk).is_active
    assert Entry.objects.get(verb="person.closed").target_key == str(world.bob.key)


def test_nobody_gains_a_right_or_another_s_address(world, frida):
    forged = {
        "name": "Bob", "is_active": "on", "email": "frida-too@example.org", "is_superuser": "on", "is_staff": "on",
        "password": "x", "user_permissions": "1", "key": "00000000-0000-0000-0000-000000000000",
    }  # fmt: skip
    frida.post(f"{PEOPLE}{world.bob.pk}/change/", forged)
    bob = User.objects.get(pk=world.bob.pk)
    assert (bob.email, bob.is_superuser, bob.is_staff, bob.key) == ("bob@example.org", False, False, world.bob.key)
    assert bob.password == world.bob.password


def test_a_superuser_s_account_is_not_an_administrator_s_to_change(world, frida):
    root = User.objects.create_superuser("root@example.org", name="Root")
    assert frida.post(f"{PEOPLE}{root.pk}/change/", {"name": "x"}).status_code == 403
    root.refresh_from_db()
    assert (root.name, root.is_active) == ("Root", True)


def test_no_password_is_set_for_somebody_else(world, frida):
    assert frida.get(f"{PEOPLE}{world.bob.pk}/password/").status_code in (302, 404)
    assert "password" not in frida.get(f"{PEOPLE}{world.bob.pk}/change/").content.decode().lower().replace(
        "change password", ""
    )


# ── Appointments ─────────────────────────────────────────────────────────────────────────────────


def test_a_person_is_appointed_through_the_act(world, frida):
    kim = person("Kim")
    typed = {"user": kim.pk, "role": "reviewer", "division": "520000", "since_on": "2020-04-01"}
    assert frida.post(f"{APPOINTMENTS}add/", typed).status_code == 302
    assert Appointment.objects.get(user=kim).division_id == "520000"
    assert Entry.objects.filter(verb="staff.appointed", target_key=str(kim.key), actor=world.frida.key).exists()


def test_who_acts_for_a_firm_is_not_appointed(world, frida):
    typed = {"user": world.alice.pk, "role": "reviewer", "division": "", "since_on": "2020-04-01"}
    response = frida.post(f"{APPOINTMENTS}add/", typed)
    assert response.status_code == 200
    assert "cannot work for the association" in response.content.decode()
    assert not Appointment.objects.filter(user=world.alice).exists()


def test_an_appointment_is_ended_and_never_rewritten(world, frida):
    row = Appointment.objects.get(user=world.dora)
    address = f"{APPOINTMENTS}{row.pk}/change/"
    frida.post(address, {"until_on": "2020-04-02", "role": "administrator", "since_on": "2010-01-01"})
    row.refresh_from_db()
    assert (row.until_on, row.role, row.since_on) == (date(2020, 4, 2), "reviewer", date(2019, 1, 1))
    assert Entry.objects.filter(verb="staff.appointment_ended").count() == 1
    frida.post(address, {"until_on": ""})
    row.refresh_from_db()
    assert row.until_on == date(2020, 4, 2)


def test_it_does_not_end_before_it_began(world, frida):
    row = Appointment.objects.get(user=world.dora)
    response = frida.post(f"{APPOINTMENTS}{row.pk}/change/", {"until_on": "2018-01-01"})
    assert "cannot end before it began" in response.content.decode()


# ── What is only looked at ───────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("model", [Representation, Consent])
def test_it_is_read_and_nothing_else(world, frida, model):
    Consent.objects.create(firm=world.firm, given_at="2020-01-01T00:00+08:00", evidence="Paper")
    address = f"/en/admin/members/{model._meta.model_name}/"
    row = model.objects.first()
    assert frida.get(address).status_code == 200
    for end in ("add/", f"{row.pk}/change/", f"{row.pk}/delete/"):
        assert frida.post(address + end, {"until_on": "2020-01-01"}).status_code == 403


# ── Windows of a period ──────────────────────────────────────────────────────────────────────────


def windows_form(period: Period, **changed: str) -> dict[str, str]:
    rows = list(period.windows.order_by("pk"))
    form = inline_of("windows", len(rows))
    for place, row in enumerate(rows):
        form |= {
            f"windows-{place}-id": str(row.pk),
            f"windows-{place}-period": period.code,
            f"windows-{place}-filed_until_on": row.filed_until_on.isoformat() if row.filed_until_on else "",
            f"windows-{place}-accepts_from_on": row.accepts_from_on.isoformat(),
        }
    return form | changed


def test_windows_are_changed_through_their_act(world, frida):
    address = "/en/admin/filings/period/2020Q1/change/"
    form = windows_form(world.period, **{"windows-0-accepts_from_on": "2019-08-01", "due_on": "2025-01-01"})
    assert frida.post(address, form).status_code == 302
    assert Window.objects.filter(period=world.period, accepts_from_on=date(2019, 8, 1)).exists()
    assert Window.objects.filter(period=world.period).count() == 4
    entry = Entry.objects.get(verb="period.windows_changed")
    assert (entry.actor, entry.target_key) == (world.frida.key, "2020Q1")
    assert Period.objects.get(code="2020Q1").due_on == date(2020, 4, 10)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"windows-3-DELETE": "on"}, "without an end"),
        ({"windows-0-filed_until_on": "2020-12-31"}, ""),
        ({"windows-0-accepts_from_on": "soon"}, ""),
    ],
)
def test_windows_that_cannot_be_are_refused(world, frida, changed, said):
    response = frida.post("/en/admin/filings/period/2020Q1/change/", windows_form(world.period, **changed))
    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Entry.objects.filter(verb="period.windows_changed").exists()


def test_a_reviewer_changes_no_window(world, signed_in):
    client = signed_in(appointed("Grace", StaffRole.STATISTICIAN))
    assert client.get("/en/admin/filings/period/").status_code == 403
