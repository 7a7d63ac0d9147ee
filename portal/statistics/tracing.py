"""From a figure to what is behind it: the lines, their filings, and the rows of the files that they came from."""

from dataclasses import dataclass
from pathlib import Path

from portal.filings.origins import Origin, TracedLine, origins_of, traced_lines
from portal.filings.queries import filings_known_at
from portal.lib.quarters import Quarter
from portal.members.queries import profiles_known_at
from portal.reference.queries import editions_at
from portal.statistics.confidential import KeptCell, kept_cell
from portal.statistics.cube import Dimensions
from portal.statistics.dimensions import Cut, Measure
from portal.statistics.facts import Gathered
from portal.statistics.figure_keys import FigureKey
from portal.statistics.levels import ReleaseInfo
from portal.statistics.models import Release
from portal.statistics.moves import can_be_compared
from portal.statistics.traces import Behind, FactLine, Sought, lines_behind

LINES_A_PAGE = 25
# Cuts that are columns of a line, and those whose members are groups of one.
_COLUMNS = {
    Cut.MARKET: "market", Cut.SIZE: "size", Cut.OCCURRED: "occurred", Cut.SUPPLY: "supply", Cut.NEW_MODE: "new_mode",
}  # fmt: skip
_GROUPED = {Cut.MARKET_GROUP: "market", Cut.CATEGORY: "category", Cut.TRADE: "category", Cut.DIGITAL: "category"}


@dataclass(frozen=True)
class TraceLine:
    """A line as it was counted, as it stands in the ledger, and where it came from."""

    counted: FactLine
    stored: TracedLine | None
    origin: Origin | None


@dataclass(frozen=True)
class Trace:
    """A page of lines, all of them summed, and the cell that they make."""

    lines: list[TraceLine]
    behind: Behind
    cell: KeptCell | None
    first: int

    @property
    def difference(self) -> tuple[int, int]:
        """Lines less cell, in US and renminbi cents: nothing, when the figure is what its lines are."""
        usd, cny = (self.cell.usd_cents, self.cell.cny_cents) if self.cell else (0, 0)
        return self.behind.usd_cents - usd, self.behind.cny_cents - cny

    @property
    def files(self) -> list[Origin]:
        """Each file of the page's lines once."""
        return list({line.origin.upload: line.origin for line in self.lines if line.origin}.values())

    @property
    def is_equal(self) -> bool:
        return self.difference == (0, 0)


def can_be_traced(key: FigureKey) -> bool:
    """Whether the figure is a sum of lines; shares of leading firms and parts of a bridge are worked out of others."""
    return key.measure != Measure.FIRMS and (key.cut == Cut.WHOLE or key.cut in _COLUMNS or key.cut in _GROUPED)


def trace(release: Release, info: ReleaseInfo, key: FigureKey, page: int) -> Trace | None:
    """One page (from 1) of what is behind a figure; None where its release kept too little of its lines."""
    facts = Path(release.facts_file.path)
    if not facts.exists() or not can_be_compared(facts):
        return None
    first = (page - 1) * LINES_A_PAGE
    behind = lines_behind(facts, _sought(info, key), first, LINES_A_PAGE)
    stored = traced_lines((line.line, line.version) for line in behind.lines)
    origins = origins_of(stored.values())
    lines = [
        TraceLine(line, stored.get((line.line, line.version)), origins.get((line.line, line.version)))
        for line in behind.lines
    ]
    return Trace(lines, behind, kept_cell(info, key), first)


def _sought(release: ReleaseInfo, key: FigureKey) -> Sought:
    dimensions = _dimensions(release)
    divisions = [division for division, place, _side in dimensions.places if place == key.place]
    column = _COLUMNS.get(key.cut) or _GROUPED.get(key.cut, "")
    leaves = [key.member]
    if key.cut in _GROUPED:
        leaves = [
            leaf for _of, leaf, cut, member, _side in dimensions.members if (cut, member) == (key.cut, key.member)
        ]
    return Sought(key.periods(release.quarter), divisions, key.measure, key.mode, column, leaves)


def _dimensions(release: ReleaseInfo) -> Dimensions:
    """Where the release's own editions put each division, market and category."""
    editions = editions_at(release.as_of)
    return Gathered(release.quarter, release.as_of, [], frozenset(), [], {}, frozenset(), editions).dimensions()


# ── Firms filing ─────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class FirmBehind:
    code: str
    period: str
    is_nil: bool


def firms_behind(release: ReleaseInfo, key: FigureKey) -> list[FirmBehind]:
    """The filings behind a number of firms, by credit code."""
    divisions = {division for division, place, _side in _dimensions(release).places if place == key.place}
    periods = key.periods(release.quarter)
    profiles = {period: profiles_known_at(release.as_of, on=Quarter.parse(period).last_day) for period in periods}
    return [
        FirmBehind(row.code, row.period, row.is_nil)
        for row in filings_known_at(release.as_of, periods)
        if profiles[row.period][row.firm].division in divisions
    ]
