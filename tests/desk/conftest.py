"""Who sits at the desk: besides the cast, Grace, who reviews Guizhou and nothing else."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from portal.filings.models.filing import Version
from portal.members.models import User
from portal.members.roles import StaffRole
from tests.filings.conftest import signed_in, text_of  # noqa: F401 (a fixture, and a name for the tests)
from tests.world import World, appointed, world  # noqa: F401 (a fixture)


def english(name: str, *args: object) -> str:
    """The English address of a page of the desk: the tests read its words."""
    with translation.override("en"):
        return reverse(name if ":" in name else f"desk:{name}", args=args)


@pytest.fixture
def grace(world: World) -> User:
    return appointed("Grace", StaffRole.REVIEWER, "520000")


@pytest.fixture
def dora(world: World, signed_in: Callable[[User], Client]) -> Client:
    """Reviews everywhere."""
    return signed_in(world.dora)


@pytest.fixture
def erik(world: World, signed_in: Callable[[User], Client]) -> Client:
    """Makes statistics: reads filings, decides on none."""
    return signed_in(world.erik)


@pytest.fixture
def frida(world: World, signed_in: Callable[[User], Client]) -> Client:
    """Administers: members and periods, and no filing."""
    return signed_in(world.frida)


def looked_at(version: Version, **typed: str) -> dict[str, str]:
    """What a decision's form carries: the version that was looked at, and what was typed."""
    return {"version": str(version.number), "submitted_at": version.submitted_at.isoformat()} | typed
