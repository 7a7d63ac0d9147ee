"""Files as people and programs write them: read when they can be, refused in one sentence when not."""

import io
from collections.abc import Sequence
from datetime import date, datetime

import pytest
import xlsxwriter

from portal.filings.columns import CHANGES, CONTRACTS, EXECUTIONS, SHEETS, SheetPlan, csv_columns
from portal.filings.intake import Intake, read_file
from portal.filings.sheet import Kind, Level, NewMode, Supply
from tests.filings.on_paper import LISTS
from tests.world import EXECUTED, SIGNED

FIRM = "91520100MA0000001Q"


def read(content: bytes, name: str = "quarter.xlsx") -> Intake:
    return read_file(content, name, lists=LISTS, firm_code=FIRM, period="2020Q1")


def codes(intake: Intake) -> list[tuple[str, str, str]]:
    return [(item.code, item.sheet, item.cell) for item in intake.findings]


def book(**sheets: Sequence[Sequence[object]]) -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_numbers": False}) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    is_day = isinstance(value, date)
                    sheet.write_datetime(number, column, value, day) if is_day else sheet.write(number, column, value)
    return file.getvalue()


def heads(plan: SheetPlan, language: str = "zh") -> list[str]:
    return [getattr(column, language) for column in plan.fields]


def row(plan: SheetPlan, values: dict[str, object]) -> list[object]:
    return [values.get(column.field, "") for column in plan.fields]


def contracts(*rows: dict[str, object], language: str = "zh") -> list[list[object]]:
    return [heads(CONTRACTS, language), *(row(CONTRACTS, values) for values in rows)]


def executions(*rows: dict[str, object]) -> list[list[object]]:
    return [heads(EXECUTIONS), *(row(EXECUTIONS, values) for values in rows)]


class TestHeads:
    def test_both_languages_are_understood(self):
        chinese = read(book(合同=contracts(SIGNED))).entries
        english = read(book(Contracts=contracts(SIGNED, language="en"))).entries
        assert [entry.number for entry in chinese + english] == ["A-1", "A-1"]

    def test_columns_may_stand_in_any_order(self):
        turned = [line[::-1] for line in contracts(SIGNED)]
        (entry,) = read(book(合同=turned)).entries
        assert (entry.number, entry.amount_cents, entry.where["number"]) == ("A-1", 100_000, "Q2")

    def test_titles_above_the_head_are_passed_over(self):
        titled = [["某公司季度填报表"], [], ["单位：原币"], *contracts(SIGNED)]
        (entry,) = read(book(合同=titled)).entries
        assert (entry.row, entry.where["number"]) == (5, "B5")

    def test_stars_case_and_other_usual_heads_are_understood(self):
        rows = [["合同编号 *", "变更日期", "变更金额*", "说明"], ["A-1", "2020-03-02", "200", "x"]]
        (entry,) = read(book(变更=rows)).entries
        assert (entry.kind, entry.amount_cents, entry.reason) == (Kind.CHANGED, 20_000, "x")

    def test_further_columns_and_sheets_are_passed_over(self):
        rows = [[*line, "内部备注"] for line in contracts(SIGNED)]
        intake = read(book(合同=rows, 草稿=[["合同号"], ["Z-9"]]))
        assert [entry.number for entry in intake.entries] == ["A-1"]
        assert intake.findings == []

    def test_a_needed_column_that_is_missing_is_named(self):
        without = [line[:3] + line[4:] for line in contracts(SIGNED)]
        intake = read(book(合同=without))
        assert codes(intake) == [("S2", "合同", "A1")]
        assert "Client" in intake.findings[0].message.in_words(str)
        assert intake.entries == []

    def test_a_sheet_of_another_name_is_known_by_its_heads(self):
        (entry,) = read(book(Sheet1=contracts(SIGNED))).entries
        assert (entry.kind, entry.sheet) == (Kind.SIGNED, "Sheet1")

    def test_a_workbook_without_any_of_the_sheets_is_refused(self):
        assert codes(read(book(Sheet1=[["合同号", "名称"], ["A-1", "x"]]))) == [("S1", "", "")]

    def test_two_sheets_of_one_kind_are_not_chosen_between(self):
        intake = read(book(甲=contracts(SIGNED), 乙=contracts(SIGNED | {"number": "A-2"})))
        assert codes(intake) == [("S11", "乙", "A1")]
        assert intake.findings[0].level == Level.ERROR

    def test_a_copy_beside_the_named_sheet_is_only_noted(self):
        intake = read(book(合同=contracts(SIGNED), 合同旧=contracts(SIGNED | {"number": "A-2"})))
        assert [entry.number for entry in intake.entries] == ["A-1"]
        assert [(item.code, item.level) for item in intake.findings] == [("S11", Level.NOTE)]

    def test_an_empty_workbook_is_no_error(self):
        intake = read(book(合同=[], 变更=[], 执行=[]))
        assert [(item.code, item.level) for item in intake.findings] == [("S12", Level.NOTE)]

    @pytest.mark.parametrize(
        "head", ["合同金额（必填）", "合同\n金额 *", " 合同金额：", "Contract  amount", "合 同 金 额", "合同额", "*合同金额"]
    )
    def test_heads_are_known_through_what_people_add(self, head):
        rows = contracts(SIGNED)
        rows[0][8] = head
        assert read(book(合同=rows)).entries[0].amount_cents == 100_000

    @pytest.mark.parametrize(
        "head",
        ["合同金额(万元)", "合同金额（万美元）", "合同金额/万元", "合同金额 万USD", "合同金额（单位：万元）", "合同金额(万元)(必填)"],
    )
    def test_a_unit_in_the_head_multiplies_the_amounts(self, head):
        rows = contracts(SIGNED | {"amount": 12.5})
        rows[0][8] = head
        (entry,) = read(book(合同=rows)).entries
        assert entry.amount_cents == 12_500_000
        assert entry.amount_says == (("USD",) if "美" in head or "USD" in head else ("CNY",))

    def test_a_unit_above_the_head_is_the_unit_of_the_amounts(self):
        titled = [["示例公司填报表"], ["填报单位：示例公司", "", "单位：万元"], *contracts(SIGNED | {"amount": "1.5"})]
        assert read(book(合同=titled)).entries[0].amount_cents == 1_500_000

    @pytest.mark.parametrize("head", ["合同金额(累计)", "合同金额(上年)", "合同金额(万法郎)"])
    def test_a_head_that_means_something_else_is_not_taken(self, head):
        rows = contracts(SIGNED)
        rows[0][8] = head
        intake = read(book(合同=rows))
        assert codes(intake) == [("S2", "合同", "A1")]
        assert head in intake.findings[0].message.in_words(str)

    def test_a_head_of_two_rows_is_read_together(self):
        first, second = contracts(SIGNED)
        upper = [text if place < 3 else "详情" for place, text in enumerate(first)]
        lower = ["" if place < 3 else text for place, text in enumerate(first)]
        (entry,) = read(book(合同=[upper, lower, second])).entries
        assert (entry.number, entry.amount_cents, entry.row) == ("A-1", 100_000, 3)

    def test_two_filled_columns_of_one_meaning_are_refused(self):
        rows = [[*line, extra] for line, extra in zip(contracts(SIGNED), ["合同额", 5], strict=True)]
        assert codes(read(book(合同=rows))) == [("S5", "合同", "S1")]
        rows[1][-1] = ""
        assert codes(read(book(合同=rows))) == []

    @pytest.mark.parametrize("plan", SHEETS, ids=lambda plan: plan.key)
    def test_no_head_means_two_columns(self, plan):
        names = [head.casefold() for column in plan.fields for head in column.heads]
        assert len(names) == len(set(names))


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


class TestRows:
    def test_a_prefilled_row_that_was_not_used_is_passed_over(self):
        rows = executions({"number": "A-1"}, {}, EXECUTED | {"number": "B-2"})
        assert [(entry.number, entry.row) for entry in read(book(执行=rows)).entries] == [("B-2", 4)]

    def test_a_row_with_an_amount_alone_is_used(self):
        (entry,) = read(book(执行=executions({"number": "A-1", "amount": 5}))).entries
        assert entry.on is None

    def test_a_contract_row_with_a_number_alone_says_nothing(self):
        assert read(book(合同=contracts({"number": "A-1"}))).entries == []

    @pytest.mark.parametrize("word", ["合计", "合 计：", "小计", "Total", "美元合计", "总计(USD)"])
    def test_a_total_is_passed_over(self, word):
        for total in ({"number": word, "amount": 900}, {"receipt_number": "", "amount": 900, "number": ""}):
            rows = executions(EXECUTED, total)
            rows = [[*line, word if number == 2 else ""] for number, line in enumerate(rows)]
            intake = read(book(执行=rows))
            assert ([entry.number for entry in intake.entries], intake.findings) == (["A-1"], [])

    @pytest.mark.parametrize(
        ("row", "cell"),
        [({"number": "合计", "on": "2020-03-01", "amount": 5}, "A3"), ({"number": "小计", "receipt_number": "SW1"}, "A3")],
    )
    def test_what_may_be_a_total_or_an_event_is_refused(self, row, cell):
        intake = read(book(执行=executions(EXECUTED, row)))
        assert (codes(intake), len(intake.entries)) == ([("S10", "执行", cell)], 1)

    def test_a_contract_that_calls_itself_a_total_is_refused(self):
        assert codes(read(book(合同=contracts(SIGNED | {"name": "合计"})))) == [("S10", "合同", "C2")]
        assert codes(read(book(合同=contracts(SIGNED | {"client": "Total"})))) == []

    def test_signatures_and_repeated_heads_are_passed_over(self):
        foot = [["填表人：张三", "", "审核人：李四"], ["注：金额为原币", "", ""]]
        rows = [*executions(EXECUTED), *executions(EXECUTED | {"number": "B-2"}), *foot]
        assert [entry.number for entry in read(book(执行=rows)).entries] == ["A-1", "B-2"]

    def test_all_sheets_are_read_in_their_order(self):
        changes = [heads(CHANGES), ["A-1", "2020-03-02", "200", "x"]]
        entries = read(book(执行=executions(EXECUTED), 变更=changes, 合同=contracts(SIGNED))).entries
        assert [entry.kind for entry in entries] == [Kind.SIGNED, Kind.CHANGED, Kind.EXECUTED]


class TestWhose:
    def guide(self, code: str, period: str) -> list[list[str]]:
        return [["季度填报"], [], ["统一社会信用代码", code], ["企业", "示例"], ["报告期", period]]

    def test_the_firms_own_of_this_period_is_taken(self):
        assert read(book(填表说明=self.guide(FIRM, "2020Q1"), 合同=contracts(SIGNED))).findings == []

    def test_another_firms_is_not(self):
        intake = read(book(填表说明=self.guide("91110000600037341L", "2020Q1"), 合同=contracts(SIGNED)))
        assert codes(intake) == [("F1", "填表说明", "B3")]
        assert FIRM in intake.findings[0].expected.in_words(str)

    def test_another_periods_is_not(self):
        intake = read(book(填表说明=self.guide(FIRM, "2019Q4"), 合同=contracts(SIGNED)))
        assert codes(intake) == [("F2", "填表说明", "B5")]


class TestCsv:
    def table(self, *rows: dict[str, object], comma: str = ",") -> str:
        columns = csv_columns()
        lines = [[column.zh for column in columns]]
        lines += [[str(values.get(column.field, "")) for column in columns] for values in rows]
        return "\r\n".join(comma.join(line) for line in lines)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
    @pytest.mark.parametrize("comma", [",", ";", "\t"])
    def test_encodings_and_separators(self, encoding, comma):
        rows = [SIGNED | {"kind": "新签", "market": "越南"}, EXECUTED | {"kind": "执行"}]
        intake = read(self.table(*rows, comma=comma).encode(encoding), "q.csv")
        assert intake.findings == []
        assert [(entry.kind, entry.number) for entry in intake.entries] == [("signed", "A-1"), ("executed", "A-1")]
        assert intake.entries[0].market == "VNM"

    def test_a_row_that_does_not_say_what_it_is_is_named(self):
        assert codes(read(self.table(SIGNED | {"kind": "合同"}).encode(), "q.csv")) == [("S4", "", "A2")]

    def test_a_needed_column_that_is_missing_is_named(self):
        content = "种类,合同号,日期\n新签,A-1,2020-02-01".encode()
        assert codes(read(content, "q.csv")) == [("S2", "", "A1")]

    def test_quoted_cells_may_hold_commas_and_lines(self):
        text = '种类,合同号,日期,金额,说明,收汇凭证号\n执行,A-1,2020-02-01,"1,000.00","two\nlines",="007"'
        (entry,) = read(text.encode(), "q.csv").entries
        assert (entry.amount_cents, entry.reason, entry.receipt_number) == (100_000, "two\nlines", "007")

    def test_a_missing_column_is_told_apart_from_an_empty_cell(self):
        intake = read("种类,合同号,日期,金额\n新签,A-1,2020-02-01,5".encode(), "q.csv")
        assert {item.code for item in intake.findings} == {"S2"}
        assert "Client" in " ".join(item.message.in_words(str) for item in intake.findings)
        (entry,) = read("种类,合同号,日期,金额,收汇凭证号\n执行,A-1,2020-02-01,5,".encode(), "q.csv").entries
        assert ("receipt_number" in entry.raw, "reason" in entry.raw) == (True, False)

    def test_one_sheet_saved_as_csv_is_known_by_its_heads(self):
        text = "\n".join(",".join(map(str, line)) for line in executions(EXECUTED))
        (entry,) = read(text.encode("gb18030"), "执行.csv").entries
        assert (entry.kind, entry.amount_cents) == (Kind.EXECUTED, 90_000)

    def test_the_content_says_what_the_file_is(self):
        assert read(book(合同=contracts(SIGNED)), "q.csv").entries[0].number == "A-1"
        rows = [SIGNED | {"kind": "新签"}]
        assert read(self.table(*rows).encode("utf-16"), "q.xls").entries[0].number == "A-1"


class TestUnreadable:
    @pytest.mark.parametrize(
        ("name", "content"),
        [
            ("a.xlsx", b""),
            ("a.xlsx", b"plain text"),
            ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
            ("a.xlsx", b"PK\x03\x04" + bytes(30)),
            ("a.pdf", b"%PDF-1.7"),
            ("a.xls", b"<html><table><tr><td>a,b</td></tr></table></html>"),
            ("a.csv", b"%PDF-1.7, a"),
            ("a.csv", b"a\x00b"),
            ("a.csv", bytes(range(128, 256))),
            ("a.csv", b'"' + b"x" * 200_000),
            ("a.csv", b"\n" * 300_000),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_it_says_so_in_one_sentence(self, name, content):
        intake = read(content, name)
        assert codes(intake) == [("S3", "", "")]
        assert intake.findings[0].found == name
        assert intake.entries == []

    def test_half_a_workbook_is_none(self):
        whole = book(合同=contracts(SIGNED))
        for cut in range(0, len(whole), 97):
            assert codes(read(whole[:cut])) == [("S3", "", "")]

    def test_a_workbook_with_far_corners_is_not_read(self):
        file = io.BytesIO()
        with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
            sheet = workbook.add_worksheet("合同")
            sheet.write(0, 0, "合同号")
            sheet.write(1_048_575, 16_383, "x")
        intake = read(file.getvalue())
        assert "far outside its table" in intake.findings[0].message.in_words(str)
