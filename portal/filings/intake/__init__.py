"""Intake: a file becomes entries and findings. Pure: no Django, no clock, no database."""

from collections.abc import Iterator
from dataclasses import dataclass

from portal.filings.columns import CSV_AMOUNT, CSV_DAY, CSV_KIND, SHEETS, Column, SheetPlan, csv_columns
from portal.filings.intake.cells import read_kind, text_of
from portal.filings.intake.entries import read_entry
from portal.filings.intake.tables import Row, Table, Unreadable, cell_name, read_tables
from portal.filings.sheet import Entry, Finding, Kind, Level
from portal.lib.words import Text, in_both
from portal.lib.words import gettext_noop as _

# The head is looked for in so many first rows: people put titles above it.
HEAD_ROWS = 15
# A row with nothing in these fields is a prefilled row that was not used.
_UNUSED_WITHOUT = ("on", "amount", "receipt_number", "receipt_on")
_GUIDE_FIRM = ("统一社会信用代码", "Unified social credit code")
_GUIDE_PERIOD = ("报告期", "Period")


@dataclass(frozen=True)
class Intake:
    """What a file says: its entries, and what is wrong with it before any rule looks at a value."""

    entries: list[Entry]
    findings: list[Finding]


def read_file(content: bytes, file_name: str, *, lists, firm_code: str, period: str) -> Intake:
    """Entries of a workbook or CSV file; problems of its structure as findings, never an exception."""
    try:
        tables = read_tables(content, file_name)
    except Unreadable as problem:
        return Intake([], [_about("S3", Text(str(problem)), Text(_("a workbook or a CSV file")), found=file_name)])
    if len(tables) == 1 and not tables[0].name:
        return _read_csv(tables[0], lists)
    return _read_book(tables, lists, firm_code, period)


def _about(code: str, message: Text, expected: Text, *, sheet: str = "", cell: str = "", found: str = "") -> Finding:
    return Finding(code, Level.ERROR, message, expected, found, sheet, cell)


def _read_book(tables: list[Table], lists, firm_code: str, period: str) -> Intake:
    by_name = {text_of(table.name).casefold(): table for table in tables}
    findings = list(_mismatches(tables, firm_code, period))
    entries: list[Entry] = []
    found_any = False
    for plan in SHEETS:
        table = next((by_name[name.casefold()] for name in plan.names if name.casefold() in by_name), None)
        if table is not None:
            found_any = True
            part = _read_sheet(table, plan, lists)
            entries += part.entries
            findings += part.findings
    if not found_any:
        names = in_both("、".join(plan.zh for plan in SHEETS), ", ".join(plan.en for plan in SHEETS))
        findings.append(
            _about(
                "S1",
                Text(_(
                    "None of the sheets of a filing is in this workbook. Use the workbook of this page, and "
                    "keep its sheet names."
                )),
                names,
                found=" / ".join(table.name for table in tables),
            )
        )  # fmt: skip
    return Intake(entries, findings)


def _mismatches(tables: list[Table], firm_code: str, period: str) -> Iterator[Finding]:
    """F1, F2. A workbook that says whose it is and for when, is for this firm and this period."""
    for table in tables:
        for number, row in enumerate(table.rows[:HEAD_ROWS], start=1):
            texts = [text_of(value) for value in row[:2]]
            if len(texts) < 2 or not texts[1]:
                continue
            if texts[0] in _GUIDE_FIRM and texts[1] != firm_code:
                message = Text(_("This workbook was made for another firm. Download your own and copy the rows over."))
                yield _about(
                    "F1",
                    message,
                    Text("%(code)s", {"code": firm_code}),
                    sheet=table.name,
                    cell=f"B{number}",
                    found=texts[1],
                )
            if texts[0] in _GUIDE_PERIOD and texts[1] != period:
                message = Text(
                    _("This workbook was made for another period. Open that period, or download this one's workbook.")
                )
                yield _about(
                    "F2",
                    message,
                    Text("%(period)s", {"period": period}),
                    sheet=table.name,
                    cell=f"B{number}",
                    found=texts[1],
                )


def _heads(columns: tuple[Column, ...]) -> dict[str, str]:
    return {head.casefold(): column.field for column in columns if column.field for head in column.heads}


def _find_head(table: Table, columns: tuple[Column, ...]) -> tuple[int, dict[str, int]]:
    """The row (from 0) that names most columns, and the column of each field; -1 when none names two."""
    heads = _heads(columns)
    best: tuple[int, dict[str, int]] = (-1, {})
    for index, row in enumerate(table.rows[:HEAD_ROWS]):
        places: dict[str, int] = {}
        for column, value in enumerate(row):
            field = heads.get(text_of(value).rstrip("*").strip().casefold())
            if field and field not in places:
                places[field] = column
        if len(places) > max(1, len(best[1])):
            best = (index, places)
    return best


def _missing(table: Table, columns: tuple[Column, ...], places: dict[str, int], head: int) -> list[Finding]:
    """S2. Every column that is needed is there."""
    return [
        _about(
            "S2",
            # xgettext:no-python-format
            Text(_("The column “%(en)s” is missing. Put it back, in any place."), {"en": column.en, "zh": column.zh}),
            Text("%(zh)s / %(en)s", {"zh": column.zh, "en": column.en}),
            sheet=table.name,
            cell=cell_name(0, max(head, 0) + 1),
        )
        for column in columns
        if column.required and column.field not in places
    ]


def _used_rows(table: Table, head: int, places: dict[str, int]) -> Iterator[tuple[int, dict[str, object]]]:
    """Row number (from 1) and raw values by field, of each row that says something."""
    for number, row in enumerate(table.rows[head + 1 :], start=head + 2):
        values = {field: _at(row, column) for field, column in places.items()}
        if any(text_of(values.get(field)) for field in values if field != "number"):
            yield number, values


def _at(row: Row, column: int) -> object:
    return row[column] if column < len(row) else None


def _read_sheet(table: Table, plan: SheetPlan, lists) -> Intake:
    head, places = _find_head(table, plan.fields)
    missing = _missing(table, plan.fields, places, head) if any(any(row) for row in table.rows) else []
    if missing:
        return Intake([], missing)
    entries = []
    for number, values in _used_rows(table, head, places):
        if plan.kind == Kind.EXECUTED and not any(text_of(values.get(field)) for field in _UNUSED_WITHOUT):
            continue
        where = {field: cell_name(column, number) for field, column in places.items()}
        entries.append(read_entry(plan.kind, values, lists=lists, where=where, sheet=table.name, row=number))
    return Intake(entries, [])


def _read_csv(table: Table, lists) -> Intake:
    columns = csv_columns()
    head, places = _find_head(table, columns)
    required = (CSV_KIND, *(column for column in columns if column.field == "number"), CSV_DAY, CSV_AMOUNT)
    if missing := _missing(table, required, places, head):
        return Intake([], missing)
    entries: list[Entry] = []
    findings: list[Finding] = []
    for number, values in _used_rows(table, head, places):
        where = {field: cell_name(column, number) for field, column in places.items()}
        word = read_kind(values["kind"])
        if word is None:
            message = Text(_("The first column says what the row is. Write one of the four words."))
            expected = in_both("新签 / 存量 / 变更 / 执行", "signed / standing / changed / executed")
            findings.append(_about("S4", message, expected, cell=where["kind"], found=text_of(values["kind"])))
        else:
            entries.append(read_entry(Kind(word), values, lists=lists, where=where, row=number))
    return Intake(entries, findings)
