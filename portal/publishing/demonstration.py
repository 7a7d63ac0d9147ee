"""Demonstration cities: the national ones as the reference data lists them, and those that provinces named."""

from dataclasses import dataclass
from datetime import date

from portal.publishing.models import ProvincialCity
from portal.reference.queries import scheme_tables
from portal.statistics.atlas import DEMONSTRATION

NATIONAL, PROVINCIAL = "national", "provincial"


@dataclass(frozen=True)
class DemonstrationCity:
    """A title of a city. `batch` counts, from 1, the years in which national cities were added, or is the province's
    own number; 0 where it is not known."""

    code: str
    year: int | None
    batch: int
    source: str
    level: str = NATIONAL


def demonstration_cities(on: date) -> dict[str, DemonstrationCity]:
    """The national ones on a day, by code."""
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


def provincial_cities() -> dict[str, DemonstrationCity]:
    """Those that provinces named, as editors entered them, by code."""
    rows = ProvincialCity.objects.filter(is_public=True)
    return {
        row.place_id: DemonstrationCity(row.place_id, row.year, row.batch or 0, row.source, PROVINCIAL) for row in rows
    }


def titles_of(code: str, on: date) -> list[DemonstrationCity]:
    """The titles of a city, the national one first: a city may hold both."""
    return [found[code] for found in (demonstration_cities(on), provincial_cities()) if code in found]
