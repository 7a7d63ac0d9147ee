"""Disclosure control of a release: what is withheld when it is counted, and what an outsider can still tell of it."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.files.base import ContentFile

from portal.lib.quarters import Quarter
from portal.statistics.cube import CellRow, Dimensions
from portal.statistics.dimensions import Cut, Measure, Span, Status, Thresholds, spans_of
from portal.statistics.disclosure.audit import DOLLARS, RENMINBI, Interval, Progress, intervals, untold
from portal.statistics.disclosure.books import Book, stretches_about, stretches_of
from portal.statistics.disclosure.proof import Proof, Proofs
from portal.statistics.disclosure.protect import protect
from portal.statistics.disclosure.relations import Lists
from portal.statistics.disclosure.system import Quantity, System, system_of
from portal.statistics.models import Audit, Cell, Release

# Quarters around a release's own whose releases may have figures of the same stretches of time.
AUDIT = "disclosure_audit"
AROUND = (-5, -4, -1, 0, 1, 3, 4, 5)
_COLUMNS = (
    "span", "place", "measure", "mode", "cut", "member", "usd_cents", "cny_cents", "count", "contributors", "status",
    "protect_usd_cents", "protect_cny_cents",
)  # fmt: skip
INTERVAL_COLUMNS = (
    "place", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "usd_low", "usd_high", "cny_cents",
    "cny_low", "cny_high", "reach",
)  # fmt: skip


def thresholds_now() -> Thresholds:
    return Thresholds(min_firms=settings.DISCLOSURE_MIN_FIRMS, **settings.DISCLOSURE)


@dataclass(frozen=True)
class Outcome:
    """What an audit says: the numbers that the command prints, and whether the release may be published."""

    cells: int
    sensitive: int
    suppressed: int
    suppressed_value_share: float
    narrowest_protection: float | None
    previously_disclosed: int
    safe: bool
    wanted_percent: int

    def as_json(self) -> dict[str, Any]:
        """What is kept and printed."""
        return {name: value for name, value in vars(self).items() if name != "wanted_percent"}

    def check(self) -> dict[str, object]:
        """As a check of the release."""
        found = "∞" if self.narrowest_protection is None else f"{100 * self.narrowest_protection:.1f} %"
        expected = f"≥ {self.wanted_percent} %"
        return {"name": AUDIT, "level": "ok" if self.safe else "error", "found": found, "expected": expected}


# ── When a release is counted ────────────────────────────────────────────────────────────────────


def protected(
    cells: Sequence[CellRow], dimensions: Dimensions, quarter: Quarter, thresholds: Thresholds,
    earlier: Iterable[Book] = (),
) -> tuple[list[CellRow], Outcome]:  # fmt: skip
    """The cells with what has to be withheld besides the sensitive ones, and the proof that it suffices.

    The same cells, lists and earlier releases give the same answer at any time.
    """
    books = list(earlier)
    if all(cell.status == Status.PUBLIC for book in (cells, *(book.cells for book in books)) for cell in book):
        return list(cells), Outcome(len(cells), 0, 0, 0.0, None, 0, True, thresholds.protection_percent)
    system = system_of(Book("", quarter, cells), lists_of(dimensions, quarter), books)
    found = protect(system)
    marked = [_marked(cell, number, system) for cell, number in zip(cells, system.of_cell)]
    return marked, outcome(marked, system, found.proof, found.given_away, thresholds)


def _marked(cell: CellRow, number: int | None, system: System) -> CellRow:
    if number is None or cell.status != Status.PUBLIC or not system.quantities[number].is_withheld:
        return cell
    return cell._replace(status=Status.SECONDARY)


def lists_of(dimensions: Dimensions, quarter: Quarter) -> Lists:
    ends = {span.value: str(quarters[-1]) for span, quarters in spans_of(quarter).items()}
    return Lists(dimensions.places, dimensions.members, ends)


def earlier_books(quarter: Quarter, at: datetime) -> list[Book]:
    """What releases that were public at a moment say of the stretches of time that a release of the quarter is of."""
    wanted = stretches_about(quarter)
    around = [str(quarter.shift(distance)) for distance in AROUND]
    found = []
    for release in Release.objects.published(at).filter(period__in=around).order_by("name"):
        spans = [span for span in Span if stretches_of(release.quarter, span) & wanted]
        if spans:
            found.append(Book(release.name, release.quarter, cell_rows(release, spans)))
    return found


def cell_rows(release: Release, spans: Iterable[str] = tuple(Span)) -> list[CellRow]:
    """A release's cells as the cube counted them, in canonical order."""
    rows = Cell.objects.filter(release=release, span__in=list(spans)).values_list(*_COLUMNS)
    return sorted((CellRow(*row) for row in rows), key=lambda cell: cell.key)


# ── What an audit says ───────────────────────────────────────────────────────────────────────────


def outcome(
    cells: Sequence[CellRow], system: System, proof: Proof, given_away: Iterable[int], thresholds: Thresholds
) -> Outcome:
    """`narrowest_protection` is the share of its largest contributor's amount that an estimate of the figure which is
    protected least has to stay away; None where no figure can be told to any degree."""
    spared = set(given_away)
    reach = [least for number, least in zip(proof.numbers, proof.reach.min(axis=0)) if number not in spared]
    failed = [number for number in proof.failed if number not in spared]
    return Outcome(
        cells=len(cells),
        sensitive=sum(cell.status == Status.CONFIDENTIAL for cell in cells),
        suppressed=sum(cell.status != Status.PUBLIC for cell in cells),
        suppressed_value_share=_suppressed_share(cells, system),
        narrowest_protection=as_share(min(reach, default=float("inf")), thresholds.protection_percent),
        previously_disclosed=_given_away(system, spared),
        safe=not failed,
        wanted_percent=thresholds.protection_percent,
    )


def as_share(protections: float, percent: int) -> float | None:
    """A reach in protections as a share of the largest contributor; None where there is no bound."""
    return None if protections == float("inf") else round(float(protections) * percent / 100, 4)


def _given_away(system: System, spared: set[int]) -> int:
    """Sensitive cells that earlier releases had published, or had let be worked out."""
    return sum(
        len(one.cells)
        for number, one in enumerate(system.quantities)
        if one.is_sensitive and (one.is_known or number in spared)
    )


# Tables below a city: each cuts the whole of it into parts.
BELOW_A_CITY = frozenset({Cut.MARKET, Cut.CATEGORY, Cut.SIZE})


def _suppressed_share(cells: Iterable[CellRow], system: System) -> float:
    """Of the value of the quarter in cells that cut a city's contract value and execution by market, category or
    size: the part that is withheld. Amounts are taken without their signs, in US dollars."""
    withheld = total = 0
    for cell in cells:
        is_amount = cell.measure in (Measure.CONTRACT, Measure.EXECUTION)
        if is_amount and cell.span == Span.QUARTER and cell.cut in BELOW_A_CITY and _is_city(cell.place):
            total += abs(cell.usd_cents)
            withheld += abs(cell.usd_cents) if cell.status != Status.PUBLIC else 0
    return round(withheld / total, 4) if total else 0.0


def _is_city(place: str) -> bool:
    """A division of GB/T 2260 that is not a province: 520100, not 520000."""
    return place.isdigit() and not place.endswith("0000")


# ── Afterwards ───────────────────────────────────────────────────────────────────────────────────


def keep_audit(
    release: Release, found: Outcome, *, at: datetime, by: UUID | None, is_full: bool = False,
    table: str = "",
) -> Audit:  # fmt: skip
    """Keep what an audit found with its release."""
    row = Audit(
        release=release, made_at=at, made_by=by, is_full=is_full, is_safe=found.safe, summary=found.as_json(),
    )  # fmt: skip
    if table:
        row.intervals_file.save(f"{release.name}-intervals.csv", ContentFile(table.encode("utf-8")), save=False)
    row.save()
    return row


@dataclass(frozen=True)
class Audited:
    """An audit of a release as it is stored; `table` has what an outsider can tell of each withheld figure, as CSV."""

    outcome: Outcome
    table: str


def audit(release: Release, dimensions: Dimensions, *, is_full: bool = True, progress: Progress = untold) -> Audited:
    """Look at a release as an outsider can who knows everything published by then, this release included."""
    cells = cell_rows(release)
    quarter = release.quarter
    earlier = [book for book in earlier_books(quarter, release.as_of) if book.name != release.name]
    system = system_of(Book(release.name, quarter, cells), lists_of(dimensions, quarter), earlier)
    proofs = Proofs(system)
    found = proofs.whole()
    given_away = proofs.given_away(found.failed)
    summary = outcome(cells, system, found, given_away, Thresholds(**release.thresholds))
    if not is_full:
        return Audited(summary, "")
    table, narrowest = _table(cells, system, progress)
    return Audited(replace(summary, narrowest_protection=as_share(narrowest, summary.wanted_percent)), table)


def _table(cells: Sequence[CellRow], system: System, progress: Progress) -> tuple[str, float]:
    """Each withheld figure with its interval, as CSV, and the least reach of a sensitive one, in protections."""
    half = len(system.hidden)
    usd = intervals(system, DOLLARS, lambda done, _of: progress(done, 2 * half))
    cny = intervals(system, RENMINBI, lambda done, _of: progress(half + done, 2 * half))
    reach = {number: _reach(system.quantities[number], usd[number], cny[number]) for number in usd}
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(INTERVAL_COLUMNS)
    withheld = [pair for pair in zip(cells, system.of_cell) if pair[0].status != Status.PUBLIC]
    for cell, number in sorted(withheld, key=lambda pair: (pair[0].place, pair[0].key)):
        writer.writerow(_line(cell, usd.get(number), cny.get(number), reach.get(number)))
    return file.getvalue(), min((reach[number] for number in system.targets if number in reach), default=float("inf"))


def _reach(one: Quantity, usd: Interval, cny: Interval) -> float:
    return min(usd.reach(one.usd, one.protect_usd), cny.reach(one.cny, one.protect_cny))


def _line(cell: CellRow, usd: Interval | None, cny: Interval | None, reach: float | None) -> list[object]:
    """Bounds are empty where there is none; what an earlier release told has itself for both."""
    told = usd or Interval(cell.usd_cents, cell.usd_cents), cny or Interval(cell.cny_cents, cell.cny_cents)
    shown = cell.status == Status.CONFIDENTIAL and reach is not None and reach < float("inf")
    return [
        cell.place, cell.span, cell.measure, cell.mode, cell.cut, cell.member, cell.status,
        cell.usd_cents, _cents(told[0].low), _cents(told[0].high),
        cell.cny_cents, _cents(told[1].low), _cents(told[1].high), f"{reach:.3f}" if shown else "",
    ]  # fmt: skip


def _cents(bound: float | None) -> str:
    return "" if bound is None else f"{bound:.0f}"
