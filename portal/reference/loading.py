"""Brings the lists in line with their reviewed files."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from portal.reference.actions import journal_load, publish_edition
from portal.reference.files import DATA, TABLES, Key, Table, table_rows
from portal.reference.lists import LISTS
from portal.reference.models import Edition


@dataclass
class Loaded:
    """What loading did to one table. `kept` names the rows edited here that the file differs from."""

    table: str
    rows: int
    added: int = 0
    changed: int = 0
    closed: int = 0
    kept: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        return bool(self.added or self.changed or self.closed)


@dataclass(frozen=True)
class Loading:
    """What loading did: table by table, and the editions (list → number) that it made."""

    tables: list[Loaded]
    new_editions: dict[str, int]


@transaction.atomic
def load_lists(*, at: datetime, by: UUID | None = None, folder: Path = DATA) -> Loading:
    """Bring every list in line with its file and publish the editions that follow; all or nothing.

    A row that the file no longer has is closed on the day before, never deleted. A row that somebody
    edited in the admin stays as it is, whatever the file says: the association's word counts more
    than a shipped file. Raises Refused on a file that cannot be read.
    """
    tables = [_load(table, folder, timezone.localdate(at)) for table in TABLES]
    for loaded in tables:
        if loaded.is_change:
            journal_load(table=loaded.table, outcome=asdict(loaded), by=by, at=at)
    return Loading(tables, _publish_all(by=by, at=at))


def _publish_all(*, by: UUID | None, at: datetime) -> dict[str, int]:
    """Publish each list; the editions that are new."""
    known = set(Edition.objects.values_list("list_name", "number"))
    editions = [publish_edition(list_name=name, by=by, at=at) for name in LISTS]
    return {row.list_name: row.number for row in editions if (row.list_name, row.number) not in known}


def _load(table: Table, folder: Path, on: date) -> Loaded:
    wanted = table_rows(table, folder)
    loaded = Loaded(table.name, rows=len(wanted))
    names = table.attributes(table.key)
    present = {tuple(getattr(row, name) for name in names): row for row in table.model.objects.all()}
    pairs = _pairs(table, wanted, present)
    changed = _changed(pairs, loaded)
    added = [table.model(**values) for values, row in pairs if row is None]
    matched = {row.pk for _values, row in pairs if row is not None}
    closed = _close((row for row in present.values() if row.pk not in matched), on)
    loaded.added, loaded.changed, loaded.closed = len(added), len(changed), len(closed)
    _save(table.model, added, changed, closed)
    return loaded


def _pairs(table: Table, wanted: dict[Key, dict], present: dict[Key, models.Model]) -> list[tuple[dict, object]]:
    """Each row of the file with its row in the database, or None when it is new.

    A spell of time that overlaps a row which the file no longer has is that row with its dates mended.
    """
    unclaimed = [row for key, row in present.items() if key not in wanted] if table.spell_of else []
    pairs = []
    for key, values in wanted.items():
        row = present.get(key)
        if row is None:
            spell = table.model(**values)
            row = next((other for other in unclaimed if _is_mended(table, other, spell)), None)
        if row in unclaimed:
            unclaimed.remove(row)
        pairs.append((values, row))
    return pairs


def _is_mended(table: Table, row: models.Model, spell: models.Model) -> bool:
    names = table.attributes(table.spell_of)
    return all(getattr(row, name) == getattr(spell, name) for name in names) and row.overlaps(spell)


def _changed(pairs: Iterable[tuple[dict, models.Model | None]], loaded: Loaded) -> list[models.Model]:
    """The rows that take other values from the file, already set; those edited here are only named."""
    changed = []
    for values, row in pairs:
        if row is None or all(getattr(row, name) == value for name, value in values.items()):
            continue
        if row.is_edited_here:
            loaded.kept.append(str(row))
            continue
        for name, value in values.items():
            setattr(row, name, value)
        changed.append(row)
    return changed


def _close(rows: Iterable[models.Model], on: date) -> list[models.Model]:
    """Rows from earlier files that this one lacks: their last day is the day before, or, for those that
    have not begun, the day before their first."""
    closed = []
    for row in rows:
        if row.is_edited_here or not hasattr(row, "until_on") or row.last_day < on:
            continue
        row.until_on = max(on, row.first_day) - timedelta(days=1)
        closed.append(row)
    return closed


def _save(model: type[models.Model], added: list, changed: list, closed: list) -> None:
    model.objects.bulk_create(added)
    if changed:
        columns = [column.name for column in model._meta.concrete_fields if not column.primary_key]
        model.objects.bulk_update(changed, columns, batch_size=100)
    if closed:
        model.objects.bulk_update(closed, ["until_on"], batch_size=100)
