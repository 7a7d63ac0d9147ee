"""The page about the API, made from its own description: what can be read here is what is enforced."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.ui.http import public


@public
@require_safe
def api_reference(request: HttpRequest) -> HttpResponse:
    return render(request, "statistics/api_reference.html", {})
