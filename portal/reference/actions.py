"""Writes to the code lists."""

import csv
import hashlib
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db import models, transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.reference.lists import LISTS, list_of
from portal.reference.models import Edition


def canonical(list_name: str) -> str:
    """The list as CSV: a head, then its rows in the order of their columns."""
    model, columns = LISTS[list_name]
    rows = sorted(
        tuple("" if value is None else str(value) for value in row) for row in model.objects.values_list(*columns)
    )
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


@transaction.atomic
def publish_edition(*, list_name: str, by: UUID | None, at: datetime) -> Edition:
    """The list as it stands, as an edition; the newest one when nothing has changed since.

    Raises Refused when `at` lies before the newest edition: what was known then is already told.
    """
    content = canonical(list_name)
    digest = hashlib.sha256(content.encode()).hexdigest()
    latest = Edition.objects.filter(list_name=list_name).order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    if latest is not None and at < latest.made_at:
        raise Refused(_("A newer edition of this list exists already; an older one cannot be added."))
    number = latest.number + 1 if latest else 1
    return Edition.objects.create(
        list_name=list_name, number=number, content=content, digest=digest, made_at=at, made_by=by
    )


@transaction.atomic
def save_row(*, row: models.Model, before: Mapping, after: Mapping, by: UUID | None, at: datetime) -> models.Model:
    """Save a row as edited by the association, publish the edition, and journal what changed."""
    row.is_edited_here = True
    row.save()
    edition = publish_edition(list_name=list_of(type(row)), by=by, at=at)
    verb = "code_list.row_changed" if before else "code_list.row_added"
    record(
        actor=by,
        verb=verb,
        kind="code_list",
        key=_named(row),
        at=at,
        before=before,
        after={**after, "edition": edition.number},
    )
    return row


def _named(row: models.Model) -> str:
    """A row as the journal names it: `markets DEU`, `market_groups rcep · VNM`, `rates EUR 2020-03`."""
    return f"{list_of(type(row))} {row.pk if isinstance(row.pk, str) else row}"


def publish_import(
    *, model: type[models.Model], file_name: str, counts: Mapping[str, int], by: UUID | None, at: datetime
) -> Edition:
    """After an import: publish the edition that follows, and journal the file and what it did."""
    list_name = list_of(model)
    edition = publish_edition(list_name=list_name, by=by, at=at)
    after = {"file": file_name, "table": model._meta.model_name, **counts, "edition": edition.number}
    record(actor=by, verb="code_list.imported", kind="code_list", key=list_name, at=at, after=after)
    return edition


@transaction.atomic
def follow_file(*, rows: Iterable[models.Model], by: UUID | None, at: datetime) -> int:
    """Give rows edited here back to their file: the next loading sets them as the file has them."""
    edited = [row for row in rows if row.is_edited_here]
    for row in edited:
        row.is_edited_here = False
        row.save(update_fields=["is_edited_here"])
        record(actor=by, verb="code_list.row_given_back", kind="code_list", key=_named(row), at=at)
    return len(edited)


def journal_load(*, table: str, outcome: Mapping[str, object], by: UUID | None, at: datetime) -> None:
    """One entry for a file that changed its table."""
    record(actor=by, verb="code_list.loaded", kind="code_list", key=table, at=at, after=outcome)
