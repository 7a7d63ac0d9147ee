"""Bringing a large firm's workbook into the ledger: against django-import-export as it comes, against the least that
any way has to do, and how much memory it takes."""

import json
import os
import subprocess
import sys
from pathlib import Path

from bench.association import prepared, put_back, write_executions
from bench.draft import received, taken_over
from bench.harness import Measured, Side, bench
from bench.rivals import LeastWork, dry_run, imported, newest_rows
from portal.filings.models.filing import Line

LINES = 10_000


def quarter(folder: Path) -> Path:
    """The workbook, once it is sure that all of its lines arrive by either way."""
    prepared()
    return write_executions(folder / "quarter.xlsx", LINES)


def whole_flow(path: Path) -> Side:
    """File handed in, checked, compared, kept; then confirmed and saved; with the journal of both."""

    def run() -> None:
        taken_over(path)
        if Line.objects.count() != LINES:
            raise ValueError(f"{Line.objects.count()} lines arrived instead of {LINES}")

    return Side("preview and confirm", run, ready=put_back)


@bench("import-10k", bound=0.05)
def import_10k(folder: Path) -> tuple[Side, Side]:
    path = quarter(folder)
    other = Side("import-export: dry run, import, log", lambda: imported(path), ready=put_back, once=True)
    return whole_flow(path), other


@bench("import-10k-preview", bound=0.02)
def import_10k_preview(folder: Path) -> tuple[Side, Side]:
    path = quarter(folder)
    ours = Side("file received, with its preview", lambda: received(path), ready=put_back)
    return ours, Side("import-export: dry run", lambda: dry_run(path), ready=put_back, once=True)


@bench("import-10k-limit", bound=4)
def import_10k_limit(folder: Path) -> tuple[Side, Side]:
    path = quarter(folder)
    put_back()
    first_of = newest_rows()
    taken_over(path)
    least = LeastWork(path, first_of)
    return whole_flow(path), Side("calamine and executemany", least.run, ready=put_back)


@bench("import-100k-memory", bound=150)
def import_100k_memory(folder: Path) -> Measured:
    """In a process of its own, which is told apart from what the other benches have used."""
    path = write_executions(folder / "year.xlsx", 10 * LINES)
    command = [sys.executable, "-m", "bench.memory", str(folder / "association"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return Measured("preview and confirm", found["megabytes"], "MB above base", found)
