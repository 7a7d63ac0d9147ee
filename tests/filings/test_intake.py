"""Files as people and programs write them: read when they can be, refused in one sentence when not."""

import io

import pytest
import xlsxwriter

from portal.filings.columns import CHANGES, CONTRACTS, SHEETS, csv_columns
from portal.filings.intake.tables import cell_name
from portal.filings.sheet import Kind, Level
from tests.filings.on_sheets import FIRM, book, codes, contracts, executions, heads, read
from tests.world import EXECUTED, SIGNED


class TestHeads:
    def test_both_languages_are_understood(self):
        chinese = read(book(合同=contracts(SIGNED))).entries
        english = read(book(Contracts=contracts(SIGNED, language="en"))).entries
        assert [entry.number for entry in chinese + english] == ["A-1", "A-1"]

    def test_columns_may_stand_in_any_order(self):
        turned = [line[::-1] for line in contracts(SIGNED)]
        (entry,) = read(book(合同=turned)).entries
        assert (entry.number, entry.amount_cents) == ("A-1", 100_000)
        assert entry.where["number"] == cell_name(len(CONTRACTS.fields) - 2, 2)

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
        "head",
        ["合同金额（必填）", "合同\n金额 *", " 合同金额：", "Contract  amount", "合 同 金 额", "合同额", "*合同金额"],
    )
    def test_heads_are_known_through_what_people_add(self, head):
        rows = contracts(SIGNED)
        rows[0][8] = head
        assert read(book(合同=rows)).entries[0].amount_cents == 100_000

    @pytest.mark.parametrize(
        "head",
        [
            "合同金额(万元)",
            "合同金额（万美元）",
            "合同金额/万元",
            "合同金额 万USD",
            "合同金额（单位：万元）",
            "合同金额(万元)(必填)",
        ],
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
        assert codes(read(book(合同=rows))) == [("S5", "合同", cell_name(len(CONTRACTS.fields), 1))]
        rows[1][-1] = ""
        assert codes(read(book(合同=rows))) == []

    @pytest.mark.parametrize("plan", SHEETS, ids=lambda plan: plan.key)
    def test_no_head_means_two_columns(self, plan):
        names = [head.casefold() for column in plan.fields for head in column.heads]
        assert len(names) == len(set(names))


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
        [
            ({"number": "合计", "on": "2020-03-01", "amount": 5}, "A3"),
            ({"number": "小计", "receipt_number": "SW1"}, "A3"),
        ],
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
