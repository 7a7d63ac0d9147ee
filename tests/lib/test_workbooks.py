"""Tables as files: no text in them ever runs as a formula, and everything comes back as it was."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest

from portal.lib.workbooks import UnreadableFile, as_text, csv_bytes, csv_rows, workbook_bytes, workbook_rows

DANGEROUS = ["=1+2", '=HYPERLINK("http://example.org")', "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"]


def sheet_of(content: bytes):
    return openpyxl.load_workbook(BytesIO(content)).active


class TestWorkbooks:
    @pytest.mark.parametrize("text", [*DANGEROUS, "https://example.org", "{=1+2}"])
    def test_a_text_stays_a_text(self, text):
        cell = sheet_of(workbook_bytes(["a"], [[text]])).cell(2, 1)
        assert cell.data_type == "s"
        assert cell.hyperlink is None

    def test_numbers_and_dates_are_numbers_and_dates(self):
        sheet = sheet_of(workbook_bytes(["a"] * 4, [[3, Decimal("0.15"), date(2020, 3, 31), True]]))
        values = [cell.value for cell in sheet[2]]
        assert values == [3, 0.15, datetime.fromisoformat("2020-03-31"), 1]

    def test_codes_keep_their_zeros(self):
        assert sheet_of(workbook_bytes(["numeric"], [["004"]])).cell(2, 1).value == "004"

    def test_everything_comes_back_as_text(self):
        content = workbook_bytes(["a", "b", "c", "d"], [["004", 110000, date(2020, 3, 31), Decimal("0.0000747649")]])
        assert workbook_rows(content) == [["a", "b", "c", "d"], ["004", "110000", "2020-03-31", "0.0000747649"]]

    def test_empty_rows_are_left_out(self):
        assert workbook_rows(workbook_bytes(["a"], [["x"], [""], ["y"]])) == [["a"], ["x"], ["y"]]

    @pytest.mark.parametrize("title", ["a/b:c", "很长" * 40, "", "'"])
    def test_a_sheet_may_be_called_anything(self, title):
        assert 0 < len(sheet_of(workbook_bytes(["a"], [], title)).title) <= 31

    @pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04 nearly"])
    def test_what_is_no_workbook_is_refused(self, content):
        with pytest.raises(UnreadableFile):
            workbook_rows(content)


class TestCsv:
    @pytest.mark.parametrize("text", DANGEROUS)
    def test_a_dangerous_text_is_led_by_an_apostrophe_and_comes_back_whole(self, text):
        content = csv_bytes(["a"], [[text]])
        assert f"'{text}" in content.decode().replace('""', '"')
        assert csv_rows(content) == [["a"], [text]]

    @pytest.mark.parametrize("text", ["-5.20", "+3", "-1,234.5", "12%", "O'Neill", "'quoted'"])
    def test_an_innocent_text_is_left_alone(self, text):
        assert csv_rows(csv_bytes(["a"], [[text]])) == [["a"], [text]]
        assert b"'-5" not in csv_bytes(["a"], [[text]])

    def test_excel_is_told_that_it_is_unicode(self):
        assert csv_bytes(["名称"], []).startswith(b"\xef\xbb\xbf")

    def test_a_file_saved_by_chinese_excel_is_read(self):
        assert csv_rows("名称\r\n贵阳市\r\n".encode("gb18030")) == [["名称"], ["贵阳市"]]

    def test_a_file_that_is_no_text_is_refused(self):
        with pytest.raises(UnreadableFile):
            csv_rows(b"\xff\xfe\xff\xff")


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (110000.0, "110000"),
        (1e-07, "0.0000001"),
        (True, "1"),
        (" x ", "x"),
        (datetime.fromisoformat("2020-03-31T08:30:00"), "2020-03-31T08:30:00"),
        (datetime.fromisoformat("2020-03-31"), "2020-03-31"),
    ],
)
def test_a_cell_is_written_as_its_reader_would(cell, text):
    assert as_text(cell) == text
