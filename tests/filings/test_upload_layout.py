"""A table of the firm's own: its columns are told once, and kept."""

import io

import pytest
from openpyxl import Workbook

from portal.filings.intake.layouts import Layout, in_our_words, own_head
from portal.filings.intake.tables import Table
from portal.filings.models.upload import ColumnMapping, Upload
from portal.journal.models import Entry as JournalEntry
from tests.filings.conftest import english, text_of
from tests.filings.test_upload_add import hand_in

HEADS = ["台账编号", "项目", "完成日", "本期完成(万元)", "回单", "经办"]
TOLD = {"column-0": "number", "column-2": "on", "column-3": "amount", "column-4": "receipt_number", "kind": "执行"}


def own_table(*rows: list[object]) -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "台账"
    for row in (["二〇二〇年一季度台账"], HEADS, *rows):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


class TestReading:
    def test_the_fullest_row_above_the_data_is_the_head(self):
        head = own_head(Table("台账", [["一季度", ""], ["编号", "完成日", "金额"], ["A-1", "2020-01-01", 5]]))
        assert (head.index, head.texts) == (1, ("编号", "完成日", "金额"))

    def test_every_cell_stays_where_it_was_and_a_unit_stays_in_its_head(self):
        table = Table("台账", [["编号", "完成日", "金额(万元)"], ["A-1", "2020-01-01", 5], ["", "", ""]])
        layout = Layout({"0": "number", "2": "amount"}, {"kind": "执行"})
        assert in_our_words(table, layout, own_head(table)).rows == [
            ["合同号", "", "金额(万元)", "种类"], ["A-1", "2020-01-01", 5, "执行"], ["", "", "", ""],
        ]  # fmt: skip

    def test_other_heads_are_another_layout(self):
        one, other = (own_head(Table("", [["编号", "完成日", last]])) for last in ("金额", "数量"))
        assert one.signature != other.signature


@pytest.mark.django_db
class TestTheFirmsOwnTable:
    ROW = ("A-1", "Bridge design", "2020-02-11", 0.05, "SW20031801", "Li")

    def refused(self, client, world) -> Upload:
        hand_in(client, own_table(list(self.ROW)), "台账.xlsx")
        return Upload.objects.latest("pk")

    def test_it_is_read_once_its_columns_are_told(self, world, alice):
        first = self.refused(alice, world)
        assert first.outcome == "refused"
        address = english("upload-layout", first.pk)
        assert address in alice.get(english("upload-detail", first.pk)).content.decode()
        page = text_of(alice.get(address))
        assert "本期完成(万元)" in page
        assert "SW20031801" in page
        response = alice.post(address, {"sheet": "台账"} | TOLD)
        again = Upload.objects.latest("pk")
        assert response.url == english("upload-detail", again.pk)
        found = {(item["code"], item["sheet"], item["cell"]) for item in again.findings}
        assert {code for code, _sheet, _cell in found} == {"C2"}, "only the contract is not registered"
        assert {(sheet, cell) for _code, sheet, cell in found} == {("台账", "A3")}
        assert JournalEntry.objects.filter(verb="layout.told").count() == 1

    def test_the_next_file_of_the_layout_is_read_at_once(self, world, alice):
        first = self.refused(alice, world)
        alice.post(english("upload-layout", first.pk), {"sheet": "台账"} | TOLD)
        hand_in(alice, own_table([*self.ROW[:3], "五", *self.ROW[4:]]), "二季度.xlsx")
        newest = Upload.objects.latest("pk")
        assert [item["cell"] for item in newest.findings if item["field"] == "amount"] == ["D3"]
        assert ColumnMapping.objects.count() == 1

    def test_what_is_missing_or_told_twice_is_said(self, world, alice):
        address = english("upload-layout", self.refused(alice, world).pk)
        page = text_of(alice.post(address, {"sheet": "台账"} | TOLD | {"column-3": ""}))
        assert "Tell which column holds: Amount." in page
        page = text_of(alice.post(address, {"sheet": "台账"} | TOLD | {"column-5": "on"}))
        assert "“Date” is told twice" in page
        assert not ColumnMapping.objects.exists()

    def test_who_may(self, world, alice, bob, charlie):
        address = english("upload-layout", self.refused(alice, world).pk)
        assert bob.get(address).status_code == 403
        assert charlie.get(address).status_code == 404
        assert charlie.post(address, TOLD).status_code == 404
        assert alice.put(address).status_code == 405

    def test_a_file_without_a_table_says_so(self, world, alice):
        hand_in(alice, b"PK\x03\x04 damaged", "q.xlsx")
        page = text_of(alice.get(english("upload-layout", Upload.objects.latest("pk").pk)))
        assert "No table with heads was found" in page
