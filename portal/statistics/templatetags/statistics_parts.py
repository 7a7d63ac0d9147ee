"""Sentences with figures in them: kept from breaking, and marked as data."""

import re

from django import template
from django.template import Context
from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from portal.statistics.dimensions import NATION, Currency, Span
from portal.statistics.drawings import ALWAYS_THE_QUARTER, Chart

register = template.Library()

# A number with what stands directly about it: US$155.37 million, 1.55亿美元, 8.80%, 60家.
_AMOUNT = re.compile(
    r"(?:US\$)?[0-9][0-9,.]*[0-9]?(?:&nbsp;| )?(?:million|per cent|亿美元|万美元|美元|%|个百分点|家|倍)?[,;，；。]?"
)
_FIGURE = re.compile(r"(?:US\$)?([0-9][0-9,]*\.[0-9]+)(?: million| per cent|亿美元|万美元|%)?")


@register.filter
def unbroken(text: str) -> SafeString:
    """A title whose numbers never break across lines."""
    return mark_safe(_AMOUNT.sub(lambda match: f'<span class="nw">{match[0]}</span>', escape(text)))


@register.filter
def with_data(text: str) -> SafeString:
    """A paragraph of a brief with each of its figures as `<data value="21631.47">`."""
    return mark_safe(
        _FIGURE.sub(lambda match: f'<data value="{match[1].replace(",", "")}">{match[0]}</data>', escape(text))
    )


@register.simple_tag(takes_context=True)
def files_of_chart(
    context: Context,
    chart: str,
    release: str,
    place: str = NATION,
    span: str = Span.QUARTER,
    currency: str = Currency.USD,
) -> list[tuple[str, str]]:
    """(label, address) of what can be kept of a chart: picture, drawing, and the figures that it is made from. Nothing
    of a release that is looked at early: its files open when it does."""
    if context.get("preview"):
        return []
    asked = {} if Chart(chart) in ALWAYS_THE_QUARTER else {"span": span, "currency": currency}
    query = {name: value for name, value in asked.items() if value not in (Span.QUARTER, Currency.USD)}
    drawn = {
        label: reverse("statistics:place-chart", args=[release, place, chart, label.lower()], query=query)
        for label in ("PNG", "SVG")
    }
    return [*drawn.items(), (_("Data"), reverse("statistics:place-tables", args=[release, place, "csv"]))]
