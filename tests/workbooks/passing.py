"""Files that are accepted: as people and programs write them, and never misread."""

from collections.abc import Iterator
from datetime import date, datetime

from openpyxl.comments import Comment
from openpyxl.styles import Protection
from openpyxl.worksheet.datavalidation import DataValidation

from portal.filings.columns import CONTRACTS, EXECUTIONS, SHEETS
from portal.filings.intake.tables import cell_name
from tests.workbooks import rows as r
from tests.workbooks.envelope import like_wps, with_macros
from tests.workbooks.office import SEMICOLON_CSV, UTF8_CSV, saved_by_libreoffice
from tests.workbooks.rows import EXECUTED, FIRM, PERIOD, SIGNED, Case, Formula, Quarter
from tests.workbooks.writers import by_csv, by_odfpy, by_openpyxl, by_xlsxwriter, by_xlwt

PLAIN = Quarter()


def cases() -> Iterator[Case]:
    for make in (_plain, _heads, _amounts, _days, _texts, _rows, _sheets, _csv, _programs, _libreoffice):
        for name, content in make():
            yield Case(f"pass/{name}", content)


Files = Iterator[tuple[str, bytes]]


def _plain() -> Files:
    yield "plain.xlsx", by_xlsxwriter(PLAIN.book())
    yield "english.xlsx", by_xlsxwriter(PLAIN.book("en"))
    yield "plain-openpyxl.xlsx", by_openpyxl(PLAIN.book())
    yield "plain-xlwt.xls", by_xlwt(PLAIN.book())
    yield "plain-odfpy.ods", by_odfpy(PLAIN.book())
    yield "only-executions.xlsx", by_xlsxwriter({"执行": r.table(EXECUTIONS, [EXECUTED])})
    standing = SIGNED | {"kind": "存量", "on": date(2018, 5, 4)}
    yield "standing.xlsx", by_xlsxwriter(Quarter(contracts=[standing]).book())
    yield "nothing-filled-in.xlsx", by_xlsxwriter(Quarter([], [], []).book())


def _heads() -> Files:
    turned = {name: [line[::-1] for line in lines] for name, lines in PLAIN.book().items()}
    yield "columns-in-another-order.xlsx", by_xlsxwriter(turned)
    stars = {name: [[f"{head} *" for head in lines[0]], *lines[1:]] for name, lines in PLAIN.book().items()}
    yield "stars-in-heads.xlsx", by_xlsxwriter(stars)
    broken = {
        name: [[f" {head[:2]}\n{head[2:]}　" for head in lines[0]], *lines[1:]] for name, lines in PLAIN.book().items()
    }
    yield "line-breaks-in-heads.xlsx", by_openpyxl(broken)
    titled = r.above(PLAIN.book(), "执行", ["示例菊园软件有限公司 2020年第四季度"], [], ["单位：原币"])
    yield "titles-merged.xlsx", by_xlsxwriter(titled, _merge_title)
    yield "own-columns-between.xlsx", by_xlsxwriter(_with_own_columns())
    yield (
        "optional-columns-left-out.xlsx",
        by_xlsxwriter(r.without(r.without(PLAIN.book(), "执行", "说明"), "合同", "新模式")),
    )
    two_rows = PLAIN.book()
    heads = two_rows["合同"][0]
    upper = [head if place < 4 else "合同内容" for place, head in enumerate(heads)]
    lower = ["" if place < 4 else head for place, head in enumerate(heads)]
    yield "head-of-two-rows.xlsx", by_xlsxwriter(two_rows | {"合同": [upper, lower, *two_rows["合同"][1:]]})


def _merge_title(workbook: object, sheets: dict, _day: object) -> None:
    sheets["执行"].merge_range("A1:L1", "示例菊园软件有限公司 2020年第四季度", workbook.add_format({"bold": True}))


def _with_own_columns() -> r.Book:
    book = PLAIN.book()
    lines = book["执行"]
    book["执行"] = [[line[0], "内部" if place == 0 else f"备查{place}", *line[1:]] for place, line in enumerate(lines)]
    return book


def _amounts() -> Files:
    in_wan = r.renamed(r.contracts(amount=86.4), "合同", "合同金额", "合同金额(万美元)")
    yield "unit-in-head.xlsx", by_xlsxwriter(in_wan)
    behind = r.renamed(r.contracts(amount="86.4"), "合同", "合同金额", "合同金额／万USD")
    yield "unit-behind-head.xlsx", by_openpyxl(behind)
    above = r.above(r.contracts(amount=86.4), "合同", ["接包合同登记表"], ["", "", "金额单位：万美元"])
    yield "unit-above-head.xlsx", by_xlsxwriter(above)
    yield "unit-in-cell.xlsx", by_xlsxwriter(r.contracts(amount="86.4万"))
    yield "currency-sign.xlsx", by_xlsxwriter(r.contracts(amount="US$ 864,000.00"))
    yield "currency-word.xlsx", by_openpyxl(r.contracts(amount="86.4万美元"))
    yield "full-width-digits.xlsx", by_xlsxwriter(r.contracts(amount="８６４，０００．００"))
    yield "blanks-as-thousands.xlsx", by_xlsxwriter(r.contracts(amount="864\u202f000.00"))
    yield "number-as-text.xls", by_xlwt(r.executions(amount="912600.50"))
    yield "accountants-negative.xlsx", by_xlsxwriter(r.changes(amount="(50,000.00)"))
    yield "accounting-format.xlsx", by_xlsxwriter(r.changes(amount=-50000.0), _accounting)
    yield "half-cents-of-floats.xlsx", by_xlsxwriter(r.executions(amount=912600.1 + 0.2))
    yield "formula-with-result.xlsx", by_xlsxwriter(r.executions(amount=Formula("=900000+12600.5", 912600.5)))
    share = {"is_abroad": "是", "branch_share": 0.6, "contracts_back": "否"}
    yield "share-as-percentage.xlsx", by_xlsxwriter(r.contracts(**share), _per_cent)


def _accounting(workbook: object, sheets: dict, _day: object) -> None:
    look = workbook.add_format({"num_format": "_ * #,##0.00_ ;[Red]_ * (#,##0.00)_ "})
    sheets["变更"].write_number("C2", -50000, look)


def _per_cent(workbook: object, sheets: dict, _day: object) -> None:
    place = r.cell_of(CONTRACTS, "branch_share")
    sheets["合同"].write_number(place, 0.6, workbook.add_format({"num_format": "0%"}))


def _days() -> Files:
    forms = [
        "2020-11-18",
        "2020/11/18",
        "2020.11.18",
        "2020年11月18日",
        "20201118",
        "２０２０-11-18",
        "2020-11-18 00:00:00",
    ]
    lines = [EXECUTED | {"on": form, "amount": 1000.0 + place} for place, form in enumerate(forms)]
    yield "dates-as-text.xlsx", by_xlsxwriter(Quarter(executions=lines).book())
    serial = [
        EXECUTED | {"on": 44153},
        EXECUTED | {"on": "44153", "amount": 1000.0},
        EXECUTED | {"on": 44153.4, "amount": 2.0},
    ]
    yield "dates-as-serial-days.xlsx", by_xlsxwriter(Quarter(executions=serial).book())
    yield "dates-with-time.xlsx", by_openpyxl(r.executions(on=datetime(2020, 11, 18, 9, 30)))  # noqa: DTZ001
    yield "counts-from-1904.xlsx", by_xlsxwriter(r.executions(receipt_on=42693), date_1904=True)
    yield "counts-from-1904.xls", by_xlwt(r.executions(on=42691, receipt_on=42693), counts_from_1904=True)
    yield "days-of-two-readings-in-one.xlsx", by_xlsxwriter(r.executions(on="18/11/2020", receipt_on="20 Nov 2020"))


def _texts() -> Files:
    yield "number-as-number.xlsx", by_xlsxwriter(_numbered(20200401))
    yield (
        "blanks-around.xlsx",
        by_xlsxwriter(r.executions(number="\u3000HZ07-2019-101\u00a0", receipt_number="\u200bSW20201118A\n")),
    )
    yield (
        "words-and-booleans.xlsx",
        by_openpyxl(r.contracts(is_abroad=False, contracts_back="N", supply="商业存在", market="德国")),
    )
    yield "lines-in-a-cell.xlsx", by_xlsxwriter(r.contracts(name="订单系统\r\n维护", reason="第一行\n第二行"))


def _numbered(number: object) -> r.Book:
    quarter = Quarter()
    quarter.contracts[0]["number"], quarter.executions[1]["number"] = number, str(number)
    return quarter.book()


def _rows() -> Files:
    blank = PLAIN.book()
    head, *lines = blank["执行"]
    yield (
        "blank-rows.xlsx",
        by_openpyxl(blank | {"执行": [head, [], *[part for line in lines for part in (line, [], ["  "])]]}),
    )
    before = [""] * (r.column_of(EXECUTIONS, "amount") - 2)
    total = ["合计", "", *before, Formula("=SUM(H2:H3)", 1176600.5)]
    yield "total-row.xlsx", by_xlsxwriter(r.below(PLAIN.book(), "执行", total))
    beside = r.below(PLAIN.book(), "执行", ["", "小 计：", *before, 1176600.5], ["", "Total", *before, 1176600.5])
    yield "totals-beside.ods", by_odfpy(beside)
    foot = r.below(PLAIN.book(), "合同", [], ["填表人：王示例", "", "审核人：李示例"], ["注：金额为合同原币"])
    yield "signatures-below.xlsx", by_xlsxwriter(foot)
    pages = PLAIN.book()
    head, first, second = pages["执行"]
    yield "heads-again.xlsx", by_xlsxwriter(pages | {"执行": [head, first, head, second]})
    unused = [{"number": number} for number in ("HZ07-2019-102", "HZ07-2020-101", "HZ07-2020-102")]
    yield "rows-not-used.xlsx", by_xlsxwriter(Quarter(executions=[EXECUTED, *unused]).book())


def _sheets() -> Files:
    yield "hidden-rows-columns-sheets.xlsx", by_xlsxwriter(PLAIN.book() | {"choices": [["DEU 德国"]]}, _hide)
    yield "hidden-names-filters-panes.xlsx", by_xlsxwriter(PLAIN.book(), _names_and_filters)
    more = PLAIN.book() | {"汇总": [["合同额", "执行额"], [1, 2]], "Sheet2": []}
    yield "further-sheets.xlsx", by_xlsxwriter(more)
    names = {"合同": "接包合同登记", "变更": "Sheet2", "执行": "2020年执行明细"}
    yield "sheets-renamed.xlsx", by_openpyxl({names[name]: lines for name, lines in PLAIN.book().items()})
    guide = [["季度填报"], [], ["统一社会信用代码", FIRM], ["企业", "示例菊园软件有限公司"], ["报告期", PERIOD]]
    yield (
        "as-downloaded.xlsx",
        by_xlsxwriter({"填表说明": guide} | PLAIN.book() | {"choices": [["DEU 德国"]]}, _drop_downs),
    )


def _hide(workbook: object, sheets: dict, _day: object) -> None:
    sheets["执行"].set_row(1, None, None, {"hidden": True})
    sheets["执行"].set_column("H:I", 12, None, {"hidden": True})
    sheets["choices"].very_hidden()


def _names_and_filters(workbook: object, sheets: dict, _day: object) -> None:
    workbook.define_name("_Hidden", "=执行!$A$1:$K$3")
    workbook.define_name("Broken", "=#REF!$A$1")
    sheets["执行"].autofilter("A1:K3")
    sheets["执行"].filter_column("A", "x == JY-2020-401")
    sheets["执行"].set_row(1, None, None, {"hidden": True})
    sheets["合同"].freeze_panes(1, 2)


def _drop_downs(workbook: object, sheets: dict, _day: object) -> None:
    sheets["choices"].hide()
    for plan in SHEETS:
        for place, column in enumerate(plan.columns):
            if column.form == "market":
                source = {"validate": "list", "source": "=choices!$A$1:$A$1"}
                sheets[plan.zh].data_validation(1, place, 500, place, source)
            if column.hint:
                sheets[plan.zh].write_comment(0, place, column.hint)


def _csv() -> Files:
    table = PLAIN.mixed()
    yield "utf-8.csv", by_csv(table)
    yield "utf-8-with-mark.csv", by_csv(table, "utf-8-sig")
    yield "gb18030.csv", by_csv(table, "gb18030")
    yield "semicolons.csv", by_csv(table, "utf-8", ";")
    yield "tabs-utf-16.txt", by_csv(table, "utf-16", "\t")
    yield "titles-above.csv", by_csv([["示例菊园软件有限公司"], [], *table], "gb18030")
    yield "one-sheet.csv", by_csv(r.table(EXECUTIONS, [EXECUTED]), "gb18030")
    yield "columns-left-out.csv", by_csv(_only(table, "种类", "合同号", "日期", "金额", "收汇凭证号"))
    yield "workbook-called.csv", by_xlsxwriter(PLAIN.book())
    yield "csv-called.xls", by_csv(table, "gb18030", "\t")


def _only(table: r.Rows, *heads: str) -> r.Rows:
    places = [table[0].index(head) for head in heads]
    kept = [line for line in table if line[0] in ("种类", "执行") and line[1] != "JY-2020-401"]
    return [[line[place] for place in places] for line in kept]


def _programs() -> Files:
    yield "like-wps.xlsx", like_wps(by_openpyxl(PLAIN.book(), _wps_drop_downs))
    yield "like-wps.xls", by_xlwt(PLAIN.book() | {"WpsReserved_CellImgList": []})
    yield "with-macros.xlsm", with_macros(by_openpyxl(PLAIN.book()))
    yield "protected-sheets.xlsx", by_openpyxl(PLAIN.book(), _protect)


def _wps_drop_downs(workbook: object) -> None:
    sheet = workbook["合同"]
    sheet["A1"].comment = Comment("新签或存量", "WPS_1605")
    for letter, words in (("A", "新签,存量"), ("H", "USD,CNY,EUR"), ("K", "跨境交付,境外消费,商业存在,自然人移动")):
        choice = DataValidation(type="list", formula1=f'"{words}"', allow_blank=True, showErrorMessage=True)
        sheet.add_data_validation(choice)
        choice.add(f"{letter}2:{letter}200")


def _protect(workbook: object) -> None:
    """Sheets on which only some cells may be changed: no secret, and no hindrance to reading."""
    sheet = workbook["执行"]
    sheet.protection.sheet = True
    sheet[r.cell_of(EXECUTIONS, "amount")].protection = Protection(locked=False)


def _libreoffice() -> Files:
    ours = by_xlsxwriter(PLAIN.book(), _drop_downs_of_contracts)
    for to in ("xlsx", "ods", "xls"):
        yield f"libreoffice-plain.{to}", saved_by_libreoffice(ours, "xlsx", to)
    text = saved_by_libreoffice(by_csv(PLAIN.mixed()), "csv", "ods")
    yield "libreoffice-from-csv.ods", text
    one = by_xlsxwriter({"执行": r.table(EXECUTIONS, [EXECUTED])})
    yield "libreoffice-one-sheet.csv", saved_by_libreoffice(one, "xlsx", UTF8_CSV)
    yield "libreoffice-semicolons.csv", saved_by_libreoffice(one, "xlsx", SEMICOLON_CSV)
    place = r.column_of(EXECUTIONS, "amount")
    total = ["合计", *[""] * (place - 1), Formula(f"=SUM({cell_name(place, 2)}:{cell_name(place, 3)})")]
    formulas = by_openpyxl(r.below(r.executions(amount=Formula("=900000+12600.5")), "执行", total))
    for to in ("xlsx", "ods", "xls"):
        yield f"libreoffice-calculated.{to}", saved_by_libreoffice(formulas, "xlsx", to)
    titled = r.above(r.contracts(amount="86.4 万美元"), "合同", ["接包合同登记表"], [])
    yield "libreoffice-titles.ods", saved_by_libreoffice(by_xlsxwriter(titled, _merge_contract_title), "xlsx", "ods")
    since_1904 = by_xlsxwriter(r.executions(receipt_on=42693), date_1904=True)
    for to in ("xlsx", "ods", "xls"):
        yield f"libreoffice-1904.{to}", saved_by_libreoffice(since_1904, "xlsx", to)
    hidden = by_xlsxwriter(PLAIN.book() | {"choices": [["DEU 德国"]]}, _hide)
    yield "libreoffice-hidden.ods", saved_by_libreoffice(hidden, "xlsx", "ods")
    yield "libreoffice-from-xls.xlsx", saved_by_libreoffice(by_xlwt(PLAIN.book()), "xls", "xlsx")


def _drop_downs_of_contracts(workbook: object, sheets: dict, _day: object) -> None:
    place = r.column_of(CONTRACTS, "market")
    sheets["合同"].data_validation(1, place, 20, place, {"validate": "list", "source": ["DEU 德国", "THA 泰国"]})


def _merge_contract_title(workbook: object, sheets: dict, _day: object) -> None:
    sheets["合同"].merge_range("A1:R2", "接包合同登记表", workbook.add_format({"align": "center"}))
