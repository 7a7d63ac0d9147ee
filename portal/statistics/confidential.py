"""Reads of what is withheld, for those who may see it. Nothing of this goes to a page, file or cache for others."""

from dataclasses import dataclass

from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status
from portal.statistics.figure_keys import FigureKey
from portal.statistics.levels import Known, Level, ReleaseInfo, Table
from portal.statistics.models import Cell

_KEY = ("span", "measure", "mode", "cut", "member")
_VALUES = ("usd_cents", "cny_cents", "count", "contributors", "status")


@dataclass(frozen=True)
class KeptCell:
    """A cell with everything that is kept of it."""

    usd_cents: int
    cny_cents: int
    count: int
    contributors: int
    status: Status


def kept_cell(release: ReleaseInfo, key: FigureKey) -> KeptCell | None:
    """One cell, whatever its status; None where nothing was counted."""
    values = {name: getattr(key, name) for name in _KEY}
    row = Cell.objects.filter(release=release.pk, place=key.place, **values).values_list(*_VALUES).first()
    return KeptCell(*row[:4], Status(row[4])) if row else None


def kept_cells(release: ReleaseInfo, place: str, cut: Cut) -> dict[FigureKey, KeptCell]:
    """All cells of one cut of a place, by what names them."""
    rows = Cell.objects.filter(release=release.pk, place=place, cut=cut).values_list(*_KEY, *_VALUES)
    return {
        FigureKey(place, Span(span), Measure(measure), Mode(mode), Cut(cut), member): KeptCell(
            *rest[:4], Status(rest[4])
        )
        for span, measure, mode, _cut, member, *rest in rows
    }


def full_table(release: ReleaseInfo, place: str) -> Table:
    """All cells of a release about one place with their amounts; what the public does not see is marked."""
    rows = Cell.objects.filter(release=release.pk, place=place).values_list(
        *_KEY, "status", "usd_cents", "cny_cents", "count"
    )
    cells = {
        row[:5]: Level(Known.PUBLIC, *row[6:], is_kept=row[5] != Status.PUBLIC)
        for row in rows
    }  # fmt: skip
    return Table(release, place, cells)
