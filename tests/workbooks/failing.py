"""Files that are refused: each with one thing wrong, in one cell where it has one."""

from collections.abc import Iterator
from datetime import date

from portal.filings.columns import CHANGES, CONTRACTS, EXECUTIONS
from portal.filings.intake.tables import cell_name
from tests.workbooks import rows as r
from tests.workbooks.envelope import locked_like_excel, repacked
from tests.workbooks.office import locked_by_libreoffice, saved_by_libreoffice
from tests.workbooks.rows import EXECUTED, FIRM, OTHER_FIRM, OTHER_PERIOD, PERIOD, SIGNED, Case, Formula, Quarter
from tests.workbooks.writers import by_csv, by_odfpy, by_openpyxl, by_xlsxwriter, by_xlwt

PLAIN = Quarter()
# File, content, and where it is wrong.
Files = Iterator[tuple[str, bytes, str, str]]


def cases() -> Iterator[Case]:
    """The name of each file begins with the code that is expected of it."""
    for make in (_files, _structure, _values, _amounts, _days, _codes, _contracts, _libreoffice):
        for name, content, sheet, cell in make():
            yield Case(f"fail/{name}", content, name.split("-")[0], sheet, cell)


def _files() -> Files:
    plain = by_xlsxwriter(PLAIN.book())
    yield "S3-empty.xlsx", b"", "", ""
    yield "S3-half-a-file.xlsx", plain[: len(plain) // 2], "", ""
    yield (
        "S3-web-page.xls",
        "<html><body><table><tr><td>合同号</td><td>执行金额</td></tr></table></body></html>".encode(),
        "",
        "",
    )
    yield "S3-pdf-called.xlsx", b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj, 1;2\n", "", ""
    yield "S3-neither-utf-8-nor-gb18030.csv", bytes(range(128, 256)) + b",\n", "", ""
    yield "S3-password-excel.xlsx", locked_like_excel(), "", ""
    binary = repacked(plain, {"xl/workbook.bin": b"\x83\x01\x00"}, {})
    yield "S3-binary.xlsb", binary, "", ""
    corner = by_xlsxwriter(PLAIN.book(), lambda _book, sheets, _day: sheets["执行"].write("XFD1048576", "x"))
    yield "S3-cell-in-the-far-corner.xlsx", corner, "", ""


def _structure() -> Files:
    yield "S1-no-sheet-of-a-filing.xlsx", by_openpyxl({"Sheet1": [["项目", "金额"], ["咨询", 5]]}), "", ""
    yield "S2-column-missing.xlsx", by_xlsxwriter(r.without(PLAIN.book(), "合同", "发包方")), "合同", "A1"
    titled = r.above(r.without(PLAIN.book(), "执行", "收汇凭证号"), "执行", ["示例菊园软件有限公司"], [])
    yield "S2-column-missing-under-titles.ods", by_odfpy(titled), "执行", "A3"
    yield (
        "S2-another-quantity.xlsx",
        by_xlsxwriter(r.renamed(PLAIN.book(), "执行", "执行金额", "执行金额(累计)")),
        "执行",
        "A1",
    )
    bare = PLAIN.book()
    yield "S2-no-heads.xls", by_xlwt(bare | {"执行": bare["执行"][1:]}), "执行", "A1"
    mixed = PLAIN.mixed()
    yield "S2-column-missing.csv", by_csv([[*row[:3], *row[4:]] for row in mixed], "gb18030"), "", "A1"
    place = mixed[0].index("发包方")
    yield "S2-column-of-contracts-missing.csv", by_csv([[*row[:place], *row[place + 1 :]] for row in mixed]), "", "A1"
    mixed[2][0] = "其他"
    yield "S4-row-of-no-kind.csv", by_csv(mixed), "", "A3"
    yield "S4-contract-of-no-kind.xlsx", by_xlsxwriter(r.contracts(kind="存量吧")), "合同", "A2"
    twice = PLAIN.book()
    twice["执行"] = [[*row, extra] for row, extra in zip(twice["执行"], ["执行额", 5, 6], strict=True)]
    yield "S5-two-columns-of-amounts.xlsx", by_openpyxl(twice), "执行", cell_name(len(EXECUTIONS.columns), 1)
    line = [
        {"number": "小计", "on": date(2020, 12, 31), "amount": 1176600.5}.get(column.field, "")
        for column in EXECUTIONS.columns
    ]
    yield "S10-total-with-a-date.xlsx", by_xlsxwriter(r.below(PLAIN.book(), "执行", line)), "执行", "A4"
    yield "S10-contract-called-total.ods", by_odfpy(r.contracts(name="合计")), "合同", "C2"
    two = {"甲": r.table(EXECUTIONS, [EXECUTED]), "乙": r.table(EXECUTIONS, [EXECUTED])}
    yield "S11-two-sheets-of-one-kind.xlsx", by_xlsxwriter(two), "乙", "A1"
    both = [
        [
            "合同号",
            "合同名称",
            "发包方",
            "发包方市场",
            "服务类别",
            "签约日期",
            "币种",
            "合同金额",
            "执行日期",
            "执行金额",
            "收汇凭证号",
        ]
    ]
    yield "S11-all-in-one-sheet.xlsx", by_xlsxwriter({"明细": both}), "明细", "A1"
    for code, firm, period, cell in (("F1", OTHER_FIRM, PERIOD, "B3"), ("F2", FIRM, OTHER_PERIOD, "B5")):
        guide = [["季度填报"], [], ["统一社会信用代码", firm], ["企业", "示例"], ["报告期", period]]
        yield f"{code}-made-for-another.xlsx", by_xlsxwriter({"填表说明": guide} | PLAIN.book()), "填表说明", cell


def _values() -> Files:
    amount, number = r.cell_of(EXECUTIONS, "amount"), r.cell_of(EXECUTIONS, "number")
    never = r.executions(amount=Formula("=900000+12600.5"))
    yield "S6-never-calculated.xlsx", by_openpyxl(never), "执行", amount
    yield (
        "S6-never-calculated-xlsxwriter.xlsx",
        by_xlsxwriter(r.executions(amount=Formula("=900000+12600.5", 0))),
        "执行",
        amount,
    )
    yield "S6-never-calculated.xls", by_xlwt(never), "执行", amount
    yield "S6-never-calculated.ods", by_odfpy(never), "执行", amount
    yield "S7-error-value.xlsx", by_xlsxwriter(r.executions(amount=Formula("=执行!#REF!", "#REF!"))), "执行", amount
    missing = r.executions(receipt_number=Formula("=VLOOKUP(A2,Z:Z,1,0)", "#N/A"))
    yield "S7-nothing-found.xlsx", by_xlsxwriter(missing), "执行", r.cell_of(EXECUTIONS, "receipt_number")
    yield "S8-number-rounded.xlsx", by_xlsxwriter(r.executions(number=202011180000123456)), "执行", number
    yield (
        "S8-number-with-decimals.xlsx",
        by_xlsxwriter(r.contracts(number=2020.1)),
        "合同",
        r.cell_of(CONTRACTS, "number"),
    )
    receipt = r.cell_of(EXECUTIONS, "receipt_number")
    yield "S8-receipt-made-a-date.xlsx", by_openpyxl(r.executions(receipt_number=date(2020, 11, 1))), "执行", receipt
    yield "S8-two-numbers-in-a-cell.xls", by_xlwt(r.executions(number="HZ07-2019-101\nJY-2020-401")), "执行", number
    lines = [EXECUTED | {"amount": 1000.0}, EXECUTED | {"number": "", "amount": 2000.0}]
    merged = by_xlsxwriter(Quarter(executions=lines).book(), _merge_numbers)
    yield "S9-number-merged-over-rows.xlsx", merged, "执行", "A3"


def _merge_numbers(_workbook: object, sheets: dict, _day: object) -> None:
    sheets["执行"].merge_range("A2:A3", EXECUTED["number"])


def _amounts() -> Files:
    place = r.cell_of(EXECUTIONS, "amount")
    typed = {
        "A1-words.xlsx": "约九十万", "A1-scientific.xlsx": "9.126E+05", "A1-percentage.xlsx": "50%",
        "A1-date.xlsx": date(2020, 11, 18), "A1-decimal-comma.xlsx": "912.600,50",
        "A1-two-amounts.xlsx": "500000/412600.5", "A1-lines.xlsx": "500000\n412600.5",
        "A2-three-decimals.xlsx": 912600.505, "A3-zero.xlsx": 0, "A4-below-zero.xlsx": "(912,600.50)",
        "A5-above-what-is-left.xlsx": 90_000_000, "A7-other-currency.xlsx": "¥912,600.50",
        "A7-in-yuan.xlsx": "91.26万元",
    }  # fmt: skip
    for name, value in typed.items():
        yield name, by_xlsxwriter(r.executions(amount=value)), "执行", place
    yield "A6-slip-of-the-unit.xlsx", by_xlsxwriter(r.contracts(amount=8.64e13)), "合同", r.cell_of(CONTRACTS, "amount")
    head = r.renamed(r.executions(amount=91.26005), "执行", "执行金额", "执行金额(万元)")
    head["执行"] = head["执行"][:2]
    yield "A7-unit-in-head.xlsx", by_openpyxl(head), "执行", place
    double = r.renamed(r.executions(amount="91.26万"), "执行", "执行金额", "执行金额（万美元）")
    yield "A1-unit-twice.xlsx", by_xlsxwriter(double | {"执行": double["执行"][:2]}), "执行", place


def _days() -> Files:
    place = r.cell_of(EXECUTIONS, "on")
    typed = {
        "D1-two-readings.xlsx": "03/04/2020", "D1-two-digits.xlsx": "20-11-18", "D1-no-day.xlsx": "2020年11月",
        "D1-no-such-day.xlsx": "2020-11-31", "D1-a-word.xlsx": "十一月", "D1-a-number.xlsx": 2020.11,
        "D2-before-the-window.xlsx": date(2020, 6, 30), "D3-in-the-future.xlsx": date(2021, 2, 1),
    }  # fmt: skip
    for name, value in typed.items():
        yield name, by_xlsxwriter(r.executions(on=value)), "执行", place
    yield "D1-two-readings.xls", by_xlwt(r.executions(on="03/04/2020")), "执行", place
    yield "D2-after-the-period.ods", by_odfpy(r.executions(on=date(2021, 1, 5))), "执行", place
    ends = r.contracts(ends_on=date(2020, 1, 1))
    yield "D4-ends-before-it-begins.xlsx", by_xlsxwriter(ends), "合同", r.cell_of(CONTRACTS, "ends_on")


def _codes() -> Files:
    typed = {
        "K1-no-such-market.xlsx": ("market", "亚特兰蒂斯"), "K1-code-beside-another-name.xlsx": ("market", "DEU 法国"),
        "K2-not-the-lowest-level.xlsx": ("category", "ITO-1"), "K3-no-such-currency.xlsx": ("currency", "比特币"),
        "K4-no-rate.xlsx": ("currency", "VND"), "K5-neither-yes-nor-no.xlsx": ("is_abroad", "大概"),
        "K5-no-such-supply.xlsx": ("supply", "快递"), "K6-no-percentage.xlsx": ("branch_share", "六成"),
        "K6-a-bare-one.xlsx": ("branch_share", 1), "K7-check-character.xlsx": ("upstream_firm", "91330100MA0000939F"),
        "K7-the-firms-own.xlsx": ("upstream_firm", FIRM), "R1-empty.xlsx": ("client", ""),
        "R2-too-long.xlsx": ("name", "长" * 201),
    }  # fmt: skip
    for name, (field, value) in typed.items():
        # Alone: what is executed of a contract would be found wrong together with it.
        book = Quarter(contracts=[SIGNED | {field: value}], executions=[EXECUTED]).book()
        yield name, by_xlsxwriter(book), "合同", r.cell_of(CONTRACTS, field)
    table = PLAIN.mixed()
    place = table[0].index("付款方市场")
    table[3][place] = "火星"
    yield "K1-payer.csv", by_csv(table), "", cell_name(place, 4)


def _contracts() -> Files:
    number = r.cell_of(CONTRACTS, "number")
    yield (
        "C1-number-twice.xlsx",
        by_xlsxwriter(Quarter(contracts=[SIGNED, SIGNED]).book()),
        "合同",
        number.replace("2", "3"),
    )
    known = Quarter(contracts=[SIGNED | {"number": "HZ07-2019-102", "amount": 90_000_000.0}], executions=[EXECUTED])
    yield "C1-registered-before.xlsx", by_xlsxwriter(known.book()), "合同", number
    yield (
        "C2-not-registered.xlsx",
        by_xlsxwriter(r.executions(number="HZ07-2019-10l")),
        "执行",
        r.cell_of(EXECUTIONS, "number"),
    )
    yield "C2-change-of-nothing.xls", by_xlwt(r.changes(number="JY-1")), "变更", r.cell_of(CHANGES, "number")
    abroad = r.contracts(market="CHN 中国", is_abroad="是", branch_share=60, contracts_back="否")
    yield "M1-mainland-client-abroad.xlsx", by_xlsxwriter(abroad), "合同", r.cell_of(CONTRACTS, "market")


def _libreoffice() -> Files:
    broken = by_openpyxl(r.executions(amount=Formula("=900000/0")))
    for to in ("xlsx", "ods", "xls"):
        yield (
            f"S7-libreoffice-error.{to}",
            saved_by_libreoffice(broken, "xlsx", to),
            "执行",
            r.cell_of(EXECUTIONS, "amount"),
        )
    plain = by_xlsxwriter(PLAIN.book())
    for to in ("ods", "xls"):
        yield f"S3-libreoffice-password.{to}", locked_by_libreoffice(plain, to), "", ""
    unclear = by_xlsxwriter(r.executions(on="03/04/2020"))
    yield (
        "D1-libreoffice-two-readings.ods",
        saved_by_libreoffice(unclear, "xlsx", "ods"),
        "执行",
        r.cell_of(EXECUTIONS, "on"),
    )
    below = by_xlsxwriter(r.executions(amount=-5))
    yield (
        "A4-libreoffice-below-zero.xls",
        saved_by_libreoffice(below, "xlsx", "xls"),
        "执行",
        r.cell_of(EXECUTIONS, "amount"),
    )
