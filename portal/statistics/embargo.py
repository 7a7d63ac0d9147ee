"""An embargo that is undone before its minute."""

from datetime import datetime

from django.db import transaction

from portal.filings.models.period import Period
from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.statistics.models import Publication, Release
from portal.statistics.policies_calendar import why_not_take_back


@transaction.atomic
def take_back_publication(*, release: Release, by: User, at: datetime) -> Release:
    """Make a build of a release again that nobody outside has seen: it may be built anew, or published later."""
    Period.objects.select_for_update().get(pk=release.period_id)
    release = Release.objects.select_related("publication").get(pk=release.pk)
    if reason := why_not_take_back(release, at):
        raise Refused(reason)
    public_at = release.publication.published_at
    Publication.objects.filter(release=release).take_back(at)
    record(
        actor=by.key, verb="release.taken_back", kind="release", key=release.name, at=at,
        before={"public_at": public_at.isoformat()}, after={"digest": release.digest},
    )  # fmt: skip
    return Release.objects.get(pk=release.pk)
