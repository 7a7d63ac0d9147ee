"""Reads of the journal."""

from portal.journal.models import Entry


def history(kind: str, key: object):
    """Entries about one thing, newest first."""
    return Entry.objects.filter(target_kind=kind, target_key=str(key))


def history_of_all(kind: str, keys: list[object]):
    return Entry.objects.filter(target_kind=kind, target_key__in=[str(key) for key in keys])
