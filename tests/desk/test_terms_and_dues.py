"""Terms of membership and dues: periods, added and replaced, never overwritten; and who owes for a year."""

from datetime import date

import pytest

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.members.actions import change_profile, record_dues, record_term
from portal.members.models import Dues, Firm, Term
from portal.members.queries import current_profile, dues_of_year, standing_terms
from portal.reference.models import Division
from tests.desk.conftest import english, text_of
from tests.world import JOINED, NOW, another_firm

TERM = {"grade": "director", "from_on": "2020-01-01", "until_on": "2022-12-31"}
DUES = {"from_on": "2020-01-01", "until_on": "2020-12-31", "amount": "5000.50", "paid_on": "", "receipt_number": ""}


def periods(firm: Firm) -> list[tuple]:
    return [(row.grade, row.from_on, row.until_on) for row in standing_terms(firm).order_by("from_on")]


def test_a_grade_goes_through_term_and_profile(world, frida):
    frida.post(english("term-add", world.firm.credit_code), TERM)
    assert periods(world.firm) == [
        ("member", JOINED, date(2019, 12, 31)),
        ("director", date(2020, 1, 1), date(2022, 12, 31)),
    ]
    assert current_profile(world.firm, on=date(2019, 12, 31)).grade == "member"
    assert current_profile(world.firm, on=date(2020, 1, 1)).grade == "director"
    assert Term.objects.filter(firm=world.firm).count() == 3
    assert Entry.objects.filter(verb="firm.term_recorded", at__gte=NOW, actor=world.frida.key).count() == 2


def test_a_grade_recorded_in_the_profile_begins_a_term(world):
    change_profile(
        firm=world.firm, effective_on=date(2020, 4, 1), division=Division.objects.get(pk="520100"), size_band="small",
        grade="vice_president", controller="", by=world.frida, at=NOW,
    )  # fmt: skip
    assert periods(world.firm) == [("member", JOINED, date(2020, 3, 31)), ("vice_president", date(2020, 4, 1), None)]


def test_a_correction_replaces_and_keeps_the_row(world, frida):
    frida.post(english("term-add", world.firm.credit_code), TERM)
    wrong = standing_terms(world.firm).get(grade="director")
    address = english("term-add", world.firm.credit_code) + f"?replaces={wrong.pk}"
    frida.post(address, TERM | {"grade": "vice_president"})
    assert standing_terms(world.firm).get(from_on=date(2020, 1, 1)).replaces == wrong
    assert current_profile(world.firm, on=NOW.date()).grade == "vice_president"
    assert "replaced since" in text_of(frida.get(english("firm-detail", world.firm.credit_code)))
    assert "replaced already" in text_of(frida.post(address, TERM | {"grade": "president"}))


def test_terms_do_not_overlap(world):
    def put(since: date, until: date | None) -> None:
        record_term(firm=world.firm, grade="director", from_on=since, until_on=until, by=world.frida, at=NOW)

    put(date(2020, 1, 1), date(2020, 12, 31))
    for since, until in ((date(2020, 6, 1), None), (date(2018, 1, 1), date(2020, 1, 1)), (date(2021, 1, 1), JOINED)):
        with pytest.raises(Refused):
            put(since, until)
    assert len(periods(world.firm)) == 2


def test_dues_are_owed_until_a_row_says_they_are_paid(world, frida):
    add = english("dues-add", world.firm.credit_code)
    frida.post(add, DUES)
    owed = Dues.objects.get()
    assert owed.amount_cents == 500050
    assert "5,000.50" in text_of(frida.get(english("dues-list")))
    frida.post(f"{add}?replaces={owed.pk}", DUES | {"paid_on": "2020-04-01", "receipt_number": "R1"})
    account = next(row for row in dues_of_year(Firm.objects.all(), 2020) if row.firm == world.firm)
    assert (account.state, account.owed_cents, account.paid_cents) == ("paid", 0, 500050)
    assert Dues.objects.count() == 2
    assert Entry.objects.filter(verb="firm.dues_recorded").count() == 2


def test_the_list_says_who_owes(world, frida):
    assert "Nothing recorded" in text_of(frida.get(english("dues-list")))
    frida.post(english("dues-add", world.firm.credit_code), DUES)
    owing = text_of(frida.get(english("dues-list") + "?state=owes&year=2020"))
    assert "Example 1" in owing
    assert "Example 2" not in owing
    assert "No firm fits" in text_of(frida.get(english("dues-list") + "?state=paid"))
    assert frida.get(english("dues-list") + "?year=99999999999999&page=x").status_code == 200


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"until_on": "2019-01-01"}, "before it begins"),
        ({"amount": "-1"}, "greater than or equal"),
        ({"amount": "much"}, "Enter a number"),
        ({"from_on": ""}, "required"),
    ],
)
def test_wrong_dues_are_not_recorded(world, frida, changed, said):
    assert said in text_of(frida.post(english("dues-add", world.firm.credit_code), DUES | changed))
    assert not Dues.objects.exists()


def test_pressed_twice_they_are_recorded_once(world, frida):
    for _ in range(2):
        response = frida.post(english("dues-add", world.firm.credit_code), DUES)
    assert "recorded already" in text_of(response)
    assert Dues.objects.count() == 1


def test_a_row_of_another_firm_is_not_replaced(world, frida, dora):
    record_dues(firm=world.rival, from_on=JOINED, until_on=JOINED, amount_cents=1, paid_on=None, by=world.frida, at=NOW)
    address = english("dues-add", world.firm.credit_code) + f"?replaces={Dues.objects.get().pk}"
    assert frida.get(address).status_code == 404
    for name in ("dues-add", "term-add"):
        assert dora.get(english(name, world.firm.credit_code)).status_code == 403
        assert frida.put(english(name, world.firm.credit_code)).status_code == 405
    assert dora.get(english("dues-list")).status_code == 403


def test_more_firms_take_no_more_queries(world, frida, assert_constant_queries):
    numbers = iter(range(10, 30))

    def add() -> None:
        for _ in range(3):
            firm = another_firm(next(numbers))
            frida.post(english("dues-add", firm.credit_code), DUES)

    assert_constant_queries(add, lambda: frida.get(english("dues-list")))
