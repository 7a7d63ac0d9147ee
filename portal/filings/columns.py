"""The columns of a workbook, in one place: head, hint, drop-down, rule text and reading all come from here."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from portal.filings.sheet import Kind
from portal.lib.words import gettext_noop as _


class Form(StrEnum):
    """How a cell is read."""

    TEXT = "text"
    AMOUNT = "amount"
    DAY = "day"
    MARKET = "market"
    CATEGORY = "category"
    CURRENCY = "currency"
    YES_NO = "yes_no"
    SHARE = "share"
    SUPPLY = "supply"
    NEW_MODE = "new_mode"
    KIND = "kind"


@dataclass(frozen=True)
class Column:
    """One column: the field it fills, its heads in both languages, how it is read and what to write.

    Columns without a field are there to be read by people; what is typed in them is ignored.
    """

    field: str
    zh: str
    en: str
    form: Form = Form.TEXT
    required: bool = False
    hint: str = ""
    also: tuple[str, ...] = ()
    width: int = 16

    @property
    def heads(self) -> tuple[str, ...]:
        return (self.zh, self.en, *self.also)

    @property
    def value(self) -> str:
        """The field in which an entry keeps what was read: of an amount its cents."""
        return _CENTS.get(self.field, self.field)


_CENTS = {"amount": "amount_cents", "frame_amount": "frame_cents"}

NUMBER = Column(
    "number",
    "合同号",
    "Contract number",
    required=True,
    hint=_("As in your own books; each number once."),
    also=("合同编号", "合同号码"),
)
CONTRACT_COLUMNS = (
    Column(
        "kind",
        "登记方式",
        "Registered as",
        Form.KIND,
        hint=_(
            "新签 for a contract signed within the window; 存量 for an older one that is still being executed "
            "(registered only, not counted)."
        ),
        width=10,
    ),
    NUMBER,
    Column("name", "合同名称", "Contract name", required=True, hint=_("Short and recognisable."), width=28),
    Column(
        "client",
        "发包方",
        "Client",
        required=True,
        hint=_("The party that pays for the service."),
        also=("发包方名称", "客户"),
        width=24,
    ),
    Column(
        "market",
        "发包方市场",
        "Client's market",
        Form.MARKET,
        True,
        _("Country or region of the client. Hong Kong, Macao and Taiwan are markets of their own."),
        ("国家(地区)", "国家（地区）", "市场"),
        18,
    ),
    Column(
        "category",
        "服务类别",
        "Service category",
        Form.CATEGORY,
        True,
        _("Third level of the 2022 catalogue."),
        ("业务类别",),
        26,
    ),
    Column("on", "签约日期", "Signed on", Form.DAY, True, _("Year-month-day."), ("签订日期",), 13),
    Column("currency", "币种", "Currency", Form.CURRENCY, True, _("Currency of the contract, e.g. USD."), width=9),
    Column(
        "amount",
        "合同金额",
        "Contract amount",
        Form.AMOUNT,
        True,
        _("In the contract's currency, in units, at most two decimals."),
        ("合同额",),
        18,
    ),
    Column(
        "ends_on",
        "到期日期",
        "Ends on",
        Form.DAY,
        hint=_("Last day of the contract, if it has one."),
        also=("截止日期",),
        width=13,
    ),
    Column(
        "supply",
        "提供方式",
        "Mode of supply",
        Form.SUPPLY,
        hint=_("One of the four modes; empty: cross-border."),
        width=14,
    ),
    Column(
        "new_mode",
        "新模式",
        "New mode",
        Form.NEW_MODE,
        hint=_("Crowdsourcing, cloud outsourcing or platform subcontracting, if it is one."),
        width=10,
    ),
    Column(
        "is_abroad",
        "境外机构执行",
        "Performed by a branch abroad",
        Form.YES_NO,
        hint=_("Yes when a branch of yours outside the mainland performs it."),
        width=12,
    ),
    Column(
        "branch_share",
        "境外机构持股比例",
        "Share held in the branch",
        Form.SHARE,
        hint=_("Per cent, e.g. 60."),
        width=14,
    ),
    Column(
        "contracts_back",
        "是否转包回境内",
        "Contracted back",
        Form.YES_NO,
        hint=_("Yes when the branch gives the work back to the mainland."),
        width=12,
    ),
    Column(
        "upstream_firm",
        "上游企业信用代码",
        "Prime contractor's credit code",
        hint=_("Only for work taken over from another member: its unified social credit code."),
        width=22,
    ),
    Column(
        "upstream_number",
        "上游合同号",
        "Prime contract number",
        hint=_("The number of that contract in the prime contractor's books."),
        width=16,
    ),
    Column(
        "frame_number",
        "框架合同号",
        "Frame contract number",
        hint=_("Only for a service embedded in a larger contract: the number of that contract in your own books."),
        also=("框架合同编号", "总合同号"),
        width=16,
    ),
    Column(
        "frame_amount",
        "框架合同金额",
        "Frame contract amount",
        Form.AMOUNT,
        hint=_("The whole amount of the frame contract, in this row's currency; this contract is a part of it."),
        also=("总合同金额",),
        width=18,
    ),
    Column(
        "apportioned_by",
        "分摊依据",
        "Basis of apportionment",
        hint=_("How the part was found, e.g. by working hours, by price list, as the annex of the contract says."),
        also=("分摊方法",),
        width=28,
    ),
    Column(
        "reason", "说明", "Explanation", hint=_("Needed where the check asks for a reason."), also=("备注",), width=28
    ),
)
CHANGE_COLUMNS = (
    NUMBER,
    Column("on", "变更日期", "Changed on", Form.DAY, True, _("Year-month-day."), width=13),
    Column(
        "amount",
        "变更金额",
        "Change of amount",
        Form.AMOUNT,
        True,
        _("The difference: more with +, less with −, in the contract's currency."),
        width=18,
    ),
    Column(
        "reason",
        "变更原因",
        "Reason for the change",
        required=True,
        hint=_("Why the contract's amount changed."),
        also=("说明",),
        width=30,
    ),
)
EXECUTION_COLUMNS = (
    NUMBER,
    Column("", "合同名称", "Contract name", hint=_("For your eyes; not read."), width=28),
    Column("", "币种", "Currency", hint=_("For your eyes; not read."), width=9),
    Column("", "合同余额", "Balance left", hint=_("For your eyes; not read."), width=16),
    Column("", "上季执行", "Executed last quarter", hint=_("For your eyes; not read."), width=16),
    Column("", "预计执行", "Expected this quarter", hint=_("For your eyes; not read."), width=16),
    Column("on", "执行日期", "Executed on", Form.DAY, True, _("Year-month-day; one row for each execution."), width=13),
    Column(
        "amount",
        "执行金额",
        "Executed amount",
        Form.AMOUNT,
        True,
        _("In the contract's currency, in units, at most two decimals. Nothing executed: leave the row empty."),
        ("执行额", "本季执行额"),
        18,
    ),
    Column(
        "receipt_number",
        "收汇凭证号",
        "Receipt number",
        required=True,
        hint=_("Number of the bank receipt."),
        also=("银行回单号", "凭证号"),
        width=18,
    ),
    Column("receipt_on", "凭证日期", "Receipt date", Form.DAY, hint=_("Date on the bank receipt."), width=13),
    Column(
        "payer_market",
        "付款方市场",
        "Payer's market",
        Form.MARKET,
        hint=_("Where the payment came from, if not from the client's market."),
        width=18,
    ),
    Column(
        "reason", "说明", "Explanation", hint=_("Needed where the check asks for a reason."), also=("备注",), width=28
    ),
)


@dataclass(frozen=True)
class SheetPlan:
    key: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    kind: Kind

    @property
    def names(self) -> tuple[str, str]:
        return (self.zh, self.en)

    @cached_property
    def fields(self) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.field)

    def column(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)


CONTRACTS = SheetPlan("contracts", "合同", "Contracts", CONTRACT_COLUMNS, Kind.SIGNED)
CHANGES = SheetPlan("changes", "变更", "Changes", CHANGE_COLUMNS, Kind.CHANGED)
EXECUTIONS = SheetPlan("executions", "执行", "Executions", EXECUTION_COLUMNS, Kind.EXECUTED)
SHEETS = (CONTRACTS, CHANGES, EXECUTIONS)
PLAN_OF = {Kind.SIGNED: CONTRACTS, Kind.STANDING: CONTRACTS, Kind.CHANGED: CHANGES, Kind.EXECUTED: EXECUTIONS}

# A CSV file has one table: each row says what it is, and one column each for date and amount.
CSV_KIND = Column("kind", "种类", "Kind", Form.KIND, True, _("新签, 存量, 变更 or 执行."))
CSV_DAY = Column("on", "日期", "Date", Form.DAY, True)
CSV_AMOUNT = Column("amount", "金额", "Amount", Form.AMOUNT, True)


def csv_columns() -> tuple[Column, ...]:
    """Kind, number, date and amount, then every other field once."""
    first = (CSV_KIND, NUMBER, CSV_DAY, CSV_AMOUNT)
    seen = {column.field for column in first}
    rest = []
    for plan in SHEETS:
        for column in plan.fields:
            if column.field not in seen:
                seen.add(column.field)
                rest.append(column)
    return (*first, *rest)


KIND_WORDS = {
    Kind.SIGNED: ("新签", "签约", "signed", "new"),
    Kind.STANDING: ("存量", "standing"),
    Kind.CHANGED: ("变更", "changed", "change"),
    Kind.EXECUTED: ("执行", "executed", "execution"),
}
SUPPLY_WORDS = {
    "cross_border": ("跨境交付", "跨境提供", "cross-border"),
    "consumption_abroad": ("境外消费", "consumption abroad"),
    "commercial_presence": ("商业存在", "commercial presence"),
    "presence_of_persons": ("自然人移动", "presence of natural persons"),
}
NEW_MODE_WORDS = {
    "crowdsourcing": ("众包", "crowdsourcing"),
    "cloud": ("云外包", "cloud outsourcing"),
    "platform": ("平台分包", "platform subcontracting"),
}
YES_WORDS = ("是", "yes", "y", "true", "1")
NO_WORDS = ("否", "no", "n", "false", "0")
