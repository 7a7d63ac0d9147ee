"""The files of tests/workbooks: what passes says nothing wrong, and what fails says which cell of it, and why."""

import csv
import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command

from portal.filings.actions.uploads import examine
from portal.filings.intake import read_file
from portal.filings.models.filing import Filing
from portal.filings.named import filing_of, firm_named, period_named
from portal.filings.rules import check
from portal.filings.sheet import Context, Entry, Finding, KnownContract, Level, Mode
from portal.lib import clock
from portal.reference.queries import CodeLists, code_lists
from tests.world import lists_once

FOLDER = Path(__file__).resolve().parent.parent / "workbooks"
FILES = list(csv.DictReader((FOLDER / "manifest.csv").read_text(encoding="utf-8").splitlines()))
LARGEST = 15_000


def known(number: str, currency: str, amount: int, executed: int, market: str, signed_on: date) -> KnownContract:
    return KnownContract(number, currency, amount, 0, executed, market, Mode.OFFSHORE, signed_on, None, is_here=False)


# The demo firm's contracts that the files name, as its ledger has them.
CONTRACTS = (
    known("HZ07-2019-101", "USD", 1_430_000_000, 1_148_019_338, "DEU", date(2019, 11, 1)),
    known("HZ07-2019-102", "HKD", 11_500_000_000, 8_120_516_165, "HKG", date(2019, 10, 2)),
)


def context(row: dict[str, str], lists: CodeLists) -> Context:
    """The last quarter of 2020, filed on 12 January 2021: dates from 1 July."""
    return Context(
        firm_code=row["firm"], period=row["period"], period_first_on=date(2020, 10, 1),
        period_last_on=date(2020, 12, 31), filed_on=date(2021, 1, 12), accepts_from_on=date(2020, 7, 1), lists=lists,
        contracts={contract.number: contract for contract in CONTRACTS},
    )  # fmt: skip


def errors(findings: list[Finding]) -> list[tuple[str, str, str]]:
    return [(item.code, item.sheet, item.cell) for item in findings if item.level == Level.ERROR]


def other_than_expected(said: dict[str, list]) -> dict[str, list]:
    """What is said of each file that is not what its row of the manifest says."""
    expected = {row["file"]: [(row["code"], row["sheet"], row["cell"])] if row["code"] else [] for row in FILES}
    return {file: found for file, found in said.items() if found != expected[file]}


@cache
def read(file: str) -> tuple[list[Entry], list[Finding]]:
    """Entries and findings of one file; the code lists have to be at hand."""
    row, lists = next(row for row in FILES if row["file"] == file), lists_once()
    path = FOLDER / row["file"]
    intake = read_file(path.read_bytes(), path.name, lists=lists, firm_code=row["firm"], period=row["period"])
    return intake.entries, intake.findings + intake.sure(check(intake.entries, context(row, lists)))


def test_each_file_says_what_the_manifest_says(db):
    said = {row["file"]: errors(read(row["file"])[1]) for row in FILES}
    assert other_than_expected(said) == {}


def test_what_is_found_is_told_with_its_cell_and_a_way_to_mend_it(db):
    for row in FILES:
        for item in read(row["file"])[1]:
            words = [item.message.in_words(str), item.expected.in_words(str)]
            assert all(words), row["file"]
            assert not any("%(" in text for text in words), row["file"]


def told(entries: list[Entry]) -> Iterator[tuple]:
    for entry in entries:
        yield (
            entry.kind,
            entry.number,
            entry.on,
            entry.amount_cents,
            entry.receipt_number,
            entry.market,
            entry.ends_on,
        )


@pytest.mark.parametrize(
    "name",
    [
        "english.xlsx", "plain-openpyxl.xlsx", "plain-xlwt.xls", "plain-odfpy.ods", "columns-in-another-order.xlsx",
        "line-breaks-in-heads.xlsx", "head-of-two-rows.xlsx", "titles-merged.xlsx", "unit-in-head.xlsx",
        "unit-above-head.xlsx", "currency-word.xlsx", "full-width-digits.xlsx", "number-as-text.xls",
        "counts-from-1904.xlsx",
        "counts-from-1904.xls", "blanks-around.xlsx", "total-row.xlsx", "totals-beside.ods", "signatures-below.xlsx",
        "heads-again.xlsx", "hidden-rows-columns-sheets.xlsx", "hidden-names-filters-panes.xlsx", "sheets-renamed.xlsx",
        "gb18030.csv", "semicolons.csv", "tabs-utf-16.txt", "csv-called.xls", "like-wps.xlsx", "with-macros.xlsm",
        "libreoffice-plain.xlsx", "libreoffice-plain.ods", "libreoffice-plain.xls", "libreoffice-from-csv.ods",
        "libreoffice-calculated.xlsx", "libreoffice-calculated.ods", "libreoffice-calculated.xls",
        "libreoffice-titles.ods",
        "libreoffice-1904.xlsx", "libreoffice-1904.ods", "libreoffice-1904.xls",
    ],
)  # fmt: skip
def test_however_it_is_written_it_says_the_same(db, name):
    assert list(told(read(f"pass/{name}")[0])) == list(told(read("pass/plain.xlsx")[0]))


def test_the_list_and_the_folder_agree():
    on_disk = {str(path.relative_to(FOLDER)) for part in ("pass", "fail") for path in (FOLDER / part).iterdir()}
    assert {row["file"] for row in FILES} == on_disk
    assert list(FILES[0]) == ["file", "firm", "period", "code", "sheet", "cell"]
    assert all(bool(row["code"]) == row["file"].startswith("fail/") for row in FILES)
    assert [row["file"] for row in FILES if (FOLDER / row["file"]).stat().st_size > LARGEST] == []
    assert sum("libreoffice" in row["file"] for row in FILES) >= 12


def test_every_code_of_reading_is_shown_by_a_file():
    shown = {row["code"] for row in FILES}
    # S12 is a note, about a file that passes.
    assert {*(f"S{number}" for number in range(1, 12)), "F1", "F2"} <= shown


@pytest.mark.demo
def test_each_can_be_tried_in_the_demo(capsys):
    lists, said = code_lists(), {}
    for row in FILES:
        firm, period = firm_named(row["firm"]), period_named(row["period"])
        filing = filing_of(firm, period) or Filing(firm=firm, period=period)
        path = FOLDER / row["file"]
        _intake, findings = examine(
            content=path.read_bytes(), file_name=path.name, filing=filing, lists=lists, at=clock.now()
        )
        said[row["file"]] = errors(findings)
    assert other_than_expected(said) == {}
    for row in (FILES[0], FILES[-1]):
        assert_command_says(row, capsys)


def assert_command_says(row: dict[str, str], capsys: pytest.CaptureFixture) -> None:
    """The command says the same, in the keys that are promised, and ends well only without errors."""
    try:
        call_command("check_workbook", str(FOLDER / row["file"]), firm=row["firm"], period=row["period"], format="json")
        status = 0
    except SystemExit as end:
        status = end.code
    answer = json.loads(capsys.readouterr().out)
    assert (status == 0) == (not row["code"]) == answer["acceptable"]
    for item in answer["findings"]:
        assert {"sheet", "cell", "code", "level", "found", "expected", "message"} <= item.keys()
    assert [item["code"] for item in answer["findings"] if item["level"] == "error"] == [
        code for code in [row["code"]] if code
    ]
