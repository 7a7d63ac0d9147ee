"""The reviewers' queue: every firm of a period, where its filing stands, and how much it moves the total.

A handful of queries, whatever the number of firms; the rest is arithmetic on plain values.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.filings.lifecycle import Status
from portal.filings.models.filing import Line, Version
from portal.filings.models.period import Period
from portal.filings.progress import Progress, executed_a_year_before
from portal.filings.sheet import Kind
from portal.members.models import Firm
from portal.members.queries import members_on, profiles_known_at
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
}
COUNTED = (Status.SUBMITTED, Status.APPROVED)


@dataclass(frozen=True)
class Handed:
    """The newest version that a firm handed in."""

    pk: int
    filing: int
    number: int
    status: str
    is_nil: bool
    submitted_at: datetime | None


@dataclass
class _Standing:
    """What is known of one firm's filing while its versions are read, oldest first."""

    filing: int
    handed: Handed | None = None
    counted: int | None = None
    is_being_reworked: bool = False


@dataclass(frozen=True)
class Row:
    """One firm in the queue. Amounts are US dollar cents; `executed` is none before anything was handed in, `before`
    where no approved filing of a year before has an execution."""

    firm: int
    credit_code: str
    name_zh: str
    name_en: str
    place: Division | None
    filing: int | None
    state: State
    handed: Handed | None
    is_being_reworked: bool
    executed: int | None
    before: int | None
    total: int
    rank: int = 0

    @property
    def moved(self) -> int:
        """By how much the firm's execution differs from a year before."""
        return (self.executed or 0) - (self.before or 0)

    @property
    def effect(self) -> Decimal | None:
        """That difference in percent of everything submitted and approved; none while that is nothing."""
        return Decimal(100 * self.moved) / self.total if self.total > 0 else None

    @property
    def growth(self) -> Decimal | None:
        """On a year before, in percent; none without a base or without a filing."""
        if self.executed is None or not self.before or self.before < 0:
            return None
        return Decimal(100 * self.executed) / self.before - 100


@dataclass(frozen=True)
class Queue:
    rows: list[Row]
    progress: Progress

    def counts(self) -> dict[State, int]:
        counter = Counter(row.state for row in self.rows)
        return {state: counter[state] for state in State}

    def row_of(self, firm: int) -> Row | None:
        return next((row for row in self.rows if row.firm == firm), None)

    def sought(self, *, state: State | None = None, place: str = "", text: str = "") -> list[Row]:
        """Rows in a state, of a place (a city, or a province with its cities), and with a text in name or code."""
        wanted = text.strip().casefold()
        return [
            row
            for row in self.rows
            if (state is None or row.state == state)
            and (not place or _is_in(row, place))
            and wanted in f"{row.name_zh} {row.name_en} {row.credit_code}".casefold()
        ]

    def places(self) -> list[Division]:
        """The places that firms of the queue are in, by code."""
        found = {row.place.pk: row.place for row in self.rows if row.place}
        return [found[code] for code in sorted(found)]


def _is_in(row: Row, place: str) -> bool:
    return row.place is not None and place in (row.place.pk, row.place.parent_id)


def queue_of(period: Period, firms: QuerySet[Firm], at: datetime) -> Queue:
    """The queue of a period over some firms: members of its last day, and whoever has a filing."""
    standings = _standings(period, firms)
    before = executed_a_year_before(period, firms)
    executed = _executed_by_version(period, firms)
    expected = Q(pk__in=members_on(period.last_on).values("pk")) | Q(pk__in=list(standings))
    people = list(firms.filter(expected).values_list("pk", "credit_code", "name_zh", "name_en"))
    total = sum(executed.get(row.counted, 0) for row in standings.values() if row.counted)
    places = _places(firms, at)
    rows = [
        _row(*person, place=places.get(person[0]), standing=standings.get(person[0]), executed=executed,
             before=before.get(person[0]), total=total)
        for person in people
    ]  # fmt: skip
    filed = {firm for firm, row in standings.items() if row.counted}
    again = sum(cents for firm, cents in before.items() if firm in filed)
    return Queue(_ranked(rows), Progress(len(people), len(filed), sum(before.values()), again))


def _standings(period: Period, firms: QuerySet[Firm]) -> dict[int, _Standing]:
    """By firm: one query over the period's versions, in order, so that the newest has the last word."""
    versions = Version.objects.filter(filing__period=period, firm__in=firms).order_by("number")
    found: dict[int, _Standing] = {}
    for firm, *rest in versions.values_list("firm", "pk", "filing", "number", "status", "is_nil", "submitted_at"):
        version = Handed(*rest)
        standing = found.setdefault(firm, _Standing(version.filing))
        standing.is_being_reworked = version.status == Status.DRAFT and standing.handed is not None
        if version.status != Status.DRAFT:
            standing.handed = version
        if version.status in COUNTED:
            standing.counted = version.pk
    return found


def _executed_by_version(period: Period, firms: QuerySet[Firm]) -> dict[int, int]:
    lines = Line.objects.filter(version__filing__period=period, firm__in=firms, kind=Kind.EXECUTED)
    lines = lines.exclude(version__status=Status.DRAFT)
    return dict(lines.values_list("version").annotate(cents=Sum("usd_cents")).order_by())


def _places(firms: QuerySet[Firm], at: datetime) -> dict[int, Division]:
    profiles = profiles_known_at(at, on=timezone.localdate(at), firms=firms.values("pk"))
    divisions = names("division", list({profile.division for profile in profiles.values()}))
    return {firm: divisions[profile.division] for firm, profile in profiles.items()}


def _row(
    firm: int, credit_code: str, name_zh: str, name_en: str, *, place: Division | None, standing: _Standing | None,
    executed: dict[int, int], before: int | None, total: int,
) -> Row:  # fmt: skip
    handed = standing.handed if standing else None
    state = State.NONE if standing is None else _STATE_OF[Status(handed.status)] if handed else State.DRAFT
    return Row(
        firm=firm, credit_code=credit_code, name_zh=name_zh, name_en=name_en, place=place,
        filing=standing.filing if standing else None, state=state, handed=handed,
        is_being_reworked=standing.is_being_reworked if standing else False,
        executed=executed.get(handed.pk, 0) if handed else None, before=before, total=total,
    )  # fmt: skip


def _ranked(rows: Iterable[Row]) -> list[Row]:
    """Largest movement first, whichever way; numbered within each state."""
    ordered = sorted(rows, key=lambda row: (-abs(row.moved), row.credit_code))
    seen: Counter[State] = Counter()
    ranked = []
    for row in ordered:
        seen[row.state] += 1
        ranked.append(Row(**(vars(row) | {"rank": seen[row.state]})))
    return ranked


@dataclass(frozen=True)
class Marks:
    """What a reviewer may want to know of a version before opening it."""

    lines: int = 0
    explained: int = 0
    back_filed: int = 0


@dataclass(frozen=True)
class Marked:
    row: Row
    marks: Marks = field(default_factory=Marks)


def marked(rows: list[Row], period: Period) -> list[Marked]:
    """Rows of one page with the number of their lines, explained lines and back-filed lines: one query."""
    versions = [row.handed.pk for row in rows if row.handed]
    counted = (
        Line.objects.filter(version__in=versions)
        .values_list("version")
        .annotate(
            lines=Count("pk"),
            explained=Count("pk", filter=~Q(reason="")),
            back_filed=Count("pk", filter=Q(on__lt=period.first_on)),
        )
        .order_by()
    )
    marks = {version: Marks(*counts) for version, *counts in counted}
    return [Marked(row, marks.get(row.handed.pk, Marks()) if row.handed else Marks()) for row in rows]
