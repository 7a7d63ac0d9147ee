"""Members side by side: what each had now and a year before, by the list as it is now and as it was then."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.statistics.dimensions import BASE_OF, Span
from portal.statistics.indicators import Base, Growth, growth, share
from portal.statistics.levels import Indicator, Known, Level, Table
from portal.statistics.shown import Amount, Rate, amount, in_percent, rate
from portal.statistics.themes.scope import Scope
from portal.statistics.wording import percent_in_words
from portal.ui import charts

NOTHING = Level(Known.PUBLIC, 0, 0, 0)


@dataclass(frozen=True)
class Levels:
    """One member now and a year before. `then` is the base by last year's list, None where the list is the same."""

    now: Level
    base: Level
    then: Level | None = None

    def growth(self, floor: int) -> Growth:
        return change(self.now, self.base, floor)

    def growth_then(self, floor: int) -> Growth:
        """On the base as it was then; the same as `growth` where the list did not change."""
        return change(self.now, self.base if self.then is None else self.then, floor)


def change(now: Level, base: Level, floor: int) -> Growth:
    """Growth between two levels; withheld when either of them is."""
    if Known.WITHHELD in (now.known, base.known):
        return Growth(Base.WITHHELD)
    if not (now.is_public and base.is_public):
        return Growth(Base.ABSENT)
    # The floor under which a base is low is set in US dollars, whatever currency is shown.
    is_low = base.usd_cents < floor
    return growth(now.cents, base.cents, floor=base.cents + 1 if is_low else 0)


def share_of(part: Level, whole: Level) -> Decimal | None:
    """part ÷ whole as a fraction; None when either is not published or the whole is nothing."""
    return share(part.cents, whole.cents) if part.is_public and whole.is_public else None


def levels_of(table: Table, indicator: Indicator, span: Span) -> Levels:
    return Levels(table.level(indicator, span), table.level(indicator, BASE_OF[span]))


@dataclass(frozen=True)
class Line:
    """One member as a row: both measures, growth by the list as now and as then, and its share of a whole."""

    code: str
    name: str
    href: str
    depth: int
    contract: Amount
    contract_rate: Rate
    execution: Amount
    base: Amount
    rate: Rate
    then_base: Amount
    then_rate: Rate
    is_list_changed: bool
    share: Decimal | None
    note: str = ""

    @property
    def has_business(self) -> bool:
        """Was anything counted, shown or not?"""
        return any(one.value or one.state for one in (self.contract, self.execution))


@dataclass(frozen=True)
class Subject:
    """Whose figures a row shows."""

    code: str
    name: str
    href: str = ""
    depth: int = 1
    note: str = ""


def line(subject: Subject, contract: Levels, execution: Levels, whole: Level, scope: Scope) -> Line:
    """`whole` is what the share of execution is taken of."""
    unit, floor = scope.counted_in, scope.release.low_base_floor
    then = execution.base if execution.then is None else execution.then
    return Line(
        code=subject.code,
        name=subject.name,
        href=subject.href,
        depth=subject.depth,
        contract=amount(contract.now, unit),
        contract_rate=rate(contract.growth(floor)),
        execution=amount(execution.now, unit),
        base=amount(execution.base, unit),
        rate=rate(execution.growth(floor)),
        then_base=amount(then, unit),
        then_rate=rate(execution.growth_then(floor)),
        is_list_changed=execution.then is not None,
        share=in_percent(share_of(execution.now, whole)),
        note=subject.note,
    )


def by_size(lines: Sequence[Line]) -> list[Line]:
    """Published ones by execution, then the withheld in the order of their codes: never by what is withheld."""
    return sorted(lines, key=lambda one: (one.execution.value is None, -(one.execution.value or 0), one.code))


def bars_of(lines: Sequence[Line], kinds: Sequence[str] = ()) -> list[charts.Bar]:
    """Executed value of each line as a bar with its share; a withheld one has none."""
    kinds = kinds or [""] * len(lines)
    return charts.bars(
        charts.Item(
            one.name,
            one.execution.value if one.execution.state == "" else None,
            share="" if one.share is None else percent_in_words(one.share / 100),
            href=one.href,
            kind=kind,
        )
        for one, kind in zip(lines, kinds, strict=True)
    )
