"""The reviewers' queue: who stands in it, in which order, and how far the period has come."""

from decimal import Decimal
from itertools import count

import pytest

from portal.filings.actions.drafts import open_filing, reopen
from portal.filings.actions.review import return_to_firm
from portal.filings.actions.submission import declare_nil, submit
from portal.filings.desk.queue import Queue, State, queue_of
from portal.filings.sheet import Kind
from portal.members.models import Firm
from portal.members.roles import FirmRole, StaffRole
from tests.desk.conftest import english, text_of
from tests.world import NOW, acting, another_firm, appointed, entry, file_quarter


def entries(world, number: str, amount: str, on: str):
    """A contract big enough, and one execution of it."""
    return [
        entry(Kind.SIGNED, world.lists, number=number, on=on, amount="900000"),
        entry(Kind.EXECUTED, world.lists, number=number, on=on, amount=amount),
    ]


def executed(world, amount: str, *, firm: Firm | None = None, before: str = "", until: str = "submitted"):
    """A firm that executed so much in 2020Q1, and so much a year before (approved)."""
    if before:
        file_quarter(world, firm=firm, period="2019Q1", entries=entries(world, "OLD-1", before, "2019-02-01"))
    return file_quarter(world, firm=firm, entries=entries(world, "NEW-1", amount, "2020-02-01"), until=until)


def queue(world) -> Queue:
    return queue_of(world.period, Firm.objects.all(), NOW)


# ── The arithmetic ───────────────────────────────────────────────────────────────────────────────


def test_a_filing_ranks_by_how_far_it_moves_the_total(world):
    third = another_firm(3)
    executed(world, "100.00", before="90.00")
    executed(world, "50.00", firm=third, before="250.00")
    rows = queue(world).sought(state=State.WAITING)
    assert [(row.firm, row.moved, row.rank) for row in rows] == [(third.pk, -20000, 1), (world.firm.pk, 1000, 2)]
    # 150.00 are submitted or approved in all: −200 and +10 of it, in percent.
    assert [row.effect.quantize(Decimal("0.01")) for row in rows] == [Decimal("-133.33"), Decimal("6.67")]


def test_growth_needs_a_base(world):
    executed(world, "100.00")
    row = queue(world).row_of(world.firm.pk)
    assert (row.before, row.growth) == (None, None)
    executed(world, "50.00", firm=another_firm(3), before="40.00")
    assert queue(world).row_of(Firm.objects.latest("pk").pk).growth == Decimal(25)


def test_nothing_filed_has_no_effect_in_percent(world):
    row = queue(world).row_of(world.firm.pk)
    assert (row.state, row.effect, row.executed) == (State.NONE, None, None)


@pytest.mark.parametrize(
    ("until", "state"),
    [("draft", State.DRAFT), ("submitted", State.WAITING), ("approved", State.APPROVED), ("returned", State.RETURNED)],
)
def test_a_firm_stands_where_its_newest_handed_in_version_does(world, until, state):
    executed(world, "100.00", until=until)
    assert queue(world).row_of(world.firm.pk).state == state


def test_a_draft_tells_nobody_its_figures(world):
    executed(world, "100.00", until="draft")
    row = queue(world).row_of(world.firm.pk)
    assert (row.executed, row.total) == (None, 0)


def test_a_correction_under_way_leaves_what_was_approved(world):
    version = executed(world, "100.00", until="approved")
    reopen(filing=version.filing, by=world.alice, at=NOW)
    row = queue(world).row_of(world.firm.pk)
    assert (row.state, row.is_being_reworked, row.executed, row.total) == (State.APPROVED, True, 10000, 10000)


def test_a_returned_correction_still_counts_as_filed(world):
    version = executed(world, "100.00", until="approved")
    newer = submit(
        version=reopen(filing=version.filing, by=world.alice, at=NOW), lists=world.lists, by=world.alice, at=NOW
    )
    assert queue(world).row_of(world.firm.pk).state == State.WAITING
    return_to_firm(version=newer, reason="R05", letter="Why?", by=world.dora, at=NOW)
    found = queue(world)
    assert found.row_of(world.firm.pk).state == State.RETURNED
    assert found.progress.filed == 1


def test_progress_counts_firms_and_last_year_s_value(world):
    executed(world, "100.00", before="300.00")
    file_quarter(world, firm=world.rival, period="2019Q1", entries=entries(world, "OLD-1", "100.00", "2019-02-01"))
    progress = queue(world).progress
    assert (progress.expected, progress.filed) == (2, 1)
    assert (progress.by_count, progress.by_value) == (Decimal("50.0"), Decimal("75.0"))


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_what_waits(world, dora):
    version = executed(world, "100.00", before="90.00")
    response = dora.get(english("queue"))
    assert response.status_code == 200
    words = text_of(response)
    assert "Example 1" in words
    assert english("filing-detail", version.filing_id) in response.content.decode()
    # The rival has not begun, so it stands under another tab.
    assert "Example 2" not in words
    assert "Example 2" in text_of(dora.get(english("queue") + "?state=none"))


def test_it_tells_the_days_left(world, dora):
    assert "7 days left" in text_of(dora.get(english("queue")))


@pytest.mark.parametrize(
    ("sought", "found"),
    [("q=云数据", True), ("q=ACME", False), ("place=520000", True), ("place=520100", True), ("place=410100", False)],
)
def test_it_finds_by_name_and_place(world, dora, sought, found):
    executed(world, "100.00")
    assert ("Example 1" in text_of(dora.get(english("queue") + f"?{sought}"))) == found


def test_another_period_can_be_looked_at(world, dora):
    file_quarter(world, period="2019Q2", until="submitted")
    assert "Example 1" not in text_of(dora.get(english("queue")))
    assert "Example 1" in text_of(dora.get(english("queue") + "?period=2019Q2"))


def test_a_period_that_does_not_exist_is_not_found(world, dora):
    assert dora.get(english("queue") + "?period=1999Q9").status_code == 404


@pytest.mark.parametrize("odd", ["?state=abc&page=99999&place=x", "?page=-1&q=%00%27", "?state=&page=a"])
def test_odd_parameters_are_borne(world, dora, odd):
    assert dora.get(english("queue") + odd).status_code == 200


def test_it_says_when_there_is_nothing(world, dora):
    assert "Nothing here with these filters" in text_of(dora.get(english("queue")))


def test_it_says_when_there_is_no_period(db, signed_in):
    response = signed_in(appointed("Hugo", StaffRole.REVIEWER)).get(english("queue"))
    assert "No period has been opened yet" in text_of(response)


def test_it_rejects_post(world, dora):
    assert dora.post(english("queue")).status_code == 405


def test_it_does_not_exist_for_a_firm(world, signed_in):
    assert signed_in(world.alice).get(english("queue")).status_code == 404


def test_it_is_closed_to_who_administers(world, frida):
    assert frida.get(english("queue")).status_code == 403


def test_a_nil_return_says_so(world, dora):
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    submit(version=declare_nil(version=version, by=world.alice, at=NOW), lists=world.lists, by=world.alice, at=NOW)
    assert "nil return" in text_of(dora.get(english("queue")))


def test_more_firms_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = count(10)

    def add() -> None:
        for number in [next(numbers) for _ in range(3)]:
            firm = another_firm(number)
            acting(f"Owner{number}", firm, FirmRole.OWNER)
            executed(world, f"{number}.00", firm=firm, before="5.00")

    assert_constant_queries(add, lambda: dora.get(english("queue")))
