"""Rows of policies and directories, saved with an entry in the journal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.db.models.fields.files import FieldFile

from portal.journal.actions import record

LONGEST = 300


@transaction.atomic
def saved(*, row: models.Model, save: Callable[[], models.Model], by: UUID, at: datetime) -> models.Model:
    """Save a row as the form or the file has it, and write down what has changed in it; nothing where nothing has."""
    stored = type(row)._default_manager.filter(pk=row.pk).first() if row.pk else None
    before = values_of(stored) if stored else {}
    made = save()
    after = values_of(made)
    changed = {name: value for name, value in after.items() if value != (before.get(name, "") if stored else "")}
    if changed or stored is None:
        kind = made._meta.model_name
        verb = "row.changed" if stored else "row.added"
        was = {name: before[name] for name in changed} if stored else {}
        record(actor=by, verb=verb, kind=kind, key=made.pk, at=at, before=was, after=changed)
    return made


@transaction.atomic
def imported(*, model: type[models.Model], file_name: str, counts: Mapping[str, int], by: UUID, at: datetime) -> None:
    """A file of rows came in; its rows are in the admin's own log."""
    kind = model._meta.model_name
    record(actor=by, verb="row.imported", kind=kind, key="", at=at, after={"file": file_name, **counts})


def values_of(row: models.Model) -> dict[str, object]:
    """What a person can change of it, as the journal keeps it: long texts by their beginning and length."""
    return {
        field.name: _plain(field.value_from_object(row))
        for field in row._meta.concrete_fields
        if field.editable and not field.auto_created
    }


def _plain(value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return "" if value is None else value
    text = value.name or "" if isinstance(value, FieldFile) else str(value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text)})"
