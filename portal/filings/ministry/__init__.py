"""A quarter in the shape of the ministry's platform: its sheets, its heads, its unit (万美元).

The platform is Chinese, so its heads are, whatever the reader's language.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Sheet(StrEnum):
    CONTRACTS = "contracts"
    CHANGES = "changes"
    EXECUTIONS = "executions"


SHEET_NAMES = {Sheet.CONTRACTS: "合同", Sheet.CHANGES: "变更", Sheet.EXECUTIONS: "执行"}


@dataclass(frozen=True)
class Place:
    """One column: what stands in it, its head as written, and the heads by which an export is read."""

    key: str
    head: str
    also: tuple[str, ...] = ()
    width: int = 14


_NUMBER = Place("number", "合同号", ("合同编号", "合同号码", "接包合同号", "接包合同编号"), 18)
_NAME = Place("name", "合同名称", ("接包合同名称", "项目名称"), 28)
_CURRENCY = Place("currency", "货币类型", ("币种", "合同币种", "货币"), 10)
_RATE = Place("rate", "汇率(折美元)", width=12)
PLACES: dict[Sheet, tuple[Place, ...]] = {
    Sheet.CONTRACTS: (
        _NUMBER,
        Place("registration", "合同登记证书号", width=18),
        _NAME,
        Place("client", "发包方", width=24),
        Place("market", "发包方国家(地区)", width=18),
        Place("end_market", "最终客户国家(地区)", width=18),
        Place("mode", "业务类型", ("离岸/在岸", "合同类型"), 10),
        Place("category", "业务类别", ("服务类别", "业务分类", "服务外包类别", "三级类别"), 28),
        Place("on", "签约日期", ("签订日期", "合同签订日期", "合同签约日期", "签约时间"), 13),
        Place("ends_on", "合同到期日期", width=13),
        _CURRENCY,
        Place("amount", "合同金额(原币)", ("合同额", "合同金额", "接包合同额", "接包合同金额"), 18),
        _RATE,
        Place("usd", "合同金额(万美元)", ("合同额", "合同金额", "接包合同额", "接包合同金额"), 18),
        Place("is_taken_over", "是否转包", width=10),
        Place("upstream", "上游合同号", width=18),
        Place("reason", "备注", width=28),
    ),
    Sheet.CHANGES: (
        _NUMBER,
        _NAME,
        Place("on", "变更日期", ("合同变更日期", "变更时间"), 13),
        _CURRENCY,
        Place("amount", "变更金额(原币)", ("变更金额", "合同变更金额", "变更额"), 18),
        _RATE,
        Place("usd", "变更金额(万美元)", ("变更金额", "合同变更金额", "变更额"), 18),
        Place("reason", "变更原因", width=28),
    ),
    Sheet.EXECUTIONS: (
        _NUMBER,
        _NAME,
        Place("on", "执行日期", ("合同执行日期", "执行时间"), 13),
        _CURRENCY,
        Place("amount", "执行金额(原币)", ("执行额", "执行金额", "合同执行金额", "离岸执行额", "在岸执行额"), 18),
        _RATE,
        Place("usd", "执行金额(万美元)", ("执行额", "执行金额", "合同执行金额", "离岸执行额", "在岸执行额"), 18),
        Place("receipt_number", "收汇凭证号", ("凭证号",), 18),
        Place("receipt_on", "收汇日期", width=13),
        Place("receipt_usd", "收汇金额", width=14),
        Place("payer_market", "付款方国家(地区)", width=18),
        Place("reason", "备注", width=28),
    ),
}


@dataclass(frozen=True)
class Item:
    """One row, ours or theirs, as far as it can be compared. `usd` is in US dollars, `amount` in the contract's own
    currency; `where` is the cell block of a file. What a file does not say is None."""

    sheet: Sheet
    number: str
    name: str = ""
    on: date | None = None
    usd: Decimal | None = None
    amount: Decimal | None = None
    category: str | None = None
    where: str = ""
    usd_decimals: int = 2
    """How many decimals of 万美元 the file shows: ours is rounded to as many before they are compared."""
