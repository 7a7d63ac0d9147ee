"""What an extension does for a firm, in words: a record that changes nothing says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from portal.filings.desk.history import who
from portal.filings.models.period import Extension
from portal.members.models import User


@dataclass(frozen=True)
class ToldExtension:
    extension: Extension
    is_running: bool
    can_be_ended: bool
    effects: list[str]
    granted_by: str
    ended_by: str


def told_extension(extension: Extension, today: date, people: Mapping[UUID, User]) -> ToldExtension:
    return ToldExtension(
        extension=extension,
        is_running=extension.until_on >= today,
        can_be_ended=extension.until_on > today,
        effects=_effects(extension),
        granted_by=who(extension.granted_by, people),
        ended_by=who(extension.ended_by, people) if extension.ended_at else "",
    )


def _effects(extension: Extension) -> list[str]:
    """What the firm can do thanks to it, against the period's own days and windows."""
    period, until = extension.period, extension.until_on
    told = []
    if until > period.due_on:
        told.append(_("due on %(day)s instead of %(own)s") % _days(until, period.due_on))
    if until > period.locks_on:
        told.append(_("can begin until %(day)s, though the period locked on %(own)s") % _days(until, period.locks_on))
    if extension.accepts_from_on and _is_older(extension):
        told.append(_("may use dates from %(day)s on") % {"day": extension.accepts_from_on.isoformat()})
    return told or [_("nothing that the period does not allow anyway")]


def _is_older(extension: Extension) -> bool:
    """Whether any window of the period that applies until its end begins later."""
    windows = [row for row in extension.period.windows.all() if row.filed_until_on is None or _applies(row, extension)]
    return any(row.accepts_from_on > extension.accepts_from_on for row in windows)


def _applies(row: object, extension: Extension) -> bool:
    return row.filed_until_on >= extension.granted_at.date()


def _days(until: date, own: date) -> dict[str, str]:
    return {"day": until.isoformat(), "own": own.isoformat()}
