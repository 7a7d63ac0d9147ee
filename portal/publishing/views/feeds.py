"""The feeds. A reader that has the newest already is told so (304)."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from portal.publishing.feeds import EntryFeed, NewsletterFeed, NoticeFeed, PolicyFeed, ReleaseFeed
from portal.ui.http import public


@public
@require_safe
def newsletter_feed(request: HttpRequest) -> HttpResponse:
    return _feed(NewsletterFeed, request)


@public
@require_safe
def notice_feed(request: HttpRequest) -> HttpResponse:
    return _feed(NoticeFeed, request)


@public
@require_safe
def policy_feed(request: HttpRequest) -> HttpResponse:
    return _feed(PolicyFeed, request)


@public
@require_safe
def release_feed(request: HttpRequest) -> HttpResponse:
    return _feed(ReleaseFeed, request)


def _feed(kind: type[EntryFeed], request: HttpRequest) -> HttpResponse:
    return kind(request.build_absolute_uri("/").rstrip("/"))(request)
