"""What runs the cube's SQL: DuckDB in this process, or any Spark cluster through Spark Connect. No Django.

Both are asked in the same standard SQL, over tables and Parquet files by name.
"""

import csv
import shutil
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Protocol

import duckdb

ROWS_AT_ONCE = 10_000


class Engine(Protocol):
    """`lines_at_once`: how many facts it counts best in one go. `largest_two`: how it says the two largest values of
    `open_usd` in a group (`largest`), and the `first` and `second` of them."""

    lines_at_once: int
    largest_two: Mapping[str, str]

    def parquet(self, name: str, path: Path) -> None:
        """A Parquet file as a table of this name."""

    def table(self, name: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
        """A small table of texts."""

    def keep(self, name: str, sql: str) -> None:
        """What a query answers, as a table of this name: in place of one that there was."""

    def keep_all(self, name: str, sql: str) -> None:
        """The same for as many rows as there are facts: not in memory."""

    def add(self, name: str, sql: str) -> None:
        """What a query answers, added to the table of this name."""

    def rows(self, sql: str) -> Iterator[tuple]:
        """What a query answers, a few rows at a time."""


# How Python's csv writes a file, so that DuckDB need not guess, which takes longer than to read it.
WRITTEN_SO = """auto_detect = false, header = true, delim = ',', quote = '"', escape = '"'"""


class DuckDB:
    """An in-memory DuckDB. What does not fit its memory goes to a temporary folder."""

    # What is grouped of so many stays in the processor's caches.
    lines_at_once = 50_000
    largest_two = {"largest": "MAX(open_usd, 2)", "first": "largest[1]", "second": "largest[2]"}

    def __init__(self, memory: str = "1GB", lines: int | None = None):
        """`lines`: how many facts there are, where that is known. To a few, a second thread is more work than help."""
        self.folder = Path(tempfile.mkdtemp())
        # Gone with the engine, which lives as long as its cube.
        weakref.finalize(self, shutil.rmtree, self.folder, ignore_errors=True)
        self.db = duckdb.connect(":memory:", config={
            "memory_limit": memory, "temp_directory": str(self.folder), "preserve_insertion_order": False,
            **({"threads": 1} if lines is not None and lines <= self.lines_at_once else {}),
        })  # fmt: skip
        self.db.execute(f"ATTACH {_quoted(self.folder / 'lines.duckdb')} AS disk")

    def parquet(self, name: str, path: Path) -> None:
        self.db.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({_quoted(path)})")

    def table(self, name: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
        # Through a file: row by row, DuckDB takes a millisecond for each.
        path = self.folder / f"{name}.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(columns)
            writer.writerows(rows)
        types = ", ".join(f"'{column}': 'VARCHAR'" for column in columns)
        # Every text is quoted or not as the writer saw fit; an empty one is a text all the same.
        self.db.execute(
            f"CREATE TABLE {name} AS SELECT * FROM read_csv({_quoted(path)}, {WRITTEN_SO}, columns = {{{types}}}, "
            "force_not_null = " + str(list(columns)) + ")"
        )

    def keep(self, name: str, sql: str) -> None:
        self.db.execute(f"CREATE OR REPLACE TABLE {name} AS {sql}")

    def keep_all(self, name: str, sql: str) -> None:
        # In a file, where columns are compressed and a slice reads its own part alone.
        self.db.execute(f"CREATE OR REPLACE TABLE disk.{name} AS {sql}")
        self.db.execute(f"CREATE OR REPLACE VIEW {name} AS SELECT * FROM disk.{name}")

    def add(self, name: str, sql: str) -> None:
        self.db.execute(f"CREATE TABLE IF NOT EXISTS {name} AS FROM ({sql}) LIMIT 0")
        self.db.execute(f"INSERT INTO {name} {sql}")

    def rows(self, sql: str) -> Iterator[tuple]:
        # A cursor of its own, so that something else can be asked meanwhile.
        found = self.db.cursor().execute(sql)
        while some := found.fetchmany(ROWS_AT_ONCE):
            yield from some


def engine_at(address: str = "", lines: int | None = None) -> Engine:
    """DuckDB where no address is given, for so many facts; else the Spark cluster at `spark://host:port/folder`."""
    if not address:
        return DuckDB(lines=lines)
    if not address.startswith("spark://"):
        raise ValueError(f"STATISTICS_ENGINE must be empty or spark://host:port/folder, not {address!r}")
    # Its packages are a list of their own, which the portal runs without.
    return import_module("portal.statistics.engines_spark").Spark(address)


def _quoted(path: Path) -> str:
    """A path inside a statement, which takes no parameters everywhere: our own, its quotes doubled all the same."""
    doubled = str(path).replace("'", "''")
    return f"'{doubled}'"
