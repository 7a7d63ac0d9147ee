"""Chapters of a handbook that are drawn from the site's pages as they stand."""

from collections.abc import Iterable, Iterator

from portal.publishing.document import Piece


def drawn(parts: Iterable[str], language: str) -> Iterator[Piece]:
    """The pieces of each part, in the order chosen."""
    for part in parts:
        yield from MADE[part](language) if part in MADE else ()


MADE: dict = {}
