"""The association's questions about a filing, answered all at once; everything else stays locked."""

from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions import NotSaved
from portal.filings.actions.answering import answer
from portal.filings.actions.asking import cell_of
from portal.filings.differences import numbered
from portal.filings.forms_queries import AnswersForm
from portal.filings.models.filing import Filing, Version
from portal.filings.policies import why_not_answer
from portal.filings.queries import stored_entries
from portal.filings.sheet import Finding
from portal.filings.views.firm_room import firm_page, version_in
from portal.filings.workspace.evidence import current_papers
from portal.filings.workspace.questions import Thread, threads_of
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import requires_firm
from portal.members.models import Firm
from portal.members.roles import Permission
from portal.reference.queries import CodeLists, code_lists


@require_GET
@requires_firm(Permission.FILING_VIEW)
def query_list(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """Every question about the filing: those that wait for the firm with their fields, the others to be read."""
    version, lists = version_in(firm, period), code_lists()
    return _page(request, firm, version, _form(version, lists, None), lists)


@require_POST
@requires_firm(Permission.FILING_EDIT)
def query_answer(request: HttpRequest, period: str, *, firm: Firm) -> HttpResponse:
    """Send the answers, with the values that they change, in one act."""
    version, lists = version_in(firm, period), code_lists()
    form = _form(version, lists, request.POST)
    if not form.is_valid():
        return _page(request, firm, version, form, lists)
    said = form.answers()
    try:
        newest = answer(filing=version.filing, answers=said, lists=lists, by=request.user, at=clock.now())
    except NotSaved as refusal:
        form.tell(_placed(version, form.threads, refusal.because))
        return _page(request, firm, version, form, lists)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, firm, version_in(firm, period), form, lists)
    messages.success(request, _done(len(said), version, newest))
    return redirect("filings:query-list", period)


def _done(count: int, version: Version, newest: Version) -> str:
    words = ngettext("%(count)d answer was sent.", "%(count)d answers were sent.", count) % {"count": count}
    if newest.number == version.number:
        return words
    handed = _("With the new values, version %(number)d was handed in in place of version %(old)d.")
    return f"{words} {handed % {'number': newest.number, 'old': version.number}}"


def _form(version: Version, lists: CodeLists, typed: object) -> AnswersForm:
    waiting = [thread for thread in _threads(version.filing, lists) if thread.is_open]
    rows = version.lines.select_related("contract").filter(key__in=[thread.query.line_key for thread in waiting])
    lines = {line.key: line for line in rows}
    cells = {
        thread.query.pk: cell_of(lines[thread.query.line_key], thread.query.field)
        for thread in waiting
        if thread.query.line_key in lines
    }
    return AnswersForm(typed, threads=waiting, kinds=lines, cells=cells, lists=lists)


def _threads(filing: Filing, lists: CodeLists) -> list[Thread]:
    return threads_of(filing, on=clock.today(), lists=lists, for_firm=True)


def _placed(version: Version, threads: list[Thread], findings: list[Finding]) -> Iterator[tuple[int | None, Finding]]:
    """Each finding with the question at whose cell it stands, if there is one; else with one about its row."""
    rows = {item.entry.row: item.line for item in numbered(stored_entries(version))}
    keys = dict(version.lines.values_list("pk", "key"))
    asked = {(thread.query.line_key, thread.query.field): thread.query.pk for thread in threads}
    of_row = {thread.query.line_key: thread.query.pk for thread in reversed(threads)}
    for item in findings:
        key = keys.get(rows.get(item.row))
        yield asked.get((key, item.field)) or of_row.get(key), item


def _page(request: HttpRequest, firm: Firm, version: Version, form: AnswersForm, lists: CodeLists) -> HttpResponse:
    context = {
        "version": version,
        "period": version.filing.period,
        "form": form,
        "rows": form.rows(),
        "others": [thread for thread in _threads(version.filing, lists) if not thread.is_open],
        "papers": current_papers(version.filing),
        "closed": why_not_answer(version),
    }
    return firm_page(request, firm, "filings/query_list.html", context)
