"""A period's sheet: each entry with its contract, what is left of it, and what the rules have to say."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from portal.filings.differences import Stored, numbered
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Filing, Version
from portal.filings.past import Depth
from portal.filings.queries import (
    context_of,
    executed_last_quarter,
    expected_cents,
    running_contracts,
    stored_entries,
)
from portal.filings.rules import check
from portal.filings.sheet import CONTRACT_KINDS, NO_ROW, Context, Entry, Finding, Kind, Level, Mode
from portal.reference.queries import CodeLists


@dataclass(frozen=True)
class Row:
    """A row of the sheet. Without `stored` it is a running contract of which nothing is reported yet.

    Amounts are cents of the contract's currency: `left_cents` what may still be executed before this
    quarter's executions, `last_cents` what the quarter before reported (None: nothing), `expected_cents` what this
    one may bring.
    """

    number: int
    contract: Contract
    stored: Stored | None = None
    left_cents: int | None = None
    last_cents: int | None = None
    findings: list[Finding] = field(default_factory=list)
    expected_cents: int | None = None

    @property
    def entry(self) -> Entry | None:
        return self.stored.entry if self.stored else None

    @property
    def finding_by_field(self) -> dict[str, Finding]:
        """The gravest finding of each field that nobody has answered; the list comes gravest first."""
        return {item.field: item for item in reversed(self.open_findings)}

    @property
    def blocks(self) -> bool:
        return any(item.blocks for item in self.findings)

    @property
    def open_findings(self) -> list[Finding]:
        """All but those that a reason has answered."""
        return [item for item in self.findings if not item.is_quiet]


@dataclass(frozen=True)
class Sheet:
    """`contracts`: what was signed, registered and changed; `executions`: reported, then still waiting."""

    contracts: list[Row]
    executions: list[Row]

    @property
    def rows(self) -> list[Row]:
        return [*self.contracts, *self.executions]

    @property
    def groups(self) -> list[tuple[Mode, list[Row]]]:
        """Executions by mode, in the order of the modes, without empty groups."""
        by_mode = {mode: [row for row in self.executions if row.contract.mode == mode] for mode in Mode}
        return [(mode, rows) for mode, rows in by_mode.items() if rows]

    @property
    def blocking(self) -> list[tuple[Row, Finding]]:
        """What stands between the draft and its submission: errors and missing reasons, errors first."""
        found = [(row, item) for row in self.rows for item in row.findings if item.blocks]
        return sorted(found, key=lambda pair: pair[1].level != Level.ERROR)

    @property
    def notes(self) -> list[tuple[Row, Finding]]:
        return [(row, item) for row in self.rows for item in row.findings if item.level == Level.NOTE]

    @property
    def filled_count(self) -> int:
        return sum(row.stored is not None for row in self.executions)


def sheet_of(filing: Filing, version: Version | None, *, lists: CodeLists, on: date) -> Sheet:
    """The sheet of a version as it stands, with every rule applied on a day."""
    stored = numbered(stored_entries(version)) if version else []
    context = context_of(filing, lists=lists, on=on, depth=Depth.FIRM)
    findings = check([item.entry for item in stored], context)
    contracts = _contracts_of(stored)
    last, left = executed_last_quarter(filing), balances([item.entry for item in stored], context)
    rows = []
    for item in stored:
        contract = contracts[item.contract]
        mine = [found for found in findings if found.row == item.entry.row]
        mine_left, mine_last = left.get(contract.number), last.get(contract.pk)
        expected = expected_cents(contract, filing.period, left=mine_left, last=mine_last)
        rows.append(Row(0, contract, item, mine_left, mine_last, mine, expected))
    executed_here = {item.entry.number for item in stored if item.entry.kind == Kind.EXECUTED}
    waiting = _waiting(filing, executed_here, [item for item in findings if item.row == NO_ROW])
    written = [row for row in rows if row.entry.kind != Kind.EXECUTED]
    executed = [row for row in rows if row.entry.kind == Kind.EXECUTED]
    return Sheet(_counted(written), _counted([*executed, *waiting]))


def balances(entries: Iterable[Entry], context: Context) -> dict[str, int]:
    """What is left of each contract before the entries' own executions: value as changed less what other
    filings say was executed."""
    left = {number: known.changed_cents - known.executed_cents for number, known in context.contracts.items()}
    entries = list(entries)
    here = {entry.number for entry in entries if entry.kind in CONTRACT_KINDS}
    for number, known in context.contracts.items():
        left[number] += 0 if number in here else known.amount_cents
    for entry in entries:
        if entry.kind != Kind.EXECUTED:
            left[entry.number] = left.get(entry.number, 0) + (entry.amount_cents or 0)
    return left


def _contracts_of(stored: list[Stored]) -> dict[int | None, Contract]:
    rows = Contract.objects.filter(pk__in={item.contract for item in stored})
    return {contract.pk: contract for contract in rows.select_related("market", "category")}


def _waiting(filing: Filing, executed: set[str], findings: list[Finding]) -> list[Row]:
    """Running contracts of which nothing is reported yet, and any other that a finding is about, with what is found."""
    about: dict[str, list[Finding]] = {}
    for item in findings:
        about.setdefault(item.number, []).append(item)
    running = [row for row in running_contracts(filing) if row.contract.number not in executed]
    rows = [
        Row(
            0,
            row.contract,
            None,
            row.left_cents,
            row.last_cents or None,
            about.pop(row.contract.number, []),
            row.expected_cents,
        )
        for row in running
    ]
    others = Contract.objects.of(filing.firm).filter(number__in=about) if about else []
    return rows + [Row(0, contract, findings=about[contract.number]) for contract in others]


def _counted(rows: list[Row]) -> list[Row]:
    """Rows numbered as the page shows them: by mode, each in its order."""
    order = list(Mode)
    ordered = sorted(rows, key=lambda row: order.index(row.contract.mode))
    return [replace(row, number=number) for number, row in enumerate(ordered, start=1)]
