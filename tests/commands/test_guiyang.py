"""The standing example: what the newsletter prints for Guiyang comes out of filings, to the last digit, and a firm's
correction makes the next release while the first keeps its figures."""

import json
from decimal import Decimal
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.management import call_command

from portal.filings.columns import EXECUTIONS
from portal.filings.models.filing import Line, Version
from portal.filings.sheet import Kind
from portal.members.models import Representation
from portal.members.roles import FirmRole

pytestmark = pytest.mark.demo

# As printed: amounts in 10,000 US dollars, growth and shares in per cent.
PRINTED = {
    "period": "2020Q1",
    "division": "520100",
    "firms_filing": 60,
    "contract": {"total": "21631.47", "offshore": "2964.95", "onshore": "18666.52"},
    "execution": {"total": "15536.93", "offshore": "7941.44", "onshore": "7595.49"},
    "growth_percent": {
        "contract": {"total": "4257.50", "offshore": "521.17", "onshore": "97626.37"},
        "execution": {"total": "2433.03", "offshore": "1289.74", "onshore": "18010.68"},
    },
    "belt_and_road": {
        "contract": "2955.40",
        "contract_share_of_offshore_percent": "99.68",
        "execution": "7931.89",
        "execution_share_of_offshore_percent": "99.88",
    },
    "top_markets_by_execution": ["VNM", "ZMB", "IND"],
    "concentration": {
        "onshore_leaders": {
            "firms": 6,
            "share_of_total_execution_percent": "40.6",
            "share_of_onshore_execution_percent": "83.07",
        },
        "offshore_leaders": {
            "firms_named": 3,
            "share_of_offshore_contract_percent": "97.05",
            "share_of_offshore_execution_percent": "99.5",
        },
    },
}


def run(*arguments: str) -> dict:
    out = StringIO()
    call_command(*arguments, "--format", "json", stdout=out)
    return json.loads(out.getvalue())


def told(release: str) -> dict:
    return run("brief", "--release", release, "--division", "520100")


def numbers(figures: object) -> list[str]:
    """Every printed number of a brief's figures."""
    if isinstance(figures, dict):
        return [number for value in figures.values() for number in numbers(value)]
    return [figures] if isinstance(figures, str) and figures.replace(".", "").isdigit() else []


def test_every_printed_figure_comes_out():
    brief = told("2020Q1-1")
    assert {key: brief[key] for key in PRINTED} == PRINTED


def test_the_sentences_hold_every_number():
    brief = told("2020Q1-1")
    missing = [number for number in numbers(PRINTED) if number not in brief["text"] and number != "520100"]
    assert missing == []
    assert brief["text"].startswith(
        "2020年1至3月，贵阳市60家企业申报服务外包接包合同额21631.47万美元，同比增长4257.50%；"
    )


def test_the_english_brief_says_the_same():
    brief = run("brief", "--release", "2020Q1-1", "--division", "520100", "--lang", "en")
    assert {key: brief[key] for key in PRINTED} == PRINTED
    assert "60 firms in Guiyang" in brief["text"]
    assert "US$216.3147 million" in brief["text"]
    assert not any("\u4e00" <= sign <= "\u9fff" for sign in brief["text"])


def test_it_is_counted_again_to_the_same_digest():
    assert run("verify_release", "2020Q1-1")["same"] is True


def firm_and_filer() -> tuple[str, str, Line]:
    """A Guiyang firm with an onshore execution in the quarter, and somebody who files for it."""
    version = Version.objects.filter(
        filing__period="2020Q1", firm__credit_code__startswith="91520100", superseded_at=None, approved_at__isnull=False
    )
    line = Line.objects.filter(version__in=version, kind=Kind.EXECUTED, mode="onshore").order_by("-usd_cents").first()
    filer = Representation.objects.filter(firm=line.firm, role__in=[FirmRole.OWNER, FirmRole.FILER]).first()
    return line.firm.credit_code, filer.user.email, line


def less_of_one(path: Path, line: Line) -> Path:
    """The workbook with one executed amount made smaller by one unit of its currency."""
    book = openpyxl.load_workbook(path)
    heads = [column.field for column in EXECUTIONS.columns]
    wanted = (line.contract.number, line.on, line.amount_cents)
    for row in book[EXECUTIONS.zh].iter_rows(min_row=2):
        number, on, amount = (row[heads.index(name)] for name in ("number", "on", "amount"))
        if amount.value and (number.value, on.value.date(), round(amount.value * 100)) == wanted:
            amount.value -= 1
    book.save(path)
    return path


def test_a_correction_makes_the_next_release_and_leaves_the_first(tmp_path):
    code, email, line = firm_and_filer()
    path = tmp_path / "correction.xlsx"
    of = ("--firm", code, "--period", "2020Q1")
    run("workbook_template", *of, str(path))
    filed = run("file_workbook", str(less_of_one(path, line)), *of, "--by", email, "--submit")
    assert (filed["added"], filed["changed"], filed["removed"]) == (0, 1, 0)
    run("review_filing", *of, "--by", "reviewer@demo.example", "--approve")
    built = run("build_release", "2020Q1", "--by", "statistician@demo.example", "--publish")
    assert built["release"] == "2020Q1-2"
    assert {key: told("2020Q1-1")[key] for key in PRINTED} == PRINTED
    assert told("latest")["period"] != "2020Q1"
    assert Decimal(told("2020Q1-2")["execution"]["total"]) <= Decimal(PRINTED["execution"]["total"])
    assert told("2020Q1-2")["execution"]["offshore"] == PRINTED["execution"]["offshore"]
    assert run("verify_release", "2020Q1-1")["same"] is True
