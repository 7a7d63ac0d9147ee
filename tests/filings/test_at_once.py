"""Two people press at the same moment: one wins, the other is told, and nothing happens twice."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from portal.filings.actions.drafts import open_filing, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.models.filing import Version
from portal.journal.models import Entry
from portal.lib.acts import Refused
from tests.world import NOW, build_world, clock_at, simple_entries

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def committed():
    """The cast, really written: both threads see it."""
    with clock_at(NOW):
        yield build_world()


def both(act: Callable[[], object]) -> list[object]:
    """What the same act answers to two threads that begin together: its result, or the refusal."""
    gate = Barrier(2)

    def run() -> object:
        gate.wait(timeout=10)
        try:
            return act()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [future.result(timeout=60) for future in [pool.submit(run), pool.submit(run)]]


def draft(world) -> Version:
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    save_draft(version=version, entries=simple_entries(world.lists), lists=world.lists, by=world.alice, at=NOW)
    return version


def refusals(answers: list[object]) -> int:
    return sum(isinstance(answer, Refused) for answer in answers)


def journalled(verb: str) -> int:
    return Entry.objects.filter(verb=verb).count()


def test_two_who_open_get_the_same_version(committed):
    world = committed
    answers = both(lambda: open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW))
    assert answers[0] == answers[1]
    assert journalled("filing.opened") == 1


def test_two_who_submit_submit_once(committed):
    world = committed
    version = draft(world)
    answers = both(lambda: submit(version=version, lists=world.lists, by=world.alice, at=NOW))
    assert (refusals(answers), journalled("filing.submitted")) == (1, 1)


def test_two_who_approve_approve_once(committed):
    world = committed
    version = submit(version=draft(world), lists=world.lists, by=world.alice, at=NOW)
    answers = both(lambda: approve(version=version, by=world.dora, at=NOW))
    assert (refusals(answers), journalled("filing.approved")) == (1, 1)


def test_two_who_save_leave_one_whole_draft(committed):
    world = committed
    version = draft(world)
    entries = simple_entries(world.lists, number="B-2")
    answers = both(lambda: save_draft(version=version, entries=entries, lists=world.lists, by=world.alice, at=NOW))
    assert refusals(answers) == 0
    assert sorted(version.lines.values_list("contract__number", "kind")) == [("B-2", "executed"), ("B-2", "signed")]
