"""How much a filing matters to what will be published: how unusual its movement is × its share of its cells.

Arithmetic on plain values; docs/review.md says it in words and works an example. Amounts are US dollar cents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from math import asinh, log
from statistics import median

from portal.filings.sheet import Kind, Mode
from portal.lib.money import rounded

# A measure in a mode: ("execution", "offshore"). "total" is onshore and offshore; overseas stands apart.
Cut = tuple[str, str]
CONTRACT, EXECUTION = "contract", "execution"
TOTAL = "total"
MEASURE_OF_KIND = {Kind.SIGNED: CONTRACT, Kind.CHANGED: CONTRACT, Kind.EXECUTED: EXECUTION}
CUTS: tuple[Cut, ...] = tuple((measure, mode) for measure in (EXECUTION, CONTRACT) for mode in (*Mode, TOTAL))
# Everything in one's divisions; a place has its code.
EVERYWHERE = ""

# Under this, an amount is too small for its growth to say much: US$10,000.
SMALL_CENTS = 1_000_000
FEWEST_PEERS = 8
# What a robust distance of one means at least (a quarter more or less), and where there are too few peers (a doubling).
NARROWEST, DOUBLING = log(1.25), log(2)
# Of a normal distribution, the standard deviation is so many times the median absolute deviation.
MAD_TO_DEVIATION = 1.4826
LEAST_TIMES, MOST_TIMES = 1.0, 10.0
# Both factors are rounded as they are shown, so that whoever multiplies them finds the order of the queue.
TIMES_DECIMALS, PART_DECIMALS = 1, 4


def amounts_by_cut(rows: Iterable[tuple[str, str, int]]) -> dict[Cut, int]:
    """(kind, mode, cents) of one filing, as the cells count them."""
    found: dict[Cut, int] = {}
    for kind, mode, cents in rows:
        measure = MEASURE_OF_KIND[kind]
        found[measure, mode] = found.get((measure, mode), 0) + cents
        if mode != Mode.OVERSEAS:
            found[measure, TOTAL] = found.get((measure, TOTAL), 0) + cents
    return found


# The values below are never changed once made; they are not marked frozen, because making thousands of them for a
# page would then take twice the time.


@dataclass(slots=True)
class Movement:
    """A firm's amounts now (none while nothing counts) and a year before (none without an approved filing), and the
    places whose cells it feeds, the narrowest first."""

    firm: int
    places: tuple[str, ...]
    now: Mapping[Cut, int] | None
    before: Mapping[Cut, int] | None


@dataclass(slots=True)
class Effect:
    """What decides a filing's place in the queue: the cut in which it matters most.

    `part` is its part of the cell of `place`: now, or a year before where the firm was larger in it then. `mean` is
    the mean of such parts over the firm's places; `distance` how many times as far as usual it moved.
    """

    cut: Cut
    place: str
    part: float
    was_larger: bool
    mean: float
    distance: float
    now: int
    before: int
    has_base: bool

    @property
    def score(self) -> float:
        """What filings are ordered by."""
        return self.mean * self.distance

    @property
    def share(self) -> Decimal:
        """In percent of the cell that is shown."""
        return _percent(self.part)

    @property
    def weight(self) -> Decimal:
        """In percent."""
        return _percent(self.mean)

    @property
    def times(self) -> Decimal:
        return rounded(Decimal(self.distance), 1)

    @property
    def value(self) -> Decimal:
        """The effect as it is shown."""
        return rounded(self.weight * self.times)

    @property
    def moved(self) -> int:
        return self.now - self.before

    @property
    def growth(self) -> Decimal | None:
        """On a year before, in percent; none without a base."""
        return Decimal(100 * self.now) / self.before - 100 if self.before > 0 else None


@dataclass(slots=True)
class _Cell:
    """A published cell as it will stand: firms that have not filed count with the year before."""

    expected: int = 0
    before: int = 0
    firms: int = 0

    def part(self, now: int, before: int) -> tuple[float, bool]:
        """A firm's part of it, and whether that is the part of the year before, being the larger."""
        part = abs(now) / self.expected if self.expected else 0.0
        was = abs(before) / self.before if self.before else 0.0
        return (was, True) if was > part else (part, False)


_NOTHING = (0.0, False)
# A firm's amounts in a cut: now, a year before, and the growth from one to the other.
Moved = tuple[int, int, float]


@dataclass
class _Cells:
    """All cells of a period, and what is usual in each cut."""

    fewest: int
    cells: dict[Cut, dict[str, _Cell]] = field(default_factory=dict)
    usual: dict[Cut, tuple[float, float]] = field(default_factory=dict)

    def parts(self, places: tuple[str, ...], cut: Cut, moved: Moved) -> list[tuple[float, bool]]:
        """A firm's parts of its cells, place by place. A cell that may not be published for want of firms counts
        nothing, but for the widest."""
        now, before, _growth = moved
        of_cut, widest = self.cells[cut], places[-1]
        counted = [of_cut[place] if place == widest or of_cut[place].firms >= self.fewest else None for place in places]
        return [cell.part(now, before) if cell else _NOTHING for cell in counted]

    def distance(self, cut: Cut, moved: Moved) -> float:
        middle, scale = self.usual[cut]
        return round(min(max(abs(moved[2] - middle) / scale, LEAST_TIMES), MOST_TIMES), TIMES_DECIMALS)


def effects(movements: Iterable[Movement], *, fewest: int) -> dict[int, Effect]:
    """The effect of every filing that counts. Cells of fewer firms than `fewest` are never published."""
    movements = list(movements)
    filed = {one.firm: _moved(one) for one in movements if one.now is not None}
    cells = _cells(movements, fewest)
    cells.usual = {cut: _usual(cut, movements, filed) for cut in cells.cells}
    return {one.firm: _largest(one, filed[one.firm], cells) for one in movements if one.now is not None}


def growth(now: int, before: int) -> float:
    """The logarithm of now over before. It is gentle around zero, so that nothing, and a negative sum, have one too."""
    return asinh(now / (2 * SMALL_CENTS)) - asinh(before / (2 * SMALL_CENTS))


def _moved(one: Movement) -> dict[Cut, Moved]:
    """By cut, in the order of CUTS, wherever the firm had anything in either year."""
    now, before = one.now or {}, one.before or {}
    found = {}
    for cut in CUTS:
        if cut in now or cut in before:
            came, was = now.get(cut, 0), before.get(cut, 0)
            found[cut] = (came, was, growth(came, was))
    return found


def _cells(movements: list[Movement], fewest: int) -> _Cells:
    found = _Cells(fewest)
    for one in movements:
        before = one.before or {}
        expected = before if one.now is None else one.now
        for cut in before.keys() | expected.keys():
            now, was = abs(expected.get(cut, 0)), abs(before.get(cut, 0))
            of_cut = found.cells.setdefault(cut, {})
            for place in one.places:
                cell = of_cut.get(place) or of_cut.setdefault(place, _Cell())
                cell.expected += now
                cell.before += was
                cell.firms += bool(now or was)
    return found


def _usual(cut: Cut, movements: list[Movement], filed: Mapping[int, Mapping[Cut, Moved]]) -> tuple[float, float]:
    """The middle growth of the firms that filed in both years, and how far from it they commonly lie (robust)."""
    both = (filed[one.firm].get(cut) for one in movements if one.now is not None and one.before is not None)
    peers = [moved[2] for moved in both if moved and (moved[0] or moved[1])]
    if len(peers) < FEWEST_PEERS:
        return 0.0, DOUBLING
    middle = median(peers)
    return middle, max(MAD_TO_DEVIATION * median(abs(peer - middle) for peer in peers), NARROWEST)


def _largest(one: Movement, filed: Mapping[Cut, Moved], cells: _Cells) -> Effect:
    """Of all cuts, the one in which the filing matters most; of equals, the first."""
    best, score = None, -1.0
    for cut, moved in filed.items():
        parts, distance = cells.parts(one.places, cut, moved), cells.distance(cut, moved)
        mean = round(sum(part for part, _was in parts) / len(parts), PART_DECIMALS)
        if mean * distance > score:
            best, score = (cut, moved, mean, distance, parts), mean * distance
    return _effect(one, *best) if best else _nothing(one)


def _effect(
    one: Movement, cut: Cut, moved: Moved, mean: float, distance: float, parts: list[tuple[float, bool]]
) -> Effect:
    part, was_larger = max(parts, key=lambda pair: pair[0])
    place = one.places[parts.index((part, was_larger))]
    return Effect(cut, place, part, was_larger, mean, distance, moved[0], moved[1], one.before is not None)


def _nothing(one: Movement) -> Effect:
    """Of a firm without any amount in either year."""
    return Effect((EXECUTION, TOTAL), one.places[-1], 0.0, False, 0.0, LEAST_TIMES, 0, 0, one.before is not None)


def _percent(part: float) -> Decimal:
    return rounded(Decimal(100 * part))
