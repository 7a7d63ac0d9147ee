"""What an editor may choose in a figure block, in the desk's language: releases, places, indicators, tables, charts."""

from functools import lru_cache

from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from portal.publishing.figure_tables import TABLES, named
from portal.statistics.dimensions import NATION, Currency, Measure, Mode
from portal.statistics.drawings import Chart
from portal.statistics.levels import ReleaseInfo
from portal.statistics.places import names_apart, places_named
from portal.statistics.queries import latest_of_each_period, places_with_data, published_releases, release_named
from portal.statistics.wording import quarter_name

Choices = list[tuple[str, object]]

FORMS: Choices = [
    ("brief", _("the whole brief")), ("indicator", _("an indicator")), ("table", _("a table")), ("chart", _("a chart")),
]  # fmt: skip
MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE, Mode.OVERSEAS)
INDICATORS = [
    *((measure, mode) for measure in (Measure.CONTRACT, Measure.EXECUTION) for mode in MODES),
    (Measure.FIRMS, Mode.TOTAL),
]
TABLE_NAMES = {
    "modes": _("contract value and execution by mode"), "markets": _("markets"),
    "groups": _("market groups, Belt and Road among them"), "categories": _("service categories"),
    "sizes": _("sizes of firms"), "bridge": _("what the change on a year before is made of"),
    "quarters": _("execution quarter by quarter"), "provinces": _("provinces (of all members only)"),
}  # fmt: skip
CHART_NAMES = {
    Chart.FIGURES: _("four key figures with their lines"), Chart.EXECUTION: _("execution, quarter by quarter"),
    Chart.MODES: _("shares of offshore and onshore"), Chart.MARKETS: _("markets"),
    Chart.CATEGORIES: _("service categories"), Chart.SIZES: _("sizes of firms"),
    Chart.BRIDGE: _("bridge of executed value"), Chart.CONTRACT_BRIDGE: _("bridge of contract value"),
    Chart.PROVINCES: _("provinces (of all members only)"),
}  # fmt: skip


def forms() -> Choices:
    return FORMS


def releases() -> Choices:
    """Public ones alone, the newest first: `first quarter of 2020 · version 1 · published 2020-06-01`."""
    return [(release.name, release_label(release)) for release in published_releases()]


def release_label(release: ReleaseInfo) -> str:
    return _now("%(period)s · version %(number)d · published %(on)s") % {
        "period": quarter_name(release.quarter),
        "number": release.number,
        "on": timezone.localtime(release.published_at).date().isoformat() if release.published_at else "—",
    }


def places() -> Choices:
    """Those that the newest release of any period has figures of: the nation, then by code."""
    codes = {code for release in latest_of_each_period() for code in _places_in(release.name, release.digest)}
    known = names_apart(places_named(sorted(codes | {NATION})))
    order = sorted(known, key=lambda code: (code != NATION, not code.isdigit(), code))
    return [(code, known[code]) for code in order]


@lru_cache(maxsize=256)
def _places_in(name: str, _digest: str) -> tuple[str, ...]:
    """A published release never changes, so it is asked once. Its digest tells it from one of the same name."""
    return tuple(places_with_data(release_named(name)))


def indicators() -> Choices:
    return [(f"{measure}.{mode}", named(measure, mode)) for measure, mode in INDICATORS]


def tables() -> Choices:
    return [(name, TABLE_NAMES[name]) for name in TABLES]


def charts() -> Choices:
    return [(chart.value, CHART_NAMES[chart]) for chart in Chart]


def currencies() -> Choices:
    return [(Currency.USD.value, _("US dollars")), (Currency.CNY.value, _("renminbi"))]


def languages_of_figures() -> Choices:
    return [("zh-hans", _("Chinese")), ("en", _("English"))]
