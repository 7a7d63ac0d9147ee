"""Around the figures: what changed in a release and why, and everything that may be known about one figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.statistics.abouts import about_page
from portal.statistics.changed import changes_page
from portal.statistics.dimensions import NATION
from portal.statistics.feeds import ChangesFeed
from portal.statistics.figure_keys import FigureKey
from portal.statistics.views.public import place_or_404, release_or_404
from portal.statistics.views.tabs import currency_asked, currency_tabs
from portal.ui.http import public


@public
@require_safe
def release_changes(request: HttpRequest, release: str) -> HttpResponse:
    """What differs from earlier releases and why, for all members or for one place (`?place=`)."""
    found, place = release_or_404(release), place_or_404(request.GET.get("place") or NATION)
    page = changes_page(found, place, currency_asked(request))
    kept = {"place": place.code} if place.code != NATION else {}
    context = {"page": page, "currency_tabs": currency_tabs(request, kept), "is_nation": place.code == NATION}
    return render(request, "statistics/release_changes.html", context)


@public
@require_safe
def changes_feed(request: HttpRequest) -> HttpResponse:
    """Releases and what each of them changed, as an Atom feed."""
    return ChangesFeed()(request)


@public
@require_safe
def figure_about(request: HttpRequest, release: str) -> HttpResponse:
    """One figure: what it means, what it covers, its release, and its last change."""
    found, key = release_or_404(release), FigureKey.read(request.GET)
    page = about_page(found, key) if key else None
    if page is None:
        raise Http404(_("There is no figure of this name."))
    place = page.named.place.code
    context = {
        "page": page,
        "frozen_href": reverse("statistics:place-release", args=[found.name, place]),
        "live_href": reverse("statistics:place-detail", args=[place]),
        "changes_href": reverse("statistics:release-changes", args=[found.name], query=_place_asked(place)),
        "trace_href": reverse("releases:figure-trace", args=[found.name], query=key.query),
    }
    return render(request, "statistics/figure_about.html", context)


def _place_asked(code: str) -> dict[str, str]:
    return {} if code == NATION else {"place": code}
