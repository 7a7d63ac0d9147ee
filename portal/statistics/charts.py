"""From a report to the rows and lines that the drawing components take. A withheld level has no bar."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import BASE_OF, Currency, Measure, Mode
from portal.statistics.indicators import Base, Growth
from portal.statistics.levels import Indicator, Level, Table
from portal.statistics.report import Part, Report
from portal.statistics.shown import rate
from portal.statistics.wording import (
    MEASURE_NAMES,
    Unit,
    months_of,
    percent_in_words,
    point_label,
    square_unit,
    table_unit,
)
from portal.ui import charts, figures, lines, tiles

BARS = 8
HALF_YEARLY = 8
_HUNDRED = Decimal(100)
FAR_APART = 50


def mode_stacks(report: Report) -> list[charts.Stack]:
    """Offshore and onshore as shares of contract value and execution, a year before and now."""
    rows = [
        _mode_stack(report.table, measure, span)
        for measure in (Measure.CONTRACT, Measure.EXECUTION)
        for span in (BASE_OF[report.span], report.span)
    ]
    return [row for row in rows if row]


def _mode_stack(table: Table, measure: Measure, span) -> charts.Stack | None:
    """None where a part is withheld or below zero: there is no whole to divide then."""
    levels = [table.level(Indicator(measure, mode), span) for mode in (Mode.OFFSHORE, Mode.ONSHORE)]
    if not all(level.is_public and level.cents >= 0 for level in levels) or not sum(level.cents for level in levels):
        return None
    unit = table_unit(table.currency)
    cents = [level.cents for level in levels]
    return charts.stack(
        str(MEASURE_NAMES[measure]),
        cents,
        note=months_of(table.release.quarter, span),
        notes=[figures.grouped(unit.of(one)) for one in cents],
    )


def market_bars(parts: Sequence[Part], names: Mapping[str, str], unit: Unit) -> list[charts.Bar]:
    """The largest published markets, the other published ones together, and how many are withheld."""
    public = [part for part in parts if part.level.is_public and part.level.cents > 0]
    items = [_item(part, names.get(part.member, part.member), unit) for part in public[:BARS]]
    if rest := public[BARS:]:
        label = ngettext("%(count)d other market", "%(count)d other markets", len(rest)) % {"count": len(rest)}
        number = unit.of(sum(part.level.cents for part in rest))
        shares = [part.share for part in rest]
        together = "" if None in shares else percent_in_words(sum(shares))
        items.append(charts.Item(label, number, share=together, kind="rest"))
    if withheld := sum(not part.level.is_public for part in parts):
        label = ngettext("%(count)d market", "%(count)d markets", withheld) % {"count": withheld}
        items.append(charts.Item(label, None))
    return charts.bars(items)


def _item(part: Part, label: str, unit: Unit, kind: str = "") -> charts.Item:
    if not part.level.is_public:
        return charts.Item(label, None)
    share = "" if part.share is None else percent_in_words(part.share)
    return charts.Item(label, unit.of(part.level.cents), share=share, kind=kind)


def category_bars(
    tree: Sequence[tuple[Part, Sequence[Part]]], names: Mapping[str, str], unit: Unit
) -> list[charts.Bar]:
    """Each kind with its groups beneath it, both on one scale."""
    items = []
    for kind, groups in tree:
        items.append(_item(kind, names.get(kind.member, kind.member), unit))
        items += [_item(group, names.get(group.member, group.member), unit, "rest") for group in groups]
    return charts.bars(items)


def growth_bars(rows: Sequence[tuple[str, Growth, bool]]) -> list[charts.Bar]:
    """(name, growth, whether it is the reader's own) as bars on both sides of one zero.

    A rate on a low base has no bar: it would leave none to the others.
    """
    drawn = [_HUNDRED * growth.rate if growth.rate is not None and not growth.is_low_base else None
             for _name, growth, _own in rows]  # fmt: skip
    numbers = [number for number in drawn if number is not None]
    low, high = min([Decimal(0), *numbers]), max([Decimal(0), *numbers])
    return [_growth_bar(row, number, low, high) for row, number in zip(rows, drawn, strict=True)]


def _growth_bar(row: tuple[str, Growth, bool], number: Decimal | None, low: Decimal, high: Decimal) -> charts.Bar:
    name, growth, is_own = row
    told = rate(growth)
    left, right = sorted((Decimal(0), number or Decimal(0)))
    shown = figures.growth(told.value, told.state)
    return charts.Bar(
        label=name,
        value=f"{shown.arrow} {shown.rate}%".strip() if told.value is not None else _NO_RATE[growth.base](),
        start=charts.percent_of(left - low, high - low),
        width=charts.percent_of(right - left, high - low),
        note=_("low base") if growth.is_low_base else "",
        kind="withheld" if growth.base == Base.WITHHELD else "total" if is_own else "",
        ink="ink" if is_own else "d1",
    )


_NO_RATE = {
    Base.ZERO: lambda: _("base zero"),
    Base.ABSENT: lambda: _("no base"),
    Base.NEGATIVE: lambda: _("base below zero"),
    Base.WITHHELD: lambda: _("not published"),
}


# ── The front page ───────────────────────────────────────────────────────────────────────────────


def execution_lines(
    periods: Sequence[str], series: Mapping[Mode, Sequence[Level]], growths: Mapping[Mode, Growth], unit: Unit
) -> lines.LineChart:
    """Offshore and onshore execution, quarter by quarter; the change on a year before stands at the end of each."""
    quarters = [Quarter.parse(period) for period in periods]
    drawn = [
        lines.Series(
            name=str(label),
            numbers=[unit.of(level.cents) for level in series[mode]],
            end_text=_end(str(label), series[mode][-1], unit),
            end_note=_end_note(growths[mode]),
        )
        for mode, label in ((Mode.OFFSHORE, _("Offshore")), (Mode.ONSHORE, _("Onshore")))
    ]
    return lines.line_chart(
        [point_label(quarter) for quarter in quarters],
        drawn,
        marks=_marks(len(quarters)),
        short_labels=[f"{quarter.year % 100:02}Q{quarter.number}" for quarter in quarters],
    )


def _end(label: str, level: Level, unit: Unit) -> str:
    return f"{label} {figures.grouped(unit.of(level.cents))}" if level.is_public else label


def _end_note(growth: Growth) -> str:
    told = rate(growth)
    if told.value is None or told.is_low:
        return ""
    shown = figures.growth(told.value)
    return f"{shown.arrow}{shown.rate}%"


def _marks(count: int) -> list[int]:
    """Every second quarter is named on a short axis, every fourth on a longer one; always the last."""
    step = 2 if count <= HALF_YEARLY else 4
    return list(range(count - 1, -1, -step))[::-1]


def tile_unit(levels: Iterable[Level]) -> tuple[Unit, int]:
    """A unit in which the largest number fits a small square, and its decimals."""
    public = [level for level in levels if level.is_public]
    currency = public[0].currency if public else Currency.USD
    return square_unit(max((level.cents for level in public), default=0), currency)


def province_tiles(
    rows: Mapping[str, Level], unit: Unit, decimals: int, hrefs: Mapping[str, str]
) -> tuple[list[tiles.Tile], list[Decimal]]:
    """A square for each province in which a firm filed, and the four cuts of their steps."""
    shown = {code: unit.of(level.cents) for code, level in rows.items() if level.is_public}
    cuts = _cuts(list(shown.values()))
    squares = [
        tiles.Tile(
            code,
            value=figures.grouped(shown[code], decimals) if code in shown else "",
            level=tiles.level(shown.get(code), cuts),
            href=hrefs[code],
        )
        for code in rows
    ]
    return squares, cuts


def _cuts(values: list[Decimal]) -> list[Decimal]:
    """Four round numbers under the largest value: 0.2, 0.5, 1, 2, or in wider steps 0.1, 0.3, 1, 3 where the
    values lie far apart."""
    above = [value for value in values if value > 0]
    if not above:
        return []
    top = max(above)
    steps = (1, 3) if top > FAR_APART * min(above) else (1, 2, 5)
    powers = range(top.adjusted() - 5, top.adjusted() + 1)
    return [cut for power in powers for step in steps if (cut := Decimal(step).scaleb(power)) <= top][-4:]
