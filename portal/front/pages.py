"""What the front page shows, as one frozen value."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.publishing.queries import Line, NewestIssue, PolicyLine, newest_issue, newest_notices, newest_policies
from portal.statistics import charts, headlines
from portal.statistics.atlas import ProvinceMap, province_map
from portal.statistics.dimensions import NATION, Measure, Mode, Span
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.pages import ComingLine, coming_lines
from portal.statistics.queries import over_time, published_releases, table
from portal.statistics.report import Report, report
from portal.statistics.shown import KeyFigure, key_figure
from portal.statistics.wording import (
    MEASURE_NAMES,
    Unit,
    figure_unit,
    point_label,
    quarter_name,
    upright_quarter_name,
)
from portal.ui.lines import LineChart

NEWEST = 5
NEWEST_TEXTS = 4
CONTRACT, EXECUTION, FIRMS = Indicator(Measure.CONTRACT), Indicator(Measure.EXECUTION), Indicator(Measure.FIRMS)
OFFSHORE = Indicator(Measure.EXECUTION, Mode.OFFSHORE)
ONSHORE = Indicator(Measure.EXECUTION, Mode.ONSHORE)

Series = dict[Indicator, list[Level]]
# A quarter and the number of each figure in it.
SmallLine = tuple[str, list[Decimal | int | None]]


@dataclass(frozen=True)
class Chart:
    title: str
    drawing: LineChart
    unit: str
    since: str
    until: str


@dataclass(frozen=True)
class NewsLine:
    """A release in the list of the newest ones."""

    release: ReleaseInfo
    period_name: str


@dataclass(frozen=True)
class Newest:
    """The newest release as the front page tells it."""

    release: ReleaseInfo
    period_name: str
    upright_period: str
    title: str
    standing: str
    figures: list[KeyFigure]
    chart: Chart
    map: ProvinceMap
    small_lines: list[SmallLine]


@dataclass(frozen=True)
class FrontPage:
    newest: Newest | None
    news: list[NewsLine]
    coming: list[ComingLine]
    filing: ComingLine | None
    """The quarter that firms file now, or whose filings are under review."""
    issue: NewestIssue | None
    policies: list[PolicyLine]
    notices: list[Line]


def front_page(at: datetime) -> FrontPage:
    """A handful of queries, whatever is published."""
    releases = published_releases()
    coming = coming_lines(releases, at)
    return FrontPage(
        newest=_newest(releases) if releases else None,
        news=[NewsLine(row, quarter_name(row.quarter)) for row in releases[:NEWEST]],
        coming=coming,
        filing=next((line for line in coming if line.is_open), None),
        issue=newest_issue(at),
        policies=newest_policies(NEWEST_TEXTS),
        notices=newest_notices(NEWEST_TEXTS, at),
    )


def _newest(releases: Sequence[ReleaseInfo]) -> Newest:
    newest = releases[0]
    by_period = {row.period: row for row in reversed(releases)}
    history = [by_period[period] for period in sorted(by_period)]
    content = report(table(newest, NATION))
    series = over_time(NATION, [CONTRACT, EXECUTION, FIRMS, OFFSHORE, ONSHORE], history)
    figures = _figures(content.table, series)
    return Newest(
        release=newest,
        period_name=quarter_name(newest.quarter),
        upright_period=upright_quarter_name(newest.quarter),
        title=headlines.of_release(content),
        standing=headlines.standing(content),
        figures=figures,
        chart=_chart(content, series, history),
        small_lines=_small_lines(figures, history),
        map=province_map(newest, lambda code: reverse("statistics:place-detail", args=[code])),
    )


def _small_lines(figures: Sequence[KeyFigure], history: Sequence[ReleaseInfo]) -> list[SmallLine]:
    """The numbers behind the small lines, a quarter to a row; none where one is not published."""
    return [
        (point_label(row.quarter), [figure.spark[number] if figure.spark else None for figure in figures])
        for number, row in enumerate(history)
    ]


def _figures(now: Table, series: Series) -> list[KeyFigure]:
    unit = figure_unit(max(now.level(CONTRACT).usd_cents or 0, now.level(EXECUTION).usd_cents or 0))
    counted = Unit(_("firms"), unit.cents)
    rows = (
        (CONTRACT, MEASURE_NAMES[Measure.CONTRACT], unit),
        (EXECUTION, MEASURE_NAMES[Measure.EXECUTION], unit),
        (OFFSHORE, _("Offshore execution"), unit),
        (FIRMS, MEASURE_NAMES[Measure.FIRMS], counted),
    )
    return [
        key_figure(now, indicator, Span.QUARTER, str(name), one_unit, tuple(series[indicator]))
        for indicator, name, one_unit in rows
    ]


def _chart(content: Report, series: Series, history: Sequence[ReleaseInfo]) -> Chart:
    rows = {mode: content.rows[Measure.EXECUTION, mode] for mode in (Mode.OFFSHORE, Mode.ONSHORE)}
    by_mode = {Mode.OFFSHORE: series[OFFSHORE], Mode.ONSHORE: series[ONSHORE]}
    levels = [level.usd_cents for one in by_mode.values() for level in one if level.is_public]
    unit = figure_unit(max(levels, default=0))
    growths = {mode: row.growth for mode, row in rows.items()}
    offshore, onshore = rows[Mode.OFFSHORE], rows[Mode.ONSHORE]
    return Chart(
        title=headlines.of_gap((offshore.now, offshore.base), (onshore.now, onshore.base)),
        drawing=charts.execution_lines([row.period for row in history], by_mode, growths, unit),
        unit=unit.label,
        since=quarter_name(history[0].quarter),
        until=quarter_name(history[-1].quarter),
    )
