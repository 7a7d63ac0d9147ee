"""Where the tests' databases are: files of SQLite, or databases of a PostgreSQL server. `store()` is that in use."""

import os
import shutil
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "test-databases"


class Store(Protocol):
    """Where databases are. Beside each there is a folder for the uploads that belong to it."""

    kind: str

    def url(self, name: str) -> str: ...
    def setting(self, name: str) -> str:
        """What NAME has to be in Django's DATABASES."""

    def exists(self, name: str) -> bool: ...
    def create(self, name: str) -> None: ...
    def copy(self, source: str, target: str) -> None: ...
    def rename(self, source: str, target: str) -> None: ...
    def drop(self, name: str) -> None: ...
    def put_by(self, name: str) -> None:
        """Write down in its folder what outlives the server."""

    def bring_back(self, name: str) -> bool:
        """Make it of what was put by; False where nothing was, or nothing that this server understands."""


class SqliteStore:
    """A database is a file."""

    kind = "sqlite"

    def setting(self, name: str) -> str:
        return str(folder(name) / "portal.sqlite3")

    def url(self, name: str) -> str:
        return f"sqlite:///{self.setting(name)}"

    def exists(self, name: str) -> bool:
        return Path(self.setting(name)).exists()

    def create(self, name: str) -> None:
        """Nothing: the first connection makes the file."""

    def copy(self, source: str, target: str) -> None:
        """Copies committed rows, whether or not they have reached the source's main file."""
        with (
            closing(sqlite3.connect(self.setting(source))) as rows,
            closing(sqlite3.connect(self.setting(target))) as copy,
        ):
            rows.backup(copy)

    def rename(self, source: str, target: str) -> None:
        """Nothing: the file goes with its folder."""

    def drop(self, name: str) -> None:
        """Nothing: the file goes with its folder."""

    def put_by(self, name: str) -> None:
        """Nothing: the file is there."""

    def bring_back(self, name: str) -> bool:
        return False


class PostgresStore:
    """A database is one of the server's, which copies it by itself. The server of `make test` lives for one run: what
    took long to build is put by as a dump, where PostgreSQL's own programs are on the path."""

    kind = "postgresql"

    def __init__(self, url: str) -> None:
        self.server = urlsplit(url)

    def setting(self, name: str) -> str:
        return f"portal_test_{name}".replace("-", "_")

    def url(self, name: str) -> str:
        return self.server._replace(path=f"/{self.setting(name)}").geturl()

    def exists(self, name: str) -> bool:
        return bool(self._execute("SELECT 1 FROM pg_database WHERE datname = {}", sql.Literal(self.setting(name))))

    def create(self, name: str) -> None:
        self._execute("CREATE DATABASE {}", self._name(name))

    def copy(self, source: str, target: str) -> None:
        self._execute("CREATE DATABASE {} TEMPLATE {}", self._name(target), self._name(source))

    def rename(self, source: str, target: str) -> None:
        self._execute("ALTER DATABASE {} RENAME TO {}", self._name(source), self._name(target))

    def drop(self, name: str) -> None:
        self._execute("DROP DATABASE IF EXISTS {} WITH (FORCE)", self._name(name))

    def put_by(self, name: str) -> None:
        if shutil.which("pg_dump"):
            self._run("pg_dump", "--format=custom", f"--file={dump_of(name)}", f"--dbname={self.url(name)}")

    def bring_back(self, name: str) -> bool:
        if not dump_of(name).exists() or not shutil.which("pg_restore"):
            return False
        draft = f"{name}-draft"
        self.drop(draft)
        self.create(draft)
        if not self._run("pg_restore", "--exit-on-error", f"--dbname={self.url(draft)}", str(dump_of(name))):
            self.drop(draft)
            return False
        self.rename(draft, name)
        return True

    def _run(self, *command: str) -> bool:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    def _name(self, name: str) -> sql.Identifier:
        return sql.Identifier(self.setting(name))

    def _execute(self, statement: str, *values: sql.Composable) -> list:
        with psycopg.connect(self.server.geturl(), autocommit=True) as connection:
            cursor = connection.execute(sql.SQL(statement).format(*values))
            return cursor.fetchall() if cursor.description else []


def store() -> Store:
    url = os.environ.get("DATABASE_URL", "")
    return PostgresStore(url) if url.startswith("postgres") else SqliteStore()


def folder(name: str) -> Path:
    """What belongs to a database on the disk: its uploads, in `private`."""
    return KEPT / store().kind / name


def dump_of(name: str) -> Path:
    return folder(name) / "portal.dump"


def remove(name: str) -> None:
    store().drop(name)
    shutil.rmtree(folder(name), ignore_errors=True)
