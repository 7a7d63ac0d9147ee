"""Many places side by side: provinces with their cities, regions by scheme, the demonstration cities."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from portal.reference.queries import Entrants, names, scheme_tables
from portal.statistics import charts, headlines
from portal.statistics.dimensions import NATION, Currency, Measure, Span
from portal.statistics.levels import Indicator, ReleaseInfo, Table
from portal.statistics.places import Place, places_named
from portal.statistics.queries import places_with_data, tables
from portal.statistics.shown import Amount, Rate, amount, in_percent, rate
from portal.statistics.wording import table_unit
from portal.ui.tiles import Tile

DEMONSTRATION = "so_demo_city"
LEADING_PROVINCES = 6
IN_THE_TITLE = 3
MOST_FOUND = 60
CONTRACT, EXECUTION, FIRMS = Indicator(Measure.CONTRACT), Indicator(Measure.EXECUTION), Indicator(Measure.FIRMS)


@dataclass(frozen=True)
class PlaceLine:
    """A place as one row; the share is of all members' execution."""

    code: str
    name: str
    firms: int
    contract: Amount
    execution: Amount
    rate: Rate
    share: Decimal | None
    depth: int = 1


@dataclass(frozen=True)
class SchemeLines:
    code: str
    name: str
    doubt: str
    lines: list[PlaceLine]


@dataclass(frozen=True)
class ProvinceMap:
    """The provinces as squares, with the four cuts of their steps, and the leading ones as rows."""

    title: str
    leading: list[PlaceLine]
    tiles: list[Tile]
    cuts: list[Decimal]
    tile_unit: str
    unit: str


@dataclass(frozen=True)
class Atlas:
    """Every place of a release in which a firm filed."""

    map: ProvinceMap
    provinces: list[PlaceLine]
    schemes: list[SchemeLines]
    demonstration: list[PlaceLine]
    demonstration_count: int
    unit: str

    @property
    def all_lines(self) -> list[PlaceLine]:
        return [*self.provinces, *(line for scheme in self.schemes for line in scheme.lines)]


def atlas(release: ReleaseInfo, href: Callable[[str], str], currency: Currency = Currency.USD) -> Atlas:
    """All places with data and their figures; the same number of queries for any number of places or facts.

    `href` gives the address of a place's page by its code: the tiles lead there.
    """
    sides = _sides(release, currency)
    lines = {place.code: _line(place, sides.tables) for place in sides.places}
    schemes, demonstration, demonstration_count = _schemes(release, lines)
    return Atlas(
        map=_map(sides, href),
        provinces=_in_provinces(sides.places, lines),
        schemes=schemes,
        demonstration=demonstration,
        demonstration_count=demonstration_count,
        unit=table_unit(currency).label,
    )


def province_map(release: ReleaseInfo, href: Callable[[str], str]) -> ProvinceMap:
    """The provinces alone: four queries."""
    return _map(_sides(release), href)


@dataclass(frozen=True)
class _Sides:
    """Places with data side by side, and a table of the totals of each."""

    places: list[Place]
    tables: Mapping[str, Table]


def _sides(release: ReleaseInfo, currency: Currency = Currency.USD) -> _Sides:
    codes = places_with_data(release)
    found = tables([release], codes, [CONTRACT, EXECUTION], [Span.QUARTER, Span.QUARTER_BASE])
    told = {place: row.told_in(currency) for (_name, place), row in found.items()}
    return _Sides(list(places_named(codes).values()), told)


def _map(sides: _Sides, href: Callable[[str], str]) -> ProvinceMap:
    provinces = [place for place in sides.places if place.kind == "province"]
    leading = _leading([_line(place, sides.tables) for place in provinces])
    levels = {place.code: sides.tables[place.code].level(EXECUTION) for place in provinces}
    unit, decimals = charts.tile_unit(levels.values())
    squares, cuts = charts.province_tiles(levels, unit, decimals, {code: href(code) for code in levels})
    return ProvinceMap(
        title=_title(leading),
        leading=leading,
        tiles=squares,
        cuts=cuts,
        tile_unit=unit.label,
        unit=table_unit().label,
    )


def _line(place: Place, by_place: Mapping[str, Table]) -> PlaceLine:
    table = by_place[place.code]
    unit = table_unit(table.currency)
    nation = by_place.get(NATION)
    part, whole = table.level(EXECUTION), nation.level(EXECUTION) if nation else None
    shown = whole is not None and part.is_public and whole.is_public and whole.cents > 0
    return PlaceLine(
        code=place.code,
        name=place.name,
        firms=table.level(FIRMS).count or 0,
        contract=amount(table.level(CONTRACT), unit),
        execution=amount(part, unit),
        rate=rate(table.growth(EXECUTION)),
        share=in_percent(Decimal(part.cents) / whole.cents) if shown else None,
        depth=1 if place.parent is None or place.kind == "region" else 2,
    )


def _in_provinces(places: Iterable[Place], lines: Mapping[str, PlaceLine]) -> list[PlaceLine]:
    """Each province followed by its cities, in the order of their codes."""
    codes = sorted(place.code for place in places if place.kind not in ("nation", "region"))
    return [lines[code] for code in codes]


def _schemes(release: ReleaseInfo, lines: Mapping[str, PlaceLine]) -> tuple[list[SchemeLines], list[PlaceLine], int]:
    """Schemes with data, and apart from them the demonstration cities with data and how many there are."""
    schemes: list[SchemeLines] = []
    demonstration: list[PlaceLine] = []
    count = 0
    for scheme, regions in scheme_tables(release.quarter.last_day):
        rows = [lines[region.region.code] for region in regions if region.region.code in lines]
        if rows:
            schemes.append(SchemeLines(scheme.code, scheme.name, scheme.doubt, rows))
        if scheme.code == DEMONSTRATION:
            members = {
                place.code for region in regions for entrants in region.entrants
                if _in_force(entrants, release) for place in entrants.places
            }  # fmt: skip
            demonstration = [lines[code] for code in sorted(members) if code in lines]
            count = len(members)
    return schemes, demonstration, count


def _in_force(entrants: Entrants, release: ReleaseInfo) -> bool:
    day = release.quarter.last_day
    return (entrants.since_on is None or entrants.since_on <= day) and (
        entrants.until_on is None or entrants.until_on >= day
    )


def _leading(provinces: Sequence[PlaceLine]) -> list[PlaceLine]:
    """The largest of the provinces whose execution is published."""
    public = [line for line in provinces if line.execution.value]
    return sorted(public, key=lambda line: (-line.execution.value, line.code))[:LEADING_PROVINCES]


def _title(leading: Sequence[PlaceLine]) -> str:
    first = leading[:IN_THE_TITLE]
    shares = [line.share for line in first]
    share = None if None in shares or not shares else sum(shares) / 100
    return headlines.of_provinces([line.name for line in first], share)


# ── Looking a place up ───────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Found:
    code: str
    name: str
    within: str
    has_data: bool


def places_matching(text: str, with_data: Sequence[str]) -> list[Found]:
    """Divisions and regions whose name or code holds the text: two queries."""
    wanted = text.strip().casefold()
    if not wanted:
        return []
    divisions, regions = names("division"), names("region")
    province = {code: divisions[row.parent_id].name for code, row in divisions.items() if row.parent_id}
    found = [
        Found(code, row.name, province.get(code, ""), code in with_data)
        for code, row in [*divisions.items(), *regions.items()]
        if wanted in row.name_zh or wanted in row.name_en.casefold() or code.casefold().startswith(wanted)
    ]
    return sorted(found, key=lambda place: (not place.has_data, place.code))[:MOST_FOUND]
