"""What could be chosen: all members of a dimension in their order, and the lists of them that have a name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _

from portal.lib.quarters import Quarter
from portal.reference.models import Division, TradeCategory
from portal.reference.queries import names
from portal.statistics.builder import wording
from portal.statistics.builder.asking import EVERY, KINDS, MATCHED, NONE, PLACE, WHOLE
from portal.statistics.dimensions import NATION, THEN, Cut
from portal.statistics.levels import ReleaseInfo
from portal.statistics.places import WHOLE as NATIONWIDE
from portal.statistics.themes import dated
from portal.statistics.wording import point_label, region_label

PROVINCES, CITIES, DEMONSTRATION = "@provinces", "@cities", "@demonstration"
_DEMONSTRATION_REGION = "so_demo_city-all"
_KIND_ORDER = {"ITO": 0, "BPO": 1, "KPO": 2}


@dataclass(frozen=True)
class Member:
    """One of a dimension's members; `is_known` where a list has its code, `above` what it is a part of there.

    `depth` counts those above it; of chosen members, those that are chosen too. `counted_by` names the dated list that
    says what the member is made of, where one does.
    """

    code: str
    label: str
    is_known: bool = True
    depth: int = 0
    above: str = ""
    counted_by: str = ""


@dataclass(frozen=True)
class NamedList:
    """Members that are chosen together: `@provinces`."""

    code: str
    label: str
    members: Sequence[str]


@dataclass(frozen=True)
class Choices:
    """`counted` are the members that have figures in the releases asked."""

    dimension: str
    members: Mapping[str, Member]
    lists: Mapping[str, NamedList] = field(default_factory=dict)
    counted: Collection[str] = ()

    def chosen(self, codes: Iterable[str]) -> tuple[Member, ...]:
        """The members that codes and lists stand for, each once, in the order of the list; the unknown come last."""
        wanted: dict[str, None] = {}
        for code in codes:
            found = self.lists.get(code)
            wanted |= dict.fromkeys(found.members if found else [code])
        known = [self._beneath(member, wanted) for code, member in self.members.items() if code in wanted]
        return (*known, *(self.gone(code) for code in wanted if code not in self.members))

    def _beneath(self, member: Member, wanted: Collection[str]) -> Member:
        depth, above = 0, member.above
        while above in self.members:
            depth, above = depth + (above in wanted), self.members[above].above
        return replace(member, depth=depth)

    def gone(self, code: str) -> Member:
        return Member(code, wording.gone_name(self.dimension, code), is_known=False)


def _choices(
    dimension: str, members: Iterable[Member], lists: Iterable[NamedList], counted: Collection[str] = ()
) -> Choices:
    return Choices(dimension, {row.code: row for row in members}, {row.code: row for row in lists}, counted)


# ── Places ───────────────────────────────────────────────────────────────────────────────────────


def places_to_choose(newest: ReleaseInfo | None, counted: Collection[str]) -> Choices:
    """The nation, the regions of schemes, and the divisions with figures or of a named list: two queries.

    Each region could be asked as then as well; it is offered so where its places of a year before were others.
    """
    divisions = names("division")
    regions = dated.regions(newest) if newest else {}
    members = [Member(NATION, NATIONWIDE.name)]
    for row in regions.values():
        members += _now_and_then(Member(row.code, region_label(row.name, row.within_name), counted_by="regions"))
    members += [
        Member(code, row.name, depth=1 if row.parent_id else 0, above=row.parent_id or "")
        for code, row in sorted(divisions.items())
    ]
    then = {f"{code}{THEN}" for code, row in regions.items() if row.is_changed and code in counted}
    return _choices(PLACE, members, _place_lists(divisions, regions, counted), {*counted, *then})


def _now_and_then(member: Member) -> list[Member]:
    """A group or region, and the same each year by its own list."""
    return [member, replace(member, code=f"{member.code}{THEN}", label=wording.as_then(member.label))]


def _place_lists(
    divisions: Mapping[str, Division], regions: Mapping[str, dated.DatedList], counted: Collection[str]
) -> list[NamedList]:
    here = [row for code, row in sorted(divisions.items()) if code in counted]
    found = [
        NamedList(PROVINCES, _("All provinces with figures"), [row.code for row in here if not row.parent_id]),
        NamedList(CITIES, _("All cities with figures"), [row.code for row in here if row.parent_id]),
    ]
    if _DEMONSTRATION_REGION in regions:
        cities = sorted({row.code for row in regions[_DEMONSTRATION_REGION].now})
        found.append(NamedList(DEMONSTRATION, _("All demonstration cities"), cities))
    schemes: dict[str, list[dated.DatedList]] = {}
    for region in regions.values():
        schemes.setdefault(region.within, []).append(region)
    found += [
        NamedList(f"@{scheme}", rows[0].within_name, [row.code for row in rows])
        for scheme, rows in schemes.items()
        if len(rows) > 1
    ]
    for province in [row for row in here if not row.parent_id]:
        cities = [row.code for row in here if row.parent_id == province.code]
        if len(cities) > 1:
            found.append(
                NamedList(f"@{province.code}", _("Cities of %(province)s") % {"province": province.name}, cities)
            )
    return found


# ── Members of a cut ─────────────────────────────────────────────────────────────────────────────


def members_to_choose(cut: Cut, newest: ReleaseInfo | None, counted: Collection[str]) -> Choices:
    """Members of a cut, the whole before them: two queries at most."""
    makers: dict[Cut, Callable[[ReleaseInfo | None, Collection[str]], tuple[list[Member], list[NamedList]]]] = {
        Cut.MARKET: _markets, Cut.MARKET_GROUP: _market_groups, Cut.CATEGORY: _categories, Cut.TRADE: _trade,
        Cut.OCCURRED: _quarters, Cut.SAME_FIRM: _same_firms,
    }  # fmt: skip
    counted = {code or NONE for code in counted}
    if cut in makers:
        members, lists = makers[cut](newest, counted)
    else:
        members = [Member(code, str(label)) for code, label in wording.MEMBER_NAMES[cut].items()]
        lists = [NamedList(EVERY, _("All"), [row.code for row in members])]
    return _choices(cut, [Member(WHOLE, _("The whole")), *members], lists, counted)


def _every(members: Iterable[Member], counted: Collection[str], label: str) -> NamedList:
    return NamedList(EVERY, label, [row.code for row in members if row.code in counted])


def _markets(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    members = [Member(code, row.name) for code, row in sorted(names("market").items())]
    lists = [_every(members, counted, _("All markets with figures"))]
    for group in dated.market_groups(newest).values() if newest else ():
        codes = [row.code for row in members if row.code in {one.code for one in group.now} & set(counted)]
        lists.append(NamedList(f"@{group.code}", _("Markets of %(group)s") % {"group": group.name}, codes))
    return members, lists


def _market_groups(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    members = [
        Member(code, row.name, counted_by="market_groups") for code, row in sorted(names("market_group").items())
    ]
    both = [member for now in members for member in _now_and_then(now)]
    return both, [_every(members, counted, _("All groups with figures"))]


def _same_firms(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    """Firms that filed in both periods: one member, beside all firms, which it is to be compared with."""
    label = str(wording.MEMBER_NAMES[Cut.SAME_FIRM][MATCHED])
    return [Member(MATCHED, label)], [NamedList(EVERY, _("All firms, and the same firms"), [WHOLE, MATCHED])]


def _categories(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    rows = sorted(names("category").items(), key=lambda row: (_KIND_ORDER.get(row[0][:3], 9), row[0]))
    members = [Member(code, row.name, depth=row.level - 1, above=row.parent_id or "") for code, row in rows]
    labels = {KINDS: _("ITO, BPO and KPO"), "@groups": _("All groups (second level)"), "@classes": _("All classes")}
    lists = [
        NamedList(name, label, [row.code for row in members if row.depth == depth and row.code in counted])
        for depth, (name, label) in enumerate(labels.items())
    ]
    lists += [
        NamedList(f"@{code}", _("Groups of %(kind)s") % {"kind": code}, [
            beneath for beneath, one in rows if one.parent_id == code and beneath in counted
        ])
        for code, row in rows if row.level == 1
    ]  # fmt: skip
    return members, lists


def _trade(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    members = [Member(row.value, f"{row.value} {row.label}") for row in TradeCategory]
    if NONE in counted:
        members.append(Member(NONE, _("No category of trade in services")))
    return members, [_every(members, counted, _("All categories with figures"))]


def _quarters(newest: ReleaseInfo | None, counted: Collection[str]) -> tuple[list[Member], list[NamedList]]:
    members = [Member(code, point_label(Quarter.parse(code))) for code in sorted(counted)]
    return members, [_every(members, counted, _("All quarters with figures"))]
