"""The prefilled workbook: what the draft holds and what is running; read back, it says the same."""

import io
from datetime import date

import pytest
from django.utils import translation
from python_calamine import CalamineWorkbook

from portal.filings.actions.uploads import examine, preview
from portal.filings.exports import workbook
from portal.filings.models.filing import Filing
from portal.filings.queries import stored_entries
from portal.filings.sheet import Kind
from tests.filings.conftest import english
from tests.world import NOW, entry, file_quarter, simple_entries

PAGE = english("workbook-download", "2020Q1")


def everything(world) -> list:
    """Every kind of row and every column filled."""
    full = {
        "name": "Bridge, “phase 2” <a&b>", "client": "河内 Rail", "ends_on": "2021-12-31",
        "supply": "commercial_presence", "new_mode": "cloud", "is_abroad": "是", "branch_share": "60.5",
        "contracts_back": "否", "upstream_firm": "91110000600037341L", "upstream_number": "U-1", "reason": "as agreed",
        "amount": "1234567.89",
    }  # fmt: skip
    return [
        entry(Kind.STANDING, world.lists, number="S-1", on="2015-05-05", ends_on="2022-01-01"),
        entry(Kind.SIGNED, world.lists, **full),
        entry(Kind.CHANGED, world.lists, amount="-200.5"),
        entry(Kind.EXECUTED, world.lists, receipt_on="2020-03-20", payer_market="HKG", reason="head office"),
        entry(Kind.EXECUTED, world.lists, on="2020-03-19", amount="0.01", receipt_number="0012"),
    ]


def sheet(content: bytes, name: str) -> list[list[object]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python(skip_empty_area=False)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_uploaded_unchanged_it_changes_nothing(world, language):
    version = file_quarter(world, until="draft", entries=everything(world))
    with translation.override(language):
        content = workbook(version.filing, version, world.lists)
    intake, findings = examine(
        content=content, file_name="q.xlsx", filing=version.filing, lists=world.lists, at=NOW
    )  # fmt: skip
    assert findings == []
    changes = preview(version, intake)
    assert not changes
    assert len(changes.same) == 5


def test_it_can_be_filled_in_for_a_period_that_nobody_has_opened(world, alice):
    content = alice.get(PAGE).content
    filing = Filing(firm=world.firm, period=world.period)
    intake, findings = examine(content=content, file_name="q.xlsx", filing=filing, lists=world.lists, at=NOW)
    assert (intake.entries, [item.code for item in findings]) == ([], ["S12"])
    assert not Filing.objects.exists()


def test_running_contracts_stand_in_it_with_balance_and_last_quarter(world, alice):
    old = simple_entries(world.lists, "OLD-1", date(2019, 11, 1))
    file_quarter(world, period="2019Q4", entries=old)
    rows = sheet(alice.get(PAGE).content, "Executions")
    assert rows[1][:5] == ["OLD-1", "Bridge design", "USD", 100.0, 900.0]


def test_a_contract_that_is_used_up_or_has_ended_does_not(world, alice):
    used = entry(Kind.SIGNED, world.lists, number="USED", on="2019-11-01", amount="900")
    over = entry(Kind.SIGNED, world.lists, number="OVER", on="2019-11-01", ends_on="2019-12-31")
    executed = entry(Kind.EXECUTED, world.lists, number="USED", on="2019-11-05", amount="900")
    file_quarter(world, period="2019Q4", entries=[used, over, executed])
    assert len(sheet(alice.get(PAGE).content, "Executions")) == 1


def test_its_name_says_whose_it_is_and_for_when(world, alice):
    response = alice.get(PAGE)
    assert response["Content-Disposition"] == f'attachment; filename="{world.firm.credit_code}-2020Q1.xlsx"'
    guide = sheet(response.content, "Guide")
    assert ["Unified social credit code", world.firm.credit_code] in [row[:2] for row in guide]


def test_no_text_in_it_runs_as_a_formula(world, alice):
    signed = entry(Kind.SIGNED, world.lists, name='=HYPERLINK("http://x","y")', client="+1", number="-1+1")
    version = file_quarter(world, until="draft", entries=[signed])
    rows = sheet(alice.get(PAGE).content, "Contracts")
    assert rows[1][1:4] == ["-1+1", '=HYPERLINK("http://x","y")', "+1"]
    assert stored_entries(version)[0].entry.name.startswith("=")


def test_what_needs_no_more_rows_needs_no_more_queries(world, alice, assert_constant_queries):
    entries = []

    def five_more() -> None:
        for _ in range(5):
            entries.extend(simple_entries(world.lists, f"N-{len(entries)}"))
        file_quarter(world, until="draft", entries=list(entries))

    assert_constant_queries(five_more, lambda: alice.get(PAGE))
