"""The cast itself: what other tests lean on."""

import pytest

from portal.filings.queries import totals
from portal.lib import clock
from portal.members.access import firm_permissions
from portal.members.roles import Permission
from tests.world import NOW, World, another_firm, file_quarter, world  # noqa: F401 (a fixture)


def test_the_clock_stands_in_the_days_of_filing(world: World):
    assert clock.today() == NOW.date()


@pytest.mark.parametrize("until", ["draft", "submitted", "approved", "returned"])
def test_a_quarter_is_filed_as_far_as_asked(world: World, until: str):
    version = file_quarter(world, until=until)
    assert version.status == until
    assert totals(version).executed == 900_00


def test_every_quarter_of_the_year_can_be_filed(world: World):
    assert [file_quarter(world, period=code).status for code in world.periods] == ["approved"] * 5


def test_firms_are_told_apart(world: World):
    another_firm(3)
    assert Permission.FILING_EDIT not in firm_permissions(world.bob, world.firm)
    assert not firm_permissions(world.charlie, world.firm)
