"""A question answered from published cells: every key of it, with its number or the mark that stands in its place."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from functools import cached_property
from itertools import product

from portal.lib.money import in_wan, rounded
from portal.statistics.builder import asking
from portal.statistics.builder.asking import COUNTS, EXPLAINING, MEASURE_OF, Asked, Question, Show
from portal.statistics.builder.cells import Found, cells_of
from portal.statistics.builder.marks import WITHHELD, Mark, Value
from portal.statistics.builder.selecting import Dimension, Selection, selection
from portal.statistics.dimensions import BASE_OF, NATION, THEN, Cut, Measure, Mode, Span
from portal.statistics.indicators import Base, Growth, growth, share
from portal.statistics.levels import Indicator, Level, ReleaseInfo, Table
from portal.statistics.themes import dated
from portal.statistics.themes.comparing import change

PAGE_LIMIT = 20_000
FILE_LIMIT = 200_000


class TooMany(Exception):
    """The question asks for more cells than are answered at once."""

    def __init__(self, cells: int, limit: int):
        super().__init__(f"{cells} cells, {limit} at most")
        self.cells, self.limit = cells, limit


@dataclass(frozen=True)
class Answer:
    """Every key of a question: see the head of the package."""

    selection: Selection
    values: Mapping[tuple[str, ...], Value] = field(repr=False)

    @property
    def question(self) -> Question:
        return self.selection.question

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return self.selection.dimensions

    @property
    def releases(self) -> list[ReleaseInfo]:
        return self.selection.known_releases

    def dimension(self, name: str) -> Dimension:
        return next(row for row in self.dimensions if row.name == name)

    @cached_property
    def marks(self) -> list[Mark]:
        """The marks that the table has, in the order of the legend."""
        found = {value.mark for value in self.values.values()}
        return [mark for mark in Mark if mark and mark in found]

    @property
    def has_low_base(self) -> bool:
        return any(value.is_low_base for value in self.values.values())

    @property
    def frozen(self) -> Question:
        """The same question naming its releases and members; lists stay lists where the address would grow too long."""
        named = replace(self.question, releases=tuple(row.name for row in self.releases), periods=(), doubts=())
        codes = {row.name: tuple(one.code for one in row.members) for row in self.dimensions}
        spelt = replace(named, places=codes[asking.PLACE], members=codes.get(named.cut, ()))
        return spelt if len(spelt.query) <= asking.LONGEST_ADDRESS else named

    @property
    def live(self) -> Question:
        """The same question of the newest release of the same periods, or as it was asked."""
        if not self.question.is_frozen:
            return replace(self.question, doubts=())
        periods = tuple(dict.fromkeys(name.partition("-")[0] for name in self.question.releases))
        return replace(self.question, releases=(), periods=periods, doubts=())


def size(question: Question) -> int:
    """The number of cells that a question asks for."""
    return selection(question).size


def answer(question: Question, limit: int = PAGE_LIMIT) -> Answer:
    """The question answered; raises TooMany above the limit. The same number of queries at any size."""
    chosen = selection(question)
    if chosen.size > limit:
        raise TooMany(chosen.size, limit)
    return Answer(chosen, _Counter(chosen).values())


# ── Values ───────────────────────────────────────────────────────────────────────────────────────


class _Counter:
    """Reads the cells of a selection once, and makes a value of each key."""

    def __init__(self, chosen: Selection):
        self.chosen, question = chosen, chosen.question
        self.cut = question.cut
        codes = {row.name: [member.code for member in row.members] for row in chosen.dimensions}
        self.codes = list(codes.values())
        spans = {*question.spans, *(BASE_OF[span] for span in question.spans)}
        found: Found = cells_of(
            chosen.known_releases, {*_now_and_then(codes[asking.PLACE]), NATION},
            {MEASURE_OF[asked] for asked in question.measures}, question.modes, self.cut,
            _now_and_then(codes.get(self.cut, ())), spans,
        )  # fmt: skip
        self.marks = found.marks
        self.tables = {key: table.told_in(question.currency) for key, table in found.tables.items()}
        self.gone = {(row.name, one.code) for row in chosen.dimensions for one in row.members if not one.is_known}
        self.changed_groups = _changed(chosen, codes.get(self.cut, ()), dated.market_groups)
        self.changed_regions = _changed(chosen, codes[asking.PLACE], dated.regions)

    def values(self) -> dict[tuple[str, ...], Value]:
        return {key: self._value(key) for key in product(*self.codes)}

    def _value(self, key: tuple[str, ...]) -> Value:
        figure, period, span, place, mode, *member = key
        release = self.chosen.releases[period]
        if release is None:
            return Value(None, Mark.ABSENT)
        asked, show = asking.figure_of(figure)
        cut = self.cut if member and member[0] != asking.WHOLE else Cut.WHOLE
        indicator = Indicator(MEASURE_OF[asked], Mode(mode), cut, asking.member_of(member[0]) if cut else "")
        now, then = self._places(release, place)
        if cut in EXPLAINING and asked in COUNTS or cut == Cut.BRIDGE and now != then:
            return Value(None, Mark.NOT_COUNTED)
        before = replace(indicator, member=member[0]) if self._is_other_then(release, *member) else indicator
        cell = _Cell(self, release, _Side(now, indicator), _Side(then, before), Span(span), asked)
        ways = {Show.LEVEL: cell.level, Show.BEFORE: cell.before, Show.GROWTH: cell.growth, Show.SHARE: cell.share}
        return ways[show]()

    def _is_other_then(self, release: ReleaseInfo, member: str = "") -> bool:
        """Is a group asked as then, and were its members of a year before others?"""
        return member.endswith(THEN) and member.removesuffix(THEN) in self.changed_groups[release.pk]

    def _places(self, release: ReleaseInfo, asked: str) -> tuple[str, str]:
        """What cells call a place now and a year before: apart where a region is asked as then and its list changed."""
        if not asked.endswith(THEN) or (asking.PLACE, asked) in self.gone:
            return asked, asked
        now = asked.removesuffix(THEN)
        return now, asked if now in self.changed_regions[release.pk] else now

    def mark(self, release: ReleaseInfo, side: "_Side", span: Span) -> Mark:
        """Why a level has no number, or that it has one: zero where the place has data and nothing was counted."""
        place, indicator = side.place, side.indicator
        key = (span, indicator.measure, indicator.mode, indicator.cut, indicator.member)
        if (release.pk, place, key) in self.marks:
            return self.marks[release.pk, place, key]
        # A region as it was then has its wholes alone.
        is_divided_then = indicator.cut and place.endswith(THEN) and (asking.PLACE, place) not in self.gone
        if not _is_counted(indicator, span) or is_divided_then:
            return Mark.NOT_COUNTED
        if self._is_gone(side) or indicator.cut and release.pk not in self.chosen.counted:
            return Mark.ABSENT
        return Mark.PUBLIC if self.tables[release.pk, place].has_data(span) else Mark.ABSENT

    def _is_gone(self, side: "_Side") -> bool:
        """Has no list the place or the member, whether asked as now or as then?"""
        member = side.indicator.member.removesuffix(THEN)
        codes = {(self.cut, member), (self.cut, f"{member}{THEN}")} if side.indicator.cut else set()
        return not self.gone.isdisjoint({(asking.PLACE, side.place), *codes})


def _now_and_then(codes: Iterable[str]) -> set[str]:
    """What cells call places or members; of a region or group as then, both as it is now and as it was."""
    return {asking.member_of(code) for code in codes} | {code for code in codes if code.endswith(THEN)}


def _changed(
    chosen: Selection, codes: Iterable[str], lists: Callable[[ReleaseInfo], Mapping[str, dated.DatedList]]
) -> dict[int, set[str]]:
    """By release, the groups or regions whose members of a year before were others, by the edition that it pinned.
    Nothing is read where none is asked as then."""
    if not any(code.endswith(THEN) for code in codes):
        return {}
    return {
        release.pk: {code for code, found in lists(release).items() if found.is_changed}
        for release in chosen.known_releases
    }


def _is_counted(indicator: Indicator, span: Span) -> bool:
    if indicator.measure == Measure.FIRMS:
        return indicator.mode == Mode.TOTAL and not indicator.cut
    if indicator.cut == Cut.BRIDGE and span not in asking.SPANS:
        return False
    of_the_quarter = indicator.cut in asking.OF_THE_QUARTER and span not in (Span.QUARTER, Span.QUARTER_BASE)
    return indicator.mode in asking.MODES_OF_CUT[indicator.cut] and not of_the_quarter


@dataclass(frozen=True)
class _Side:
    """One side of a comparison: what cells call the place, and what of it is meant."""

    place: str
    indicator: Indicator


@dataclass(frozen=True)
class _Cell:
    """One indicator of one place in one release, and the ways of telling it. `then` is what it was a year before."""

    counter: _Counter
    release: ReleaseInfo
    now: _Side
    then: _Side
    span: Span
    asked: Asked

    def mark(self, span: Span) -> Mark:
        return self.counter.mark(self.release, self._of(span), span)

    def _of(self, span: Span) -> _Side:
        return self.now if span == self.span else self.then

    def _table(self, side: _Side) -> Table:
        return self.counter.tables[self.release.pk, side.place]

    def _known(self, span: Span) -> Level:
        side = self._of(span)
        return self._table(side).level(side.indicator, span)

    def level(self) -> Value:
        return self._level(self.span)

    def before(self) -> Value:
        return self._level(BASE_OF[self.span])

    def _level(self, span: Span) -> Value:
        if mark := self.mark(span):
            return Value(None, mark)
        level = self._known(span)
        if self.asked in COUNTS:
            return Value(level.count, decimals=0)
        # Exactly nothing is 0, so that it is not taken for an amount that rounds to 0.00.
        return Value(shown(in_wan(level.cents))) if level.cents else Value(Decimal(0), decimals=0)

    def growth(self) -> Value:
        """As `Table.growth` tells it; a withheld side withholds the rate."""
        now, base = self.mark(self.span), self.mark(BASE_OF[self.span])
        if mark := _strongest(now, base):
            return Value(None, mark)
        if now or base == Mark.NOT_COUNTED:
            return Value(None, now or base)
        told = Growth(Base.ABSENT) if base else self._told()
        if told.rate is None:
            return Value(None, Mark.NO_RATE, told.base)
        return Value(shown(told.rate * 100), is_low_base=told.is_low_base)

    def _told(self) -> Growth:
        now, base = self._known(self.span), self._known(BASE_OF[self.span])
        if self.asked == Asked.CONTRACTS:
            return growth(now.count, base.count)
        if self.then != self.now:
            if self.asked == Asked.FIRMS:
                return growth(now.count, base.count)
            return change(now, base, self.release.low_base_floor)
        return self._table(self.now).growth(self.now.indicator, self.span)

    def share(self) -> Value:
        """Of the whole of its mode where a table is divided; of a mode, of the total; of a total, of the nation's."""
        whole = self._whole()
        if whole is None:
            return Value(None, Mark.NOT_COUNTED)
        part_mark, whole_mark = self.mark(self.span), self.counter.mark(self.release, whole, self.span)
        if mark := _strongest(part_mark, whole_mark) or part_mark or whole_mark:
            return Value(None, mark)
        part = _number(self._known(self.span), self.asked)
        told = share(part, _number(self._table(whole).level(whole.indicator, self.span), self.asked))
        return Value(None, Mark.NO_RATE, Base.ZERO) if told is None else Value(shown(told * 100))

    def _whole(self) -> _Side | None:
        one, place = self.now.indicator, self.now.place
        if one.cut == Cut.BRIDGE or not self.counter.cut and one.mode == Mode.OVERSEAS:
            return None
        if self.counter.cut:
            return _Side(place, Indicator(one.measure, one.mode))
        return _Side(NATION if one.mode == Mode.TOTAL else place, Indicator(one.measure))


def shown(number: Decimal) -> Decimal:
    """As it is shown: two decimals, and no minus before nothing."""
    return rounded(number) + 0


def _number(level: Level, asked: Asked) -> int:
    return (level.count if asked in COUNTS else level.cents) or 0


def _strongest(*marks: Mark) -> Mark:
    """Confidential before secondary; nothing where neither is withheld."""
    return next((mark for mark in WITHHELD if mark in marks), Mark.PUBLIC)
