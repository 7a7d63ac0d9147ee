"""A place's headline figures in every published period, with what was first published where it was revised."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from portal.statistics.dimensions import BASE_OF, NATION, Measure, Mode, Span
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.queries import tables
from portal.statistics.shown import Amount, Rate, amount, rate
from portal.statistics.themes.scope import Choice, Scope, Tab
from portal.statistics.themes.sheets import Sheet, amount_text, conf_status, rate_text, sheet
from portal.statistics.themes.timeline import Series, Timeline, timeline
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES, amount_in_words, months_of, quarter_name
from portal.ui.figures import counted

THEME = "series"
MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
MEASURES = (Measure.EXECUTION, Measure.CONTRACT)
FIRMS = Indicator(Measure.FIRMS)

Key = tuple[str, str]


@dataclass(frozen=True)
class Point:
    """A mode in one period: the level, and growth on a year before."""

    level: Amount
    rate: Rate


@dataclass(frozen=True)
class PeriodLine:
    """One period as its newest release tells it; `first` is the total as first published, where it was revised."""

    release: ReleaseInfo
    name: str
    months: str
    points: list[Point]
    firms: str
    first: Amount | None
    first_name: str

    @property
    def is_revised(self) -> bool:
        return self.first is not None


@dataclass(frozen=True)
class SeriesPage:
    scope: Scope
    measure: Measure
    measure_name: str
    title: str
    heads: list[str]
    lines: list[PeriodLine]
    timeline: Timeline | None
    tabs: list[Tab]
    measures: list[Choice]
    vintages: list[tuple[ReleaseInfo, list[Point]]]

    @property
    def is_to_date(self) -> bool:
        return self.scope.span == Span.TO_DATE

    def sheet(self) -> Sheet:
        """Every vintage, so that a revision can be seen; `is_newest` marks the one that stands."""
        unit = "cny_10k" if self.scope.currency == "cny" else "usd_10k"
        head = ["of_release", "of_period", "is_newest", "measure"]
        for mode in MODES:
            head += [f"{mode.value}_{unit}", f"{mode.value}_growth_percent", f"{mode.value}_conf_status"]
        newest = {line.release.name for line in self.lines}
        rows = []
        for release, points in self.vintages:
            cells = [(amount_text(one.level), rate_text(one.rate), conf_status(one.level.state)) for one in points]
            flat = [text for group in cells for text in group]
            rows.append((release.name, release.period, int(release.name in newest), self.measure.value, *flat))
        return sheet(f"{THEME}-{self.measure.value}", self.scope, head, rows)


def series_page(scope: Scope, asked: Mapping[str, str]) -> SeriesPage:
    """All periods of a place: one query for every release, however many there are."""
    measure = Measure.CONTRACT if asked.get("measure") == Measure.CONTRACT else Measure.EXECUTION
    # Unlike a page of one period, this one has a year to date whatever quarter the newest release is of.
    scope = replace(scope, span=Span.TO_DATE if asked.get("span") == Span.TO_DATE else Span.QUARTER)
    known = [row for row in scope.releases if not scope.is_frozen or row.published_at <= scope.release.published_at]
    found = _tables(scope, known, measure)
    lines = [_line(scope, row, known, found, measure) for row in scope.history if _has_data(scope, found, row)]
    return SeriesPage(
        scope=scope,
        measure=measure,
        measure_name=str(MEASURE_NAMES[measure]),
        title=_title(scope, found, measure),
        heads=[str(MODE_NAMES[mode]) for mode in MODES],
        lines=lines[::-1],
        timeline=_timeline(scope, found, measure),
        tabs=_tabs(scope, measure),
        measures=[Choice(one.value, str(MEASURE_NAMES[one]), one == measure) for one in MEASURES],
        vintages=[
            (row, _points(scope, found[row.name, scope.place.code], measure))
            for row in reversed(known)
            if _has_data(scope, found, row)
        ],
    )


def _tables(scope: Scope, releases: Sequence[ReleaseInfo], measure: Measure) -> dict[Key, Table]:
    wanted = [Indicator(measure, mode) for mode in MODES]
    found = tables(releases, [scope.place.code], wanted, [scope.span, BASE_OF[scope.span]])
    return {key: row.told_in(scope.currency) for key, row in found.items()}


def _has_data(scope: Scope, found: Mapping[Key, Table], row: ReleaseInfo) -> bool:
    return found[row.name, scope.place.code].has_data(scope.span)


def _points(scope: Scope, table: Table, measure: Measure) -> list[Point]:
    return [
        Point(amount(table.level(item, scope.span), scope.counted_in), rate(table.growth(item, scope.span)))
        for item in (Indicator(measure, mode) for mode in MODES)
    ]


def _line(
    scope: Scope, row: ReleaseInfo, known: Sequence[ReleaseInfo], found: Mapping[Key, Table], measure: Measure
) -> PeriodLine:
    table = found[row.name, scope.place.code]
    earliest = min((one for one in known if one.period == row.period), key=lambda one: one.number)
    first = found[earliest.name, scope.place.code].level(Indicator(measure), scope.span)
    now = table.level(Indicator(measure), scope.span)
    is_revised = first.is_public and now.is_public and first.cents != now.cents
    return PeriodLine(
        release=row,
        name=quarter_name(row.quarter),
        months=months_of(row.quarter, scope.span),
        points=_points(scope, table, measure),
        firms=counted(table.level(FIRMS, scope.span).count or 0),
        first=amount(first, scope.counted_in) if is_revised else None,
        first_name=earliest.name if is_revised else "",
    )


def _timeline(scope: Scope, found: Mapping[Key, Table], measure: Measure) -> Timeline | None:
    history = [row for row in scope.history if _has_data(scope, found, row)]

    def levels(mode: Mode) -> list[Level]:
        return [found[row.name, scope.place.code].level(Indicator(measure, mode), scope.span) for row in history]

    return timeline(history, [Series(str(MODE_NAMES[mode]), levels(mode)) for mode in MODES])


def _tabs(scope: Scope, measure: Measure) -> list[Tab]:
    """Quarters, and the year to date."""
    kept = {"measure": "" if measure == Measure.EXECUTION else measure.value}
    return [
        Tab(label, scope.query(span=value, **kept) or "?", (scope.span == Span.TO_DATE) == bool(value))
        for label, value in ((_("By quarter"), ""), (_("Year to date"), Span.TO_DATE.value))
    ]


def _title(scope: Scope, found: Mapping[Key, Table], measure: Measure) -> str:
    """Whether the newest period is the highest of all published ones; no claim where one of them is withheld."""
    history = [row for row in scope.history if _has_data(scope, found, row)]
    levels = [found[row.name, scope.place.code].level(Indicator(measure), scope.span) for row in history]
    name = _("members") if scope.place.code == NATION else scope.place.name
    words = {"measure": MEASURE_NAMES[measure], "place": name}
    if not levels or not all(level.is_public for level in levels):
        return _("%(measure)s over time: %(place)s") % words
    last = levels[-1]
    words |= {
        "amount": amount_in_words(last.cents, scope.currency),
        "months": months_of(history[-1].quarter, scope.span),
    }
    if len(levels) > 1 and last.cents > max(level.cents for level in levels[:-1]):
        words["count"] = len(levels)
        return _("%(measure)s of %(place)s, %(months)s: %(amount)s, the highest of %(count)d published periods") % words
    return _("%(measure)s of %(place)s, %(months)s: %(amount)s") % words
