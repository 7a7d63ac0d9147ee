"""The index of words in the database: SQLite's full-text table, or vectors of words in PostgreSQL.

Each row is named by its mark: a number in which language, day and kind stand, so that matches are ordered and counted
without looking anything else up. Bits from the highest: 1 language, 22 day, 5 kind, 1 whether it is there in this
language alone, 31 the number of the row.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from typing import Protocol

from django.db import connection

from portal.publishing.search.words import Term

_ROW, _KIND, _DAY, _LANGUAGE = 31, 32, 37, 59
KINDS = (
    "article", "notice", "event", "newsletter", "handbook", "policy", "term", "catalogue", "trade", "member", "city",
    "entrance", "contact", "release", "place", "glossary",
)  # fmt: skip
TABLE = "publishing_found_words"


@dataclass(frozen=True)
class Words:
    """A row of the index."""

    mark: int
    title: Sequence[str]
    words: Sequence[str]


def mark_of(*, language: str, on: date | None, kind: str, is_alone: bool, row: int) -> int:
    day = on.toordinal() if on else 0
    parts = ((_is_chinese(language), _LANGUAGE), (day, _DAY), (KINDS.index(kind), _KIND), (is_alone, _ROW), (row, 0))
    return sum(int(value) << place for value, place in parts)


def row_of(mark: int) -> int:
    return mark & ((1 << _ROW) - 1)


def _is_chinese(language: str) -> bool:
    return language.startswith("zh")


class Where(Enum):
    """Each match stands in one of the first three: a title that says just that, a title with it, a text alone."""

    WHOLE = auto()
    TITLE = auto()
    TEXT = auto()
    ANYWHERE = auto()


@dataclass(frozen=True)
class Sought:
    """The words that have to be there, and what was typed as one word."""

    terms: Sequence[Term]
    whole: str


class Engine(Protocol):
    """What a database has to do."""

    def match(self, sought: Sought, where: Where) -> tuple[str, list[str]]:
        """A condition in SQL and its parameters."""

    def row(self, one: Words) -> tuple[object, ...]: ...

    mark: str
    insert: str
    hold: str


class Sqlite:
    mark = "rowid"
    insert = f"INSERT INTO {TABLE} (rowid, title, words) VALUES (%s, %s, %s)"
    # A transaction that writes holds the whole database.
    hold = ""

    def row(self, one: Words) -> tuple[object, ...]:
        return one.mark, " ".join(one.title), " ".join(one.words)

    def match(self, sought: Sought, where: Where) -> tuple[str, list[str]]:
        every = " AND ".join(f'"{term.word}"{"*" if term.is_beginning else ""}' for term in sought.terms)
        titles, whole = f"title : ({every})", f'title : "{sought.whole}"'
        said = {
            Where.WHOLE: f"({titles}) AND ({whole})", Where.TITLE: f"({titles}) NOT ({whole})",
            Where.TEXT: f"({every}) NOT ({titles})", Where.ANYWHERE: every,
        }  # fmt: skip
        return f"{TABLE} MATCH %s", [said[where]]


class Postgres:
    mark = "mark"
    insert = f"INSERT INTO {TABLE} (mark, title, words) VALUES (%s, array_to_tsvector(%s), array_to_tsvector(%s))"
    hold = "LOCK TABLE publishing_found IN SHARE ROW EXCLUSIVE MODE"

    def row(self, one: Words) -> tuple[object, ...]:
        return one.mark, sorted(set(one.title)), sorted({*one.title, *one.words})

    def match(self, sought: Sought, where: Where) -> tuple[str, list[str]]:
        every = " & ".join(f"'{term.word}'{':*' if term.is_beginning else ''}" for term in sought.terms)
        if where is Where.ANYWHERE:
            return "words @@ %s::tsquery", [every]
        if where is Where.TEXT:
            return "words @@ %s::tsquery AND NOT title @@ %s::tsquery", [every, every]
        return "title @@ %s::tsquery", [f"{every} & {'' if where is Where.WHOLE else '!'}'{sought.whole}'"]


def engine() -> Engine:
    return Postgres() if connection.vendor == "postgresql" else Sqlite()


# ── Writing ──────────────────────────────────────────────────────────────────────────────────────


def hold() -> None:
    """One writes at a time, to the end of its transaction: rows are numbered from the highest."""
    if statement := engine().hold:
        with connection.cursor() as cursor:
            cursor.execute(statement)


def put(rows: Iterable[Words]) -> None:
    """New rows; a row that has changed is taken out before."""
    own = engine()
    with connection.cursor() as cursor:
        cursor.executemany(own.insert, [own.row(one) for one in rows])


def take_out(marks: Iterable[int]) -> None:
    statement = f"DELETE FROM {TABLE} WHERE {engine().mark} = %s"
    with connection.cursor() as cursor:
        cursor.executemany(statement, [(mark,) for mark in marks])


# ── Reading ──────────────────────────────────────────────────────────────────────────────────────


def counted(sought: Sought, language: str) -> dict[str, int]:
    """How many match, by kind."""
    own = engine()
    condition, values = own.match(sought, Where.ANYWHERE)
    statement = (
        f"SELECT ({own.mark} >> {_KIND}) & 31, count(*) FROM {TABLE} WHERE {condition} AND {_shown(own, language)} "
        f"GROUP BY ({own.mark} >> {_KIND}) & 31"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return {KINDS[kind]: count for kind, count in cursor.fetchall()}


PARTS = tuple((where, is_own) for where in (Where.WHOLE, Where.TITLE, Where.TEXT) for is_own in (True, False))


def in_order(sought: Sought, language: str, kind: str, offset: int, limit: int) -> list[int]:
    """Rows of a page: titles that say just that before titles with it, and these before texts; the page's language
    before the other, newer before older. Give as `limit` no more than there are: then no part is asked in vain.

    Each of the six parts is read in the order of the index, as far as the page needs it.
    """
    found: list[int] = []
    for where, is_own in PARTS:
        if len(found) >= limit:
            break
        part = _part(sought, language, kind, where, is_own)
        marks = part.marks(offset, limit - len(found))
        found += marks
        offset = max(offset - part.count(), 0) if offset and not marks else 0
    return [row_of(mark) for mark in found]


@dataclass(frozen=True)
class _Part:
    """Matches that stand together in the order of results."""

    mark: str
    condition: str
    values: Sequence[object]

    def marks(self, offset: int, limit: int) -> list[int]:
        rows = self._rows(self.mark, f"ORDER BY {self.mark} DESC LIMIT {int(limit)} OFFSET {int(offset)}")
        return [mark for (mark,) in rows]

    def count(self) -> int:
        return self._rows("count(*)")[0][0]

    def _rows(self, what: str, rest: str = "") -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {what} FROM {TABLE} WHERE {self.condition} {rest}", self.values)
            return cursor.fetchall()


def _part(sought: Sought, language: str, kind: str, where: Where, is_own: bool) -> _Part:
    own = engine()
    condition, values = own.match(sought, where)
    is_upper = _is_chinese(language) == is_own
    reach = f"{own.mark} {'>=' if is_upper else '<'} {1 << _LANGUAGE}"
    if not is_own:
        reach += f" AND ({own.mark} >> {_ROW}) & 1 = 1"
    return _Part(own.mark, f"{condition} AND {reach}{_of(own, kind)}", values)


def _shown(own: Engine, language: str) -> str:
    """What is there in the page's language, and what is there in the other alone."""
    return f"(({own.mark} >> {_LANGUAGE}) = {int(_is_chinese(language))} OR ({own.mark} >> {_ROW}) & 1 = 1)"


def _of(own: Engine, kind: str) -> str:
    return f" AND ({own.mark} >> {_KIND}) & 31 = {KINDS.index(kind)}" if kind else ""
