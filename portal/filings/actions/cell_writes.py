"""What a save of some cells writes, gathered row by row and written at once: a statement for each table, not for each
row."""

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from portal.filings.actions.drafts import CONTRACT_FIELDS, fill_contract, in_short
from portal.filings.differences import Change, Differences, Stored
from portal.filings.lifecycle import JOURNALLED
from portal.filings.models.contract import Contract
from portal.filings.models.filing import Line
from portal.filings.models.grid import TypedRow
from portal.filings.queries import entry_of_line
from portal.filings.rows import LINE_VALUES, Conversion, values_of_line
from portal.filings.rules import check, new_errors
from portal.filings.sheet import CONTRACT_KINDS, Entry, Finding, Kind
from portal.filings.workspace.typed import PREFILLED, Around, Cells, key_of_place, known
from portal.journal.actions import record
from portal.members.models import User

LINE_FIELDS = [name.removesuffix("_id") for name in LINE_VALUES]
LEDGER_FIELDS = [*CONTRACT_FIELDS, "market", "category", "currency", "signed_on", "is_standing"]


class Writes:
    """Changes of one save, seen at once by the rows that follow. `unusual` rows take the long way, afterwards."""

    def __init__(self, around: Around, *, by: User, at: datetime):
        self.around, self.by, self.at = around, by, at
        self.changes = Differences()
        self.lines: list[Line] = []
        self.contracts: list[Contract] = []
        self.gone: list[int] = []
        self.typed: list[TypedRow] = []
        self.typed_gone: list[int] = []
        self.unusual: list[Cells] = []
        self.numbers: set[str] = set()
        self.executed = self.signed = 0
        self._position = around.version.last_position

    def put(self, entry: Entry, old: Stored | None, place: str) -> tuple[Line | None, Contract]:
        """Put a row that is right into the ledger, in the place of an old one or after all the others."""
        contract = self._registered(entry) if entry.kind in CONTRACT_KINDS else self.around.contracts[entry.number]
        line = None if entry.kind == Kind.STANDING else self._line(old, place)
        if line is not None:
            self._say(line, entry, contract)
        now = Stored(entry, line.pk if line else None, contract.pk)
        if old is None:
            self.changes.added.append(entry)
            self.around.stored.append(now)
        else:
            self.changes.changed.append(Change(old, entry))
            self.around.stored[self.around.stored.index(old)] = now
        self.numbers.add(entry.number)
        return line, contract

    def _registered(self, entry: Entry) -> Contract:
        version = self.around.version
        contract = self.around.contracts.get(entry.number)
        if contract is None:
            contract = Contract(firm=version.firm, number=entry.number, registered_in=version.filing)
            contract.changed_before = contract.executed_before = 0
            self.around.contracts[entry.number] = contract
        fill_contract(contract, entry)
        if contract not in self.contracts:
            self.contracts.append(contract)
        self.around.context.contracts[entry.number] = known(contract, version.filing)
        # Each line repeats what statistics need of its contract.
        for line in self.around.lines.values():
            if line.contract is contract and line.kind != Kind.SIGNED:
                self._say(line, entry_of_line(line), contract)
        return contract

    def _line(self, old: Stored | None, place: str) -> Line:
        if old is not None and old.line is not None:
            return self.around.lines[old.line]
        self._position += 1
        version = self.around.version
        key = key_of_place(version.filing_id, place) if place.startswith("new-") else uuid4()
        return Line(version=version, firm=version.firm, key=key, position=self._position, usd_cents=0)

    def _say(self, line: Line, entry: Entry, contract: Contract) -> None:
        """Put an entry on its line, converted once at the rate of the event's month."""
        self._count(line, -1)
        conversion = Conversion({entry.number: contract}, self.around.lists)
        old = None if line._state.adding else values_of_line(line)
        for name, value in zip(LINE_VALUES, conversion.values(entry, line.position, old)):
            setattr(line, name, value)
        line.contract = contract
        self._count(line, 1)
        if line not in self.lines:
            self.lines.append(line)

    def _count(self, line: Line, sign: int) -> None:
        if line.kind == Kind.EXECUTED:
            self.executed += sign * line.usd_cents
        elif line.kind:
            self.signed += sign * line.usd_cents

    def errors_without(self, old: Stored) -> list[Finding]:
        """The errors that other rows would have without this one."""
        rows = self.around.of(old.entry.number)
        before = [replace(item.entry, row=row) for row, item in enumerate(rows, start=1)]
        after = [entry for item, entry in zip(rows, before) if item is not old]
        return new_errors(check(before, self.around.context), check(after, self.around.context))

    def remove(self, old: Stored) -> str:
        """Take an execution or a change out. Answers the place in which its contract is offered anew."""
        line = self.around.lines.pop(old.line)
        self._count(line, -1)
        self.gone.append(line.pk)
        self.changes.removed.append(old)
        self.around.stored.remove(old)
        self.numbers.add(old.entry.number)
        again = any(item.entry.kind == Kind.EXECUTED for item in self.around.of(old.entry.number))
        is_fresh = again or old.entry.kind != Kind.EXECUTED
        return f"new-r{uuid4().hex[:12]}" if is_fresh else f"{PREFILLED}{old.contract}"

    def keep(self, cells: Cells, texts: dict[str, str], typed: TypedRow | None) -> None:
        """Keep a row as it was typed."""
        version = self.around.version
        row = typed or TypedRow(version=version, firm=version.firm, place=cells.place, position=self._position)
        row.version, row.kind, row.number, row.values = version, cells.kind, texts.get("number", "")[:80], texts
        row.saved_at, row.saved_by = self.at, self.by.key
        self.typed.append(row)

    def forget(self, typed: TypedRow | None) -> None:
        if typed is not None:
            self.typed_gone.append(typed.pk)

    def write(self) -> None:
        self._write_ledger()
        # A row is found by its place, whether or not it is kept already.
        for row in self.typed:
            row.pk = None
        TypedRow.objects.bulk_create(
            self.typed, update_conflicts=True, unique_fields=["version", "place"],
            update_fields=["kind", "number", "values", "saved_at", "saved_by"],
        )  # fmt: skip
        if self.typed_gone:
            TypedRow.objects.filter(pk__in=self.typed_gone).delete()
        if self.changes:
            self._tell()

    def _write_ledger(self) -> None:
        fresh = [row for row in self.contracts if row.pk is None]
        if mended := [row for row in self.contracts if row.pk is not None]:
            Contract.objects.bulk_update(mended, LEDGER_FIELDS)
        Contract.objects.bulk_create(fresh)
        if self.gone:
            Line.objects.filter(pk__in=self.gone).delete()
        for line in self.lines:
            line.contract_id = line.contract.pk
        if mended := [line for line in self.lines if line.pk and line.pk not in self.gone]:
            Line.objects.bulk_update(mended, LINE_FIELDS, batch_size=200)
        Line.objects.bulk_create([line for line in self.lines if line.pk is None])

    def _tell(self) -> None:
        version = self.around.version
        version.is_nil, version.saved_at = False, self.at
        version.save(update_fields=["is_nil", "saved_at"])
        record(
            actor=self.by.key, verb=JOURNALLED["save"], kind="filing", key=version.filing_id, at=self.at,
            firm_code=version.firm.credit_code, after={"version": version.number} | in_short(self.changes),
        )  # fmt: skip
