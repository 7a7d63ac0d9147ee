"""A firm's page on the editing desk: staff look at it, and may hide it with a reason; its words are the firm's."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.lib import clock
from portal.publishing.actions.members import hide_member_page, show_member_page
from portal.publishing.directories import preview_of
from portal.publishing.forms_directories import HideForm
from portal.publishing.models import MemberPage
from portal.publishing.retracted import retracted_of


def _page(pk: int) -> MemberPage:
    return get_object_or_404(MemberPage.objects.select_related("firm").prefetch_related("categories"), pk=pk)


@require_safe
def member_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, _page(pk), HideForm())


def _shown(request: HttpRequest, row: MemberPage, form: HideForm, status: int = 200) -> HttpResponse:
    """Nothing that the firm has not released is shown here either."""
    is_open = bool(row.released_at and not row.taken_back_at)
    context = {
        "row": row, "form": form, "is_open": is_open, "member": preview_of(row) if is_open else None,
        "still_public": retracted_of(row),
    }  # fmt: skip
    return render(request, "publishing/desk/member_page.html", context, status=status)


@require_POST
def member_page_hide(request: HttpRequest, pk: int) -> HttpResponse:
    form, row = HideForm(request.POST), _page(pk)
    if not form.is_valid():
        return _shown(request, row, form, 422)
    hide_member_page(row, form.cleaned_data["because"], by=request.user, at=clock.now())
    messages.success(request, _("Hidden. The firm reads why."))
    return redirect("desk-member-page", pk)


@require_POST
def member_page_show(request: HttpRequest, pk: int) -> HttpResponse:
    show_member_page(_page(pk), by=request.user, at=clock.now())
    messages.success(request, _("Shown again, as the firm released it."))
    return redirect("desk-member-page", pk)
