"""Rows of a filing as a person would type them, and the entries that the intake reads in them."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from portal.filings.columns import KIND_WORDS
from portal.filings.intake.cells import read_kind
from portal.filings.intake.entries import read_entry
from portal.filings.sheet import Entry, Kind
from portal.lib.money import to_cents
from portal.reference.queries import CodeLists

# Field → text, by the fields of portal.filings.columns; `kind` holds one of the four words.
Row = dict[str, str]

SIGNED, STANDING, CHANGED, EXECUTED = (KIND_WORDS[kind][0] for kind in Kind)


def entries_of(rows: Iterable[Row], lists: CodeLists) -> list[Entry]:
    return [read_entry(kind_of(row), row, lists=lists) for row in rows]


def kind_of(row: Row) -> Kind:
    return Kind(read_kind(row["kind"]) or Kind.EXECUTED)


def in_units(cents: int) -> str:
    """Cents as a person writes them: `-1250.40`."""
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100}.{cents % 100:02d}"


def in_cents(text: str) -> int:
    return to_cents(Decimal(text))


def ordered(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Contracts first, then changes, then executions by date."""
    rank = {STANDING: 0, SIGNED: 1, CHANGED: 2, EXECUTED: 3}
    return tuple(sorted(rows, key=lambda row: (rank[row["kind"]], row["on"], row["number"])))
