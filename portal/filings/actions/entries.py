"""One row at a time: the web form puts an entry into the draft, or takes one out."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.actions.drafts import save_draft
from portal.filings.actions.steps import locked
from portal.filings.differences import Differences, Stored, numbered
from portal.filings.models.filing import Version
from portal.filings.queries import stored_entries
from portal.filings.sheet import Entry
from portal.lib.acts import Refused
from portal.members.models import User
from portal.reference.queries import CodeLists

# The row number of the entry at hand in the findings of a refusal; the other rows count from 1.
THIS_ROW = 0


@transaction.atomic
def put_entry(
    *, version: Version, entry: Entry, place: str | None, lists: CodeLists, by: User, at: datetime, seen: str = ""
) -> Differences:
    """Save the draft with this entry added, or put in the place of one (`line-12`, `contract-5`).

    `seen` is the fingerprint of what the person saw in that place: when it says something else by now, nothing
    is saved. Raises NotSaved; its findings about this entry have the row THIS_ROW.
    """
    version = locked(version)
    stored = stored_entries(version)
    entry = replace(entry, row=THIS_ROW)
    entries = [item.entry for item in numbered(stored)]
    if place is None:
        entries.append(entry)
    else:
        index = _index(stored, place)
        if seen and seen != stored[index].fingerprint:
            raise Refused(_("Somebody else has changed this row meanwhile. Look at it again before you change it."))
        entries[index] = entry
        # What was typed into this row of the grid and could not be taken is mended by this.
        version.typed_rows.filter(place=place).delete()
    return save_draft(version=version, entries=entries, lists=lists, by=by, at=at)


@transaction.atomic
def remove_entry(*, version: Version, place: str, lists: CodeLists, by: User, at: datetime) -> Differences:
    """Save the draft without one entry. Raises NotSaved when other rows still need it."""
    version = locked(version)
    stored = stored_entries(version)
    index = _index(stored, place)
    entries = [item.entry for item in numbered(stored)]
    del entries[index]
    version.typed_rows.filter(place=place).delete()
    return save_draft(version=version, entries=entries, lists=lists, by=by, at=at)


def _index(stored: Sequence[Stored], place: str) -> int:
    index = next((index for index, item in enumerate(stored) if item.place == place), None)
    if index is None:
        raise Refused(_("This row is no longer in the draft."))
    return index
