"""Writes to the code lists."""

import csv
import hashlib
import io
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.reference.lists import LISTS
from portal.reference.models import Edition


def canonical(list_name: str) -> str:
    """The list as CSV: a head, then its rows in the order of their columns."""
    model, columns = LISTS[list_name]
    rows = sorted(tuple("" if value is None else str(value) for value in row) for row in model.objects.values_list(*columns))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


@transaction.atomic
def publish_edition(*, list_name: str, by: UUID | None, at: datetime) -> Edition:
    """The list as it stands, as an edition; the newest one when nothing has changed since."""
    content = canonical(list_name)
    digest = hashlib.sha256(content.encode()).hexdigest()
    latest = Edition.objects.filter(list_name=list_name).order_by("-number").first()
    if latest is not None and latest.digest == digest:
        return latest
    number = latest.number + 1 if latest else 1
    return Edition.objects.create(
        list_name=list_name, number=number, content=content, digest=digest, made_at=at, made_by=by
    )
