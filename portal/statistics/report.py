"""What a release says of a place: the figures behind the city report and its brief."""

from dataclasses import dataclass
from decimal import Decimal

from portal.statistics.dimensions import BASE_OF, Cut, Measure, Mode, Span
from portal.statistics.indicators import Growth, points_contributed
from portal.statistics.levels import Indicator, Level, Table

MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
MEASURES = (Measure.CONTRACT, Measure.EXECUTION)
TOP_MARKETS = 3


@dataclass(frozen=True)
class Row:
    """One indicator now and a year before. Fractions are Decimal, None when they cannot be shown."""

    indicator: Indicator
    now: Level
    base: Level
    growth: Growth
    points: Decimal | None
    share: Decimal | None
    base_share: Decimal | None


@dataclass(frozen=True)
class Part:
    """A member of a cut and its share of the whole."""

    member: str
    level: Level
    share: Decimal | None


@dataclass(frozen=True)
class Leading:
    """What the leading firms of a mode hold: their number, and shares of what they belong to."""

    mode: Mode
    firms: int
    of_execution: Decimal
    of_contract: Decimal | None
    of_total_execution: Decimal | None


@dataclass(frozen=True)
class Report:
    """Everything that a release says of a place over one span."""

    table: Table
    span: Span
    firms: Level
    firms_growth: Growth
    rows: dict[tuple[Measure, Mode], Row]
    belt_and_road: dict[Measure, Part]
    groups: dict[Measure, list[Part]]
    markets: dict[Measure, list[Part]]
    top_markets: list[str]
    categories: dict[Measure, list[Part]]
    sizes: list[Part]
    leading: dict[Mode, Leading]
    overseas: dict[Measure, Level]
    subcontracted: Level


def report(table: Table, span: Span = Span.QUARTER) -> Report:
    """Put together what a table says of its place, over the quarter or the year to date."""
    return Report(
        table=table,
        span=span,
        firms=table.level(Indicator(Measure.FIRMS), span),
        firms_growth=table.growth(Indicator(Measure.FIRMS), span),
        rows={(measure, mode): _row(table, measure, mode, span) for measure in MEASURES for mode in MODES},
        belt_and_road={measure: _belt_and_road(table, measure, span) for measure in MEASURES},
        groups={measure: _parts(table, measure, Mode.OFFSHORE, Cut.MARKET_GROUP, span) for measure in MEASURES},
        markets={measure: _parts(table, measure, Mode.OFFSHORE, Cut.MARKET, span) for measure in MEASURES},
        top_markets=table.ranked(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, span)[:TOP_MARKETS],
        categories={measure: _parts(table, measure, Mode.TOTAL, Cut.CATEGORY, span) for measure in MEASURES},
        sizes=_parts(table, Measure.EXECUTION, Mode.TOTAL, Cut.SIZE, span),
        leading=_leading(table, span),
        overseas={measure: table.level(Indicator(measure, Mode.OVERSEAS), span) for measure in MEASURES},
        subcontracted=table.level(Indicator(Measure.SUBCONTRACTED), span),
    )


def _row(table: Table, measure: Measure, mode: Mode, span: Span) -> Row:
    indicator, total, before = Indicator(measure, mode), Indicator(measure), BASE_OF[span]
    now, base, base_total = table.level(indicator, span), table.level(indicator, before), table.level(total, before)
    shown = now.is_public and base.is_public and base_total.is_public
    return Row(
        indicator=indicator,
        now=now,
        base=base,
        growth=table.growth(indicator, span),
        points=points_contributed(now.cents, base.cents, base_total.cents) if shown else None,
        share=table.share(indicator, total, span),
        base_share=table.share(indicator, total, before),
    )


def _belt_and_road(table: Table, measure: Measure, span: Span) -> Part:
    name = table.release.belt_and_road_list
    part = Indicator(measure, Mode.OFFSHORE, Cut.MARKET_GROUP, name)
    return Part(name, table.level(part, span), table.share(part, Indicator(measure, Mode.OFFSHORE), span))


def _parts(table: Table, measure: Measure, mode: Mode, cut: Cut, span: Span) -> list[Part]:
    whole = Indicator(measure, mode)
    return [
        Part(member, level, table.share(Indicator(measure, mode, cut, member), whole, span))
        for member, level in table.members(measure, mode, cut, span)
    ]


def _leading(table: Table, span: Span) -> dict[Mode, Leading]:
    """Per mode, only where the leaders' levels may be shown."""
    found = {}
    for mode in (Mode.ONSHORE, Mode.OFFSHORE):
        held = Indicator(Measure.EXECUTION, mode, Cut.LEADERS)
        level = table.level(held, span)
        of_execution = table.share(held, Indicator(Measure.EXECUTION, mode), span)
        if level.is_public and level.count and of_execution is not None:
            found[mode] = Leading(
                mode=mode,
                firms=level.count,
                of_execution=of_execution,
                of_contract=table.share(
                    Indicator(Measure.CONTRACT, mode, Cut.LEADERS), Indicator(Measure.CONTRACT, mode), span
                ),
                of_total_execution=table.share(held, Indicator(Measure.EXECUTION), span),
            )
    return found
