"""The cells of a release, and the stretches of time that they are about: what two releases say of the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Protocol

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Cut, Span, spans_of
from portal.statistics.disclosure.relations import Key

# What depends on more than the stretch of time that a cell is of.
OF_ONE_RELEASE = frozenset({Cut.BRIDGE.value, Cut.SAME_FIRM.value, Cut.LEADERS.value})


class Cell(Protocol):
    """What the system needs of a cell; the cube's rows have it."""

    span: str
    measure: str
    place: str
    mode: str
    cut: str
    usd_cents: int
    cny_cents: int
    status: str
    protect_usd_cents: int
    protect_cny_cents: int

    @property
    def key(self) -> Key: ...


@dataclass(frozen=True)
class Book:
    """The cells of one release with its quarter."""

    name: str
    quarter: Quarter
    cells: Sequence[Cell]

    def stretch(self, cell: Cell) -> str:
        """The stretch of time of a cell; with the release's period where that is not all it depends on."""
        return self._stretches[cell.cut in OF_ONE_RELEASE][cell.span]

    @cached_property
    def _stretches(self) -> tuple[dict[str, str], dict[str, str]]:
        plain = {span.value: stretch_of(self.quarter, span) for span in Span}
        return plain, {span: f"{self.quarter}/{stretch}" for span, stretch in plain.items()}


@cache
def stretch_of(quarter: Quarter, span: Span) -> str:
    return _named(spans_of(quarter)[span])


@cache
def stretch_before(quarter: Quarter, span: Span) -> str:
    """What of the year to date was before its last quarter."""
    return _named(spans_of(quarter)[span][:-1])


def _named(quarters: Sequence[Quarter]) -> str:
    return f"{quarters[0]}-{quarters[-1]}" if quarters else ""


def stretches_about(quarter: Quarter) -> set[str]:
    """Those that a release of the quarter has cells of, or that its cells tell something of."""
    own = {stretch_of(quarter, span) for span in Span}
    before = {stretch_before(quarter, span) for span in (Span.TO_DATE, Span.TO_DATE_BASE)}
    return own | before | {f"{quarter}/{stretch}" for stretch in own}


def stretches_of(quarter: Quarter, span: Span) -> set[str]:
    """Those that cells of a span are of, in a release of the quarter."""
    stretch = stretch_of(quarter, span)
    return {stretch, f"{quarter}/{stretch}"}
