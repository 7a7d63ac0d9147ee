"""The steps to a table: ready-made questions, what to count and how to divide it, and which members to take."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.statistics.builder import asking, wording
from portal.statistics.builder.asking import CUTS, MODES_OF_CUT, SPANS, Asked, Question, Show
from portal.statistics.builder.choices import CITIES, DEMONSTRATION, PROVINCES, Choices
from portal.statistics.builder.selecting import Selection
from portal.statistics.dimensions import NATION, Currency, Cut, Mode, Span
from portal.statistics.levels import ReleaseInfo
from portal.statistics.wording import point_label


@dataclass(frozen=True)
class Choice:
    """A box to tick. `codes` are the members that it stands for, for counting while choosing."""

    value: str
    label: str
    is_chosen: bool
    codes: str = ""
    depth: int = 0
    note: str = ""


@dataclass(frozen=True)
class Part:
    """Boxes under one name: `lists` choose many at once, `choices` one each. `dimension` is what they count for, and
    `otherwise` how many members are taken where none is ticked."""

    name: str
    label: str
    choices: Sequence[Choice]
    lists: Sequence[Choice] = ()
    dimension: str = ""
    help: str = ""
    is_one: bool = False
    otherwise: int = 1

    @property
    def is_long(self) -> bool:
        return len(self.choices) > _LONG

    @property
    def has_single(self) -> bool:
        """Whether any is chosen by itself, so that the boxes stand open."""
        return any(choice.is_chosen for choice in self.choices)


# More boxes than this stand in a frame of their own, with a search.
_LONG = 12


# ── Ready-made questions ─────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Ready:
    label: str
    note: str
    query: str


# Questions that many have: their name, what they tell, and the table.
_BOTH, _LEVEL = (Asked.CONTRACT, Asked.EXECUTION), (Show.LEVEL,)
_NOW = (Show.LEVEL, Show.BEFORE, Show.GROWTH)
_READY = (
    (
        gettext_lazy("The provinces side by side"),
        gettext_lazy("contract value, executed value and growth, newest period"),
        Question(measures=_BOTH, shows=(Show.LEVEL, Show.GROWTH), places=(NATION, PROVINCES)),
    ),
    (
        gettext_lazy("The demonstration cities"),
        gettext_lazy("executed value a year before and now, and its growth"),
        Question(shows=_NOW, places=(DEMONSTRATION,)),
    ),
    (
        gettext_lazy("Offshore markets, quarter by quarter"),
        gettext_lazy("executed value of each market in the newest eight periods"),
        Question(cut=Cut.MARKET, members=(asking.WHOLE, asking.EVERY), modes=(Mode.OFFSHORE,), periods=("last8",)),
    ),
    (
        gettext_lazy("ITO, BPO and KPO"),
        gettext_lazy("offshore and onshore, with shares"),
        Question(
            measures=(Asked.EXECUTION,), shows=(Show.LEVEL, Show.SHARE), cut=Cut.CATEGORY,
            members=(asking.WHOLE, asking.KINDS), modes=(Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE),
        ),
    ),
    (
        gettext_lazy("Groups of markets"),
        gettext_lazy("Belt-and-Road lists, RCEP, ASEAN, EU: the year to date and its growth"),
        Question(
            measures=_BOTH, shows=(Show.LEVEL, Show.GROWTH), spans=(Span.TO_DATE,), cut=Cut.MARKET_GROUP,
            members=(asking.EVERY,), modes=(Mode.OFFSHORE,),
        ),
    ),
    (
        gettext_lazy("Firms and contracts over time"),
        gettext_lazy("firms filing and contracts signed, in all periods"),
        Question(
            measures=(Asked.CONTRACTS, Asked.FIRMS), shows=_LEVEL, periods=(asking.ALL,), rows=(asking.PERIOD,)
        ),
    ),
    (
        gettext_lazy("Large and small firms"),
        gettext_lazy("executed value by size of firm, in renminbi, with shares"),
        Question(
            shows=(Show.LEVEL, Show.SHARE), currency=Currency.CNY, cut=Cut.SIZE,
            members=(asking.WHOLE, asking.EVERY), modes=(Mode.TOTAL,),
        ),
    ),
    (
        gettext_lazy("Digitally deliverable services"),
        gettext_lazy("executed value and share, in all periods"),
        Question(
            shows=(Show.LEVEL, Show.SHARE), cut=Cut.DIGITAL, members=(asking.EVERY,), periods=(asking.ALL,),
            rows=(asking.PERIOD,), cols=(Cut.DIGITAL.value, asking.FIGURE),
        ),
    ),
    (
        gettext_lazy("What the growth is made of"),
        gettext_lazy("the parts that lead from a year before to now, offshore and onshore"),
        Question(cut=Cut.BRIDGE, members=(asking.EVERY,), modes=(Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)),
    ),
    (
        gettext_lazy("Growth of the same firms"),
        gettext_lazy("of those that filed in both periods, beside the growth of all"),
        Question(
            measures=_BOTH, shows=_NOW, cut=Cut.SAME_FIRM, members=(asking.EVERY,),
            modes=(Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE), rows=(asking.MODE, Cut.SAME_FIRM.value),
        ),
    ),
    (
        gettext_lazy("Offshore and onshore of the cities"),
        gettext_lazy("executed value of every city with figures"),
        Question(places=(CITIES,), modes=(Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE)),
    ),
)  # fmt: skip


def ready_made() -> list[Ready]:
    """Questions that many have; each is the address of a table."""
    return [Ready(str(label), str(note), asking.laid_out(question).query) for label, note, question in _READY]


# ── What to count, and how to divide it ──────────────────────────────────────────────────────────


def figure_parts(question: Question) -> list[Part]:
    """Measures, ways of telling them, and the currency."""
    return [
        Part("measure", _("What is counted"), _words(wording.ASKED_NAMES, question.measures), dimension="measure"),
        Part("show", _("How it is told"), _words(wording.SHOW_NAMES, question.shows), dimension="show"),
        Part("currency", _("Amounts in"), _words(wording.CURRENCY_NAMES, [question.currency]), is_one=True),
    ]


def division_part(question: Question) -> Part:
    """The one cut, or none."""
    names = {asking.WHOLE: _("Not divided further")} | {cut.value: wording.dimension_name(cut) for cut in CUTS}
    choices = [Choice(code, str(label), code == (question.cut or asking.WHOLE)) for code, label in names.items()]
    return Part("by", _("Divided by"), choices, is_one=True)


def _words(names: dict, chosen: Iterable[str]) -> list[Choice]:
    return [Choice(code.value, str(label), code in chosen, codes=code.value) for code, label in names.items()]


# ── Which members ────────────────────────────────────────────────────────────────────────────────


def member_parts(selection: Selection, published: Sequence[ReleaseInfo]) -> list[Part]:
    """A part for each dimension that has members to choose."""
    question = selection.question
    parts = [] if question.is_frozen else [_periods(question, published)]
    parts.append(Part("span", wording.dimension_name("span"), [
        Choice(span.value, str(wording.SPAN_NAMES[span]), span in question.spans, codes=span.value) for span in SPANS
    ], dimension="span"))  # fmt: skip
    modes = dict.fromkeys([*MODES_OF_CUT[question.cut], *question.modes])
    parts.append(Part("mode", wording.dimension_name("mode"), [
        Choice(mode.value, wording.mode_name(mode), mode in question.modes, codes=mode.value) for mode in modes
    ], dimension="mode"))  # fmt: skip
    parts.append(_part(selection.places, "place", question.places))
    if selection.cut_members:
        parts.append(_part(selection.cut_members, question.cut.value, question.members))
    return parts


def _periods(question: Question, published: Sequence[ReleaseInfo]) -> Part:
    quarters = {release.period: release.quarter for release in published}
    codes = sorted(quarters, reverse=True)
    lists = [
        Choice(word, wording.period_word(word), word in question.periods, codes=" ".join(codes[: count or None]))
        for word, count in ((asking.NEWEST, 1), ("last4", 4), ("last8", 8), (asking.ALL, 0))
    ]
    choices = [Choice(code, point_label(quarters[code]), code in question.periods, codes=code) for code in codes]
    return Part("period", wording.dimension_name("period"), choices, lists, "period")


def _part(choices: Choices, name: str, chosen: Sequence[str]) -> Part:
    """Members with figures, and those that are chosen already; their lists before them."""
    listed = set(choices.counted) | {asking.WHOLE, NATION} | set(chosen)
    rows = [
        Choice(code, member.label, code in chosen, code, member.depth, code)
        for code, member in choices.members.items() if code in listed
    ]  # fmt: skip
    gone = [code for code in chosen if code not in choices.members and code not in choices.lists]
    rows += [Choice(code, choices.gone(code).label, True, code) for code in gone]
    lists = [
        Choice(code, row.label, code in chosen, " ".join(row.members), note=str(len(row.members)))
        for code, row in choices.lists.items()
        if row.members or code in chosen
    ]
    usual = choices.lists.get(asking.KINDS) or choices.lists.get(asking.EVERY)
    return Part(name, wording.dimension_name(name), rows, lists, name, otherwise=len(usual.members) if usual else 1)


def layout_part(question: Question) -> Part:
    """Which dimensions run down the side; the others run across."""
    choices = [Choice(name, wording.dimension_name(name), name in question.rows) for name in question.dimensions]
    return Part("rows", _("Down the side"), choices, help=_("What is not ticked runs across the top."))


def carried(question: Question, names: Iterable[str]) -> list[tuple[str, str]]:
    """Hidden fields: the parts of the question that a form does not ask."""
    members = {str(question.cut): question.members} if question.cut else {}
    asked = {
        "release": question.releases, "period": () if question.is_frozen else question.periods,
        "measure": question.measures, "show": question.shows, "currency": (question.currency,),
        "span": question.spans, "place": question.places, "mode": question.modes, **members,
    }  # fmt: skip
    return [(name, ",".join(asked[name])) for name in names if asked.get(name)]
