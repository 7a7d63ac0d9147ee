"""A small association to measure in: a database of its own in a temporary folder, never the developer's.

One firm has 500 contracts from the quarter before; its draft of 2020Q1 is open and empty.
"""

import atexit
import os
import shutil
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from functools import cache
from importlib import import_module
from io import StringIO
from pathlib import Path
from tempfile import mkdtemp

import django
import xlsxwriter
from django.conf import settings
from django.core.management import call_command
from django.db import connections

CONTRACTS = 500
CURRENCIES = ("USD", "EUR", "JPY", "HKD", "CNY")
MARKETS = ("USA", "DEU", "JPN", "HKG", "VNM")
NOW = datetime(2020, 3, 31, 9, 0, tzinfo=timezone(timedelta(hours=8)))
HEAD = (
    "合同号", "合同名称", "币种", "合同余额", "上季执行", "执行日期", "执行金额", "收汇凭证号", "凭证日期",
    "付款方市场", "说明",
)  # fmt: skip


def set_up(folder: Path | None = None, database_url: str = "") -> None:
    """Django on a database in `folder`, or in a new one that goes when the run ends; or on the one that is named."""
    if folder is None:
        folder = Path(mkdtemp(prefix="bench-association-"))
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    # All of it is said here, so that nothing is taken from the surroundings or from somebody's .env.
    os.environ.update(
        DATABASE_URL=database_url or f"sqlite:///{folder / 'bench.sqlite3'}", PRIVATE_ROOT=str(folder / "private"),
        PORTAL_VAR=str(folder), PORTAL_MODE="test", DJANGO_SETTINGS_MODULE="association.settings",
    )  # fmt: skip
    django.setup()


def database() -> Path:
    return Path(settings.DATABASES["default"]["NAME"])


@cache
def prepared() -> Path:
    """The association as every round finds it, kept beside the database in use."""
    call_command("migrate", verbosity=0)
    call_command("load_lists", "--at", "2019-01-01T00:00:00+08:00", stdout=StringIO())
    # The acts can be imported only when Django is set up.
    import_module("bench.draft").register_contracts()
    connections.close_all()
    kept = database().with_suffix(".kept")
    shutil.copyfile(database(), kept)
    return kept


def put_back() -> None:
    """The database as it was prepared."""
    kept = prepared()
    connections.close_all()
    for leftover in database().parent.glob(f"{database().name}-*"):
        leftover.unlink()
    shutil.copyfile(kept, database())


def number_of(contract: int) -> str:
    return f"HT-2019-{contract:05}"


def write_executions(path: Path, lines: int) -> Path:
    """A workbook of a large firm's quarter, laid out like the portal's own."""
    with xlsxwriter.Workbook(path) as book:
        day_format = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("执行")
        sheet.write_row(0, 0, HEAD)
        for row in range(1, lines + 1):
            contract, day = row % CONTRACTS, date(2020, 1, 1) + timedelta(days=row % 90)
            named = (number_of(contract), f"示例项目 {contract}", CURRENCIES[contract % 5])
            sheet.write_row(row, 0, (*named, 9e8, 1200.5))
            sheet.write_datetime(row, 5, day, day_format)
            sheet.write_row(row, 6, (float(Decimal(100_000 + row * 731) / 100), f"SK{row:08}"))
            sheet.write_datetime(row, 8, day, day_format)
            sheet.write(row, 9, MARKETS[contract % 5])
    return path
