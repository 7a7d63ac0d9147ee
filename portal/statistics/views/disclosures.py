"""What a release withholds and what an outsider can tell of it, for those who may see everything."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from portal.lib import clock
from portal.members.access import divisions_in_scope, requires_staff, staff_permissions
from portal.members.roles import Permission
from portal.statistics.looking import look_at_withheld
from portal.statistics.models import Release
from portal.statistics.withheld import withheld_page


@require_GET
@requires_staff(Permission.FIGURE_VIEW_CONFIDENTIAL)
def release_disclosure(request: HttpRequest, name: str) -> HttpResponse:
    """Each withheld figure with the interval that everything published leaves open. No cache keeps it."""
    release = get_object_or_404(Release.objects.select_related("publication", "period"), name=name)
    unseen = not release.is_public(clock.now())
    if unseen and Permission.RELEASE_VIEW_UNPUBLISHED not in staff_permissions(request.user):
        raise PermissionDenied
    if divisions_in_scope(request.user, Permission.FIGURE_VIEW_CONFIDENTIAL) is not None:
        # It tells of every place at once.
        raise PermissionDenied
    look_at_withheld(release=release, by=request.user, at=clock.now())
    context = {"release": release, "withheld": withheld_page(release, request.GET.get("page"))}
    return render(request, "releases/release_disclosure.html", context)
