"""The other ways of bringing a file's lines into the same table: django-import-export as it comes, and the least
that any way has to do."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from uuid import uuid4

import tablib
from django.contrib.admin import AdminSite
from import_export import fields
from import_export.admin import ImportMixin
from import_export.formats.base_formats import XLSX
from import_export.resources import ModelResource
from import_export.results import Result
from import_export.widgets import DateWidget, ForeignKeyWidget, Widget
from python_calamine import CalamineWorkbook

from bench.association import database
from bench.draft import open_draft
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line
from portal.filings.sheet import Kind
from portal.lib.money import converted
from portal.members.models import User
from portal.reference.models import Market
from portal.reference.queries import code_lists

TABLES = ("filings_line", "journal_entry")
# What differs from line to line; all else a line has in common with others of its contract and month.
OWN_CELLS = (
    "id", "key", "position", "on", "amount_cents", "usd_cents", "cny_cents", "receipt_number", "receipt_on",
    "payer_market_id",
)  # fmt: skip


class DayWidget(DateWidget):
    """A date cell of a workbook comes with a time of day."""

    def clean(self, value: datetime, row: dict | None = None, **kwargs: object) -> date:
        return value.date()


class CentsWidget(Widget):
    """Units in the file, hundredths in the table."""

    def clean(self, value: float, row: dict | None = None, **kwargs: object) -> int:
        return round(value * 100)


class LineResource(ModelResource):
    """Lines by import-export: its default settings, and the usual widgets for foreign keys and dates. A row is known
    again by its contract, date and receipt, so that both ways can tell what is new from what changed. What the file
    does not say is put on the instance from what was looked up once, so that this costs import-export nothing."""

    contract = fields.Field("contract", "合同号", ForeignKeyWidget(Contract, "number"))
    on = fields.Field("on", "执行日期", DayWidget())
    amount_cents = fields.Field("amount_cents", "执行金额", CentsWidget())
    receipt_number = fields.Field("receipt_number", "收汇凭证号")
    receipt_on = fields.Field("receipt_on", "凭证日期", DayWidget())
    payer_market = fields.Field("payer_market", "付款方市场", ForeignKeyWidget(Market))

    class Meta:
        model = Line
        import_id_fields = ("contract", "on", "receipt_number")
        fields = ("contract", "on", "amount_cents", "receipt_number", "receipt_on", "payer_market")

    def before_import(self, dataset: tablib.Dataset, **kwargs: object) -> None:
        self.version, self.lists = open_draft(), code_lists()

    def before_save_instance(self, line: Line, row: dict, **kwargs: object) -> None:
        contract = line.contract
        rate, line.is_rate_provisional = self.lists.rate(contract.currency_id, line.on)
        line.version, line.firm_id, line.kind = self.version, self.version.firm_id, Kind.EXECUTED
        line.position = kwargs["row_number"]
        line.currency_id, line.market_id = contract.currency_id, contract.market_id
        line.category_id, line.mode = contract.category_id, contract.mode
        line.usd_rate, line.cny_rate = rate.usd_per_unit, rate.cny_per_unit
        line.rate_month_on, line.rate_source = rate.month_on, rate.source
        line.usd_cents = converted(line.amount_cents, rate.usd_per_unit)
        line.cny_cents = converted(line.amount_cents, rate.cny_per_unit)


class Admin(ImportMixin):
    """The part of import-export's admin that writes Django's log of an import."""

    model = Line

    def __init__(self) -> None:
        self.admin_site = AdminSite()


def dry_run(path: Path) -> Result:
    """What its admin does before it shows what would change."""
    dataset = XLSX().create_dataset(path.read_bytes())
    result = LineResource().import_data(dataset, dry_run=True, raise_errors=False, user=User.objects.get())
    if result.totals["new"] != len(dataset):
        raise ValueError(f"import-export did not take every row: {dict(result.totals)}")
    return result


def imported(path: Path) -> Result:
    """The whole way of its admin: the dry run, then the file again, saved and logged."""
    dry_run(path)
    dataset, user = XLSX().create_dataset(path.read_bytes()), User.objects.get()
    result = LineResource().import_data(
        dataset, dry_run=False, raise_errors=True, user=user, retain_instance_in_row_result=True
    )
    Admin().generate_log_entries(result, SimpleNamespace(user=user))
    return result


class LeastWork:
    """The same file read, the same lines put together, and those and the same journal rows put in by one
    `executemany` for each table, in one transaction.

    What ours writes is taken out of the database beforehand, so that a line only needs its own cells: nothing is
    checked, looked up or compared with the draft.
    """

    def __init__(self, path: Path, first_of: dict[str, int]):
        self.path = path
        with closing(sqlite3.connect(database())) as connection:
            names = [row[1] for row in connection.execute("PRAGMA table_info(filings_line)")]
            lines = self._added(connection, "filings_line", first_of)
            self.journal = self._added(connection, "journal_entry", first_of)
            numbers = dict(connection.execute("SELECT id, number FROM filings_contract"))
        self.count, self.first = len(lines), lines[0][0]
        at = {name: names.index(name) for name in names}
        self.places = [at[name] for name in OWN_CELLS]
        self.like = {(numbers[line[at["contract_id"]]], line[at["on"]][:7]): line for line in lines}
        rates = (at["usd_rate"], at["cny_rate"])
        self.rates = {key: [Decimal(line[place]) for place in rates] for key, line in self.like.items()}
        self.insert = {
            "filings_line": f"INSERT INTO filings_line VALUES ({', '.join('?' * len(names))})",
            "journal_entry": f"INSERT INTO journal_entry VALUES ({', '.join('?' * len(self.journal[0]))})",
        }

    @staticmethod
    def _added(connection: sqlite3.Connection, table: str, first_of: dict[str, int]) -> list[tuple]:
        return connection.execute(f"SELECT * FROM {table} WHERE id > ?", (first_of[table],)).fetchall()

    def lines(self) -> Iterator[list]:
        sheet = CalamineWorkbook.from_path(self.path).get_sheet_by_index(0)
        for position, row in enumerate(sheet.to_python()[1:], start=1):
            day, cents = row[5].isoformat(), round(row[6] * 100)
            key = (row[0], day[:7])
            usd, cny = self.rates[key]
            own = (
                self.first + position, uuid4().hex, position, day, cents, converted(cents, usd), converted(cents, cny),
                row[7], row[8].isoformat(), row[9],
            )  # fmt: skip
            line = list(self.like[key])
            for place, value in zip(self.places, own, strict=True):
                line[place] = value
            yield line

    def run(self) -> None:
        with closing(sqlite3.connect(database(), isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany(self.insert["filings_line"], self.lines())
            connection.executemany(self.insert["journal_entry"], self.journal)
            connection.execute("COMMIT")


def newest_rows() -> dict[str, int]:
    """The newest row of each table, so that what comes after can be told from it."""
    newest = "SELECT coalesce(max(id), 0) FROM"
    with closing(sqlite3.connect(database())) as connection:
        return {table: connection.execute(f"{newest} {table}").fetchone()[0] for table in TABLES}
