"""What is checked before a release may be published: completeness, and tables that equal the ledger."""

from decimal import Decimal

from django.utils.translation import gettext as _

from portal.lib.words import gettext_noop
from portal.members.queries import members_on
from portal.statistics.cube import CellRow
from portal.statistics.dimensions import MEASURE_OF_KIND, NATION, Cut, Measure, Mode, Span
from portal.statistics.facts import Gathered

TITLES: dict[str, str] = {
    "completeness_by_count": gettext_noop("Every member has filed"),
    "completeness_by_value": gettext_noop("Firms that stood for nine tenths of last year's executed value have filed"),
    "reconciliation_contract": gettext_noop("The nation's contract value equals the ledger's lines, to the cent"),
    "reconciliation_execution": gettext_noop("The nation's executed value equals the ledger's lines, to the cent"),
    "modes_add_up": gettext_noop("Offshore and onshore make the total, in every place"),
    "disclosure_audit": gettext_noop("No outsider can work out a withheld figure"),
    "moved_cells": gettext_noop("No published figure has moved for too few firms"),
}


def check_in_words(name: str) -> str:
    return _(TITLES[name]) if name in TITLES else name


def run_checks(gathered: Gathered, cells: list[CellRow]) -> list[dict[str, object]]:
    """Each check as {name, level: ok | warning | error, found, expected}: plain values, kept with the release."""
    return [
        _completeness_by_count(gathered),
        _completeness_by_value(gathered),
        *_reconciliations(gathered, cells),
        _modes_add_up(cells),
    ]


def _check(name: str, passed: bool, found: object, expected: object, otherwise: str = "error") -> dict[str, object]:
    return {"name": name, "level": "ok" if passed else otherwise, "found": str(found), "expected": str(expected)}


def _completeness_by_count(gathered: Gathered) -> dict[str, object]:
    filed = sum(filing.period == str(gathered.quarter) for filing in gathered.filings)
    expected = members_on(gathered.quarter.last_day).count()
    return _check("completeness_by_count", filed >= expected, filed, expected, "warning")


def _completeness_by_value(gathered: Gathered) -> dict[str, object]:
    """The share of last year's executed value, as the totals count it, whose firms have filed again."""
    base = str(gathered.quarter.year_before)
    filed = {filing.firm for filing in gathered.filings if filing.period == str(gathered.quarter)}
    total = again = 0
    for fact in gathered.facts:
        is_counted = fact.mode != Mode.OVERSEAS and fact.key not in gathered.excluded
        if fact.period == base and fact.kind == "executed" and is_counted:
            total += fact.usd_cents
            again += fact.usd_cents if fact.contract[0] in filed else 0
    share = Decimal(100 * again) / total if total else Decimal(100)
    return _check("completeness_by_value", share >= 90, f"{share:.1f} %", "≥ 90 %", "warning")


def _reconciliations(gathered: Gathered, cells: list[CellRow]) -> list[dict[str, object]]:
    """The nation's totals equal the sum of the ledger's lines, to the cent."""
    checks = []
    for measure in (Measure.CONTRACT, Measure.EXECUTION):
        ledger = sum(
            fact.usd_cents
            for fact in gathered.facts
            if fact.period == str(gathered.quarter)
            and MEASURE_OF_KIND[fact.kind] == measure
            and fact.mode != Mode.OVERSEAS
            and fact.key not in gathered.excluded
        )
        table = _nation(cells, measure, Mode.TOTAL)
        checks.append(_check(f"reconciliation_{measure}", table == ledger, table, ledger))
    return checks


def _nation(cells: list[CellRow], measure: Measure, mode: Mode) -> int:
    return sum(
        cell.usd_cents
        for cell in cells
        if (cell.span, cell.place, cell.measure, cell.mode, cell.cut)
        == (Span.QUARTER, NATION, measure, mode, Cut.WHOLE)
    )


def _modes_add_up(cells: list[CellRow]) -> dict[str, object]:
    """Offshore and onshore make the total in every place."""
    sums: dict[tuple, int] = {}
    for cell in cells:
        if cell.cut == Cut.WHOLE and cell.measure in (Measure.CONTRACT, Measure.EXECUTION):
            sign = {Mode.TOTAL: 1, Mode.OFFSHORE: -1, Mode.ONSHORE: -1}.get(cell.mode, 0)
            key = (cell.span, cell.place, cell.measure)
            sums[key] = sums.get(key, 0) + sign * cell.usd_cents
    wrong = sum(value != 0 for value in sums.values())
    return _check("modes_add_up", wrong == 0, wrong, 0)
