"""The lists as public files: the same columns as the files that they are loaded from."""

from portal.lib.workbooks import csv_bytes
from portal.reference.files import TABLES

TABLES_BY_NAME = {table.name: table for table in TABLES}


def table_csv(name: str) -> bytes:
    """A table as CSV; raises KeyError for a name that is none of `files.TABLES`."""
    table = TABLES_BY_NAME[name]
    rows = table.model.objects.order_by(*table.key).values_list(*table.columns)
    return csv_bytes(table.columns, ([_cell(value) for value in row] for row in rows.iterator()))


def _cell(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
