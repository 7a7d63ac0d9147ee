"""What a release withholds, with what an outsider can still tell of it: a page for those who may see everything."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.core.paginator import Page, Paginator

from portal.statistics.dimensions import THEN, Status
from portal.statistics.figure_keys import FigureKey
from portal.statistics.models import Audit, Cell, Release
from portal.statistics.named_figures import SPEAKING, members_named
from portal.statistics.places import places_named
from portal.statistics.wording import CUT_NAMES, MEASURE_NAMES, MODE_NAMES, STATUS_NAMES, months_of, table_unit

LINES_A_PAGE = 100
_KEY = ("place", "span", "measure", "mode", "cut", "member")
Told = tuple[str, str, str]


@dataclass(frozen=True)
class WithheldLine:
    """One withheld figure: its amount, the least and the most that an outsider can tell, and how far that reaches on
    the narrower side, in protections; None where there is no bound or nothing was worked out."""

    place: str
    figure: str
    months: str
    status: str
    amount: Decimal
    low: Decimal | None
    high: Decimal | None
    reach: Decimal | None


@dataclass(frozen=True)
class WithheldPage:
    """`audit` is the newest audit; `is_told` says whether one has worked the intervals out."""

    audit: Audit | None
    page: Page
    lines: list[WithheldLine]
    is_told: bool
    unit: str


def withheld_page(release: Release, number: str | None) -> WithheldPage:
    rows = Cell.objects.filter(release=release).exclude(status=Status.PUBLIC).order_by(*_KEY)
    page = Paginator(rows, LINES_A_PAGE).get_page(number)
    full = Audit.objects.filter(release=release, is_full=True).order_by("-made_at").first()
    told = _intervals(full, {_key(cell) for cell in page.object_list}) if full else {}
    return WithheldPage(
        audit=Audit.objects.filter(release=release).order_by("-made_at").first(),
        page=page,
        lines=_lines(page.object_list, release, told),
        is_told=full is not None,
        unit=table_unit().label,
    )


def _key(cell: Cell) -> tuple[str, ...]:
    return tuple(getattr(cell, name) for name in _KEY)


def _intervals(audit: Audit, wanted: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], Told]:
    """Low, high and reach of some figures, in dollars, as the audit's file has them."""
    keys = set(wanted)
    with audit.intervals_file.open("r") as file:
        rows = csv.DictReader(file)
        found = ((tuple(row[name] for name in _KEY), row) for row in rows)
        return {key: (row["usd_low"], row["usd_high"], row["reach"]) for key, row in found if key in keys}


def _lines(cells: Iterable[Cell], release: Release, told: Mapping[tuple[str, ...], Told]) -> list[WithheldLine]:
    cells = list(cells)
    places = places_named(sorted({cell.place.removesuffix(THEN) for cell in cells}))
    called = members_named({(cell.cut, cell.member) for cell in cells if cell.cut})
    unit = table_unit()
    lines = []
    for cell in cells:
        low, high, reach = told.get(_key(cell), ("", "", ""))
        place = places.get(cell.place.removesuffix(THEN))
        lines.append(
            WithheldLine(
                place=place.name if place else cell.place,
                figure=_figure(cell, called),
                months=months_of(release.quarter, FigureKey.read({"span": cell.span}).span),
                status=str(STATUS_NAMES.get(cell.status, cell.status)),
                amount=unit.of(cell.usd_cents),
                low=unit.of(int(low)) if low else None,
                high=unit.of(int(high)) if high else None,
                reach=Decimal(reach) if reach else None,
            )
        )
    return lines


def _figure(cell: Cell, called: Mapping[tuple[str, str], str]) -> str:
    parts = [str(MEASURE_NAMES[cell.measure]), str(MODE_NAMES[cell.mode])]
    if cell.cut:
        cut = "" if cell.cut in SPEAKING else str(CUT_NAMES.get(cell.cut, cell.cut))
        parts += [cut, called.get((cell.cut, cell.member), cell.member)]
    return " · ".join(part for part in parts if part)
