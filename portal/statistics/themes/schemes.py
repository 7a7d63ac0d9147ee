"""Region schemes: the four regions, city clusters, demonstration cities, on equal footing and as they were then."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.statistics import headlines
from portal.statistics.dimensions import NATION, THEN, Measure, Span
from portal.statistics.levels import ABSENT, Indicator, Table
from portal.statistics.places import places_named
from portal.statistics.themes import dated
from portal.statistics.themes.comparing import Levels, Line, Subject, bars_of, by_size, levels_of, line
from portal.statistics.themes.dated import CountedBy, DatedList, Member
from portal.statistics.themes.groups import ListUsed, MemberLine, list_used
from portal.statistics.themes.scope import Scope, Unknown
from portal.statistics.themes.sheets import Sheet, lines_sheet
from portal.statistics.themes.timeline import Series, Timeline, timeline
from portal.ui.charts import Bar

THEME = "schemes"
CONTRACT, EXECUTION = Indicator(Measure.CONTRACT), Indicator(Measure.EXECUTION)
FOREMOST = ("nbs4", "so_demo_city")


@dataclass(frozen=True)
class SchemeBlock:
    """A scheme with a line for each of its regions."""

    code: str
    name: str
    href: str
    doubt: str
    is_changed: bool
    lines: list[Line]


@dataclass(frozen=True)
class SchemesPage:
    scope: Scope
    title: str
    counted_by: CountedBy
    blocks: list[SchemeBlock]

    def sheet(self) -> Sheet:
        lines = [one for block in self.blocks for one in block.lines]
        return lines_sheet(THEME, self.scope, lines, f"regions edition {self.counted_by.edition}")


@dataclass(frozen=True)
class RegionPart:
    """A region of the scheme: its list, its line, and its places with their own figures."""

    used: ListUsed
    figures: Line
    members: list[MemberLine]
    idle: list[MemberLine]
    others: list[MemberLine]

    @property
    def rows(self) -> list[Line]:
        """The region, then all of its places."""
        return [self.figures, *(one.figures for one in [*self.members, *self.idle])]


@dataclass(frozen=True)
class SchemePage:
    scope: Scope
    code: str
    name: str
    source: str
    doubt: str
    title: str
    bars: list[Bar]
    lines: list[Line]
    parts: list[RegionPart]
    timeline: Timeline | None

    @property
    def heading(self) -> str:
        return self.name

    @property
    def counted_by(self) -> CountedBy:
        return CountedBy(self.name, self.parts[0].used.edition, self.parts[0].used.on)

    @property
    def is_changed(self) -> bool:
        return any(part.used.is_changed for part in self.parts)

    def sheet(self) -> Sheet:
        rows = [row for part in self.parts for row in part.rows]
        used = f"{self.code} edition {self.counted_by.edition} on {self.counted_by.on}"
        return lines_sheet(f"{THEME}-{self.code}", self.scope, rows, used)


# ── All schemes ──────────────────────────────────────────────────────────────────────────────────


def schemes_page(scope: Scope) -> SchemesPage:
    """Every scheme; a place may be in several, so each is read by itself."""
    regions = dated.regions(scope.release)
    tables = scope.tables_of([NATION, *_with_then(regions.values())], [CONTRACT, EXECUTION])
    schemes: dict[str, list[DatedList]] = {}
    for found in regions.values():
        schemes.setdefault(found.within, []).append(found)
    order = sorted(schemes, key=lambda code: (code not in FOREMOST, code))
    blocks = [_block(scope, code, schemes[code], tables) for code in order]
    return SchemesPage(
        scope=scope,
        title=_title(blocks[0].lines) if blocks else _("Region schemes"),
        counted_by=dated.counted_by(scope.release, "regions"),
        blocks=blocks,
    )


def _with_then(regions: Sequence[DatedList]) -> list[str]:
    """The regions as places, and those of last year's members where they differed."""
    return [code for one in regions for code in (one.code, *([f"{one.code}{THEN}"] if one.is_changed else []))]


def _block(scope: Scope, code: str, regions: Sequence[DatedList], tables: Mapping[str, Table]) -> SchemeBlock:
    return SchemeBlock(
        code=code,
        name=regions[0].within_name,
        href=reverse("statistics:scheme-detail", args=[code]) + scope.link_query,
        doubt=regions[0].doubt,
        is_changed=any(one.is_changed for one in regions),
        lines=[_region_line(scope, one, tables) for one in sorted(regions, key=_in_order)],
    )


# East, centre, west, north-east: the order in which the four are always named.
_ORDER = ("east", "central", "west", "northeast")


def _in_order(region: DatedList) -> tuple[int, str]:
    tail = region.code.rpartition("-")[2]
    return (_ORDER.index(tail) if tail in _ORDER else len(_ORDER), region.code)


def _region_line(scope: Scope, found: DatedList, tables: Mapping[str, Table]) -> Line:
    levels = {item: _levels(scope, found, tables, item) for item in (CONTRACT, EXECUTION)}
    whole = tables[NATION].level(EXECUTION, scope.span)
    subject = Subject(found.code, found.name, _place_href(scope, found.code))
    return line(subject, levels[CONTRACT], levels[EXECUTION], whole, scope)


def _levels(scope: Scope, found: DatedList, tables: Mapping[str, Table], indicator: Indicator) -> Levels:
    levels = levels_of(tables[found.code], indicator, scope.span)
    if not found.is_changed:
        return levels
    then = tables.get(f"{found.code}{THEN}")
    return Levels(levels.now, levels.base, then.level(indicator, scope.base_span) if then else ABSENT)


def _place_href(scope: Scope, code: str) -> str:
    if scope.is_frozen:
        return reverse("statistics:place-release", args=[scope.release.name, code])
    return reverse("statistics:place-detail", args=[code]) + scope.query(place="")


def _title(lines: Sequence[Line]) -> str:
    """The largest published region with its share; never said of one that a withheld one could pass."""
    shares = [one for one in lines if one.share is not None]
    largest = max(shares, key=lambda one: one.share, default=None)
    if largest is None or (len(shares) < len(lines) and largest.share <= Decimal(50)):
        return _("Executed value by region")
    return headlines.of_provinces([largest.name], largest.share / 100)


# ── One scheme ───────────────────────────────────────────────────────────────────────────────────


def scheme_page(scope: Scope, code: str) -> SchemePage:
    """One scheme: its regions on both footings and over time, and the places in them. Raises Unknown."""
    regions = sorted((one for one in dated.regions(scope.release).values() if one.within == code), key=_in_order)
    if not regions:
        raise Unknown(_("There is no region scheme of this code."))
    places = sorted({member.code for one in regions for member in one.members})
    tables = scope.tables_of([NATION, *_with_then(regions), *places], [CONTRACT, EXECUTION])
    called = {place: found.name for place, found in places_named(places).items()}
    lines = [_region_line(scope, one, tables) for one in regions]
    return SchemePage(
        scope=scope,
        code=code,
        name=regions[0].within_name,
        source=regions[0].source,
        doubt=regions[0].doubt,
        title=_title(lines),
        bars=bars_of(lines),
        lines=lines,
        parts=[_part(scope, one, tables, called) for one in regions],
        timeline=_timeline(scope, regions),
    )


def _part(scope: Scope, found: DatedList, tables: Mapping[str, Table], called: Mapping[str, str]) -> RegionPart:
    members = _member_lines(scope, found.now, tables, called)
    return RegionPart(
        used=list_used(found, dict(called)),
        figures=_region_line(scope, found, tables),
        members=[one for one in members if one.figures.has_business],
        idle=[one for one in members if not one.figures.has_business],
        others=_member_lines(scope, found.others, tables, called),
    )


def _member_lines(
    scope: Scope, members: Sequence[Member], tables: Mapping[str, Table], called: Mapping[str, str]
) -> list[MemberLine]:
    by_code = {member.code: member for member in members}
    whole = tables[NATION].level(EXECUTION, scope.span)
    lines = [
        line(
            Subject(code, called.get(code, code), _place_href(scope, code)),
            levels_of(tables[code], CONTRACT, scope.span),
            levels_of(tables[code], EXECUTION, scope.span),
            whole,
            scope,
        )
        for code in by_code
    ]
    return [MemberLine(one, by_code[one.code]) for one in by_size(lines)]


def _timeline(scope: Scope, regions: Sequence[DatedList]) -> Timeline | None:
    """Each point by the places that were in the region on the last day of its own period."""
    tables = scope.over_time([one.code for one in regions], [EXECUTION])
    with_data = [
        row for row in scope.history if any(tables[row.name, one.code].has_data(Span.QUARTER) for one in regions)
    ]
    return timeline(
        with_data,
        [Series(one.name, [tables[row.name, one.code].level(EXECUTION) for row in with_data]) for one in regions],
    )
