"""What each part gave to the growth of the whole: points contributed (拉动) and share of growth (贡献率).

Only from levels that are public at both ends; what is withheld is counted, never ordered or sized.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from portal.statistics.dimensions import BASE_OF, Cut, Measure, Mode, Span
from portal.statistics.indicators import points_contributed, share_of_growth
from portal.statistics.levels import Indicator, Known, Level, Table
from portal.statistics.report import MEASURES


@dataclass(frozen=True)
class Effect:
    """A part's change, as a fraction of the whole's base (points) and of the whole's change (share)."""

    change: int
    points: Decimal | None
    share: Decimal | None


@dataclass(frozen=True)
class Contribution:
    """What one member gave to execution and to contract value; None where a level is withheld or there is no base."""

    member: str
    effects: dict[Measure, Effect | None]

    @property
    def is_public(self) -> bool:
        return self.effects[Measure.EXECUTION] is not None

    @property
    def size(self) -> int:
        effect = self.effects[Measure.EXECUTION]
        return effect.change if effect else 0


@dataclass(frozen=True)
class Contributions:
    """Members whose execution may be told, from the largest gain to the largest loss, and how many may not."""

    told: list[Contribution]
    withheld: int


def effect(now: Level, base: Level, whole: tuple[Level, Level]) -> Effect | None:
    """The effect of a part; `whole` is the total now and a year before."""
    if not all(level.is_public for level in (now, base, *whole)):
        return None
    total_now, total_base = (level.cents for level in whole)
    return Effect(
        change=now.cents - base.cents,
        points=points_contributed(now.cents, base.cents, total_base),
        share=share_of_growth(now.cents, base.cents, total_now, total_base),
    )


def ends(table: Table, indicator: Indicator, span: Span) -> tuple[Level, Level]:
    """An indicator now and a year before."""
    return table.level(indicator, span), table.level(indicator, BASE_OF[span])


def members_of(table: Table, mode: Mode, cut: Cut, span: Span) -> list[str]:
    """Every member with business now or a year before, in the order of the codes."""
    spans = (span, BASE_OF[span])
    return sorted({key[4] for key in table.cells if key[0] in spans and key[2:4] == (mode, cut)})


def by_member(table: Table, mode: Mode, cut: Cut, members: Iterable[str], span: Span) -> Contributions:
    """What the members of a cut gave to the growth of the place's total."""
    rows = []
    for member in members:
        effects = {}
        for measure in MEASURES:
            whole = ends(table, Indicator(measure), span)
            effects[measure] = effect(*ends(table, Indicator(measure, mode, cut, member), span), whole)
        rows.append(Contribution(member, effects))
    return ordered(rows)


def onshore(table: Table, span: Span) -> Contribution:
    """What onshore business gave: beside the markets abroad it stands for the mainland, and all add up."""
    effects = {
        measure: effect(*ends(table, Indicator(measure, Mode.ONSHORE), span), ends(table, Indicator(measure), span))
        for measure in MEASURES
    }
    return Contribution("", effects)


def by_place(whole: Table, parts: Iterable[Table], span: Span) -> Contributions:
    """What places gave to the growth of the place that they are in."""
    rows = []
    for part in parts:
        effects = {
            measure: effect(*_ends_in(part, measure, span), ends(whole, Indicator(measure), span))
            for measure in MEASURES
        }
        rows.append(Contribution(part.place, effects))
    return ordered(rows)


def _ends_in(part: Table, measure: Measure, span: Span) -> tuple[Level, Level]:
    """The levels of a place at both ends: where nobody filed, it had nothing."""
    nothing = Level(Known.PUBLIC, 0, 0, 0, part.currency)
    now, base = ends(part, Indicator(measure), span)
    return (nothing if now.known == Known.ABSENT else now), (nothing if base.known == Known.ABSENT else base)


def ordered(rows: Iterable[Contribution]) -> Contributions:
    """Largest gain first, equal ones by code. Where a level is withheld, a member has no place in the order."""
    rows = list(rows)
    told = sorted((row for row in rows if row.is_public), key=lambda row: (-row.size, row.member))
    return Contributions(told, len(rows) - len(told))
