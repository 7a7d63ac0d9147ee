"""The reviewers' queue: every firm of a period, where its filing stands, and how much it matters to the totals.

A fixed number of queries, whatever the number of firms; the rest is arithmetic on plain values.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.filings.desk import effect, standings
from portal.filings.desk.effect import EVERYWHERE, EXECUTION, Effect, Movement
from portal.filings.desk.standings import Counted, Handed, Standing
from portal.filings.lifecycle import Status
from portal.filings.models.period import Period
from portal.filings.progress import Progress
from portal.members.access import divisions_in_scope, firms_in_scope
from portal.members.models import Firm, User
from portal.members.queries import FirmFacts, members_on, profiles_known_at
from portal.members.roles import Permission
from portal.reference.models import Division
from portal.reference.queries import names


class State(StrEnum):
    """Where a firm stands in a period, as the association sees it: a draft is the firm's own until it is submitted."""

    WAITING = "waiting"
    RETURNED = "returned"
    APPROVED = "approved"
    DRAFT = "draft"
    NONE = "none"


STATE_LABELS = {
    State.WAITING: _("Waiting for review"),
    State.RETURNED: _("Returned"),
    State.APPROVED: _("Approved"),
    State.DRAFT: _("Draft"),
    State.NONE: _("Not begun"),
}
_STATE_OF = {
    Status.SUBMITTED: State.WAITING,
    Status.RETURNED: State.RETURNED,
    Status.APPROVED: State.APPROVED,
    Status.SUPERSEDED: State.APPROVED,
    # Its next version was handed in with it, so it comes last only where that one was withdrawn.
    Status.AMENDED: State.DRAFT,
}


# Not frozen: thousands are made for a page, and that would take twice the time.
@dataclass
class Row:
    """One firm in the queue. Amounts are US dollar cents; `executed` is none before anything was handed in, `before`
    where no approved filing of a year before has an execution."""

    firm: int
    credit_code: str
    name_zh: str
    name_en: str
    place: Division | None
    size_band: str
    filing: int | None
    state: State
    handed: Handed | None
    is_being_reworked: bool
    executed: int | None
    before: int | None
    effect: Effect | None
    cell_place: Division | None
    counted: Counted
    open_questions: int
    answered_questions: int
    due_on: date
    review_due_on: date | None
    is_overdue: bool
    rank: int = 0

    @property
    def growth(self) -> Decimal | None:
        """On a year before, in percent; none without a base or without a filing."""
        if self.executed is None or not self.before or self.before < 0:
            return None
        return Decimal(100 * self.executed) / self.before - 100

    @property
    def is_late(self) -> bool:
        """Handed in after the day on which the firm's filing was due."""
        return self.handed is not None and self.handed.on is not None and self.handed.on > self.due_on

    @property
    def is_filed(self) -> bool:
        return self.counted.version is not None


@dataclass(frozen=True)
class Queue:
    rows: list[Row]
    progress: Progress
    places_by_code: dict[str, Division]

    def counts(self) -> dict[State, int]:
        counter = Counter(row.state for row in self.rows)
        return {state: counter[state] for state in State}

    def row_of(self, firm: int) -> Row | None:
        return next((row for row in self.rows if row.firm == firm), None)

    def sought(
        self, *, state: State | None = None, place: str = "", text: str = "", size: str = "",
        flags: Collection[str] = (), due_until: date | None = None, order: str = "",
    ) -> list[Row]:  # fmt: skip
        """Rows in a state, of a place (a city, or a province with its cities), with a text in name or code, of a
        size, of which every flag is true, to be reviewed by a day; in an order of `ORDERS`."""
        wanted = text.strip().casefold()
        rows = [
            row
            for row in self.rows
            if (state is None or row.state == state)
            and (not place or is_in(row, place))
            and (not size or row.size_band == size)
            and (due_until is None or (row.review_due_on is not None and row.review_due_on <= due_until))
            and all(FLAGS[flag](row) for flag in flags)
            and wanted in f"{row.name_zh} {row.name_en} {row.credit_code}".casefold()
        ]
        return sorted(rows, key=ORDERS[order]) if order in ORDERS else rows

    def places(self) -> list[Division]:
        """The places that firms of the queue are in, by code."""
        found = {row.place.pk: row.place for row in self.rows if row.place}
        return [found[code] for code in sorted(found)]


def is_in(row: Row, place: str) -> bool:
    return row.place is not None and place in (row.place.pk, row.place.parent_id)


FLAGS: dict[str, Callable[[Row], bool]] = {
    "open": lambda row: row.open_questions > 0,
    "answered": lambda row: row.answered_questions > 0,
    "explained": lambda row: row.counted.explained > 0,
    "late": lambda row: row.is_late,
    "overdue": lambda row: row.is_overdue,
}
_LATEST = date.max
# The first is the queue's own order, by effect.
ORDERS: dict[str, Callable[[Row], tuple]] = {
    "effect": lambda row: _by_effect(row),
    "due": lambda row: (row.review_due_on or _LATEST, *_by_effect(row)),
    "executed": lambda row: (-(row.executed or 0), row.credit_code),
    "growth": lambda row: (row.growth is None, -abs(row.growth or 0), row.credit_code),
    "name": lambda row: (row.name_zh, row.credit_code),
}


def _by_effect(row: Row) -> tuple:
    """Largest effect first; of those that have not filed, whoever stood for most a year before."""
    score = row.effect.score if row.effect else 0.0
    return (-score, -(row.executed or row.before or 0), row.credit_code)


# ── Putting it together ──────────────────────────────────────────────────────────────────────────


def queue_for(user: User, period: Period, at: datetime, *permissions: Permission) -> Queue:
    """The queue of a period as far as a person may see it: the divisions in which one of the rights holds."""
    wanted = permissions or (Permission.QUEUE_VIEW,)
    return queue_of(period, firms_in_scope(user, *wanted), at, within=divisions_in_scope(user, *wanted))


def queue_of(period: Period, firms: QuerySet[Firm], at: datetime, *, within: frozenset[str] | None = None) -> Queue:
    """The queue of a period over some firms: members of its last day, and whoever has a filing.

    `within` names the divisions whose firms these are, when they are not all: no cell beyond them is weighed, for
    it could not be added up.
    """
    stood = standings.standings(period, firms)
    expected = Q(pk__in=members_on(period.last_on).values("pk")) | Q(pk__in=list(stood))
    people = list(firms.filter(expected).values_list("pk", "credit_code", "name_zh", "name_en"))
    counted = standings.counted_amounts(period, firms, stood)
    before = standings.amounts_a_year_before(period, firms)
    profiles = profiles_known_at(at, on=timezone.localdate(at), firms=firms.values("pk"))
    places = names("division", list({profile.division for profile in profiles.values()}))
    parents = names("division", list({place.parent_id for place in places.values() if place.parent_id}))
    movements = [
        Movement(firm, _cells_of(profiles.get(firm), places, within), counted[firm].amounts, before.get(firm))
        for firm, *_rest in people
    ]
    found = effect.effects(movements, fewest=settings.DISCLOSURE_MIN_FIRMS)
    asked = standings.questions(period, firms)
    calendar = standings.Deadlines(period, firms, timezone.localdate(at))
    known = parents | places
    rows = [
        _row(
            *person, profile=profiles.get(person[0]), places=known, standing=stood.get(person[0]),
            counted=counted[person[0]], before=before.get(person[0]), effect=found.get(person[0]),
            asked=asked.get(person[0], (0, 0)), calendar=calendar,
        )
        for person in people
    ]  # fmt: skip
    return Queue(_ranked(rows), _progress(rows), known)


def _cells_of(profile: FirmFacts | None, places: dict[str, Division], within: frozenset[str] | None) -> tuple[str, ...]:
    """The places whose cells a firm feeds: its city, its province, everything; as far as they lie within."""
    place = places[profile.division] if profile else None
    own = [code for code in (place.pk, place.parent_id) if code] if place else []
    if within is None:
        return (*own, EVERYWHERE)
    inside = tuple(code for code in own if code in within or (place and code == place.pk and place.parent_id in within))
    return inside or (EVERYWHERE,)


def _row(
    firm: int, credit_code: str, name_zh: str, name_en: str, *, profile: FirmFacts | None,
    places: dict[str, Division], standing: Standing | None, counted: Counted, before: dict | None,
    effect: Effect | None, asked: tuple[int, int], calendar: standings.Deadlines,
) -> Row:  # fmt: skip
    handed = standing.handed if standing else None
    state = State.NONE if standing is None else _STATE_OF[Status(handed.status)] if handed else State.DRAFT
    review_due_on = calendar.review_due_on(handed.on) if handed and state == State.WAITING else None
    return Row(
        firm=firm, credit_code=credit_code, name_zh=name_zh, name_en=name_en,
        place=places[profile.division] if profile else None, size_band=profile.size_band if profile else "",
        filing=standing.filing if standing else None, state=state, handed=handed,
        is_being_reworked=standing.is_being_reworked if standing else False,
        executed=standing.executed if standing and handed else None,
        before=_all_executed(before) if before is not None else None, effect=effect,
        cell_place=places.get(effect.place) if effect else None,
        counted=counted, open_questions=asked[0], answered_questions=asked[1], due_on=calendar.due_on(firm),
        review_due_on=review_due_on, is_overdue=review_due_on is not None and review_due_on < calendar.today,
    )  # fmt: skip


def _all_executed(amounts: dict) -> int | None:
    """Execution in every mode; none where there was none."""
    modes = [cents for (measure, mode), cents in amounts.items() if measure == EXECUTION and mode != effect.TOTAL]
    return sum(modes) if modes else None


def _ranked(rows: Iterable[Row]) -> list[Row]:
    """By effect; numbered within each state."""
    seen: Counter[State] = Counter()
    ordered = sorted(rows, key=_by_effect)
    for row in ordered:
        seen[row.state] += 1
        row.rank = seen[row.state]
    return ordered


def _progress(rows: list[Row]) -> Progress:
    filed = [row for row in rows if row.is_filed]
    return Progress(len(rows), len(filed), sum(row.before or 0 for row in rows), sum(row.before or 0 for row in filed))
