"""One point for each published period, drawn as lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import Span
from portal.statistics.levels import Indicator, Level, ReleaseInfo
from portal.statistics.themes.scope import Scope
from portal.statistics.wording import Unit, figure_unit, point_label
from portal.ui import lines
from portal.ui.figures import grouped

# The component has four inks; a fifth line would be none.
MOST_LINES = 4
FEWEST_POINTS = 2
HALF_YEARLY = 8


@dataclass(frozen=True)
class Series:
    name: str
    levels: Sequence[Level]


@dataclass(frozen=True)
class Timeline:
    drawing: lines.LineChart
    unit: str


def timeline(history: Sequence[ReleaseInfo], series: Sequence[Series]) -> Timeline | None:
    """Lines over the releases' quarters; a withheld or absent level is a gap. None under two points."""
    shown = series[:MOST_LINES]
    public = [level for one in shown for level in one.levels if level.is_public]
    if len(history) < FEWEST_POINTS or not public:
        return None
    unit = figure_unit(max(abs(level.cents) for level in public), public[0].currency)
    drawn = [_line(one, unit) for one in shown]
    return Timeline(drawing([row.quarter for row in history], drawn), unit.label)


def of_place(scope: Scope, series: Mapping[str, Indicator]) -> Timeline | None:
    """Named figures of the page's place in every release in which it has data: one query."""
    tables = scope.over_time([scope.place.code], list(series.values()))
    found = [(row, tables[row.name, scope.place.code]) for row in scope.history]
    with_data = [(row, table) for row, table in found if table.has_data(Span.QUARTER)]
    return timeline(
        [row for row, _table in with_data],
        [Series(name, [table.level(item) for _row, table in with_data]) for name, item in series.items()],
    )


def _line(one: Series, unit: Unit) -> lines.Series:
    numbers = [unit.of(level.cents) if level.is_public else None for level in one.levels]
    return lines.Series(one.name, numbers, end_text=_end(one.name, numbers))


def _end(name: str, numbers: Sequence[Decimal | None]) -> str:
    known = [number for number in numbers if number is not None]
    return f"{name} {grouped(known[-1])}" if known else name


def drawing(quarters: Sequence[Quarter], drawn: Sequence[lines.Series]) -> lines.LineChart:
    """Every second quarter is named on a short axis, every fourth on a longer one; always the last."""
    step = 2 if len(quarters) <= HALF_YEARLY else 4
    return lines.line_chart(
        [point_label(quarter) for quarter in quarters],
        drawn,
        marks=list(range(len(quarters) - 1, -1, -step))[::-1],
        short_labels=[f"{quarter.year % 100:02}Q{quarter.number}" for quarter in quarters],
    )
