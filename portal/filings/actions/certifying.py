"""Where two people sign: one files, the draft is locked, another certifies (that is submit) or sends it back."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.filings.actions import NotSaved
from portal.filings.actions.notices import notify, path_of
from portal.filings.actions.steps import locked
from portal.filings.actions.submission import blocking
from portal.filings.lifecycle import JOURNALLED
from portal.filings.models.filing import Version
from portal.filings.signing import why_not_file, why_not_send_back, why_not_take_back
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.lib.words import gettext_noop
from portal.members.models import User
from portal.reference.queries import CodeLists

LONGEST_NOTE = 500


@transaction.atomic
def file_for_certification(*, version: Version, lists: CodeLists, by: User, at: datetime) -> Version:
    """Sign as the first of two. Nothing can be changed from here on, until it is taken or sent back."""
    version = locked(version)
    if reason := why_not_file(version, by, timezone.localdate(at)):
        raise Refused(reason)
    if findings := blocking(version, lists, at):
        raise NotSaved(_("The filing was not handed on: there are points to mend first."), findings)
    version.filed_at, version.filed_by = at, by.key
    _written("file", version, by=by, at=at)
    _tell(version, gettext_noop("The filing for %(period)s waits for its certifier."), at)
    return version


@transaction.atomic
def take_back(*, version: Version, by: User, at: datetime) -> Version:
    """Open the draft again before anybody has certified it."""
    version = locked(version)
    if reason := why_not_take_back(version):
        raise Refused(reason)
    version.filed_at = version.filed_by = None
    _written("take_back", version, by=by, at=at)
    return version


@transaction.atomic
def send_back(*, version: Version, note: str, by: User, at: datetime) -> Version:
    """The certifier does not sign: the draft opens again, with a note on what is to be mended."""
    version = locked(version)
    if reason := why_not_send_back(version, by):
        raise Refused(reason)
    note = note.strip()
    if not note:
        raise Refused(_("Write what is to be mended, so that the colleague knows."))
    if len(note) > LONGEST_NOTE:
        raise Refused(_("A note has at most %(number)d characters.") % {"number": LONGEST_NOTE})
    version.filed_at = version.filed_by = None
    _written("send_back", version, by=by, at=at, note=note)
    _tell(version, gettext_noop("The certifier sent the filing for %(period)s back: see what is to be mended."), at)
    return version


def _written(verb: str, version: Version, *, by: User, at: datetime, **after: str) -> None:
    version.save(update_fields=["filed_at", "filed_by"])
    record(
        actor=by.key, verb=JOURNALLED[verb], kind="filing", key=version.filing_id, at=at,
        firm_code=version.firm.credit_code, after={"version": version.number} | after,
    )  # fmt: skip


def _tell(version: Version, message: str, at: datetime) -> None:
    period = version.filing.period_id
    address = path_of("filings:filing-check", period)
    notify(firm=version.firm, message=message, values={"period": period}, address=address, at=at)
