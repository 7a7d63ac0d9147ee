"""From levels and growths to what a page's components take: a number or the reason why there is none."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.statistics.dimensions import BASE_OF, Measure, Span
from portal.statistics.indicators import Base, Growth
from portal.statistics.levels import Indicator, Known, Level, Table
from portal.statistics.wording import Unit
from portal.ui.figures import Change, grouped

_HUNDRED = Decimal(100)
_STATES = {
    Base.FINE: "",
    Base.ZERO: Change.ZERO_BASE,
    Base.ABSENT: Change.NO_BASE,
    Base.NEGATIVE: Change.NEGATIVE_BASE,
    Base.WITHHELD: Change.WITHHELD,
}


@dataclass(frozen=True)
class Amount:
    """A level in a unit. Where it may not be shown the value is None and `state` says in which way: "confidential",
    "secondary", or "withheld" for what would be worked out from such a level. On internal pages "kept" marks one that
    the public does not see."""

    value: Decimal | None
    state: str = ""


@dataclass(frozen=True)
class Rate:
    """A growth in percent, or the state that says why there is none."""

    value: Decimal | None
    state: str = ""
    is_low: bool = False


@dataclass(frozen=True)
class KeyFigure:
    """Everything that the component of the same name takes."""

    name: str
    value: Decimal | int | str | None
    unit: str
    rate: Decimal | None = None
    state: str = ""
    below: str = ""
    is_low: bool = False
    spark: tuple[Decimal | int | None, ...] = ()
    measure: str = ""


def amount(level: Level, unit: Unit) -> Amount:
    if level.known == Known.WITHHELD:
        return Amount(None, level.status)
    return Amount(unit.of(level.cents), "kept" if level.is_kept else "")


def amount_told(cents: int, unit: Unit) -> str:
    """`21,631.47 US$10,000`."""
    return _("%(amount)s %(unit)s") % {"amount": grouped(unit.of(cents)), "unit": unit.label}


def rate(growth: Growth) -> Rate:
    value = None if growth.rate is None else growth.rate * _HUNDRED
    return Rate(value, _STATES[growth.base], growth.is_low_base)


def in_percent(fraction: Decimal | None) -> Decimal | None:
    return None if fraction is None else fraction * _HUNDRED


def key_figure(
    table: Table, indicator: Indicator, span: Span, name: str, unit: Unit, spark: tuple[Level, ...] = ()
) -> KeyFigure:
    """An amount with its change and last year's level, or the word that it is withheld."""
    now, base = table.level(indicator, span), table.level(indicator, BASE_OF[span])
    if now.known == Known.WITHHELD:
        return KeyFigure(name, None, unit.label, state=now.status, measure=indicator.measure)
    told = rate(table.growth(indicator, span))
    is_count = indicator.measure == Measure.FIRMS
    numbers = tuple(level.count if is_count else unit.of(level.cents) for level in spark)
    return KeyFigure(
        name=name,
        value=now.count if is_count else unit.of(now.cents or 0),
        unit=_("%(unit)s, withheld from the public") % {"unit": unit.label} if now.is_kept else unit.label,
        rate=told.value,
        # The component hides a figure whose state is withheld; here only its growth is.
        state="" if told.state == Change.WITHHELD else told.state,
        below=_against(now, base, unit, is_count=is_count),
        is_low=told.is_low,
        spark=numbers,
        measure=indicator.measure,
    )


def _against(now: Level, base: Level, unit: Unit, *, is_count: bool) -> str:
    """Last year's level and the difference: `A year before 496.42, 21,135.05 more`."""
    if base.known == Known.WITHHELD:
        return _("The change on a year before is not published")
    if not base.is_public or not (base.count if is_count else base.cents):
        return ""
    before = Decimal(base.count) if is_count else unit.of(base.cents)
    difference = (Decimal(now.count) if is_count else unit.of(now.cents)) - before
    decimals = 0 if is_count else 2
    values = {"base": grouped(before, decimals), "difference": grouped(abs(difference), decimals)}
    if not difference:
        return _("A year before %(base)s") % values
    return (
        _("A year before %(base)s, now %(difference)s more")
        if difference > 0
        else _("A year before %(base)s, now %(difference)s less")
    ) % values
