"""Members that released a page, and demonstration cities."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.publishing.demonstration import NATIONAL, PROVINCIAL, demonstration_cities
from portal.publishing.directories import (
    articles_about,
    batches,
    city_page,
    directory,
    level_in_words,
    member,
)
from portal.ui.http import public

A_PAGE = 20
LONGEST = 60


@public
@require_safe
def member_list(request: HttpRequest) -> HttpResponse:
    """By name, city and line of business, as far as firms released them."""
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in ("q", "city", "category")}
    found = directory(asked["q"], asked["city"], asked["category"])
    page = Paginator(found.found, A_PAGE).get_page(request.GET.get("page"))
    context = {"directory": found, "page": page, "asked": asked, "is_asked": any(asked.values())}
    return render(request, "publishing/member_list.html", context)


@public
@require_safe
def member_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """What the firm released, and nothing else; a page that was taken back is not there."""
    found = member(pk)
    if found is None:
        raise Http404(_("No member shows a page at this address."))
    context = {"member": found, "articles": articles_about(firm=found.firm)}
    return render(request, "publishing/member_detail.html", context)


@public
@require_safe
def city_list(request: HttpRequest) -> HttpResponse:
    """Demonstration cities, batch by batch, of both levels or of the one that is asked for."""
    level = request.GET.get("level", "")
    levels = [(one, level_in_words(one), one == level) for one in (NATIONAL, PROVINCIAL)]
    found = batches(level if level in (NATIONAL, PROVINCIAL) else "")
    count = len(demonstration_cities(clock.today()))
    context = {"batches": found, "count": count, "levels": levels, "level": level}
    return render(request, "publishing/city_list.html", context)


@public
@require_safe
def city_detail(request: HttpRequest, code: str) -> HttpResponse:
    found = city_page(code)
    if found is None:
        raise Http404(_("This place is not on the list of demonstration cities."))
    return render(request, "publishing/city_detail.html", {"page": found, "city": found.city})
