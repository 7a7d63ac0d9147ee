"""The ledger of contracts: found, counted through all filings, and each with its events."""

from datetime import date, timedelta

import pytest

from portal.filings.models.contract import Contract
from portal.filings.sheet import Kind
from tests.filings.conftest import english, text_of
from tests.world import entry, file_quarter, simple_entries

LIST = english("contract-list")


def numbers(client, **parameters: str) -> list[str]:
    response = client.get(LIST, parameters)
    assert response.status_code == 200
    return [account.contract.number for account in response.context["accounts"]]


class TestList:
    def test_it_is_empty_at_first(self, alice):
        assert "No contract fits" in text_of(alice.get(LIST))
        assert "No contract has been registered yet" in text_of(alice.get(LIST, {"state": "all"}))

    def test_it_sums_over_all_filings(self, world, alice):
        file_quarter(world, period="2019Q4", entries=simple_entries(world.lists, "A-1", date(2019, 11, 1)))
        change = entry(Kind.CHANGED, world.lists, amount="500")
        file_quarter(world, until="draft", entries=[change, entry(Kind.EXECUTED, world.lists, amount="250.50")])
        (account,) = alice.get(LIST).context["accounts"]
        assert (account.value_cents, account.executed_cents, account.left_cents) == (150_000, 115_050, 34_950)
        assert "1,500.00 USD 1,150.50 349.50" in text_of(alice.get(LIST))

    def test_it_tells_running_from_ended(self, world, alice):
        ended = entry(Kind.SIGNED, world.lists, number="OLD", on="2020-01-02", ends_on="2020-03-01")
        file_quarter(world, until="draft", entries=[*simple_entries(world.lists), ended])
        assert numbers(alice) == ["A-1"]
        assert numbers(alice, state="ended") == ["OLD"]
        assert numbers(alice, state="all") == ["A-1", "OLD"]
        assert numbers(alice, state="x") == ["A-1"]

    @pytest.mark.parametrize(
        ("words", "found"),
        [("a-1", ["A-1"]), ("bridge hanoi", ["A-1"]), ("rail", ["A-1"]), ("%", []), ("x" * 999, []), ("\x00", ["A-1"])],
    )
    def test_it_finds_by_number_name_and_client(self, world, alice, words, found):
        file_quarter(world, until="draft", entries=simple_entries(world.lists))
        assert numbers(alice, q=words) == found

    def test_what_is_sought_is_never_mark_up(self, alice):
        assert "<em>x" not in alice.get(LIST, {"q": "<em>x"}).content.decode()

    def test_it_comes_in_pages(self, world, alice):
        rows = [entry(Kind.SIGNED, world.lists, number=f"N-{n:02}", on="2020-02-03") for n in range(35)]
        file_quarter(world, until="draft", entries=rows)
        assert numbers(alice)[0] == "N-00"
        assert len(numbers(alice)) == 30
        assert numbers(alice, page="2") == [f"N-{n}" for n in range(30, 35)]
        assert numbers(alice, page="99") == numbers(alice, page="2")

    def test_another_firm_sees_none_of_it(self, world, charlie):
        file_quarter(world)
        assert numbers(charlie, state="all") == []

    def test_it_does_not_ask_more_for_more_contracts(self, world, alice, assert_constant_queries):
        entries = []

        def five_more() -> None:
            for _ in range(5):
                entries.extend(simple_entries(world.lists, f"N-{len(entries)}"))
            file_quarter(world, until="draft", entries=list(entries))

        assert_constant_queries(five_more, lambda: alice.get(LIST))


class TestContractDetail:
    def test_it_follows_the_contract_through_all_filings(self, world, alice):
        file_quarter(world, period="2019Q4", entries=simple_entries(world.lists, "A-1", date(2019, 11, 1)))
        change = entry(Kind.CHANGED, world.lists, amount="500", reason="More drawings")
        file_quarter(world, until="draft", entries=[change])
        page = text_of(alice.get(english("contract-detail", Contract.objects.get().pk)))
        assert "2019-11-01 Contract signed Quarter 4 of 2019 Approved 1,000.00" in page
        assert "2019-11-11 Execution of a contract Quarter 4 of 2019 Approved 900.00" in page
        assert "2020-03-02 Change of a contract Quarter 1 of 2020 Draft 500.00" in page
        assert "More drawings" in page

    def test_a_version_that_was_replaced_is_not_told_twice(self, world, alice):
        file_quarter(world)
        alice.post(english("filing-reopen", "2020Q1"))
        contract = Contract.objects.get()
        assert alice.get(english("contract-detail", contract.pk)).context["events"].count() == 2

    def test_a_standing_contract_has_no_event_yet(self, world, alice):
        file_quarter(world, until="draft", entries=[entry(Kind.STANDING, world.lists, on="2012-01-01")])
        page = text_of(alice.get(english("contract-detail", Contract.objects.get().pk)))
        assert "Nothing has been reported of this contract yet" in page
        assert "standing contract: registered, not counted" in page

    def test_it_does_not_ask_more_for_more_events(self, world, alice, assert_constant_queries):
        entries = [entry(Kind.SIGNED, world.lists)]

        def three_more() -> None:
            for _ in range(3):
                day = (date(2020, 2, 1) + timedelta(days=len(entries))).isoformat()
                entries.append(entry(Kind.EXECUTED, world.lists, on=day, amount="10"))
            file_quarter(world, until="draft", entries=list(entries))

        assert_constant_queries(three_more, lambda: alice.get(english("contract-detail", Contract.objects.get().pk)))

    @pytest.mark.parametrize("pk", [0, 424242, 10**30])
    def test_a_contract_that_is_not_there_is_not_found(self, alice, pk):
        assert alice.get(english("contract-detail", pk)).status_code == 404
