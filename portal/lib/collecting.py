"""Python's search for circles of objects that nobody needs any more."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Put the search off while many values are made at once; usable as a decorator.

    Each search goes through everything that the process holds, and finds nothing among rows read from a file: it
    took a fifth of the time of a large one. What has no circle is let go of at once, as ever.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
