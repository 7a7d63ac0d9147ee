"""A firm beside others, pure: its own figures counted as the tables count, and what of the others it may see.

A firm knows its own amounts. Taken off a published figure, they leave the others' together, so what stands here is
guarded more closely than what is public: see `is_guarded`.
"""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet

from portal.statistics.cube import CubeFact
from portal.statistics.dimensions import Cut, Measure, Mode

# One contributor more than the public rule's three is still there when the firm and one more of its own are off.
FEWEST_CONTRIBUTORS = 5
LARGEST_SHARE_OF = 2

Key = tuple[str, str, str, str, str]
Amounts = tuple[int, int, int]


def is_guarded(contributors: int, cents: int, own_cents: int) -> bool:
    """May the firm not see this figure of others, for what is left when it takes its own off?

    Fewer than five contributors (firms of one controller count as one) leave fewer than four others; where the firm
    itself has more than half, it would be set beside itself. Nobody contributing is a zero that anybody may know.
    """
    if contributors == 0:
        return False
    return contributors < FEWEST_CONTRIBUTORS or LARGEST_SHARE_OF * abs(own_cents) > abs(cents)


def stands_apart(firms: int, firms_around: int) -> bool:
    """May a place be shown beside a narrower one in it? Not where their difference is that of a few firms."""
    return firms_around == firms or firms_around - firms >= FEWEST_CONTRIBUTORS


def with_partners(guarded: AbstractSet[Key]) -> set[Key]:
    """Guarded figures, and the other mode of each: offshore and onshore add up to a total that stands beside them."""
    other = {Mode.OFFSHORE: Mode.ONSHORE, Mode.ONSHORE: Mode.OFFSHORE}
    paired = {(span, measure, other[mode], cut, member) for span, measure, mode, cut, member in guarded
              if mode in other and cut in (Cut.WHOLE, Cut.CATEGORY)}  # fmt: skip
    return guarded | paired


def own_cells(
    facts: Iterable[CubeFact], spans: Sequence[tuple[str, str]], categories: Sequence[tuple[str, str]]
) -> dict[Key, Amounts]:
    """One firm's lines in every cell that they are part of: (US cents, renminbi cents, contracts signed).

    `spans` pairs a period with the spans that hold it, `categories` a category with itself and all above it: the
    same pairs that a release is counted by.
    """
    spans_of_period, above = _grouped(spans), _grouped(categories)
    cells: dict[Key, Amounts] = {}
    for fact in facts:
        for span in spans_of_period.get(fact.period, ()):
            for mode, cut, member in _parts(fact, above):
                key = (span, fact.measure, mode, cut, member)
                usd, cny, count = cells.get(key, (0, 0, 0))
                cells[key] = (usd + fact.usd_cents, cny + fact.cny_cents, count + fact.count)
    return cells


def _grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for leaf, group in pairs:
        found.setdefault(leaf, []).append(group)
    return found


def _parts(fact: CubeFact, above: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str]]:
    """(mode, cut, member) of each cell within a span and measure that a line counts in."""
    modes = [fact.mode] if fact.mode == Mode.OVERSEAS else [fact.mode, Mode.TOTAL]
    parts = [(mode, Cut.WHOLE, "") for mode in modes]
    parts += [(mode, Cut.CATEGORY, code) for mode in modes for code in above.get(fact.category, ())]
    if fact.mode in (Mode.OFFSHORE, Mode.OVERSEAS):
        parts.append((fact.mode, Cut.MARKET, fact.market))
    if fact.mode != Mode.OVERSEAS:
        parts.append((Mode.TOTAL, Cut.SIZE, fact.size))
    return parts


def main_members(
    cells: Mapping[Key, Amounts], span: str, mode: Mode, cut: Cut, members: Iterable[str] | None = None
) -> list[str]:
    """Members of a cut in which the firm executed something, largest first; of only some where these are given."""
    wanted = None if members is None else set(members)
    rows = [
        (-amounts[0], key[4])
        for key, amounts in cells.items()
        if key[:4] == (span, Measure.EXECUTION, mode, cut) and amounts[0] > 0 and (wanted is None or key[4] in wanted)
    ]
    return [member for _cents, member in sorted(rows)]
