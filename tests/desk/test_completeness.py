"""How complete a period is, by count and by value, and whom to call."""

from decimal import Decimal
from itertools import count

import pytest

from portal.filings.desk.completeness import by_place, firms_to_call
from portal.filings.desk.queue import queue_of
from portal.lib.workbooks import csv_rows, workbook_rows
from portal.members.models import Firm
from portal.members.roles import FirmRole, StaffRole
from tests.desk.conftest import english, text_of
from tests.desk.test_queue import executed
from tests.world import NOW, acting, another_firm, appointed, file_quarter


def queue(world):
    return queue_of(world.period, Firm.objects.all(), NOW)


def three_firms(world) -> Firm:
    """Guiyang's two: one filed and stood for 300 a year before, one has not and stood for 100. Zhengzhou: nothing."""
    third = another_firm(3)
    executed(world, "100.00", before="300.00")
    executed(world, "50.00", firm=third, before="100.00", until="draft")
    return third


def test_places_add_up_by_count_and_by_value(world):
    three_firms(world)
    guizhou, henan = by_place(queue(world), "")
    assert (guizhou.place.pk, guizhou.progress.filed, guizhou.progress.expected) == ("520000", 1, 2)
    assert (guizhou.progress.by_count, guizhou.progress.by_value) == (Decimal("50.0"), Decimal("75.0"))
    assert (henan.place.pk, henan.progress.by_count, henan.progress.by_value) == ("410000", 0, None)
    assert [one.place.pk for one in by_place(queue(world), "520000")] == ["520100"]


def test_whoever_stood_for_most_is_called_first(world):
    third = three_firms(world)
    assert [row.firm for row in firms_to_call(queue(world).rows)] == [third.pk, world.rival.pk]


def test_it_shows_whom_to_call(world, dora):
    third = three_firms(world)
    acting("Hanna", third, FirmRole.FILER)
    acting("Igor", third, FirmRole.VIEWER)
    words = text_of(dora.get(english("completeness")))
    assert "hanna@example.org" in words
    assert "igor@example.org" not in words
    assert "charlie@example.org" in words
    # Filed already: it stands under another tab.
    assert "alice@example.org" not in words
    assert "alice@example.org" in text_of(dora.get(english("completeness") + "?show=filed"))


def test_a_place_can_be_looked_into(world, dora):
    three_firms(world)
    words = text_of(dora.get(english("completeness") + "?place=410000"))
    assert "charlie@example.org" in words
    assert "Example 3" not in words


@pytest.mark.parametrize("odd", ["?place=x&show=y&page=z", "?page=9999", "?place=%00"])
def test_odd_parameters_are_borne(world, dora, odd):
    assert dora.get(english("completeness") + odd).status_code == 200


@pytest.mark.parametrize(("form", "read"), [("csv", csv_rows), ("xlsx", workbook_rows)])
def test_it_can_be_taken_along(world, dora, form, read):
    three_firms(world)
    rows = read(dora.get(english("completeness-download", form)).content)
    assert [row[0] for row in rows[1:]] == [row.credit_code for row in queue(world).rows]
    assert float(dict(zip(rows[0], rows[1]))["A year before, US dollars"]) == 300
    assert dora.get(english("completeness-download", "pdf")).status_code == 404


def test_a_name_that_looks_like_a_formula_stays_text(world, dora):
    another_firm(7, name="=1+1")
    assert "'=1+1" in dora.get(english("completeness-download", "csv").replace("/en/", "/")).content.decode()


def test_nobody_sees_places_outside_their_scope(world, grace, signed_in):
    three_firms(world)
    client = signed_in(grace)
    for address in (english("completeness") + "?show=all", english("completeness-download", "csv")):
        words = client.get(address).content.decode()
        assert "Example 3" in words
        assert "charlie@example.org" not in words
        assert "Example 2" not in words


def test_who_may(world, frida, signed_in):
    assert signed_in(world.alice).get(english("completeness")).status_code == 404
    assert frida.get(english("completeness")).status_code == 200
    assert frida.post(english("completeness")).status_code == 405


def test_it_says_when_there_is_no_period(db, signed_in):
    assert "No period has been opened yet" in text_of(
        signed_in(appointed("Hugo", StaffRole.REVIEWER)).get(english("completeness"))
    )


def test_more_firms_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = count(10)

    def add() -> None:
        for number in [next(numbers) for _ in range(3)]:
            firm = another_firm(number)
            acting(f"Owner{number}", firm, FirmRole.OWNER)
            file_quarter(world, firm=firm, period="2019Q1")

    assert_constant_queries(add, lambda: dora.get(english("completeness")))
