"""Figures as plain frozen values: a level, or why there is none, and what follows from several of them. No query."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from portal.lib.quarters import Quarter
from portal.statistics.benchmarks import Key
from portal.statistics.dimensions import BASE_OF, Currency, Cut, Measure, Mode, Span, Standing, Status
from portal.statistics.indicators import Base, Growth, growth, share


class Known(StrEnum):
    """Whether a level can be shown: public, withheld for confidentiality, or no data at all."""

    PUBLIC = "public"
    WITHHELD = "withheld"
    ABSENT = "absent"


class Level(NamedTuple):
    """One amount: cents of both currencies, or the reason why there is none. `cents` are those of its currency.

    `status` says in which way a withheld one is. `is_kept` marks one that the public does not see, on internal pages.
    A named tuple, since a page reads thousands of them.
    """

    known: Known
    usd_cents: int | None = None
    cny_cents: int | None = None
    count: int | None = None
    currency: Currency = Currency.USD
    is_kept: bool = False
    status: Status = Status.PUBLIC

    @property
    def cents(self) -> int | None:
        return self.cny_cents if self.currency == Currency.CNY else self.usd_cents

    @property
    def is_public(self) -> bool:
        return self.known == Known.PUBLIC


ZERO = Level(Known.PUBLIC, 0, 0, 0)
WITHHELD = Level(Known.WITHHELD, status=Status.CONFIDENTIAL)
SECONDARY = Level(Known.WITHHELD, status=Status.SECONDARY)
ABSENT = Level(Known.ABSENT)


def withheld(levels: Iterable[Level]) -> Level | None:
    """What follows from several levels: withheld as the strongest of them is; None where none of them is."""
    found = [level.status for level in levels if level.known == Known.WITHHELD]
    if not found:
        return None
    return WITHHELD if Status.CONFIDENTIAL in found else SECONDARY


# Cuts whose members add up to the whole.
PARTITIONS = (Cut.MARKET, Cut.SIZE)


@dataclass(frozen=True)
class Indicator:
    """What one figure measures: `Indicator(Measure.EXECUTION, Mode.OFFSHORE)` and so on."""

    measure: Measure
    mode: Mode = Mode.TOTAL
    cut: Cut = Cut.WHOLE
    member: str = ""


@dataclass(frozen=True)
class Table:
    """All cells of a release about one place. One query made it; everything else is arithmetic."""

    release: "ReleaseInfo"
    place: str
    cells: Mapping[Key, Level] = field(repr=False)
    currency: Currency = Currency.USD

    def told_in(self, currency: Currency) -> "Table":
        """The same cells, their amounts, growth and shares in another currency, from each line's own rates."""
        if currency == self.currency:
            return self
        cells = {key: level._replace(currency=currency) for key, level in self.cells.items()}
        return Table(self.release, self.place, cells, currency)

    def level(self, indicator: Indicator, span: Span = Span.QUARTER) -> Level:
        """The level of an indicator; zero where firms filed and nothing was counted."""
        key = (span, indicator.measure, indicator.mode, indicator.cut, indicator.member)
        if key in self.cells:
            return self.cells[key]
        return ZERO._replace(currency=self.currency) if self.has_data(span) else ABSENT

    def has_data(self, span: Span) -> bool:
        return (span, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "") in self.cells

    def growth(self, indicator: Indicator, span: Span = Span.QUARTER) -> Growth:
        """Growth on the same span a year before; withheld when either level is."""
        now, base = self.level(indicator, span), self.level(indicator, BASE_OF[span])
        if Known.WITHHELD in (now.known, base.known):
            return Growth(Base.WITHHELD)
        if not now.is_public:
            return Growth(Base.ABSENT)
        if indicator.measure == Measure.FIRMS:
            return growth(now.count, base.count)
        return growth(now.cents, base.cents, floor=self._floor(base))

    def _floor(self, base: Level) -> int:
        """The floor under which a base is low is set in US dollars, whatever currency is shown."""
        if self.currency == Currency.USD or not base.is_public:
            return self.release.low_base_floor
        return base.cents + 1 if base.usd_cents < self.release.low_base_floor else 0

    def share(self, part: Indicator, whole: Indicator, span: Span = Span.QUARTER):
        """part ÷ whole as a fraction; None when either is withheld or the whole is nothing."""
        one, all_of_it = self.level(part, span), self.level(whole, span)
        if not (one.is_public and all_of_it.is_public):
            return None
        return share(one.cents, all_of_it.cents)

    @cached_property
    def _by_cut(self) -> Mapping[tuple, list[tuple[str, Level]]]:
        found: dict[tuple, list[tuple[str, Level]]] = {}
        for key, level in self.cells.items():
            found.setdefault(key[:4], []).append((key[4], level))
        return found

    def members(self, measure: Measure, mode: Mode, cut: Cut, span: Span = Span.QUARTER) -> list[tuple[str, Level]]:
        """(member, level) of a cut, largest first; withheld ones last, in the order of their codes."""
        rows = self._by_cut.get((span, measure, mode, cut), ())
        return sorted(rows, key=lambda row: (not row[1].is_public, -(row[1].cents or 0), row[0]))

    def ranked(self, measure: Measure, mode: Mode, cut: Cut, span: Span = Span.QUARTER) -> list[str]:
        """Members by size, as far down as the published figures alone settle it.

        A withheld member is at most what the public ones leave of the whole, since executions are never
        negative: only a public one above that is surely before it. So the order never looks at what is withheld.
        """
        rows = self.members(measure, mode, cut, span)
        public = [(member, level.cents) for member, level in rows if level.is_public]
        if len(public) == len(rows):
            return [member for member, _cents in public]
        whole = self.level(Indicator(measure, mode), span)
        if not whole.is_public or measure != Measure.EXECUTION or cut not in PARTITIONS:
            return []
        left = whole.cents - sum(cents for _member, cents in public)
        return [member for member, cents in public if cents > left]


@dataclass(frozen=True)
class ReleaseInfo:
    """What a page may know of a release."""

    pk: int
    name: str
    period: str
    number: int
    as_of: datetime
    published_at: datetime | None
    digest: str
    fact_count: int
    firm_count: int
    editions: Mapping[str, Mapping[str, object]]
    belt_and_road_list: str
    min_firms: int
    low_base_floor: int
    standing: Standing = Standing.FINAL
    coverage: Mapping[str, object] = field(default_factory=dict)
    note_zh: str = ""
    note_en: str = ""

    @property
    def quarter(self) -> Quarter:
        return Quarter.parse(self.period)
