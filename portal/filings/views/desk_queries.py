"""The reviewer's side of a question pinned to a cell. No figure can be changed from here."""

from collections.abc import Callable
from datetime import datetime

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.filings.actions.asking import ask, ask_further, settle, withdraw_question
from portal.filings.forms_queries import AskForm, FurtherForm
from portal.filings.models.query import Query
from portal.filings.views.desk_room import filing_in_scope, filing_page, line_of, version_looked_at
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff
from portal.members.roles import Permission


@require_POST
@requires_staff(Permission.QUERY_ASK)
def query_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a question to a cell of the version that was looked at."""
    filing = filing_in_scope(request.user, pk, Permission.QUERY_ASK)
    version = version_looked_at(request, filing)
    if version is None:
        return redirect("desk:filing-detail", pk)
    form = AskForm(request.POST, kind=line_of(version, request.POST.get("line", "")).kind)
    if not form.is_valid():
        return filing_page(request, filing, ask_form=form)
    said = {name: form.cleaned_data[name] for name in ("field", "text", "due_on")}
    try:
        query = ask(version=version, line_key=form.cleaned_data["line"], by=request.user, at=clock.now(), **said)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return filing_page(request, filing, ask_form=form)
    messages.success(request, _("The question was sent. Everything else in the filing stays locked for the firm."))
    return _back(query)


@require_POST
@requires_staff(Permission.QUERY_ASK)
def query_ask_further(request: HttpRequest, pk: int) -> HttpResponse:
    query = _query(request, pk)
    form = FurtherForm(request.POST, query=query)
    if not form.is_valid():
        return filing_page(request, query.filing, further_form=form)
    try:
        ask_further(query=query, by=request.user, at=clock.now(), **form.cleaned_data)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("It was asked; the question is open again."))
    return _back(query)


@require_POST
@requires_staff(Permission.QUERY_ASK)
def query_settle(request: HttpRequest, pk: int) -> HttpResponse:
    query = _query(request, pk)
    done = _("The question is settled.")
    return _closed(request, query, lambda at: settle(query=query, by=request.user, at=at), done)


@require_POST
@requires_staff(Permission.QUERY_ASK)
def query_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    query = _query(request, pk)
    done = _("The question was withdrawn. Its thread stays to be read.")
    return _closed(request, query, lambda at: withdraw_question(query=query, by=request.user, at=at), done)


def _query(request: HttpRequest, pk: int) -> Query:
    """A question about a filing in scope; for everybody else it does not exist."""
    rows = Query.objects.select_related("filing__firm", "filing__period", "firm")
    return get_object_or_404(rows, pk=pk, firm__in=firms_in_scope(request.user, Permission.QUERY_ASK))


def _closed(request: HttpRequest, query: Query, act: Callable[[datetime], object], done: str) -> HttpResponse:
    try:
        act(clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return _back(query)


def _back(query: Query) -> HttpResponse:
    return redirect(f"{reverse('desk:filing-detail', args=[query.filing_id])}#query-{query.pk}")
