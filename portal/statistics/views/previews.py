"""Early looks: the link of a named viewer, and the desk that makes links and takes them back."""

import re

from django.contrib import messages
from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.statistics.forms_calendar import APPROVE, PreviewForm, VerdictForm
from portal.statistics.models import Preview, Release
from portal.statistics.policies_calendar import Door, door_of
from portal.statistics.previewing import decide, end_preview, look, make_preview, preview_of
from portal.statistics.queries import info
from portal.statistics.views.public import release_context
from portal.ui.http import open_form

# Where the link of a viewer is kept until it has been shown, once.
SESSION_LINK = "preview_link"
# What was typed into the form for a link that was not made, until it has been shown again.
SESSION_TYPED = "preview_typed"
_TYPED = tuple(PreviewForm.base_fields)
# A link inside the statistics: what it leads to is not there yet, or is about another release.
_INNER = re.compile(r'<a\b[^>]*\bhref="(?:/en)?/statistics/[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def preview_open(request: HttpRequest, token: str) -> HttpResponse:
    """The page of a build as it will be, for one named person; closed, it says why and leads to the public page."""
    try:
        preview = preview_of(token)
    except (BadSignature, ValueError):
        raise Http404 from None
    now = clock.now()
    door = door_of(preview, now)
    if door != Door.OPEN:
        return _unseen(_closed(request, preview, door))
    form = VerdictForm(request.POST or None) if _may_decide(preview) else None
    if request.method == "POST" and form and form.is_valid() and _decided(preview, form):
        return _unseen(redirect("statistics:preview-open", token))
    if request.method == "GET":
        look(preview=preview, at=now)
    return _unseen(_page(request, preview, form))


def _may_decide(preview: Preview) -> bool:
    return preview.may_decide and not hasattr(preview, "verdict")


def _decided(preview: Preview, form: VerdictForm) -> bool:
    values = form.cleaned_data
    try:
        decide(preview=preview, is_approval=values["decision"] == APPROVE, note=values["note"], at=clock.now())
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: HttpRequest, preview: Preview, form: VerdictForm | None) -> HttpResponse:
    context = release_context(info(preview.release)) | {
        "preview": preview,
        "form": form,
        "marks": range(12),
        "files": [],
        "downloads": [],
    }
    return HttpResponse(without_inner_links(render_to_string("statistics/preview_open.html", context, request)))


def without_inner_links(page: str) -> str:
    """The page with its links to other pages of figures as plain text: those are not there yet."""
    head, main, rest = page.partition("<main")
    return head + main + _INNER.sub(r"\1", rest)


def _closed(request: HttpRequest, preview: Preview | None, door: Door) -> HttpResponse:
    context = {"door": door, "preview": preview}
    return render(request, "statistics/preview_closed.html", context, status=200 if door == Door.PUBLIC else 410)


def _unseen(response: HttpResponse) -> HttpResponse:
    """No search engine lists it, and no other site learns its address. Stricter than this, a browser would send the
    decision without saying where it comes from, and it would be refused."""
    response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    response["Referrer-Policy"] = "same-origin"
    return response


# ── At the desk ──────────────────────────────────────────────────────────────────────────────────


@require_POST
@requires_staff(Permission.RELEASE_PUBLISH)
def preview_add(request: HttpRequest, name: str) -> HttpResponse:
    """Make a viewer's link. The release's page shows it once."""
    release = get_object_or_404(Release.objects.select_related("publication"), name=name)
    form = PreviewForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("No link was made: write the viewer's name, and an end that is a date and a time."))
        return _typed_again(request, name)
    try:
        preview, token = make_preview(release=release, by=request.user, at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _typed_again(request, name)
    address = request.build_absolute_uri(reverse("statistics:preview-open", args=[token]))
    request.session[SESSION_LINK] = {"release": name, "name": preview.name, "address": address}
    return redirect(f"{reverse('releases:release-check', args=[name])}#early")


@require_POST
@requires_staff(Permission.RELEASE_PUBLISH)
def preview_end(request: HttpRequest, name: str, pk: int) -> HttpResponse:
    preview = get_object_or_404(Preview, pk=pk, release__name=name)
    try:
        end_preview(preview=preview, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The link of %(viewer)s opens nothing any more.") % {"viewer": preview.name})
    return redirect(f"{reverse('releases:release-check', args=[name])}#early")


def _typed_again(request: HttpRequest, name: str) -> HttpResponse:
    """Back to the form, with what was typed."""
    request.session[SESSION_TYPED] = {"release": name, "typed": {key: request.POST.get(key, "") for key in _TYPED}}
    return redirect(f"{reverse('releases:release-check', args=[name])}#early")


def preview_form(request: HttpRequest, release: str) -> PreviewForm:
    """An empty form, or once what was typed into it and not taken."""
    kept = request.session.get(SESSION_TYPED)
    typed = request.session.pop(SESSION_TYPED)["typed"] if kept and kept["release"] == release else None
    return PreviewForm(typed, auto_id="early_%s")


def link_to_show(request: HttpRequest, release: str) -> dict[str, str] | None:
    """The link just made for a release, handed out once."""
    link = request.session.get(SESSION_LINK)
    if not link or link["release"] != release:
        return None
    del request.session[SESSION_LINK]
    return link
