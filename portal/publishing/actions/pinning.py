"""Pins tie each figure of a working text to its release, and keep what it says there."""

from portal.publishing.asked import Asked
from portal.publishing.models import Article, Pin
from portal.publishing.staleness import asked_in, told_once
from portal.statistics.queries import release_named


def repin(article: Article) -> list[Pin]:
    """Write down anew which release each figure of the text is from, and what it says there. Whatever is not public, or
    says nothing of what was asked, has no pin."""
    article.pins.all().delete()
    return Pin.objects.bulk_create([pin for block, asked in asked_in(article) if (pin := _pin(article, block, asked))])


def _pin(article: Article, block: str, asked: Asked) -> Pin | None:
    release = release_named(asked.release)
    if release is None:
        return None
    told = told_once(asked, release.digest)
    if not told:
        return None
    return Pin(article=article, block=block, release_id=release.pk, asked=dict(asked.pairs), told=dict(told))
