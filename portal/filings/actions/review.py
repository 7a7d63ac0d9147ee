"""The association's side: approve and return. Neither touches a figure."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.filings.actions.steps import locked, move
from portal.filings.lifecycle import RETURN_REASONS, Status
from portal.filings.models.filing import Version
from portal.filings.policies import why_not_decide
from portal.lib.acts import Refused
from portal.members.models import User


@transaction.atomic
def approve(*, version: Version, by: User, at: datetime) -> Version:
    """Freeze the version. The one that it corrects is superseded now, and not a moment before."""
    version = _held_for_decision(version)
    earlier = Version.objects.filter(filing=version.filing, status=Status.APPROVED).select_related("firm").first()
    if earlier is not None:
        earlier.superseded_at = at
        move(earlier, "supersede", by=by, at=at, after={"by_version": version.number})
    version.approved_at, version.approved_by = at, by.key
    move(version, "approve", by=by, at=at)
    return version


@transaction.atomic
def return_to_firm(*, version: Version, reason: str, letter: str, by: User, at: datetime) -> Version:
    """Send the version back with a reason code and a letter. It stays as it is; the rework is the next one."""
    version = _held_for_decision(version)
    if reason not in RETURN_REASONS:
        raise Refused(_("Choose a reason from the list."))
    if not letter.strip():
        raise Refused(_("Write to the firm what is to be mended."))
    version.returned_at, version.return_reason, version.return_letter = at, reason, letter.strip()
    move(version, "return", by=by, at=at, after={"reason": reason, "letter": letter.strip()})
    return version


def _held_for_decision(version: Version) -> Version:
    """The version under lock. Refused when the firm handed it in anew after the decider had looked at it."""
    seen_at, version = version.submitted_at, locked(version)
    if reason := why_not_decide(version, seen_at):
        raise Refused(reason)
    return version
