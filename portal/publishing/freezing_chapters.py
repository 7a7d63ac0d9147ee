"""Chapters of a handbook that are drawn from the site's pages as they stand."""

from collections.abc import Callable, Iterable, Iterator

from portal.publishing import freezing_directories, freezing_knowledge, freezing_policies
from portal.publishing.document import Piece


def drawn(parts: Iterable[str], language: str) -> Iterator[Piece]:
    """The pieces of each part, in the order chosen."""
    for part in parts:
        yield from MADE[part](language) if part in MADE else ()


MADE: dict[str, Callable[[str], Iterator[Piece]]] = {
    **freezing_policies.CHAPTERS, **freezing_knowledge.CHAPTERS, **freezing_directories.CHAPTERS,
}  # fmt: skip
