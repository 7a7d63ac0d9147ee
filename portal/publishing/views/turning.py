"""Entrances to systems and contacts of authorities."""

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from portal.publishing.models import Entrance
from portal.publishing.turning import authorities, entrances
from portal.ui.http import download, public


@public
@require_safe
def entrance_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/entrance_list.html", {"groups": entrances()})


@public
@require_safe
def entrance_manual(request: HttpRequest, slug: str) -> FileResponse:
    """The manual of a system, to be saved."""
    entrance = get_object_or_404(Entrance, slug=slug, is_public=True)
    if not entrance.manual:
        raise Http404
    return download(entrance.manual, f"{entrance.slug}.{entrance.manual.name.rpartition('.')[2]}")


@public
@require_safe
def authority_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/authority_list.html", {"groups": authorities()})
