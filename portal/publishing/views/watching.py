"""On the editing desk: outside addresses that do not answer, and archived copies of originals."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.archiving import fetch_copy, keep_copy
from portal.publishing.actions.links import check_again
from portal.publishing.forms_policies import CopyForm
from portal.publishing.models import LinkCheck, Policy
from portal.publishing.turning import failing_links, in_words
from portal.ui.http import download


@require_safe
def link_list(request: HttpRequest) -> HttpResponse:
    """Dead addresses, and those that failed once."""
    context = {"lines": failing_links(), "count": LinkCheck.objects.exclude(checked_at=None).count()}
    return render(request, "publishing/desk/link_list.html", context)


@require_POST
def link_check(request: HttpRequest, pk: int) -> HttpResponse:
    """Look at one address again, now."""
    link = check_again(link=get_object_or_404(LinkCheck, pk=pk), by=request.user.key, at=clock.now())
    if link.is_alive:
        messages.success(request, _("It answers: %(address)s") % {"address": link.address})
    else:
        told = {"address": link.address, "answer": in_words(link.answer)}
        messages.warning(request, _("Still nothing at %(address)s: %(answer)s.") % told)
    return redirect("desk-link-list")


@require_safe
def policy_archive(request: HttpRequest, pk: int) -> HttpResponse:
    """The archived copy of a policy, and two ways to a new one."""
    return _archive(request, get_object_or_404(Policy, pk=pk), CopyForm())


@require_safe
def policy_archived(request: HttpRequest, pk: int) -> HttpResponse:
    """The copy itself, to be saved; also of a policy that is not public."""
    policy = get_object_or_404(Policy.objects.exclude(copy=""), pk=pk)
    return download(policy.copy, f"{policy.slug}.{policy.copy.name.rpartition('.')[2]}")


@require_POST
def policy_fetch(request: HttpRequest, pk: int) -> HttpResponse:
    """Fetch the original and keep it."""
    policy = get_object_or_404(Policy, pk=pk)
    return _kept(request, policy, lambda: fetch_copy(policy=policy, by=request.user, at=clock.now()), CopyForm())


@require_POST
def policy_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a copy from the editor's own machine."""
    policy, form = get_object_or_404(Policy, pk=pk), CopyForm(request.POST, request.FILES)
    if not form.is_valid():
        return _archive(request, policy, form, 422)
    content = form.cleaned_data["file"].read()
    return _kept(
        request, policy, lambda: keep_copy(policy=policy, content=content, by=request.user, at=clock.now()), form
    )


def _kept(request: HttpRequest, policy: Policy, keep: Callable[[], Policy], form: CopyForm) -> HttpResponse:
    try:
        keep()
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _archive(request, policy, form, 409)
    messages.success(request, _("The copy is kept."))
    return redirect("desk-policy-archive", policy.pk)


def _archive(request: HttpRequest, policy: Policy, form: CopyForm, status: int = 200) -> HttpResponse:
    link = LinkCheck.objects.filter(address=policy.address).first() if policy.address else None
    context = {"policy": policy, "form": form, "link": link}
    return render(request, "publishing/desk/policy_archive.html", context, status=status)
