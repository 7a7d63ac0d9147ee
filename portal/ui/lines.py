"""Line charts and small lines as geometry: two drawings, wide and tall, zero base, labels at line end. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from math import ceil, floor, log10

_NICE = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)


@dataclass(frozen=True)
class Series:
    """One line: its name, its numbers (None is a gap), and a second line of text under its end label."""

    name: str
    numbers: Sequence[Decimal | float | int | None]
    end_text: str = ""
    end_note: str = ""


@dataclass(frozen=True)
class Tick:
    x: float
    y: float
    text: str


@dataclass(frozen=True)
class Stop:
    """One point of time on a drawing: its strip from edge to edge, and what each line says there (none is a gap)."""

    x: float
    left: float
    width: float
    label: str
    said: list[tuple[str, str]]


@dataclass(frozen=True)
class Line:
    ink: str
    runs: list[str]
    dots: list[Tick]
    label: Tick
    note: Tick | None


@dataclass(frozen=True)
class Drawing:
    """Everything an SVG needs, in its own units."""

    kind: str
    width: int
    height: int
    left: float
    right: float
    floor: float
    font: int
    levels: list[Tick]
    columns: list[Tick]
    lines: list[Line]
    top: float = 0
    stops: list[Stop] = field(default_factory=list)


@dataclass(frozen=True)
class LineChart:
    """A chart and its table: `rows` are (label, texts) in the order of `names`."""

    drawings: list[Drawing]
    names: list[str]
    rows: list[tuple[str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class _Frame:
    kind: str
    width: int
    height: int
    left: int
    right: int
    top: int
    floor: int
    font: int


_WIDE = _Frame("wide", 860, 360, 40, 710, 24, 324, 14)
_TALL = _Frame("tall", 360, 340, 30, 256, 24, 304, 13)
_INKS = ("d1", "d2", "ink3", "ink")


def line_chart(
    labels: Sequence[str],
    series: Sequence[Series],
    marks: Sequence[int] | None = None,
    short_labels: Sequence[str] | None = None,
    decimals: int = 2,
) -> LineChart:
    """`labels` name the points; `marks` are the indexes labelled on the axis (by default every fourth from the end).

    `short_labels` replace the labels on the tall drawing.
    """
    if any(len(one.numbers) != len(labels) for one in series):
        raise ValueError("every series needs one number for each label")
    marks = list(marks) if marks is not None else list(range(len(labels) - 1, -1, -4))[::-1]
    drawings = [
        _drawing(frame, shown, series, marks, decimals)
        for frame, shown in ((_WIDE, labels), (_TALL, short_labels or labels))
    ]
    rows = [(label, [_text(one.numbers[index], decimals) for one in series]) for index, label in enumerate(labels)]
    return LineChart(drawings, [one.name for one in series], rows)


def _text(number, decimals: int) -> str:
    return "" if number is None else f"{Decimal(str(number)):,.{decimals}f}"


def top_and_step(highest: float, steps: int = 3) -> tuple[float, float]:
    """A round number at or above the highest, and the distance of its gridlines."""
    if highest <= 0:
        return float(steps), 1.0
    raw = highest / steps
    scale = 10 ** floor(log10(raw))
    step = next(nice * scale for nice in _NICE if nice * scale >= raw * 0.999999)
    return step * max(1, ceil(highest / step - 1e-9)), step


def _drawing(frame: _Frame, labels, series, marks: list[int], decimals: int) -> Drawing:
    values = [float(number) for one in series for number in one.numbers if number is not None]
    top, step = top_and_step(max(values, default=0))
    low = _below_zero(values, step)
    steps = [low + step * n for n in range(round((top - low) / step) + 1)]
    frame = _fitted(frame, [_level(value) for value in steps], [_end_text(one, decimals) for one in series])

    def x(index: int) -> float:
        span = max(len(labels) - 1, 1)
        return round(frame.left + (frame.right - frame.left) * index / span, 1)

    def y(number) -> float:
        return round(frame.floor - (frame.floor - frame.top) * (float(number) - low) / (top - low), 1)

    def stop(index: int) -> Stop:
        reach = (frame.right - frame.left) / max(len(labels) - 1, 1) / 2
        said = [(one.name, _text(one.numbers[index], decimals)) for one in series]
        return Stop(x(index), round(x(index) - reach, 1), round(2 * reach, 1), labels[index], said)

    lines = [_line(one, ink, x, y, marks, decimals) for one, ink in zip(series, _INKS, strict=False)]
    return Drawing(
        kind=frame.kind,
        width=frame.width,
        height=frame.height,
        left=frame.left,
        right=frame.right,
        floor=y(0),
        font=frame.font,
        levels=[Tick(frame.left, y(value), _level(value)) for value in steps],
        columns=[Tick(x(index), frame.floor, labels[index]) for index in marks],
        lines=_spread(lines, frame),
        top=frame.top,
        stops=[stop(index) for index in range(len(labels))],
    )


def _level(value: float) -> str:
    """A gridline's number: no more decimals than it needs, and never an exponent."""
    text = f"{value:,.4f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _end_text(one: Series, decimals: int) -> str:
    known = [number for number in one.numbers if number is not None]
    return one.end_text or f"{one.name} {_text(known[-1] if known else None, decimals)}".strip()


def _fitted(frame: _Frame, levels: list[str], ends: list[str]) -> _Frame:
    """The frame with room for the longest gridline number at its left and the longest end label at its right."""
    left = max(frame.left, ceil(max(_width(text, frame.font) for text in levels)) + 8)
    longest = max((_width(text, frame.font + 1) for text in ends), default=0)
    right = min(frame.right, frame.width - 12 - ceil(longest))
    return replace(frame, left=left, right=max(right, left + frame.width // 3))


def _width(text: str, font: int) -> float:
    """About how wide a text is: Han characters are as wide as they are high, others a good half."""
    return font * sum(1.0 if ord(letter) > 0x2E80 else 0.58 for letter in text)


def _below_zero(values: list[float], step: float) -> float:
    lowest = min(values, default=0)
    return 0.0 if lowest >= 0 else floor(lowest / step) * step


def _line(one: Series, ink: str, x, y, marks: list[int], decimals: int) -> Line:
    runs: list[list[str]] = [[]]
    for index, number in enumerate(one.numbers):
        if number is None:
            runs.append([])
        else:
            runs[-1].append(f"{x(index)},{y(number)}")
    known = [index for index, number in enumerate(one.numbers) if number is not None]
    dots = [Tick(x(index), y(one.numbers[index]), "") for index in marks if one.numbers[index] is not None]
    last = known[-1] if known else 0
    height = y(one.numbers[last]) if known else y(0)
    note = Tick(x(last) + 12, height, one.end_note) if one.end_note else None
    label = Tick(x(last) + 12, height, _end_text(one, decimals))
    return Line(ink, [" ".join(run) for run in runs if run], dots, label, note)


def _spread(lines: list[Line], frame: _Frame) -> list[Line]:
    """End labels pushed apart, so that none covers another; a note stands under its label."""
    pitch = frame.font + 4
    order = sorted(range(len(lines)), key=lambda index: lines[index].label.y)
    reached, placed = float("-inf"), {}
    for index in order:
        line = lines[index]
        label_y = max(line.label.y + (0 if line.note else frame.font * 0.35), reached)
        note_y = label_y + pitch
        reached = (note_y if line.note else label_y) + pitch * 1.25
        placed[index] = (round(label_y, 1), round(note_y, 1))
    return [
        Line(
            line.ink,
            line.runs,
            line.dots,
            Tick(line.label.x, placed[index][0], line.label.text),
            Tick(line.note.x, placed[index][1], line.note.text) if line.note else None,
        )
        for index, line in enumerate(lines)
    ]


@dataclass(frozen=True)
class Spark:
    points: str
    end_x: float
    end_y: float


def spark(numbers: Sequence[Decimal | float | int | None]) -> Spark | None:
    """A small line over 160 by 40 units, from the lowest to the highest; None under two numbers."""
    known = [float(number) for number in numbers if number is not None]
    if len(known) < 2:
        return None
    low, span = min(known), (max(known) - min(known)) or 1.0
    points = [
        (round(4 + 150 * index / (len(known) - 1), 1), round(34 - 28 * (number - low) / span, 1))
        for index, number in enumerate(known)
    ]
    return Spark(" ".join(f"{x},{y}" for x, y in points), *points[-1])
