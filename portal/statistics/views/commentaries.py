"""A statistician signs what the arithmetic cannot say."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.statistics.commentaries import commentaries_of
from portal.statistics.commenting import Unquotable, sign_commentary, why_not_comment
from portal.statistics.forms_commentary import CommentaryForm
from portal.statistics.models import Release
from portal.statistics.places import Place, place_named
from portal.statistics.queries import info


@require_http_methods(["GET", "POST"])
@requires_staff(Permission.COMMENTARY_SIGN)
def release_commentary(request: HttpRequest, name: str, place: str) -> HttpResponse:
    """Write and sign; what was signed before stands below."""
    release, found = get_object_or_404(Release.objects.select_related("publication"), name=name), _place_or_404(place)
    form = CommentaryForm(request.POST or None, initial={"signed_as": request.user.name})
    if request.method == "POST" and form.is_valid() and _signed(request, release, found, form):
        messages.success(request, _("Signed. It stands beside the bridge of %(place)s.") % {"place": found.name})
        return redirect("releases:release-commentary", release.name, found.code)
    context = {
        "release": info(release),
        "is_public": release.is_public(clock.now()),
        "place": found,
        "form": form,
        "earlier": commentaries_of(info(release), found.code),
        "why_not": why_not_comment(release, found.code),
    }
    return render(request, "releases/release_commentary.html", context)


def _signed(request: HttpRequest, release: Release, place: Place, form: CommentaryForm) -> bool:
    try:
        sign_commentary(release=release, place=place.code, by=request.user, at=clock.now(), **form.cleaned_data)
    except Unquotable as refusal:
        for problem in refusal.problems:
            form.add_error(None, problem)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return not form.errors


def _place_or_404(code: str) -> Place:
    place = place_named(code)
    if place is None:
        raise Http404
    return place
