"""A contract is registered once, from the ledger; the next quarter opens with it."""

from datetime import timedelta

import pytest

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line
from portal.filings.queries import running_contracts
from portal.filings.sheet import Kind
from portal.filings.workspace.sheets import sheet_of
from portal.journal.models import Entry as JournalEntry
from tests.filings.conftest import english, text_of
from tests.world import NOW, SIGNED, clock_at, credit_code, entry, file_quarter

ADD = english("contract-add")


def test_signed_in_the_window_it_is_filed_as_new(world, alice):
    response = alice.post(ADD, SIGNED)
    contract = Contract.objects.get()
    assert response.url == english("contract-detail", contract.pk)
    assert (Line.objects.get().kind, contract.is_standing, contract.registered_in.period_id) == (
        "signed", False, "2020Q1",
    )  # fmt: skip
    assert JournalEntry.objects.filter(verb="filing.saved", actor=world.alice.key).count() == 1


@pytest.mark.parametrize(("on", "is_standing"), [("2020-01-01", False), ("2019-12-31", True)])
def test_the_first_day_of_the_window_decides(world, alice, on, is_standing):
    assert alice.post(ADD, SIGNED | {"on": on}).status_code == 302
    assert Contract.objects.get().is_standing is is_standing
    assert Line.objects.exists() is not is_standing


def test_the_quarter_is_prefilled_with_it_then(world, alice):
    alice.post(ADD, SIGNED | {"on": "2019-06-01"})
    page = alice.get(english("filing-detail", "2020Q1"))
    assert [item["row"].contract.number for _mode, rows in page.context["groups"] for item in rows] == ["A-1"]


def test_it_says_what_is_wrong_at_its_field(world, alice):
    form = alice.post(ADD, SIGNED | {"amount": "lots", "frame_number": "F-1"}).context["form"]
    assert set(form.errors) == {"amount", "frame_amount", "apportioned_by"}
    assert not Filing.objects.exists()


def test_it_goes_on_to_the_next_contract_when_asked(world, alice):
    assert alice.post(ADD, SIGNED | {"again": "1"}).url == ADD


def test_who_is_no_member_is_said_to_be_none(world, alice):
    typed = SIGNED | {"upstream_firm": credit_code(77), "upstream_number": "P-1"}
    assert "is no member here, so this contract is counted" in text_of(alice.post(ADD, typed, follow=True))
    typed |= {"number": "A-2", "upstream_firm": world.rival.credit_code}
    assert "is no member here" not in text_of(alice.post(ADD, typed, follow=True))


def test_readers_are_told_no_and_another_verb_too(world, alice, bob):
    assert bob.get(ADD).status_code == bob.post(ADD, SIGNED).status_code == 403
    assert alice.put(ADD).status_code == 405


def test_without_an_open_quarter_it_leads_back_and_says_so(world, alice):
    with clock_at(NOW + timedelta(days=4000)):
        response = alice.get(ADD, follow=True)
    assert "No quarter can be filled in now" in text_of(response)


class TestExpected:
    """What a quarter may bring: as much as the one before, or an equal part of what is left until the end."""

    @pytest.mark.parametrize(
        ("last", "ends_on", "expected"),
        [
            ("900", "2020-12-31", 10_000),  # more than is left
            ("40", "2020-12-31", 4_000),
            ("", "2020-03-31", 100_000),
            ("", "2020-12-31", 25_000),
            ("", "2020-09-30", 33_334),
            ("", "", None),
        ],
    )
    def test_it_follows_its_one_definition_on_page_grid_and_workbook(self, world, alice, last, ends_on, expected):
        rows = [entry(Kind.SIGNED, world.lists, on="2019-11-01", ends_on=ends_on)]
        if last:
            rows.append(entry(Kind.EXECUTED, world.lists, on="2019-11-05", amount=last))
        file_quarter(world, period="2019Q4", entries=rows)
        filing = Filing(firm=world.firm, period=world.period)
        (running,) = running_contracts(filing)
        (row,) = sheet_of(filing, None, lists=world.lists, on=NOW.date()).executions
        assert running.expected_cents == row.expected_cents == expected
        for page in ("filing-detail", "grid"):
            said = text_of(alice.get(english(page, "2020Q1")))
            assert (f"expected {expected / 100:,.2f}" in said) if expected else ("expected " not in said)


def test_an_address_begins_a_contract_with_what_its_lists_know(alice):
    begun = "?category=ITO-1-01&market=CHN&supply=cross_border&is_abroad=否&new_mode=cloud"
    initial = alice.get(ADD + begun).context["form"].initial
    assert {name: initial[name] for name in ("category", "market", "supply", "is_abroad", "new_mode")} == {
        "category": "ITO-1-01", "market": "CHN", "supply": "cross_border", "is_abroad": "否", "new_mode": "cloud",
    }  # fmt: skip


def test_what_no_list_knows_or_nobody_may_begin_with_is_left_out(alice):
    page = alice.get(ADD + "?category=ITO&market=<b>&supply=5&amount=99&seen=x&client=Evil")
    assert {name for name, value in page.context["form"].initial.items() if value} == set()
    assert not Contract.objects.exists()
