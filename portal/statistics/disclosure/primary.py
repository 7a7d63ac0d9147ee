"""May a cell be published for itself? Too few firms, two that dominate, or one that the others could estimate."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from portal.statistics.dimensions import Thresholds


@dataclass(frozen=True)
class Contribution:
    """What one controller has in a cell, in cents of both currencies; those who consented may be told."""

    usd: int
    cny: int
    consented: bool = False


class Judgement(NamedTuple):
    """Whether a cell is sensitive, and how far an outsider's estimate has to stay from it then, to each side."""

    is_sensitive: bool
    protect_usd: int
    protect_cny: int


FINE = Judgement(False, 0, 0)


def judge(contributions: Iterable[Contribution], thresholds: Thresholds) -> Judgement:
    """A cell by what each controller has in it. Those who consented count as known: the rules apply to the others.

    Nobody contributing is a publishable zero, and so is a cell whose every contributor has consented.
    """
    others = [row for row in contributions if not row.consented]
    sizes = sorted((abs(row.usd) for row in others), reverse=True)
    first, second = [*sizes, 0, 0][:2]
    first_cny = max((abs(row.cny) for row in others), default=0)
    return judged(len(others), sum(sizes), first, second, first_cny, thresholds)


def judged(count: int, whole: int, first: int, second: int, first_cny: int, thresholds: Thresholds) -> Judgement:
    """The same from what the cube has counted: how many have not consented, what they have together (absolutely), and
    what the largest two of them have, in US cents; and what the largest has in renminbi cents."""
    few = count < thresholds.min_firms
    dominated = 100 * (first + second) > thresholds.dominance_percent * whole
    estimable = 100 * (whole - first - second) < thresholds.p_percent * first
    if not count or not (few or dominated or estimable):
        return FINE
    return Judgement(True, _protection(first, thresholds), _protection(first_cny, thresholds))


def _protection(largest: int, thresholds: Thresholds) -> int:
    """In cents, rounded up."""
    return -(-largest * thresholds.protection_percent // 100)
