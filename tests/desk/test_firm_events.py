"""What becomes of a firm: previewed, then recorded with its day and reason; what was filed and published stays."""

from datetime import date, timedelta

import pytest

from portal.filings.models.filing import Line
from portal.journal.models import Entry
from portal.members.models import Firm, FirmEvent, Representation
from portal.members.queries import current_profile, members_on, profiles_known_at
from portal.members.roles import StaffRole
from tests.desk.conftest import english, text_of
from tests.world import NOW, appointed, credit_code, file_quarter

ACTS = {
    "firm-rename": {"name_zh": "新名称有限公司", "name_en": "New Name", "on": "2020-03-01", "reason": "Paper 1"},
    "firm-move": {"division": "410100", "on": "2020-03-01", "reason": "Paper 2"},
    "firm-merge": {"into": credit_code(2, "410100"), "on": "2020-03-31", "reason": "Paper 3", "takes_contracts": "on"},
    "firm-split": {
        "credit_code": credit_code(70), "name_zh": "分立企业有限公司", "name_en": "Part", "division": "520100",
        "size_band": "small", "grade": "member", "on": "2020-03-01", "reason": "Paper 4",
    },
}  # fmt: skip
YES = {"confirm": "yes"}


def state() -> tuple:
    return (
        FirmEvent.objects.count(), Firm.objects.count(), Representation.objects.count(), Entry.objects.count(),
        list(Firm.objects.order_by("pk").values_list("name_zh", "left_on")),
    )  # fmt: skip


def test_what_was_typed_over_since_the_preview_is_told_anew(world, frida):
    page = english("firm-rename", world.firm.credit_code)
    told = frida.post(page, ACTS["firm-rename"])
    seen = {"confirm": "yes", "previewed": told.context["typed"]}
    assert "This is what will happen" in text_of(frida.post(page, ACTS["firm-rename"] | seen | {"name_zh": "别的名称"}))
    assert Firm.objects.get(pk=world.firm.pk).name_zh == world.firm.name_zh
    frida.post(page, ACTS["firm-rename"] | seen)
    assert Firm.objects.get(pk=world.firm.pk).name_zh == ACTS["firm-rename"]["name_zh"]


@pytest.mark.parametrize("name", sorted(ACTS))
def test_a_preview_tells_and_changes_nothing(world, frida, name):
    before = state()
    words = text_of(frida.post(english(name, world.firm.credit_code), ACTS[name]))
    assert "This is what will happen" in words
    assert state() == before


@pytest.mark.parametrize("name", sorted(ACTS))
def test_only_who_edits_members_may_and_only_with_a_reason(world, frida, dora, signed_in, name):
    page = english(name, world.firm.credit_code)
    assert "required" in text_of(frida.post(page, ACTS[name] | YES | {"reason": ""}))
    assert dora.post(page, ACTS[name] | YES).status_code == 403
    assert signed_in(world.alice).post(page, ACTS[name] | YES).status_code == 404
    assert frida.get(english(name, credit_code(99))).status_code == 404
    assert frida.delete(page).status_code == 405
    assert not FirmEvent.objects.exists()


def test_a_new_name_keeps_the_old_one_in_its_history(world, frida):
    old = world.firm.name_zh
    frida.post(english("firm-rename", world.firm.credit_code), ACTS["firm-rename"] | YES)
    world.firm.refresh_from_db()
    assert world.firm.name_zh == "新名称有限公司"
    words = text_of(frida.get(english("firm-detail", world.firm.credit_code)))
    assert old in words
    assert "Paper 1" in words
    assert "New Name" in text_of(frida.get(english("firm-list") + f"?q={old}"))
    assert Entry.objects.get(verb="firm.renamed").before["name_zh"] == old


def test_a_move_counts_from_its_day_and_leaves_what_was_known(world, frida):
    before = profiles_known_at(NOW - timedelta(seconds=1), on=date(2020, 3, 31))
    frida.post(english("firm-move", world.firm.credit_code), ACTS["firm-move"] | YES)
    assert current_profile(world.firm, on=date(2020, 2, 29)).division_id == "520100"
    assert current_profile(world.firm, on=date(2020, 3, 1)).division_id == "410100"
    assert profiles_known_at(NOW - timedelta(seconds=1), on=date(2020, 3, 31)) == before
    assert "Moved from Guiyang to Zhengzhou" in text_of(frida.get(english("firm-detail", world.firm.credit_code)))
    assert "registered there already" in text_of(
        frida.post(english("firm-move", world.firm.credit_code), ACTS["firm-move"] | YES)
    )


def test_a_merger_ends_the_membership_and_touches_no_filing(world, frida):
    file_quarter(world)
    lines = list(Line.objects.order_by("pk").values())
    gina = Representation.objects.get(user=world.gina)
    typed = ACTS["firm-merge"] | YES | {f"person_{gina.pk}": "filer"}
    frida.post(english("firm-merge", world.firm.credit_code), typed)
    world.firm.refresh_from_db()
    assert world.firm.left_on == date(2020, 3, 31)
    assert world.firm not in members_on(date(2020, 4, 1))
    assert set(world.gina.representations.values_list("firm", "role")) == {
        (world.firm.pk, "certifier"),
        (world.rival.pk, "filer"),
    }
    assert not Representation.objects.filter(user=world.bob, firm=world.rival).exists()
    assert world.firm.terms.filter(replaced_by__isnull=True).get().until_on == date(2020, 3, 31)
    assert "merged into this firm" in text_of(frida.get(english("firm-detail", world.rival.credit_code)))
    assert list(Line.objects.order_by("pk").values()) == lines
    again = frida.post(english("firm-merge", world.firm.credit_code), ACTS["firm-merge"] | YES)
    assert "left on 2020-03-31 already" in text_of(again)


def test_a_split_admits_a_firm_linked_to_the_old_one(world, frida):
    frida.post(english("firm-split", world.firm.credit_code), ACTS["firm-split"] | YES)
    made = Firm.objects.get(credit_code=credit_code(70))
    assert (made.joined_on, made.profiles.get().division_id) == (date(2020, 3, 1), "520100")
    event = FirmEvent.objects.get()
    assert (event.firm, event.other, event.kind) == (made, world.firm, "split")
    assert "split off this firm" in text_of(frida.get(english("firm-detail", world.firm.credit_code)))


@pytest.mark.parametrize(
    ("name", "changed", "said"),
    [
        ("firm-rename", {"on": "2020-04-04"}, "cannot lie ahead"),
        ("firm-rename", {"on": "2018-01-01"}, "before the firm joined"),
        ("firm-merge", {"into": credit_code(1)}, "not merged into itself"),
        ("firm-merge", {"into": "nobody"}, "No member of yours"),
        ("firm-split", {"credit_code": credit_code(2, "410100")}, "is a member already"),
        ("firm-split", {"credit_code": "91520100MA00000000"}, "check character"),
        ("firm-move", {"division": "999999"}, "valid choice"),
    ],
)
def test_what_cannot_be_is_refused_in_preview_and_act(world, frida, name, changed, said):
    before = state()
    for more in ({}, YES):
        response = frida.post(english(name, world.firm.credit_code), ACTS[name] | changed | more)
        assert said in text_of(response)
        assert "This is what will happen" not in text_of(response)
    assert state() == before


def test_who_administers_one_province_moves_no_firm_out_of_it(world, signed_in):
    client = signed_in(appointed("Heidi", StaffRole.ADMINISTRATOR, "520000"))
    response = client.post(english("firm-move", world.firm.credit_code), ACTS["firm-move"] | YES)
    assert "outside your divisions" in text_of(response)
    assert not FirmEvent.objects.exists()
