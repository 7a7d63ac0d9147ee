"""Behind the figures, for those who may see everything: a place with nothing withheld, and the lines of one figure."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.lib import clock
from portal.members.access import divisions_in_scope, requires_staff, staff_permissions
from portal.members.models import User
from portal.members.roles import Permission
from portal.statistics.actions import count_again
from portal.statistics.dimensions import THEN, Cut, Measure, Span
from portal.statistics.figure_keys import FigureKey
from portal.statistics.internal import internal_page
from portal.statistics.levels import ReleaseInfo
from portal.statistics.looking import look_at_place, look_behind
from portal.statistics.models import Release
from portal.statistics.named_figures import named_figure
from portal.statistics.places import Place, place_named
from portal.statistics.queries import info
from portal.statistics.tracing import LINES_A_PAGE, Trace, can_be_traced, firms_behind, trace


@require_GET
@requires_staff(Permission.FIGURE_VIEW_CONFIDENTIAL)
def internal(request: HttpRequest, name: str, code: str) -> HttpResponse:
    """Everything that a release says of a place, with what is withheld. No file is made of it and no cache keeps it."""
    row, place = _release(request, name), _place(request.user, code)
    release = info(row)
    look_at_place(release=release, place=place.code, by=request.user, at=clock.now())
    to_date = request.GET.get("span") == Span.TO_DATE and release.quarter.number > 1
    asked = request.GET.get("cut", "")
    cut = Cut(asked) if asked in set(Cut) else Cut.WHOLE
    page = internal_page(release, place, Span.TO_DATE if to_date else Span.QUARTER, cut)
    context = {"page": page.report, "internal": page, "is_public": row.is_public(clock.now()), "desk_path": _here()}
    return render(request, "releases/internal.html", context)


@require_GET
@requires_staff(Permission.FIGURE_VIEW_CONFIDENTIAL)
def figure_trace(request: HttpRequest, name: str) -> HttpResponse:
    """The lines behind one figure, summed, and set beside the cell."""
    row, key = _release(request, name), FigureKey.read(request.GET)
    release = info(row)
    named = named_figure(key, release.quarter) if key else None
    if named is None:
        raise Http404(_("There is no figure of this name."))
    _place(request.user, named.place.code)
    look_behind(release=release, key=key, by=request.user, at=clock.now())
    is_public = row.is_public(clock.now())
    context = {"release": release, "key": key, "named": named, "is_public": is_public, "desk_path": _here()}
    if key.measure == Measure.FIRMS:
        firms = firms_behind(release, key)
        page = Paginator(firms, LINES_A_PAGE).get_page(request.GET.get("page"))
        return render(request, "releases/figure_trace.html", context | {"firms": page})
    found, page = _traced(request, row, release, key) if can_be_traced(key) else (None, None)
    return render(request, "releases/figure_trace.html", context | {"trace": found, "page": page})


def _traced(
    request: HttpRequest, row: Release, release: ReleaseInfo, key: FigureKey
) -> tuple[Trace | None, Page | None]:
    """The page that was asked for; the last one, where it is beyond the end."""
    asked = request.GET.get("page", "1")
    number = int(asked) if asked.isdecimal() and asked.isascii() and 0 < len(asked) < 8 else 1
    found = trace(row, release, key, max(number, 1))
    if found is None:
        return None, None
    page = Paginator(range(found.behind.line_count), LINES_A_PAGE).get_page(number)
    return (found if page.number == number else trace(row, release, key, page.number)), page


@require_POST
@requires_staff(Permission.RELEASE_BUILD)
def release_recount(request: HttpRequest, name: str) -> HttpResponse:
    """Count a release again from the ledger as it was known then, and say whether it came out the same."""
    release = get_object_or_404(Release, name=name)
    found = count_again(release=release, by=request.user, at=clock.now())
    if found.is_same:
        words = _("%(release)s came out the same, byte for byte: %(cells)d figures and the file of facts.")
        messages.success(request, words % {"release": name, "cells": found.cell_count})
    else:
        words = _("%(release)s came out differently: %(cells)d figures differ. Find out why before you rely on it.")
        messages.error(request, words % {"release": name, "cells": found.differing})
    return redirect("releases:release-check", name)


# ── Who may see what ─────────────────────────────────────────────────────────────────────────────


def _here() -> str:
    """The entry of the desk's navigation that these pages belong to."""
    return reverse("releases:release-list")


def _release(request: HttpRequest, name: str) -> Release:
    """A release that is public, or one that is not for somebody who may see builds."""
    row = get_object_or_404(Release.objects.select_related("publication", "period"), name=name)
    unseen = not row.is_public(clock.now())
    if unseen and Permission.RELEASE_VIEW_UNPUBLISHED not in staff_permissions(request.user):
        raise PermissionDenied
    return row


def _place(user: User, code: str) -> Place:
    """A place in which the person's appointment holds: everywhere, or the division itself and its cities."""
    place = place_named(code.removesuffix(THEN))
    if place is None:
        raise Http404(_("There is no place of this code."))
    scope = divisions_in_scope(user, Permission.FIGURE_VIEW_CONFIDENTIAL)
    if scope is not None and not {place.code, place.parent} & scope:
        raise PermissionDenied
    return place
