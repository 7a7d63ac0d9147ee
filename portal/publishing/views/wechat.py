"""The copy for a WeChat official account: what to paste, what to upload, and whether it will be taken."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from portal.publishing.copies import Page, page_for
from portal.publishing.models import Edition


def _page(request: HttpRequest, pk: int) -> tuple[Edition, Page]:
    edition = get_object_or_404(Edition.objects.select_related("issue", "article"), pk=pk)
    try:
        return edition, page_for(edition, request.GET.get("article", ""))
    except KeyError as problem:
        raise Http404 from problem


@require_safe
def edition_wechat(request: HttpRequest, pk: int) -> HttpResponse:
    """`?article=a12`: one article of an issue."""
    edition, page = _page(request, pk)
    context = {"edition": edition, "page": page, "article": request.GET.get("article", "")}
    return render(request, "publishing/desk/edition_wechat.html", context)


@require_safe
def edition_wechat_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy alone, as a phone would show it."""
    edition, page = _page(request, pk)
    context = {"html": mark_safe(page.copy.html), "title": page.copy.title, "language": edition.language}
    return render(request, "publishing/desk/wechat_preview.html", context)


@require_safe
def edition_wechat_picture(request: HttpRequest, pk: int, name: str) -> HttpResponse:
    """A picture to be uploaded, under the name that the copy says."""
    _edition, page = _page(request, pk)
    found = next((one for one in page.copy.uploads if one.name == name and one.content), None)
    if found is None:
        raise Http404
    media_type = "image/png" if name.endswith(".png") else "image/jpeg"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(found.content, content_type=media_type, headers=headers)
