"""What one figure is called, and what it means, in the active language."""

from collections.abc import Set
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.lib.quarters import Quarter
from portal.reference.models import TradeCategory
from portal.reference.queries import names
from portal.statistics.dimensions import THEN, Cut, Measure, Mode
from portal.statistics.figure_keys import FigureKey
from portal.statistics.places import Place, place_named
from portal.statistics.wording import (
    CUT_NAMES,
    PART_NAMES,
    measure_in_mode,
    months_of,
    quarter_name,
)

# Cuts whose members say by themselves what they are members of.
SPEAKING = (Cut.SIZE, Cut.BRIDGE, Cut.DIGITAL)
_LISTED = {Cut.MARKET: "market", Cut.MARKET_GROUP: "market_group", Cut.CATEGORY: "category"}

MEANINGS = {
    Measure.CONTRACT: gettext_lazy(
        "Contracts signed in the period and changes signed to earlier ones; a cut counts below zero."
    ),
    Measure.EXECUTION: gettext_lazy(
        "Work performed and evidenced in the period. It may exceed the period's contracts, since most of it belongs to "
        "earlier ones."
    ),
    Measure.FIRMS: gettext_lazy(
        "Firms with an approved filing for the period. A firm that had no business says so in a nil return, and counts "
        "as having filed."
    ),
    Measure.SUBCONTRACTED: gettext_lazy(
        "A contract that was taken over from another member names the prime contract. It is left out when the prime "
        "contract is approved too, so that nothing counts twice and cities add up to the total."
    ),
}
MODE_MEANINGS = {
    Mode.OFFSHORE: gettext_lazy("Offshore: the client is anywhere else. Hong Kong, Macao and Taiwan are offshore."),
    Mode.ONSHORE: gettext_lazy("Onshore: the client is in the mainland."),
    Mode.OVERSEAS: gettext_lazy(
        "Overseas: a foreign branch, held above half, serves a foreign client without contracting the work back. It "
        "stands apart and is in no total."
    ),
}
_FORMULAS = {
    Cut.LEADERS: gettext_lazy(
        "the fewest of the largest firms that together hold at least four fifths of a mode's execution"
    ),
    Cut.BRIDGE: gettext_lazy("One part of the change on a year before; all parts together are the change."),
    Cut.SAME_FIRM: gettext_lazy("Only firms that filed in both periods, without what they filed late."),
}


@dataclass(frozen=True)
class NamedFigure:
    """`title` says what is counted, `months` when; `meaning` are sentences of its definition."""

    place: Place
    title: str
    months: str
    meaning: list[str]


def named_figure(key: FigureKey, quarter: Quarter) -> NamedFigure | None:
    """None where there is no such place."""
    place = place_named(key.place.removesuffix(THEN))
    if place is None:
        return None
    parts = [measure_in_mode(key.measure, key.mode)]
    if key.cut:
        parts.append(_part(key))
    if key.place.endswith(THEN) or key.member.endswith(THEN):
        parts.append(_("by the list as it was then"))
    meanings = [MEANINGS[key.measure], MODE_MEANINGS.get(key.mode), _FORMULAS.get(key.cut)]
    return NamedFigure(place, _(", ").join(parts), months_of(quarter, key.span), [str(one) for one in meanings if one])


def _part(key: FigureKey) -> str:
    """The cut's member by its name: a market, a group, the quarter in which something happened."""
    name = members_named({(key.cut, key.member)})[key.cut, key.member]
    if key.cut == Cut.OCCURRED:
        return _("of the %(quarter)s") % {"quarter": name}
    if key.cut in _LISTED or key.cut in SPEAKING:
        return name
    cut = str(CUT_NAMES.get(key.cut, key.cut))
    return _("%(cut)s: %(member)s") % {"cut": cut, "member": name} if name else cut


def members_named(members: Set[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """Names of (cut, member) in the active language: a query for each kind of list. A code of none stays as it is."""
    found = {}
    for cut in {cut for cut, _member in members}:
        codes = sorted({member.removesuffix(THEN) for one, member in members if one == cut})
        called = _called(Cut(cut), codes)
        found |= {(one, member): called[member.removesuffix(THEN)] for one, member in members if one == cut}
    return found


def _called(cut: Cut, codes: list[str]) -> dict[str, str]:
    if kind := _LISTED.get(cut):
        rows = names(kind, codes)
        return {code: rows[code].name if code in rows else code for code in codes}
    if cut == Cut.OCCURRED:
        return {code: _quarter(code) for code in codes}
    known = _trade_names() if cut == Cut.TRADE else PART_NAMES.get(cut, {})
    return {code: str(known.get(code or "none", code)) for code in codes}


def _trade_names() -> dict[str, str]:
    named = {row.value: f"{row.value} {row.label}" for row in TradeCategory}
    return named | {"none": _("No category of trade in services")}


def _quarter(code: str) -> str:
    try:
        return quarter_name(Quarter.parse(code))
    except ValueError:
        return code
