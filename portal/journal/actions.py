from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from portal.journal.models import Entry


def record(
    *,
    actor: UUID | None,
    verb: str,
    kind: str,
    key: object,
    at: datetime,
    firm_code: str = "",
    before: Mapping | None = None,
    after: Mapping | None = None,
) -> Entry:
    """Write one entry, in the transaction of the act itself.

    `verb` reads `filing.submitted`; `kind` and `key` name the thing; `before` and `after` hold
    only what the act changed.
    """
    return Entry.objects.create(
        at=at,
        actor=actor,
        verb=verb,
        target_kind=kind,
        target_key=str(key),
        firm_code=firm_code,
        before=dict(before or {}),
        after=dict(after or {}),
    )
