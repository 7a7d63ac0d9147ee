"""The firms that lead a place: what they hold together, and how concentrated business is. No Django."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from heapq import nlargest

from portal.statistics.cells import CellRow, ConcentrationRow
from portal.statistics.dimensions import Cut, Measure, Mode, Status, Thresholds
from portal.statistics.disclosure.primary import Judgement, judged
from portal.statistics.indicators import herfindahl, leaders

LEADERS_HOLD = Decimal("0.80")
LARGEST = 4
LEADERS_KEPT = 10


def _judged(rows: Iterable[Sequence[int]], thresholds: Thresholds) -> Judgement:
    """`judge` for rows of (consented, usd, cny), of which there are hundreds of thousands: no object for each."""
    others = [(abs(usd), abs(cny)) for consented, usd, cny in rows if not consented]
    sizes = nlargest(2, (usd for usd, _cny in others))
    first, second = [*sizes, 0, 0][:2]
    whole, first_cny = sum(usd for usd, _cny in others), max((cny for _usd, cny in others), default=0)
    return judged(len(others), whole, first, second, first_cny, thresholds)


def leader_cells(key: tuple, by_measure: Mapping[str, Mapping[str, tuple]], thresholds: Thresholds) -> list[CellRow]:
    """What the leading firms of a mode hold together: the fewest that have 80 % of its execution.

    Public when each of them consented and the rest, had by subtraction, may be published too. Rows of a measure are
    (consented, usd, cny) by firm.
    """
    span, place, mode = key
    executions = by_measure.get(Measure.EXECUTION, {})
    group = leaders({firm: row[1] for firm, row in executions.items()}, LEADERS_HOLD)
    agreed, leading = all(executions[firm][0] for firm in group), frozenset(group)
    cells = []
    for measure, rows in sorted(by_measure.items()):
        held = [rows[firm] for firm in group if firm in rows]
        rest = _judged((row for firm, row in rows.items() if firm not in leading), thresholds)
        fine = agreed and not rest.is_sensitive
        usd, cny = sum(row[1] for row in held), sum(row[2] for row in held)
        judgement = Judgement(False, 0, 0) if fine else _guarded(held, rest, thresholds)
        status = Status.PUBLIC if fine else Status.CONFIDENTIAL
        cells.append(CellRow(span, place, measure, mode, Cut.LEADERS, "", usd, cny, len(group), len(group), status,
                             judgement.protect_usd, judgement.protect_cny))  # fmt: skip
    return cells


def _guarded(held: Sequence[tuple], rest: Judgement, thresholds: Thresholds) -> Judgement:
    """What leaders need when they cannot be shown: their own protection, or that of the rest."""
    own = _judged(held, thresholds)
    return own if own.is_sensitive else rest


def concentrations_of(rows: Iterable[tuple], thresholds: Thresholds) -> list[ConcentrationRow]:
    """Of a place, from (span, place, measure, mode, firm, consented, usd, cny): each mode, and their total."""
    found: dict[tuple, dict[str, list[int]]] = {}
    for span, place, measure, mode, firm, consented, usd, cny in rows:
        for in_mode in (mode, Mode.TOTAL):
            row = found.setdefault((span, place, measure, in_mode), {}).setdefault(firm, [1, 0, 0])
            row[0], row[1], row[2] = min(row[0], consented), row[1] + usd, row[2] + cny
    return [_concentration(key, found[key], thresholds) for key in sorted(found)]


def _concentration(key: tuple, firms: Mapping[str, Sequence[int]], thresholds: Thresholds) -> ConcentrationRow:
    order = sorted(firms, key=lambda firm: (-firms[firm][1], firm))
    largest, others = order[:LARGEST], order[LARGEST:]
    usd = sum(row[1] for row in firms.values())
    hhi = herfindahl([row[1] for row in firms.values()])
    safe = not any(
        _judged((firms[firm] for firm in group), thresholds).is_sensitive for group in (order, largest, others)
    )
    return ConcentrationRow(
        *key, len(firms), usd, sum(firms[firm][1] for firm in largest), None if hhi is None else round(hhi, 6),
        is_cr4_public=safe and len(others) >= thresholds.min_firms,
        is_hhi_public=safe and _keeps_the_largest(hhi, usd, firms[order[0]][1], thresholds),
        leaders="[" + ",".join(f'["{firm}",{firms[firm][1]},{firms[firm][2]}]' for firm in order[:LEADERS_KEPT]) + "]",
    )  # fmt: skip


def _keeps_the_largest(hhi: Decimal | None, whole: int, largest: int, thresholds: Thresholds) -> bool:
    """Does HHI leave the largest firm its protection? With shares s₁ ≥ s₂ ≥ …, HHI ≤ s₁ ≤ √HHI: an outsider who
    knows the whole knows that much of the largest."""
    if hhi is None or largest <= 0:
        return False
    wanted = Decimal(largest) * thresholds.protection_percent / 100
    return hhi.sqrt() * whole >= largest + wanted and hhi * whole <= largest - wanted
