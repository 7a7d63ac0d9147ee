"""Rows that a cell turns into something else: another contract, another kind, or nothing at all. They take the way of
the one-row form, which compares the whole draft."""

from datetime import datetime

from django.db import transaction

from portal.filings.actions import NotSaved
from portal.filings.actions.entries import THIS_ROW, put_entry, remove_entry
from portal.filings.differences import Stored
from portal.filings.models.filing import Version
from portal.filings.queries import stored_entries
from portal.filings.sheet import Entry, Finding
from portal.members.models import User
from portal.reference.queries import CodeLists


def is_unusual(entry: Entry, old: Stored | None) -> bool:
    return old is not None and (entry.kind, entry.number) != (old.entry.kind, old.entry.number)


def put_instead(
    version: Version, place: str, entry: Entry, lists: CodeLists, *, by: User, at: datetime
) -> tuple[Stored | None, list[Finding]]:
    """Put a row in the place of one that says something else. Answers where it stands now, or the errors."""
    try:
        with transaction.atomic():
            put_entry(version=version, entry=entry, place=place, lists=lists, by=by, at=at)
    except NotSaved as refusal:
        return None, _first_its_own(refusal)
    like = [item for item in stored_entries(version) if item.entry.identity == entry.identity]
    return next(item for item in reversed(like) if item.entry.amount_cents == entry.amount_cents), []


def take_out(version: Version, place: str, lists: CodeLists, *, by: User, at: datetime) -> list[Finding]:
    """Remove a row of the contract table. Answers the errors when others need it."""
    try:
        with transaction.atomic():
            remove_entry(version=version, place=place, lists=lists, by=by, at=at)
    except NotSaved as refusal:
        return refusal.because
    return []


def _first_its_own(refusal: NotSaved) -> list[Finding]:
    errors = [item for item in refusal.findings if item.row == THIS_ROW] or refusal.because
    return [item for item in errors if item.blocks]
