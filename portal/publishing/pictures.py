"""Pictures of a text that nobody has described yet: without a description no text is published."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.publishing.models import Article, Issue


def why_not_described(text: Article | Issue) -> str | None:
    """A sentence that names the pictures without a description, or None."""
    names = undescribed(text)
    if not names:
        return None
    return _("Say in a description what these pictures show, for those who cannot see them: %(pictures)s.") % {
        "pictures": _(", ").join(names)
    }


def undescribed(text: Article | Issue) -> list[str]:
    """Titles of the pictures, in the order of the text."""
    found = []
    for stream in _streams(text):
        for child in stream:
            if child.block_type == "picture" and not (child.value["alt"] or "").strip():
                image = child.value["image"]
                found.append(image.title if image else _("a picture that is gone"))
    return found


def _streams(text: Article | Issue) -> Iterator[Any]:
    """The streams of an article, or of an issue's articles and chapters."""
    if isinstance(text, Article):
        yield text.body
        return
    for part in text.contents:
        if part.block_type == "column":
            yield from (article.body for article in part.value["articles"] if article)
        else:
            yield part.value["text"]
