"""Drawings that were made once, in the private store: a release never changes, and so neither do they."""

from collections.abc import Callable

from portal.lib import kept as store

FOLDER = "drawings"
# Raised whenever drawings come to look different, so that none of before is handed out again.
LOOK = 1


def kept(name: str, draw: Callable[[], bytes | None]) -> bytes | None:
    """The file of this name, drawn now where there is none yet; None where there is nothing to draw."""
    return store.kept(f"{FOLDER}/{LOOK}/{name}", draw)
