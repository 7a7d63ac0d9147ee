"""The quarter as the ministry's platform wants it, and what differs from what that platform exported."""

import io
from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import Workbook, load_workbook

from portal.filings.ministry import Item, Sheet
from portal.filings.ministry.comparing import compare
from portal.filings.models.filing import Line
from portal.filings.models.upload import Upload
from portal.filings.sheet import Kind
from portal.journal.models import Entry as JournalEntry
from tests.filings.conftest import english, text_of
from tests.world import entry, file_quarter

DOWNLOAD = english("ministry-download", "2020Q1")
RECONCILE = english("ministry-reconcile", "2020Q1")


@pytest.fixture
def filed(world):
    entries = [
        entry(Kind.SIGNED, world.lists, amount="126400.00", name="=1+1"),
        entry(Kind.CHANGED, world.lists, amount="-2000.00"),
        entry(Kind.EXECUTED, world.lists, amount="88600.55"),
    ]
    return file_quarter(world, until="draft", entries=entries)


def exported(client):
    return load_workbook(io.BytesIO(client.get(DOWNLOAD).content))


def row_of(sheet) -> dict[str, object]:
    head, first = list(sheet.iter_rows(values_only=True))[:2]
    return dict(zip(head, first))


def handed(client, content: bytes, name: str = "export.xlsx"):
    return client.post(RECONCILE, {"file": SimpleUploadedFile(name, content)})


def book(**sheets: list[list[object]]) -> bytes:
    made, file = Workbook(), io.BytesIO()
    made.remove(made.active)
    for name, rows in sheets.items():
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    made.save(file)
    return file.getvalue()


def section(response, sheet: str) -> dict:
    return next(part for part in response.context["sections"] if part["sheet"] == sheet)


class TestWorkbook:
    def test_it_has_the_platforms_sheets_and_units(self, alice, filed):
        made = exported(alice)
        assert made.sheetnames == ["合同", "变更", "执行", "说明"]
        contract = row_of(made["合同"])
        assert (contract["合同号"], contract["业务类型"], contract["货币类型"]) == ("A-1", "离岸", "USD")
        assert (contract["合同金额(原币)"], contract["合同金额(万美元)"]) == (126400, 12.64)
        executed = row_of(made["执行"])
        assert executed["执行金额(万美元)"] == pytest.approx(8.860055)
        assert (executed["收汇凭证号"], executed["执行日期"].date()) == ("SW20031801", date(2020, 3, 18))
        assert row_of(made["变更"])["变更金额(万美元)"] == -0.2

    def test_other_currencies_keep_amount_and_rate(self, world, alice):
        home = entry(Kind.SIGNED, world.lists, market="CHN", currency="CNY", amount="700000.00")
        version = file_quarter(world, until="draft", entries=[home])
        line, row = version.lines.get(), row_of(exported(alice)["合同"])
        assert (row["货币类型"], row["合同金额(原币)"], row["业务类型"]) == ("CNY", 700000, "在岸")
        assert Decimal(str(row["汇率(折美元)"])) == line.usd_rate.normalize()
        assert row["合同金额(万美元)"] == pytest.approx(line.usd_cents / 1_000_000)

    def test_text_never_runs_as_a_formula(self, alice, filed):
        cell = exported(alice)["合同"]["C2"]
        assert (cell.value, cell.data_type) == ("=1+1", "s")

    def test_a_reader_may_take_it_and_nobody_finds_it_before_a_draft(self, bob, charlie, filed):
        assert bob.get(DOWNLOAD).status_code == 200
        assert charlie.get(DOWNLOAD).status_code == 404


class TestReconcile:
    def test_our_own_workbook_agrees_with_us(self, alice, filed):
        response = handed(alice, alice.get(DOWNLOAD).content)
        assert [part["same_count"] for part in response.context["sections"]] == [1, 1, 1]
        assert text_of(response).count("Every row agrees.") == 3

    def test_it_says_what_differs_and_by_how_much(self, world, alice, filed):
        head = ["合同编号", "合同名称", "合同执行日期", "执行额（万美元）"]
        rows = [["A-1", "Bridge", "2020-03-18", 8.80], ["B-9", "Other", "2020-03-01", 3], ["合计", None, None, 11.80]]
        response = handed(alice, book(任意名称=[["接包合同执行信息"], [], head, *rows]))
        part = section(response, "executions")
        differs, there = part["rows"]
        assert differs["fields"] == [
            {"name": "amount", "here": "8.86", "there": "8.80", "difference": Decimal("-0.06")}
        ]
        assert (there["state"], there["number"], there["where"]) == ("there", "B-9", "任意名称!A5")
        assert (part["here_sum"], part["there_sum"], part["difference"]) == ("8.86", "11.80", Decimal("2.94"))
        assert "The file has no table for: 合同, 变更." in text_of(response)

    def test_dates_and_categories_are_compared_too(self, alice, filed):
        head = ["合同号", "业务类别", "签约日期", "合同金额(美元)"]
        response = handed(alice, book(x=[head, ["a-1", "ITO-1-02", "2020/2/3", "126,400.00"]]))
        (row,) = section(response, "contracts")["rows"]
        assert [field["name"] for field in row["fields"]] == ["on", "category"]
        assert row["fields"][0] == {"name": "on", "here": "2020-02-01", "there": "2020-02-03"}

    def test_what_the_platform_does_not_have_stands_only_here(self, alice, filed):
        response = handed(alice, "合同号,执行日期,执行金额(万美元)\nZ-1,2019-05-01,1\n".encode("gb18030"), "x.csv")
        part = section(response, "executions")
        assert [row["state"] for row in part["rows"]] == ["here"]
        assert (part["outside_count"], part["there_sum"]) == (1, "0.00")

    def test_amounts_in_the_contracts_own_currency_are_compared_in_it(self, world, alice):
        home = entry(Kind.SIGNED, world.lists, market="CHN", currency="CNY", amount="700000.00")
        file_quarter(world, until="draft", entries=[home])
        response = handed(alice, book(x=[["合同号", "合同金额", "币种"], ["A-1", "70万", "CNY"]]))
        part = section(response, "contracts")
        assert (part["same_count"], part["there_sum"]) == (1, None)

    def test_it_keeps_and_changes_nothing(self, alice, filed, own_files):
        before = (JournalEntry.objects.count(), Line.objects.count())
        handed(alice, alice.get(DOWNLOAD).content)
        assert (JournalEntry.objects.count(), Line.objects.count()) == before
        assert not Upload.objects.exists()
        assert not own_files.exists() or not [path for path in own_files.rglob("*") if path.is_file()]

    @pytest.mark.parametrize(
        ("name", "content", "sentence"),
        [
            ("x.xlsx", b"", "The file is empty."),
            ("x.xlsx", b"PK\x03\x04" + bytes(50), "This file is not a workbook that can be read."),
            ("x.csv", bytes(range(256)), "This CSV file is neither UTF-8 nor GB18030."),
            ("x.csv", "甲,乙\n1,2\n".encode(), "Found instead: 甲、乙"),
        ],
    )
    def test_a_file_that_says_nothing_is_told_so(self, alice, filed, name, content, sentence):
        response = handed(alice, content, name)
        assert response.status_code == 200
        assert sentence in text_of(response)
        assert response.context["sections"] is None

    def test_cells_that_cannot_be_read_are_named(self, alice, filed):
        response = handed(alice, book(表=[["合同号", "执行金额(万美元)"], ["A-1", "lots"]]))
        assert "表!B2 lots" in text_of(response)

    def test_without_a_file_it_says_so(self, alice, filed):
        assert "Choose a file first." in text_of(alice.post(RECONCILE))


class TestPairing:
    def item(self, on: int, usd: str, number: str = "A", **more) -> Item:
        return Item(Sheet.EXECUTIONS, number, on=date(2020, 3, on), usd=Decimal(usd), **more)

    def paired(self, here: list[Item], there: list[Item]):
        return compare(Sheet.EXECUTIONS, here, there, date(2020, 1, 1), date(2020, 3, 31))

    def test_the_likest_belong_together(self):
        here = [self.item(1, "100000"), self.item(2, "200000"), self.item(3, "300000")]
        there = [self.item(3, "310000"), self.item(9, "200000"), self.item(1, "100000")]
        found = {(pair.here.on.day, pair.there.on.day): pair.fields for pair in self.paired(here, there).pairs}
        assert found == {(1, 1): (), (3, 3): ("amount",), (2, 9): ("on",)}

    def test_every_row_of_both_sides_is_told_once(self):
        here, there = [self.item(1, "1"), self.item(1, "1")], [self.item(1, "1", "Ａ ")]
        compared = self.paired(here, there)
        assert (compared.same_count, compared.count("here"), compared.count("there")) == (1, 1, 0)

    def test_a_rounded_figure_agrees_with_the_exact_one(self):
        exact, rough = self.item(1, "88600.55"), self.item(1, "88600")
        assert self.paired([exact], [rough]).same_count == 1
        assert self.paired([exact], [self.item(1, "88600", usd_decimals=6)]).same_count == 0
