"""From one row of raw cells to an Entry: the same for workbook, CSV, web form and demo."""

from collections.abc import Callable, Mapping

from portal.filings.columns import CSV_AMOUNT, CSV_DAY, CSV_KIND, PLAN_OF, Column, Form
from portal.filings.intake import cells
from portal.filings.sheet import Entry, Kind, NewMode, Supply
from portal.lib.money import to_cents

# Bigger amounts do not fit the ledger, and no contract has them.
LARGEST_UNITS = 10**13


def readers(lists) -> dict[Form, Callable]:
    return {
        Form.TEXT: cells.text_of,
        Form.AMOUNT: cells.read_amount,
        Form.DAY: cells.read_day,
        Form.MARKET: lambda value: cells.read_code(value, lists.markets),
        Form.CATEGORY: lambda value: cells.read_code(value, lists.categories),
        Form.CURRENCY: lambda value: cells.read_code(value, lists.currencies),
        Form.YES_NO: cells.read_yes_no,
        Form.SHARE: cells.read_share,
        Form.SUPPLY: cells.read_supply,
        Form.NEW_MODE: cells.read_new_mode,
        Form.KIND: cells.read_kind,
    }


def read_entry(
    kind: Kind,
    values: Mapping[str, object],
    *,
    lists,
    where: Mapping[str, str] | None = None,
    sheet: str = "",
    row: int = 0,
) -> Entry:
    """One entry from raw cell values by field name.

    `kind` is what the sheet says; a contract row may itself say it is a standing one. A cell that
    cannot be read leaves its field empty: the rules find it by its raw text.
    """
    kind = Kind(cells.read_kind(values.get("kind")) or kind) if kind in (Kind.SIGNED, Kind.STANDING) else kind
    read = readers(lists)
    fields: dict[str, object] = {}
    for column in PLAN_OF[kind].fields:
        if column.field != "kind":
            fields[column.field] = read[column.form](values.get(column.field))
    return Entry(
        kind=kind,
        sheet=sheet,
        row=row,
        where=dict(where or {}),
        raw={name: cells.text_of(value) for name, value in values.items()},
        **_fit(fields),
    )


def _fit(fields: dict[str, object]) -> dict[str, object]:
    """Fields in the types that Entry keeps: cents, enums, and plain booleans."""
    amount = fields.get("amount")
    if amount is not None and abs(amount) < LARGEST_UNITS and amount == round(amount, 2):
        fields["amount_cents"] = to_cents(amount)
    for name in ("is_abroad", "contracts_back"):
        if name in fields:
            fields[name] = bool(fields[name])
    if fields.get("supply"):
        fields["supply"] = Supply(fields["supply"])
    if fields.get("new_mode"):
        fields["new_mode"] = NewMode(fields["new_mode"])
    return fields


def column_of(entry: Entry, field: str) -> Column:
    """The column that a field of an entry stands in, for naming it."""
    if field == "kind":
        return CSV_KIND
    columns = {column.field: column for column in PLAN_OF[entry.kind].fields}
    return columns.get(field) or {"on": CSV_DAY, "amount": CSV_AMOUNT}[field]
