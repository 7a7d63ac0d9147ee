"""The charts of a themed page as files: the page's own bars and lines under the words that stand over them there.

A page may tell of many releases, so a drawing is kept by what is on it: the same sheet is drawn once, whichever page
and address it came from.
"""

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.statistics.drawings.curves import line_sheet
from portal.statistics.drawings.frame import spec_of
from portal.statistics.drawings.inks import Theme as Inks
from portal.statistics.drawings.kept import kept
from portal.statistics.drawings.marks import Sheet
from portal.statistics.drawings.rows import bar_sheet
from portal.statistics.exports import citation, licence
from portal.ui.vega import png_of, svg_of


class ThemeChart(StrEnum):
    """Parts of a whole as bars, and their course over the quarters; the words stand in addresses."""

    PARTS = "parts"
    TIME = "time"


# By theme and whether it is the page of one member: the words over the bars ("" for the page's own finding), and
# what they measure.
_OFFSHORE, _ALL = gettext_noop("Offshore executed value"), gettext_noop("Executed value")
_PARTS: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("groups", False): (gettext_noop("Offshore executed value by market group"), _OFFSHORE),
    ("groups", True): (gettext_noop("Offshore executed value by market of the list"), _OFFSHORE),
    ("schemes", True): (gettext_noop("Executed value by region"), _ALL),
    ("categories", False): ("", _ALL),
    ("categories", True): (gettext_noop("Executed value by service category"), _ALL),
    ("sizes", False): ("", _ALL),
    ("service-trade", False): (gettext_noop("Offshore executed value by service-trade category"), _OFFSHORE),
    ("digital-trade", False): (gettext_noop("Offshore execution by whether it can be delivered digitally"), _OFFSHORE),
}
_COURSES: Mapping[tuple[str, bool], tuple[str, str]] = {
    ("groups", True): (gettext_noop("Offshore business for %(name)s, by quarter"), gettext_noop("Offshore business")),
    ("schemes", True): (gettext_noop("Executed value by region of %(name)s, by quarter"), _ALL),
    ("categories", True): (gettext_noop("%(name)s, executed value by quarter"), _ALL),
    ("sizes", False): (gettext_noop("Executed value by size of firm, by quarter"), _ALL),
    ("digital-trade", False): (gettext_noop("Digitally deliverable execution, by quarter"), _ALL),
    ("series", False): (gettext_noop("%(measure)s of %(place)s: total, offshore and onshore"), ""),
}


def drawing_of(page: Any, theme: str, chart: ThemeChart, form: str, inks: Inks) -> bytes | None:
    """A chart of a page as `svg` or `png` in the active language; None where the page has none."""
    sheet = sheet_of(page, theme, chart)
    if sheet is None:
        return None
    release = page.scope.release
    source = [_sources(page) if chart == ThemeChart.TIME else citation(release), licence()]
    spec = spec_of(sheet, source, inks)
    spoken = " ".join([sheet.unit, *(f"{row};" for row in sheet.spoken), *source])
    written = json.dumps([spec, sheet.finding, spoken], ensure_ascii=False)
    name = f"themes/{hashlib.sha256(written.encode()).hexdigest()}"

    def svg() -> bytes:
        return svg_of(spec, title=sheet.finding, description=spoken).encode()

    if form == "svg":
        return kept(f"{name}.svg", svg)
    return kept(f"{name}.png", lambda: png_of(svg().decode()))


def sheet_of(page: Any, theme: str, chart: ThemeChart) -> Sheet | None:
    return _parts(page, theme) if chart == ThemeChart.PARTS else _course(page, theme)


def _parts(page: Any, theme: str) -> Sheet | None:
    words, rows = _PARTS.get((theme, hasattr(page, "heading"))), getattr(page, "bars", None)
    if not words or not rows:
        return None
    finding, measured = words
    return bar_sheet(_(finding) if finding else page.title, _under(page, _(measured), page.scope.unit), rows)


def _course(page: Any, theme: str) -> Sheet | None:
    words, found = _COURSES.get((theme, hasattr(page, "heading"))), getattr(page, "timeline", None)
    if not words or not found:
        return None
    finding, measured = words
    about = {"name": getattr(page, "heading", ""), "place": page.scope.place.name}
    about["measure"] = measured = _(measured) if measured else page.measure_name
    if getattr(page, "is_to_date", False):
        measured = _("%(measure)s, the year to date") % {"measure": measured}
    under = _("%(place)s. %(measured)s by period of filing, %(unit)s") % {
        "place": _place(page), "measured": measured, "unit": found.unit,
    }  # fmt: skip
    return line_sheet(_(finding) % about, under, found.drawing)


def _under(page: Any, measured: str, unit: str) -> str:
    """The line under a finding: of what and when, what is measured, in which unit."""
    return _("%(place)s, %(period)s. %(measured)s, %(unit)s") % {
        "place": _place(page), "period": page.scope.months, "measured": measured, "unit": unit,
    }  # fmt: skip


def _place(page: Any) -> str:
    return " · ".join(name for name in (getattr(page, "heading", ""), page.scope.place.name) if name)


def _sources(page: Any) -> str:
    """Lines over several releases name the newest, and say where the others come from."""
    first = page.timeline.drawing.rows[0][0]
    return " ".join(
        [citation(page.scope.release), _("Each earlier period since %(first)s: its newest release.") % {"first": first}]
    )
