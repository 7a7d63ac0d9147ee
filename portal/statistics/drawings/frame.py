"""A sheet as a Vega-Lite specification: its finding above, its source below, in the colours of a theme.

The rows, squares and lines come with the geometry of the page's own (portal.ui.charts, lines, tiles): a drawing shows
what the page shows and can show nothing else. So positions have no scale: they are units of the sheet.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from portal.statistics.drawings.inks import INKS, Theme
from portal.statistics.drawings.marks import Box, Dot, Sheet, Stroke, Words, lines_of, width_of, wrapped
from portal.ui.vega import SANS, SERIF

PADDING, BARE_PADDING = 32, 8
TITLE, UNIT, SOURCE = 22, 13, 11
_SOURCE_PITCH = 18

Values = dict[str, object]


def spec_of(sheet: Sheet, source: Sequence[str], theme: Theme) -> dict[str, object]:
    """`source`: the sentences at the foot, each of which may take several lines."""
    foot, floor = _foot(sheet, source)
    whole = replace(
        sheet, strokes=[*sheet.strokes, Stroke([(0, floor), (sheet.width, floor)])], words=[*sheet.words, *foot]
    )
    return bare_spec_of(whole, theme) | {"padding": PADDING, "title": _title(sheet, INKS[theme])}


def bare_spec_of(sheet: Sheet, theme: Theme) -> dict[str, object]:
    """The marks alone, for where finding, unit and source stand around the drawing."""
    inks = INKS[theme]
    layers = [
        _strokes(sheet.strokes, inks), _boxes(sheet.boxes, inks), _dots(sheet.dots, inks), _words(sheet.words, inks),
    ]  # fmt: skip
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": sheet.width,
        "height": sheet.height,
        "padding": BARE_PADDING,
        "background": inks["paper"],
        "layer": [layer for layer in layers if layer],
        "config": {"font": SANS, "view": {"stroke": None}},
    }


def _title(sheet: Sheet, inks: Mapping[str, str]) -> dict[str, object]:
    return {
        "text": wrapped(sheet.finding, TITLE, sheet.width),
        "subtitle": wrapped(sheet.unit, UNIT, sheet.width),
        "anchor": "start", "frame": "group", "offset": 24, "aria": False,
        "font": SERIF, "fontSize": TITLE, "lineHeight": 34, "fontWeight": "bold", "color": inks["ink"],
        "subtitleFont": SANS, "subtitleFontSize": UNIT, "subtitleLineHeight": 20, "subtitlePadding": 14,
        "subtitleColor": inks["ink-3"],
    }  # fmt: skip


def _foot(sheet: Sheet, source: Sequence[str]) -> tuple[list[Words], float]:
    """The lines at the foot, and where the rule above them stands."""
    floor = sheet.height + 20
    sentences = [sheet.note, *source] if sheet.note else source
    lines = [line for sentence in sentences for line in lines_of(sentence, SOURCE, sheet.width)]
    rows = [Words(0, floor + 18 + _SOURCE_PITCH * row, line, "ink-3", SOURCE) for row, line in enumerate(lines)]
    return rows, floor


# ── Marks as layers ──────────────────────────────────────────────────────────────────────────────


def _at(field: str) -> Values:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _plain(field: str, kind: str = "nominal") -> Values:
    return {"field": field, "type": kind, "scale": None, "legend": None}


def _layer(mark: Values, rows: Sequence[Values], **encoding: Values) -> dict[str, object] | None:
    return {"mark": mark, "data": {"values": list(rows)}, "encoding": encoding} if rows else None


def _boxes(boxes: Sequence[Box], inks: Mapping[str, str]) -> dict[str, object] | None:
    rows = [
        {
            "x": box.x, "x2": box.x + box.width, "y": box.y, "y2": box.y + box.height, "fill": inks[box.ink],
            "stroke": inks[box.edge] if box.edge else inks[box.ink], "wide": 1 if box.edge else 0,
            "dash": [3, 3] if box.is_dashed else [1, 0], "spoken": box.spoken,
        }
        for box in boxes
    ]  # fmt: skip
    mark = {"type": "rect", "strokeDash": {"expr": "datum.dash"}, "strokeWidth": {"expr": "datum.wide"}}
    return _layer(
        mark, rows, x=_at("x"), x2={"field": "x2"}, y=_at("y"), y2={"field": "y2"}, fill=_plain("fill"),
        stroke=_plain("stroke"), description={"field": "spoken"},
    )  # fmt: skip


def _words(words: Sequence[Words], inks: Mapping[str, str]) -> dict[str, object] | None:
    rows = [
        {
            "x": one.x, "y": one.y, "text": one.text, "ink": inks[one.ink], "size": one.size, "align": one.align,
            "weight": "bold" if one.is_bold else "normal", "font": SERIF if one.is_serif else SANS,
        }
        for one in words
    ]  # fmt: skip
    mark = {
        "type": "text", "baseline": "middle", "aria": False, "align": {"expr": "datum.align"},
        "fontWeight": {"expr": "datum.weight"}, "font": {"expr": "datum.font"},
    }  # fmt: skip
    return _layer(
        mark, rows, x=_at("x"), y=_at("y"), text={"field": "text"}, color=_plain("ink"),
        size=_plain("size", "quantitative"),
    )  # fmt: skip


def _strokes(strokes: Sequence[Stroke], inks: Mapping[str, str]) -> dict[str, object] | None:
    rows = [
        {"x": x, "y": y, "of": number, "step": step, "ink": inks[stroke.ink], "wide": stroke.width}
        for number, stroke in enumerate(strokes)
        for step, (x, y) in enumerate(stroke.points)
    ]
    return _layer(
        {"type": "line", "aria": False, "strokeJoin": "round"}, rows, x=_at("x"), y=_at("y"), color=_plain("ink"),
        strokeWidth=_plain("wide", "quantitative"), detail={"field": "of"},
        order={"field": "step", "type": "quantitative"},
    )  # fmt: skip


def _dots(dots: Sequence[Dot], inks: Mapping[str, str]) -> dict[str, object] | None:
    rows = [
        {"x": dot.x, "y": dot.y, "ink": inks[dot.ink], "size": dot.size, "spoken": dot.spoken or " "} for dot in dots
    ]
    return _layer(
        {"type": "circle", "opacity": 1}, rows, x=_at("x"), y=_at("y"), color=_plain("ink"),
        size=_plain("size", "quantitative"), description={"field": "spoken"},
    )  # fmt: skip


def room_beside(labels: Sequence[str], size: float, least: float, most: float) -> float:
    """The width of a column of labels: as wide as the longest, within bounds."""
    return min(most, max([least, *(width_of(label, size) for label in labels)]))
