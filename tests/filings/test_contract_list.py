"""The ledger of contracts: found, counted through all filings, and each with its events."""

from datetime import date, timedelta

import pytest

from portal.filings.actions.evidence import attach
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing
from portal.filings.sheet import Kind
from portal.lib.quarters import Quarter
from portal.lib.workbooks import csv_rows, workbook_rows
from portal.statistics.facts import gather
from tests.filings.conftest import english, text_of
from tests.world import NOW, credit_code, entry, file_quarter, simple_entries

LIST = english("contract-list")
EARLIER_TODAY = NOW - timedelta(hours=1)


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

    def test_it_filters_by_mode_and_market_and_sorts(self, world, alice):
        abroad = {"is_abroad": "是", "branch_share": "50.01"}
        rows = [
            entry(Kind.SIGNED, world.lists, number="B", on="2020-01-05"),
            entry(Kind.SIGNED, world.lists, number="A", on="2020-01-06", market="CHN", client="Zeta"),
            entry(Kind.SIGNED, world.lists, number="C", on="2020-01-04", market="HKG", **abroad),
            entry(
                Kind.SIGNED, world.lists, number="D", on="2020-01-07", market="HKG", is_abroad="是", branch_share="50"
            ),
        ]
        file_quarter(world, until="draft", entries=rows)
        assert numbers(alice) == ["D", "A", "B", "C"]
        assert numbers(alice, order="oldest") == ["C", "B", "A", "D"]
        assert numbers(alice, order="number", mode="offshore") == ["B", "D"]
        assert [numbers(alice, mode=mode) for mode in ("onshore", "overseas")] == [["A"], ["C"]]
        assert numbers(alice, order="number", market="HKG") == ["C", "D"]
        assert numbers(alice, order="client", mode="x", market="\x00") == ["B", "C", "D", "A"]

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_what_fits_comes_as_a_file_in_which_nothing_runs(self, world, alice, form):
        rows = [
            entry(Kind.SIGNED, world.lists, number="N-1", client="=1+1"),
            entry(Kind.SIGNED, world.lists, number="N-2"),
        ]
        file_quarter(world, until="draft", entries=rows)
        response = alice.get(english("contract-download", form), {"q": "N-1"})
        head, row = (csv_rows if form == "csv" else workbook_rows)(response.content)
        assert head[:3] == ["Contract number", "Contract name", "Client"]
        assert (row[0], row[2], row[head.index("Balance left")]) == ("N-1", "=1+1", row[head.index("Contract amount")])
        assert b"<f>" not in response.content
        assert alice.get(english("contract-download", "pdf")).status_code == 404

    def test_it_is_read_only(self, alice):
        assert alice.post(LIST).status_code == alice.post(english("contract-download", "csv")).status_code == 405

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
        assert len(alice.get(english("contract-detail", contract.pk)).context["lines"]) == 2

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

    def test_it_is_another_firm_s_secret_and_read_only(self, world, alice, bob, charlie):
        file_quarter(world)
        page = english("contract-detail", Contract.objects.get().pk)
        statuses = [charlie.get(page).status_code, bob.get(page).status_code, alice.post(page).status_code]
        assert statuses == [404, 200, 405]
        assert english("contract-change", Contract.objects.get().pk) not in bob.get(page).content.decode()

    def test_executions_stand_by_quarter_and_papers_by_the_contract(self, world, alice):
        file_quarter(world, period="2019Q4", entries=simple_entries(world.lists, "A-1", date(2019, 11, 1)))
        file_quarter(world, until="draft", entries=[entry(Kind.EXECUTED, world.lists, amount="50")])
        contract = Contract.objects.get()
        attach(
            filing=Filing.objects.get(period="2020Q1"), line_key=None, contract=contract, kind="contract",
            content=b"%PDF-1.4 copy", file_name="copy.pdf", by=world.alice, at=NOW,
        )  # fmt: skip
        page = alice.get(english("contract-detail", contract.pk))
        assert [(bar.label, bar.value) for bar in page.context["quarters"]] == [
            ("Quarter 1 of 2020", "50.00"), ("Quarter 4 of 2019", "900.00"),
        ]  # fmt: skip
        assert "copy.pdf" in text_of(page)


class TestTakenOver:
    """Work that passes from one member to another is counted once, and each is told what it may know."""

    def sub_contract(self, world, **typed: str) -> Contract:
        upstream = {"upstream_firm": world.rival.credit_code, "upstream_number": "2020Q1-1"} | typed
        file_quarter(world, entries=[entry(Kind.SIGNED, world.lists, **upstream)], at=EARLIER_TODAY)
        return Contract.objects.get(firm=world.firm)

    def prime(self, world, until: str) -> Contract:
        file_quarter(world, firm=world.rival, by=world.charlie, until=until, at=EARLIER_TODAY)
        return Contract.objects.get(firm=world.rival)

    def test_it_counts_until_the_prime_contract_is_approved(self, world, alice):
        contract = self.sub_contract(world)
        page = english("contract-detail", contract.pk)
        assert "Taken over, and counted here" in text_of(alice.get(page))
        assert "taken over: counted here" in text_of(alice.get(english("filing-detail", "2020Q1")))
        self.prime(world, "submitted")
        assert "Taken over, and counted here" in text_of(alice.get(page))

    def test_it_is_left_out_from_then_on_as_statistics_do(self, world, alice):
        self.prime(world, "approved")
        contract = self.sub_contract(world)
        page = text_of(alice.get(english("contract-detail", contract.pk)))
        assert "Taken over, and counted with the prime contract" in page
        assert world.rival.name_en in page
        sheet = text_of(alice.get(english("filing-detail", "2020Q1")))
        assert "taken over: counted with the prime contract" in sheet
        gathered = gather(Quarter(2020, 1), NOW + timedelta(days=30))
        mine = {fact.key for fact in gathered.facts if fact.firm == world.firm.pk}
        assert gathered.excluded == mine != set()

    def test_the_prime_contractor_sees_who_and_never_how_much(self, world, charlie):
        prime = self.prime(world, "approved")
        self.sub_contract(world, amount="765432.00")
        page = text_of(charlie.get(english("contract-detail", prime.pk)))
        assert f"Example 1 {world.firm.credit_code}" in page
        assert "765,432" not in page

    def test_a_prime_contractor_that_is_no_member_is_said_to_be_none(self, world, alice):
        contract = self.sub_contract(world, upstream_firm=credit_code(77))
        assert "no member here" in text_of(alice.get(english("contract-detail", contract.pk)))
