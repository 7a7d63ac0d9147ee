"""`{% load desk %}`: the frame of the association's pages."""

from collections.abc import Mapping
from decimal import Decimal

from django import template

from portal.filings.desk import effect_words, navigation
from portal.lib import money
from portal.ui.seals import OF_SEVERITY

register = template.Library()


@register.inclusion_tag("desk/_navigation.html", takes_context=True)
def desk_navigation(context: template.Context) -> dict[str, object]:
    """Where this person may go from here. A page that is not under its entry's address says in `desk_path` where it
    belongs."""
    request = context["request"]
    return {"entries": navigation.desk_entries(request.user, context.get("desk_path", request.path))}


@register.inclusion_tag("desk/_places.html", takes_context=True)
def desk_places(context: template.Context) -> dict[str, object]:
    """What the person is for the association, and where."""
    return {"places": navigation.desk_places(context["request"].user)}


@register.filter
def in_wan(cents: int) -> Decimal:
    """Cents as 10,000 units, for `signed`."""
    return money.in_wan(cents)


@register.filter
def at(rows: Mapping, key: object) -> object:
    """One of several, by its key."""
    return rows[key]


@register.filter
def seal_of(severity: str) -> str:
    """The seal of a point: error, explain, note or ask."""
    return OF_SEVERITY[severity]


for words in (effect_words.effect_share, effect_words.effect_movement, effect_words.effect_times):
    register.filter(words.__name__, words)
