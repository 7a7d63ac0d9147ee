"""The reviewers' queue, and who is looking at what. No figure can be changed from here."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.filings import working_days
from portal.filings.actions.looking import look
from portal.filings.desk.looking import lookers
from portal.filings.desk.queue import FLAGS, ORDERS, STATE_LABELS, Queue, Row, State, queue_for
from portal.filings.models.calling import WorkingDay
from portal.filings.models.filing import Filing
from portal.filings.models.period import Period
from portal.filings.progress import current_period
from portal.lib import clock
from portal.lib.words import gettext_noop
from portal.members.access import firms_in_scope, requires_staff, staff_permissions
from portal.members.models import SizeBand
from portal.members.roles import Permission

ROWS_A_PAGE = 30
ALL = "all"
LONGEST_TEXT = 100

FLAG_WORDS = {
    "answered": gettext_noop("answers to read"),
    "open": gettext_noop("open questions"),
    "explained": gettext_noop("explanations to weigh"),
    "late": gettext_noop("handed in late"),
    "overdue": gettext_noop("review overdue"),
}
ORDER_WORDS = {
    "effect": gettext_noop("Effect on the totals"),
    "due": gettext_noop("Review due first"),
    "executed": gettext_noop("Largest execution"),
    "growth": gettext_noop("Largest change"),
    "name": gettext_noop("Name"),
}
# Within so many working days; none is any day.
DUE_WORDS = {"0": gettext_noop("today or before"), "3": gettext_noop("within three working days")}


@dataclass(frozen=True)
class Choice:
    value: str
    label: str
    is_chosen: bool


@dataclass(frozen=True)
class Sought:
    """What the address asks of the queue; what it cannot mean is left out."""

    state: State | None
    place: str
    text: str
    size: str
    flags: tuple[str, ...]
    due: str
    order: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Sought":
        asked = request.GET.get("state", State.WAITING)
        state = State(asked) if asked in set(State) else None if asked == ALL else State.WAITING
        given = request.GET.get
        return cls(
            state=state,
            place=given("place", "")[:12],
            text=given("q", "")[:LONGEST_TEXT],
            size=_one_of(given("size", ""), SizeBand.values),
            flags=tuple(flag for flag in FLAG_WORDS if flag in request.GET.getlist("only")),
            due=_one_of(given("due", ""), DUE_WORDS),
            order=_one_of(given("order", ""), ORDERS) or "effect",
        )

    def rows(self, found: Queue, today: date) -> list[Row]:
        until = working_days.add(today, int(self.due), WorkingDay.objects.corrections()) if self.due else None
        return found.sought(
            state=self.state, place=self.place, text=self.text, size=self.size, flags=self.flags, due_until=until,
            order=self.order,
        )  # fmt: skip


def _one_of(value: str, values: object) -> str:
    return value if value in values else ""


@require_GET
@requires_staff(Permission.QUEUE_VIEW)
def queue(request: HttpRequest) -> HttpResponse:
    """Everything of a period within the person's divisions, by its effect on the totals."""
    code = request.GET.get("period")
    period = get_object_or_404(Period, code=code) if code else current_period(clock.today())
    if period is None:
        return render(request, "desk/queue.html", {"period": None})
    found = queue_for(request.user, period, clock.now())
    sought = Sought.of(request)
    rows = sought.rows(found, clock.today())
    page = Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "period": period,
        "periods": Period.objects.opened(clock.today()).newest_first(),
        "progress": found.progress,
        "days_left": (period.due_on - clock.today()).days,
        "tabs": _tabs(request, found, sought.state),
        "all_states": sought.state is None,
        "sought": sought,
        "state": sought.state.value if sought.state else ALL,
        "places": found.places(),
        "page": page,
        "rows": _shown(request, page.object_list, rows),
        "approves": Permission.FILING_APPROVE in staff_permissions(request.user),
    }
    return render(request, "desk/queue.html", context | _choices(sought, found))


def _choices(sought: Sought, found: Queue) -> dict[str, object]:
    """What the filters offer; flags with the number of filings of the state that have them."""
    of_state = found.sought(state=sought.state)
    flags = [(flag, f"{_(words)} {sum(map(FLAGS[flag], of_state))}") for flag, words in FLAG_WORDS.items()]
    return {
        "flags": [Choice(flag, label, flag in sought.flags) for flag, label in flags],
        "sizes": [Choice(value, str(label), value == sought.size) for value, label in SizeBand.choices],
        "dues": [Choice(value, _(words), value == sought.due) for value, words in DUE_WORDS.items()],
        "orders": [Choice(value, _(words), value == sought.order) for value, words in ORDER_WORDS.items()],
    }


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


def _shown(request: HttpRequest, rows: list[Row], of: list[Row]) -> list[tuple[Row, Decimal, list[str]]]:
    """Each row with the length of its bar, in percent of the longest, and who has it open."""
    longest = max((row.effect.value for row in of if row.effect), default=Decimal(0))
    looking = lookers([row.filing for row in rows], clock.now(), besides=request.user)
    return [(row, _length(row, longest), looking.get(row.filing, [])) for row in rows]


def _length(row: Row, longest: Decimal) -> Decimal:
    return 100 * row.effect.value / longest if row.effect and longest else Decimal(0)


@require_POST
@requires_staff(Permission.FILING_VIEW)
def filing_look(request: HttpRequest, pk: int) -> JsonResponse:
    """The page of a filing is still open; answers who else has it open."""
    filing = get_object_or_404(Filing, pk=pk, firm__in=firms_in_scope(request.user, Permission.FILING_VIEW))
    look(filing=filing, by=request.user, at=clock.now())
    names = lookers([filing.pk], clock.now(), besides=request.user).get(filing.pk, [])
    return JsonResponse({"names": names})
