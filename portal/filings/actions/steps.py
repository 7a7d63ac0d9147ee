"""The two steps that every act on a version shares: hold it, and move it on."""

from datetime import datetime

from portal.filings.lifecycle import JOURNALLED, TRANSITIONS
from portal.filings.models.filing import Version
from portal.journal.actions import record
from portal.members.models import User


def locked(version: Version) -> Version:
    """The version as it stands, held until the transaction ends: the second of two clicks waits here."""
    rows = Version.objects.select_for_update(of=("self",)).select_related("filing__period", "firm")
    held = rows.get(pk=version.pk)
    # A version is of its filing's firm: read once.
    held.filing.firm = held.firm
    return held


def move(version: Version, verb: str, *, by: User, at: datetime, after: dict | None = None, **said: object) -> None:
    """Set the status that the verb leads to and what else the verb says of the version, and write the journal."""
    before, status = version.status, TRANSITIONS[verb][1]
    said["status"] = status
    for name, value in said.items():
        setattr(version, name, value)
    version.save(update_fields=said)
    record(
        actor=by.key,
        verb=JOURNALLED[verb],
        kind="filing",
        key=version.filing_id,
        at=at,
        firm_code=version.firm.credit_code,
        before={"status": before},
        after={"status": status, "version": version.number} | (after or {}),
    )
