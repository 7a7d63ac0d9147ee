"""More time, or older dates, for one firm."""

from datetime import date

import pytest

from portal.filings.models.period import Extension
from portal.journal.models import Entry
from tests.desk.conftest import english, text_of
from tests.world import another_firm


def typed(world, **changed: str) -> dict[str, str]:
    given = {
        "firm": world.firm.credit_code, "period": "2020Q1", "until_on": "2020-04-20", "accepts_from_on": "2019-07-01",
        "reason": "Its office was closed",
    }  # fmt: skip
    return given | changed


def test_it_is_granted_and_journalled(world, dora):
    response = dora.post(english("extension-add"), typed(world), follow=True)
    assert "has until 2020-04-20 for 2020Q1" in text_of(response)
    assert "Its office was closed" in text_of(response)
    extension = Extension.objects.get()
    assert (extension.firm, extension.until_on, extension.granted_by) == (world.firm, date(2020, 4, 20), world.dora.key)
    assert Entry.objects.filter(verb="extension.granted", firm_code=world.firm.credit_code).count() == 1


def test_a_firm_may_be_named_by_its_name(world, frida):
    frida.post(english("extension-add"), typed(world, firm=world.firm.name_zh, accepts_from_on=""))
    assert Extension.objects.get().accepts_from_on is None


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"firm": "nobody"}, "No member of yours"),
        ({"firm": ""}, "required"),
        ({"until_on": "2020-04-01"}, "cannot end before today"),
        ({"until_on": "2020-13-01"}, "valid date"),
        ({"reason": "  "}, "required"),
        ({"reason": "x" * 301}, "at most 300"),
        ({"period": "1999Q9"}, "valid choice"),
    ],
)
def test_what_cannot_be_granted_is_refused_and_kept(world, dora, changed, said):
    response = dora.post(english("extension-add"), typed(world, **changed))
    assert response.status_code == 200
    assert said in text_of(response)
    assert not Extension.objects.exists()


def test_pressed_twice_it_is_granted_once(world, dora):
    for _ in range(2):
        response = dora.post(english("extension-add"), typed(world))
    assert "has been granted already" in text_of(response)
    assert Extension.objects.count() == 1


def test_a_firm_of_another_province_is_unknown(world, grace, signed_in):
    response = signed_in(grace).post(english("extension-add"), typed(world, firm=world.rival.credit_code))
    assert "No member of yours" in text_of(response)
    assert not Extension.objects.exists()


def test_nobody_sees_extensions_of_another_province(world, grace, dora, signed_in):
    dora.post(english("extension-add"), typed(world, firm=world.rival.credit_code, reason="Flooded"))
    assert "Flooded" in text_of(dora.get(english("extension-list")))
    words = text_of(signed_in(grace).get(english("extension-list")))
    assert "Flooded" not in words
    assert "No extension has been granted" in words


def test_who_makes_statistics_reads_them_and_grants_none(world, erik):
    assert erik.get(english("extension-list")).status_code == 200
    assert erik.post(english("extension-add"), typed(world)).status_code == 403


def granted(world, dora, **changed: str) -> Extension:
    dora.post(english("extension-add"), typed(world, **changed))
    return Extension.objects.get()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"accepts_from_on": ""}, "due on 2020-04-20 instead of 2020-04-10"),
        ({"until_on": "2021-05-01"}, "can begin until 2021-05-01, though the period locked on 2021-03-31"),
        ({}, "may use dates from 2019-07-01 on"),
        ({"until_on": "2020-04-08", "accepts_from_on": ""}, "nothing that the period does not allow anyway"),
    ],
)
def test_the_list_says_what_each_allows(world, dora, changed, said):
    granted(world, dora, **changed)
    assert said in text_of(dora.get(english("extension-list")))


def test_it_can_be_ended_today_with_a_reason(world, dora):
    extension = granted(world, dora)
    response = dora.post(english("extension-end", extension.pk), {"reason": "The office is open again"}, follow=True)
    words = text_of(response)
    assert "ends today" in words
    assert "The office is open again" in words
    extension.refresh_from_db()
    assert (extension.until_on, extension.ended_by) == (date(2020, 4, 3), world.dora.key)
    entry = Entry.objects.get(verb="extension.ended")
    assert (entry.before, entry.after["until_on"]) == ({"until_on": "2020-04-20"}, "2020-04-03")
    again = dora.post(english("extension-end", extension.pk), {"reason": "Once more"})
    assert "ends on 2020-04-03 anyway" in text_of(again)


def test_it_is_not_ended_without_a_reason_nor_by_others(world, dora, grace, erik, signed_in):
    extension = granted(world, dora, firm=world.rival.credit_code)
    assert "required" in text_of(dora.post(english("extension-end", extension.pk), {"reason": " "}))
    assert signed_in(grace).post(english("extension-end", extension.pk), {"reason": "x"}).status_code == 404
    assert erik.post(english("extension-end", extension.pk), {"reason": "x"}).status_code == 403
    assert not Entry.objects.filter(verb="extension.ended").exists()


def test_methods(world, dora):
    assert dora.post(english("extension-list")).status_code == 405
    assert dora.put(english("extension-add")).status_code == 405


def test_more_extensions_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = iter(range(10, 30))

    def add() -> None:
        for _ in range(3):
            dora.post(english("extension-add"), typed(world, firm=another_firm(next(numbers)).credit_code))

    assert_constant_queries(add, lambda: dora.get(english("extension-list")))
