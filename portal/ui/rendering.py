"""Which language a page is in, and a template as text: what all component tags share."""

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language


def in_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


def rendered(template: str, content: str, **values: object) -> SafeString:
    """A component around the content of a block tag."""
    return render_to_string(template, {"content": content, **values})
