"""Cells of a release, read as a program reads them: in the order of their keys, page by page or in one stream.

An amount that is not public is never read from the database: the query itself leaves it out.
"""

import base64
import binascii
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Case, Count, F, Q, QuerySet, When

from portal.statistics.api import problems
from portal.statistics.dimensions import CONF_STATUS, Cut, Measure, Status
from portal.statistics.models import Cell

KEY = ("place", "span", "measure", "mode", "cut", "member")
STATUS_OF = {code: status for status, code in CONF_STATUS.items()}
WHOLE = "whole"
# Read so many at a time: memory stays the same at any number of cells.
AT_A_TIME = 2000
# A count says something only here: contracts signed, firms that filed, firms in the leading or the matched group.
_COUNTED = Q(measure__in=[Measure.CONTRACT, Measure.FIRMS]) | Q(cut__in=[Cut.LEADERS, Cut.SAME_FIRM])

# place, span, measure, mode, cut, member, US cents, renminbi cents, count, status
Row = tuple[str, str, str, str, str, str, int | None, int | None, int | None, str]


@dataclass(frozen=True)
class Selection:
    """Which cells of a release are asked for; an empty filter takes all."""

    release: int
    filters: dict[str, Sequence[str]] = field(default_factory=dict)
    after: tuple[str, ...] | None = None

    def cells(self) -> QuerySet:
        rows = Cell.objects.filter(release=self.release)
        for name, values in self.filters.items():
            if values:
                rows = rows.filter(**{f"{name}__in": [_stored(name, value) for value in values]})
        return rows if self.after is None else rows.filter(_after(self.after))

    def rows(self, most: int | None = None) -> Iterator[Row]:
        """One row for each cell, `most` of them at most; what is not public has no amount."""
        found = self.cells().order_by(*KEY).values_list(
            *KEY, _if_public("usd_cents", amounts=True), _if_public("cny_cents", amounts=True), _if_public("count"),
            "status",
        )  # fmt: skip
        for row in (found if most is None else found[:most]).iterator(chunk_size=AT_A_TIME):
            yield (*row[:4], row[4] or WHOLE, *row[5:9], CONF_STATUS[row[9]])


def _stored(name: str, value: str) -> str:
    if name == "status":
        return STATUS_OF[value]
    return Cut.WHOLE.value if name == "cut" and value == WHOLE else value


def _if_public(column: str, *, amounts: bool = False) -> Case:
    says_something = ~Q(measure=Measure.FIRMS) if amounts else _COUNTED
    return Case(When(Q(status=Status.PUBLIC) & says_something, then=F(column)), default=None)


# ── Pages ────────────────────────────────────────────────────────────────────────────────────────


def _after(key: Sequence[str]) -> Q:
    """Cells behind a key: a later place, or the same place and a later span, and so on."""
    behind = Q()
    for count, name in enumerate(KEY):
        same = dict(zip(KEY[:count], key))
        behind |= Q(**same, **{f"{name}__gt": key[count]})
    return behind & Q(place__gte=key[0])


def cursor_after(row: Row) -> str:
    """Where the page behind a row begins, for an address."""
    key = (*row[:4], "" if row[4] == WHOLE else row[4], row[5])
    text = json.dumps(key, ensure_ascii=False, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def key_of(cursor: str) -> tuple[str, ...]:
    """The key in a cursor. Raises Problem for a text that is none."""
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        key = None
    if not isinstance(key, list) or len(key) != len(KEY) or not all(isinstance(part, str) for part in key):
        raise problems.bad_cursor(cursor)
    return tuple(key)


# ── What there is ────────────────────────────────────────────────────────────────────────────────


def distinct(selection: Selection, *columns: str) -> list[tuple[str, ...]]:
    """The different values of some columns among the cells asked for, in order."""
    return list(selection.cells().order_by(*columns).values_list(*columns).distinct())


@dataclass
class TableKind:
    """One table that a release has: a cut of a measure, in which modes and spans, and how much of it is withheld."""

    cut: str
    measure: str
    modes: set[str] = field(default_factory=set)
    spans: set[str] = field(default_factory=set)
    cells: int = 0
    withheld: int = 0


def tables_of(release: int) -> list[TableKind]:
    """Every table of a release: one query."""
    columns = ("cut", "measure", "mode", "span", "status")
    rows = Cell.objects.filter(release=release).order_by(*columns).values_list(*columns).annotate(number=Count("pk"))
    found: dict[tuple[str, str], TableKind] = {}
    for cut, measure, mode, span, status, number in rows:
        kind = found.setdefault((cut, measure), TableKind(cut or WHOLE, measure))
        kind.modes.add(mode)
        kind.spans.add(span)
        kind.cells += number
        kind.withheld += number if status != Status.PUBLIC else 0
    return list(found.values())
