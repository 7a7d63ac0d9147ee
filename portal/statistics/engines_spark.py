"""The cube's SQL on any Spark cluster, through Spark Connect: `spark://host:port/folder`. No Django.

Needs `requirements-spark.txt`. The folder is one that this machine and the whole cluster see under the same path: files
of facts are put there, and what a step leaves to the next. Everything in it is gone when the engine is.
"""

import shutil
import sys
import tempfile
import weakref
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import StringType, StructField, StructType


class Spark:
    """An engine: see `engines.Engine`. Tables are views of the session, which is this engine's own."""

    # A cluster divides the work by itself.
    lines_at_once = sys.maxsize
    largest_two = {
        "largest": "SORT_ARRAY(COLLECT_LIST(open_usd), FALSE)", "first": "GET(largest, 0)", "second": "GET(largest, 1)",
    }  # fmt: skip

    def __init__(self, address: str):
        parts = urlsplit(address)
        self.folder = Path(tempfile.mkdtemp(dir=parts.path or None))
        self.session = SparkSession.builder.remote(f"sc://{parts.netloc}").create()
        self.gone = weakref.finalize(self, _ended, self.session, self.folder)

    def parquet(self, name: str, path: Path) -> None:
        self._view(name, shutil.copyfile(path, self.folder / f"{name}.parquet"))

    def table(self, name: str, columns: Sequence[str], rows: Iterable[tuple]) -> None:
        texts = StructType([StructField(column, StringType(), nullable=False) for column in columns])
        self._keep(name, self.session.createDataFrame([tuple(map(str, row)) for row in rows], texts))

    def keep(self, name: str, sql: str) -> None:
        self._keep(name, self.session.sql(sql))

    keep_all = keep

    def add(self, name: str, sql: str) -> None:
        path = self.folder / name
        self.session.sql(sql).write.mode("append").parquet(str(path))
        self._view(name, path)

    def rows(self, sql: str) -> Iterator[tuple]:
        yield from map(tuple, self.session.sql(sql).collect())

    def _keep(self, name: str, frame: DataFrame) -> None:
        # Written down, since a view alone would be counted anew by whatever reads it.
        path = self.folder / name
        frame.write.parquet(str(path))
        self._view(name, path)

    def _view(self, name: str, path: Path) -> None:
        self.session.read.parquet(str(path)).createOrReplaceTempView(name)


def _ended(session: SparkSession, folder: Path) -> None:
    session.stop()
    shutil.rmtree(folder, ignore_errors=True)
