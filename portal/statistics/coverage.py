"""Who had filed when a release was built, from what was gathered for it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.conf import settings
from django.utils import timezone

from portal.filings.models.period import Period
from portal.members.queries import members_on
from portal.statistics.cube import CellRow
from portal.statistics.dimensions import (
    MEASURE_OF_KIND,
    NATION,
    BridgePart,
    Cut,
    Measure,
    Mode,
    Span,
    Status,
    Thresholds,
)
from portal.statistics.facts import Gathered
from portal.statistics.standing import (
    Enough,
    Expected,
    absent_base,
    absent_may_be_told,
    percent_by_count,
    percent_by_value,
    standing_of,
)

MEASURES = (Measure.CONTRACT, Measure.EXECUTION)
# The nation's figures that say, or nearly say, what the absent firms had: withheld, they withhold the range too.
_NEIGHBOURS = (
    (Span.QUARTER, Cut.WHOLE, ""),
    (Span.QUARTER, Cut.BRIDGE, BridgePart.GONE),
    (Span.QUARTER_BASE, Cut.WHOLE, ""),
    (Span.QUARTER_BASE, Cut.SAME_FIRM, ""),
)


def standing_and_coverage(
    period: Period, gathered: Gathered, cells: Iterable[CellRow], rule: Thresholds
) -> dict[str, object]:
    """The two columns of a release that say how far its figures are the last word."""
    expected = members_on(gathered.quarter.last_day).values_list("credit_code", flat=True)
    coverage = coverage_of(gathered, expected, cells, rule)
    standing = standing_of(
        coverage, on=timezone.localdate(gathered.at), due_on=period.due_on, locks_on=period.locks_on,
        enough=Enough(Decimal(settings.FINAL_BY_COUNT), Decimal(settings.FINAL_BY_VALUE)),
    )  # fmt: skip
    return {"standing": standing, "coverage": coverage}


def coverage_of(
    gathered: Gathered, expected: Iterable[str], cells: Iterable[CellRow], rule: Thresholds
) -> dict[str, object]:
    """Plain values, kept with the release: firms filed and expected, both shares in percent, and for each measure
    the range of the provisional total with whether the public may see it.

    `expected` are the credit codes of the period's members; `cells` have been through disclosure control.
    """
    firms = _expected(gathered, set(expected))
    share = percent_by_value(firms)
    nation = _nation(cells)
    return {
        "expected": len(firms),
        "filed": sum(firm.has_filed for firm in firms),
        "by_count_percent": _written(percent_by_count(firms)),
        "by_value_percent": _written(share),
        "ranges": {measure.value: _range(firms, nation, measure, rule) for measure in MEASURES},
    }


def _written(number: object) -> str | None:
    return None if number is None else str(number)


def _expected(gathered: Gathered, codes: set[str]) -> list[Expected]:
    """Members and whoever else filed, each with what it had in the same quarter a year before."""
    base_period = str(gathered.quarter.year_before)
    filed = {filing.firm for filing in gathered.filings if filing.period == str(gathered.quarter)}
    base: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    controllers: dict[str, str] = {}
    consented: set[str] = set()
    for fact in gathered.facts:
        code = fact.contract[0]
        if fact.period != base_period or fact.mode == Mode.OVERSEAS or fact.key in gathered.excluded:
            continue
        base[code][MEASURE_OF_KIND[fact.kind]] += fact.usd_cents
        controllers[code] = gathered.profiles[base_period][fact.firm].controller or code
        if fact.firm in gathered.consents:
            consented.add(code)
    return [
        Expected(controllers.get(code, code), code in filed, code in consented, dict(base.get(code, {})))
        for code in sorted(codes | filed)
    ]


def _nation(cells: Iterable[CellRow]) -> Mapping[tuple[str, str, str, str], CellRow]:
    """The nation's total-mode cells that a range stands on, by (measure, span, cut, member)."""
    return {
        (cell.measure, cell.span, cell.cut, cell.member): cell
        for cell in cells
        if cell.place == NATION and cell.mode == Mode.TOTAL and (cell.span, cell.cut, cell.member) in _NEIGHBOURS
    }


def _range(
    firms: list[Expected], nation: Mapping[tuple[str, str, str, str], CellRow], measure: Measure, rule: Thresholds
) -> dict[str, object]:
    around = [nation[measure, *key] for key in _NEIGHBOURS if (measure, *key) in nation]
    total = nation.get((measure, Span.QUARTER, Cut.WHOLE, ""))
    low = total.usd_cents if total else 0
    return {
        "low": low,
        "high": low + max(absent_base(firms, measure), 0),
        "is_public": all(cell.status == Status.PUBLIC for cell in around) and absent_may_be_told(firms, measure, rule),
    }
