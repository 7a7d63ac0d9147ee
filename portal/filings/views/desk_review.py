"""The reviewers' pages: the queue, one filing, and the decision. No figure can be changed from here."""

from decimal import Decimal

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings.actions.review import approve, return_to_firm
from portal.filings.desk.comparison import comparison_of, handed_in
from portal.filings.desk.history import filing_history, people_named, who
from portal.filings.desk.letters import drafted_letter
from portal.filings.desk.points import Point, points_of
from portal.filings.desk.queue import STATE_LABELS, Queue, Row, State, marked, queue_of
from portal.filings.forms_desk import ApproveForm, DecisionForm, ReturnForm
from portal.filings.models.filing import Filing, Version
from portal.filings.models.period import Period
from portal.filings.models.upload import Upload
from portal.filings.policies import why_not_decide
from portal.filings.progress import current_period
from portal.filings.workspace.figures import growth
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.access import firms_in_scope, requires_staff
from portal.members.models import User
from portal.members.roles import Permission
from portal.reference.queries import code_lists

ROWS_A_PAGE = 30
ROWS_BESIDE = 8
# In percent; growth above it is told with a mark, as everywhere.
LARGEST_PLAIN_RATE = 1000
ALL = "all"


# ── The queue ────────────────────────────────────────────────────────────────────────────────────


@require_GET
@requires_staff(Permission.QUEUE_VIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """Everything of a period within the person's divisions, by its effect on the total."""
    code = request.GET.get("period")
    period = get_object_or_404(Period, code=code) if code else current_period(clock.today())
    if period is None:
        return render(request, "desk/queue.html", {"period": None})
    found = queue_of(period, firms_in_scope(request.user, Permission.QUEUE_VIEW), clock.now())
    state, place, text = _sought(request)
    rows = found.sought(state=state, place=place, text=text)
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "periods": Period.objects.opened(clock.today()).newest_first(),
        "progress": found.progress,
        "days_left": (period.due_on - clock.today()).days,
        "tabs": _tabs(request, found, state),
        "state": state.value if state else ALL,
        "all_states": state is None,
        "place": place,
        "places": found.places(),
        "text": text,
        "page": page,
        "rows": _with_bars(marked(page.object_list, period), rows),
    }
    return render(request, "desk/queue.html", context)


def _sought(request: HttpRequest) -> tuple[State | None, str, str]:
    asked = request.GET.get("state", State.WAITING)
    state = State(asked) if asked in set(State) else None if asked == ALL else State.WAITING
    return state, request.GET.get("place", ""), request.GET.get("q", "")[:100]


def _tabs(request: HttpRequest, found: Queue, state: State | None) -> list[dict[str, object]]:
    counts = found.counts()
    states = [(item.value, STATE_LABELS[item], counts[item], item == state) for item in State]
    rows = [*states, (ALL, _("All"), len(found.rows), state is None)]
    return [
        {"label": label, "href": _with(request, state=value), "current": current, "count": count}
        for value, label, count, current in rows
    ]


def _with(request: HttpRequest, **values: str) -> str:
    """This address with other parameters, from its first page."""
    query = request.GET.copy()
    query.pop("page", None)
    for name, value in values.items():
        query[name] = value
    return f"?{query.urlencode()}"


def _with_bars(rows: list, of: list[Row]) -> list[tuple[object, Decimal]]:
    """Each row with the length of its bar, in percent of the longest."""
    longest = max((abs(row.moved) for row in of), default=0)
    return [(item, Decimal(100 * abs(item.row.moved)) / longest if longest else Decimal(0)) for item in rows]


# ── One filing ───────────────────────────────────────────────────────────────────────────────────


def filing_in_scope(user: User, pk: int, permission: Permission) -> Filing:
    """A filing of a firm over which the person has the right; for everybody else it does not exist."""
    filings = Filing.objects.select_related("firm", "period")
    return get_object_or_404(filings, pk=pk, firm__in=firms_in_scope(user, permission))


@require_GET
@requires_staff(Permission.FILING_VIEW)
def filing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest version that was handed in, or an earlier one (`?version=`), beside its neighbours."""
    filing = filing_in_scope(request.user, pk, Permission.FILING_VIEW)
    return _page(request, filing)


@require_POST
@requires_staff(Permission.FILING_APPROVE)
def filing_approve(request: HttpRequest, pk: int) -> HttpResponse:
    filing = filing_in_scope(request.user, pk, Permission.FILING_APPROVE)
    version = _version_looked_at(request, filing)
    if version is None:
        return redirect("desk:filing-detail", pk)
    form = ApproveForm(request.POST, points=points_of(version, code_lists()))
    if not form.is_valid():
        return _page(request, filing, approve_form=form)
    try:
        approve(version=version, by=request.user, at=clock.now())
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("desk:filing-detail", pk)
    words = _("%(firm)s, version %(number)s: approved. It counts from now on.")
    messages.success(request, words % {"firm": filing.firm, "number": version.number})
    return redirect(f"{reverse('desk:queue')}?period={filing.period_id}")


@require_POST
@requires_staff(Permission.FILING_RETURN)
def filing_return(request: HttpRequest, pk: int) -> HttpResponse:
    filing = filing_in_scope(request.user, pk, Permission.FILING_RETURN)
    version = _version_looked_at(request, filing)
    if version is None:
        return redirect("desk:filing-detail", pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, filing, return_form=form)
    try:
        return_to_firm(version=version, by=request.user, at=clock.now(), **_reason_and_letter(form))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return _page(request, filing, return_form=form)
    words = _("%(firm)s, version %(number)s: returned. The firm sees your letter on its page.")
    messages.success(request, words % {"firm": filing.firm, "number": version.number})
    return redirect(f"{reverse('desk:queue')}?period={filing.period_id}")


def _reason_and_letter(form: Form) -> dict[str, str]:
    return {name: form.cleaned_data[name] for name in ("reason", "letter")}


def _version_looked_at(request: HttpRequest, filing: Filing) -> Version | None:
    """The version that the decision names; None, and a sentence, when something newer has come since."""
    form = DecisionForm(request.POST)
    newest = next(iter(handed_in(filing)), None)
    if newest and form.is_valid() and form.cleaned_data == {"version": newest.number, "submitted_at": stamp(newest)}:
        return newest
    messages.error(request, _("This is not what you had opened: the filing has changed since. Look at it again."))
    return None


def stamp(version: Version) -> str:
    """When a version was handed in, as the form carries it."""
    return version.submitted_at.isoformat() if version.submitted_at else ""


def _page(request: HttpRequest, filing: Filing, **forms: Form) -> HttpResponse:
    """The filing's page; a form that was not accepted stands there as it was typed."""
    versions = handed_in(filing)
    asked = request.GET.get("version", "")
    chosen = next((row for row in versions if str(row.number) == asked), None) or next(iter(versions), None)
    found = queue_of(filing.period, firms_in_scope(request.user, Permission.FILING_VIEW), clock.now())
    row = found.row_of(filing.firm_id)
    context = {
        "filing": filing,
        "period": filing.period,
        "row": row,
        "beside": _beside(found, filing),
        "progress": found.progress,
        "versions": versions,
        "version": chosen,
        "history": filing_history(filing),
        "uploads": _uploads(filing, versions),
        "days_left": (filing.period.due_on - clock.today()).days,
    }
    if chosen is not None:
        context |= _compared(request.user, filing, chosen, versions, forms)
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
    user: User, filing: Filing, version: Version, versions: list[Version], forms: dict[str, Form]
) -> dict[str, object]:
    """The version beside its neighbours, and the decision where it is the newest and the person may decide."""
    previous = next((row for row in versions if row.number < version.number), None)
    points = points_of(version, code_lists())
    compared = comparison_of(version, previous, points)
    rate, state = growth(compared.executed.now, compared.executed.last_year)
    people = people_named([version.submitted_by, version.approved_by])
    decides = firms_in_scope(user, Permission.FILING_APPROVE).filter(pk=filing.firm_id).exists()
    context: dict[str, object] = {
        "compared": compared,
        "growth": rate,
        "is_low_base": rate is not None and rate > LARGEST_PLAIN_RATE,
        "growth_state": state,
        "submitted_by": who(version.submitted_by, people) if version.submitted_by else "",
        "approved_by": who(version.approved_by, people) if version.approved_by else "",
        "decides": decides,
        "why_not": _why_not(version, versions),
        "is_newest": version == versions[0],
    }
    return context | (_decision(version, points, forms) if decides else {})


def _why_not(version: Version, versions: list[Version]) -> str | None:
    if version != versions[0]:
        return _("A newer version has been handed in; decide on that one.")
    return why_not_decide(version)


def _decision(version: Version, points: list[Point], forms: dict[str, Form]) -> dict[str, object]:
    seen = {"version": version.number, "submitted_at": stamp(version)}
    letter = drafted_letter(version, points, clock.today())
    return {
        "approve_form": forms.get("approve_form") or ApproveForm(initial=seen, points=points),
        "return_form": forms.get("return_form") or ReturnForm(initial=seen | {"letter": letter}),
    }


@require_GET
@requires_staff(Permission.FILING_VIEW)
def upload_file(request: HttpRequest, pk: int) -> FileResponse:
    """The original of a file from which a handed-in version was taken over."""
    uploads = Upload.objects.filter(outcome=Upload.Outcome.CONFIRMED)
    upload = get_object_or_404(uploads, pk=pk, firm__in=firms_in_scope(request.user, Permission.FILING_VIEW))
    if upload.version_number not in [version.number for version in handed_in(upload.filing)]:
        raise Http404
    return FileResponse(
        upload.file.open("rb"), as_attachment=True, filename=upload.file_name, content_type="application/octet-stream"
    )
