"""Sentences with figures in them: kept from breaking, and marked as data."""

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

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
