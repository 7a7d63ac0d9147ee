"""A DuckDB for single questions about Parquets. Starting one takes longer than most questions: a process keeps it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import duckdb


@contextmanager
def scratch(*, threads: int | None = None) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection for one question. What it makes has to be temporary: then nobody else sees it, and it goes with
    the connection."""
    with _started(threads, os.getpid()).cursor() as db:
        yield db


@cache
def _started(threads: int | None, _process: int) -> duckdb.DuckDBPyConnection:
    """By process, since one that was forked has none of the threads."""
    return duckdb.connect(":memory:", config={"threads": threads} if threads else {})
