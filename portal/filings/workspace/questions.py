"""Questions pinned to cells, with their threads and clocks, as either side reads them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Min
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.filings.models.filing import Filing, Line
from portal.filings.models.query import Query, Remark
from portal.filings.telling import cell_in_words, field_in_words
from portal.filings.workspace.history import people_of
from portal.members.models import Firm, User


@dataclass(frozen=True)
class Voice:
    """One turn of a thread; `before` and `after` are told where the answer changed the cell."""

    who: str
    remark: Remark
    before: str = ""
    after: str = ""

    @property
    def is_firm(self) -> bool:
        return self.remark.side == Remark.Side.FIRM


@dataclass(frozen=True)
class Thread:
    """A question with all that was said, the line that it is about as it was last told, and whose turn it is."""

    query: Query
    line: Line
    cell: str
    found: str
    voices: list[Voice]
    clock: str
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.query.state == Query.State.OPEN

    @property
    def is_answered(self) -> bool:
        return self.query.state == Query.State.ANSWERED

    @property
    def is_running(self) -> bool:
        return self.is_open or self.is_answered

    @property
    def asked(self) -> str:
        """The question as it was put last."""
        return next((voice.remark.text for voice in reversed(self.voices) if not voice.is_firm), "")


def threads_of(filing: Filing, *, on: date, lists, for_firm: bool) -> list[Thread]:
    """Every question about a filing, in the order of asking: four queries. A firm is not told who of the association
    asks."""
    queries = list(Query.objects.filter(filing=filing).prefetch_related("remarks"))
    if not queries:
        return []
    lines = _lines(filing, {query.line_key for query in queries})
    keys = {remark.made_by for query in queries for remark in query.remarks.all()}
    names = people_of(filing.firm, keys) if for_firm else _everybody(keys)
    return [_thread(query, lines[query.line_key], names, on, lists, for_firm) for query in queries]


def by_line(threads: Iterable[Thread]) -> Mapping[UUID, list[Thread]]:
    found: dict[UUID, list[Thread]] = defaultdict(list)
    for thread in threads:
        found[thread.query.line_key].append(thread)
    return found


def _lines(filing: Filing, keys: set[UUID]) -> dict[UUID, Line]:
    """Each line in the newest version that has it."""
    rows = Line.objects.filter(version__filing=filing, key__in=keys).select_related("contract")
    return {line.key: line for line in rows.order_by("version__number")}


def _everybody(keys: set[UUID]) -> dict[UUID, str]:
    return {person.key: str(person) for person in User.objects.filter(key__in=keys)}


def _thread(query: Query, line: Line, names: Mapping[UUID, str], on: date, lists, for_firm: bool) -> Thread:
    return Thread(
        query=query,
        line=line,
        cell=field_in_words(line.kind, query.field),
        found=cell_in_words(query.field, query.found, lists),
        voices=[_voice(remark, query.field, names, lists) for remark in query.remarks.all()],
        clock=_clock(query, on, for_firm),
        is_late=query.state == Query.State.OPEN and on > query.due_on,
    )


def _voice(remark: Remark, field: str, names: Mapping[UUID, str], lists) -> Voice:
    stranger = _("The association") if remark.side == Remark.Side.ASSOCIATION else _("The firm")
    who = names.get(remark.made_by, stranger)
    if not (remark.before or remark.after):
        return Voice(who, remark)
    return Voice(who, remark, cell_in_words(field, remark.before, lists), cell_in_words(field, remark.after, lists))


def _clock(query: Query, on: date, for_firm: bool) -> str:
    """Whose turn it is, since when, and until when."""
    since = timezone.localdate(max(remark.made_at for remark in query.remarks.all()))
    days = (on - since).days
    if query.state == Query.State.OPEN:
        return _waits_for_firm(query, on, days, for_firm)
    if query.state == Query.State.ANSWERED:
        words = ngettext(
            "waiting for the association since %(day)s, %(count)d day",
            "waiting for the association since %(day)s, %(count)d days",
            days,
        )
        return words % {"day": since.isoformat(), "count": days}
    closed = timezone.localdate(query.settled_at).isoformat()
    words = _("settled on %(day)s") if query.state == Query.State.SETTLED else _("withdrawn on %(day)s")
    return words % {"day": closed}


def _waits_for_firm(query: Query, on: date, days: int, for_firm: bool) -> str:
    late, day = (on - query.due_on).days, query.due_on.isoformat()
    if late > 0:
        words = ngettext(
            "was to be answered by %(day)s, %(count)d day over", "was to be answered by %(day)s, %(count)d days over",
            late,
        )  # fmt: skip
        return words % {"day": day, "count": late}
    if for_firm:
        words = ngettext(
            "your turn: answer by %(day)s, %(count)d day left", "your turn: answer by %(day)s, %(count)d days left",
            -late,
        )  # fmt: skip
        return words % {"day": day, "count": -late}
    words = ngettext(
        "waiting for the firm, %(count)d day, due on %(day)s", "waiting for the firm, %(count)d days, due on %(day)s",
        days,
    )  # fmt: skip
    return words % {"day": day, "count": days}


# ── For the firm's home ──────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Asked:
    """How many questions about a period wait for the firm, and when the first of them is due."""

    period: str
    count: int
    due_on: date
    days_left: int


def questions_for(firm: Firm, on: date) -> list[Asked]:
    """The periods with open questions, the most urgent first: one query."""
    rows = Query.objects.filter(firm=firm, state=Query.State.OPEN).values_list("filing__period")
    rows = rows.annotate(count=Count("pk"), due=Min("due_on")).order_by("due", "filing__period")
    return [Asked(period, count, due, (due - on).days) for period, count, due in rows]
