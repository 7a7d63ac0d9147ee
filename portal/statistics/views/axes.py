"""Both time axes of a place: by quarter of filing and by quarter of the event."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.statistics.chronicles import axes_page
from portal.statistics.dimensions import Measure, Mode
from portal.statistics.places import place_around
from portal.statistics.queries import latest_of_each_period
from portal.statistics.report import MODES
from portal.statistics.views.public import place_or_404
from portal.statistics.views.tabs import Tab, currency_asked, currency_tabs, kept_of, tab
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES
from portal.ui.http import public

MEASURES = (Measure.EXECUTION, Measure.CONTRACT)


@public
@require_safe
def place_axes(request: HttpRequest, code: str) -> HttpResponse:
    """The triangle of late filing of a place, from the newest release of each period."""
    place = place_or_404(code)
    kept = kept_of(request, "measure", "mode", "currency")
    measure, mode = Measure(kept.get("measure", Measure.EXECUTION)), Mode(kept.get("mode", Mode.TOTAL))
    page = axes_page(latest_of_each_period(), place, measure, mode, currency_asked(request))
    context = {
        "page": page,
        "place": place,
        "around": place_around(place),
        "measure_tabs": _measure_tabs(request, kept, measure),
        "mode_tabs": _mode_tabs(request, kept, mode),
        "currency_tabs": currency_tabs(request, kept),
    }
    return render(request, "statistics/place_axes.html", context)


def _measure_tabs(request: HttpRequest, kept: dict[str, str], shown: Measure) -> list[Tab]:
    return [
        tab(request, str(MEASURE_NAMES[one]), one == shown, kept, measure="" if one == MEASURES[0] else one.value)
        for one in MEASURES
    ]


def _mode_tabs(request: HttpRequest, kept: dict[str, str], shown: Mode) -> list[Tab]:
    return [
        tab(request, str(MODE_NAMES[one]), one == shown, kept, mode="" if one == Mode.TOTAL else one.value)
        for one in MODES
    ]
