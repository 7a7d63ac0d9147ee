"""Published cells as the builder reads them. What is withheld comes without its amount, and says in which way."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from portal.statistics.benchmarks import Key
from portal.statistics.builder.marks import Mark
from portal.statistics.dimensions import NATION, Cut, Measure, Mode, Span, Status
from portal.statistics.levels import SECONDARY, WITHHELD, Known, Level, ReleaseInfo, Table
from portal.statistics.models import Cell

_MARKS = {Status.PUBLIC: Mark.PUBLIC, Status.CONFIDENTIAL: Mark.CONFIDENTIAL, Status.SECONDARY: Mark.SECONDARY}
_WITHHELD = {Mark.CONFIDENTIAL: WITHHELD, Mark.SECONDARY: SECONDARY}


@dataclass(frozen=True)
class Found:
    """Tables by (release, place), and the marks of the cells that are in them."""

    tables: Mapping[tuple[int, str], Table] = field(repr=False)
    marks: Mapping[tuple[int, str, Key], Mark] = field(repr=False)


def cells_of(
    releases: Iterable[ReleaseInfo], places: Iterable[str], measures: Iterable[str], modes: Iterable[str],
    cut: str, members: Iterable[str], spans: Iterable[str],
) -> Found:  # fmt: skip
    """The cells that a table needs, with the wholes of their places: one query, whatever is asked."""
    by_pk, places = {release.pk: release for release in releases}, list(places)
    rows = Cell.objects.filter(
        release__in=list(by_pk), place__in=places, span__in=list(spans), measure__in={*measures, Measure.FIRMS},
        mode__in={*modes, Mode.TOTAL}, cut__in={cut, Cut.WHOLE}, member__in={*members, ""},
    ).values_list(
        "release", "place", "span", "measure", "mode", "cut", "member", "status", "usd_cents", "cny_cents", "count"
    )  # fmt: skip
    levels: dict[tuple[int, str], dict[Key, Level]] = {(pk, place): {} for pk in by_pk for place in places}
    marks: dict[tuple[int, str, Key], Mark] = {}
    for release, place, *rest in rows:
        key, mark = tuple(rest[:5]), _MARKS.get(rest[5], Mark.CONFIDENTIAL)
        marks[release, place, key] = mark
        levels[release, place][key] = Level(Known.PUBLIC, *rest[6:]) if not mark else _WITHHELD[mark]
    return Found({(pk, place): Table(by_pk[pk], place, found) for (pk, place), found in levels.items()}, marks)


def members_counted(releases: Iterable[ReleaseInfo], cut: str) -> dict[int, set[str]]:
    """By release, the members of a cut that any firm anywhere has: one query."""
    found: dict[int, set[str]] = {}
    rows = Cell.objects.filter(release__in=[row.pk for row in releases], place=NATION, cut=cut)
    for release, member in rows.values_list("release", "member").distinct():
        found.setdefault(release, set()).add(member)
    return found


def places_counted(releases: Iterable[ReleaseInfo]) -> set[str]:
    """Every place in which a firm filed for one of the releases: one query."""
    rows = Cell.objects.filter(
        release__in=[row.pk for row in releases], span=Span.QUARTER, measure=Measure.FIRMS, cut=Cut.WHOLE
    )
    return set(rows.values_list("place", flat=True).distinct())
