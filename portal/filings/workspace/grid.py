"""The quarter as a table to type in: what is stored, what is being typed, and running contracts that wait."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Version
from portal.filings.models.grid import TypedRow
from portal.filings.sheet import CONTRACT_KINDS, Finding, Kind, Level, Mode
from portal.filings.workspace.sheets import Row, sheet_of
from portal.filings.workspace.typed import (
    PREFILLED,
    Around,
    judge,
    mark_of,
    read,
    read_around,
    texts_of,
    version_with_typing,
)
from portal.reference.queries import CodeLists


@dataclass(frozen=True)
class Unfinished:
    """A row that the ledger cannot take yet, with what the rules have to say of it."""

    typed: TypedRow
    findings: list[Finding]
    contract: Contract | None
    is_stored: bool

    @property
    def place(self) -> str:
        return self.typed.place


@dataclass
class GridRow:
    """One row of the table. Without a contract it is about one that is not registered (yet); amounts are cents of
    the contract's currency, as in `sheets.Row`."""

    place: str
    kind: Kind
    texts: Mapping[str, str]
    contract: Contract | None = None
    seen: str = ""
    left_cents: int | None = None
    last_cents: int | None = None
    findings: list[Finding] = field(default_factory=list)
    is_stored: bool = False
    is_typed: bool = False
    expected_cents: int | None = None

    @property
    def is_begun(self) -> bool:
        return self.is_stored or self.is_typed

    @property
    def is_fresh(self) -> bool:
        """Its contract number is a cell of its own: no contract stands beside it."""
        return not self.is_stored and (self.contract is None or not self.place.startswith(PREFILLED))


@dataclass(frozen=True)
class Grid:
    contracts: list[GridRow]
    changes: list[GridRow]
    executions: list[GridRow]

    @property
    def rows(self) -> list[GridRow]:
        return [*self.contracts, *self.changes, *self.executions]

    @property
    def groups(self) -> list[tuple[Mode | None, list[GridRow]]]:
        """Executions by mode; those that were added, and belong to none yet, come last."""
        by_mode: dict[Mode | None, list[GridRow]] = {mode: [] for mode in (*Mode, None)}
        for row in self.executions:
            by_mode[row.contract.mode if row.contract and not row.is_fresh else None].append(row)
        return [(mode, rows) for mode, rows in by_mode.items() if rows or mode is None]


def grid_of(filing: Filing, version: Version | None, *, lists: CodeLists, on: date) -> Grid:
    """The table of a draft as it stands, every rule applied on a day."""
    typed = {row.place: row for row in unfinished_rows(version, on)} if version else {}
    rows = [_row(row, typed, lists) for row in sheet_of(filing, version, lists=lists, on=on).rows]
    rows += [_added(row) for row in typed.values()]
    return Grid(*(_of(rows, kinds) for kinds in (CONTRACT_KINDS, (Kind.CHANGED,), (Kind.EXECUTED,))))


def _of(rows: Iterable[GridRow], kinds: tuple[Kind, ...]) -> list[GridRow]:
    return [row for row in rows if row.kind in kinds]


def _row(row: Row, typed: dict[str, Unfinished], lists: CodeLists) -> GridRow:
    place = row.stored.place if row.stored else f"{PREFILLED}{row.contract.pk}"
    kind = row.entry.kind if row.entry else Kind.EXECUTED
    mine = typed.pop(place, None)
    texts = texts_of(row.entry, lists) if row.entry else {"number": row.contract.number}
    return GridRow(
        place, kind, mine.typed.values if mine else texts, row.contract,
        mark_of(row.stored, mine.typed if mine else None), row.left_cents, row.last_cents,
        mine.findings if mine else list(row.open_findings), row.stored is not None, mine is not None,
        row.expected_cents,
    )  # fmt: skip


def _added(row: Unfinished) -> GridRow:
    return GridRow(
        row.place, Kind(row.typed.kind), row.typed.values, row.contract, mark_of(None, row.typed),
        findings=row.findings, is_typed=True,
    )  # fmt: skip


def unfinished_rows(version: Version, on: date) -> list[Unfinished]:
    """The rows that were typed and that the ledger cannot take yet, with the errors that keep each out: while there
    is one, the filing cannot be submitted."""
    typed = list(version.typed_rows.all())
    if not typed:
        return []
    read_with, _typed = version_with_typing(version.pk, [], [], on, hold=False)
    around = read_around(read_with, typed, [row.place for row in typed], {row.number for row in typed} - {""}, on)
    return [_judged(row, around) for row in typed]


def _judged(row: TypedRow, around: Around) -> Unfinished:
    old = around.at(row.place)
    entry = read(Kind(row.kind), row.values, around.lists)
    mine, elsewhere = judge(entry, old, around)
    errors = [item for item in mine if item.level == Level.ERROR] or elsewhere
    return Unfinished(row, errors, around.contracts.get(row.number), old is not None)
