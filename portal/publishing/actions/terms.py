"""Points of comparison, saved with their term."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from portal.journal.actions import record
from portal.publishing.models import ComparedPoint, KnowledgeTerm


@transaction.atomic
def compared(*, term: KnowledgeTerm, save: Callable[[], KnowledgeTerm], by: UUID, at: datetime) -> KnowledgeTerm:
    """Save a term and its points; what became of the points is written down beside what became of the term."""
    before = _points(term)
    made = save()
    after = _points(made)
    if after != before:
        record(
            actor=by, verb="term.compared", kind="knowledgeterm", key=made.pk, at=at, before={"points": before},
            after={"points": after},
        )  # fmt: skip
    return made


def _points(term: KnowledgeTerm) -> list[str]:
    rows = ComparedPoint.objects.filter(term=term.pk).order_by("beside", "order", "pk").select_related("beside")
    return [f"{row.beside.slug}: {row.aspect_zh}: {row.this_zh} / {row.other_zh}" for row in rows]
