"""Disclosure control at size: 20,000 cells in linked tables, and what is lost against the exact integer program."""

import random
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from bench.harness import Measured, bench
from portal.lib.quarters import Quarter
from portal.statistics.cube import Cube, CubeFact, CubeFiling, Dimensions, keep_facts
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Thresholds, spans_with_sides
from portal.statistics.disclosure.audit import DOLLARS, RENMINBI, intervals
from portal.statistics.disclosure.books import Book
from portal.statistics.disclosure.exact import least_loss
from portal.statistics.disclosure.proof import proof
from portal.statistics.disclosure.protect import protect
from portal.statistics.disclosure.relations import Lists
from portal.statistics.disclosure.system import System, size_of, system_of

QUARTER = Quarter(2020, 1)
ALLOWED = 600
SMALL = 12
MARKETS = ("USA", "JPN", "HKG", "DEU", "SGP", "KOR", "VNM", "GBR")
KINDS = ("ITO-1", "ITO-2", "BPO-1", "BPO-2", "KPO-1", "KPO-2")
CATEGORIES = tuple(f"{kind}-{number:02}" for kind in KINDS for number in (1, 2))
GROUPS = {"rcep": ("JPN", "KOR", "VNM"), "road": ("SGP", "VNM", "KOR")}


@bench("disclosure-20k", bound=1)
def at_size(folder: Path) -> Measured:
    """Seconds to protect and to audit a release of about 20,000 cells, as a share of ten minutes."""
    began = perf_counter()
    system = association(provinces=7, cities=4, firms=320, seed=7)
    counted = perf_counter()
    protect(system)
    protected = perf_counter()
    for currency in (DOLLARS, RENMINBI):
        intervals(system, currency)
    found = proof(system)
    seconds = perf_counter() - counted
    detail = {
        "cells": len(system.cells), "withheld": len(system.hidden), "failed": len(found.failed),
        "counting_seconds": round(counted - began, 1), "protecting_seconds": round(protected - counted, 1),
        "seconds": round(seconds, 1),
    }  # fmt: skip
    if found.failed:
        raise AssertionError(f"{len(found.failed)} quantities are not protected")
    return Measured("protect and audit", round(seconds / ALLOWED, 3), "of ten minutes", detail)


@bench("disclosure-loss", bound=1.3)
def loss(folder: Path) -> Measured:
    """What is withheld besides the sensitive figures of small tables, in cost, over the least there can be."""
    ours = least = 0.0
    for seed in range(SMALL):
        system = association(provinces=2, cities=2, firms=14, seed=seed, markets=3, categories=2, plain=True)
        for one in system.quantities:
            # Of small tables nothing is a headline: what counts is how many cells there are, and how large.
            one.cost = sum(size_of(system.cells[index]) for index in one.cells)
        least += least_loss(system)
        before = system.hidden
        protect(system)
        ours += sum(system.quantities[number].cost for number in system.hidden - before)
    detail = {"tables": SMALL, "exact": round(least), "ours": round(ours)}
    return Measured("ours ÷ exact", ours / least, "times", detail)


def association(
    *, provinces: int, cities: int, firms: int, seed: int, markets: int = 8, categories: int = 12, plain: bool = False
) -> System:
    """The system of a quarter's release of a made-up association; `plain` leaves out all but two cuts."""
    dice = random.Random(seed)
    places = [f"{10 + province}{city:02}00" for province in range(provinces) for city in range(1, cities + 1)]
    dimensions = _dimensions(places, MARKETS[:markets], CATEGORIES[:categories])
    facts, filings = [], []
    for number in range(firms):
        division = places[int(len(places) * dice.random() ** 1.5)]
        facts += _facts(dice, f"firm-{number:05}", division, markets, categories)
        filings += [CubeFiling(f"firm-{number:05}", period, division) for period in ("2019Q1", "2020Q1")]
    with TemporaryDirectory() as folder:
        snapshot = keep_facts(facts, Path(folder) / "facts.parquet")
        cells = Cube(snapshot.path, filings, dimensions).cells(Thresholds())
    if plain:
        cells = [cell for cell in cells if cell.cut in (Cut.WHOLE, Cut.MARKET) and cell.measure == Measure.EXECUTION
                 and cell.span == "quarter"]  # fmt: skip
    ends = {span: str(QUARTER if side == "now" else QUARTER.year_before) for _p, span, side, _t in dimensions.spans}
    return system_of(Book("", QUARTER, cells), Lists(dimensions.places, dimensions.members, ends))


def _facts(dice: random.Random, firm: str, division: str, markets: int, categories: int) -> list[CubeFact]:
    scale = 10 ** dice.uniform(5, 8)
    found = []
    for period in ("2019Q1", "2020Q1"):
        for line in range(dice.randint(1, 4)):
            usd = int(scale * dice.uniform(0.2, 1.5))
            found.append(_fact(dice, firm, division, period, line, usd, markets, categories))
    return found


def _fact(
    dice: random.Random, firm: str, division: str, period: str, line: int, usd: int, markets: int, categories: int
) -> CubeFact:
    abroad = dice.random() < 0.6
    rate = dice.uniform(6.8, 7.1)
    return CubeFact(
        firm=firm, controller=firm, contract=f"{firm}-{line}", line=f"{firm}-{period}-{line}", version=1, consented=0,
        period=period, occurred=period if dice.random() < 0.9 else f"{int(period[:4]) - 1}Q4",
        measure=dice.choice((Measure.EXECUTION, Measure.EXECUTION, Measure.CONTRACT)), division=division,
        size=dice.choice(("large", "medium", "small")), market=dice.choice(MARKETS[:markets]) if abroad else "CHN",
        category=dice.choice(CATEGORIES[:categories]), supply="cross_border", new_mode="",
        mode=Mode.OFFSHORE if abroad else Mode.ONSHORE, count=1, currency="USD", cents=usd, usd_cents=usd,
        cny_cents=int(usd * rate), usd_then_cents=usd, cny_then_cents=int(usd * (rate - 0.1)),
    )  # fmt: skip


def _dimensions(places: list[str], markets: tuple[str, ...], categories: tuple[str, ...]) -> Dimensions:
    pairs = [(place, above, "") for place in places for above in (NATION, f"{place[:2]}0000", place)]
    pairs += [(place, "east" if number % 3 else "west", "") for number, place in enumerate(places)]
    members = [("category", code, Cut.CATEGORY.value, above, "") for code in categories
               for above in (code, code[:5], code[:3])]  # fmt: skip
    members += [("market", code, Cut.MARKET_GROUP.value, group, "") for group, inside in GROUPS.items()
                for code in inside if code in markets]  # fmt: skip
    return Dimensions(spans_with_sides(QUARTER), pairs, members)
