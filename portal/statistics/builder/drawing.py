"""The chart under a table: the same published numbers as bars or, over time, as lines. The table is its source."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.statistics.builder import asking, wording
from portal.statistics.builder.asking import Show
from portal.statistics.builder.counting import Answer
from portal.statistics.builder.grid import Grid, written
from portal.statistics.builder.marks import WITHHELD, Value
from portal.statistics.dimensions import NATION, Cut, Mode
from portal.ui import charts, lines

MOST_BARS = 16
MOST_LINES = 4
FEWEST_POINTS = 3
# What runs in an order of its own is drawn in that order, whatever its size.
_IN_ORDER = (asking.PERIOD, asking.SPAN, Cut.OCCURRED, Cut.SIZE, Cut.BRIDGE)
_WHOLES = (asking.WHOLE, NATION, Mode.TOTAL)


@dataclass(frozen=True)
class Drawn:
    """A chart: bars or lines, under a title that says what they show."""

    title: str
    note: str
    bars: Sequence[charts.Bar] = ()
    chart: lines.LineChart | None = None


@dataclass(frozen=True)
class _Item:
    code: str
    label: str
    value: Value
    depth: int = 0


def drawn(answer: Answer, grid: Grid) -> Drawn | None:
    """Lines over at least three periods, else bars; nothing where there is nothing to compare."""
    periods = answer.dimension(asking.PERIOD).members
    return _lines(answer) if len(periods) >= FEWEST_POINTS else _bars(answer, grid)


# ── Lines ────────────────────────────────────────────────────────────────────────────────────────


def _lines(answer: Answer) -> Drawn | None:
    """The first figure over the periods, for the first few of what else is asked."""
    periods = answer.dimension(asking.PERIOD).members
    others = [row for row in answer.dimensions if row.name not in (asking.PERIOD, asking.FIGURE)]
    figure = answer.dimension(asking.FIGURE).members[0]
    series = []
    for members in product(*(row.members for row in others)):
        shown = [member.label for row, member in zip(others, members, strict=True) if len(row.members) > 1]
        codes = [member.code for member in members]
        values = [answer.values[figure.code, period.code, *codes] for period in periods]
        if sum(value.number is not None for value in values) > 1:
            series.append((" · ".join(shown) or figure.label, values))
    if not series:
        return None
    first = series[:MOST_LINES]
    chart = lines.line_chart(
        [period.label for period in periods],
        [lines.Series(name, [value.number for value in values]) for name, values in first],
        marks=_marks(len(periods)),
        decimals=next(value.decimals for value in first[0][1] if value.number is not None),
    )
    _asked, show = asking.figure_of(figure.code)
    finding = _course(first[0], [period.label for period in periods], "%" if show in (Show.GROWTH, Show.SHARE) else "")
    return Drawn(finding, _told(answer, len(first), len(series)), chart=chart)


def _marks(points: int) -> list[int]:
    step = max(1, -(-points // 6))
    return list(range(points - 1, -1, -step))[::-1]


def _course(series: tuple[str, Sequence[Value]], periods: Sequence[str], sign: str) -> str:
    name, values = series
    known = [(period, value) for period, value in zip(periods, values, strict=True) if value.number is not None]
    (first, before), (last, after) = known[0], known[-1]
    return _("%(name)s: from %(before)s in %(first)s to %(after)s in %(last)s") % {
        "name": name, "before": written(before) + sign, "first": first, "after": written(after) + sign, "last": last,
    }  # fmt: skip


def _told(answer: Answer, shown: int, all_of_them: int) -> str:
    figure = answer.dimension(asking.FIGURE).members[0]
    unit = wording.figure_unit(figure.code, answer.question.currency)
    told = _("%(figure)s (%(unit)s)") % {"figure": figure.label, "unit": unit}
    if shown == all_of_them:
        return told
    return _("%(what)s. %(shown)d of %(all)d are drawn; the table has all.") % {
        "what": told, "shown": shown, "all": all_of_them,
    }  # fmt: skip


# ── Bars ─────────────────────────────────────────────────────────────────────────────────────────


def _bars(answer: Answer, grid: Grid) -> Drawn | None:
    """The first column as bars, the first row where there is but one; of one figure only."""
    figures = answer.dimension(asking.FIGURE).members
    items = _items(answer, grid)
    parts = [item for item in items if item.code not in _WHOLES]
    shallowest = min((item.depth for item in parts), default=0)
    parts = [item for item in parts if item.depth == shallowest]
    public = [item for item in parts if item.value.number is not None]
    if len(public) < 2:
        return None
    inner = _inner(answer, grid)
    if inner not in _IN_ORDER:
        public.sort(key=lambda item: -item.value.number)
    is_whole = all(item.value.mark not in WITHHELD for item in parts)
    _asked, show = asking.figure_of(figures[0].code)
    told = _told(answer, min(len(public), MOST_BARS), len(parts))
    note = " · ".join([*_of_which(grid, figures[0].label), told])
    return Drawn(_largest(public, show, is_whole=is_whole), note, _drawn_bars(public[:MOST_BARS], show))


def _items(answer: Answer, grid: Grid) -> list[_Item]:
    """What can be compared: the rows of the first band, or the columns of the only row."""
    figures = len(answer.dimension(asking.FIGURE).members)
    rows = grid.bands[0].rows if grid.bands else ()
    if len(rows) > 1:
        mixed = figures > 1 and _inner(answer, grid) == asking.FIGURE
        return [] if mixed else [_Item(row.codes[-1], row.text, row.cells[0].value, row.depth) for row in rows]
    if figures > 1 or not rows or len(grid.heads) > 1:
        return []
    cells = zip(grid.heads[-1], grid.columns, rows[0].cells, strict=True)
    return [_Item(codes[-1] if codes else "", head.text, cell.value) for head, codes, cell in cells]


def _of_which(grid: Grid, figure: str) -> list[str]:
    """The band and the heads over the column that is drawn, where the table has others beside it."""
    if len(grid.bands[0].rows) < 2:
        return []
    bands = [grid.bands[0].text] if len(grid.bands) > 1 else []
    heads = [head[0].text for head in grid.heads] if len(grid.columns) > 1 else []
    return [text for text in bands + heads if text and text != figure]


def _inner(answer: Answer, grid: Grid) -> str:
    return next((row.name for row in answer.dimensions if row.label == grid.stub), "")


_LARGEST = {
    Show.LEVEL: (
        gettext_noop("%(name)s is the largest: %(value)s"),
        gettext_noop("Of those published, %(name)s is the largest: %(value)s"),
    ),
    Show.GROWTH: (
        gettext_noop("%(name)s has the highest growth: %(value)s%%"),
        gettext_noop("Of those published, %(name)s has the highest growth: %(value)s%%"),
    ),
    Show.SHARE: (
        gettext_noop("%(name)s has the largest share: %(value)s%%"),
        gettext_noop("Of those published, %(name)s has the largest share: %(value)s%%"),
    ),
}


def _largest(items: Sequence[_Item], show: Show, *, is_whole: bool) -> str:
    first = max(items, key=lambda item: item.value.number)
    words = _LARGEST.get(show, _LARGEST[Show.LEVEL])[0 if is_whole else 1]
    return _(words) % {"name": first.label, "value": written(first.value)}


def _drawn_bars(items: Sequence[_Item], show: Show) -> list[charts.Bar]:
    """Bars on both sides of one zero. A rate on a low base has no bar: it would leave none to the others."""
    numbers = [Decimal(0) if item.value.is_low_base else Decimal(item.value.number) for item in items]
    low, high = min([Decimal(0), *numbers]), max([Decimal(0), *numbers])
    return [_bar(item, number, low, high, show) for item, number in zip(items, numbers, strict=True)]


def _bar(item: _Item, number: Decimal, low: Decimal, high: Decimal, show: Show) -> charts.Bar:
    left, right = sorted((Decimal(0), number))
    return charts.Bar(
        label=item.label,
        value=written(item.value) + ("%" if show in (Show.GROWTH, Show.SHARE) else ""),
        start=charts.percent_of(left - low, high - low),
        width=charts.percent_of(right - left, high - low),
        note=_("low base") if item.value.is_low_base else "",
        ink="d1" if number >= 0 else "ink3",
    )
