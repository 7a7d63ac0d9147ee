"""The bridge and same-firm growth as a release holds them: levels in, what is withheld stays without an amount."""

from dataclasses import dataclass
from decimal import Decimal

from portal.statistics.dimensions import BASE_OF, BridgePart, Cut, Measure, Mode, Span
from portal.statistics.indicators import Growth
from portal.statistics.levels import Indicator, Level, Table

# With one part alone withheld, "the rest" would be that part.
FEWEST_TOGETHER = 2


@dataclass(frozen=True)
class Bridge:
    """What led from the base to now. `start` is the base as last published, or, where its revision is withheld, the
    base as it is known; `rest` is what the withheld parts come to together, which the public ones leave."""

    measure: Measure
    mode: Mode
    start: int
    now: int
    parts: dict[BridgePart, Level]
    rest: int

    @property
    def change(self) -> int:
        return self.now - self.start

    @property
    def withheld(self) -> list[BridgePart]:
        return [part for part, level in self.parts.items() if not level.is_public]

    @property
    def hidden_in_rest(self) -> list[BridgePart]:
        """The parts that `rest` is made of: the revision, where it is withheld, lies before the start."""
        return [part for part in self.withheld if part != BridgePart.REVISION]

    @property
    def public(self) -> dict[BridgePart, int]:
        return {part: level.cents for part, level in self.parts.items() if level.is_public}

    def share(self, part: BridgePart) -> Decimal | None:
        """What a public part is of the change."""
        level = self.parts[part]
        return Decimal(level.cents) / self.change if level.is_public and self.change else None

    @property
    def main_part(self) -> BridgePart | None:
        """The public part that did most in the direction of the change."""
        sign = 1 if self.change > 0 else -1
        moved = [(sign * cents, part) for part, cents in self.public.items() if sign * cents > 0]
        return max(moved, key=lambda row: row[0])[1] if moved and self.change else None


def bridge_in(table: Table, measure: Measure, mode: Mode = Mode.TOTAL, span: Span = Span.QUARTER) -> Bridge | None:
    """The bridge of an indicator; None without a base, with a level withheld, or in a release that kept no bridge."""
    now, base = (table.level(Indicator(measure, mode), one) for one in (span, BASE_OF[span]))
    if not (now.is_public and base.is_public):
        return None
    parts = {part: table.level(Indicator(measure, mode, Cut.BRIDGE, part), span) for part in BridgePart}
    revision = parts[BridgePart.REVISION]
    start = base.cents - revision.cents if revision.is_public else base.cents
    told = sum(level.cents for level in parts.values() if level.is_public)
    found = Bridge(measure, mode, start, now.cents, parts, now.cents - start - told)
    hidden = len(found.hidden_in_rest)
    closes = hidden >= FEWEST_TOGETHER or (hidden == 0 and found.rest == 0)
    return found if closes else None


@dataclass(frozen=True)
class Pair:
    """Growth of all firms, and of those that filed both times without what they filed late."""

    measure: Measure
    mode: Mode
    raw: Growth
    same: Growth
    now: Level
    base: Level

    @property
    def firms(self) -> int | None:
        """How many firms were matched; None where that is withheld or there is no base."""
        return self.now.count if self.now.is_public and self.base.is_public else None


def pair_in(table: Table, measure: Measure, mode: Mode = Mode.TOTAL, span: Span = Span.QUARTER) -> Pair:
    """Raw and same-firm growth of an indicator, side by side."""
    same = Indicator(measure, mode, Cut.SAME_FIRM)
    return Pair(
        measure=measure,
        mode=mode,
        raw=table.growth(Indicator(measure, mode), span),
        same=table.growth(same, span),
        now=table.level(same, span),
        base=table.level(same, BASE_OF[span]),
    )


def back_filed_by_quarter(table: Table, measure: Measure) -> list[tuple[str, Level]]:
    """(quarter of the event, level) of what was filed late for the release's quarter, oldest first."""
    rows = table.members(measure, Mode.TOTAL, Cut.OCCURRED)
    return sorted((member, level) for member, level in rows if member < table.release.period)
