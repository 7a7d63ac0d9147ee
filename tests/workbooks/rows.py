"""A quarter of a demo firm as it stands in most files here, and small changes of it.

The firm and period exist in the demo association (`make demo`), where every file can be tried:
`manage.py check_workbook tests/workbooks/pass/plain.xlsx --firm 91330100MA0000939E --period 2020Q4 --format json`.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from portal.filings.columns import CHANGES, CONTRACTS, EXECUTIONS, SheetPlan, csv_columns
from portal.filings.intake.tables import cell_name

FIRM, PERIOD = "91330100MA0000939E", "2020Q4"
OTHER_FIRM, OTHER_PERIOD = "91310000MA000071XH", "2020Q3"

# Cells of one row by field; rows of one sheet; sheets by their Chinese name.
Cells = dict[str, object]
Rows = list[list[object]]
Book = dict[str, Rows]

SIGNED: Cells = {
    "kind": "新签", "number": "JY-2020-401", "name": "订单系统维护", "client": "示例德国商贸公司", "market": "DEU 德国",
    "category": "ITO-1-01", "on": date(2020, 11, 2), "currency": "USD", "amount": 864000.0,
    "ends_on": date(2021, 11, 1),
}  # fmt: skip
CHANGED: Cells = {"number": "HZ07-2019-101", "on": date(2020, 10, 15), "amount": 50000.0, "reason": "增加模块"}
EXECUTED: Cells = {
    "number": "HZ07-2019-101", "on": date(2020, 11, 18), "amount": 912600.5, "receipt_number": "SW20201118A",
    "receipt_on": date(2020, 11, 20), "payer_market": "DEU 德国", "reason": "项目交付期后移",
}  # fmt: skip
EXECUTED_NEW: Cells = {
    "number": "JY-2020-401", "on": date(2020, 12, 20), "amount": 264000.0, "receipt_number": "SW20201220B",
}  # fmt: skip


@dataclass(frozen=True)
class Formula:
    """A formula in a cell, with the result that the program kept (None: it was never calculated)."""

    text: str
    result: object = None


@dataclass(frozen=True)
class Case:
    """One file and what is to be said of it: code, sheet and cell are empty for a file that passes."""

    file: str
    content: bytes
    code: str = ""
    sheet: str = ""
    cell: str = ""


@dataclass
class Quarter:
    """The rows of a quarter's three sheets, by field; change what the case is about."""

    contracts: list[Cells] = field(default_factory=lambda: [dict(SIGNED)])
    changes: list[Cells] = field(default_factory=lambda: [dict(CHANGED)])
    executions: list[Cells] = field(default_factory=lambda: [dict(EXECUTED), dict(EXECUTED_NEW)])

    def book(self, language: str = "zh") -> Book:
        sheets = ((CONTRACTS, self.contracts), (CHANGES, self.changes), (EXECUTIONS, self.executions))
        return {getattr(plan, language): table(plan, rows, language) for plan, rows in sheets}

    def mixed(self) -> Rows:
        """The same in the one table of a CSV file."""
        words = [(self.contracts, "新签"), (self.changes, "变更"), (self.executions, "执行")]
        columns = csv_columns()
        lines = [{"kind": word} | row | {"kind": word} for rows, word in words for row in rows]
        return [
            [column.zh for column in columns],
            *([line.get(column.field, "") for column in columns] for line in lines),
        ]


def table(plan: SheetPlan, rows: Sequence[Cells], language: str = "zh") -> Rows:
    """Head and rows of a sheet, with every column that firms are given."""
    heads: list[object] = [getattr(column, language) for column in plan.columns]
    return [heads, *([row.get(column.field, "") if column.field else "" for column in plan.columns] for row in rows)]


def column_of(plan: SheetPlan, name: str) -> int:
    """The place of a field's column, from 0."""
    return next(place for place, column in enumerate(plan.columns) if column.field == name)


def cell_of(plan: SheetPlan, name: str, row: int = 2) -> str:
    return cell_name(column_of(plan, name), row)


def contracts(**cells: object) -> Book:
    """The quarter with some cells of its contract typed otherwise."""
    return Quarter(contracts=[SIGNED | cells]).book()


def changes(**cells: object) -> Book:
    return Quarter(changes=[CHANGED | cells]).book()


def executions(**cells: object) -> Book:
    return Quarter(executions=[EXECUTED | cells, dict(EXECUTED_NEW)]).book()


def renamed(book: Book, sheet: str, head: str, to: str) -> Book:
    """The book with another text for a head."""
    rows = book[sheet]
    return book | {sheet: [[to if cell == head else cell for cell in rows[0]], *rows[1:]]}


def without(book: Book, sheet: str, head: str) -> Book:
    place = book[sheet][0].index(head)
    return book | {sheet: [[*row[:place], *row[place + 1 :]] for row in book[sheet]]}


def above(book: Book, sheet: str, *lines: list[object]) -> Book:
    """The book with lines above a sheet's head."""
    return book | {sheet: [*map(list, lines), *book[sheet]]}


def below(book: Book, sheet: str, *lines: list[object]) -> Book:
    return book | {sheet: [*book[sheet], *map(list, lines)]}
