"""The same acts from the command line: a quarter runs from a workbook to a brief, and each step says what it did."""

import json
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from portal.filings.columns import CONTRACTS, EXECUTIONS, SheetPlan
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Version
from portal.filings.models.upload import Upload
from tests.world import NOW, clock_at

pytestmark = pytest.mark.django_db

SIGNED = {
    "number": "A-1", "name": "轨道设计", "client": "河内城市轨道公司", "market": "越南", "category": "软件研发服务",
    "on": "2020-02-01", "currency": "USD", "amount": 1000.5,
}  # fmt: skip
EXECUTED = {"number": "A-1", "on": "2020-02-11", "amount": 900, "receipt_number": "SW1"}


def run(*arguments: str) -> tuple[dict, int]:
    """What a command answers as JSON, and its exit status."""
    out = StringIO()
    try:
        call_command(*arguments, "--format", "json", stdout=out)
    except SystemExit as end:
        return json.loads(out.getvalue()), int(end.code or 0)
    return json.loads(out.getvalue()), 0


def template(world, tmp_path: Path) -> Path:
    path = tmp_path / "quarter.xlsx"
    run("workbook_template", "--firm", world.firm.credit_code, "--period", "2020Q1", str(path))
    return path


def put(sheet, plan: SheetPlan, row: int, values: dict) -> None:
    for index, column in enumerate(plan.columns, start=1):
        if column.field in values:
            sheet.cell(row=row, column=index, value=values[column.field])


def filled(world, tmp_path: Path, **executed) -> str:
    """The template with one contract and one execution typed into it, as Excel would save it."""
    path = template(world, tmp_path)
    book = openpyxl.load_workbook(path)
    put(book[CONTRACTS.zh], CONTRACTS, 2, SIGNED)
    put(book[EXECUTIONS.zh], EXECUTIONS, 2, EXECUTED | executed)
    book.save(path)
    return str(path)


def of(world) -> tuple[str, ...]:
    return ("--firm", world.firm.credit_code, "--period", "2020Q1")


def file(world, path: str, *more: str) -> tuple[dict, int]:
    return run("file_workbook", path, *of(world), "--by", world.alice.email, *more)


def test_a_quarter_runs_from_the_workbook_to_the_brief(world, tmp_path):
    path = filled(world, tmp_path)
    checked, status = run("check_workbook", path, *of(world))
    assert (status, checked["acceptable"], checked["findings"]) == (0, True, [])
    assert not Version.objects.exists()
    answer, status = file(world, path, "--submit")
    assert (status, answer["status"], answer["added"]) == (0, "submitted", 2)
    answer, status = run("review_filing", *of(world), "--by", world.dora.email, "--approve")
    assert (status, answer["status"]) == (0, "approved")
    answer, status = run("build_release", "2020Q1", "--by", world.erik.email, "--publish")
    assert (status, answer["release"], answer["published"]) == (0, "2020Q1-1", True)
    told, status = run("brief", "--release", "latest", "--division", "520100")
    assert status == 0
    # One firm alone, without its consent: its number is known, its amounts are not.
    assert (told["firms_filing"], told["contract"]["total"]) == (1, None)
    again, status = run("verify_release", "2020Q1-1")
    assert (status, again["same"]) == (0, True)


def test_a_wrong_cell_is_named_and_nothing_is_saved(world, tmp_path):
    path = filled(world, tmp_path, amount="九百", on="2019-01-01")
    checked, status = run("check_workbook", path, *of(world))
    found = {(item["code"], item["sheet"], item["cell"], item["found"]) for item in checked["findings"]}
    assert status == 1
    assert found == {("A1", "执行", "H2", "九百"), ("D2", "执行", "G2", "2019-01-01")}
    assert all(item["expected"] and item["message"] and item["level"] == "error" for item in checked["findings"])
    answer, status = file(world, path, "--submit")
    assert (status, answer["done"], answer["status"]) == (1, False, "draft")
    assert not Contract.objects.exists()
    assert Upload.objects.get().outcome == Upload.Outcome.REFUSED


def test_a_file_that_is_no_workbook_is_told_in_one_sentence(world, tmp_path):
    path = tmp_path / "letter.xlsx"
    path.write_bytes(b"Dear association, our figures are as last year.")
    answer, status = file(world, str(path))
    assert status == 1
    assert [item["code"] for item in answer["findings"]] == ["S3"]


def test_a_return_sends_the_letter_and_the_rework_is_the_next_version(world, tmp_path):
    path = filled(world, tmp_path)
    file(world, path, "--submit")
    answer, status = run("review_filing", *of(world), "--by", world.dora.email, "--return", "Row 2: which receipt?")
    assert (status, answer["status"]) == (0, "returned")
    assert Version.objects.get().return_letter == "Row 2: which receipt?"
    answer, status = file(world, path, "--submit")
    assert (status, answer["version"], answer["status"]) == (0, 2, "submitted")


def test_what_waits_for_review_is_not_filed_again(world, tmp_path):
    path = filled(world, tmp_path)
    file(world, path, "--submit")
    answer, status = file(world, path)
    assert (status, answer["done"]) == (1, False)
    assert answer["reason"]


def test_submission_that_is_refused_leaves_the_draft_as_it_was(world, tmp_path):
    path = filled(world, tmp_path, payer_market="中国")
    answer, status = file(world, path, "--submit")
    assert status == 1
    assert [item["code"] for item in answer["findings"]] == ["E1"]
    assert not Version.objects.get().lines.exists()


@pytest.mark.parametrize("who", ["bob", "charlie", "dora"])
def test_only_somebody_who_may_file_for_the_firm_files(world, tmp_path, who):
    path = filled(world, tmp_path)
    email = getattr(world, who).email
    answer, status = run("file_workbook", path, *of(world), "--by", email)
    assert (status, answer["done"]) == (1, False)
    assert not Version.objects.exists()


def test_only_a_reviewer_decides_and_only_a_statistician_builds(world, tmp_path):
    file(world, filled(world, tmp_path), "--submit")
    assert run("review_filing", *of(world), "--by", world.alice.email, "--approve")[1] == 1
    assert run("build_release", "2020Q1", "--by", world.dora.email)[1] == 1
    assert Version.objects.get().status == "submitted"


def test_what_does_not_exist_is_said(world, tmp_path):
    answer, status = run("brief", "--release", "2020Q1-7", "--division", "520100")
    assert (status, answer["done"]) == (1, False)
    answer, status = run("workbook_template", "--firm", "91520100MA0000000X", "--period", "2020Q1", str(tmp_path / "x"))
    assert (status, answer["done"]) == (1, False)
    assert not (tmp_path / "x").exists()
    with pytest.raises(CommandError):
        call_command("review_filing", *of(world), "--by", world.dora.email)


def test_the_answer_can_be_read_by_people_too(world, tmp_path):
    out = StringIO()
    path = filled(world, tmp_path, amount=0)
    with pytest.raises(SystemExit), clock_at(NOW):
        call_command("check_workbook", path, *of(world), stdout=out)
    assert "A3 error 执行!H2 [0]" in out.getvalue()
