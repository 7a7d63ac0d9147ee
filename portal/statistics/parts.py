"""A report's parts of the whole as frozen values: markets, their groups, categories and sizes of firm."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.reference.queries import names
from portal.statistics import charts, headlines
from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.report import MEASURES, Part, Report
from portal.statistics.shown import Amount, KeyFigure, amount, amount_told, in_percent
from portal.statistics.wording import SIZE_NAMES, Unit, figure_unit, table_unit
from portal.ui.charts import Bar
from portal.ui.figures import percent

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
        return KeyFigure(name, None, "", state=part.level.status), None
    if share is None:
        return KeyFigure(name, "—", "", below=_("No share: the whole is nothing, or not published.")), None
    unit = figure_unit(currency=part.level.currency)
    return KeyFigure(name, percent(share), "", below=amount_told(part.level.cents, unit)), share


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
