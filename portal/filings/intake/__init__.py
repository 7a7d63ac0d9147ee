"""Intake: a file becomes entries and findings. Pure: no Django, no clock, no database."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from portal.filings.columns import (
    CSV_AMOUNT,
    CSV_DAY,
    CSV_KIND,
    NUMBER,
    PLAN_OF,
    SHEETS,
    Column,
    SheetPlan,
    csv_columns,
)
from portal.filings.intake.cells import read_kind, text_of
from portal.filings.intake.entries import Reader, Where
from portal.filings.intake.heads import HEAD_ROWS, Head, Heads, columns_headed_alike, is_like, missing_columns
from portal.filings.intake.layouts import Layout, as_told
from portal.filings.intake.rows import Used, used_rows
from portal.filings.intake.tables import Table, Unreadable, cell_name, read_tables
from portal.filings.sheet import Entry, Finding, Kind, Level, has_errors
from portal.lib.words import Text, in_both
from portal.lib.words import gettext_noop as _

# What each row of a table for all kinds has to have.
_MIXED = (CSV_KIND, NUMBER, CSV_DAY, CSV_AMOUNT)
# Rules that compare rows with each other: registered, still registered, within the contract.
_NEEDS_EVERY_ROW = frozenset({"C2", "C3", "A5"})
_GUIDE_FIRM = ("统一社会信用代码", "Unified social credit code")
_GUIDE_PERIOD = ("报告期", "Period")


@dataclass(frozen=True)
class Intake:
    """What a file says: its entries, and what is wrong with it before any rule looks at a value."""

    entries: list[Entry]
    findings: list[Finding]

    def sure(self, found: Iterable[Finding]) -> list[Finding]:
        """What rules say of the entries, without what may only follow from rows that could not be read: an execution
        is not blamed for a contract whose own row is to be mended."""
        if not has_errors(self.findings):
            return list(found)
        return [item for item in found if item.code not in _NEEDS_EVERY_ROW]


def read_file(
    content: bytes,
    file_name: str,
    *,
    lists,
    firm_code: str,
    period: str,
    layouts: Mapping[str, Layout] = MappingProxyType({}),
) -> Intake:
    """Entries of a workbook or CSV file; problems of its structure as findings, never an exception.

    `layouts` are those that the firm has told of its own tables, by the signature of their heads.
    """
    try:
        tables = read_tables(content, file_name)
    except Unreadable as problem:
        return Intake([], [_about("S3", Text(str(problem)), Text(_("a workbook or a CSV file")), found=file_name)])
    mixed = [told for table in tables if (told := as_told(table, layouts))] or _mixed_tables(tables, lists)
    intake = _read_all_mixed(mixed, lists) if mixed else _read_book(tables, lists)
    intake.findings[:0] = _mismatches(tables, firm_code, period)
    if not intake.entries and not intake.findings:
        intake.findings.append(_nothing_read(file_name))
    return intake


def _about(code: str, message: Text, expected: Text, *, sheet: str = "", cell: str = "", found: str = "") -> Finding:
    return Finding(code, Level.ERROR, message, expected, found, sheet, cell)


def _nothing_read(file_name: str) -> Finding:
    """S12. A file without a row is taken as it is, and said to be empty."""
    return Finding(
        "S12",
        Level.NOTE,
        Text(_("No row of this file holds anything to file. A quarter without business is filed with the nil return.")),
        Text(_("at least one row with a contract number and an amount")),
        found=file_name,
    )


# ── Workbooks ────────────────────────────────────────────────────────────────────────────────────


def _read_book(tables: list[Table], lists) -> Intake:
    chosen, findings = _chosen_sheets(tables, lists)
    intake = Intake([], list(findings))
    for plan in SHEETS:
        if plan in chosen:
            part = _read_sheet(chosen[plan], plan, lists)
            intake.entries.extend(part.entries)
            intake.findings.extend(part.findings)
    if not chosen and not findings:
        intake.findings.append(_no_sheet(tables))
    return intake


def _chosen_sheets(tables: list[Table], lists) -> tuple[dict[SheetPlan, Table], list[Finding]]:
    """Which table is which sheet: by its name, else by its heads; and what remains unclear."""
    names = {name.casefold(): plan for plan in SHEETS for name in plan.names}
    chosen: dict[SheetPlan, Table] = {}
    others: list[tuple[SheetPlan, Table]] = []
    findings: list[Finding] = []
    for table in tables:
        plan = names.get(text_of(table.name).casefold())
        if plan is not None:
            chosen.setdefault(plan, table)
        elif not table.is_hidden:
            alike = _plans_like(table, lists)
            others += [(plan, table) for plan in alike[:1]]
            findings += [_two_in_one(table, alike)] if len(alike) > 1 else []
    named = set(chosen)
    for plan, table in others:
        if plan in chosen:
            findings.append(_read_alike(table, chosen[plan], Level.NOTE if plan in named else Level.ERROR))
        else:
            chosen[plan] = table
    return chosen, findings


def _plans_like(table: Table, lists) -> list[SheetPlan]:
    """The sheets that a table can be by its heads: those it has all columns of, else those it nearly is."""
    heads = {plan: Heads(plan.fields, lists.currencies).find(table.rows) for plan in SHEETS}
    like = [plan for plan, head in heads.items() if is_like(plan, head)]
    whole = [plan for plan in like if not missing_columns(table, plan.fields, heads[plan])]
    return whole or like


def _two_in_one(table: Table, plans: Sequence[SheetPlan]) -> Finding:
    names = in_both("、".join(plan.zh for plan in plans), ", ".join(plan.en for plan in plans))
    message = _("This sheet has the columns of several sheets in one. Put each into a sheet of its own: %(names)s.")
    return _about("S11", Text(message, {"names": names}), names, sheet=table.name, cell="A1", found=table.name)


def _read_alike(table: Table, chosen: Table, level: Level) -> Finding:
    message = _("This sheet has the same columns as “%(other)s” and was not read. Put all rows into one of the two.")
    return Finding(
        "S11",
        level,
        Text(message, {"other": chosen.name}),
        Text(_("one sheet of each kind")),
        table.name,
        table.name,
        "A1",
    )


def _no_sheet(tables: list[Table]) -> Finding:
    message = _(
        "None of the sheets of a filing is in this workbook: neither their names nor their heads were found. Use the "
        "workbook of this page."
    )
    names = in_both("、".join(plan.zh for plan in SHEETS), ", ".join(plan.en for plan in SHEETS))
    return _about("S1", Text(message), names, found=" / ".join(table.name for table in tables))


def _mismatches(tables: list[Table], firm_code: str, period: str) -> Iterator[Finding]:
    """F1, F2. A workbook that says whose it is and for when, is for this firm and this period."""
    for table in tables:
        for number, row in enumerate(table.rows[:HEAD_ROWS], start=1):
            texts = [text_of(value) for value in row[:2]]
            if len(texts) < 2 or not texts[1]:
                continue
            if texts[0] in _GUIDE_FIRM and texts[1] != firm_code:
                message = Text(_("This workbook was made for another firm. Download your own and copy the rows over."))
                expected = Text("%(code)s", {"code": firm_code})
                yield _about("F1", message, expected, sheet=table.name, cell=f"B{number}", found=texts[1])
            if texts[0] in _GUIDE_PERIOD and texts[1] != period:
                message = Text(
                    _("This workbook was made for another period. Open that period, or download this one's workbook.")
                )
                expected = Text("%(period)s", {"period": period})
                yield _about("F2", message, expected, sheet=table.name, cell=f"B{number}", found=texts[1])


def _read_sheet(table: Table, plan: SheetPlan, lists) -> Intake:
    head = Heads(plan.fields, lists.currencies).find(table.rows)
    if not any(text_of(value) for row in table.rows for value in row):
        return Intake([], [])
    findings = [*missing_columns(table, plan.fields, head), *columns_headed_alike(table, head)]
    if findings:
        return Intake([], findings)
    reader = Reader(lists, units=head.units, epoch=table.epoch)
    entries = []
    for row in used_rows(table, head):
        if isinstance(row, Finding):
            findings.append(row)
        elif plan.kind != Kind.EXECUTED or _says_something(row):
            entries.append(_entry(reader, plan.kind, row, table, head))
    return Intake(entries, findings)


def _entry(reader: Reader, kind: Kind, row: Used, table: Table, head: Head) -> Entry:
    where = Where(head.places, row.number)
    return reader.entry(kind, row.values, where=where, sheet=table.name, row=row.number, refused=row.refused)


def _says_something(row: Used) -> bool:
    """A row with nothing in these fields is a prefilled row that was not used."""
    values = row.values
    if values["on"] and values["amount"]:
        return True
    return any(text_of(values.get(name)) for name in ("on", "amount", "receipt_number", "receipt_on"))


# ── One table for rows of all kinds: CSV, and workbooks laid out like it ─────────────────────────


def _mixed_tables(tables: list[Table], lists) -> list[Table]:
    """A CSV file; or the visible tables of a workbook that have the heads of one, where no sheet has our names."""
    if len(tables) == 1 and not tables[0].name:
        return tables
    names = {name.casefold() for plan in SHEETS for name in plan.names}
    if any(text_of(table.name).casefold() in names for table in tables):
        return []
    heads = Heads(csv_columns(), lists.currencies)
    return [
        table
        for table in tables
        if not table.is_hidden and all(one.field in heads.find(table.rows).places for one in _MIXED)
    ]


def _read_all_mixed(tables: list[Table], lists) -> Intake:
    parts = [_read_csv(table, lists) for table in tables]
    entries = [entry for part in parts for entry in part.entries]
    return Intake(entries, [finding for part in parts for finding in part.findings])


def _read_csv(table: Table, lists) -> Intake:
    """One table for all kinds of rows, each saying what it is; or one of the sheets, saved as CSV."""
    columns = csv_columns()
    head = Heads(columns, lists.currencies).find(table.rows)
    if "kind" not in head.places:
        plans = _plans_like(table, lists)
        if len(plans) == 1:
            return _read_sheet(table, plans[0], lists)
    findings = [*missing_columns(table, _MIXED, head), *columns_headed_alike(table, head)]
    return Intake([], findings) if findings else _read_mixed(table, head, lists)


def _read_mixed(table: Table, head: Head, lists) -> Intake:
    reader = Reader(lists, units=head.units, epoch=table.epoch)
    entries: list[Entry] = []
    findings: list[Finding] = []
    for row in used_rows(table, head):
        if isinstance(row, Finding):
            findings.append(row)
            continue
        word = read_kind(row.values["kind"])
        if word is None:
            findings.append(_no_kind(row, head, table))
        else:
            entries.append(_entry(reader, Kind(word), row, table, head))
    kinds = {entry.kind for entry in entries}
    absent = missing_columns(table, _needed_by(kinds), head)
    return Intake([], [*absent, *findings]) if absent else Intake(entries, findings)


def _needed_by(kinds: set[Kind]) -> list[Column]:
    """Columns that rows of these kinds need. A missing one is told once, and not as an empty cell of each row."""
    needed = {column.field: column for kind in kinds for column in PLAN_OF[kind].fields if column.required}
    return list(needed.values())


def _no_kind(row: Used, head: Head, table: Table) -> Finding:
    message = Text(_("The first column says what the row is. Write one of the four words."))
    expected = in_both("新签 / 存量 / 变更 / 执行", "signed / standing / changed / executed")
    cell = cell_name(head.places["kind"], row.number)
    return _about("S4", message, expected, sheet=table.name, cell=cell, found=text_of(row.values["kind"]))
