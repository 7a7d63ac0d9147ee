"""Subscribers on the editing desk: found, counted, erased when they ask. Their files come and go in the data admin."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages

from portal.lib import clock
from portal.members.access import requires_staff
from portal.members.roles import Permission
from portal.publishing.actions.subscribing import erase
from portal.publishing.forms_letters import SearchForm
from portal.publishing.mailings import counts_of_subscribers, subscribers
from portal.publishing.models import Subscriber

A_PAGE = 50


@requires_staff(Permission.SUBSCRIBER_EDIT)
@require_safe
def subscriber_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET, states=Subscriber.State.choices)
    asked = form.cleaned_data if form.is_valid() else {}
    page = Paginator(subscribers(**asked), A_PAGE).get_page(request.GET.get("p"))
    query = request.GET.copy()
    query.pop("p", None)
    context = {"form": form, "page": page, "counts": counts_of_subscribers(), "query": query.urlencode()}
    return render(request, "publishing/desk/subscriber_list.html", context)


@requires_staff(Permission.SUBSCRIBER_EDIT)
@require_POST
def subscriber_erase(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody asked for it, by telephone or by letter."""
    erase(subscriber=get_object_or_404(Subscriber, pk=pk), by=request.user, at=clock.now())
    messages.success(request, _("Address, name and lists are erased."))
    return redirect("editing:subscriber-list")
