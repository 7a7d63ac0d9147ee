"""Rows by the thousand: plain values into a table, without an object of each.

Django's `bulk_create` makes, copies and converts an object field by field, which takes ten times as long as the
database itself. Constraints are the database's and hold here too; signals, defaults and `save()` are passed over.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models

Values = Sequence[object]
BATCH = 2_000
# What every database takes as it is.
_AS_IS = {
    "AutoField", "BigAutoField", "BigIntegerField", "CharField", "IntegerField", "PositiveIntegerField", "TextField",
}  # fmt: skip


def insert(model: type[models.Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Add rows of plain values, in the order of `names` (as in the table: `firm_id`). No key is answered."""
    columns = ", ".join(_column(model, name) for name in names)
    marks = ", ".join(["%s"] * len(names))
    _execute(f"INSERT INTO {_table(model)} ({columns}) VALUES ({marks})", model, names, rows)


def update(model: type[models.Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    """Change rows: each gives the values of `names`, and the primary key last."""
    changes = ", ".join(f"{_column(model, name)} = %s" for name in names)
    key = model._meta.pk.attname
    _execute(f"UPDATE {_table(model)} SET {changes} WHERE {_column(model, key)} = %s", model, [*names, key], rows)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _column(model: type[models.Model], name: str) -> str:
    return connection.ops.quote_name(_field(model, name).column)


def _field(model: type[models.Model], name: str) -> models.Field:
    return next(field for field in model._meta.concrete_fields if field.attname == name)


def _execute(statement: str, model: type[models.Model], names: Sequence[str], rows: Iterable[Values]) -> None:
    fields = [_field(model, name) for name in names]
    with connection.cursor() as cursor:
        for batch in _batches(rows):
            columns = [_as_kept(field, column) for field, column in zip(fields, zip(*batch, strict=True), strict=True)]
            cursor.executemany(statement, list(zip(*columns, strict=True)))


def _batches(rows: Iterable[Values]) -> Iterator[list[Values]]:
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        yield batch


def _as_kept(field: models.Field, values: Values) -> Values:
    """A column's values as the database keeps them; each different one is converted once."""
    kind = (field.target_field if field.is_relation else field).get_internal_type()
    if kind in _AS_IS:
        return values
    if kind == "UUIDField" and not connection.features.has_native_uuid_field:
        return [value.hex for value in values]
    kept: Callable[[object], object] = {value: field.get_db_prep_save(value, connection) for value in set(values)}.get
    return [kept(value) for value in values]
