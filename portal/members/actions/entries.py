"""How acts on firms and people stand in the journal: by credit code and by key, never by name or address."""

from datetime import date, datetime

from portal.journal.actions import record
from portal.members.models import Firm, User


def journal_firm(
    verb: str, firm: Firm, by: User | None, at: datetime, after: dict | None = None, before: dict | None = None
) -> None:
    record(
        actor=by.key if by else None, verb=verb, kind="firm", key=firm.credit_code, at=at,
        firm_code=firm.credit_code, before=before, after=after,
    )  # fmt: skip


def journal_person(verb: str, user: User, by: User | None, at: datetime, after: dict | None = None) -> None:
    record(actor=by.key if by else None, verb=verb, kind="person", key=user.key, at=at, after=after)


def plain(value: object) -> object:
    """A value as the journal keeps it."""
    return value.isoformat() if isinstance(value, date) else value
