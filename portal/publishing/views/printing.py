"""Editions to take away. A printed internal publication goes to its own audience alone: members and the association."""

from collections.abc import Callable
from functools import wraps

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from portal.members.access import appointments, representations
from portal.members.models import User
from portal.publishing.lifecycle import Serial
from portal.publishing.media.words import name_of_file
from portal.publishing.models import Edition
from portal.publishing.papers import print_pdf, word_file
from portal.publishing.queries import is_readable, shown
from portal.ui.http import public

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def is_audience(user: User) -> bool:
    """Whoever acts for a member firm or is appointed by the association."""
    return representations(user).exists() or bool(appointments(user))


def for_its_audience(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Signed in and of the audience; to others the paper is not there. No cache but the reader's own keeps it."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_audience(request.user):
            raise Http404
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "private, no-cache"
        return response

    return wrapped


@require_safe
@for_its_audience
def issue_print(request: HttpRequest, code: str) -> HttpResponse:
    return _pdf(_newest(issue__code=code, kind=Serial.NEWSLETTER))


@require_safe
@for_its_audience
def handbook_print(request: HttpRequest, code: str) -> HttpResponse:
    return _pdf(_newest(issue__code=code, kind=Serial.HANDBOOK))


@require_safe
@for_its_audience
def edition_pdf(request: HttpRequest, edition: int) -> HttpResponse:
    return _pdf(_edition(edition))


@public
@require_safe
def issue_word(request: HttpRequest, code: str) -> HttpResponse:
    return _word(_newest(issue__code=code, kind=Serial.NEWSLETTER))


@public
@require_safe
def handbook_word(request: HttpRequest, code: str) -> HttpResponse:
    return _word(_newest(issue__code=code, kind=Serial.HANDBOOK))


@public
@require_safe
def article_word(request: HttpRequest, pk: int) -> HttpResponse:
    """An article, a notice or an event."""
    return _word(_newest(article=pk))


@public
@require_safe
def edition_word(request: HttpRequest, edition: int) -> HttpResponse:
    return _word(_edition(edition))


def _newest(**of_text: object) -> Edition:
    """The edition of a text that is public; none where it was withdrawn."""
    found = shown(Q(**of_text))
    if found is None or found.withdrawn_at:
        raise Http404
    return get_object_or_404(Edition, pk=found.edition)


def _edition(pk: int) -> Edition:
    if not is_readable(pk):
        raise Http404
    return get_object_or_404(Edition, pk=pk)


def _pdf(edition: Edition) -> HttpResponse:
    return _file(edition, print_pdf(edition), PDF, "pdf", is_saved=False)


def _word(edition: Edition) -> HttpResponse:
    return _file(edition, word_file(edition), WORD, "docx", is_saved=True)


def _file(edition: Edition, content: bytes, media_type: str, ending: str, *, is_saved: bool) -> HttpResponse:
    name = f"{name_of_file(edition.as_document())}.{ending}"
    headers = {
        "Content-Disposition": content_disposition_header(is_saved, name) or "",
        "X-Content-Type-Options": "nosniff",
    }
    return HttpResponse(content, content_type=media_type, headers=headers)
