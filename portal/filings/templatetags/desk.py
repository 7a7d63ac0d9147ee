"""`{% load desk %}`: the frame of the association's pages."""

from django import template

from portal.filings.desk import navigation

register = template.Library()


@register.inclusion_tag("desk/_navigation.html", takes_context=True)
def desk_navigation(context: template.Context) -> dict[str, object]:
    """Where this person may go from here."""
    request = context["request"]
    return {"entries": navigation.desk_entries(request.user, request.path)}


@register.inclusion_tag("desk/_places.html", takes_context=True)
def desk_places(context: template.Context) -> dict[str, object]:
    """What the person is for the association, and where."""
    return {"places": navigation.desk_places(context["request"].user)}
