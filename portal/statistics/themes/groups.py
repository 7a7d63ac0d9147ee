"""Market groups: each dated list of markets with its offshore business, and one of them in full."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.reference.queries import names
from portal.statistics.dimensions import THEN, Cut, Measure, Mode
from portal.statistics.headlines import is_plain
from portal.statistics.levels import Indicator
from portal.statistics.phrases import growth_in_words
from portal.statistics.themes import dated
from portal.statistics.themes.comparing import Levels, Line, Subject, bars_of, by_size, levels_of, line
from portal.statistics.themes.dated import CountedBy, DatedList, Member
from portal.statistics.themes.scope import Scope, Unknown
from portal.statistics.themes.sheets import Sheet, lines_sheet
from portal.statistics.themes.timeline import Timeline, of_place
from portal.statistics.wording import MEASURE_NAMES, amount_in_words, percent_in_words, when
from portal.ui.charts import Bar

THEME = "groups"
MEASURES = (Measure.CONTRACT, Measure.EXECUTION)


@dataclass(frozen=True)
class ListUsed:
    """A dated list as a page names it."""

    code: str
    name: str
    edition: int
    on: date
    base_on: date
    member_count: int
    is_belt_and_road: bool
    source: str
    doubt: str
    joined: str
    left: str

    @property
    def is_changed(self) -> bool:
        return bool(self.joined or self.left)


@dataclass(frozen=True)
class GroupsPage:
    scope: Scope
    title: str
    has_business: bool
    bars: list[Bar]
    lines: list[Line]
    lists: list[ListUsed]
    counted_by: CountedBy

    def sheet(self) -> Sheet:
        return lines_sheet(THEME, self.scope, self.lines, f"market_groups edition {self.counted_by.edition}")


@dataclass(frozen=True)
class MemberLine:
    """A market of the list: since when, by which source, and what business came from it."""

    figures: Line
    member: Member


@dataclass(frozen=True)
class GroupPage:
    scope: Scope
    used: ListUsed
    title: str
    whole: Line
    contract: Line
    bars: list[Bar]
    members: list[MemberLine]
    idle: list[MemberLine]
    others: list[MemberLine]
    timeline: Timeline | None

    @property
    def heading(self) -> str:
        return self.used.name

    @property
    def counted_by(self) -> CountedBy:
        return CountedBy(self.used.name, self.used.edition, self.used.on)

    @property
    def rows(self) -> list[tuple[str, Line]]:
        """Both measures, each as a line whose execution columns hold it."""
        return [
            (str(MEASURE_NAMES[Measure.CONTRACT]), self.contract),
            (str(MEASURE_NAMES[Measure.EXECUTION]), self.whole),
        ]

    def sheet(self) -> Sheet:
        rows = [self.whole, *(one.figures for one in [*self.members, *self.idle])]
        used = f"{self.used.code} edition {self.used.edition} on {self.used.on}"
        return lines_sheet(f"{THEME}-{self.used.code}", self.scope, rows, used)


# ── All groups ───────────────────────────────────────────────────────────────────────────────────


def groups_page(scope: Scope) -> GroupsPage:
    """Every list with its offshore business; lists overlap, so they never add up."""
    lists = dated.market_groups(scope.release)
    called = _market_names([code for found in lists.values() for code in (*found.joined, *found.left)])
    lines = [_group_line(scope, found) for found in lists.values()]
    whole = scope.table.level(Indicator(Measure.EXECUTION, Mode.OFFSHORE), scope.span)
    return GroupsPage(
        scope=scope,
        title=_title_of_all(lists.values(), lines),
        has_business=bool(whole.cents or not whole.is_public),
        bars=bars_of(lines),
        lines=lines,
        lists=[list_used(found, called) for found in lists.values()],
        counted_by=dated.counted_by(scope.release, "market_groups"),
    )


def _group_line(scope: Scope, found: DatedList, *, href: bool = True) -> Line:
    levels = {measure: group_levels(scope, measure, found) for measure in MEASURES}
    whole = scope.table.level(Indicator(Measure.EXECUTION, Mode.OFFSHORE), scope.span)
    address = reverse("statistics:group-detail", args=[found.code]) + scope.link_query if href else ""
    subject = Subject(found.code, found.name, address)
    return line(subject, levels[Measure.CONTRACT], levels[Measure.EXECUTION], whole, scope)


def group_levels(scope: Scope, measure: Measure, found: DatedList) -> Levels:
    """A group's levels; the base as then only where the list of a year before was another."""
    indicator = Indicator(measure, Mode.OFFSHORE, Cut.MARKET_GROUP, found.code)
    levels = levels_of(scope.table, indicator, scope.span)
    if not found.is_changed:
        return levels
    then = Indicator(measure, Mode.OFFSHORE, Cut.MARKET_GROUP, f"{found.code}{THEN}")
    return Levels(levels.now, levels.base, scope.table.level(then, scope.base_span))


def _title_of_all(lists: Iterable[DatedList], lines: Sequence[Line]) -> str:
    """How far the Belt-and-Road share depends on the list; only of lists whose share may be shown."""
    of_belt_and_road = {found.code for found in lists if found.is_belt_and_road}
    shares = sorted(one.share / 100 for one in lines if one.code in of_belt_and_road and one.share is not None)
    if not shares or not shares[-1]:
        return _("Offshore business by market group")
    words = {"least": percent_in_words(shares[0]), "most": percent_in_words(shares[-1])}
    if shares[0] == shares[-1]:
        return _("Belt-and-Road markets make up %(most)s of offshore execution") % words
    return _("Belt-and-Road markets make up %(least)s to %(most)s of offshore execution, depending on the list") % words


def list_used(found: DatedList, called: dict[str, str]) -> ListUsed:
    return ListUsed(
        code=found.code,
        name=found.name,
        edition=found.edition,
        on=found.on,
        base_on=found.base_on,
        member_count=len(found.now),
        is_belt_and_road=found.is_belt_and_road,
        source=found.source,
        doubt=found.doubt,
        joined=_(", ").join(called.get(code, code) for code in found.joined),
        left=_(", ").join(called.get(code, code) for code in found.left),
    )


def _market_names(codes: Sequence[str]) -> dict[str, str]:
    return {code: row.name for code, row in names("market", sorted(set(codes))).items()}


# ── One group ────────────────────────────────────────────────────────────────────────────────────


def group_page(scope: Scope, code: str) -> GroupPage:
    """One list: its business now, on both bases and over time, and its members. Raises Unknown."""
    found = dated.market_groups(scope.release).get(code)
    if found is None:
        raise Unknown(_("There is no market group of this code."))
    called = _market_names([member.code for member in found.members])
    members = _member_lines(scope, found.now, called)
    levels = {measure: group_levels(scope, measure, found) for measure in MEASURES}
    return GroupPage(
        scope=scope,
        used=list_used(found, called),
        title=_title(scope, found, levels[Measure.EXECUTION]),
        whole=_group_line(scope, found, href=False),
        contract=_contract_line(scope, found, levels[Measure.CONTRACT]),
        bars=bars_of([one.figures for one in members if one.figures.execution.state or one.figures.execution.value]),
        members=[one for one in members if one.figures.has_business],
        idle=[one for one in members if not one.figures.has_business],
        others=_member_lines(scope, found.others, called),
        timeline=_timeline(scope, found),
    )


def _contract_line(scope: Scope, found: DatedList, levels: Levels) -> Line:
    """The contract value as a line of its own, with both bases: the line's execution columns hold it."""
    whole = scope.table.level(Indicator(Measure.CONTRACT, Mode.OFFSHORE), scope.span)
    return line(Subject(found.code, str(MEASURE_NAMES[Measure.CONTRACT])), levels, levels, whole, scope)


def _member_lines(scope: Scope, members: Sequence[Member], called: dict[str, str]) -> list[MemberLine]:
    whole = scope.table.level(Indicator(Measure.EXECUTION, Mode.OFFSHORE), scope.span)
    by_code = {member.code: member for member in members}
    lines = []
    for code in by_code:
        contract, execution = (
            levels_of(scope.table, Indicator(measure, Mode.OFFSHORE, Cut.MARKET, code), scope.span)
            for measure in MEASURES
        )
        lines.append(line(Subject(code, called.get(code, code)), contract, execution, whole, scope))
    return [MemberLine(one, by_code[one.code]) for one in by_size(lines)]


def _title(scope: Scope, found: DatedList, levels: Levels) -> str:
    if not levels.now.is_public:
        return _("Offshore business of the markets of %(group)s") % {"group": found.name}
    told = _("Offshore execution for %(group)s: %(amount)s in %(when)s") % {
        "group": found.name,
        "amount": amount_in_words(levels.now.cents, scope.currency),
        "when": when(scope.quarter, scope.span),
    }
    growth = levels.growth(scope.release.low_base_floor)
    if not is_plain(growth):
        return told
    return _("%(level)s, %(change)s") % {"level": told, "change": growth_in_words(growth)}


def _timeline(scope: Scope, found: DatedList) -> Timeline | None:
    """Each point by the list as it stood on the last day of its own period."""
    return of_place(
        scope,
        {
            str(MEASURE_NAMES[measure]): Indicator(measure, Mode.OFFSHORE, Cut.MARKET_GROUP, found.code)
            for measure in MEASURES
        },
    )
