"""The table of a page as a file: the numbers as shown, each row with its release, place, span and list."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.lib.money import rounded
from portal.lib.workbooks import csv_bytes
from portal.statistics.dimensions import CONF_STATUS, Currency, Measure, Status
from portal.statistics.shown import Amount, Rate
from portal.statistics.themes.comparing import Line
from portal.statistics.themes.scope import Scope

_UNITS = {Currency.USD: "usd_10k", Currency.CNY: "cny_10k"}
_SCOPE = ("release", "period", "as_of", "place", "span")


@dataclass(frozen=True)
class Sheet:
    """A table to download, and the name of its file without the ending."""

    name: str
    head: Sequence[str]
    rows: Sequence[Sequence[object]]

    def as_csv(self) -> bytes:
        return csv_bytes(self.head, self.rows)


def sheet(theme: str, scope: Scope, head: Sequence[str], rows: Sequence[Sequence[object]]) -> Sheet:
    """Rows led by what they are about."""
    about = (
        scope.release.name, scope.release.period, scope.release.as_of.isoformat(), scope.place.code, scope.span.value,
    )  # fmt: skip
    return Sheet(f"{scope.release.name}-{scope.place.code}-{theme}", (*_SCOPE, *head), [(*about, *row) for row in rows])


def lines_sheet(theme: str, scope: Scope, lines: Sequence[Line], list_used: str = "") -> Sheet:
    """Lines with both growth rates; `list_used` names the dated list and edition that they were counted by."""
    unit = _UNITS[scope.currency]
    contract, execution = (f"{measure.value}_{unit}" for measure in (Measure.CONTRACT, Measure.EXECUTION))
    head = (
        "list", "code", "name", contract, "contract_growth_percent", execution, f"{execution}_base",
        "execution_growth_percent", f"{execution}_base_list_as_then", "execution_growth_list_as_then_percent",
        "share_percent", f"{Measure.CONTRACT.value}_conf_status", f"{Measure.EXECUTION.value}_conf_status",
    )  # fmt: skip
    return sheet(theme, scope, head, [(list_used, *_cells(one)) for one in lines])


def _cells(one: Line) -> tuple[object, ...]:
    return (
        one.code, one.name, amount_text(one.contract), rate_text(one.contract_rate), amount_text(one.execution),
        amount_text(one.base), rate_text(one.rate), amount_text(one.then_base), rate_text(one.then_rate),
        number_text(one.share), conf_status(one.contract.state), conf_status(one.execution.state),
    )  # fmt: skip


def amount_text(amount: Amount) -> str:
    return number_text(amount.value)


def rate_text(rate: Rate) -> str:
    return number_text(rate.value)


def conf_status(state: str) -> str:
    """The standard mark of an amount's state: F for one that is shown, or was not counted."""
    return CONF_STATUS[Status(state)] if state else CONF_STATUS[Status.PUBLIC]


def number_text(value: Decimal | None) -> str:
    """Two decimals, and nothing where there is none to show."""
    return "" if value is None else f"{rounded(value):f}"
