"""A firm's benchmark as a table to keep: one figure a row, as its page shows it."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from portal.lib.money import rounded
from portal.lib.workbooks import csv_bytes, workbook_bytes
from portal.statistics.beside import BenchmarkPage, Mix
from portal.statistics.dimensions import Measure
from portal.statistics.shown import Amount, Rate
from portal.statistics.wording import MEASURE_NAMES

Row = tuple[object, ...]


def head() -> Row:
    return _("Figure"), _("Part"), _("Of whom"), _("Value"), _("Unit"), _("Remark"), _("Release")


def rows(page: BenchmarkPage) -> Iterator[Row]:
    """Levels and growth, then the mixes; the release stands in every row."""
    told = [
        *_levels(page),
        *_modes(page),
        *_mix(_("Market"), page.markets),
        *_mix(_("Service category"), page.categories),
    ]
    return ((*row, page.release.name) for row in told)


def _levels(page: BenchmarkPage) -> Iterator[Row]:
    for line in page.lines:
        for measure, level, rate in (
            (Measure.EXECUTION, line.execution, line.execution_rate),
            (Measure.CONTRACT, line.contract, line.contract_rate),
        ):
            name = str(MEASURE_NAMES[measure])
            yield name, "", line.name, _number(level), page.unit, _remark(level)
            yield _("Growth"), name, line.name, _number(rate), "%", _remark(rate)
        if not line.is_own:
            yield _("Your share"), "", line.name, _number(line.own_share), "%", _remark(line.own_share)


def _modes(page: BenchmarkPage) -> Iterator[Row]:
    for row in page.stacks:
        for name, segment in zip(page.modes, row.segments, strict=True):
            yield _("Offshore and onshore"), name, row.label, Decimal(segment.value.rstrip("%")), "%", ""


def _mix(figure: str, mix: Mix) -> Iterator[Row]:
    for line in mix.lines:
        for group, share in zip(mix.columns, line.shares, strict=True):
            yield figure, line.name, group, _number(share), "%", _remark(share)


def _number(figure: Amount | Rate) -> object:
    return "" if figure.value is None else rounded(figure.value)


def _remark(figure: Amount | Rate) -> str:
    if figure.state:
        return {
            "withheld": _("not published"), "confidential": _("not published"), "secondary": _("not published"),
            "zero_base": _("base zero"), "no_base": _("no base"), "negative_base": _("base below zero"),
        }[figure.state]  # fmt: skip
    return _("low base") if isinstance(figure, Rate) and figure.is_low else ""


FORMS = {
    "csv": ("text/csv; charset=utf-8", lambda page: csv_bytes(head(), rows(page))),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        lambda page: workbook_bytes(head(), rows(page), page.period_name),
    ),
}
