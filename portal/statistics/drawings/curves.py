"""Lines labelled at their ends, and the small lines beside key figures, as sheets."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from portal.statistics.drawings.inks import ink_of
from portal.statistics.drawings.marks import WIDTH, Dot, Sheet, Stroke, Words
from portal.statistics.shown import KeyFigure
from portal.ui import figures
from portal.ui.lines import Drawing, Line, LineChart, Spark, spark

_THICK = 3


def line_sheet(finding: str, unit: str, chart: LineChart, note: str = "") -> Sheet:
    """The wide drawing of a `lines.line_chart`, whose every point says its period and number."""
    drawing = chart.drawings[0]
    return Sheet(
        finding=finding,
        unit=unit,
        width=drawing.width,
        height=drawing.height,
        strokes=[*_grid(drawing), *(stroke for line in drawing.lines for stroke in _runs(line))],
        dots=[dot for line, name in zip(drawing.lines, chart.names) for dot in _points(drawing, line, name)],
        words=[*_axis_words(drawing), *(words for line in drawing.lines for words in _end_words(line, drawing.font))],
        spoken=[_told(label, zip(chart.names, texts)) for label, texts in chart.rows],
        note=note,
    )


def _told(label: str, said: Iterable[tuple[str, str]]) -> str:
    return " ".join([label, *(f"{name} {text or _('not published')}" for name, text in said)])


def _grid(drawing: Drawing) -> Iterable[Stroke]:
    for level in drawing.levels:
        ink = "ink" if level.y == drawing.floor else "rule"
        yield Stroke([(drawing.left, level.y), (drawing.right, level.y)], ink)
    for column in drawing.columns:
        yield Stroke([(column.x, column.y), (column.x, column.y + 6)], "ink")


def _axis_words(drawing: Drawing) -> Iterable[Words]:
    for level in drawing.levels:
        yield Words(drawing.left - 8, level.y, level.text, "ink-3", drawing.font, "right")
    for column in drawing.columns:
        yield Words(column.x, column.y + 22, column.text, "ink-2", drawing.font, "center")


def _placed(run: str) -> list[tuple[float, float]]:
    return [tuple(map(float, point.split(","))) for point in run.split()]


def _runs(line: Line) -> Iterable[Stroke]:
    return [Stroke(_placed(run), ink_of(line.ink), _THICK) for run in line.runs]


def _points(drawing: Drawing, line: Line, name: str) -> Iterable[Dot]:
    """A dot at every number, larger where the axis names the period."""
    marked = {dot.x for dot in line.dots}
    said = {stop.x: f"{stop.label} {name} {dict(stop.said)[name]}" for stop in drawing.stops}
    for run in line.runs:
        for x, y in _placed(run):
            yield Dot(x, y, ink_of(line.ink), 64 if x in marked else 12, said.get(x, ""))


def _end_words(line: Line, font: int) -> Iterable[Words]:
    """The drawing gives baselines; words stand on their middle."""
    lift = font * 0.35
    ink = "d1" if line.ink == "d1" else "ink"
    yield Words(line.label.x, line.label.y - lift, line.label.text, ink, font + 1, is_bold=True)
    if line.note:
        yield Words(line.note.x, line.note.y - lift, line.note.text, "ink-2", font)


# ── Small lines ──────────────────────────────────────────────────────────────────────────────────

_PITCH = 72
_LINE_AT, _LINE_SCALE = 250, 1.25
_VALUE_AT = 590


def figures_sheet(finding: str, unit: str, rows: Sequence[KeyFigure], note: str = "") -> Sheet:
    """Key figures under each other: name and unit, small line, number, change. A withheld one has neither line nor
    number."""
    return Sheet(
        finding=finding,
        unit=unit,
        height=_PITCH * len(rows),
        strokes=[stroke for number, row in enumerate(rows) for stroke in _small_line(row, number)],
        dots=[_small_end(drawn, number) for number, row in enumerate(rows) if (drawn := spark(row.spark))],
        words=[words for number, row in enumerate(rows) for words in _figure_words(row, number)],
        spoken=[" ".join([row.name, _value(row), row.unit, _change(row)]).strip() for row in rows],
        note=note,
    )


def _small_line(row: KeyFigure, number: int) -> Iterable[Stroke]:
    if number:
        yield Stroke([(0, _PITCH * number), (WIDTH, _PITCH * number)])
    if drawn := spark(row.spark):
        yield Stroke([_moved(x, y, number) for x, y in _placed(drawn.points)], "ink-3", 1.5)


def _small_end(drawn: Spark, number: int) -> Dot:
    return Dot(*_moved(drawn.end_x, drawn.end_y, number), "ink", 60)


def _moved(x: float, y: float, number: int) -> tuple[float, float]:
    return round(_LINE_AT + x * _LINE_SCALE, 1), round(_PITCH * number + 11 + y * _LINE_SCALE, 1)


def _value(row: KeyFigure) -> str:
    return _("not published") if row.value is None else figures.written(row.value)


def _change(row: KeyFigure) -> str:
    """The rate as a page tells it; on a low base it stands with the word for it."""
    told = figures.growth(row.rate, row.state)
    if row.value is None or not told.is_rate or not told.rate:
        return ""
    return " ".join(part for part in (f"{told.arrow}{told.rate}%", _("low base") if row.is_low else "") if part)


def _figure_words(row: KeyFigure, number: int) -> Iterable[Words]:
    middle = _PITCH * number + _PITCH / 2
    yield Words(0, middle - 10, row.name, "ink", 15)
    yield Words(0, middle + 12, row.unit, "ink-3", 12)
    withheld = row.value is None
    size = 15 if withheld else 26
    yield Words(_VALUE_AT, middle, _value(row), "ink-3" if withheld else "ink", size, "right", is_serif=not withheld)
    told = _change(row).split(" ", 1)
    yield Words(WIDTH, middle - (9 if len(told) > 1 else 0), told[0], "ink-2", 14, "right")
    yield from (Words(WIDTH, middle + 10, word, "ink-3", 12, "right") for word in told[1:])
