"""What must add up among the cells of a release: the equations that an outsider can write down.

A relation is a whole and its parts, as numbers of cells; where `has_rest`, a part of the whole that nobody publishes
is left over. A new cut is one line in `PARTITIONS`, `REMAINDERS` or the dimensions.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from portal.statistics.dimensions import BASE_OF, THEN, BridgePart, Cut, Mode, Span

# span, place, measure, mode, cut, member
Key = tuple[str, str, str, str, str, str]
# Named sets of leaves, by name.
Sets = Mapping[object, frozenset[str]]

# Cuts whose members add up to the whole, and cuts whose members leave something over.
PARTITIONS = (Cut.SIZE, Cut.SUPPLY, Cut.NEW_MODE, Cut.OCCURRED)
REMAINDERS = (Cut.LEADERS,)
# Cuts for which the year to date is the quarter and what was before it.
CUMULATED = frozenset(set(Cut) - {Cut.BRIDGE, Cut.SAME_FIRM, Cut.LEADERS, Cut.OCCURRED})
WHOLE = (Cut.WHOLE.value, "")


class Relation(NamedTuple):
    """`terms` are (cell, sign): what is published of a whole less its parts is nothing, or the rest.

    The rest of a cumulation is what was before the quarter, which an earlier release may have published.
    """

    terms: tuple[tuple[int, int], ...]
    has_rest: bool = False
    is_cumulation: bool = False


@dataclass(frozen=True)
class Lists:
    """Where leaves belong, as the cube's `Dimensions` say it, and the quarter that each span ends with.

    places: (division, place, side); members: (leaf_of, leaf, cut, member, side).
    """

    places: Sequence[tuple[str, str, str]]
    members: Sequence[tuple[str, str, str, str, str]]
    ends: Mapping[str, str]


def relations(keys: Sequence[Key], lists: Lists) -> Iterator[Relation]:
    """Every equation among the cells, in an order that depends on the keys alone."""
    index = {key: number for number, key in enumerate(keys)}
    yield from _places(index, lists)
    yield from _members(index, lists)
    yield from _modes(index)
    yield from _spans(index)
    yield from _bridges(index, lists)


def covers(sets: Sets) -> list[tuple[object, list[object], bool]]:
    """Each set as the union of the largest disjoint ones within it: (set, parts, whether leaves are left over).

    What can be said of the sets by adding and taking away follows from these alone. Leaves that only sets of one leaf
    hold have nothing within them, and are left out. A list as it was then has cells in base spans only: it is a whole,
    and never a part.
    """
    names = sorted(sets, key=lambda name: (len(sets[name]), str(name)))
    found = []
    for number, name in enumerate(names):
        left, parts = set(sets[name]), []
        within = [other for other in names[:number] if sets[other] <= sets[name] and not _is_then(other)]
        for other in sorted(within, key=lambda other: (-len(sets[other]), str(other))):
            if sets[other] <= left:
                parts.append(other)
                left -= sets[other]
        if parts:
            found.append((name, parts, bool(left)))
    return found


def _is_then(name: object) -> bool:
    code = name[1] if isinstance(name, tuple) else str(name)
    return code.endswith(THEN)


# ── Places ───────────────────────────────────────────────────────────────────────────────────────


def _places(index: Mapping[Key, int], lists: Lists) -> Iterator[Relation]:
    by_rest: dict[tuple, dict[str, int]] = defaultdict(dict)
    for key, number in index.items():
        if key[4] != Cut.LEADERS:
            by_rest[key[:1] + key[2:]][key[1]] = number
    used = {key[1] for key in index}
    sets: dict[object, set[str]] = defaultdict(set)
    for division, place, _side in lists.places:
        if place in used and division in used:
            sets[place].add(division)
    covered = covers({place: frozenset(leaves) for place, leaves in sets.items()})
    for cells in by_rest.values():
        yield from _covered(cells, covered)


def _covered(cells: Mapping[object, int], covered: Iterable[tuple[object, list[object], bool]]) -> Iterator[Relation]:
    for whole, parts, has_rest in covered:
        if whole in cells:
            terms = [(cells[whole], 1), *((cells[part], -1) for part in parts if part in cells)]
            yield Relation(tuple(terms), has_rest)


# ── Members of a cut ─────────────────────────────────────────────────────────────────────────────


def _members(index: Mapping[Key, int], lists: Lists) -> Iterator[Relation]:
    tables: dict[tuple, dict[tuple[str, str], int]] = defaultdict(dict)
    for key, number in index.items():
        tables[key[:4]][key[4:]] = number
    used: dict[str, set[str]] = defaultdict(set)
    for key in index:
        used[key[4]].add(key[5])
    known: dict[tuple, list] = {}
    for cells in tables.values():
        cuts = frozenset(cut for cut, _member in cells)
        for leaf_of in (Cut.MARKET.value, Cut.CATEGORY.value):
            if leaf_of in cuts:
                if (leaf_of, cuts) not in known:
                    known[leaf_of, cuts] = covers(_sets(leaf_of, cuts, used[leaf_of], lists))
                yield from _covered(cells, known[leaf_of, cuts])
        yield from _parts_of_whole(cells, cuts)


def _sets(leaf_of: str, cuts: frozenset[str], used: set[str], lists: Lists) -> Sets:
    """Leaves by (cut, member): each leaf, what the lists put it in, and the whole."""
    own = [(leaf, leaf_of, leaf) for leaf in used] if leaf_of == Cut.MARKET else []
    listed = [(leaf, cut, member) for of, leaf, cut, member, _side in lists.members if of == leaf_of]
    sets: dict[object, set[str]] = defaultdict(set)
    for leaf, cut, member in own + listed:
        if cut in cuts and leaf in used:
            sets[cut, member].add(leaf)
            sets[WHOLE].add(leaf)
    return {name: frozenset(leaves) for name, leaves in sets.items()}


def _parts_of_whole(cells: Mapping[tuple[str, str], int], cuts: frozenset[str]) -> Iterator[Relation]:
    if WHOLE not in cells:
        return
    for cut in (*PARTITIONS, *REMAINDERS):
        if cut in cuts:
            parts = [(number, -1) for (of, _member), number in cells.items() if of == cut]
            yield Relation(((cells[WHOLE], 1), *parts), cut in REMAINDERS)


# ── Modes, spans, and what a year changed ────────────────────────────────────────────────────────


def _modes(index: Mapping[Key, int]) -> Iterator[Relation]:
    """Offshore and onshore make the total; where one of them has no table of its own, it is the rest."""
    split = {key[4] for key in index if key[3] == Mode.ONSHORE}
    offshore = {key[4] for key in index if key[3] == Mode.OFFSHORE}
    for key, number in index.items():
        if key[3] == Mode.TOTAL and key[4] in split | offshore:
            others = (index.get((*key[:3], mode.value, *key[4:])) for mode in (Mode.OFFSHORE, Mode.ONSHORE))
            parts = tuple((other, -1) for other in others if other is not None)
            yield Relation(((number, 1), *parts), key[4] not in split)


def _spans(index: Mapping[Key, int]) -> Iterator[Relation]:
    """The year to date is the quarter and the rest of the year before it."""
    quarters = {Span.TO_DATE.value: Span.QUARTER.value, Span.TO_DATE_BASE.value: Span.QUARTER_BASE.value}
    for key, number in index.items():
        if key[0] in quarters and key[4] in CUMULATED:
            quarter = index.get((quarters[key[0]], *key[1:]))
            yield Relation(
                ((number, 1), *(((quarter, -1),) if quarter is not None else ())), has_rest=True, is_cumulation=True
            )


def _bridges(index: Mapping[Key, int], lists: Lists) -> Iterator[Relation]:
    for key in sorted({key[:4] for key in index if key[0] in BASE_OF and key[4] in (Cut.BRIDGE, Cut.SAME_FIRM)}):
        yield from _bridge(_Change(index, key), lists)


@dataclass(frozen=True)
class _Change:
    """The cells about what a year changed of one place, measure and mode."""

    index: Mapping[Key, int]
    of: tuple[str, str, str, str]

    @property
    def base(self) -> str:
        return BASE_OF[Span(self.of[0])].value

    def now(self, cut: Cut, member: str = "") -> int | None:
        return self.index.get((*self.of, cut.value, str(member)))

    def then(self, cut: Cut, member: str = "") -> int | None:
        return self.index.get((self.base, *self.of[1:], cut.value, str(member)))

    def parts(self, *parts: BridgePart) -> list[tuple[int | None, int]]:
        return [(self.now(Cut.BRIDGE, part), -1) for part in parts]


def _bridge(change: _Change, lists: Lists) -> Iterator[Relation]:
    """Parts but the revision add up to now less the base; those of continuing firms to these firms' own change.

    What happened in the quarter itself is of continuing firms or of new ones; a year before, of those or of gone ones.
    """
    continuing = change.parts(BridgePart.EXCHANGE, BridgePart.REAL)
    others = change.parts(BridgePart.BACK_FILED, BridgePart.NEW, BridgePart.GONE)
    same, same_then = change.now(Cut.SAME_FIRM), change.then(Cut.SAME_FIRM)
    yield _those_there([(change.now(Cut.WHOLE), 1), (change.then(Cut.WHOLE), -1), *continuing, *others])
    yield _those_there([(same, 1), (same_then, -1), *continuing])
    if change.of[0] == Span.QUARTER:
        own = change.now(Cut.OCCURRED, lists.ends[change.of[0]])
        own_then = change.then(Cut.OCCURRED, lists.ends[change.base])
        yield _those_there([(own, 1), (same, -1), *change.parts(BridgePart.NEW)])
        yield _those_there([(own_then, -1), (same_then, 1), *change.parts(BridgePart.GONE)])


def _those_there(terms: Iterable[tuple[int | None, int]]) -> Relation:
    return Relation(tuple((number, sign) for number, sign in terms if number is not None))
