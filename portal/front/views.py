"""The front page, the way to one's own workspace, and the pages about the site itself."""

from django.conf import settings
from django.contrib.sitemaps.views import sitemap as map_of
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portal.front.doors import door_of
from portal.front.formulas import COMPARING
from portal.front.formulas_holding import HOLDING, WITHHOLDING
from portal.front.pages import front_page
from portal.lib import clock
from portal.publishing.sitemaps import SITEMAPS
from portal.statistics.dimensions import Thresholds
from portal.statistics.wording import amount_in_words
from portal.ui.http import public


@public
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The newest release in four figures, a chart, the provinces; the same page for everybody, kept by caches."""
    return render(request, "front/home.html", {"page": front_page(clock.now())})


@require_safe
def workspace(request: HttpRequest) -> HttpResponse:
    """To the place where the person works; a word where there is none."""
    door = door_of(request.user)
    return redirect(door) if door else render(request, "front/workspace.html")


@public
@require_safe
def methodology(request: HttpRequest) -> HttpResponse:
    floor = amount_in_words(settings.LOW_BASE_FLOOR_CENTS)
    context = {
        "min_firms": settings.DISCLOSURE_MIN_FIRMS,
        "floor": floor,
        "thresholds": Thresholds(min_firms=settings.DISCLOSURE_MIN_FIRMS),
        "comparing": COMPARING,
        "holding": HOLDING,
        "withholding": WITHHOLDING,
    }
    return render(request, "front/methodology.html", context)


@public
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    return render(request, "front/contact.html")


@public
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "front/accessibility.html")


@public
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "front/privacy.html")


@public
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    context = {"map": request.build_absolute_uri(reverse("front:sitemap"))}
    return render(request, "front/robots.txt", context, content_type="text/plain; charset=utf-8")


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page in both languages, for search engines."""
    return map_of(request, SITEMAPS).render()


@public
@require_safe
def favicon(request: HttpRequest) -> HttpResponse:
    return HttpResponsePermanentRedirect(static("favicon.svg"))


@public
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """For whoever watches the server: can it still ask its database?"""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return JsonResponse({"status": "database unreachable"}, status=503)
    return JsonResponse({"status": "ok"})
