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


def test_methods(world, dora):
    assert dora.post(english("extension-list")).status_code == 405
    assert dora.put(english("extension-add")).status_code == 405


def test_more_extensions_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = iter(range(10, 30))

    def add() -> None:
        for _ in range(3):
            dora.post(english("extension-add"), typed(world, firm=another_firm(next(numbers)).credit_code))

    assert_constant_queries(add, lambda: dora.get(english("extension-list")))
