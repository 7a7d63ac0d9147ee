"""What a release counts: facts known at a moment, and the lists that say where each belongs."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from portal.filings.queries import Fact, approved_contracts_at, facts_known_at, filings_known_at
from portal.lib.quarters import Quarter
from portal.members.queries import FirmFacts, consenting_firms, profiles_known_at
from portal.reference.models import Edition
from portal.reference.queries import edition_rows, editions_at
from portal.statistics.cube import CubeFact, CubeFiling, Dimensions
from portal.statistics.dimensions import (
    MEASURE_OF_KIND,
    NATION,
    THEN,
    Cut,
    Measure,
    periods_of,
    spans_with_sides,
)
from portal.statistics.rates import Rates


@dataclass(frozen=True)
class Gathered:
    """Everything that a release is made from, as known at one moment."""

    quarter: Quarter
    at: datetime
    facts: list[Fact]
    excluded: frozenset[str]
    filings: list[CubeFiling]
    profiles: dict[str, dict[int, FirmFacts]]
    consents: frozenset[int]
    editions: dict[str, Edition]

    def cube_facts(self) -> Iterator[CubeFact]:
        """Facts, each with what its firm was in its period."""
        rates = Rates(edition_rows(self.editions["rates"])) if "rates" in self.editions else Rates([])
        for fact in self.facts:
            profile = self.profiles[fact.period][fact.firm]
            usd_then, cny_then = rates.a_year_before(fact)
            yield CubeFact(
                firm=fact.contract[0],
                controller=profile.controller or fact.contract[0],
                contract=fact.contract[1],
                line=fact.key,
                version=fact.version,
                consented=int(fact.firm in self.consents),
                period=fact.period,
                occurred=str(Quarter.of(fact.on)),
                measure=Measure.SUBCONTRACTED if fact.key in self.excluded else MEASURE_OF_KIND[fact.kind],
                division=profile.division,
                size=profile.size_band,
                market=fact.market,
                category=fact.category,
                supply=fact.supply,
                new_mode=fact.new_mode,
                mode=fact.mode,
                count=1 if fact.kind == "signed" else 0,
                currency=fact.currency,
                cents=fact.amount_cents,
                usd_cents=fact.usd_cents,
                cny_cents=fact.cny_cents,
                usd_then_cents=usd_then,
                cny_then_cents=cny_then,
            )

    def dimensions(self) -> Dimensions:
        """Lists as they are on the quarter's last day, on both sides; and as they were a year before, for the base."""
        now, then = self.quarter.last_day, self.quarter.year_before.last_day
        groups = [_members(self.editions, "market_groups", "market_id", "group_id", day) for day in (now, then)]
        regions = [places(self.editions, day) for day in (now, then)]
        return Dimensions(
            spans=spans_with_sides(self.quarter),
            places=with_then(*regions),
            members=[
                *(("market", leaf, Cut.MARKET_GROUP, group, side) for leaf, group, side in with_then(*groups)),
                *category_members(self.editions),
            ],
        )


def with_then(now: list[tuple[str, str]], then: list[tuple[str, str]]) -> list[tuple[str, str, str]]:
    """(leaf, group, side): groups as now for both sides, and those that had other members then once more, for the
    base, as `group@then`."""
    pairs_now, pairs_then = set(now), set(then)
    differing = {group for _leaf, group in pairs_now ^ pairs_then}
    both = [(leaf, group, "") for leaf, group in now]
    return both + [(leaf, f"{group}{THEN}", "base") for leaf, group in then if group in differing]


def gather(quarter: Quarter, at: datetime, firm: int | None = None) -> Gathered:
    """Facts of the periods that a release of the quarter uses, as known at a moment; of one firm where it is named.

    A line taken over from another member is left out, at every level, when the prime contract is
    approved at that moment: so it is counted once, and cities add up to the total.
    """
    periods = periods_of(quarter)
    facts = list(facts_known_at(at, periods, firm))
    primes = approved_contracts_at(at, (fact.upstream for fact in facts if fact.upstream))
    firms = None if firm is None else [firm]
    profiles = {period: profiles_known_at(at, on=Quarter.parse(period).last_day, firms=firms) for period in periods}
    filings = [
        CubeFiling(row.code, row.period, profiles[row.period][row.firm].division)
        for row in filings_known_at(at, periods, firm)
    ]
    return Gathered(
        quarter=quarter,
        at=at,
        facts=facts,
        excluded=frozenset(fact.key for fact in facts if fact.upstream in primes),
        filings=filings,
        profiles=profiles,
        consents=consenting_firms(at),
        editions=editions_at(at),
    )


def _open(row: dict[str, str], day: date) -> bool:
    since, until = row["since_on"], row["until_on"]
    return (not since or since <= day.isoformat()) and (not until or day.isoformat() <= until)


def _members(editions: dict[str, Edition], name: str, leaf: str, group: str, day: date) -> list[tuple[str, str]]:
    """(leaf, group) pairs of a dated list on a day."""
    return sorted({(row[leaf], row[group]) for row in edition_rows(editions[name]) if _open(row, day)})


def market_groups(editions: dict[str, Edition], day: date) -> list[tuple[str, str]]:
    """Each market with the groups that hold it on a day."""
    return _members(editions, "market_groups", "market_id", "group_id", day)


def places(editions: dict[str, Edition], day: date) -> list[tuple[str, str]]:
    """Each division with all places that it is part of: the nation, itself, its province, its regions.

    A region that holds a province holds the province's cities.
    """
    regions: dict[str, list[str]] = {}
    for division, region in _members(editions, "regions", "division_id", "region_id", day):
        regions.setdefault(division, []).append(region)
    pairs: set[tuple[str, str]] = set()
    for row in edition_rows(editions["divisions"]):
        code, parent = row["code"], row["parent_id"]
        above = [code, *([parent] if parent else [])]
        pairs |= {(code, place) for place in [NATION, *above]}
        pairs |= {(code, region) for place in above for region in regions.get(place, [])}
    return sorted(pairs)


def category_members(editions: dict[str, Edition]) -> list[tuple[str, str, str, str, str]]:
    """Each category with itself and everything above it, its service-trade category, and whether it is digital."""
    rows = {row["code"]: row for row in edition_rows(editions["service_categories"])}
    members = [("category", leaf, Cut.CATEGORY.value, above, "") for leaf, above in category_levels(editions)]
    for code, row in rows.items():
        members.append(("category", code, Cut.TRADE.value, row["trade_category"] or "other", ""))
        members.append(("category", code, Cut.DIGITAL.value, _digital(row["is_digitally_deliverable"]), ""))
    return sorted(members)


def _digital(text: str) -> str:
    return {"1": "yes", "true": "yes", "0": "no", "false": "no"}.get(text.lower(), "unknown")


def category_levels(editions: dict[str, Edition]) -> list[tuple[str, str]]:
    """Each category with itself and everything above it."""
    parent = {row["code"]: row["parent_id"] for row in edition_rows(editions["service_categories"])}
    pairs = []
    for code in parent:
        above: str | None = code
        while above:
            pairs.append((code, above))
            above = parent.get(above)
    return sorted(pairs)
