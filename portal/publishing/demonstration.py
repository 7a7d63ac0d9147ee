"""Demonstration cities as the list of the reference data tells them: since when, in which batch, by which paper."""

from dataclasses import dataclass
from datetime import date

from portal.reference.queries import scheme_tables
from portal.statistics.atlas import DEMONSTRATION


@dataclass(frozen=True)
class DemonstrationCity:
    """`batch` counts the years in which cities were added, from 1; all on this list are national ones."""

    code: str
    year: int | None
    batch: int
    source: str


def demonstration_cities(on: date) -> dict[str, DemonstrationCity]:
    """Those on the list on a day, by code."""
    entrants = [
        one for scheme, regions in scheme_tables(on) if scheme.code == DEMONSTRATION
        for region in regions for one in region.entrants
    ]  # fmt: skip
    years = sorted({one.since_on.year for one in entrants if one.since_on})
    return {
        place.code: DemonstrationCity(
            place.code, one.since_on.year if one.since_on else None,
            years.index(one.since_on.year) + 1 if one.since_on else 0, one.source,
        )
        for one in entrants
        if (one.since_on is None or one.since_on <= on) and (one.until_on is None or one.until_on >= on)
        for place in one.places
    }  # fmt: skip
