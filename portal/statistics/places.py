"""Places that figures are given for: the nation, divisions, and the regions of schemes."""

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


def place_around(place: Place) -> Place | None:
    """What a place stands in: a city's province, a region's scheme (which has no figures of its own)."""
    if place.kind == "region":
        scheme = RegionScheme.objects.get(code=place.parent)
        return Place(scheme.code, scheme.name_zh, scheme.name_en, "scheme")
    return place_named(place.parent) if place.parent else None
