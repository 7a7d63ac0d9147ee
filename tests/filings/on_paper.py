"""A filing on paper: entries, code lists and a period without a database, for testing the rules alone."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from portal.filings.columns import PLAN_OF
from portal.filings.intake.entries import read_entry
from portal.filings.intake.tables import cell_name
from portal.filings.rules import check
from portal.filings.sheet import Context, Entry, Finding, Kind, KnownContract, Mode
from portal.reference.queries import CodeLists, CodeRow, MonthRate
from tests.world import TYPED

LISTS = CodeLists(
    markets={
        "VNM": CodeRow("VNM", "越南", "Viet Nam"),
        "CHN": CodeRow("CHN", "中国", "China"),
        "HKG": CodeRow("HKG", "中国香港", "Hong Kong, China"),
        "SUN": CodeRow("SUN", "苏联", "USSR", until_on=date(1991, 12, 26)),
    },
    categories={
        "ITO-1": CodeRow("ITO-1", "信息技术研发服务", "Research and development", is_leaf=False),
        "ITO-1-01": CodeRow("ITO-1-01", "软件研发", "Software development"),
        "ITO-1-02": CodeRow("ITO-1-02", "电路设计", "Circuit design", since_on=date(2020, 3, 1)),
    },
    currencies={"USD": CodeRow("USD", "美元", "US dollar"), "XXA": CodeRow("XXA", "新币", "New coin")},
    rates={
        "USD": [MonthRate("USD", date(2012, 1, 1), Decimal(1), Decimal(7), "by hand")],
        "XXA": [MonthRate("XXA", date(2020, 3, 1), Decimal(2), Decimal(14), "by hand")],
    },
)
ROW = 5


def typed(kind: Kind, row: int = ROW, **raw: object) -> Entry:
    """An entry in order, but for what is typed otherwise; each cell where the workbook has it."""
    plan = PLAN_OF[kind]
    where = {column.field: cell_name(index, row) for index, column in enumerate(plan.columns) if column.field}
    return read_entry(kind, TYPED[kind] | raw, lists=LISTS, where=where, sheet=plan.zh, row=row)


def cell(field: str, row: int = ROW, kind: Kind = Kind.EXECUTED) -> str:
    """Where the workbook has a field: `J5`."""
    return cell_name([column.field for column in PLAN_OF[kind].columns].index(field), row)


def signed(**raw: object) -> Entry:
    return typed(Kind.SIGNED, **raw)


def changed(**raw: object) -> Entry:
    return typed(Kind.CHANGED, **raw)


def executed(**raw: object) -> Entry:
    return typed(Kind.EXECUTED, **raw)


def known(number: str = "A-1", **values: object) -> KnownContract:
    """A contract of the ledger: 1,000.00 US dollars, signed in 2019, nothing executed."""
    usual = {
        "currency": "USD", "amount_cents": 100_000, "changed_cents": 0, "executed_cents": 0, "market": "VNM",
        "mode": Mode.OFFSHORE, "signed_on": date(2019, 2, 1), "ends_on": None, "is_here": False,
    }  # fmt: skip
    return KnownContract(number=number, **(usual | values))


def context(*contracts: KnownContract, **values: object) -> Context:
    """2020Q1, filed on 3 April: dates from 1 January."""
    usual = {
        "firm_code": "91520100MA0000001Q", "period": "2020Q1", "period_first_on": date(2020, 1, 1),
        "period_last_on": date(2020, 3, 31), "filed_on": date(2020, 4, 3), "accepts_from_on": date(2020, 1, 1),
        "lists": LISTS, "contracts": {contract.number: contract for contract in contracts},
    }  # fmt: skip
    return Context(**(usual | values))


def found(entries: Sequence[Entry], given: Context | None = None) -> list[Finding]:
    return check(entries, given or context())


def told(entries: Sequence[Entry] | Entry, given: Context | None = None) -> list[tuple[str, str]]:
    """Code and cell of everything that the rules have to say and nobody has answered."""
    entries = [entries] if isinstance(entries, Entry) else entries
    return [(item.code, item.cell) for item in found(entries, given) if not item.is_quiet]
