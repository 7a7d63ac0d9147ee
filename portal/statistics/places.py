"""Places that figures are given for: the nation, divisions, and the regions of schemes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from portal.reference.models import RegionScheme
from portal.reference.queries import names
from portal.statistics.dimensions import NATION
from portal.ui.rendering import in_chinese


@dataclass(frozen=True)
class Place:
    code: str
    name_zh: str
    name_en: str
    kind: str
    parent: str | None = None

    def name_in(self, language: str) -> str:
        return self.name_zh if language.startswith("zh") else self.name_en

    @property
    def name(self) -> str:
        return self.name_zh if in_chinese() else self.name_en


WHOLE = Place(NATION, "全国会员企业", "All members nationwide", "nation")


def place_named(code: str) -> Place | None:
    return places_named([code]).get(code)


def places_named(codes: list[str]) -> dict[str, Place]:
    """Places by code, whatever kind each is: at most two queries."""
    divisions = names("division", codes)
    regions = names("region", [code for code in codes if code not in divisions])
    found = {NATION: WHOLE} if NATION in codes else {}
    for code, row in divisions.items():
        found[code] = Place(code, row.name_zh, row.name_en, row.level, row.parent_id)
    for code, row in regions.items():
        found[code] = Place(code, row.name_zh, row.name_en, "region", row.scheme_id)
    return found


def names_apart(places: Mapping[str, Place]) -> dict[str, str]:
    """Names by code. Where regions of two schemes bear one name, the scheme's goes along."""
    often = Counter(place.name for place in places.values())
    doubled = [place for place in places.values() if place.kind == "region" and often[place.name] > 1]
    schemes = {}
    if doubled:
        schemes = {row.code: row for row in RegionScheme.objects.filter(code__in={place.parent for place in doubled})}
    apart = {place.code: f"{place.name} · {_scheme_name(schemes[place.parent])}" for place in doubled}
    return {code: apart.get(code, place.name) for code, place in places.items()}


def _scheme_name(scheme: RegionScheme) -> str:
    return scheme.name_zh if in_chinese() else scheme.name_en


def place_around(place: Place) -> Place | None:
    """What a place stands in: a city's province, a region's scheme (which has no figures of its own)."""
    if place.kind == "region":
        scheme = RegionScheme.objects.get(code=place.parent)
        return Place(scheme.code, scheme.name_zh, scheme.name_en, "scheme")
    return place_named(place.parent) if place.parent else None
