"""What an editor may choose in a figure block: releases, places, indicators and charts that there are."""

from django.utils.translation import gettext_lazy as _

from portal.statistics.dimensions import NATION, Currency, Measure, Mode
from portal.statistics.drawings import Chart
from portal.statistics.places import place_named
from portal.statistics.queries import places_with_data, published_releases
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES

Choices = list[tuple[str, object]]

FORMS: Choices = [
    ("brief", _("the whole brief")), ("indicator", _("an indicator")), ("table", _("a table")), ("chart", _("a chart")),
]  # fmt: skip
INDICATORS = [(measure, mode) for measure in (Measure.CONTRACT, Measure.EXECUTION) for mode in Mode]


def forms() -> Choices:
    return FORMS


def releases() -> Choices:
    """Public ones alone, the newest first."""
    return [(release.name, release.name) for release in published_releases()]


def places() -> Choices:
    """Those that the newest release has figures of."""
    newest = published_releases()[:1]
    codes = places_with_data(newest[0]) if newest else [NATION]
    return [(code, place.name) for code in codes if (place := place_named(code))]


def indicators() -> Choices:
    return [(f"{measure}.{mode}", f"{MEASURE_NAMES[measure]} · {MODE_NAMES[mode]}") for measure, mode in INDICATORS]


def charts() -> Choices:
    return [(chart.value, chart.value) for chart in Chart]


def currencies() -> Choices:
    return [(Currency.USD.value, _("US dollars")), (Currency.CNY.value, _("renminbi"))]


def languages_of_figures() -> Choices:
    return [("zh-hans", _("Chinese")), ("en", _("English"))]
