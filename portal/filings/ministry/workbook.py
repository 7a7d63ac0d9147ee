"""The quarter as the ministry's platform wants it entered, as .xlsx. Text stays text: nothing runs as a formula."""

import io
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import xlsxwriter

from portal.filings.ministry import PLACES, SHEET_NAMES, Item, Sheet
from portal.filings.models.filing import Line, Version
from portal.filings.sheet import Kind, Mode
from portal.lib.money import from_cents, in_wan

SHEET_OF = {
    Kind.SIGNED: Sheet.CONTRACTS,
    Kind.CHANGED: Sheet.CHANGES,
    Kind.EXECUTED: Sheet.EXECUTIONS,
}
MODES = {Mode.OFFSHORE: "离岸", Mode.ONSHORE: "在岸", Mode.OVERSEAS: "境外"}
GUIDE = (
    "本工作簿按商务部服务外包业务管理和统计系统的合同、变更和执行登记项目排列，供逐条录入时对照。",
    "金额折算：每一行按事件发生月份的汇率折成美元，只折一次，四舍五入到分；“万美元”列为该值除以一万。",
    "合同登记证书号、最终客户国家(地区)和收汇金额本站未采集，请按证书和银行单据填写。",
    "变更金额为与原合同的差额，增加为正，减少为负。",
)
AMOUNTS = ("amount", "receipt_usd")
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def lines_of(version: Version) -> list[Line]:
    rows = version.lines.select_related("contract", "market", "category", "payer_market")
    return list(rows.order_by("position", "pk"))


def items_of(lines: Iterable[Line]) -> list[Item]:
    """Our side of the comparison."""
    return [
        Item(
            sheet=SHEET_OF[Kind(line.kind)],
            number=line.contract.number,
            name=line.contract.name,
            on=line.on,
            usd=from_cents(line.usd_cents),
            amount=from_cents(line.amount_cents),
            category=line.category_id if line.kind == Kind.SIGNED else None,
        )
        for line in lines
    ]


def ministry_workbook(version: Version) -> bytes:
    """Three sheets and a page of notes."""
    file = io.BytesIO()
    lines = lines_of(version)
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        looks = _looks(book)
        for sheet in Sheet:
            _sheet(book, looks, sheet, [_values(line) for line in lines if SHEET_OF[Kind(line.kind)] == sheet])
        _guide(book, looks, version)
    return file.getvalue()


def _looks(book: xlsxwriter.Workbook) -> dict[str, object]:
    base = {"font_size": 11, "valign": "vcenter"}
    return {
        "head": book.add_format(base | {"bold": True, "bottom": 2, "text_wrap": True, "bg_color": "#E0EBE7"}),
        "text": book.add_format(base | {"num_format": "@"}),
        "day": book.add_format(base | {"num_format": "yyyy-mm-dd"}),
        "amount": book.add_format(base | {"num_format": "#,##0.00"}),
        "usd": book.add_format(base | {"num_format": "#,##0.00####"}),
        "rate": book.add_format(base | {"num_format": "0.0000######"}),
        "title": book.add_format({"bold": True, "font_size": 16}),
        "wrap": book.add_format({"text_wrap": True, "valign": "top"}),
    }


def _sheet(book: xlsxwriter.Workbook, looks: dict, sheet: Sheet, rows: list[dict[str, object]]) -> None:
    page = book.add_worksheet(SHEET_NAMES[sheet])
    page.freeze_panes(1, 1)
    page.set_row(0, 32)
    for column, place in enumerate(PLACES[sheet]):
        page.write_string(0, column, place.head, looks["head"])
        page.set_column(column, column, place.width)
        for number, values in enumerate(rows, start=1):
            _write(page, number, column, place.key, values.get(place.key), looks)


def _write(page, row: int, column: int, key: str, value: object, looks: dict) -> None:
    if value in (None, ""):
        return
    if isinstance(value, Decimal):
        page.write_number(row, column, float(value), looks["amount" if key in AMOUNTS else key])
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks["day"])
    else:
        page.write_string(row, column, str(value), looks["text"])


def _values(line: Line) -> dict[str, object]:
    contract = line.contract
    return {
        "number": contract.number,
        "name": contract.name,
        "client": contract.client,
        "market": line.market.name_zh,
        "mode": MODES[Mode(line.mode)],
        "category": line.category.name_zh,
        "on": line.on,
        "ends_on": contract.ends_on,
        "currency": line.currency_id,
        "amount": from_cents(line.amount_cents),
        "rate": line.usd_rate,
        "usd": in_wan(line.usd_cents),
        "is_taken_over": "是" if line.upstream_firm else "否",
        "upstream": line.upstream_number,
        "receipt_number": line.receipt_number,
        "receipt_on": line.receipt_on,
        "payer_market": (line.payer_market or line.market).name_zh if line.kind == Kind.EXECUTED else "",
        "reason": line.reason,
    }


def _guide(book: xlsxwriter.Workbook, looks: dict, version: Version) -> None:
    page = book.add_worksheet("说明")
    page.set_column(0, 0, 20)
    page.set_column(1, 1, 80)
    page.write_string(0, 0, "按部平台格式导出", looks["title"])
    facts = (
        ("企业", version.firm.name_zh),
        ("统一社会信用代码", version.firm.credit_code),
        ("报告期", version.filing.period_id),
        ("版本", str(version.number)),
    )
    for row, (name, value) in enumerate(facts, start=2):
        page.write_string(row, 0, name)
        page.write_string(row, 1, value)
    for row, sentence in enumerate(GUIDE, start=7):
        page.write_string(row, 1, sentence, looks["wrap"])
