"""Both time axes: what was filed for a quarter, and what happened in it, whenever it was filed.

The triangle has a row for each quarter of the event and a column for each period of filing, from the newest release
of each period. Added up by column it is the reporting basis, by row the basis of occurrence; over all time both
come to the same.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from portal.statistics.dimensions import Currency, Cut, Measure, Mode, Span
from portal.statistics.levels import ABSENT, Indicator, Known, Level, ReleaseInfo, Table, withheld
from portal.statistics.queries import occurred_tables


@dataclass(frozen=True)
class Triangle:
    """Levels by (quarter of the event, period of filing). A cell below the diagonal cannot be: `None`."""

    events: list[str]
    periods: list[str]
    cells: Mapping[tuple[str, str], Level]
    reported: Mapping[str, Level]

    def cell(self, event: str, period: str) -> Level | None:
        """What of an event's quarter was filed for a period; None where the event lies after it."""
        if event > period:
            return None
        return self.cells.get((event, period), ABSENT)

    def occurred(self, event: str) -> Level:
        """A quarter on the basis of occurrence: all that was filed of it by now."""
        return total(self.cell(event, period) for period in self.periods if event <= period)

    @property
    def whole(self) -> Level:
        """All time, which both ways of adding come to: by period of filing, that is."""
        return total(self.reported[period] for period in self.periods)

    @property
    def whole_by_event(self) -> Level:
        return total(self.occurred(event) for event in self.events)


def total(levels: Iterable[Level | None]) -> Level:
    """The sum; withheld as soon as one of them is. Where nobody filed there is nothing to add."""
    present = [level for level in levels if level is not None and level.known != Known.ABSENT]
    if (hidden := withheld(present)) is not None:
        return hidden
    if not present:
        return ABSENT
    usd, cny = sum(level.usd_cents for level in present), sum(level.cny_cents for level in present)
    return Level(Known.PUBLIC, usd, cny, currency=present[0].currency)


def triangle(tables: Mapping[str, Table], measure: Measure, mode: Mode = Mode.TOTAL) -> Triangle:
    """`tables`: by period, what its newest release says of one place."""
    periods = sorted(period for period, table in tables.items() if table.has_data(Span.QUARTER))
    cells: dict[tuple[str, str], Level] = {}
    for period in periods:
        found = tables[period].members(measure, mode, Cut.OCCURRED)
        cells |= {(event, period): level for event, level in found}
    events = sorted({event for event, _period in cells} | set(periods))
    filled = {(event, period): cells.get((event, period), _nothing(tables[period]))
              for event in events for period in periods if event <= period}  # fmt: skip
    reported = {period: tables[period].level(Indicator(measure, mode)) for period in periods}
    return Triangle(events, periods, filled, reported)


def _nothing(table: Table) -> Level:
    return Level(Known.PUBLIC, 0, 0, 0, table.currency)


def triangle_of(
    releases: Sequence[ReleaseInfo], place: str, measure: Measure, mode: Mode, currency: Currency
) -> Triangle:
    """The triangle of a place from the newest release of each period: one query."""
    tables = occurred_tables(releases, place)
    return triangle({period: table.told_in(currency) for period, table in tables.items()}, measure, mode)
