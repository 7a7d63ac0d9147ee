"""Amounts beside the firm's own history: the quarters before, and the year before."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, log1p
from statistics import median

from portal.filings.rules.terms import Terms, in_usd, terms_of, units
from portal.filings.sheet import Context, Entry, Finding, Findings, Kind, Level, Threshold, finding, limits, rule
from portal.lib.quarters import Quarter
from portal.lib.words import Text
from portal.lib.words import gettext_noop as _

# The median absolute deviation times this is the standard deviation of a normal distribution.
# Source: Rousseeuw and Croux, Alternatives to the Median Absolute Deviation, JASA 88 (1993), p. 1273.
TO_SIGMA = 1.4826


@dataclass(frozen=True)
class Usual:
    """What a history makes one expect, in cents."""

    low: int
    middle: int
    high: int

    def side_of(self, cents: int) -> str:
        """`up` or `down` when an amount lies outside; empty within."""
        return "up" if cents > self.high else "down" if cents < self.low else ""


def usual(history: Iterable[int], *, distance: int, quarters: int, spread: int) -> Usual | None:
    """Median of the logarithms, `distance` times their robust spread to each side; none with too few quarters.

    Amounts multiply rather than add, so logarithms are compared. `spread`, in percent, is the least: a history
    without any variation would call every cent far away.
    """
    logs = [log(cents) for cents in history if cents > 0]
    if len(logs) < quarters:
        return None
    middle = median(logs)
    sigma = max(TO_SIGMA * median(abs(value - middle) for value in logs), log1p(spread / 100))
    reach = min(distance * sigma, 50)
    return Usual(round(exp(middle - reach)), round(exp(middle)), round(exp(middle + reach)))


@rule(
    "E3", _("What is executed is near the firm's own history."), level=Level.EXPLAIN,
    thresholds=(
        Threshold("distance", 5, 2, 20, _("Distance from the median of the logarithms"), _("times the spread")),
        Threshold("quarters", 4, 3, 12, _("History that it takes"), _("quarters")),
        Threshold("spread", 10, 1, 100, _("Least spread"), _("per cent")),
    ),
)  # fmt: skip
def execution_is_near_its_history(entries: Sequence[Entry], context: Context) -> Findings:
    """A contract with enough quarters is compared with itself; what remains, with the firm's quarters. Where a
    contract explains it already, the firm's total is not told again."""
    if context.past is None:
        return
    bounds = limits(execution_is_near_its_history, context)
    executed = _by_contract(entries)
    known = {number: usual(context.past.contracts.get(number, {}).values(), **bounds) for number in executed}
    far = [
        _far_contract(number, executed[number], expected)
        for number, expected in known.items()
        if expected and expected.side_of(_sum(executed[number]))
    ]
    yield from far
    others = [entry for number, rows in executed.items() if known[number] is None for entry in rows]
    total = usual(context.past.quarters.values(), **bounds)
    if total and others and not far:
        yield from _far_total(entries, others, total, context)


def _by_contract(entries: Iterable[Entry]) -> dict[str, list[Entry]]:
    rows: dict[str, list[Entry]] = {}
    for entry in entries:
        if entry.kind == Kind.EXECUTED and (entry.amount_cents or 0) > 0:
            rows.setdefault(entry.number, []).append(entry)
    return rows


def _sum(rows: Iterable[Entry]) -> int:
    return sum(entry.amount_cents or 0 for entry in rows)


def _far_contract(number: str, rows: list[Entry], expected: Usual) -> Finding:
    now = _sum(rows)
    largest = max(rows, key=lambda entry: entry.amount_cents or 0)
    message = _(
        "This quarter's executions of the contract come to %(now)s; %(middle)s a quarter was usual. Check the "
        "amount and its unit; if it is right, say in “Explanation” what is different."
    )
    return finding(
        "E3", Level.EXPLAIN, largest, "amount",
        Text(message, {"now": units(now), "middle": units(expected.middle)}), _range(expected),
        found=units(now), subject=f"{number}:{expected.side_of(now)}",
    )  # fmt: skip


def _far_total(entries: Sequence[Entry], others: list[Entry], expected: Usual, context: Context) -> Findings:
    terms = terms_of(entries, context)
    now = _executed_usd(entries, terms, context)
    side = expected.side_of(now)
    if not side or now <= 0:
        return
    message = _(
        "Everything executed in this quarter comes to %(now)s US dollars; %(middle)s a quarter was usual for your "
        "firm. Check the amounts and their units; if they are right, say in “Explanation” what is different."
    )
    yield finding(
        "E3", Level.EXPLAIN, max(others, key=lambda entry: in_usd(entry, terms, context)), "amount",
        Text(message, {"now": units(now), "middle": units(expected.middle)}), _range(expected),
        found=units(now), subject=side,
    )  # fmt: skip


def _range(expected: Usual) -> Text:
    return Text(_("%(low)s to %(high)s, or an explanation"), {"low": units(expected.low), "high": units(expected.high)})


def _executed_usd(entries: Iterable[Entry], terms: dict[str, Terms], context: Context) -> int:
    return sum(in_usd(entry, terms, context) for entry in entries if entry.kind == Kind.EXECUTED)


@rule(
    "E4", _("The execution of a quarter lies between a tenth and ten times that of the year before."),
    level=Level.EXPLAIN,
    thresholds=(Threshold("times", 10, 2, 1000, _("Most, against the year before"), _("times")),),
)  # fmt: skip
def year_on_year_is_within_bounds(entries: Sequence[Entry], context: Context) -> Findings:
    times = limits(year_on_year_is_within_bounds, context)["times"]
    before = context.past.quarters.get(str(Quarter.parse(context.period).year_before), 0) if context.past else 0
    lines = [entry for entry in entries if entry.kind != Kind.STANDING and entry.amount_cents is not None]
    if before <= 0 or not lines:
        return
    terms = terms_of(entries, context)
    now = _executed_usd(lines, terms, context)
    if now <= before * times and now * times >= before:
        return
    executed = [entry for entry in lines if entry.kind == Kind.EXECUTED]
    largest = max(executed or lines, key=lambda entry: abs(in_usd(entry, terms, context)))
    message = _MORE if now > before else _LESS
    values = {"now": units(now), "before": units(before), "times": times}
    yield finding(
        "E4", Level.EXPLAIN, largest, "amount", Text(message, values),
        Text(_("%(low)s to %(high)s, or an explanation"), {
            "low": units(-(-before // times)), "high": units(before * times),
        }),
        found=units(now), subject="up" if now > before else "down",
    )  # fmt: skip


_MORE = _(
    "Everything executed comes to %(now)s US dollars, more than %(times)s times the %(before)s of the year before. "
    "Check the amounts and their units; if they are right, say in “Explanation” what has changed."
)
_LESS = _(
    "Everything executed comes to %(now)s US dollars, less than 1/%(times)s of the %(before)s of the year before. "
    "Check whether rows are missing; if not, say in “Explanation” what has changed."
)
