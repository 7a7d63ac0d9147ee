"""The doors of Wagtail's own pages: closed unless the desk uses them, and sign-in and sign-out are the portal's."""

from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

HOME = "/editing/"
# What editors use: namespaces of Wagtail's, whole or by the names in them, and names without one.
SPACES = ("wagtailsnippets_publishing_", "wagtailsnippetchoosers_publishing_", "wagtailadmin_editing_sessions")
NAMES = {
    "wagtailimages": {
        "index", "index_results", "edit", "add", "add_multiple", "edit_multiple", "image_usage", "preview",
        "create_multiple_from_uploaded_image", "delete_upload_multiple",
    },
    "wagtaildocs": {
        "index", "index_results", "edit", "add", "add_multiple", "edit_multiple", "document_usage",
        "create_multiple_from_uploaded_document", "delete_upload_multiple",
    },
    "wagtailimages_chooser": {"choose", "choose_results", "chosen", "chosen_multiple", "create"},
    "wagtaildocs_chooser": {"choose", "choose_results", "chosen", "chosen_multiple", "create"},
    "": {
        "wagtailadmin_sprite", "wagtailadmin_javascript_catalog", "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link", "wagtailadmin_tag_autocomplete", "wagtailadmin_tag_model_autocomplete",
        "wagtailadmin_block_preview", "wagtaildocs_serve",
    },
}  # fmt: skip


def is_used(space: str, name: str) -> bool:
    return space.startswith(SPACES) or name in NAMES.get(space, ())


def closed_unless_used(view: Callable) -> Callable:
    """Pages, sites, groups, people, reports, workflows …: whatever the desk does not use is not there, for anybody."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        match = request.resolver_match
        if not is_used(match.namespace, match.url_name or ""):
            raise Http404
        return view(request, *args, **kwargs)

    return wrapped


@require_safe
def sign_in(request: HttpRequest) -> HttpResponse:
    """Wagtail sends people here. Whoever is signed out has been led to the portal's own sign-in before."""
    there = request.GET.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(there, {request.get_host()}, require_https=request.is_secure())
    return redirect(there if is_ours else HOME)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and the language of the desk."""
    return render(request, "publishing/desk/account.html", {"languages": settings.LANGUAGES})
