"""A question answered from published cells: every key of it, with its number or the mark that stands in its place."""

from collections.abc import Iterable, Mapping
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
            chosen.known_releases, {*codes[asking.PLACE], NATION}, {MEASURE_OF[asked] for asked in question.measures},
            question.modes, self.cut, _members(codes.get(self.cut, ())), spans,
        )  # fmt: skip
        self.marks = found.marks
        self.tables = {key: table.told_in(question.currency) for key, table in found.tables.items()}
        self.gone = {
            (row.name, member.code.removesuffix(THEN))
            for row in chosen.dimensions
            for member in row.members
            if not member.is_known
        }
        self.changed = _changed_groups(chosen) if any(code.endswith(THEN) for code in codes.get(self.cut, ())) else {}

    def values(self) -> dict[tuple[str, ...], Value]:
        return {key: self._value(key) for key in product(*self.codes)}

    def _value(self, key: tuple[str, ...]) -> Value:
        figure, period, span, place, mode, *member = key
        release = self.chosen.releases[period]
        if release is None:
            return Value(None, Mark.ABSENT)
        asked, show = asking.figure_of(figure)
        cut = self.cut if member and member[0] != asking.WHOLE else Cut.WHOLE
        if cut in EXPLAINING and asked in COUNTS:
            return Value(None, Mark.NOT_COUNTED)
        indicator = Indicator(MEASURE_OF[asked], Mode(mode), cut, asking.member_of(member[0]) if cut else "")
        then = replace(indicator, member=member[0]) if self._is_other_then(release, *member) else indicator
        cell = _Cell(self, release, place, indicator, then, Span(span), asked)
        return {Show.LEVEL: cell.level, Show.BEFORE: cell.before, Show.GROWTH: cell.growth, Show.SHARE: cell.share}[
            show
        ]()

    def _is_other_then(self, release: ReleaseInfo, member: str = "") -> bool:
        """Is a group asked as then, and were its members of a year before others?"""
        return member.endswith(THEN) and member.removesuffix(THEN) in self.changed[release.pk]

    def mark(self, release: ReleaseInfo, place: str, indicator: Indicator, span: Span) -> Mark:
        """Why a level has no number, or that it has one: zero where the place has data and nothing was counted."""
        key = (span, indicator.measure, indicator.mode, indicator.cut, indicator.member)
        if (release.pk, place, key) in self.marks:
            return self.marks[release.pk, place, key]
        if not _is_counted(indicator, span):
            return Mark.NOT_COUNTED
        member = (self.cut, indicator.member.removesuffix(THEN))
        gone = (asking.PLACE, place) in self.gone or member in self.gone and indicator.cut
        if gone or indicator.cut and release.pk not in self.chosen.counted:
            return Mark.ABSENT
        return Mark.PUBLIC if self.tables[release.pk, place].has_data(span) else Mark.ABSENT


def _members(codes: Iterable[str]) -> set[str]:
    """What cells call the members of a question; of a group as then, both as it is now and as it was."""
    return {asking.member_of(code) for code in codes} | {code for code in codes if code.endswith(THEN)}


def _changed_groups(chosen: Selection) -> dict[int, set[str]]:
    """By release, the groups whose members of a year before were others, by the edition that it pinned."""
    return {
        release.pk: {code for code, found in dated.market_groups(release).items() if found.is_changed}
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
class _Cell:
    """One indicator of one place in one release, and the ways of telling it. `then` is what it was a year before."""

    counter: _Counter
    release: ReleaseInfo
    place: str
    indicator: Indicator
    then: Indicator
    span: Span
    asked: Asked

    @property
    def table(self) -> Table:
        return self.counter.tables[self.release.pk, self.place]

    def mark(self, span: Span) -> Mark:
        return self.counter.mark(self.release, self.place, self._of(span), span)

    def _of(self, span: Span) -> Indicator:
        return self.indicator if span == self.span else self.then

    def level(self) -> Value:
        return self._level(self.span)

    def before(self) -> Value:
        return self._level(BASE_OF[self.span])

    def _level(self, span: Span) -> Value:
        if mark := self.mark(span):
            return Value(None, mark)
        level = self.table.level(self._of(span), span)
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
        now, base = self.table.level(self.indicator, self.span), self.table.level(self.then, BASE_OF[self.span])
        if self.asked == Asked.CONTRACTS:
            return growth(now.count, base.count)
        if self.then != self.indicator:
            return change(now, base, self.release.low_base_floor)
        return self.table.growth(self.indicator, self.span)

    def share(self) -> Value:
        """Of the whole of its mode where a table is divided; of a mode, of the total; of a total, of the nation's."""
        whole, place = self._whole()
        if whole is None:
            return Value(None, Mark.NOT_COUNTED)
        part_mark, whole_mark = self.mark(self.span), self.counter.mark(self.release, place, whole, self.span)
        if mark := _strongest(part_mark, whole_mark) or part_mark or whole_mark:
            return Value(None, mark)
        table = self.counter.tables[self.release.pk, place]
        part = _number(self.table.level(self.indicator, self.span), self.asked)
        told = share(part, _number(table.level(whole, self.span), self.asked))
        return Value(None, Mark.NO_RATE, Base.ZERO) if told is None else Value(shown(told * 100))

    def _whole(self) -> tuple[Indicator | None, str]:
        one = self.indicator
        if one.cut == Cut.BRIDGE:
            return None, self.place
        if self.counter.cut:
            return Indicator(one.measure, one.mode), self.place
        if one.mode == Mode.OVERSEAS:
            return None, self.place
        return Indicator(one.measure), NATION if one.mode == Mode.TOTAL else self.place


def shown(number: Decimal) -> Decimal:
    """As it is shown: two decimals, and no minus before nothing."""
    return rounded(number) + 0


def _number(level: Level, asked: Asked) -> int:
    return (level.count if asked in COUNTS else level.cents) or 0


def _strongest(*marks: Mark) -> Mark:
    """Confidential before secondary; nothing where neither is withheld."""
    return next((mark for mark in WITHHELD if mark in marks), Mark.PUBLIC)
