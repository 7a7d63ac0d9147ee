"""Policies, as anybody may find and read them."""

from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.lib import clock
from portal.publishing.knowing import term_book
from portal.publishing.linking import Linker
from portal.publishing.media.terms import text_html
from portal.publishing.models import Policy
from portal.publishing.policy_pages import choices, policies_sought, policy_page, row_of, sought_in
from portal.ui.http import download, public

A_PAGE = 20


@public
@require_safe
def policy_list(request: HttpRequest) -> HttpResponse:
    """Policies by topic, level, place, validity, issuing body and year, and by what they say."""
    sought, today = sought_in(request.GET), clock.today()
    page = Paginator(policies_sought(sought, today), A_PAGE).get_page(request.GET.get("page"))
    page.object_list = [row_of(policy, sought) for policy in page.object_list]
    context = {"sought": sought, "choices": choices(sought, today), "page": page}
    return render(request, "publishing/policy_list.html", context)


@public
@require_safe
def policy_detail(request: HttpRequest, slug: str) -> HttpResponse:
    page = policy_page(slug, clock.today())
    if page is None:
        raise Http404(_("There is no such policy here."))
    # The terms in our own words about it lead to what they mean.
    language = "zh-hans" if page.summary.lang else ""
    summary = text_html(page.summary.text, Linker(term_book(language)))
    return render(request, "publishing/policy_detail.html", {"page": page, "summary": summary})


@public
@require_safe
def policy_copy(request: HttpRequest, slug: str) -> FileResponse:
    """The archived copy, to be saved: what others wrote is never shown as a page of ours."""
    policy = get_object_or_404(Policy.objects.public(), slug=slug)
    if not policy.copy:
        raise Http404
    return download(policy.copy, f"{policy.slug}.{policy.copy.name.rpartition('.')[2]}")
