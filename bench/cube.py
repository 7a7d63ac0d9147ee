"""Figures read from a release's cells against the ORM over all facts, and a release counted from millions of facts.

Each query is what one page shows, read as the page reads it. Before it is measured its every sum is held against the
ORM's, to the cent: nothing is withheld in these releases (`bench/releases.py`), so that all of it is read.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import duckdb
from django.db.models import Sum

from bench.facts import Synthetic, demonstration_cities, markets
from bench.harness import Measured, Side, bench
from bench.ledger import Fact, fill
from bench.releases import Counting, facts_of, made, over_quarters
from portal.reference.models import Division, ServiceCategory
from portal.statistics.concentrations import published_concentrations
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span
from portal.statistics.levels import Indicator, ReleaseInfo, Table
from portal.statistics.models import Concentration
from portal.statistics.queries import over_time, tables

SMALL, MIDDLE, LARGE = 100_000, 1_000_000, 10_000_000
MODES = (Mode.OFFSHORE, Mode.ONSHORE, Mode.OVERSEAS)
BOTH = (Span.QUARTER, Span.QUARTER_BASE)
QUARTERS = {"2020Q4": Span.QUARTER, "2019Q4": Span.QUARTER_BASE}
TIMES_READ = 10
Sums = dict[tuple, tuple[int, int]]


# ── What is read: from cells, and from facts ─────────────────────────────────────────────────────


def figures(release: ReleaseInfo, places: list[str], indicators: list[Indicator]) -> list[Table]:
    """Figures of many places in a quarter and a year before."""
    return list(tables([release], places, indicators, BOTH).values())


def sums_of(read: list[Table]) -> Sums:
    """What was read, by (place, span, mode, member)."""
    return {
        (table.place, span, mode, member): (level.usd_cents, level.cny_cents)
        for table in read
        for (span, measure, mode, _cut, member), level in table.cells.items()
        if measure != Measure.FIRMS
    }


def _grouped(rows, columns: dict[str, str]) -> Sums:
    names = list(columns.values())
    found = rows.values("period", *names).annotate(usd=Sum("usd_cents"), cny=Sum("cny_cents"), number=Sum("count"))
    asked = {"place": "", "mode": "", "member": ""} | columns
    return {
        (row[asked["place"]], QUARTERS[row["period"]], row.get(asked["mode"], Mode.TOTAL),
         row.get(asked["member"], "")): (row["usd"], row["cny"])
        for row in found
    }  # fmt: skip


def city_by_mode(release: ReleaseInfo) -> list[Table]:
    return figures(release, demonstration_cities(), [Indicator(Measure.EXECUTION, mode) for mode in MODES])


def city_by_mode_of_facts() -> Sums:
    rows = Fact.objects.filter(
        period__in=list(QUARTERS), measure=Measure.EXECUTION, division__in=demonstration_cities()
    )
    return _grouped(rows, {"place": "division", "mode": "mode"})


def city_by_market(release: ReleaseInfo) -> list[Table]:
    asked = [Indicator(Measure.EXECUTION, Mode.OFFSHORE, Cut.MARKET, market) for market in markets()]
    return figures(release, demonstration_cities(), asked)


def city_by_market_of_facts() -> Sums:
    rows = Fact.objects.filter(
        period__in=list(QUARTERS), measure=Measure.EXECUTION, mode=Mode.OFFSHORE, division__in=demonstration_cities()
    )
    return _grouped(rows, {"place": "division", "mode": "mode", "member": "market"})


def province_by_category(release: ReleaseInfo) -> list[Table]:
    """Provinces by the groups of the catalogue (its second level)."""
    groups = ServiceCategory.objects.filter(level=2).values_list("code", flat=True)
    asked = [Indicator(Measure.EXECUTION, Mode.TOTAL, Cut.CATEGORY, group) for group in groups]
    return figures(release, list(Division.objects.filter(level="province").values_list("code", flat=True)), asked)


def province_by_category_of_facts() -> Sums:
    """A municipality is its own province."""
    rows = Fact.objects.filter(period__in=list(QUARTERS), measure=Measure.EXECUTION).exclude(mode=Mode.OVERSEAS)
    in_province = _grouped(rows.filter(division__level="prefecture"),
                           {"place": "division__parent", "member": "category__parent"})  # fmt: skip
    itself = _grouped(rows.filter(division__level="province"), {"place": "division", "member": "category__parent"})
    return {
        key: tuple(map(sum, zip(in_province.get(key, (0, 0)), itself.get(key, (0, 0)), strict=True)))
        for key in in_province | itself
    }


def forty_quarters(releases: list[ReleaseInfo]) -> Sums:
    asked = [Indicator(measure, mode) for measure in (Measure.CONTRACT, Measure.EXECUTION) for mode in MODES]
    found = over_time(NATION, asked, releases)
    return {
        (release.period, item.measure, item.mode): (level.usd_cents, level.cny_cents)
        for item, levels in found.items()
        for release, level in zip(releases, levels, strict=True)
        if level.usd_cents
    }


def forty_quarters_of_facts() -> Sums:
    rows = Fact.objects.exclude(measure=Measure.SUBCONTRACTED).values("period", "measure", "mode")
    found = rows.annotate(usd=Sum("usd_cents"), cny=Sum("cny_cents"))
    return {(row["period"], row["measure"], row["mode"]): (row["usd"], row["cny"]) for row in found}


def city_by_firm(release: ReleaseInfo) -> int:
    """What a page tells of single firms: how much the largest hold, and how even the rest is."""
    return len(published_concentrations(release))


def city_by_firm_of_facts() -> Sums:
    """What it is worked out from: each firm of each city."""
    rows = Fact.objects.filter(period="2020Q4", measure__in=[Measure.CONTRACT, Measure.EXECUTION])
    found = rows.exclude(mode=Mode.OVERSEAS).values("division", "measure", "mode", "firm").annotate(
        usd=Sum("usd_cents"), cny=Sum("cny_cents")
    )  # fmt: skip
    return {(row["division"], row["measure"], row["mode"], row["firm"]): (row["usd"], row["cny"]) for row in found}


# ── Benches ──────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Query:
    """One page's data: from the release of so many facts, and from as many facts in the database."""

    read: Callable[[object], object]
    sum: Callable[[], Sums]
    release: Callable[[int], object] = made
    quarters: int = 8


QUERIES = {
    "city-by-mode": Query(city_by_mode, city_by_mode_of_facts),
    "city-by-market": Query(city_by_market, city_by_market_of_facts),
    "province-by-category": Query(province_by_category, province_by_category_of_facts),
    "40-quarters": Query(forty_quarters, forty_quarters_of_facts, over_quarters, 40),
    "city-by-firm": Query(city_by_firm, city_by_firm_of_facts),
}


def against_facts(query: Query, _folder: Path) -> tuple[Side, Side]:
    release = query.release(MIDDLE)
    fill_once(query.quarters)
    same_to_the_cent(query.read(release), query.sum(), release)
    return Side("cells", partial(query.read, release)), Side("ORM over 1 million facts", query.sum)


@cache
def _filled() -> list[int]:
    return []


def fill_once(quarters: int) -> None:
    """The table of facts has a million of these; filling takes half a minute."""
    if _filled() != [quarters]:
        fill(facts_of(MIDDLE, quarters))
        _filled()[:] = [quarters]


def same_to_the_cent(read: object, found: Sums, release: object) -> None:
    if isinstance(read, list):
        # The reader takes the whole along, for how many firms there are.
        asked = {(mode, member) for _place, _span, mode, member in found}
        read = {key: value for key, value in sums_of(read).items() if key[2:] in asked}
    elif isinstance(read, int):
        kept, cities = Concentration.objects.filter(release=release.pk).exclude(mode=Mode.TOTAL), demonstration_cities()
        read = {(row.place, row.measure, row.mode): row.usd_cents for row in kept if row.place in cities}
        whole: dict[tuple, int] = {}
        for (place, measure, mode, _firm), (usd, _cny) in found.items():
            whole[place, measure, mode] = whole.get((place, measure, mode), 0) + usd
        found = {key: whole[key] for key in read}
    if read != found:
        raise ValueError(f"{len(read.items() ^ found.items())} figures differ between cells and facts")


def growing(query: Query, _folder: Path) -> tuple[Side, Side]:
    """Several readings together, since one takes milliseconds."""
    large, small = query.release(LARGE), query.release(SMALL)

    def often(release: object) -> None:
        for _time in range(TIMES_READ):
            query.read(release)

    return Side("of 10 million facts", partial(often, large)), Side("of 100 thousand", partial(often, small))


for name, query in QUERIES.items():
    bench(f"cube-{name}-1m", bound=0.1)(partial(against_facts, query))


@bench("cube-build-10m", bound=3)
def build_10m(folder: Path) -> tuple[Side, Side]:
    return building(LARGE, folder)


@bench("cube-build-10m-memory", bound=2000)
def build_10m_memory(folder: Path) -> Measured:
    """In a process of its own."""
    command = [sys.executable, "-m", "bench.building", str(folder / "association"), str(facts_of(LARGE)), str(LARGE)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        raise RuntimeError(done.stderr)
    found = json.loads(done.stdout.splitlines()[-1])
    return Measured("peak of the process", found["megabytes"], "MB", found)


for name, query in QUERIES.items():
    bench(f"cube-{name}-growth", bound=1.5)(partial(growing, query))


def building(count: int, folder: Path) -> tuple[Side, Side]:
    """From Parquet to cells and their rows; against one plain grouping of the same file by all that any cell looks at,
    and the same rows."""
    counting = Counting(Synthetic(count), facts_of(count))

    def ours() -> None:
        counting.run()
        counting.write()

    def plain() -> None:
        with duckdb.connect(":memory:", config={"memory_limit": "1GB", "temp_directory": str(folder)}) as db:
            db.execute(FINEST.format(counting.parquet))
        counting.write()

    return Side("cube", ours, once=True), Side("plain grouping, and the same rows written", plain, once=True)


FINEST = """
CREATE TABLE leaves AS
SELECT period, division, measure, mode, firm, controller, consented, market, category, size, occurred, supply, new_mode,
       SUM(usd_cents) AS usd_cents, SUM(cny_cents) AS cny_cents, SUM(count) AS number
FROM read_parquet('{}') GROUP BY ALL
"""
