"""A firm asks to join, and follows what becomes of it. Public: nobody is signed in, and nothing is remembered."""

from uuid import UUID

from allauth.core import ratelimit
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.actions import apply_to_join
from portal.members.emails import send_application_received
from portal.members.forms import ApplicationForm
from portal.members.models import Application
from portal.ui.http import open_form, public


@open_form
@require_http_methods(["GET", "HEAD", "POST"])
def application_add(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, ApplicationForm())
    form = ApplicationForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form)
    if not ratelimit.consume(request, action="join"):
        return render(request, "429.html", status=429)
    try:
        application = apply_to_join(at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        form.add_error("credit_code", str(refusal))
        return _page(request, form)
    send_application_received(request, application)
    return redirect("members:application-state", application.key)


def _page(request: HttpRequest, form: ApplicationForm) -> HttpResponse:
    had_papers = form.is_bound and bool(request.FILES)
    return render(request, "members/application_add.html", {"form": form, "had_papers": had_papers})


@public
@never_cache
@require_safe
def application_state(request: HttpRequest, key: UUID) -> HttpResponse:
    """Where the application stands, for whoever has its address."""
    application = get_object_or_404(Application.objects.select_related("division"), key=key)
    context = {"application": application, "papers": application.papers.all()}
    return render(request, "members/application_state.html", context)
