"""Cells as people and programs write them: read in one way, or refused with the reason."""

import io
from datetime import date, datetime

import pytest
import xlsxwriter

from portal.filings.sheet import Kind, NewMode, Supply
from tests.filings.on_sheets import book, contracts, read
from tests.world import SIGNED


class TestCells:
    def cell(self, field: str, value: object):
        (entry,) = read(book(合同=contracts(SIGNED | {field: value}))).entries
        return entry

    @pytest.mark.parametrize(
        "amount",
        [
            "１，０００．００", "1,000", " 1000 ", 1000, 1000.0, "1 000.00", "1\u00a0000", "\u200b1000\ufeff", "0.1万",
            "1千", "US$1,000.00", "1000 USD", "0.001 million", "0.1 万美元", "＋1000", "1000.",
        ],
    )  # fmt: skip
    def test_amounts(self, amount):
        assert self.cell("amount", amount).amount_cents == 100_000

    @pytest.mark.parametrize("amount", ["(1,000.00)", "（1000）", "-1,000", "－1000", "$-1000", "-0.1万", "(US$1,000)"])
    def test_amounts_below_zero(self, amount):
        assert self.cell("amount", amount).amount_cents == -100_000

    @pytest.mark.parametrize(
        ("amount", "said"),
        [
            ("1.2E+05", "scientific"), ("50%", "percentage"), ("1.234,56", "comma"), ("0,500", "comma"),
            ("1000\n2000", "more than one"), (date(2020, 3, 1), "date"), ("2020-03-01", "date"),
        ],
    )  # fmt: skip
    def test_amounts_with_two_readings_are_refused_with_the_reason(self, amount, said):
        entry = self.cell("amount", amount)
        assert entry.amount is None
        assert said in entry.unread["amount"].message.message.lower()

    @pytest.mark.parametrize("amount", ["1000/2000", "约1000", "12 34", "1,00,000", "(-5)", "--5", "5万万", "$5元"])
    def test_amounts_without_a_reading_are_not_read(self, amount):
        assert self.cell("amount", amount).amount is None

    def test_a_unit_in_the_head_and_in_the_cell_is_refused(self):
        rows = contracts(SIGNED | {"amount": "5万"})
        rows[0][8] = "合同金额(万元)"
        (entry,) = read(book(合同=rows)).entries
        assert (entry.amount, entry.unread["amount"].code) == (None, "A1")

    @pytest.mark.parametrize(
        "day",
        [
            "2020-02-01",
            "2020/02/01",
            "2020.2.1",
            "2020年2月1日",
            "２０２０年２月１日",
            "2020 / 2 / 1",
            "2020-2-1 00:00:00",
            "2020-02-01T09:30",
            "2020年2月1日 星期六",
            "1 Feb 2020",
            "Feb 1, 2020",
            "20200201",
            20200201,
            43862,
            "43862",
            43862.5,
            date(2020, 2, 1),
            datetime(2020, 2, 1, 9, 30),  # noqa: DTZ001 (a cell has no time zone)
        ],
    )
    def test_dates(self, day):
        assert self.cell("on", day).on == date(2020, 2, 1)

    @pytest.mark.parametrize(
        ("day", "said"),
        [
            ("03/04/2020", "Write the year first"), ("20-2-1", "two digits"), ("2/1/20", "two digits"),
            ("2020-2", "day is missing"), ("2月1日", "year is missing"), ("2020-02-30", "no such day"),
        ],
    )  # fmt: skip
    def test_dates_with_two_readings_or_none_are_refused_with_the_reason(self, day, said):
        entry = self.cell("on", day)
        assert entry.on is None
        assert said in entry.unread["on"].message.message

    @pytest.mark.parametrize("day", ["soon", 2020.02, 5, True, "1e5", "2020-02-0112:00"])
    def test_what_is_no_date_is_not_read(self, day):
        assert self.cell("on", day).on is None

    def test_a_date_that_can_only_be_one_is_read(self):
        assert self.cell("on", "31/01/2020").on == self.cell("on", "01/31/2020").on == date(2020, 1, 31)

    def test_serial_days_count_from_where_the_workbook_says(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "date_1904": True}) as workbook:
            sheet = workbook.add_worksheet("合同")
            for number, line in enumerate(contracts(SIGNED | {"on": 42400, "ends_on": "43862"})):
                sheet.write_row(number, 0, line)
        (entry,) = read(file.getvalue()).entries
        assert entry.on == date(2020, 2, 1)
        assert (entry.ends_on, "ends_on" in entry.unread) == (None, True)

    def test_numbers_that_are_names(self):
        assert self.cell("number", 20190014).number == "20190014"
        assert self.cell("number", "００１").number == "001"
        assert self.cell("number", "\ufeffA-\u200b1\u00a0\n").number == "A-1"

    @pytest.mark.parametrize("number", [1234567890123456789, 2020.15, date(2020, 3, 1), "A-1\nA-2"])
    def test_numbers_that_a_program_has_changed_are_refused(self, number):
        assert self.cell("number", number).unread["number"].code == "S8"

    def test_the_code_beside_another_name_is_not_read(self):
        assert self.cell("market", "VNM（越南）").market == self.cell("market", "VNM Vietnam").market == "VNM"
        assert self.cell("market", "VNM 中国").market is None

    @pytest.mark.parametrize(("share", "value"), [("60", 60), ("60 %", 60), ("１００％", 100), (0.6, 60), (51, 51)])
    def test_shares(self, share, value):
        assert self.cell("branch_share", share).branch_share == value

    def test_a_bare_one_is_no_share(self):
        assert self.cell("branch_share", 1).unread["branch_share"].code == "K6"

    def test_a_contract_says_what_it_is_in_a_known_word(self):
        assert self.cell("kind", "存量的").unread["kind"].code == "S4"
        assert self.cell("kind", "执行").unread["kind"].code == "S4"

    def test_words_of_the_lists(self):
        entry = self.cell("supply", "商业存在")
        assert entry.supply == Supply.COMMERCIAL_PRESENCE
        assert self.cell("new_mode", "云外包").new_mode == NewMode.CLOUD
        assert self.cell("is_abroad", "是").is_abroad is True
        assert self.cell("market", "越南").market == "VNM"

    def test_a_standing_contract_says_so_itself(self):
        assert self.cell("kind", "存量").kind == Kind.STANDING
        assert self.cell("kind", "").kind == Kind.SIGNED

    def test_what_cannot_be_read_is_kept_as_it_was(self):
        entry = self.cell("amount", "一千")
        assert (entry.amount, entry.raw["amount"], entry.where["amount"]) == (None, "一千", "I2")

    @pytest.mark.parametrize("text", ["=1+1", "<b>", "'", "\u200b", "🙂", "\x01"])
    def test_strange_text_is_only_text(self, text):
        rows = contracts(SIGNED | {"name": text})
        rows[1][2] = text
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as workbook:
            sheet = workbook.add_worksheet("合同")
            for number, line in enumerate(rows):
                for column, value in enumerate(line):
                    sheet.write_string(number, column, str(value))
        assert read(file.getvalue()).entries[0].raw["name"].strip("\u200b") in (text.strip("\u200b"), "")
