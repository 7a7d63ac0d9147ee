"""A contract changes while it runs: by an event with a day and a reason, and never behind an approved figure."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from portal.filings.actions import NotSaved
from portal.filings.actions.contracts import change_contract
from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Line
from portal.filings.models.ledger import ContractEvent
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind, Mode
from portal.journal.models import Entry as JournalEntry
from portal.lib.acts import Refused
from tests.filings.conftest import english, text_of
from tests.world import NOW, entry, file_quarter, simple_entries

pytestmark = pytest.mark.usefixtures("in_english")

ABROAD = {"is_abroad": "是", "branch_share": "60", "contracts_back": "否"}


@pytest.fixture
def contract(world) -> Contract:
    file_quarter(world, period="2019Q4", entries=simple_entries(world.lists, "A-1", date(2019, 11, 1)))
    return Contract.objects.get()


def change(world, contract: Contract, on: date = date(2020, 2, 1), reason: str = "New owner", at=NOW, **typed: str):
    return change_contract(
        contract=contract, values=typed, happened_on=on, reason=reason, lists=world.lists, by=world.alice, at=at
    )


def address(contract: Contract) -> str:
    return english("contract-change", contract.pk)


def typed_in(browser, contract: Contract, /, **typed: str) -> dict[str, str]:
    """The form as it comes, with some cells typed otherwise."""
    form = browser.get(address(contract)).context["form"]
    shown = {name: str(form[name].value() or "") for name in form.fields}
    return shown | {"happened_on": "2020-02-01", "reason": "New owner"} | typed


class TestPage:
    def test_it_says_what_stays_and_where_that_is_mended(self, contract, alice):
        page = alice.get(address(contract))
        assert english("filing-detail", "2019Q4") in page.content.decode()
        assert not {"market", "category", "currency", "number", "on", "amount"} & set(page.context["form"].fields)

    def test_a_change_is_kept_with_its_day_its_reason_and_who_made_it(self, world, contract, alice):
        response = alice.post(address(contract), typed_in(alice, contract, client="Hanoi Metro"))
        assert response.url == english("contract-detail", contract.pk)
        event = ContractEvent.objects.get()
        assert (event.before, event.after) == ({"client": "Hanoi Rail"}, {"client": "Hanoi Metro"})
        assert (event.reason, event.happened_on, event.recorded_by) == ("New owner", date(2020, 2, 1), world.alice.key)
        told = JournalEntry.objects.get(verb="contract.changed")
        assert (told.actor, told.after["reason"], told.after["client"]) == (world.alice.key, "New owner", "Hanoi Metro")
        page = text_of(alice.get(response.url))
        assert "Client Hanoi Rail → Hanoi Metro" in page
        assert "Reason New owner Alice" in page

    @pytest.mark.parametrize(
        ("typed", "field"),
        [
            ({"name": ""}, "name"), ({"client": "长" * 201}, "client"), ({"ends_on": "2019-10-01"}, "ends_on"),
            ({"is_abroad": "是"}, "branch_share"), ({"upstream_firm": "9152"}, "upstream_firm"),
            ({"frame_number": "F-1"}, "apportioned_by"), ({"reason": " "}, "reason"),
            ({"happened_on": "x"}, "happened_on"),
            ({"happened_on": "2020-04-04"}, "__all__"), ({"happened_on": "2019-10-31"}, "__all__"), ({}, "__all__"),
        ],
    )  # fmt: skip
    def test_what_is_wrong_stands_at_its_field_and_nothing_is_kept(self, contract, alice, typed, field):
        response = alice.post(address(contract), typed_in(alice, contract, **typed))
        assert field in response.context["form"].errors
        assert not ContractEvent.objects.exists()
        assert Contract.objects.get().name == "Bridge design"

    def test_who_may_only_read_is_told_no_and_another_firm_finds_nothing(self, contract, bob, charlie):
        for method in ("get", "post"):
            assert getattr(bob, method)(address(contract)).status_code == 403
            assert getattr(charlie, method)(address(contract)).status_code == 404
        assert bob.put(address(contract)).status_code in (403, 405)

    def test_a_contract_of_a_draft_is_changed_in_the_draft(self, world, alice):
        version = file_quarter(world, until="draft", entries=simple_entries(world.lists))
        contract = Contract.objects.get()
        assert alice.get(address(contract)).url == english("contract-detail", contract.pk)
        place = next(item.place for item in stored_entries(version) if item.entry.kind == Kind.SIGNED)
        page = alice.get(english("contract-detail", contract.pk)).content.decode()
        assert english("entry-edit", "2020Q1", place) in page
        with pytest.raises(Refused):
            change(world, contract, name="Other")

    def test_every_change_adds_no_query_to_the_contract_s_page(self, world, contract, alice, assert_constant_queries):
        made = iter(range(100))

        def three_more() -> None:
            for _ in range(3):
                change(world, contract, name=f"Name {next(made)}")

        assert_constant_queries(three_more, lambda: alice.get(english("contract-detail", contract.pk)))

    def test_the_second_of_two_who_had_it_open_is_told_and_overwrites_nothing(self, world, contract, alice):
        mine = typed_in(alice, contract, name="Mine")
        change(world, contract, client="Theirs")
        response = alice.post(address(contract), mine)
        assert "Somebody else has changed this contract meanwhile" in text_of(response)
        assert list(Contract.objects.values_list("name", "client")) == [("Bridge design", "Theirs")]


class TestLines:
    def lines(self) -> list[tuple]:
        return list(Line.objects.order_by("pk").values_list())

    def test_approved_lines_stay_to_the_last_value(self, world, contract):
        before = self.lines()
        change(world, contract, on=date(2019, 11, 5), **ABROAD)
        assert Contract.objects.get().mode == Mode.OVERSEAS
        assert self.lines() == before

    def test_submitted_lines_stay_too_and_those_of_a_draft_follow_from_that_day_on(self, world, contract):
        rows = [
            entry(Kind.EXECUTED, world.lists, on=day, amount="10", receipt_number=day)
            for day in ("2020-01-31", "2020-02-01")
        ]
        version = file_quarter(world, until="draft", entries=rows)
        change(world, contract, **ABROAD)
        modes = dict(Line.objects.filter(version=version).values_list("receipt_number", "mode"))
        assert modes == {"2020-01-31": "offshore", "2020-02-01": "overseas"}

    def test_an_earlier_quarter_opened_again_keeps_the_terms_of_its_days(self, world, contract):
        """Otherwise mending a typing error of last year would move its figures to another mode."""
        change(world, contract, **ABROAD)
        at = NOW + timedelta(minutes=1)
        version = reopen(filing=Filing.objects.get(), by=world.alice, at=at)
        entries = [replace(item.entry, reason="Typed anew") for item in stored_entries(version)]
        save_draft(version=version, entries=entries, lists=world.lists, by=world.alice, at=at)
        assert set(version.lines.values_list("mode", flat=True)) == {"offshore"}

    def test_terms_are_those_of_the_day_through_several_changes(self, world, contract):
        change(world, contract, on=date(2020, 1, 10), **ABROAD)
        change(world, contract, on=date(2020, 3, 10), is_abroad="否", branch_share="")
        contract = Contract.objects.get()
        days = [date(2020, 1, 9), date(2020, 1, 10), date(2020, 3, 9), date(2020, 3, 10)]
        assert [contract.terms_on(day).mode for day in days] == ["offshore", "overseas", "overseas", "offshore"]
        with pytest.raises(Refused, match="2020-03-10"):
            change(world, contract, on=date(2020, 2, 1), name="Other")


def test_what_was_approved_cannot_be_slipped_into_a_change(world, contract):
    with pytest.raises(Refused, match="Nothing was changed"):
        change(world, contract, market="CHN", amount="5", currency="CNY", number="B", category="ITO-1-02")


def test_a_mainland_client_s_contract_does_not_become_overseas(world):
    signed = entry(Kind.SIGNED, world.lists, market="CHN", on="2019-11-01")
    file_quarter(world, period="2019Q4", entries=[signed])
    with pytest.raises(NotSaved) as refusal:
        change(world, Contract.objects.get(), **ABROAD)
    assert [item.code for item in refusal.value.because] == ["M1"]


def test_two_changes_at_one_moment_are_both_told(world, contract):
    moment = datetime.combine(date(2020, 4, 3), NOW.timetz())
    change(world, contract, name="One", at=moment)
    change(world, contract, name="Two", at=moment)
    assert [event.after["name"] for event in ContractEvent.objects.order_by("pk")] == ["One", "Two"]
