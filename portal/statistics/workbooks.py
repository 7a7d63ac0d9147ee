"""A release as a workbook to read: one sheet for each table of its page, in the language of the page.

Numbers are numbers, with two decimals shown; everything else is text, whatever it begins with.
"""

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

import xlsxwriter
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.statistics.atlas import Atlas, PlaceLine
from portal.statistics.dimensions import Status
from portal.statistics.exports import citation, licence
from portal.statistics.growths import Explained, PairRow
from portal.statistics.pages import ReportPage
from portal.statistics.parts import PartLine
from portal.statistics.shown import Amount, KeyFigure, Rate
from portal.statistics.wording import STATUS_MEANINGS, STATUS_SIGNS

Cells = Sequence[object]
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def as_workbook(page: ReportPage, places: Atlas | None = None) -> bytes:
    """The tables of a page; `places` adds a sheet of all places (for a whole release)."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _OPTIONS) as book:
        writer = _Writer(book)
        writer.sheet(_("Headline"), _headline(page))
        writer.sheet(_("Offshore and onshore"), _modes(page))
        if page.markets:
            writer.sheet(_("Markets"), _parts(_("Market"), page.markets.lines, page.unit))
        writer.sheet(_("Market groups"), _parts(_("Market group"), page.groups, page.unit))
        if page.categories:
            writer.sheet(_("Categories"), _parts(_("Service category"), page.categories.lines, page.unit))
        if page.growth:
            writer.sheet(_("Bridge of growth"), _bridge(page.growth))
            writer.sheet(_("Same-firm growth"), _same_firms(page.growth))
        if places:
            writer.sheet(_("Places"), _places(places))
        writer.sheet(_("Notes"), _notes(page))
    return file.getvalue()


class _Writer:
    """Writes rows to sheets: the first row as a head, `Decimal` with two decimals, the rest as text."""

    def __init__(self, book: xlsxwriter.Workbook):
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True})
        self.amount = book.add_format({"num_format": "#,##0.00"})
        self.count = book.add_format({"num_format": "#,##0"})

    def sheet(self, name: str, rows: Iterable[Cells]) -> None:
        sheet = self.book.add_worksheet(name[:31])
        sheet.freeze_panes(1, 0)
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                if isinstance(cell, Decimal):
                    sheet.write_number(number, column, cell, self.amount)
                elif isinstance(cell, int):
                    sheet.write_number(number, column, cell, self.count)
                elif cell not in (None, ""):
                    sheet.write_string(number, column, str(cell), self.head if number == 0 else None)
        sheet.autofit()


def _shown(amount: Amount) -> object:
    return STATUS_SIGNS[Status(amount.state)] if amount.state else amount.value


def _rated(rate: Rate) -> object:
    """A rate, or the reason why there is none."""
    if rate.value is not None:
        return rate.value
    return {
        "zero_base": _("base zero"),
        "negative_base": _("base below zero"),
        "no_base": _("no base"),
        "withheld": _("not published"),
    }.get(rate.state, "")


def _headline(page: ReportPage) -> list[Cells]:
    rows: list[Cells] = [(page.name, page.period_name, page.release.name), (page.title,)]
    rows += [(page.standing,), (), (_("Firms filing"), page.firms)]
    return rows + [(figure.name, _figure(figure), figure.unit, figure.below) for figure in page.totals]


def _figure(figure: KeyFigure) -> object:
    return STATUS_SIGNS[Status(figure.state)] if figure.value is None else figure.value


def _modes(page: ReportPage) -> list[Cells]:
    head = (
        _("Indicator"), f"{page.modes.now_name} {page.unit}", f"{page.modes.base_name} {page.unit}",
        _("Growth, per cent"), _("Low base"), _("Points contributed"), _("Share, per cent"),
    )  # fmt: skip
    rows = [
        (
            line.name, _shown(line.now), _shown(line.base), _rated(line.rate),
            _("low base") if line.rate.is_low else "", line.points, line.share,
        )
        for line in page.modes.lines
    ]  # fmt: skip
    return [head, *rows]


def _parts(name: str, lines: Iterable[PartLine], unit: str) -> list[Cells]:
    head = (
        _("Code"), name, _("Contract value, %(unit)s") % {"unit": unit}, _("Share of contract value, per cent"),
        _("Executed value, %(unit)s") % {"unit": unit}, _("Share of executed value, per cent"),
    )  # fmt: skip
    rows = [
        (
            line.member, line.name, _shown(line.contract), line.contract_share, _shown(line.execution),
            line.execution_share,
        )
        for line in lines
    ]  # fmt: skip
    return [head, *rows]


def _bridge(growth: Explained) -> list[Cells]:
    """From a year before to now, part by part, in every measure and mode."""
    heads = [
        _("%(measure)s, %(mode)s, %(unit)s") % {"measure": measure, "mode": mode, "unit": growth.unit}
        for measure, modes in growth.columns
        for mode in modes
    ]
    return [
        (_("Part of the change"), _("What is in it"), *heads),
        *((row.name, row.note, *map(_shown, row.amounts)) for row in growth.rows),
    ]


def _same_firms(growth: Explained) -> list[Cells]:
    """Growth of all firms and of those that filed in both periods, side by side."""
    heads = [
        text % {"months": months}
        for months in growth.spans
        for text in (
            _("Growth, per cent, %(months)s"), _("Same-firm growth, per cent, %(months)s"), _("Firms, %(months)s"),
        )
    ]  # fmt: skip
    return [(_("Indicator"), *heads), *((row.name, *_pairs(row)) for row in growth.pairs)]


def _pairs(row: PairRow) -> Iterable[object]:
    for cell in row.cells:
        same = _("not published") if cell.is_withheld else _rated(cell.same)
        yield from (_rated(cell.raw), same, cell.firms)


def _places(places: Atlas) -> list[Cells]:
    head = (
        _("Code"), _("Place"), _("Firms filing"), _("Contract value, %(unit)s") % {"unit": places.unit},
        _("Executed value, %(unit)s") % {"unit": places.unit}, _("Growth of executed value, per cent"),
    )  # fmt: skip
    return [head, *(_place(line) for line in places.all_lines)]


def _place(line: PlaceLine) -> Cells:
    return line.code, line.name, line.firms, _shown(line.contract), _shown(line.execution), _rated(line.rate)


def _notes(page: ReportPage) -> list[Cells]:
    release = page.release
    rows: list[Cells] = [(_("Notes"), "")]
    rows += [
        (_("Release"), release.name),
        (_("Facts as known at"), f"{timezone.localtime(release.as_of):%Y-%m-%d %H:%M}"),
        (_("Digest"), release.digest),
        (_("Source"), citation(release)),
        (_("Use"), licence()),
    ]
    rows += [(_("List used"), f"{used.name}  {used.edition}") for used in page.lists]
    rows += [(sign, str(STATUS_MEANINGS[status])) for status, sign in STATUS_SIGNS.items()]
    return rows + [("", sentence) for sentence in page.apart]
