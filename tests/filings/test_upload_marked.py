"""A refused file comes back as it was, with its bad cells coloured and named."""

import io

import pytest
import xlsxwriter
from django.utils import translation
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

from portal.filings.marking import AUTHOR, COLOURS, marked
from portal.filings.models.upload import Upload
from portal.filings.sheet import Level
from tests.filings.conftest import english
from tests.filings.test_upload_add import EXECUTED, SIGNED, csv, hand_in

BAD = {
    "sheet": "执行", "cell": "B3", "code": "A1", "level": "error", "found": "abc", "expected": "a number",
    "message": "“abc” is no number.",
}  # fmt: skip
ASKED = BAD | {"cell": "B2", "code": "E3", "level": "explain", "message": "Say why."}


def own_workbook() -> bytes:
    book = Workbook()
    sheet = book.active
    sheet.title = "执行"
    sheet.append(["合同号", "执行金额"])
    sheet.append(["A-1", 900])
    sheet.append(["A-2", "abc"])
    sheet.column_dimensions["A"].width = 33
    sheet["B3"].comment = Comment("from the book-keeper", "Li")
    choice = DataValidation(type="list", formula1='"是,否"')
    choice.add("C2:C9")
    sheet.add_data_validation(choice)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def handed_back(content: bytes, name: str, *findings: dict):
    with translation.override("en"):
        content, name = marked(content, name, findings, language="en")
    return load_workbook(io.BytesIO(content)), content, name


def test_bad_cells_are_coloured_and_say_why():
    book, _content, name = handed_back(own_workbook(), "季报.xlsx", ASKED, BAD)
    sheet = book["执行"]
    assert name == "季报-marked.xlsx"
    assert sheet["B3"].fill.fgColor.rgb.endswith(COLOURS[Level.ERROR])
    assert sheet["B2"].fill.fgColor.rgb.endswith(COLOURS[Level.EXPLAIN])
    assert "“abc” is no number." in sheet["B3"].comment.text
    assert "from the book-keeper" in sheet["B3"].comment.text
    assert sheet["A2"].comment is None
    assert sheet["A2"].fill.fill_type is None


def test_layout_and_drop_downs_stay():
    sheet = handed_back(own_workbook(), "q.xlsx", BAD)[0]["执行"]
    assert (sheet["A3"].value, sheet["B3"].value) == ("A-2", "abc")
    assert sheet.column_dimensions["A"].width == 33
    assert [str(choice.sqref) for choice in sheet.data_validations.dataValidation] == ["C2:C9"]


def test_the_first_sheet_numbers_the_mends_errors_first_and_leads_to_each_cell():
    book, _content, _name = handed_back(own_workbook(), "q.xlsx", ASKED, BAD)
    mends = book.worksheets[0]
    assert mends.title == "To mend"
    assert book.active is mends
    rows = [[cell.value for cell in row] for row in mends.iter_rows(min_row=5)]
    assert rows == [
        [1, "执行", "B3", "abc", "a number", "“abc” is no number."],
        [2, "执行", "B2", "abc", "a number", "Say why."],
    ]
    assert mends["C5"].hyperlink.location == "'执行'!B3"


def test_old_marks_go_when_the_file_comes_again():
    _book, content, _name = handed_back(own_workbook(), "q.xlsx", ASKED, BAD)
    book, _content, _name = handed_back(content, "q-marked.xlsx", ASKED)
    assert book.sheetnames == ["To mend", "执行"]
    assert book["执行"]["B3"].fill.fill_type is None
    assert book["执行"]["B2"].comment.author == AUTHOR
    assert len(list(book.worksheets[0].iter_rows(min_row=5))) == 1


def test_a_table_of_another_kind_comes_back_as_a_workbook_with_its_cells_in_place():
    item = BAD | {"sheet": "", "cell": "C2"}
    book, _content, name = handed_back("种类,合同号,金额\n执行,=1+1,abc\n".encode(), "q.csv", item)
    sheet = book["CSV"]
    assert name == "q-marked.xlsx"
    assert (sheet["B2"].value, sheet["B2"].data_type) == ("=1+1", "s")
    assert sheet["C2"].comment.author == AUTHOR


def test_what_cannot_be_opened_comes_back_as_the_list_alone():
    item = BAD | {"sheet": "", "cell": "", "code": "S3"}
    book, _content, _name = handed_back(b"PK\x03\x04 damaged", "q.xlsx", item)
    assert book.worksheets[0]["F5"].value == BAD["message"]


@pytest.mark.django_db
class TestItsPage:
    def refused(self, client) -> Upload:
        hand_in(client, csv(SIGNED, EXECUTED.replace("900.00", "nine")))
        return Upload.objects.latest("pk")

    def test_it_is_handed_back_from_the_upload(self, alice):
        upload = self.refused(alice)
        page = alice.get(english("upload-detail", upload.pk)).content.decode()
        address = english("upload-marked", upload.pk)
        assert address in page
        content = b"".join(alice.get(address).streaming_content)
        book = load_workbook(io.BytesIO(content))
        assert book["CSV"]["D3"].value == "nine"
        assert book["CSV"]["D3"].comment.author == AUTHOR

    def test_it_is_mended_and_uploaded_again(self, alice):
        upload = self.refused(alice)
        content = b"".join(alice.get(english("upload-marked", upload.pk)).streaming_content)
        book = load_workbook(io.BytesIO(content))
        book["CSV"]["D3"] = 900
        file = io.BytesIO()
        book.save(file)
        hand_in(alice, file.getvalue(), "mended.xlsx")
        again = Upload.objects.latest("pk")
        assert (again.outcome, again.findings) == ("checked", [])

    def test_others_do_not_find_it(self, alice, charlie):
        address = english("upload-marked", self.refused(alice).pk)
        assert charlie.get(address).status_code == 404
        assert alice.post(address).status_code == 405

    def test_a_file_without_findings_has_nothing_to_mark(self, alice):
        hand_in(alice, csv(SIGNED, EXECUTED))
        assert alice.get(english("upload-marked", Upload.objects.latest("pk").pk)).status_code == 404


def test_a_workbook_of_ours_keeps_its_own_colours():
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet("执行")
        sheet.write_row(0, 0, ["合同号", "执行金额"], book.add_format({"bg_color": "#E0EBE7"}))
    sheet = handed_back(file.getvalue(), "q.xlsx", BAD)[0]["执行"]
    assert sheet["A1"].fill.fgColor.rgb.endswith("E0EBE7")
