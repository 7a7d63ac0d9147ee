"""Where a figure of a page is explained: to the public about it, on internal pages the lines behind it."""

from django import template
from django.urls import reverse

from portal.lib import clock
from portal.statistics.pages import ReportPage

register = template.Library()


@register.simple_tag
def about_base(page: ReportPage) -> str:
    """The address that a figure's own words are put behind; empty for a build that is not public."""
    release, place = page.release, page.place.code
    if page.is_internal:
        return reverse("releases:figure-trace", args=[release.name], query={"place": place})
    if release.published_at is None or release.published_at > clock.now():
        return ""
    return reverse("statistics:figure-about", args=[release.name], query={"place": place})


@register.simple_tag
def about_figure(base: str, span: str, measure: str) -> str:
    """The address of a place's whole figure of a measure."""
    return f"{base}&span={span}&measure={measure}&mode=total" if base and measure else ""
