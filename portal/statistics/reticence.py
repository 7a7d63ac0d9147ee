"""Which movements may be told as amounts. Pure.

What moved for one reason is the whole movement less what moved for the others, a mode is the total less the other mode,
and a city is its province less the other cities. So amounts are told from the nation downwards, for all reasons of a
figure together, and only where all sister places can be told too. Everything else is told in words. Where one release
withholds the figure and the other publishes it, the movement would give it away: both have to be public.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from portal.statistics.dimensions import NATION, Cut, Mode, Status
from portal.statistics.moves import Moved

Key = tuple[str, str, str, str, str, str]
Figure = tuple[str, str]
# Whether a figure of a quarter can be had from the public ones of both releases.
IsPublic = Callable[[Key], bool]
_TOTAL, _MODES = 0, 1


class Told:
    """Movements of several comparisons; those of one quarter are told together or not at all, because two comparisons
    of a quarter differ by what moved between the releases they start from."""

    def __init__(self, rows: Iterable[Moved], parents: Mapping[str, str], is_public: IsPublic):
        self.children: dict[str, set[str]] = defaultdict(set)
        self.rows: dict[tuple[Figure, str, int], list[Moved]] = defaultdict(list)
        for row in rows:
            if row.cut == Cut.WHOLE and row.reason and (row.place == NATION or row.place in parents):
                tier = _TOTAL if row.mode == Mode.TOTAL else _MODES
                self.rows[(row.period, row.measure), row.place, tier].append(row)
                if row.place != NATION:
                    self.children[parents[row.place]].add(row.place)
        self.is_public = is_public
        self.shown: set[tuple[Figure, str, int]] = set()
        for figure in {figure for figure, _place, _tier in self.rows}:
            for tier in (_TOTAL, _MODES):
                self._show(figure, [NATION], tier)

    def status(self, row: Moved) -> Status:
        tier = _TOTAL if row.mode == Mode.TOTAL else _MODES
        if row.cut == Cut.WHOLE and ((row.period, row.measure), row.place, tier) in self.shown:
            return Status.PUBLIC
        return Status.SECONDARY if row.is_safe else Status.CONFIDENTIAL

    def _show(self, figure: Figure, sisters: list[str], tier: int) -> None:
        """All sisters in which something moved, and what is below each; or none of them."""
        if not all(self._is_safe(figure, place, tier) for place in sisters):
            return
        for place in sisters:
            self.shown.add((figure, place, tier))
            below = sorted(child for child in self.children[place] if (figure, child, tier) in self.rows)
            if below and self._is_whole(figure, place, below, tier):
                self._show(figure, below, tier)

    def _is_safe(self, figure: Figure, place: str, tier: int) -> bool:
        if tier == _MODES and (figure, place, _TOTAL) in self.rows and (figure, place, _TOTAL) not in self.shown:
            return False
        rows = self.rows.get((figure, place, tier), [])
        return all(row.is_safe and self.is_public(row.cell) for row in rows)

    def _is_whole(self, figure: Figure, place: str, below: list[str], tier: int) -> bool:
        """Whether nothing is left of a place beside those below it: a rest would be told by subtraction."""
        return self._lines(figure, [place], tier) == self._lines(figure, below, tier)

    def _lines(self, figure: Figure, places: list[str], tier: int) -> dict[tuple[str, str], int]:
        counts: dict[tuple[str, str], int] = defaultdict(int)
        for place in places:
            for row in self.rows.get((figure, place, tier), []):
                counts[row.mode, row.reason] += row.line_count
        return counts
