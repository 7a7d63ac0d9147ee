"""What the public pages show: one frozen value for each page."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.statistics import headlines, parts, sections
from portal.statistics.briefs import paragraphs
from portal.statistics.calendar_words import CalendarLine, calendar_line
from portal.statistics.calendars import Date, dates_to_come
from portal.statistics.commentaries import Signed, newest_commentary
from portal.statistics.dimensions import NATION, Currency, Measure, Span
from portal.statistics.gains import Gains, gains
from portal.statistics.growths import Explained, explained
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.parts import BeltAndRoad, Categories, Markets, PartLine
from portal.statistics.places import WHOLE, Place
from portal.statistics.queries import coming_periods, table
from portal.statistics.report import MEASURES, MODES, Report, report
from portal.statistics.sections import LeadingLine, Modes
from portal.statistics.shown import KeyFigure
from portal.statistics.wording import (
    LIST_NAMES,
    MEASURE_NAMES,
    measure_in_mode,
    months_of,
    quarter_name,
    table_unit,
    upright_quarter_name,
)
from portal.ui.figures import counted, grouped


@dataclass(frozen=True)
class Change:
    """A headline figure that differs from the earlier number of the same period."""

    name: str
    before: str
    after: str


@dataclass(frozen=True)
class ListUsed:
    name: str
    edition: int


@dataclass(frozen=True)
class ReportPage:
    """Everything about one place in one release, over one span."""

    place: Place
    name: str
    release: ReleaseInfo
    span: Span
    currency: Currency
    period_name: str
    upright_period: str
    months: str
    title: str
    standing: str
    firms: int
    totals: list[KeyFigure]
    modes: Modes
    belt_and_road: BeltAndRoad | None
    markets: Markets | None
    groups: list[PartLine]
    categories: Categories | None
    sizes: list[PartLine]
    brief: list[str]
    leading: list[LeadingLine]
    apart: list[str]
    lists: list[ListUsed]
    has_low_base: bool
    unit: str
    growth: Explained | None
    gains: Gains | None
    commentary: Signed | None
    is_internal: bool = False

    @property
    def has_to_date(self) -> bool:
        """The year to date is a span of its own from the second quarter on."""
        return self.release.quarter.number > 1


def report_page(
    release: ReleaseInfo, place: Place, span: Span = Span.QUARTER, currency: Currency = Currency.USD
) -> ReportPage:
    """A dozen queries at most, at any number of facts."""
    return _page(report(table(release, place.code).told_in(currency), span), place)


def internal_report_page(told: Table, place: Place, span: Span) -> ReportPage:
    """The same of a table in which nothing is withheld, for those who may see everything."""
    return replace(_page(report(told, span), place), is_internal=True)


def _page(content: Report, place: Place) -> ReportPage:
    release, span = content.table.release, content.span
    called = parts.names_for(content)
    name = place.name
    return ReportPage(
        place=place,
        name=name,
        release=release,
        span=span,
        currency=content.table.currency,
        period_name=quarter_name(release.quarter),
        upright_period=upright_quarter_name(release.quarter),
        months=months_of(release.quarter, span),
        title=_title(content, name),
        standing=headlines.standing(content),
        firms=content.firms.count or 0,
        totals=sections.totals(content),
        modes=sections.modes(content),
        belt_and_road=parts.belt_and_road(content, called),
        markets=parts.markets(content, called),
        groups=parts.market_groups(content, called),
        categories=parts.categories(content, called),
        sizes=parts.sizes(content),
        brief=paragraphs(content, name) if span == Span.QUARTER else [],
        leading=sections.leading(content),
        apart=sections.apart(content),
        lists=lists_used(release),
        has_low_base=any(row.growth.is_low_base for row in content.rows.values()),
        unit=table_unit(content.table.currency).label,
        growth=explained(content),
        gains=gains(content, called),
        commentary=newest_commentary(release, place.code),
    )


def _title(content: Report, name: str) -> str:
    if not content.firms.is_public or not content.firms.count:
        return _("No firm in %(place)s has filed for the %(period)s") % {
            "place": name,
            "period": quarter_name(content.table.release.quarter),
        }
    return headlines.of_release(content) if content.table.place == NATION else headlines.of_place(content, name)


def national_page(release: ReleaseInfo, currency: Currency = Currency.USD) -> ReportPage:
    return report_page(release, WHOLE, currency=currency)


def lists_used(release: ReleaseInfo) -> list[ListUsed]:
    """The editions that the release pinned, under the names of their lists."""
    return [
        ListUsed(str(LIST_NAMES.get(name, name)), int(edition["number"]))
        for name, edition in sorted(release.editions.items())
    ]


# ── What comes next ──────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ComingLine:
    """Figures that are still to come: by the date that is announced, or else by the day on which filings are due.

    `is_open` as long as nothing of the period is public.
    """

    name: str
    due_on: date | None
    is_past_due: bool
    is_open: bool = True
    date: Date | None = None
    figures: str = ""
    status: str = ""
    earlier: tuple[tuple[datetime, str], ...] = ()


def coming_lines(releases: Sequence[ReleaseInfo], at: datetime) -> list[ComingLine]:
    """What is announced, soonest first; then the periods after the newest published one that have no date yet, and
    whether their filings are still due."""
    today, rows = timezone.localdate(at), coming_periods(releases[0].period if releases else None)
    due = {row.period: row.due_on for row in rows}
    ahead = dates_to_come(at)
    lines = [_announced_line(calendar_line(date, at), due.get(date.period), today) for date in ahead]
    announced = {date.period for date in ahead}
    return lines + [
        ComingLine(quarter_name(row.quarter), row.due_on, row.due_on < today)
        for row in rows
        if row.period not in announced
    ]


def _announced_line(line: CalendarLine, due_on: date | None, today: date) -> ComingLine:
    return ComingLine(
        name=line.period_name,
        due_on=due_on,
        is_past_due=due_on is not None and due_on < today,
        is_open=due_on is not None,
        date=line.date,
        figures=line.figures,
        status=line.status,
        earlier=line.earlier,
    )


# ── What changed ─────────────────────────────────────────────────────────────────────────────────


def changes(earlier: ReleaseInfo, now: ReleaseInfo, place: str, currency: Currency = Currency.USD) -> list[Change]:
    """Headline figures of a place that differ between two numbers of one period, where both are published."""
    before, after = (table(release, place).told_in(currency) for release in (earlier, now))
    found = []
    for name, indicator in _headline_indicators():
        old, new = before.level(indicator), after.level(indicator)
        if old.is_public and new.is_public and _number(old, indicator) != _number(new, indicator):
            found.append(Change(name, _number(old, indicator), _number(new, indicator)))
    return found


def _headline_indicators() -> Sequence[tuple[str, Indicator]]:
    amounts = [(measure_in_mode(measure, mode), Indicator(measure, mode)) for measure in MEASURES for mode in MODES]
    return [(str(MEASURE_NAMES[Measure.FIRMS]), Indicator(Measure.FIRMS)), *amounts]


def _number(level: Level, indicator: Indicator) -> str:
    if indicator.measure == Measure.FIRMS:
        return counted(level.count or 0)
    return grouped(table_unit(level.currency).of(level.cents))
