"""What dimensions, figures, marks and lists are called, and what has to be known of them, in the active language."""

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.words import gettext_noop
from portal.statistics.builder.asking import (
    ALL,
    COUNTS,
    FIGURE,
    MATCHED,
    MODE,
    NEWEST,
    PERIOD,
    PLACE,
    SPAN,
    Asked,
    Question,
    Show,
    figure_of,
    last_periods,
)
from portal.statistics.builder.marks import Mark
from portal.statistics.dimensions import Currency, Cut, Mode, Span, Status
from portal.statistics.indicators import Base
from portal.statistics.phrases import enumerated
from portal.statistics.wording import (
    LIST_NAMES,
    MEASURE_NAMES,
    MODE_NAMES,
    PART_NAMES,
    STATUS_MEANINGS,
    table_unit,
)

ASKED_NAMES = {
    Asked.CONTRACT: MEASURE_NAMES[Asked.CONTRACT],
    Asked.EXECUTION: MEASURE_NAMES[Asked.EXECUTION],
    Asked.CONTRACTS: gettext_lazy("Contracts signed"),
    Asked.FIRMS: MEASURE_NAMES[Asked.FIRMS],
}
SHOW_NAMES = {
    Show.LEVEL: gettext_lazy("Level"),
    Show.BEFORE: gettext_lazy("Level a year before"),
    Show.GROWTH: gettext_lazy("Growth on a year before"),
    Show.SHARE: gettext_lazy("Share of the whole"),
}
DIMENSION_NAMES = {
    FIGURE: gettext_lazy("Figure"),
    PERIOD: gettext_lazy("Reporting period"),
    SPAN: gettext_lazy("Stretch of time"),
    PLACE: gettext_lazy("Place"),
    MODE: gettext_lazy("Mode"),
    Cut.MARKET: gettext_lazy("Market"),
    Cut.MARKET_GROUP: gettext_lazy("Market group"),
    Cut.CATEGORY: gettext_lazy("Service category"),
    Cut.SIZE: gettext_lazy("Size of firm"),
    Cut.TRADE: gettext_lazy("Service-trade category"),
    Cut.DIGITAL: gettext_lazy("Digitally deliverable or not"),
    Cut.NEW_MODE: gettext_lazy("New way of outsourcing"),
    Cut.SUPPLY: gettext_lazy("Mode of supply"),
    Cut.OCCURRED: gettext_lazy("Quarter of the event"),
    Cut.BRIDGE: gettext_lazy("Part of the change on a year before"),
    Cut.SAME_FIRM: gettext_lazy("All firms and the same firms"),
}
SPAN_NAMES = {Span.QUARTER: gettext_lazy("The quarter"), Span.TO_DATE: gettext_lazy("The year to date")}
CURRENCY_NAMES = {Currency.USD: gettext_lazy("US dollars"), Currency.CNY: gettext_lazy("Renminbi")}
MEMBER_NAMES = {
    **PART_NAMES,
    Cut.SAME_FIRM: {MATCHED: gettext_lazy("Firms that filed in both periods, without back-filings")},
}
# Letters rather than words in the cells of a table; the legend beneath says what each means.
MARK_MEANINGS = {
    Mark.CONFIDENTIAL: STATUS_MEANINGS[Status.CONFIDENTIAL],
    Mark.SECONDARY: STATUS_MEANINGS[Status.SECONDARY],
    Mark.ABSENT: gettext_lazy("no data: no firm of the place had filed, or it was not counted in that release"),
    Mark.NOT_COUNTED: gettext_lazy("not counted in this combination"),
    Mark.NO_RATE: gettext_lazy("no rate: the base is absent, zero or below zero"),
}
MARK_SIGNS = {
    Mark.CONFIDENTIAL: "c", Mark.SECONDARY: "d", Mark.ABSENT: "—", Mark.NOT_COUNTED: "·", Mark.NO_RATE: "/",
}  # fmt: skip
NO_RATE = {
    Base.ZERO: gettext_lazy("base zero"),
    Base.ABSENT: gettext_lazy("no base"),
    Base.NEGATIVE: gettext_lazy("base below zero"),
}

DEFINITIONS = {
    Asked.CONTRACT: gettext_lazy("Contract value: what was signed in the period, and changes of what was signed."),
    Asked.EXECUTION: gettext_lazy("Executed value: what was performed and filed in the period."),
    Asked.CONTRACTS: gettext_lazy("Contracts signed: the number of contracts whose signing was filed in the period."),
    Asked.FIRMS: gettext_lazy("Firms filing: firms with an approved filing for the period, nil returns included."),
}
SHOW_DEFINITIONS = {
    Show.BEFORE: gettext_lazy("The level a year before is the same stretch a year earlier, as the release knows it."),
    Show.GROWTH: gettext_lazy("Growth: the level over the level a year before, less one, from unrounded amounts."),
    Show.SHARE: gettext_lazy(
        "Share: of a part, of the whole of its mode in the same place; of a mode, of the total of the place; of a "
        "place's total, of all members nationwide."
    ),
}
CUT_NOTES = {
    Cut.NEW_MODE: gettext_lazy("New ways are marks on contracts; with what carries none they add up to the whole."),
    Cut.BRIDGE: gettext_lazy(
        "The parts lead from the level a year before, as it was last published, to the level now, and add up to the "
        "change exactly. A part has neither a level a year before nor growth nor a share of its own."
    ),
    Cut.SAME_FIRM: gettext_lazy(
        "Same-firm figures hold the lines of firms that filed in both periods, without what they filed late; their "
        "growth is same-firm growth."
    ),
    Cut.TRADE: gettext_lazy("The twelve categories of trade in services, mapped from the classes of the catalogue."),
    Cut.OCCURRED: gettext_lazy(
        "By the quarter in which the work was done or the contract was signed, whenever it was filed."
    ),
}


LIST_NOTES = {
    "market_groups": gettext_lazy(
        "A group has its members of the end of the period, on both sides of a comparison. A market may be in several "
        "groups, so they do not add up to the whole."
    ),
    "regions": gettext_lazy(
        "A region has its places of the end of the period, on both sides of a comparison. A place may be in several "
        "regions, so they do not add up to the whole."
    ),
}
THEN_NOTES = {
    "market_groups": gettext_lazy(
        "A group “each year by its own list” has this year's members now, and a year before the members that it had "
        "then."
    ),
    "regions": gettext_lazy(
        "A region “each year by its own list” has this year's places now, and a year before the places that it had "
        "then. Where its places changed it is counted as a whole and by mode, and not divided further."
    ),
}


def list_used(list_name: str, edition: int, releases: Sequence[str]) -> str:
    """By which edition of a dated list groups or regions were counted."""
    words = {"list": LIST_NAMES[list_name], "edition": edition, "releases": enumerated(releases)}
    return _("Counted by the list “%(list)s”, edition %(edition)d, as of the end of the period (%(releases)s).") % words


def as_then(group: str) -> str:
    """A group or region that is followed through its changes of members."""
    return _("%(group)s, each year by its own list") % {"group": group}


def dimension_name(name: str) -> str:
    return str(DIMENSION_NAMES[name])


def figure_name(code: str) -> str:
    """`Executed value`, `Executed value: growth on a year before`."""
    asked, show = figure_of(code)
    if show == Show.LEVEL:
        return str(ASKED_NAMES[asked])
    return _(_FIGURES[show]) % {"measure": inside(str(ASKED_NAMES[asked]))}


_FIGURES = {
    Show.BEFORE: gettext_noop("A year before: %(measure)s"),
    Show.GROWTH: gettext_noop("Growth of %(measure)s"),
    Show.SHARE: gettext_noop("Share of %(measure)s"),
}


def measures_named(question: Question) -> str:
    """`Contract value and executed value`."""
    names = [str(ASKED_NAMES[asked]) for asked in question.measures]
    return enumerated([names[0], *map(inside, names[1:])])


def kick(question: Question) -> str:
    """What is counted and how it is divided, in a line above a title."""
    divided = [_("by %(name)s") % {"name": inside(dimension_name(question.cut))}] if question.cut else []
    return "　".join([measures_named(question), *divided])


def inside(label: str) -> str:
    """A name as it stands inside a sentence."""
    return label[:1].lower() + label[1:]


def figure_unit(code: str, currency: Currency) -> str:
    asked, show = figure_of(code)
    if show in (Show.GROWTH, Show.SHARE):
        return "%"
    if asked in COUNTS:
        return _("firms") if asked == Asked.FIRMS else _("number of contracts")
    return table_unit(currency).label


def mode_name(mode: str) -> str:
    return str(MODE_NAMES[Mode(mode)])


def period_word(text: str) -> str:
    """What a word for several periods means."""
    if text in _PERIODS:
        return str(_PERIODS[text])
    return _("The newest %(count)d periods") % {"count": last_periods(text)}


_PERIODS = {NEWEST: gettext_lazy("The newest period"), ALL: gettext_lazy("All published periods")}

_GONE: dict[str, Callable[[str], str]] = {
    PERIOD: lambda code: _("%(code)s (not published)") % {"code": code},
    PLACE: lambda code: _("Place %(code)s (no longer in the list)") % {"code": code},
    Cut.MARKET: lambda code: _("Market %(code)s (no longer in the list)") % {"code": code},
    Cut.MARKET_GROUP: lambda code: _("Market group %(code)s (no longer in the list)") % {"code": code},
    Cut.CATEGORY: lambda code: _("Category %(code)s (no longer in the list)") % {"code": code},
}


def gone_name(dimension: str, code: str) -> str:
    """What stands in a table for a code that no list has: it still says what was asked."""
    if dimension in _GONE:
        return _GONE[dimension](code)
    return _("%(code)s (no longer in the list)") % {"code": code}


_PARAMETERS = {
    "release": gettext_lazy("release"), "period": gettext_lazy("period"), "measure": gettext_lazy("measure"),
    "show": gettext_lazy("way of telling"), "currency": gettext_lazy("currency"), "span": gettext_lazy("span"),
    "place": gettext_lazy("place"), "mode": gettext_lazy("mode"), "by": gettext_lazy("way of dividing"),
    "rows": gettext_lazy("rows"), "cols": gettext_lazy("columns"), "sort": gettext_lazy("order"),
}  # fmt: skip


def doubt_sentences(question: Question) -> list[str]:
    """What of the address was not understood, and what became of it."""
    told = []
    for doubt in question.doubts:
        name = _PARAMETERS.get(doubt.name) or DIMENSION_NAMES.get(doubt.name)
        if name is None:
            told.append(_("“%(name)s” is no part of a question here; it was left out.") % {"name": doubt.name})
        elif doubt.name in DIMENSION_NAMES and doubt.name == question.cut or doubt.name in _PARAMETERS:
            told.append(
                _("“%(text)s” was asked as %(name)s; there is none of that name, and it was left out.")
                % {"text": doubt.text, "name": name}
            )
        else:
            told.append(
                _("A table is divided in one way at a time: %(name)s (%(text)s) was left out.")
                % {"text": doubt.text, "name": name}
            )
    return told
