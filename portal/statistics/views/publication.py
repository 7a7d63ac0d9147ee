"""Publication at the desk: now or under embargo, and the way back before its minute."""

from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.statistics.calendar_words import when_in_words
from portal.statistics.calendars import dates_to_come
from portal.statistics.desk.life import life_of
from portal.statistics.embargo import take_back_publication
from portal.statistics.forms_calendar import PublicationForm
from portal.statistics.models import Release
from portal.statistics.policies_calendar import returned_by, why_not_take_back
from portal.statistics.views.previews import link_to_show, preview_form


def life_context(request: HttpRequest, row: Release, form: PublicationForm | None = None) -> dict[str, object]:
    """What the page of a release says of its publication, its early viewers and its coverage."""
    now = clock.now()
    is_ahead = row.is_published and not row.is_public(now)
    return {
        "life": life_of(row, now),
        "is_ahead": is_ahead,
        "now": now,
        "why_not_take_back": why_not_take_back(row, now) if is_ahead else None,
        "publication_form": form or PublicationForm(initial={"public_at": _announced(row, now)}),
        "preview_form": preview_form(request, row.name),
        "preview_link": link_to_show(request, row.name),
        "returned_by": [] if row.is_public(now) else returned_by(row),
    }


def _announced(row: Release, at: datetime) -> datetime | None:
    """The moment that the calendar names for these figures, where it lies ahead."""
    ahead = [date for date in dates_to_come(at, [row.period_id]) if date.release_at > at]
    found = next((date for date in ahead if date.standing == row.standing), None)
    return timezone.localtime(found.release_at) if found else None


def said_of(release: Release, at: datetime) -> str:
    """What the publisher is told."""
    if release.is_public(at):
        return _("%(release)s is public now, and stays as it is.") % {"release": release.name}
    when = when_in_words(release.publication.published_at)
    return _("%(release)s becomes public by itself: %(when)s.") % {"release": release.name, "when": when}


@require_POST
@requires_staff(Permission.RELEASE_PUBLISH)
def release_take_back(request: HttpRequest, name: str) -> HttpResponse:
    """Undo a publication that is still under embargo."""
    release = get_object_or_404(Release.objects.select_related("publication"), name=name)
    try:
        take_back_publication(release=release, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(release)s is a build again; nobody outside has seen it.") % {"release": name})
    return redirect("releases:release-check", name)
