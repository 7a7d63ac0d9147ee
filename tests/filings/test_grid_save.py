"""Cells saved as they are typed: what goes into the ledger, what is kept aside, and what it costs."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.filings.actions.drafts import save_draft
from portal.filings.actions.submission import submit
from portal.filings.actions.typing import Kept, Moved, save_cells, take_seat
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Version
from portal.filings.models.grid import TypedRow
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind
from portal.filings.workspace.typed import Cells
from portal.journal.models import Entry as JournalEntry
from portal.lib.acts import Refused
from tests.world import NOW, SIGNED, World, entry, file_quarter

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_english")]
TOKEN = uuid.UUID(int=7)
LATER = NOW + timedelta(hours=1)


def typed(place: str, kind: Kind = Kind.EXECUTED, hint: str = "A-1", **values: str) -> Cells:
    return Cells(place, kind, values, number=hint)


def save(world: World, version: Version, *rows: Cells, token: uuid.UUID = TOKEN) -> Kept:
    return save_cells(
        version=version.pk, firm=version.firm, period="2020Q1", rows=rows, token=token, by=world.alice, at=LATER
    )


@pytest.fixture
def draft(world) -> Version:
    """A contract of 1,000 US dollars, signed in the quarter, nothing executed yet."""
    return file_quarter(world, until="draft", entries=[entry(Kind.SIGNED, world.lists)])


def place_of(version: Version, kind: Kind) -> str:
    return next(item.place for item in stored_entries(version) if item.entry.kind == kind)


class TestOneRow:
    def test_it_is_kept_aside_until_it_is_whole_and_goes_to_the_ledger_then(self, world, draft):
        place = f"new-c{Contract.objects.get().pk}"
        [outcome] = save(world, draft, typed(place, amount="900")).outcomes
        assert outcome.state == "typed"
        assert {item.field for item in outcome.findings} == {"on", "receipt_number"}
        assert TypedRow.objects.get().values == {"number": "A-1", "amount": "900"}
        save(world, draft, typed(place, on="2020-03-18"))
        assert not draft.lines.filter(kind=Kind.EXECUTED).exists()
        kept = save(world, draft, typed(place, receipt_number="SW1"))
        line = draft.lines.get(kind=Kind.EXECUTED)
        assert kept.outcomes[0].new_place == f"line-{line.pk}"
        assert kept.outcomes[0].texts["amount"] == "900.00"
        assert kept.executed_cents == line.usd_cents == 90_000
        assert not TypedRow.objects.exists()
        assert JournalEntry.objects.filter(verb="filing.saved").first().after["added"] == [
            ["executed", "A-1", "2020-03-18", 90_000]
        ]

    def test_a_wrong_cell_leaves_the_stored_value_in_force(self, world, draft):
        whole = typed("new-r1", number="A-1", amount="900", on="2020-03-18", receipt_number="SW1")
        place = save(world, draft, whole).outcomes[0].new_place
        [outcome] = save(world, draft, typed(place, amount="lots")).outcomes
        assert [item.code for item in outcome.findings] == ["A1"]
        assert draft.lines.get(kind=Kind.EXECUTED).amount_cents == 90_000
        assert save(world, draft, typed(place, amount="800")).outcomes[0].state == "saved"
        assert draft.lines.get(kind=Kind.EXECUTED).amount_cents == 80_000
        assert not TypedRow.objects.exists()

    def test_an_answer_that_was_lost_makes_no_second_line(self, world, draft):
        row = typed("new-r1", number="A-1", amount="300", on="2020-03-18", receipt_number="SW1")
        first, second = save(world, draft, row).outcomes[0], save(world, draft, row).outcomes[0]
        assert first.new_place == second.new_place
        assert draft.lines.filter(kind=Kind.EXECUTED).count() == 1

    def test_a_fresh_row_keeps_its_first_cell_whichever_it_is(self, world, draft):
        [outcome] = save(world, draft, Cells("new-r1", Kind.SIGNED, {"kind": "存量"})).outcomes
        assert (outcome.state, outcome.texts) == ("typed", {"kind": "存量"})
        [outcome] = save(world, draft, Cells("new-r1", Kind.SIGNED, {"kind": ""})).outcomes
        assert outcome.state == "removed"
        assert not TypedRow.objects.exists()

    def test_an_emptied_row_goes(self, world, draft):
        row = typed("new-r1", number="A-1", amount="300", on="2020-03-18", receipt_number="SW1")
        place = save(world, draft, row).outcomes[0].new_place
        kept = save(world, draft, typed(place, amount="", on="", receipt_number=""))
        assert kept.outcomes[0].state == "removed"
        assert not draft.lines.filter(kind=Kind.EXECUTED).exists()
        assert kept.executed_cents == 0

    def test_a_row_waits_for_its_contract_and_is_let_in_with_it(self, world, draft):
        row = {"number": "B-9", "amount": "50", "on": "2020-03-20", "receipt_number": "SW9"}
        [outcome] = save(world, draft, typed("new-r1", **row)).outcomes
        assert [item.code for item in outcome.findings] == ["C2"]
        contract = {name: str(value) for name, value in (SIGNED | {"number": "B-9", "kind": "新签"}).items()}
        kept = save(world, draft, Cells("new-r2", Kind.SIGNED, contract))
        assert [item.state for item in kept.outcomes] == ["saved", "saved"]
        assert draft.lines.get(contract__number="B-9", kind=Kind.EXECUTED).amount_cents == 5_000
        assert not TypedRow.objects.exists()

    def test_a_change_that_makes_another_row_wrong_is_told_at_the_cell(self, world, draft):
        row = {"number": "A-1", "amount": "900", "on": "2020-03-18", "receipt_number": "SW1"}
        save(world, draft, typed("new-r1", **row))
        [outcome] = save(world, draft, typed(place_of(draft, Kind.SIGNED), Kind.SIGNED, amount="500")).outcomes
        assert [(item.code, item.field) for item in outcome.findings] == [("A5", "amount")]
        assert Contract.objects.get().amount_cents == 100_000

    def test_another_market_of_the_contract_reaches_its_lines(self, world, draft):
        row = {"number": "A-1", "amount": "900", "on": "2020-03-18", "receipt_number": "SW1"}
        save(world, draft, typed("new-r1", **row))
        save(world, draft, typed(place_of(draft, Kind.SIGNED), Kind.SIGNED, market="CHN"))
        assert set(draft.lines.values_list("market", "mode")) == {("CHN", "onshore")}

    def test_another_number_moves_the_contract(self, world, draft):
        [outcome] = save(world, draft, typed(place_of(draft, Kind.SIGNED), Kind.SIGNED, number="A-2")).outcomes
        assert outcome.state == "saved"
        assert Contract.objects.get().number == "A-2"
        assert outcome.new_place == place_of(draft, Kind.SIGNED)

    def test_what_somebody_else_changed_meanwhile_is_not_overwritten(self, world, draft):
        row = {"number": "A-1", "amount": "900", "on": "2020-03-18", "receipt_number": "SW1"}
        first = save(world, draft, typed("new-r1", **row)).outcomes[0]
        save(world, draft, typed(first.new_place, amount="700"))
        late = Cells(first.new_place, Kind.EXECUTED, {"amount": "650"}, {"amount": "900.00"}, first.seen)
        [outcome] = save(world, draft, late).outcomes
        assert (outcome.state, outcome.texts) == ("overtaken", {"amount": "700.00"})
        other_cell = Cells(first.new_place, Kind.EXECUTED, {"on": "2020-03-19"}, {"on": "2020-03-18"}, first.seen)
        assert save(world, draft, other_cell).outcomes[0].state == "saved"
        line = draft.lines.get(kind=Kind.EXECUTED)
        assert (line.amount_cents, line.on.isoformat()) == (70_000, "2020-03-19")


class TestManyRows:
    def test_a_block_goes_in_as_far_as_it_is_right(self, world, draft):
        row = {"number": "A-1", "on": "2020-03-18"}
        rows = [typed(f"new-r{n}", **row, amount="400", receipt_number=f"SW{n}") for n in range(3)]
        kept = save(world, draft, *rows)
        assert [item.state for item in kept.outcomes] == ["saved", "saved", "typed"]
        assert [item.code for item in kept.outcomes[2].findings] == ["A5"]
        assert draft.lines.filter(kind=Kind.EXECUTED).count() == 2

    def test_the_draft_says_the_same_as_if_it_had_come_in_a_workbook(self, world, draft):
        row = {"number": "A-1", "amount": "900", "on": "2020-03-18", "receipt_number": "SW20031801"}
        save(world, draft, typed("new-r1", **row))
        by_cell = list(draft.lines.order_by("position").values_list("kind", "on", "amount_cents", "usd_cents", "mode"))
        entries = [entry(Kind.SIGNED, world.lists), entry(Kind.EXECUTED, world.lists)]
        changes = save_draft(version=draft, entries=entries, lists=world.lists, by=world.alice, at=NOW)
        assert not changes
        assert by_cell == list(
            draft.lines.order_by("position").values_list("kind", "on", "amount_cents", "usd_cents", "mode")
        )


class TestWhoAndWhen:
    def test_an_older_tab_is_told(self, world, draft):
        take_seat(version=draft, token=uuid.UUID(int=8), by=world.alice, at=NOW)
        with pytest.raises(Moved):
            save(world, draft, typed("new-r1", amount="1"))

    def test_a_submitted_filing_is_closed(self, world):
        version = file_quarter(world, until="submitted")
        with pytest.raises(Refused):
            save(world, version, typed("new-r1", amount="1"))

    def test_a_filing_with_unfinished_rows_cannot_be_submitted(self, world, draft):
        save(world, draft, typed("new-r1", amount="1"))
        with pytest.raises(Refused, match="not finished|没有填完"):
            submit(version=draft, lists=world.lists, by=world.alice, at=NOW)

    def test_another_firm_s_draft_is_not_there(self, world, draft):
        with pytest.raises(Refused):
            save_cells(
                version=draft.pk, firm=world.rival, period="2020Q1", rows=[typed("new-r1", amount="1")], token=TOKEN,
                by=world.charlie, at=NOW,
            )  # fmt: skip


CELLS = [
    pytest.param(lambda line, contract: typed(f"line-{line}", amount="11"), id="another amount"),
    pytest.param(lambda line, contract: typed(f"line-{line}", amount="x"), id="a wrong amount"),
    pytest.param(lambda line, contract: typed(f"new-c{contract}", receipt_number="S", hint="B-1"), id="last cell"),
    pytest.param(
        lambda line, contract: Cells("new-r9", Kind.SIGNED, SIGNED | {"number": "Z-1"}, number="Z-1"),
        id="a contract",
    ),
    pytest.param(lambda line, contract: typed(f"contract-{contract}", Kind.STANDING, client="Other"), id="a client"),
]


@pytest.mark.parametrize("cell", CELLS)
def test_one_cell_costs_eight_queries_whatever_the_length_of_the_filing(world, cell):
    def costs(count: int) -> int:
        entries = [entry(Kind.STANDING, world.lists, number="B-1", on="2019-02-01")]
        for n in range(count):
            entries.append(entry(Kind.SIGNED, world.lists, number=f"A-{n}"))
            entries.append(entry(Kind.EXECUTED, world.lists, number=f"A-{n}", amount="10"))
        version = file_quarter(world, until="draft", entries=entries)
        line = version.lines.filter(kind=Kind.EXECUTED).order_by("-position").first()
        contract = Contract.objects.get(number="B-1")
        take_seat(version=version, token=TOKEN, by=world.alice, at=NOW)
        prefilled = typed(f"new-c{contract.pk}", hint="B-1", amount="5", on="2020-03-18")
        save(world, version, prefilled)
        with CaptureQueriesContext(connection) as asked:
            save(world, version, cell(line.pk, contract.pk))
        save_draft(version=version, entries=[], lists=world.lists, by=world.alice, at=NOW)
        TypedRow.objects.all().delete()
        return len([row for row in asked if "SAVEPOINT" not in row["sql"]])

    few, many = costs(3), costs(150)
    assert few == many <= 8
