"""Beginnings: a state that several tests of a file start from, made once in a test process instead of once a test.

`@beginning` stands in the place of `@pytest.fixture`, over a function of the world that files, builds and publishes. It
is called once, on a copy of the world's database that is kept; each test that takes the fixture finds what it did, as
a test of the demo finds the demo: the rows, the files, and the clock where the acts had moved it to. What the function
returns is given to each test anew; when it returns nothing, the test is given the world.
"""

import copy
from collections.abc import Callable
from datetime import datetime

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import translation

from portal.lib import clock
from tests.databases import Beginning
from tests.world import NOW, World, clock_at, found_world, not_before


class Made:
    """One beginning, and what is known of it once it was made."""

    def __init__(self, function: Callable[[World], object], now: datetime) -> None:
        self.function = function
        self.now = now
        self.moved_to: datetime | None = None
        self.value: object = None
        self.template = Beginning(f"beginning{len(ALL)}", self.make)

    def make(self) -> None:
        """Do it, and commit; letters that would go out then are not sent, as in a test that commits nothing."""
        translation.deactivate()
        cache.clear()
        with clock_at(self.now), transaction.atomic():
            first = settings.CLOCK_OFFSET
            self.value = self.function(found_world())
            self.moved_to = clock.now() if first != settings.CLOCK_OFFSET else None
            connection.run_on_commit = []

    def found(self, world: World) -> object:
        """What a test is given."""
        if self.moved_to:
            not_before(self.moved_to)
        return world if self.value is None else copy.deepcopy(self.value)


ALL: dict[Callable, Made] = {}


def beginning(function: Callable[[World], object] | None = None, *, now: datetime = NOW) -> Callable:
    """`now`: the moment of the file's own fixture `world`, where it has one."""
    if function is None:
        return lambda function: beginning(function, now=now)
    made = Made(function, now)

    def found(world: World) -> object:
        return made.found(world)

    found.__doc__ = function.__doc__
    ALL[found] = made
    return pytest.fixture(found, name=function.__name__)


def beginning_of(item: pytest.Item) -> Made | None:
    """The beginning that a test asks for, itself or by its fixtures."""
    known = item._fixtureinfo.name2fixturedefs if isinstance(item, pytest.Function) else {}
    wanted = [ALL[fixtures[-1].func] for fixtures in known.values() if fixtures[-1].func in ALL]
    if len(wanted) > 1:
        raise pytest.UsageError(f"{item.nodeid} asks for two beginnings")
    return wanted[0] if wanted else None
