"""Which charts there are, and what each of them says of a place in a release: the page's own rows, on a sheet."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from portal.statistics import growths, headlines, parts, sections
from portal.statistics.atlas import province_map
from portal.statistics.charts import execution_lines
from portal.statistics.dimensions import NATION, Currency, Cut, Measure, Mode, Span
from portal.statistics.drawings.curves import figures_sheet, line_sheet
from portal.statistics.drawings.marks import Sheet
from portal.statistics.drawings.rows import bar_sheet, stack_sheet
from portal.statistics.drawings.squares import tile_sheet
from portal.statistics.levels import Indicator, Level, ReleaseInfo
from portal.statistics.places import Place
from portal.statistics.queries import over_time, published_releases, table
from portal.statistics.report import Report, report
from portal.statistics.shown import key_figure
from portal.statistics.wording import (
    MEASURE_NAMES,
    SIZE_NAMES,
    Unit,
    figure_unit,
    months_of,
    percent_in_words,
    quarter_name,
    table_unit,
)
from portal.ui import charts
from portal.ui.templatetags.figure_parts import tile_labels


class Chart(StrEnum):
    """Every chart of a place that can be had as a file; the words stand in addresses."""

    FIGURES = "figures"
    EXECUTION = "execution"
    MODES = "modes"
    MARKETS = "markets"
    CATEGORIES = "categories"
    SIZES = "sizes"
    BRIDGE = "execution-bridge"
    CONTRACT_BRIDGE = "contract-bridge"
    PROVINCES = "provinces"


# Those that tell of several quarters, or of all places at once, show the quarter in dollars whatever is asked for.
ALWAYS_THE_QUARTER = (Chart.FIGURES, Chart.EXECUTION, Chart.PROVINCES)


@dataclass(frozen=True)
class Subject:
    """What a drawing is of."""

    release: ReleaseInfo
    place: Place
    span: Span = Span.QUARTER
    currency: Currency = Currency.USD

    def report(self) -> Report:
        return report(table(self.release, self.place.code).told_in(self.currency), self.span)


def sheet_of(subject: Subject, chart: Chart) -> Sheet | None:
    """The drawing in the active language; None where the release has nothing to draw."""
    return _SHEETS[chart](subject)


def _of_place(subject: Subject, measured: str, unit: str) -> str:
    """The line under a finding: the place and the period, what is measured, and its unit."""
    return _("%(place)s, %(period)s. %(measured)s, %(unit)s") % {
        "place": subject.place.name,
        "period": _period(subject),
        "measured": measured,
        "unit": unit,
    }


def _period(subject: Subject) -> str:
    return months_of(subject.release.quarter, subject.span)


# ── Parts of a whole ─────────────────────────────────────────────────────────────────────────────


def _modes(subject: Subject) -> Sheet | None:
    content = subject.report()
    found = sections.modes(content)
    unit = table_unit(subject.currency).label
    told = _("Shares in %%; amounts below them in %(unit)s") % {"unit": unit}
    under = _("%(place)s, %(period)s. %(told)s") % {
        "place": subject.place.name, "period": _period(subject), "told": told,
    }  # fmt: skip
    return stack_sheet(found.title, under, found.stacks, found.parts) if found.stacks else None


def _markets(subject: Subject) -> Sheet | None:
    content = subject.report()
    found = parts.markets(content, parts.names_for(content))
    unit = table_unit(subject.currency).label
    return found and bar_sheet(found.title, _of_place(subject, _("Offshore executed value"), unit), found.bars)


def _categories(subject: Subject) -> Sheet | None:
    content = subject.report()
    found = parts.categories(content, parts.names_for(content))
    unit = table_unit(subject.currency).label
    return found and bar_sheet(found.title, _of_place(subject, _("Executed value"), unit), found.bars)


def _sizes(subject: Subject) -> Sheet | None:
    content = subject.report()
    lines = parts.sizes(content)
    rows = charts.bars(
        charts.Item(
            line.name,
            line.execution.value,
            share="" if line.execution_share is None else percent_in_words(line.execution_share / 100),
        )
        for line in lines
    )
    unit = table_unit(subject.currency).label
    return bar_sheet(_of_sizes(content), _of_place(subject, _("Executed value"), unit), rows) if rows else None


def _of_sizes(content: Report) -> str:
    """The finding: the largest size, where the published figures settle which that is."""
    ranked = content.table.ranked(Measure.EXECUTION, Mode.TOTAL, Cut.SIZE, content.span)
    shares = {part.member: part.share for part in content.sizes}
    if not ranked or shares[ranked[0]] is None:
        return _("Executed value by size of firm")
    return _("%(firms)s make up %(share)s of executed value") % {
        "firms": SIZE_NAMES[ranked[0]],
        "share": percent_in_words(shares[ranked[0]]),
    }


def _bridge(subject: Subject, measure: Measure = Measure.EXECUTION) -> Sheet | None:
    """A waterfall. Parts that are not published are one row together, as on the page."""
    found = growths.explained(subject.report())
    chart = next((one for one in found.charts if one.of == measure), None) if found else None
    if chart is None:
        return None
    notes = [
        chart.unmoved and _("Zero, and not drawn: %(parts)s.") % {"parts": chart.unmoved},
        chart.hidden and _("Not published one by one: %(parts)s.") % {"parts": chart.hidden},
    ]
    return bar_sheet(
        chart.title, _of_place(subject, chart.measure, found.unit), chart.bars, " ".join(note for note in notes if note)
    )


def _contract_bridge(subject: Subject) -> Sheet | None:
    return _bridge(subject, Measure.CONTRACT)


# ── Over time ────────────────────────────────────────────────────────────────────────────────────


def history(release: ReleaseInfo) -> list[ReleaseInfo]:
    """The newest release of each period up to this one's, as they stood when it was published; itself the last.

    A line that ends in a release never changes with what is published after it.
    """
    newest: dict[str, ReleaseInfo] = {}
    for row in published_releases():
        is_before = row.period < release.period
        if is_before and (release.published_at is None or row.published_at <= release.published_at):
            newest.setdefault(row.period, row)
    return [newest[period] for period in sorted(newest)] + [release]


def _since(rows: list[ReleaseInfo]) -> str:
    return _("By period of filing, %(since)s to %(until)s. Each from the newest release of its period.") % {
        "since": quarter_name(rows[0].quarter),
        "until": quarter_name(rows[-1].quarter),
    }


def _execution(subject: Subject) -> Sheet | None:
    """Offshore and onshore, quarter by quarter; a quarter that is not published is a gap."""
    content, rows = Subject(subject.release, subject.place).report(), history(subject.release)
    of_mode = {mode: Indicator(Measure.EXECUTION, mode) for mode in (Mode.OFFSHORE, Mode.ONSHORE)}
    series = over_time(subject.place.code, list(of_mode.values()), rows)
    by_mode: Mapping[Mode, list[Level]] = {mode: series[indicator] for mode, indicator in of_mode.items()}
    levels = [level.usd_cents for one in by_mode.values() for level in one if level.is_public]
    if len(rows) < 2 or not levels:
        return None
    unit = figure_unit(max(levels))
    offshore, onshore = (content.rows[Measure.EXECUTION, mode] for mode in of_mode)
    growing = {Mode.OFFSHORE: offshore.growth, Mode.ONSHORE: onshore.growth}
    return line_sheet(
        headlines.of_gap((offshore.now, offshore.base), (onshore.now, onshore.base)),
        _of_place(Subject(subject.release, subject.place), _("Executed value"), unit.label),
        execution_lines([row.period for row in rows], by_mode, growing, unit),
        _since(rows),
    )


def _figures(subject: Subject) -> Sheet | None:
    """Four key figures with a small line each."""
    content, rows = Subject(subject.release, subject.place).report(), history(subject.release)
    if not content.firms.is_public or not content.firms.count:
        return None
    measured = {
        Indicator(Measure.CONTRACT): MEASURE_NAMES[Measure.CONTRACT],
        Indicator(Measure.EXECUTION): MEASURE_NAMES[Measure.EXECUTION],
        Indicator(Measure.EXECUTION, Mode.OFFSHORE): _("Offshore execution"),
        Indicator(Measure.FIRMS): MEASURE_NAMES[Measure.FIRMS],
    }
    series = over_time(subject.place.code, list(measured), rows)
    unit = figure_unit(max(content.table.level(indicator).usd_cents or 0 for indicator in measured))
    counted = Unit(_("firms"), unit.cents)
    figures = [
        key_figure(
            content.table, indicator, Span.QUARTER, str(name),
            counted if indicator.measure == Measure.FIRMS else unit, tuple(series[indicator]),
        )
        for indicator, name in measured.items()
    ]  # fmt: skip
    finding = headlines.of_release(content) if subject.place.code == NATION else headlines.of_place(
        content, subject.place.name
    )  # fmt: skip
    under = _("%(place)s, %(period)s. Change on a year before at the right") % {
        "place": subject.place.name, "period": quarter_name(subject.release.quarter),
    }  # fmt: skip
    return figures_sheet(finding, under, figures, _since(rows) if len(rows) > 1 else "")


# ── Across places ────────────────────────────────────────────────────────────────────────────────


def _provinces(subject: Subject) -> Sheet | None:
    """The tile grid of all members: a place alone has none."""
    if subject.place.code != NATION:
        return None
    found = province_map(subject.release, lambda code: "")
    if not found.tiles:
        return None
    return tile_sheet(
        found.title,
        _of_place(Subject(subject.release, subject.place), _("Executed value"), found.tile_unit),
        found.tiles,
        tile_labels(found.cuts) if found.cuts else [],
        _("One square for each province; its position says direction, not border or area. Dashed: too few firms."),
    )


_SHEETS: Mapping[Chart, Callable[[Subject], Sheet | None]] = {
    Chart.FIGURES: _figures,
    Chart.EXECUTION: _execution,
    Chart.MODES: _modes,
    Chart.MARKETS: _markets,
    Chart.CATEGORIES: _categories,
    Chart.SIZES: _sizes,
    Chart.BRIDGE: _bridge,
    Chart.CONTRACT_BRIDGE: _contract_bridge,
    Chart.PROVINCES: _provinces,
}
