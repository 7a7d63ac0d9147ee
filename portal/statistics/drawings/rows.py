"""Bars, shares and the bridge as sheets: the rows of the page with one bar to each."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from portal.statistics.drawings.frame import room_beside
from portal.statistics.drawings.inks import ink_of
from portal.statistics.drawings.marks import WIDTH, Box, Sheet, Stroke, Words, wrapped
from portal.ui.charts import Bar, Stack

PITCH, THICK = 46, 20
LABEL, SMALL = 14, 11
_VALUES = 110
_GAP = 16


def bar_sheet(finding: str, unit: str, rows: Sequence[Bar], note: str = "") -> Sheet:
    """Rows of `charts.bars`, `charts.bridge` or `charts.growth_bars`. A withheld row has its words and no bar."""
    left = room_beside([row.label for row in rows], LABEL, 120, 240) + _GAP
    scale = (WIDTH - _VALUES - left) / 100
    return Sheet(
        finding=finding,
        unit=unit,
        height=PITCH * len(rows),
        boxes=[_bar(row, number, left, scale) for number, row in enumerate(rows) if _has_bar(row)],
        words=[words for number, row in enumerate(rows) for words in _row_words(row, number, left - _GAP)],
        strokes=[*_joins(rows, left, scale), *_sum_rules(rows)],
        spoken=[_spoken(row) for row in rows],
        note=note,
    )


def _middle(number: int) -> float:
    return PITCH * number + PITCH / 2


def _has_bar(row: Bar) -> bool:
    return row.kind != "withheld" and row.width > 0


def _bar(row: Bar, number: int, left: float, scale: float) -> Box:
    return Box(
        x=round(left + float(row.start) * scale, 2),
        y=_middle(number) - THICK / 2,
        width=max(round(float(row.width) * scale, 2), 1),
        height=THICK,
        ink=ink_of(row.ink),
        spoken=_spoken(row),
    )


def _spoken(row: Bar) -> str:
    value = _("not published") if row.kind == "withheld" else row.value
    return " ".join(part for part in (row.label, row.note, value, row.share) if part)


def _row_words(row: Bar, number: int, room: float) -> Iterable[Words]:
    middle, withheld = _middle(number), row.kind == "withheld"
    bold = row.kind in ("total", "base")
    value = _("not published") if withheld else row.value
    yield from _label(row.label, row.note, middle, room, "ink-2" if row.kind == "rest" or withheld else "ink", bold)
    yield from _two_lines(WIDTH, middle, value, row.share, "ink-3" if withheld else "ink", bold)


def _label(text: str, note: str, middle: float, room: float, ink: str, bold: bool = False) -> Iterable[Words]:
    """A label in one or two lines, or in one with its note below."""
    lines = wrapped(text, LABEL, room)[:2] if not note else [text]
    if note:
        yield from _two_lines(0, middle, lines[0], note, ink, bold, align="left")
    else:
        top = middle - 8.5 * (len(lines) - 1)
        yield from (Words(0, top + 17 * row, line, ink, LABEL, is_bold=bold) for row, line in enumerate(lines))


def _two_lines(
    x: float, middle: float, text: str, below: str, ink: str = "ink", bold: bool = False, align: str = "right"
) -> Iterable[Words]:
    yield Words(x, middle - (8 if below else 0), text, ink, LABEL, align, is_bold=bold)
    if below:
        yield Words(x, middle + 10, below, "ink-3", SMALL, align)


def _joins(rows: Sequence[Bar], left: float, scale: float) -> Iterable[Stroke]:
    """Hairlines of the bridge from the end of one bar to the next."""
    for number, row in enumerate(rows[:-1]):
        if row.join_down is not None:
            x = round(left + float(row.join_down) * scale, 2)
            yield Stroke([(x, _middle(number) + THICK / 2), (x, _middle(number + 1) - THICK / 2)], "edge")


def _sum_rules(rows: Sequence[Bar]) -> Iterable[Stroke]:
    """The rule under a base, and the one above a total, as in a table."""
    for number, row in enumerate(rows):
        if row.kind == "base":
            yield Stroke([(0, PITCH * (number + 1)), (WIDTH, PITCH * (number + 1))])
        if row.kind == "total":
            yield Stroke([(0, PITCH * number), (WIDTH, PITCH * number)], "ink")


# ── Shares of a whole ────────────────────────────────────────────────────────────────────────────

_SHARES = 84
_KEY = 36


def stack_sheet(finding: str, unit: str, rows: Sequence[Stack], parts: Sequence[str]) -> Sheet:
    """Rows of `charts.stack`; `parts` names the segments in their order."""
    left = room_beside([row.label for row in rows], LABEL, 120, 200) + _GAP
    right = WIDTH - _SHARES * len(parts)
    scale = (right - left) / 100
    return Sheet(
        finding=finding,
        unit=unit,
        height=_KEY + PITCH * len(rows),
        boxes=[*_key_boxes(rows, parts), *_segments(rows, left, scale, parts)],
        words=[*_key_words(parts), *(one for number, row in enumerate(rows) for one in _stack_words(row, number))],
        spoken=[_told(row, parts) for row in rows],
    )


def _key_places(parts: Sequence[str]) -> Iterable[tuple[str, float]]:
    x = 0.0
    for part in parts:
        yield part, x
        x += room_beside([part], 13, 20, 300) + 46


def _key_boxes(rows: Sequence[Stack], parts: Sequence[str]) -> Iterable[Box]:
    inks = [segment.ink for segment in rows[0].segments]
    return [Box(x, 0, 14, 14, ink_of(ink)) for (_part, x), ink in zip(_key_places(parts), inks, strict=False)]


def _key_words(parts: Sequence[str]) -> Iterable[Words]:
    return [Words(x + 22, 7, part, "ink-2", 13) for part, x in _key_places(parts)]


def _segments(rows: Sequence[Stack], left: float, scale: float, parts: Sequence[str]) -> Iterable[Box]:
    for number, row in enumerate(rows):
        for segment, part in zip(row.segments, parts, strict=False):
            x, width = left + float(segment.start) * scale, float(segment.width) * scale
            gap = 1 if segment.start else 0
            if width - gap > 0:
                yield Box(
                    round(x + gap, 2), _KEY + _middle(number) - THICK / 2, round(width - gap, 2), THICK,
                    ink_of(segment.ink), spoken=f"{row.label} {row.note} {part} {segment.value} {segment.note}".strip(),
                )  # fmt: skip


def _stack_words(row: Stack, number: int) -> Iterable[Words]:
    middle = _KEY + _middle(number)
    yield from _two_lines(0, middle, row.label, row.note, align="left")
    for place, segment in enumerate(reversed(row.segments)):
        yield from _two_lines(WIDTH - _SHARES * place, middle, segment.value, segment.note)


def _told(row: Stack, parts: Sequence[str]) -> str:
    shares = [f"{part} {segment.value} {segment.note}".strip() for part, segment in zip(parts, row.segments)]
    return " ".join([row.label, row.note, *shares])
