"""A question with its codes and lists put into members: what there is to count, and how much of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import prod

from portal.statistics.builder import asking, wording
from portal.statistics.builder.asking import Question
from portal.statistics.builder.cells import members_counted, places_counted
from portal.statistics.builder.choices import Choices, Member, members_to_choose, places_to_choose
from portal.statistics.levels import ReleaseInfo
from portal.statistics.queries import published_releases
from portal.statistics.wording import point_label


@dataclass(frozen=True)
class Dimension:
    name: str
    label: str
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Selection:
    """A question with its codes and lists put into members. `releases` has one (or None) for each period."""

    question: Question
    dimensions: tuple[Dimension, ...]
    releases: Mapping[str, ReleaseInfo | None]
    places: Choices
    cut_members: Choices | None
    counted: Mapping[int, set[str]]

    @property
    def size(self) -> int:
        return prod(len(dimension.members) for dimension in self.dimensions)

    @property
    def known_releases(self) -> list[ReleaseInfo]:
        return [release for release in self.releases.values() if release]


def selection(question: Question) -> Selection:
    """Codes and lists as members, with what else could be chosen."""
    releases = _releases(question)
    known = [release for _member, release in releases if release]
    newest = max(known, key=lambda row: (row.period, row.number), default=None)
    places = places_to_choose(newest, places_counted(known))
    counted = members_counted(known, question.cut) if question.cut else {}
    cut_members = members_to_choose(question.cut, newest, set().union(*counted.values())) if question.cut else None
    members = {
        asking.FIGURE: [Member(code, wording.figure_name(code)) for code in question.figures],
        asking.PERIOD: [member for member, _release in releases],
        asking.SPAN: [Member(span.value, str(wording.SPAN_NAMES[span])) for span in question.spans],
        asking.PLACE: places.chosen(question.places),
        asking.MODE: [Member(mode.value, wording.mode_name(mode)) for mode in question.modes],
    }
    if cut_members:
        members[question.cut] = cut_members.chosen(question.members)
    dimensions = tuple(Dimension(name, wording.dimension_name(name), tuple(rows)) for name, rows in members.items())
    by_code = {member.code: release for member, release in releases}
    return Selection(question, dimensions, by_code, places, cut_members, counted)


def _releases(question: Question) -> list[tuple[Member, ReleaseInfo | None]]:
    """A member for each period asked, with its release: one query. Unknown ones have none."""
    published = published_releases()
    if question.is_frozen:
        return _named(question.releases, published)
    newest: dict[str, ReleaseInfo] = {}
    for release in published:
        newest.setdefault(release.period, release)
    wanted: dict[str, None] = {}
    for text in question.periods:
        count = asking.last_periods(text)
        wanted |= dict.fromkeys([text] if count is None else list(newest)[: count or None])
    found = [(_period(code, newest.get(code), code), newest.get(code)) for code in sorted(wanted)]
    return found or [(_period(question.periods[0], None, ""), None)]


def _named(names: Sequence[str], published: Sequence[ReleaseInfo]) -> list[tuple[Member, ReleaseInfo | None]]:
    """Releases by their names; two of one period are told apart by their numbers."""
    by_name = {release.name: release for release in published}
    periods = [name.partition("-")[0] for name in names]
    found = []
    for name in sorted(names):
        period = name.partition("-")[0]
        release, code = by_name.get(name), name if periods.count(period) > 1 else period
        found.append((_period(code, release, name), release))
    return found


def _period(code: str, release: ReleaseInfo | None, asked: str) -> Member:
    if release is None:
        return Member(code, wording.gone_name(asking.PERIOD, asked or code), is_known=False)
    label = point_label(release.quarter)
    return Member(code, label if code == release.period else f"{label}（{release.name}）")
