"""What a release says differently from the one before: headline figures, old and new."""

from dataclasses import dataclass

from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.queries import places_with_data, tables

MEASURES = (Measure.CONTRACT, Measure.EXECUTION)
MODES = (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)


@dataclass(frozen=True)
class Revision:
    """One figure of one place in two releases. Without an old level there is nothing to compare with."""

    place: str
    indicator: Indicator
    old: Level | None
    new: Level

    @property
    def is_moved(self) -> bool:
        return self.old is not None and self.old != self.new

    @property
    def difference(self) -> int | None:
        """New less old, in US dollar cents or firms; none where either may not be told."""
        if self.old is None or not (self.old.is_public and self.new.is_public):
            return None
        if self.indicator.measure == Measure.FIRMS:
            return self.new.count - self.old.count
        return self.new.usd_cents - self.old.usd_cents


def headline_indicators(belt_and_road_list: str) -> list[Indicator]:
    """What stands at the head of a release: totals by mode, the Belt-and-Road list, and firms filing."""
    whole = [Indicator(measure, mode) for measure in MEASURES for mode in MODES]
    road = [Indicator(measure, Mode.OFFSHORE, Cut.MARKET_GROUP, belt_and_road_list) for measure in MEASURES]
    return [*whole, *road, Indicator(Measure.FIRMS)]


def headline_revisions(new: ReleaseInfo, old: ReleaseInfo | None) -> list[Revision]:
    """The nation's headline figures in both releases: one query."""
    indicators = headline_indicators(new.belt_and_road_list)
    found = tables([new, *([old] if old else [])], [NATION], indicators, [Span.QUARTER])
    return _revisions(NATION, indicators, found[new.name, NATION], found.get((old.name, NATION)) if old else None)


def moved_places(new: ReleaseInfo, old: ReleaseInfo) -> list[Revision]:
    """Contract value and execution of every place but the nation where they moved, largest movement first."""
    places = sorted({*places_with_data(new), *places_with_data(old)} - {NATION})
    indicators = [Indicator(measure) for measure in MEASURES]
    found = tables([new, old], places, indicators, [Span.QUARTER])
    rows = [
        revision
        for place in places
        for revision in _revisions(place, indicators, found[new.name, place], found[old.name, place])
        if revision.is_moved
    ]
    return sorted(rows, key=lambda row: (-abs(row.difference or 0), row.place, row.indicator.measure))


def _revisions(place: str, indicators: list[Indicator], new: Table, old: Table | None) -> list[Revision]:
    return [Revision(place, item, old.level(item) if old else None, new.level(item)) for item in indicators]
