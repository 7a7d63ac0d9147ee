"""The page of both time axes: the triangle of late filing, and both series side by side. Frozen values."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.lib.quarters import Quarter
from portal.statistics.axes import Triangle, triangle_of
from portal.statistics.dimensions import Currency, Measure, Mode
from portal.statistics.levels import Known, Level, ReleaseInfo
from portal.statistics.places import Place
from portal.statistics.shown import Amount, amount
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES, Unit, percent_in_words, point_label, table_unit
from portal.ui import lines
from portal.ui.figures import grouped

MARKED_EVERY = 4


@dataclass(frozen=True)
class TriangleCell:
    """What of a quarter's events was filed for a period. `kind`: own, late, or never for what cannot be."""

    amount: Amount
    kind: str


@dataclass(frozen=True)
class TriangleRow:
    name: str
    cells: list[TriangleCell]
    total: Amount


@dataclass(frozen=True)
class AxesPage:
    """Everything about the two axes at one place."""

    place: Place
    name: str
    title: str
    measure: str
    mode: str
    unit: str
    columns: list[str]
    rows: list[TriangleRow]
    totals: list[Amount]
    whole: Amount
    chart: lines.LineChart | None
    has_withheld: bool


def axes_page(
    releases: Sequence[ReleaseInfo], place: Place, measure: Measure, mode: Mode, currency: Currency
) -> AxesPage | None:
    """From the newest release of each period; None where nothing was ever filed there."""
    found = triangle_of(releases, place.code, measure, mode, currency)
    if not found.periods:
        return None
    unit = table_unit(currency)
    rows = [_row(found, event, unit) for event in found.events]
    shown = [cell.amount for row in rows for cell in row.cells]
    return AxesPage(
        place=place,
        name=place.name,
        title=_title(found, place),
        measure=str(MEASURE_NAMES[measure]),
        mode=str(MODE_NAMES[mode]),
        unit=unit.label,
        columns=[_label(period) for period in found.periods],
        rows=rows,
        totals=[amount(found.reported[period], unit) for period in found.periods],
        whole=amount(found.whole, unit),
        chart=_chart(found, unit),
        has_withheld=any(one.state for one in shown),
    )


def _label(code: str) -> str:
    return point_label(Quarter.parse(code))


def _row(found: Triangle, event: str, unit: Unit) -> TriangleRow:
    cells = []
    for period in found.periods:
        level = found.cell(event, period)
        kind = "never" if level is None else "own" if event == period else "late"
        cells.append(TriangleCell(Amount(None) if level is None else amount(level, unit), kind))
    return TriangleRow(_label(event), cells, amount(found.occurred(event), unit))


def _title(found: Triangle, place: Place) -> str:
    """How much of all that was filed had happened in an earlier quarter, where that may be told."""
    pairs = [(found.cell(period, period), found.reported[period]) for period in found.periods]
    if not all(own and own.is_public and whole.is_public for own, whole in pairs):
        return _("By quarter of filing and by quarter of the event: %(place)s") % {"place": place.name}
    whole = sum(level.cents for _own, level in pairs)
    late = whole - sum(own.cents for own, _level in pairs)
    if whole <= 0 or late <= 0:
        return _("Nothing was filed late in %(place)s") % {"place": place.name}
    return _("%(place)s: %(share)s of what was filed had happened in an earlier quarter") % {
        "place": place.name,
        "share": percent_in_words(Decimal(late) / whole),
    }


def _chart(found: Triangle, unit: Unit) -> lines.LineChart | None:
    """Both series over the periods; a line breaks where a figure is not published."""
    if len(found.periods) < 2:
        return None
    reporting = [found.reported[period] for period in found.periods]
    occurrence = [found.occurred(period) for period in found.periods]
    series = [
        _series(_("By quarter of filing"), reporting, unit),
        _series(_("By quarter of the event"), occurrence, unit),
    ]
    last = len(found.periods) - 1
    short = [f"{code[2:4]}Q{code[-1]}" for code in found.periods]
    marks = list(range(last, -1, -MARKED_EVERY if last >= 2 * MARKED_EVERY else -2))[::-1]
    return lines.line_chart([_label(period) for period in found.periods], series, marks=marks, short_labels=short)


def _series(name: str, levels: Sequence[Level], unit: Unit) -> lines.Series:
    numbers = [unit.of(level.cents) if level.known == Known.PUBLIC else None for level in levels]
    end = f"{name} {grouped(numbers[-1])}" if numbers[-1] is not None else name
    return lines.Series(name, numbers, end_text=end)
