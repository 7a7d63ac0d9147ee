"""The sections of a report page as frozen values: what a template lays out, nothing that it has to work out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.reference.queries import names
from portal.statistics import charts, headlines
from portal.statistics.dimensions import BASE_OF, Cut, Measure, Mode
from portal.statistics.queries import Indicator
from portal.statistics.report import MEASURES, MODES, Part, Report
from portal.statistics.shown import Amount, KeyFigure, Rate, amount, in_percent, key_figure, rate
from portal.statistics.wording import MEASURE_NAMES, MODE_NAMES, SIZE_NAMES, Unit, figure_unit, months_of, table_unit
from portal.ui.charts import Bar, Stack
from portal.ui.figures import Change, grouped, percent

TOP_LEVEL, GROUP_LEVEL = 1, 2


@dataclass(frozen=True)
class Names:
    """What the members of a report's cuts are called in the active language: three queries."""

    market: dict[str, str]
    market_group: dict[str, str]
    category: dict[str, str]
    parents: dict[str, str | None]
    levels: dict[str, int]


def names_for(report: Report) -> Names:
    markets = {key[4] for key in report.table.cells if key[3] == Cut.MARKET}
    groups = {part.member for parts in report.groups.values() for part in parts} | {
        report.table.release.belt_and_road_list
    }
    categories = {key[4] for key in report.table.cells if key[3] == Cut.CATEGORY}
    rows = names("category", sorted(categories))
    return Names(
        market={code: row.name for code, row in names("market", sorted(markets)).items()},
        market_group={code: row.name for code, row in names("market_group", sorted(groups)).items()},
        category={code: row.name for code, row in rows.items()},
        parents={code: row.parent_id for code, row in rows.items()},
        levels={code: row.level for code, row in rows.items()},
    )


# ── Totals, offshore and onshore ─────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class ModeLine:
    """One row of table 1."""

    name: str
    measure: Measure
    mode: Mode
    is_total: bool
    begins_group: bool
    now: Amount
    base: Amount
    rate: Rate
    points: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Modes:
    title: str
    shift: str
    stacks: list[Stack]
    lines: list[ModeLine]
    now_name: str
    base_name: str
    parts: tuple[str, str]


def totals(report: Report) -> list[KeyFigure]:
    unit = figure_unit(currency=report.table.currency)
    return [
        key_figure(report.table, Indicator(measure), report.span, str(MEASURE_NAMES[measure]), unit)
        for measure in MEASURES
    ]


def modes(report: Report) -> Modes:
    quarter = report.table.release.quarter
    return Modes(
        title=headlines.of_modes(report),
        shift=headlines.shift_of_onshore(report),
        stacks=charts.mode_stacks(report),
        lines=[_mode_line(report, measure, mode) for measure in MEASURES for mode in MODES],
        now_name=months_of(quarter, report.span),
        base_name=months_of(quarter, BASE_OF[report.span]),
        parts=(str(MODE_NAMES[Mode.OFFSHORE]), str(MODE_NAMES[Mode.ONSHORE])),
    )


def _mode_line(report: Report, measure: Measure, mode: Mode) -> ModeLine:
    row, unit = report.rows[measure, mode], table_unit(report.table.currency)
    is_total = mode == Mode.TOTAL
    return ModeLine(
        name=str(MEASURE_NAMES[measure] if is_total else MODE_NAMES[mode]),
        measure=measure,
        mode=mode,
        is_total=is_total,
        begins_group=is_total and measure != MEASURES[0],
        now=amount(row.now, unit),
        base=amount(row.base, unit),
        rate=rate(row.growth),
        points=in_percent(row.points),
        share=in_percent(row.share),
    )


# ── Parts of the whole: markets, groups, categories, sizes ───────────────────────────────────────


@dataclass(frozen=True)
class PartLine:
    """One member of a cut with both measures; `depth` is 1 for the widest categories."""

    member: str
    name: str
    contract: Amount
    contract_share: Decimal | None
    execution: Amount
    execution_share: Decimal | None
    depth: int = 1


def part_lines(
    parts: dict[Measure, list[Part]], called: dict[str, str], unit: Unit, order: Sequence[str] | None = None
) -> list[PartLine]:
    """Members of either measure, in the order of execution (of what is published) unless another is given."""
    by_measure = {measure: {part.member: part for part in rows} for measure, rows in parts.items()}
    order = order or list(dict.fromkeys(part.member for measure in reversed(MEASURES) for part in parts[measure]))
    return [_part_line(member, called.get(member, member), by_measure, unit) for member in order]


def _part_line(member: str, name: str, by_measure: dict[Measure, dict[str, Part]], unit: Unit) -> PartLine:
    contract, execution = (by_measure[measure].get(member) for measure in MEASURES)
    return PartLine(
        member=member,
        name=name,
        contract=_amount_of(contract, unit),
        contract_share=in_percent(contract.share) if contract else None,
        execution=_amount_of(execution, unit),
        execution_share=in_percent(execution.share) if execution else None,
        depth=member.count("-") + 1,
    )


def _amount_of(part: Part | None, unit: Unit) -> Amount:
    """A member without a cell had no business there: zero."""
    return amount(part.level, unit) if part else Amount(Decimal(0))


@dataclass(frozen=True)
class BeltAndRoad:
    title: str
    figures: list[tuple[KeyFigure, Decimal | None]]
    list_code: str
    list_name: str


def belt_and_road(report: Report, called: Names) -> BeltAndRoad | None:
    """Shares of offshore business for the markets of the release's list; None where there was none offshore."""
    offshore = report.rows[Measure.EXECUTION, Mode.OFFSHORE].now
    if offshore.is_public and not offshore.cents and not report.markets[Measure.CONTRACT]:
        return None
    code = report.table.release.belt_and_road_list
    labels = {Measure.CONTRACT: _("Of offshore contract value"), Measure.EXECUTION: _("Of offshore executed value")}
    return BeltAndRoad(
        title=headlines.of_belt_and_road(report.belt_and_road),
        figures=[_share_figure(report.belt_and_road[measure], labels[measure]) for measure in MEASURES],
        list_code=code,
        list_name=called.market_group.get(code, code),
    )


def _share_figure(part: Part, name: str) -> tuple[KeyFigure, Decimal | None]:
    """The share in large type, its level below; the second value is the bar."""
    share = in_percent(part.share)
    if share is None and not part.level.is_public:
        return KeyFigure(name, None, "", state=Change.WITHHELD), None
    if share is None:
        return KeyFigure(name, "—", "", below=_("No share: the whole is nothing, or not published.")), None
    unit = figure_unit(currency=part.level.currency)
    return KeyFigure(name, percent(share), "", below=_told(part.level.cents, unit)), share


def _told(cents: int, unit: Unit) -> str:
    return _("%(amount)s %(unit)s") % {"amount": grouped(unit.of(cents)), "unit": unit.label}


@dataclass(frozen=True)
class Markets:
    title: str
    bars: list[Bar]
    lines: list[PartLine]


def markets(report: Report, called: Names) -> Markets | None:
    if not any(report.markets.values()):
        return None
    shares = {part.member: part.share for part in report.markets[Measure.EXECUTION]}
    top = report.top_markets
    return Markets(
        title=headlines.of_markets([called.market.get(code, code) for code in top], [shares[code] for code in top]),
        bars=charts.market_bars(report.markets[Measure.EXECUTION], called.market, table_unit(report.table.currency)),
        lines=part_lines(report.markets, called.market, table_unit(report.table.currency)),
    )


def market_groups(report: Report, called: Names) -> list[PartLine]:
    return part_lines(report.groups, called.market_group, table_unit(report.table.currency))


@dataclass(frozen=True)
class Categories:
    title: str
    bars: list[Bar]
    lines: list[PartLine]


def categories(report: Report, called: Names) -> Categories | None:
    """Kinds and groups as bars, and all three levels as lines in tree order."""
    if not any(report.categories.values()):
        return None
    parts, unit = report.categories[Measure.EXECUTION], table_unit(report.table.currency)
    shown = sorted({part.member for rows in report.categories.values() for part in rows})
    tree = [
        (kind, [part for part in parts if called.parents.get(part.member) == kind.member])
        for kind in parts
        if called.levels.get(kind.member) == TOP_LEVEL
    ]
    shares = [(called.category[kind.member], kind.share) for kind, _groups in tree if kind.share is not None]
    return Categories(
        title=headlines.of_categories(shares),
        bars=charts.category_bars(tree, called.category, unit),
        lines=part_lines(report.categories, called.category, unit, order=shown),
    )


def sizes(report: Report) -> list[PartLine]:
    called = {code: str(name) for code, name in SIZE_NAMES.items()}
    found = {part.member for part in report.sizes}
    order = [code for code in called if code in found]
    unit = table_unit(report.table.currency)
    return part_lines({Measure.EXECUTION: report.sizes, Measure.CONTRACT: []}, called, unit, order)


# ── Concentration and what stands apart ──────────────────────────────────────────────────────────


@dataclass(frozen=True)
class LeadingLine:
    """A share of a group of leading firms; the group is named once."""

    group: str
    repeats: bool
    begins_group: bool
    whole: str
    share: Decimal


def leading(report: Report) -> list[LeadingLine]:
    """Shares of the leading firms, only those that may be shown."""
    lines = []
    for mode, held in report.leading.items():
        group = {
            Mode.ONSHORE: _("%(firms)d onshore firms"),
            Mode.OFFSHORE: _("%(firms)d offshore firms"),
        }[mode] % {"firms": held.firms}
        mode_words = {
            Mode.ONSHORE: (_("onshore executed value"), _("onshore contract value")),
            Mode.OFFSHORE: (_("offshore executed value"), _("offshore contract value")),
        }[mode]
        shares = [
            (_("all executed value"), held.of_total_execution),
            (mode_words[0], held.of_execution),
            (mode_words[1], held.of_contract),
        ]
        shown = [(whole, share) for whole, share in shares if share is not None]
        lines += [
            LeadingLine(group, number > 0, number == 0 and bool(lines), whole, in_percent(share))
            for number, (whole, share) in enumerate(shown)
        ]
    return lines


def apart(report: Report) -> list[str]:
    """What is in no total: overseas business, and work taken over that is counted with its prime contractor."""
    unit = table_unit(report.table.currency)
    told = {
        _("Overseas executed value, in no total: %(amount)s."): report.overseas[Measure.EXECUTION],
        _("Overseas contract value, in no total: %(amount)s."): report.overseas[Measure.CONTRACT],
        _("Taken over from other members and counted with their prime contracts: %(amount)s."): report.subcontracted,
    }
    return [
        words % {"amount": _told(level.cents, unit)}
        for words, level in told.items()
        if level.is_public and level.cents
    ]
