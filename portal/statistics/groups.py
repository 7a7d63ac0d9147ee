"""Whom a firm stands beside: itself, its city and province, its main category, its size, and the nation."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.members.queries import FirmFacts
from portal.reference.queries import names
from portal.statistics.benchmarks import Amounts, Key, main_members, stands_apart
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span
from portal.statistics.indicators import Growth
from portal.statistics.levels import Indicator, Known, Level, ReleaseInfo, Table
from portal.statistics.places import place_named
from portal.statistics.queries import guarded_tables
from portal.statistics.wording import SIZE_NAMES

GROUP_LEVEL = 2
SPANS = (Span.QUARTER, Span.QUARTER_BASE)


@dataclass(frozen=True)
class Group:
    """The firm itself, or others that it stands beside: cells of a place, or one category or size there."""

    name: str
    table: Table
    note: str = ""
    cut: Cut = Cut.WHOLE
    member: str = ""
    is_own: bool = False

    def of(self, measure: Measure, mode: Mode = Mode.TOTAL) -> Indicator:
        return Indicator(measure, mode, self.cut, self.member)

    def level(self, measure: Measure, mode: Mode = Mode.TOTAL) -> Level:
        return self.table.level(self.of(measure, mode))

    def growth(self, measure: Measure) -> Growth:
        return self.table.growth(self.of(measure))


def own_table(release: ReleaseInfo, spans: set[Span], cells: dict[Key, Amounts]) -> Table:
    """The firm's figures in the shape of a place's. One firm's base is always low: that mark is left to the rate."""
    levels = {key: Level(Known.PUBLIC, *amounts) for key, amounts in cells.items()}
    levels |= {(span, Measure.FIRMS, Mode.TOTAL, Cut.WHOLE, ""): Level(Known.PUBLIC, 0, 0, 1) for span in spans}
    return Table(replace(release, low_base_floor=0), "", levels)


def groups_beside(release: ReleaseInfo, profile: FirmFacts, cells: dict[Key, Amounts]) -> list[Group]:
    """City, province, main category, size and nation, narrowest first."""
    city = place_named(profile.division)
    province = place_named(city.parent) if city and city.parent else None
    places = [place for place in (city, province) if place]
    tables = guarded_tables(release, [*(place.code for place in places), NATION], cells)
    nation = tables[NATION]
    groups = _apart([Group(place.name, tables[place.code], _filed(tables[place.code])) for place in places])
    groups += _category_group(nation, cells)
    if profile.size_band in SIZE_NAMES:
        name = str(SIZE_NAMES[profile.size_band])
        groups.append(Group(name, nation, _("members nationwide"), Cut.SIZE, profile.size_band))
    everybody = Group(_("All members nationwide"), nation, _filed(nation))
    return [*groups, everybody] if everybody in _apart([*places_of(groups), everybody]) else groups


def places_of(groups: Sequence[Group]) -> list[Group]:
    return [group for group in groups if group.cut == Cut.WHOLE]


def _apart(places: Sequence[Group]) -> list[Group]:
    """Places, narrowest first, without those that a few firms more than the one before them would stand out in."""
    kept: list[Group] = []
    for place in places:
        if not kept or all(stands_apart(_count(kept[-1], span), _count(place, span)) for span in SPANS):
            kept.append(place)
    return kept


def _count(place: Group, span: Span) -> int:
    return place.table.level(Indicator(Measure.FIRMS), span).count or 0


def _filed(table: Table) -> str:
    count = table.level(Indicator(Measure.FIRMS)).count or 0
    return ngettext("%(count)d firm filing", "%(count)d firms filing", count) % {"count": count}


def _category_group(nation: Table, cells: dict[Key, Amounts]) -> list[Group]:
    """The category in which the firm executed most: its group, or its kind where too few others are in the group."""
    members = main_members(cells, Span.QUARTER, Mode.TOTAL, Cut.CATEGORY)
    called = names("category", members)
    for level in (GROUP_LEVEL, 1):
        for code in [code for code in members if called[code].level == level][:1]:
            group = Group(called[code].name, nation, _("members nationwide"), Cut.CATEGORY, code)
            if level == 1 or group.level(Measure.EXECUTION).is_public:
                return [group]
    return []
