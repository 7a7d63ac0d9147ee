"""A firm's own page in the directory: the owner writes it, looks at it, releases it field by field, takes it back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.members.views.frame import framed
from portal.publishing.actions.members import release_member_page, save_member_page, take_back_member_page
from portal.publishing.directories import TITLES_OF_FIELDS, page_of, preview_of
from portal.publishing.forms_directories import MemberPageForm, ReleaseForm
from portal.publishing.models import MemberPage


@require_GET
@requires_firm(Permission.FILING_VIEW)
def page(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    """Its standing, and what the owner can do; everybody of the firm sees it."""
    row = page_of(firm)
    form = ReleaseForm(initial={"shown": row.shown if row else []})
    return _shown(request, firm, row, form)


def _shown(
    request: HttpRequest, firm: Firm, row: MemberPage | None, form: ReleaseForm, status: int = 200
) -> HttpResponse:
    is_released = bool(row and row.released_at and not row.taken_back_at)
    context = {
        "row": row, "form": form, "is_released": is_released, "is_open": is_released and not row.hidden_at,
        "told": _(", ").join(str(title) for name, title in TITLES_OF_FIELDS.items() if row and name in row.shown),
    }  # fmt: skip
    return framed(request, firm, "publishing/firm_page.html", context, status)


@require_http_methods(["GET", "POST"])
@requires_firm(Permission.TEAM_EDIT)
def page_edit(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    form = MemberPageForm(request.POST or None, instance=page_of(firm) or MemberPage(firm=firm))
    if request.method == "POST" and form.is_valid():
        save_member_page(firm, form.cleaned_data, by=request.user, at=clock.now())
        messages.success(request, _("Saved. Readers see of it what is released."))
        return redirect("directory:page")
    context = {"form": form, "row": page_of(firm)}
    return framed(request, firm, "publishing/firm_page_edit.html", context, 422 if form.is_bound else 200)


@require_GET
@requires_firm(Permission.FILING_VIEW)
def page_preview(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    """As readers would see it with the fields that are released, or with those of `?shown=`."""
    row = page_of(firm)
    if row is None:
        return redirect("directory:page")
    if "shown" in request.GET:
        row.shown = [name for name in TITLES_OF_FIELDS if name in request.GET.getlist("shown")]
    return framed(request, firm, "publishing/firm_page_preview.html", {"member": preview_of(row), "row": row})


@require_POST
@requires_firm(Permission.TEAM_EDIT)
def page_release(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    form = ReleaseForm(request.POST)
    try:
        if form.is_valid():
            release_member_page(firm, form.cleaned_data["shown"], by=request.user, at=clock.now())
            messages.success(request, _("Released: the directory shows it now."))
            return redirect("directory:page")
    except Refused as refusal:
        form.add_error("shown", str(refusal))
    return _shown(request, firm, page_of(firm), form, 422)


@require_POST
@requires_firm(Permission.TEAM_EDIT)
def page_take_back(request: HttpRequest, *, firm: Firm) -> HttpResponse:
    try:
        take_back_member_page(firm, by=request.user, at=clock.now())
        messages.success(request, _("Taken back: the directory and search show nothing of the firm any more."))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("directory:page")
