"""Releases counted from facts that nobody filed, in the association that the benches measure in."""

from functools import cache
from pathlib import Path

import duckdb

from bench.association import NOW, prepared
from bench.facts import Synthetic
from portal.filings.models.period import Period
from portal.reference.queries import editions_at
from portal.statistics.cube import CellRow, Cube, CubeFiling
from portal.statistics.dimensions import Cut, Measure, Mode, Span, Status, Thresholds
from portal.statistics.facts import Gathered
from portal.statistics.models import Cell, Concentration, Publication, Release
from portal.statistics.queries import ReleaseInfo, release_named

# Nothing is withheld: every figure is read in full.
OPEN = Thresholds(min_firms=1, dominance_percent=100, p_percent=0)


class Counting:
    """A release of these facts, to be counted: everything that there is before the file of facts is opened."""

    def __init__(self, synthetic: Synthetic, parquet: Path):
        self.synthetic, self.parquet = synthetic, parquet
        gathered = Gathered(synthetic.quarter, NOW, [], frozenset(), [], {}, frozenset(), editions_at(NOW))
        self.dimensions = gathered.dimensions()
        self.filings: list[CubeFiling] = list(synthetic.filings())
        self.cells: list[CellRow] = []
        self.cube: Cube | None = None

    def run(self) -> None:
        """From the file of facts to cells."""
        self.cube = Cube(self.parquet, self.filings, self.dimensions)
        self.cells = self.cube.cells(OPEN)

    def write(self) -> Release:
        """The release and its cells, in the portal's own tables."""
        release = _release(self.synthetic)
        Cell.objects.write(release, self.cells)
        return release


def _published(release: Release) -> ReleaseInfo:
    Publication.objects.create(release=release, published_at=NOW)
    return release_named(release.name)


def _release(synthetic: Synthetic) -> Release:
    quarter = synthetic.quarter
    dates = dict.fromkeys(("opens_on", "due_on", "locks_on"), quarter.last_day)
    Period.objects.get_or_create(
        code=str(quarter), defaults={"first_on": quarter.first_day, "last_on": quarter.last_day} | dates
    )
    number = Release.objects.filter(period=str(quarter)).count() + 1
    return Release.objects.create(
        name=f"{quarter}-{number}", period_id=str(quarter), number=number, as_of=NOW, digest="0" * 64,
        fact_count=synthetic.facts, firm_count=synthetic.firms, editions={}, belt_and_road_list="bri65", min_firms=1,
        low_base_floor=0, facts_file="none.parquet",
    )  # fmt: skip


@cache
def facts_of(count: int, quarters: int = 8) -> Path:
    """The file of so many facts, written once in a run."""
    folder = prepared().parent
    return Synthetic(count, quarters=quarters).write(folder / f"facts-{count}-{quarters}.parquet")


@cache
def made(count: int) -> ReleaseInfo:
    """A release of so many facts, written once in a run."""
    counting = Counting(Synthetic(count), facts_of(count))
    counting.run()
    release = counting.write()
    Concentration.objects.write(release, counting.cube.concentrations(OPEN))
    return _published(release)


@cache
def over_quarters(count: int, quarters: int = 40) -> list[ReleaseInfo]:
    """So many facts spread over ten years: a release for each quarter, with the whole of every division in it."""
    parquet, last = facts_of(count, quarters), Synthetic(count).quarter
    with duckdb.connect(":memory:") as db:
        rows = db.execute(
            "SELECT period, place, measure, mode, SUM(usd_cents)::BIGINT, SUM(cny_cents)::BIGINT, SUM(count)::BIGINT, "
            "COUNT(DISTINCT controller) FROM (SELECT *, unnest(['CN', division]) AS place FROM read_parquet(?)) "
            "GROUP BY ALL ORDER BY ALL", [str(parquet)],
        ).fetchall()  # fmt: skip
    of: dict[str, list[CellRow]] = {}
    for period, place, measure, mode, *amounts in rows:
        of.setdefault(period, []).append(
            CellRow(Span.QUARTER, place, measure, mode, Cut.WHOLE, "", *amounts, Status.PUBLIC)
        )
    quarters_back = [last.shift(-back) for back in reversed(range(quarters))]
    releases = {one: _release(Synthetic(count, quarter=one)) for one in quarters_back}
    for one, release in releases.items():
        Cell.objects.write(release, [*_filed(), *of[str(one)]])
    return [_published(release) for release in releases.values()]


def _filed() -> list[CellRow]:
    return [CellRow(Span.QUARTER, "CN", Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, "", 0, 0, 1, 1, Status.PUBLIC)]
