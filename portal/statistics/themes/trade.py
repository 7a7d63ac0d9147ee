"""Members' outsourcing in the words of service trade and of digital trade. It is not all service trade."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.reference.models import MappingBasis, ServiceCategory, TradeCategory
from portal.reference.queries import names
from portal.statistics.dimensions import Cut, Measure, Mode
from portal.statistics.levels import Indicator, Level
from portal.statistics.shown import Amount, amount, in_percent
from portal.statistics.themes import dated
from portal.statistics.themes.comparing import Line, Subject, bars_of, levels_of, line, share_of
from portal.statistics.themes.dated import CountedBy
from portal.statistics.themes.scope import Scope
from portal.statistics.themes.sheets import Sheet, lines_sheet
from portal.statistics.themes.timeline import Timeline, of_place
from portal.statistics.wording import MODE_NAMES, percent_in_words
from portal.ui.charts import Bar

LIST = "service_categories"
MODES = (Mode.TOTAL, Mode.OFFSHORE)
MEASURES = (Measure.CONTRACT, Measure.EXECUTION)
# The six that can be delivered over a network, of the twelve (UNCTAD 2015).
DIGITALLY_DELIVERABLE = ("SF", "SG", "SH", "SI", "SJ", "SK")
NEW_MODE_NAMES = {
    "crowdsourcing": gettext_lazy("Crowdsourcing"),
    "cloud": gettext_lazy("Cloud outsourcing"),
    "platform": gettext_lazy("Platform subcontracting"),
    "": gettext_lazy("No new way"),
}
SUPPLY_NAMES = {
    "cross_border": gettext_lazy("Mode 1: cross-border supply"),
    "consumption_abroad": gettext_lazy("Mode 2: consumption abroad"),
    "commercial_presence": gettext_lazy("Mode 3: commercial presence"),
    "presence_of_persons": gettext_lazy("Mode 4: presence of natural persons"),
    "": gettext_lazy("Not stated"),
}
DIGITAL_NAMES = {
    "yes": gettext_lazy("Digitally deliverable"),
    "no": gettext_lazy("Not digitally deliverable"),
    "unknown": gettext_lazy("Not mapped"),
}


@dataclass(frozen=True)
class TradeLine:
    """One of the twelve categories: all business, and the offshore part of it, which alone is trade."""

    code: str
    is_digital: bool
    total: Line
    offshore: Line


@dataclass(frozen=True)
class Mapped:
    """A class of the catalogue and where it stands in service trade."""

    category: ServiceCategory
    trade_name: str
    basis: str


@dataclass(frozen=True)
class ServiceTradePage:
    scope: Scope
    title: str
    has_business: bool
    bars: list[Bar]
    lines: list[TradeLine]
    supply: list[TradeLine]
    mapping: list[Mapped]
    counted_by: CountedBy

    def sheet(self) -> Sheet:
        rows = [one.offshore for one in [*self.lines, *self.supply]]
        return lines_sheet("service-trade", self.scope, rows, f"{LIST} edition {self.counted_by.edition}")


@dataclass(frozen=True)
class DigitalShare:
    """The digitally deliverable part: narrow is what is mapped so, broad adds what could not be mapped."""

    name: str
    amount: Amount
    narrow: Decimal | None
    broad: Decimal | None


@dataclass(frozen=True)
class DigitalTradePage:
    scope: Scope
    title: str
    has_business: bool
    shares: list[DigitalShare]
    bars: list[Bar]
    lines: list[TradeLine]
    tags: list[TradeLine]
    timeline: Timeline | None
    counted_by: CountedBy

    def sheet(self) -> Sheet:
        rows = [part for one in [*self.lines, *self.tags] for part in (one.total, one.offshore)]
        return lines_sheet("digital-trade", self.scope, rows, f"{LIST} edition {self.counted_by.edition}")


# ── Service trade ────────────────────────────────────────────────────────────────────────────────


def service_trade_page(scope: Scope) -> ServiceTradePage:
    """The twelve categories, the modes of supply, and the mapping that leads from our catalogue to them."""
    lines = [
        _trade_line(scope, Cut.TRADE, code, str(TradeCategory(code).label), code in DIGITALLY_DELIVERABLE)
        for code in TradeCategory.values
    ]
    drawn = [one.offshore for one in lines if one.offshore.execution.value or one.offshore.execution.state]
    return ServiceTradePage(
        scope=scope,
        title=_trade_title(lines),
        has_business=bool(drawn),
        bars=bars_of(drawn),
        lines=lines,
        supply=[_trade_line(scope, Cut.SUPPLY, code, str(name)) for code, name in SUPPLY_NAMES.items()],
        mapping=_mapping(),
        counted_by=dated.counted_by(scope.release, LIST),
    )


def _trade_line(scope: Scope, cut: Cut, code: str, name: str, is_digital: bool = False) -> TradeLine:
    total, offshore = (_mode_line(scope, cut, code, name, mode) for mode in MODES)
    return TradeLine(code, is_digital, total, offshore)


def _mode_line(scope: Scope, cut: Cut, code: str, name: str, mode: Mode) -> Line:
    contract, execution = (
        levels_of(scope.table, Indicator(measure, mode, cut, code), scope.span) for measure in MEASURES
    )
    whole = scope.table.level(Indicator(Measure.EXECUTION, mode), scope.span)
    return line(Subject(code, name, note=str(MODE_NAMES[mode])), contract, execution, whole, scope)


def _trade_title(lines: Sequence[TradeLine]) -> str:
    """The category with more than half of offshore execution, where one has; nothing is claimed otherwise."""
    first = next((one.offshore for one in lines if one.offshore.share and one.offshore.share > Decimal(50)), None)
    if first is None:
        return _("Offshore execution by the twelve categories of service trade")
    return _("%(category)s make up %(share)s of offshore execution") % {
        "category": first.name,
        "share": percent_in_words(first.share / 100),
    }


def _mapping() -> list[Mapped]:
    """Every class of the lowest level with its category of service trade and the basis of that."""
    rows = [row for row in names("category").values() if row.trade_category]
    rows = [row for row in rows if row.level == max(one.level for one in rows)]
    return [
        Mapped(row, str(TradeCategory(row.trade_category).label), _basis(row))
        for row in sorted(rows, key=lambda one: (one.trade_category, one.code))
    ]


def _basis(row: ServiceCategory) -> str:
    return str(MappingBasis(row.mapping_basis).label) if row.mapping_basis else ""


# ── Digital trade ────────────────────────────────────────────────────────────────────────────────


def digital_trade_page(scope: Scope) -> DigitalTradePage:
    """How much can be delivered over a network, as far as the catalogue says, and the new ways of contracting."""
    lines = [_trade_line(scope, Cut.DIGITAL, code, str(name)) for code, name in DIGITAL_NAMES.items()]
    shares = [_digital_share(scope, mode) for mode in MODES]
    return DigitalTradePage(
        scope=scope,
        title=_digital_title(shares[-1]),
        has_business=any(one.total.execution.value or one.total.execution.state for one in lines),
        shares=shares,
        bars=bars_of([one.offshore for one in lines], ["", "rest", "rest"]),
        lines=lines,
        tags=[_trade_line(scope, Cut.NEW_MODE, code, str(name)) for code, name in NEW_MODE_NAMES.items()],
        timeline=_over_time(scope),
        counted_by=dated.counted_by(scope.release, LIST),
    )


def _digital_share(scope: Scope, mode: Mode) -> DigitalShare:
    level = {code: scope.table.level(_digital(mode, code), scope.span) for code in DIGITAL_NAMES}
    whole = scope.table.level(Indicator(Measure.EXECUTION, mode), scope.span)
    return DigitalShare(
        name=str(MODE_NAMES[mode]),
        amount=amount(level["yes"], scope.counted_in),
        narrow=in_percent(share_of(level["yes"], whole)),
        broad=in_percent(_broad(level, whole)),
    )


def _broad(level: Mapping[str, Level], whole: Level) -> Decimal | None:
    """None where either part is withheld: their sum would tell it."""
    shares = [share_of(level[code], whole) for code in ("yes", "unknown")]
    return None if None in shares else sum(shares, Decimal(0))


def _digital(mode: Mode, code: str) -> Indicator:
    return Indicator(Measure.EXECUTION, mode, Cut.DIGITAL, code)


def _digital_title(offshore: DigitalShare) -> str:
    if offshore.narrow is None:
        return _("Digitally deliverable business")
    return _("%(share)s of offshore execution can be delivered digitally") % {
        "share": percent_in_words(offshore.narrow / 100)
    }


def _over_time(scope: Scope) -> Timeline | None:
    return of_place(scope, {str(MODE_NAMES[mode]): _digital(mode, "yes") for mode in MODES})
