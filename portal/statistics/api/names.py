"""Names of places and members in the language of the request, by code."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from portal.lib.quarters import Quarter
from portal.reference.models import TradeCategory
from portal.reference.queries import names
from portal.statistics.builder.asking import NONE
from portal.statistics.builder.wording import MEMBER_NAMES
from portal.statistics.dimensions import THEN, Cut
from portal.statistics.places import places_named
from portal.statistics.wording import point_label

_WITH_NONE = (Cut.SUPPLY, Cut.NEW_MODE)
_LISTED = (Cut.MARKET, Cut.MARKET_GROUP, Cut.CATEGORY)
_WORDS: dict[str, dict[str, object]] = {
    **MEMBER_NAMES,
    Cut.TRADE: dict(TradeCategory.choices),
}
Names = dict[str, str]


def place_names(codes: Iterable[str]) -> Names:
    """At most two queries. A region as it was a year before says so."""
    codes = list(codes)
    found = places_named(sorted({_plain(code) for code in codes}))
    return {code: _told(code, found[_plain(code)].name) for code in codes if _plain(code) in found}


def member_names(pairs: Iterable[tuple[str, str]]) -> dict[str, Names]:
    """cut → code → name, for the cuts whose members have names of their own: a query for each list."""
    codes: dict[str, list[str]] = {}
    for cut, member in pairs:
        if member or cut in _WITH_NONE:
            codes.setdefault(cut, []).append(member)
    return {cut: names for cut, members in codes.items() if (names := _names_in(cut, members))}


def _names_in(cut: str, members: list[str]) -> Names:
    if cut in _LISTED:
        found = names(cut, sorted({_plain(code) for code in members}))
        return {code: _told(code, found[_plain(code)].name) for code in members if _plain(code) in found}
    if cut == Cut.OCCURRED:
        return {code: point_label(Quarter.parse(code)) for code in members}
    words = _WORDS.get(cut, {})
    # Of these alone, what was not stated is a member: without a code.
    return {code: _in_words(words[code or NONE]) for code in members if (code or NONE) in words}


def _in_words(word: object) -> str:
    return _(word) if isinstance(word, str) else str(word)


def _plain(code: str) -> str:
    return code.removesuffix(THEN)


def _told(code: str, name: str) -> str:
    if not code.endswith(THEN):
        return name
    return _("%(name)s, with the members of a year before") % {"name": name}
