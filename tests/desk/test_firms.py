"""Members: found, read in scope, and changed by who may."""

from datetime import date

import pytest

from portal.filings.models.period import Period
from portal.journal.models import Entry
from portal.members.models import Firm
from portal.members.roles import StaffRole
from tests.desk.conftest import english, text_of
from tests.world import another_firm, appointed, credit_code, file_quarter

NEW = {
    "credit_code": credit_code(77), "name_zh": "示例新会员有限公司", "name_en": "Example New",
    "joined_on": "2020-03-01", "division": "520100", "size_band": "small", "grade": "member", "controller": "",
}  # fmt: skip
PROFILE = {
    "effective_on": "2020-04-01", "division": "520300", "size_band": "large", "grade": "director", "controller": "G1",
}  # fmt: skip


# ── Finding and reading ──────────────────────────────────────────────────────────────────────────


def test_it_lists_the_members(world, dora):
    words = text_of(dora.get(english("firm-list")))
    assert "Example 1" in words
    assert "Example 2" in words
    assert "Admit a firm" not in words


@pytest.mark.parametrize(
    ("sought", "found"),
    [("q=Example 1", True), ("q=MA0000001", True), ("q=zzz", False), ("place=520000", True), ("place=110000", False)],
)
def test_it_finds_by_name_code_and_place(world, dora, sought, found):
    assert ("Example 1" in text_of(dora.get(english("firm-list") + f"?{sought}"))) == found


def test_it_says_when_none_fits(world, dora):
    assert "No firm fits" in text_of(dora.get(english("firm-list") + "?q=zzz"))


def test_it_tells_everything_about_one(world, dora):
    file_quarter(world, until="submitted")
    words = text_of(dora.get(english("firm-detail", world.firm.credit_code)))
    for said in ("Example 1", "Guiyang", "Alice", "Owner", "Viewer", "Quarter 1 of 2020", "None: figures from which"):
        assert said in words
    assert "Add a person" not in words


def test_a_draft_s_sums_are_the_firm_s_own(world, dora):
    file_quarter(world, until="draft")
    assert "0.09" not in text_of(dora.get(english("firm-detail", world.firm.credit_code)))


def test_other_provinces_do_not_exist(world, grace, signed_in):
    client = signed_in(grace)
    assert "Example 2" not in text_of(client.get(english("firm-list")))
    assert "Example 2" not in text_of(client.get(english("firm-list") + "?q=Example"))
    assert client.get(english("firm-detail", world.firm.credit_code)).status_code == 200
    assert client.get(english("firm-detail", world.rival.credit_code)).status_code == 404


def test_more_firms_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = iter(range(10, 30))

    def add() -> None:
        for _ in range(3):
            another_firm(next(numbers))

    assert_constant_queries(add, lambda: dora.get(english("firm-list")))


def test_more_history_takes_no_more_queries(world, frida, assert_constant_queries):
    days = iter(range(1, 28))
    periods = iter(Period.objects.order_by("code"))

    def add() -> None:
        file_quarter(world, period=next(periods).code)
        for _ in range(2):
            frida.post(
                english("profile-change", world.firm.credit_code),
                PROFILE | {"effective_on": f"2020-02-{next(days):02}"},
            )

    assert_constant_queries(add, lambda: frida.get(english("firm-detail", world.firm.credit_code)))


# ── Admitting ────────────────────────────────────────────────────────────────────────────────────


def test_a_firm_is_admitted_with_its_first_profile(world, frida):
    response = frida.post(english("firm-add"), NEW, follow=True)
    assert "is a member now" in text_of(response)
    firm = Firm.objects.get(credit_code=NEW["credit_code"])
    profile = firm.profiles.get()
    assert (profile.division_id, profile.effective_on) == ("520100", date(2020, 3, 1))
    assert Entry.objects.filter(verb="firm.admitted", actor=world.frida.key).exists()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"credit_code": "91520100MA00000000"}, "check character"),
        ({"credit_code": "123"}, "at least 18"),
        ({"credit_code": credit_code(1)}, "is a member already"),
        ({"division": "999999"}, "valid choice"),
        ({"name_zh": ""}, "required"),
        ({"joined_on": "soon"}, "valid date"),
        ({"size_band": "huge"}, "valid choice"),
    ],
)
def test_a_wrong_firm_is_not_admitted_and_what_was_typed_is_kept(world, frida, changed, said):
    response = frida.post(english("firm-add"), NEW | changed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert "Example New" in response.content.decode()
    assert Firm.objects.count() == 2


def test_who_administers_one_province_admits_no_firm_elsewhere(world, signed_in):
    client = signed_in(appointed("Heidi", StaffRole.ADMINISTRATOR, "410000"))
    assert "outside your divisions" in text_of(client.post(english("firm-add"), NEW))
    client.post(english("firm-add"), NEW | {"division": "410100"})
    assert Firm.objects.filter(credit_code=NEW["credit_code"]).exists()


# ── Changing ─────────────────────────────────────────────────────────────────────────────────────


def test_the_record_is_changed_and_journalled(world, frida):
    typed = {"name_zh": "示例改名有限公司", "name_en": "", "joined_on": "2019-01-01", "left_on": "2020-06-30"}
    frida.post(english("firm-change", world.firm.credit_code), typed)
    world.firm.refresh_from_db()
    assert (world.firm.name_zh, world.firm.left_on) == ("示例改名有限公司", date(2020, 6, 30))
    entry = Entry.objects.get(verb="firm.changed")
    assert entry.before["name_zh"] == "示例云数据服务有限公司"
    assert entry.after["left_on"] == "2020-06-30"


def test_a_firm_does_not_leave_before_it_joins(world, frida):
    typed = {"name_zh": "x", "name_en": "", "joined_on": "2019-01-01", "left_on": "2018-01-01"}
    assert "cannot leave before it joined" in text_of(frida.post(english("firm-change", world.firm.credit_code), typed))


def test_a_profile_is_added_and_the_old_one_stays(world, frida):
    response = frida.post(english("profile-change", world.firm.credit_code), PROFILE, follow=True)
    assert "Zunyi" in text_of(response)
    assert list(world.firm.profiles.order_by("effective_on").values_list("division", flat=True)) == ["520100", "520300"]
    assert Entry.objects.filter(verb="firm.profile_changed", after__division="520300").count() == 1


def test_pressed_twice_it_is_recorded_once(world, frida):
    for _ in range(2):
        response = frida.post(english("profile-change", world.firm.credit_code), PROFILE)
    assert "recorded already" in text_of(response)
    assert world.firm.profiles.count() == 2


@pytest.mark.parametrize("door", ["firm-change", "profile-change", "representation-add", "consent-add"])
def test_only_who_edits_members_may(world, dora, frida, grace, signed_in, door):
    assert frida.get(english(door, world.firm.credit_code)).status_code == 200
    assert dora.get(english(door, world.firm.credit_code)).status_code == 403
    assert dora.post(english(door, world.firm.credit_code), PROFILE).status_code == 403
    assert signed_in(world.alice).post(english(door, world.firm.credit_code), PROFILE).status_code == 404
    assert frida.get(english(door, credit_code(99))).status_code == 404
    assert frida.delete(english(door, world.firm.credit_code)).status_code == 405
