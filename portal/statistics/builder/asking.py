"""The question that an address asks, and the address that asks a question. Pure: no database, no clock.

An address is never wrong: what is not understood is kept as a doubt that the page tells, and the rest is answered.
A code is a member's own, or a whole list by its name behind an @: `place=CN,@demonstration`.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from portal.lib.quarters import Quarter
from portal.statistics.dimensions import NATION, TABULATED, THEN, Currency, Cut, Measure, Mode, Span


class Asked(StrEnum):
    """What is counted; `contracts` is the number of contracts signed."""

    CONTRACT = "contract"
    EXECUTION = "execution"
    CONTRACTS = "contracts"
    FIRMS = "firms"


class Show(StrEnum):
    """How it is told: its level, the level a year before, the growth between them, the share of the whole."""

    LEVEL = "level"
    BEFORE = "before"
    GROWTH = "growth"
    SHARE = "share"


MEASURE_OF = {
    Asked.CONTRACT: Measure.CONTRACT,
    Asked.EXECUTION: Measure.EXECUTION,
    Asked.CONTRACTS: Measure.CONTRACT,
    Asked.FIRMS: Measure.FIRMS,
}
COUNTS = (Asked.CONTRACTS, Asked.FIRMS)
SPANS = (Span.QUARTER, Span.TO_DATE)
CUTS = (
    Cut.MARKET, Cut.MARKET_GROUP, Cut.CATEGORY, Cut.SIZE, Cut.TRADE, Cut.DIGITAL, Cut.NEW_MODE, Cut.SUPPLY,
    Cut.OCCURRED, Cut.BRIDGE, Cut.SAME_FIRM,
)  # fmt: skip
# What explains growth: sums of amounts, without a number of contracts or firms of its own.
EXPLAINING = (Cut.BRIDGE, Cut.SAME_FIRM)
# In which modes a cut is counted; the whole is counted in all.
MODES_OF_CUT = {cut: modes for cut, (modes, _spans) in TABULATED.items()} | dict.fromkeys(
    EXPLAINING, (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)
)
# Counted for the quarter alone: its members are the quarters in which the events happened.
OF_THE_QUARTER = (Cut.OCCURRED,)

FIGURE, PERIOD, SPAN, PLACE, MODE = "figure", "period", "span", "place", "mode"
# Codes that mean no member of a list: the whole that a cut divides, and the members of a cut that have no code.
WHOLE, NONE, MATCHED = "whole", "none", "matched"
EVERY, KINDS = "@every", "@kinds"
NEWEST, ALL = "newest", "all"
MOST_CODES = 1000
LONGEST_CODE = 40
# Longer addresses are refused by servers on the way.
LONGEST_ADDRESS = 3000

_CODE = re.compile(rf"@?[A-Za-z0-9_-]{{1,40}}|[A-Za-z0-9_-]{{1,34}}{THEN}")
_LAST = re.compile(r"last([1-9]\d?)")
_RELEASE = re.compile(r"\d{4}Q[1-4]-[1-9]\d{0,3}")
_NAMES = (
    "release", "period", "measure", "show", "currency", "span", "place", "mode", *CUTS, "by", "rows", "cols", "sort",
)  # fmt: skip


@dataclass(frozen=True)
class Doubt:
    """What an address asked and nobody understood: the name of a parameter, and the text that it had."""

    name: str
    text: str


@dataclass(frozen=True)
class Question:
    """What is asked. Frozen when `releases` names some; live otherwise, by periods."""

    releases: tuple[str, ...] = ()
    periods: tuple[str, ...] = (NEWEST,)
    measures: tuple[Asked, ...] = (Asked.EXECUTION,)
    shows: tuple[Show, ...] = (Show.LEVEL,)
    currency: Currency = Currency.USD
    spans: tuple[Span, ...] = (Span.QUARTER,)
    places: tuple[str, ...] = (NATION,)
    modes: tuple[Mode, ...] = (Mode.TOTAL,)
    cut: Cut = Cut.WHOLE
    members: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    cols: tuple[str, ...] = ()
    sort: str = ""
    doubts: tuple[Doubt, ...] = ()

    @property
    def is_frozen(self) -> bool:
        return bool(self.releases)

    @property
    def figures(self) -> tuple[str, ...]:
        """Each measure as each way of telling it: `execution`, `execution_growth`."""
        return tuple(figure_code(asked, show) for asked in self.measures for show in self.shows)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Names of the dimensions of the answer, in their order."""
        return (FIGURE, PERIOD, SPAN, PLACE, MODE, *([self.cut] if self.cut else []))

    @property
    def query(self) -> str:
        """The address's question: the same for the same question, whatever the order in which it was put."""
        asked = {
            "release": self.releases,
            "period": () if self.is_frozen else self.periods,
            "measure": self.measures,
            "show": self.shows,
            "currency": (self.currency,),
            "span": self.spans,
            "place": self.places,
            "mode": self.modes,
            str(self.cut or "by"): self.members,
            "rows": self.rows,
            "cols": self.cols,
            "sort": (self.sort,) if self.sort else (),
        }
        return "&".join(f"{name}={quote(','.join(texts), safe=',@')}" for name, texts in asked.items() if texts)

    @property
    def transposed(self) -> "Question":
        """Rows as columns and columns as rows."""
        return replace(self, rows=self.cols, cols=self.rows, sort="")

    def sorted_by(self, sort: str) -> "Question":
        return replace(self, sort=sort)


def member_of(code: str) -> str:
    """A code of the question as cells of now have it; a group as then is the group itself."""
    return "" if code in (WHOLE, NONE, MATCHED) else code.removesuffix(THEN)


def figure_code(asked: Asked, show: Show) -> str:
    return asked.value if show == Show.LEVEL else f"{asked}_{show}"


def figure_of(code: str) -> tuple[Asked, Show]:
    """The measure and the way of telling it that a figure's code names."""
    asked, _mark, show = code.partition("_")
    return Asked(asked), Show(show or Show.LEVEL)


# ── Reading an address ───────────────────────────────────────────────────────────────────────────


def parse(params: Mapping[str, Sequence[str]]) -> Question:
    """The question of an address's parameters, each with its texts. Never raises."""
    reader = _Reader(params)
    cut, members = reader.cut()
    releases = tuple(sorted(reader.matching("release", _RELEASE)))
    periods = () if releases else reader.periods() or (NEWEST,)
    question = Question(
        releases=releases,
        periods=periods,
        measures=reader.words("measure", Asked) or (Asked.EXECUTION,),
        shows=reader.words("show", Show) or (Show.LEVEL,),
        currency=(reader.words("currency", Currency) or (Currency.USD,))[0],
        spans=reader.words("span", SPANS) or (Span.QUARTER,),
        places=reader.codes("place") or (NATION,),
        modes=reader.words("mode", Mode) or MODES_OF_CUT[cut][:1],
        cut=cut,
        members=members,
    )
    rows, cols = reader.words("rows", question.dimensions), reader.words("cols", question.dimensions)
    sort = reader.sort()
    return laid_out(replace(question, rows=rows, cols=cols, sort=sort, doubts=tuple(reader.doubts)))


class _Reader:
    """Reads texts of parameters, and keeps what it does not understand."""

    def __init__(self, params: Mapping[str, Sequence[str]]):
        self.params = params
        self.doubts = [Doubt(name[:LONGEST_CODE], "") for name in params if name not in _NAMES]

    def texts(self, name: str) -> list[str]:
        """The texts of a parameter, parted by commas, each once."""
        parts = (part.strip() for text in self.params.get(name, ()) for part in text.split(","))
        return list(dict.fromkeys(part for part in parts if part))

    def doubt(self, name: str, text: str) -> None:
        self.doubts.append(Doubt(name, text[:LONGEST_CODE]))

    def matching(self, name: str, form: re.Pattern) -> tuple[str, ...]:
        found = []
        for text in self.texts(name):
            if form.fullmatch(text) and len(found) < MOST_CODES:
                found.append(text)
            else:
                self.doubt(name, text)
        return tuple(found)

    def codes(self, name: str) -> tuple[str, ...]:
        return self.matching(name, _CODE)

    def words(self, name: str, allowed: Iterable) -> tuple:
        """Those of a short list, in its own order."""
        allowed, asked = list(allowed), self.texts(name)
        for text in asked:
            if text not in allowed:
                self.doubt(name, text)
        if name in ("rows", "cols"):
            return tuple(text for text in asked if text in allowed)
        return tuple(word for word in allowed if word in asked)

    def periods(self) -> tuple[str, ...]:
        """Quarters and the words for several, oldest quarter first."""
        found = [text for text in self.texts(PERIOD) if _is_period(text)]
        for text in self.texts(PERIOD):
            if text not in found:
                self.doubt(PERIOD, text)
        return tuple(sorted(found, key=lambda text: (text[0].isdigit(), text)))

    def cut(self) -> tuple[Cut, tuple[str, ...]]:
        """The one cut that is asked, with its members; a second one is a doubt. `by` names it before all others: so a
        form changes the cut and may hand on what was chosen of another."""
        asked = [cut for cut in CUTS if self.texts(cut)]
        by = self.words("by", (*CUTS, WHOLE))
        cut = by[0] if by else asked[0] if asked else Cut.WHOLE
        for other in asked[1:] if not by else ():
            self.doubt(other, ",".join(self.texts(other)))
        if cut in (Cut.WHOLE, WHOLE):
            return Cut.WHOLE, ()
        return cut, self.codes(cut) or ((KINDS,) if cut == Cut.CATEGORY else (EVERY,))

    def sort(self) -> str:
        found = (self.texts("sort") or [""])[0]
        if re.fullmatch(r"-?[A-Za-z0-9_.-]{0,200}", found):
            return found
        self.doubt("sort", found)
        return ""


def _is_period(text: str) -> bool:
    if text in (NEWEST, ALL) or _LAST.fullmatch(text):
        return True
    try:
        Quarter.parse(text)
    except ValueError:
        return False
    return True


def last_periods(text: str) -> int | None:
    """How many periods a word for several means: 1 of `newest`, 4 of `last4`, 0 (all there are) of `all`."""
    if match := _LAST.fullmatch(text):
        return int(match[1])
    return {NEWEST: 1, ALL: 0}.get(text)


# ── Laying out ───────────────────────────────────────────────────────────────────────────────────


def laid_out(question: Question) -> Question:
    """The question with every dimension once, in rows or columns: as asked, and by habit where nothing is asked."""
    rows, cols = question.rows, question.cols
    if not rows and not cols:
        rows = _usual_rows(question)
    cols = tuple(name for name in cols if name not in rows)
    order = (PERIOD, SPAN, MODE, FIGURE, PLACE, question.cut)
    rest = tuple(name for name in order if name in question.dimensions and name not in {*rows, *cols})
    return replace(question, rows=rows, cols=cols + rest) if rows else replace(question, rows=rest)


def _usual_rows(question: Question) -> tuple[str, ...]:
    """What has most members reads best downwards: the cut, the places, else the periods, else the figures."""
    many_places = len(question.places) > 1 or question.places[0].startswith("@")
    many_periods = len(question.releases) > 1 or not question.is_frozen and question.periods != (NEWEST,)
    rows = (PLACE,) if many_places else ()
    rows += (question.cut,) if question.cut else ()
    return rows or ((PERIOD,) if many_periods else (FIGURE,))
