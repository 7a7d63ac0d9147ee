"""The page of one filing at the desk, put together: whoever shows it, and whatever was typed on it."""

from datetime import datetime
from uuid import UUID

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from portal.filings.desk.comparison import Comparison, comparison_of, handed_in
from portal.filings.desk.deciding import missing_for_approval, to_read_before_approval
from portal.filings.desk.history import filing_history, people_named, who
from portal.filings.desk.letters import day_to_answer, day_to_mend, drafted_letter
from portal.filings.desk.looking import lookers
from portal.filings.desk.points import Point, points_of
from portal.filings.desk.queue import Queue, Row, State, queue_for
from portal.filings.forms_desk import ApproveForm, DecisionForm, ReturnForm
from portal.filings.forms_queries import AskForm, FurtherForm
from portal.filings.models.filing import Filing, Version
from portal.filings.models.upload import Upload
from portal.filings.policies import why_not_approve, why_not_ask, why_not_decide, why_not_recall
from portal.filings.workspace.evidence import papers_with
from portal.filings.workspace.figures import growth
from portal.filings.workspace.questions import Thread, by_line, threads_of
from portal.lib import clock
from portal.members.access import firms_in_scope
from portal.members.models import User
from portal.members.roles import Permission
from portal.reference.queries import code_lists

ROWS_BESIDE = 8
# In percent; growth above it is told with a mark, as everywhere.
LARGEST_PLAIN_RATE = 1000

Forms = dict[str, Form]


def filing_in_scope(user: User, pk: int, permission: Permission) -> Filing:
    """A filing of a firm over which the person has the right; for everybody else it does not exist."""
    filings = Filing.objects.select_related("firm", "period")
    return get_object_or_404(filings, pk=pk, firm__in=firms_in_scope(user, permission))


def version_looked_at(request: HttpRequest, filing: Filing) -> Version | None:
    """The version that an act names; None, and a sentence, when something newer has come since."""
    form = DecisionForm(request.POST)
    newest = next(iter(handed_in(filing)), None)
    if newest and form.is_valid() and form.cleaned_data == {"version": newest.number, "submitted_at": stamp(newest)}:
        return newest
    messages.error(request, _("This is not what you had opened: the filing has changed since. Look at it again."))
    return None


def stamp(version: Version) -> str:
    """When a version was handed in, as the form carries it."""
    return version.submitted_at.isoformat() if version.submitted_at else ""


def filing_page(request: HttpRequest, filing: Filing, **forms: Form) -> HttpResponse:
    """The filing's page; a form that was not accepted stands there as it was typed."""
    versions, now = handed_in(filing), clock.now()
    asked = request.GET.get("version", "")
    chosen = next((row for row in versions if str(row.number) == asked), None) or next(iter(versions), None)
    found = queue_for(request.user, filing.period, now)
    context = {
        "filing": filing,
        "period": filing.period,
        "row": found.row_of(filing.firm_id),
        "beside": _beside(found, filing),
        "longest": max((row.effect.value for row in found.rows if row.effect), default=0),
        "progress": found.progress,
        "versions": versions,
        "version": chosen,
        "history": filing_history(filing),
        "uploads": _uploads(filing, versions),
        "looking": lookers([filing.pk], now, besides=request.user).get(filing.pk, []),
    }
    if chosen is not None:
        context |= _compared(request, filing, chosen, versions, forms, now)
    return render(request, "desk/filing_detail.html", context)


def _beside(found: Queue, filing: Filing) -> list[Row]:
    """The head of the queue, and this filing's own row where it is not among them."""
    rows = found.sought(state=State.WAITING)[:ROWS_BESIDE]
    own = found.row_of(filing.firm_id)
    return rows if own is None or own in rows else [*rows, own]


def _uploads(filing: Filing, versions: list[Version]) -> list[Upload]:
    """The files from which handed-in versions were taken over."""
    numbers = [version.number for version in versions]
    confirmed = Upload.objects.filter(filing=filing, outcome=Upload.Outcome.CONFIRMED)
    return list(confirmed.filter(version_number__in=numbers))


def _compared(
    request: HttpRequest, filing: Filing, version: Version, versions: list[Version], forms: Forms, now: datetime
) -> dict[str, object]:
    """The version beside its neighbours, and the decision where it is the newest and the person may decide."""
    lists = code_lists()
    previous = next((row for row in versions if row.number < version.number), None)
    points, papers = points_of(version, lists), papers_with(version)
    threads = threads_of(filing, on=clock.today(), lists=lists, for_firm=False)
    compared = comparison_of(version, previous, points, by_line(threads), papers, clock.now())
    rate, state = growth(compared.executed.now, compared.executed.last_year)
    people = people_named([version.submitted_by, version.approved_by])
    may_decide = firms_in_scope(request.user, Permission.FILING_APPROVE).filter(pk=filing.firm_id).exists()
    context: dict[str, object] = {
        "compared": compared,
        "papers": papers,
        "threads": threads,
        "growth": rate,
        "is_low_base": rate is not None and rate > LARGEST_PLAIN_RATE,
        "growth_state": state,
        "submitted_by": who(version.submitted_by, people) if version.submitted_by else "",
        "approved_by": who(version.approved_by, people) if version.approved_by else "",
        "decides": may_decide,
        "is_newest": version == versions[0],
    }
    if may_decide:
        context |= _decision(version, versions, compared, points, threads, forms)
        context |= _asking(request, version, compared, forms, threads) if context["why_not_ask"] is None else {}
    return context


def _decision(
    version: Version, versions: list[Version], compared: Comparison, points: list[Point], threads: list[Thread],
    forms: Forms,
) -> dict[str, object]:  # fmt: skip
    """The forms of the decision, and why each is closed; None where it is open."""
    seen = {"version": version.number, "submitted_at": stamp(version)}
    older = _("A newer version has been handed in; decide on that one.") if version != versions[0] else None
    letter = drafted_letter(version, points, threads, compared.row_numbers)
    letter_form = ReturnForm(initial=seen | {"letter": letter, "mend_by_on": day_to_mend(version, clock.today())})
    return {
        "approve_form": forms.get("approve_form") or ApproveForm(initial=seen, points=points),
        "return_form": forms.get("return_form") or letter_form,
        "why_not": older or why_not_approve(version),
        "why_not_return": older or why_not_decide(version),
        "why_not_ask": older or why_not_ask(version),
        "why_not_recall": older or why_not_recall(version),
        "missing": missing_for_approval(points, threads, compared.row_numbers),
        "to_read": to_read_before_approval(threads, compared.row_numbers),
    }


# ── Questions ────────────────────────────────────────────────────────────────────────────────────


def _asking(
    request: HttpRequest, version: Version, compared: Comparison, forms: Forms, threads: list[Thread]
) -> dict[str, object]:
    """Where a question may be typed: under the row that was chosen (`?ask=<line>.<cell>`), and in each thread."""
    day = day_to_answer(clock.today())
    form = forms.get("ask_form") or _chosen(request.GET.get("ask", ""), version, compared, day)
    typed = forms.get("further_form")
    further = {
        thread.query.pk: typed if typed and typed.query == thread.query.pk
        else FurtherForm(query=thread.query, initial={"due_on": day})
        for thread in threads
        if thread.is_running
    }  # fmt: skip
    return {"ask_form": form, "ask_line": form["line"].value() if form else None, "further": further}


def _chosen(asked: str, version: Version, compared: Comparison, day: object) -> AskForm | None:
    key, _dot, field = asked.partition(".")
    rows = [*compared.signed.rows, *compared.executed.rows]
    line = next((row.line for row in rows if row.line is not None and str(row.line.key) == key), None)
    if line is None:
        return None
    initial = {"version": version.number, "submitted_at": stamp(version), "line": line.key, "due_on": day}
    return AskForm(kind=line.kind, initial=initial | {"field": field or "amount"})


def line_of(version: Version, key: str) -> object:
    """A line of a version by its key; 404 for anything else."""
    try:
        return version.lines.get(key=UUID(key))
    except (ValueError, version.lines.model.DoesNotExist) as problem:
        raise Http404 from problem
