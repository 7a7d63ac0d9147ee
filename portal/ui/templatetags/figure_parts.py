"""Components that show figures and charts."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

from django import template
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.ui import evidence, figures, lines, tiles
from portal.ui.rendering import in_chinese, rendered

register = template.Library()

_INKS = ("d1", "d2", "d3", "ink3")


@register.inclusion_tag("components/key_figure.html")
def key_figure(
    name: str,
    value: Decimal | int | str | None = None,
    unit: str = "",
    rate: Decimal | None = None,
    state: str = "",
    base: Decimal | int | str | None = None,
    below: str = "",
    low: bool = False,
    low_href: str = "",
    provisional: bool = False,
    why: str = "",
    spark: Sequence | None = None,
    share: Decimal | None = None,
    href: str = "",
) -> dict[str, object]:
    """One figure of a `<dl class="figs">`. `state` is zero_base, negative_base, no_base, withheld, confidential or
    secondary; `why` the sentence under one that is not published. `share` (percent) draws a thin bar with the
    remainder in cinnabar."""
    whole, rest = figures.split(figures.written(value))
    is_withheld = state == figures.Change.WITHHELD or state in figures.SIGNS
    return {
        "name": name,
        "whole": whole,
        "rest": rest,
        "unit": unit,
        "growth": figures.growth(rate, "" if is_withheld else state),
        "withheld": is_withheld,
        "sign": figures.SIGNS.get(state, ""),
        "base": figures.written(base),
        "below": below,
        "low": low,
        "low_href": low_href,
        "provisional": provisional,
        "why": why,
        "spark": lines.spark(spark or ()),
        "share": share,
        "href": href,
    }


@register.inclusion_tag("components/change.html")
def change(rate: Decimal | None = None, state: str = "", low: bool = False, low_href: str = "") -> dict[str, object]:
    """A change in a sentence: 同比增长 ↑6.43%, with the low-base mark where it is due."""
    return {"growth": figures.growth(rate, state), "low": low, "low_href": low_href}


@register.inclusion_tag("components/growth.html")
def growth(rate: Decimal | None = None, state: str = "", decimals: int = 2) -> dict[str, object]:
    """A change in a table cell whose head says %: arrow, spoken word, number."""
    return {"growth": figures.growth(rate, state, decimals)}


@register.inclusion_tag("components/low_base.html")
def low_base(href: str = "") -> dict[str, object]:
    return {"low_href": href}


@register.simple_tag
def figure(value: Decimal | int | str | None = None, state: str = "", decimals: int = 2, sign: bool = False) -> str:
    """A number in a table cell, its mark (state "confidential" or "secondary"), 未公布 (state "withheld"), or a dash
    where there is none."""
    if isinstance(value, Decimal):
        value = figures.signed(value, decimals) if sign else figures.grouped(value, decimals)
    text = figures.written(value)
    # A page has hundreds, nearly all of them plain numbers: those are not worth a template each.
    if text and not state:
        return text
    return _marked(text, state, get_language())


@lru_cache(maxsize=1000)
def _marked(text: str, state: str, _language: str | None) -> str:
    """A figure with its mark or in place of one: few differ on a page, and they are the same for everybody."""
    parts = {"text": text, "state": state, "sign": figures.SIGNS.get(state, "")}
    return render_to_string("components/figure.html", parts)


@register.inclusion_tag("components/withheld_signs.html")
def withheld_signs() -> dict[str, object]:
    """What the marks of figures that are not published mean: a list for the notes of a page."""
    return {"confidential": figures.Sign.CONFIDENTIAL, "secondary": figures.Sign.SECONDARY}


@register.simple_block_tag
def chart(
    content: str,
    title: str,
    unit: str = "",
    source: str = "",
    links: Sequence = (),
    files: Sequence = (),
    tag: str = "figure",
) -> str:
    """A chart's finding, unit, drawing (the content), source, links and files to keep: pairs of (label, href)."""
    parts = {"title": title, "unit": unit, "source": source, "links": links, "files": files, "tag": tag}
    return rendered("components/chart.html", content, **parts)


@register.inclusion_tag("components/chart_files.html")
def chart_files(files: Sequence, name: str = "") -> dict[str, object]:
    """`PNG · SVG · Data` where a chart stands without the component around it; `name` says of what, unseen."""
    return {"files": files, "name": name}


@register.inclusion_tag("components/bars.html")
def bars(rows: Sequence, caption: str, head: str = "", value_head: str = "", long: bool = False) -> dict[str, object]:
    """Rows from `charts.bars`."""
    return {"rows": rows, "caption": caption, "head": head, "value_head": value_head, "long": long, "bridge": False}


@register.inclusion_tag("components/bars.html")
def bridge(rows: Sequence, caption: str, head: str = "", value_head: str = "") -> dict[str, object]:
    """Rows from `charts.bridge`: a horizontal waterfall."""
    return {"rows": rows, "caption": caption, "head": head, "value_head": value_head, "long": True, "bridge": True}


@register.inclusion_tag("components/stacks.html")
def stacks(rows: Sequence, caption: str, parts: Sequence[str], head: str = "") -> dict[str, object]:
    """Rows from `charts.stack`; `parts` names the columns in the order of the segments."""
    return {"rows": rows, "caption": caption, "head": head, "parts": list(zip(parts, _INKS, strict=False))}


@register.inclusion_tag("components/lines.html")
def line_chart(chart: lines.LineChart, label: str, head: str = "", unit: str = "") -> dict[str, object]:
    """A chart from `lines.line_chart`; `label` is spoken, `head` heads the first column of its table."""
    return {"chart": chart, "label": label, "head": head or _("Period"), "unit": unit}


@register.inclusion_tag("components/tiles.html")
def province_tiles(rows: Iterable[tiles.Tile], unit: str = "", here: str = "") -> dict[str, object]:
    """The 34 squares. Rows are `tiles.Tile`; places left out say that nobody files there."""
    chinese = in_chinese()
    given = {tile.key: tile for tile in rows}
    squares = []
    for tile in tiles.full_grid(given):
        place = tiles.BY_KEY[tile.key]
        squares.append(
            {
                "tile": tile,
                "short": place.short_zh if chinese else place.short_en,
                "name": place.name_zh if chinese else place.name_en,
                "is_here": bool(here) and here[:2] == tile.key,
            }
        )
    return {"squares": squares, "unit": unit}


@register.inclusion_tag("components/tile_scale.html")
def tile_scale(labels: Sequence[str], label: str = "") -> dict[str, object]:
    """The legend of the five steps; `tile_labels` words it from the four cuts."""
    return {"labels": labels, "label": label}


@register.simple_tag
def tile_labels(cuts: Sequence[Decimal]) -> list[str]:
    """Under 1, 1 to 3, 3 to 10 … from four cuts."""
    texts = [f"{cut.normalize():,f}" for cut in map(Decimal, cuts)]
    between = [_("%(low)s to %(high)s") % {"low": low, "high": high} for low, high in pairwise(texts)]
    return [_("under %(high)s") % {"high": texts[0]}, *between, _("%(low)s and over") % {"low": texts[-1]}]


@register.inclusion_tag("components/usage.html")
def usage(before: Decimal, now: Decimal, ceiling: Decimal, label: str = "") -> dict[str, object]:
    """A contract's use as one bar; what exceeds the ceiling is cinnabar."""
    return {
        "drawn": evidence.usage(before, now, ceiling),
        "before": before,
        "now": now,
        "ceiling": ceiling,
        "beyond": max(before + now - ceiling, Decimal(0)),
        "label": label,
    }


@register.inclusion_tag("components/columns.html")
def columns(numbers: Sequence, labels: Sequence[str], label: str = "") -> dict[str, object]:
    """Quarters as columns, the last marked; spoken as the label and the last number."""
    return {"drawn": evidence.columns(numbers, labels), "width": 40 * len(labels), "label": label}


@register.inclusion_tag("components/date_window.html")
def date_window(day: date, since: date, until: date, label: str = "") -> dict[str, object]:
    """The accepted dates as a line, and the day in question upon it."""
    return {"drawn": evidence.window(day, since, until), "day": day, "since": since, "until": until, "label": label}
