"""Newsletters, handbooks, articles, notices and events, as anybody may read them."""

from itertools import groupby

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from portal.publishing.event_files import MEDIA_TYPE, as_icalendar
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.pages import TextPage, text_page
from portal.publishing.queries import (
    coming_events,
    in_order_of_issue,
    lines,
    open_columns,
    past_events,
    published,
)
from portal.ui.http import public

A_PAGE = 20
GONE = 410


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


@public
@require_safe
def issue_list(request: HttpRequest) -> HttpResponse:
    """All issues by year, the newest first."""
    found = lines(in_order_of_issue(published([Serial.NEWSLETTER])))
    years = groupby(found, lambda row: (row.issued_on or row.published_at).year)
    return render(request, "publishing/issue_list.html", {"years": [(year, list(rows)) for year, rows in years]})


@public
@require_safe
def handbook_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/handbook_list.html", {"lines": lines(published([Serial.HANDBOOK]))})


@public
@require_safe
def article_list(request: HttpRequest) -> HttpResponse:
    """Articles, of one column where `?column=` names it."""
    columns, rows = open_columns(), published([Kind.ARTICLE])
    column = next((one for one in columns if one.code == request.GET.get("column")), None)
    page = _paged(request, rows.filter(column=column) if column else rows)
    return render(request, "publishing/article_list.html", {"page": page, "columns": columns, "column": column})


@public
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    return render(request, "publishing/notice_list.html", {"page": _paged(request, published([Kind.NOTICE]))})


@public
@require_safe
def event_list(request: HttpRequest) -> HttpResponse:
    """What is to come, and below it what has been."""
    context = {"coming": lines(coming_events()), "page": _paged(request, past_events())}
    return render(request, "publishing/event_list.html", context)


def _paged(request: HttpRequest, rows):
    """A page of lines: one query to count and one to read."""
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    page.object_list = lines(page.object_list)
    return page


# ── One text ─────────────────────────────────────────────────────────────────────────────────────


@public
@require_safe
def issue_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, "publishing/issue_detail.html", _of_issue(code, Serial.NEWSLETTER), code)


@public
@require_safe
def issue_edition(request: HttpRequest, code: str, edition: int) -> HttpResponse:
    """An edition by its number: it stays readable after corrections."""
    return _page(request, "publishing/issue_detail.html", _of_issue(code, Serial.NEWSLETTER, edition), code)


@public
@require_safe
def issue_piece(request: HttpRequest, code: str, anchor: str) -> HttpResponse:
    return redirect(f"{reverse('publishing:issue-detail', args=[code])}#{anchor}")


@public
@require_safe
def handbook_detail(request: HttpRequest, code: str) -> HttpResponse:
    return _page(request, "publishing/handbook_detail.html", _of_issue(code, Serial.HANDBOOK), code)


@public
@require_safe
def handbook_edition(request: HttpRequest, code: str, edition: int) -> HttpResponse:
    return _page(request, "publishing/handbook_detail.html", _of_issue(code, Serial.HANDBOOK, edition), code)


@public
@require_safe
def article_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """An article, a notice or an event."""
    return _page(request, "publishing/article_detail.html", text_page(Q(article=pk)), pk)


@public
@require_safe
def article_edition(request: HttpRequest, pk: int, edition: int) -> HttpResponse:
    return _page(request, "publishing/article_detail.html", text_page(Q(article=pk), edition), pk)


@public
@require_safe
def event_file(request: HttpRequest, pk: int) -> HttpResponse:
    """An event for a calendar."""
    found = lines(published([Kind.EVENT]).filter(article=pk, starts_at__isnull=False))
    if not found:
        raise Http404
    content = as_icalendar(found[0], request.build_absolute_uri(found[0].href))
    headers = {"Content-Disposition": f'attachment; filename="event-{pk}.ics"', "X-Content-Type-Options": "nosniff"}
    return HttpResponse(content, content_type=MEDIA_TYPE, headers=headers)


def _of_issue(code: str, kind: Serial, number: int | None = None) -> TextPage | None:
    return text_page(Q(issue__code=code, kind=kind), number)


def _page(request: HttpRequest, template: str, page: TextPage | None, key: str | int) -> HttpResponse:
    """The text; or, where it was withdrawn, a page that says so and why."""
    if page is None:
        raise Http404(_("Nothing is published at this address."))
    context = {"page": page, "text": page.shown, "key": key}
    if page.told is None:
        return render(request, "publishing/withdrawn.html", context, status=GONE)
    return render(request, template, context)
