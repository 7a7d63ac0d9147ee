"""The reviewers' queue: who stands in it, in which order, and how far the period has come."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count

import pytest

from portal.filings.actions.drafts import open_filing, reopen
from portal.filings.actions.review import return_to_firm
from portal.filings.actions.submission import declare_nil, submit
from portal.filings.desk.effect import EVERYWHERE, EXECUTION, Movement, effects
from portal.filings.desk.queue import FLAGS, Queue, State, queue_for, queue_of
from portal.filings.models.calling import Look
from portal.filings.models.query import Query
from portal.filings.sheet import Kind, Mode
from portal.members.models import Firm
from portal.members.roles import FirmRole, StaffRole
from tests.desk.conftest import english, text_of
from tests.world import NOW, acting, another_firm, appointed, clock_at, entry, file_quarter


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


# Amounts of US$10m and more, so that the logarithm's gentle end does not show.
TEN_MILLION = 1_000_000_000
OFFSHORE = (EXECUTION, Mode.OFFSHORE)
GUIYANG, GUIZHOU = "520100", "520000"
ALL_OF_IT = (GUIYANG, GUIZHOU, EVERYWHERE)


def movement(firm: int, now: int | None, before: int | None, places: tuple[str, ...] = ALL_OF_IT) -> Movement:
    """Offshore execution in units of US$10m."""
    amounts = [None if units is None else {OFFSHORE: units * TEN_MILLION} for units in (now, before)]
    return Movement(firm, places, *amounts)


def test_effect_is_share_of_the_cells_times_how_unusual_the_movement_is():
    """Worked by hand in docs/review.md: two firms of Guiyang, one of Zunyi, in a province and a whole."""
    zunyi = ("520300", GUIZHOU, EVERYWHERE)
    found = effects([movement(1, 8, 2), movement(2, 8, 8), movement(3, 4, 4, zunyi)], fewest=2)
    # 8 of 16 in Guiyang, 8 of 20 in Guizhou and in all: 43.33 % in the mean. Fourfold is two doublings.
    assert (found[1].share, found[1].weight, found[1].times) == (Decimal("50.00"), Decimal("43.33"), Decimal("2.0"))
    assert (found[1].value, found[1].growth, found[1].cut) == (Decimal("86.66"), 300, OFFSHORE)
    # It did not move, so its share counts once: that of the year before, 8 of 10 and 8 of 14, being the larger.
    assert (found[2].share, found[2].was_larger, found[2].times) == (Decimal("80.00"), True, 1)
    assert found[2].value == Decimal("64.76")
    # One firm in Zunyi may not be published: the cell counts nothing. 4 of 14 a year before in the two wider ones.
    assert (found[3].place, found[3].value) == (GUIZHOU, Decimal("19.05"))


def test_unusual_is_measured_by_what_is_usual_among_the_firms():
    calm = [movement(firm, 2, 2) for firm in range(10)]
    alone = effects([*calm[:3], movement(99, 4, 2)], fewest=1)[99]
    among = effects([*calm, movement(99, 4, 2)], fewest=1)[99]
    # Doubling is the measure while there are few peers; where everybody else stands still, a quarter more is.
    assert (alone.times, among.times) == (Decimal("1.0"), Decimal("3.1"))
    everybody = effects([movement(firm, 4, 2) for firm in range(10)], fewest=1)
    assert {effect.times for effect in everybody.values()} == {Decimal("1.0")}


def test_a_firm_that_reports_nothing_any_more_weighs_with_the_year_before():
    gone = effects([movement(1, 0, 6), movement(2, 4, 4)], fewest=1)[1]
    assert (gone.share, gone.was_larger, gone.growth, gone.times) == (Decimal("60.00"), True, -100, 10)


def test_who_has_not_filed_stands_in_the_cells_with_the_year_before():
    found = effects([movement(1, 4, 4), movement(2, None, 12)], fewest=1)
    assert list(found) == [1]
    assert found[1].share == Decimal("25.00")


def test_a_filing_ranks_by_its_effect(world):
    third = another_firm(3)
    executed(world, "500000.00", before="400000.00")
    executed(world, "400000.00", firm=third, before="40000.00")
    rows = queue(world).sought(state=State.WAITING)
    assert [(row.firm, row.rank) for row in rows] == [(third.pk, 1), (world.firm.pk, 2)]


def test_a_province_s_reviewer_is_told_nothing_of_the_whole(world, grace):
    """Her cells end with Guizhou, so that no share gives away what others filed."""
    executed(world, "100.00")
    executed(world, "900000.00", firm=world.rival)
    found = queue_for(grace, world.period, NOW)
    assert [row.firm for row in found.rows] == [world.firm.pk]
    assert found.rows[0].effect.share == 100
    assert found.rows[0].cell_place.pk == GUIZHOU


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
    assert (row.executed, row.effect) == (None, None)


def test_a_correction_under_way_leaves_what_was_approved(world):
    version = executed(world, "100.00", until="approved")
    reopen(filing=version.filing, by=world.alice, at=NOW)
    row = queue(world).row_of(world.firm.pk)
    assert (row.state, row.is_being_reworked, row.executed, row.is_filed) == (State.APPROVED, True, 10000, True)


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


def test_it_says_why_a_filing_stands_where_it_does(world, dora):
    executed(world, "400000.00", before="100000.00")
    words = text_of(dora.get(english("queue")))
    assert "all firms, Offshore execution: 100.0% of it" in words
    assert "＋300% on a year before" in words


def asked(world, version, state: str) -> Query:
    return Query.objects.create(
        firm=version.firm, filing=version.filing, version_number=version.number, line_key=version.lines.first().key,
        field="amount", state=state, asked_at=NOW, asked_by=world.dora.key, due_on=date(2020, 4, 10),
    )  # fmt: skip


def test_it_finds_what_has_questions_and_answers(world, dora):
    asked(world, executed(world, "100.00"), Query.State.ANSWERED)
    asked(world, executed(world, "100.00", firm=world.rival), Query.State.OPEN)
    row = queue(world).row_of(world.firm.pk)
    assert (row.answered_questions, row.open_questions) == (1, 0)
    words = text_of(dora.get(english("queue") + "?only=answered"))
    assert "Example 1" in words
    assert "Example 2" not in words
    assert "Example 1" not in text_of(dora.get(english("queue") + "?only=answered&only=open"))


def test_a_review_is_due_after_five_working_days(world, dora):
    """Handed in on Friday 3 April 2020; Monday the 6th is Qingming."""
    executed(world, "100.00")
    row = queue(world).row_of(world.firm.pk)
    assert (row.review_due_on, row.is_overdue) == (date(2020, 4, 13), False)
    assert "review due 04-13" in text_of(dora.get(english("queue")))
    assert "Example 1" not in text_of(dora.get(english("queue") + "?due=3"))
    with clock_at(NOW + timedelta(days=11)):
        assert "Example 1" in text_of(dora.get(english("queue") + "?only=overdue&due=0"))


def test_late_is_what_came_after_the_firm_s_own_day(world):
    assert not FLAGS["late"](queue(world).row_of(world.firm.pk))
    file_quarter(world, until="submitted", at=NOW + timedelta(days=9))
    assert FLAGS["late"](queue(world).row_of(world.firm.pk))


@pytest.mark.parametrize(("size", "found"), [("small", True), ("large", False), ("odd", True)])
def test_it_finds_by_size(world, dora, size, found):
    executed(world, "100.00")
    assert ("Example 1" in text_of(dora.get(english("queue") + f"?size={size}"))) == found


def test_the_order_can_be_chosen(world):
    executed(world, "500000.00", before="500000.00")
    executed(world, "400000.00", firm=world.rival, before="50000.00")
    found = queue(world)
    assert [row.firm for row in found.sought(state=State.WAITING)] == [world.rival.pk, world.firm.pk]
    assert [row.firm for row in found.sought(order="executed")] == [world.firm.pk, world.rival.pk]


def test_one_sees_who_else_has_a_filing_open(world, dora, erik):
    version = executed(world, "100.00")
    assert dora.post(english("filing-look", version.filing_id)).json() == {"names": []}
    assert erik.post(english("filing-look", version.filing_id)).json() == {"names": ["Dora"]}
    assert "Erik is looking at it" in text_of(dora.get(english("queue")))
    assert "Also looking at this now: Erik" in text_of(dora.get(english("filing-detail", version.filing_id)))
    with clock_at(NOW + timedelta(minutes=6)):
        assert "looking at it" not in text_of(dora.get(english("queue")))
    assert Look.objects.count() == 2


def test_nobody_is_seen_where_one_may_not_look(world, grace, signed_in):
    version = executed(world, "100.00", firm=world.rival)
    assert signed_in(grace).post(english("filing-look", version.filing_id)).status_code == 404
    assert signed_in(world.alice).post(english("filing-look", version.filing_id)).status_code == 404
    assert signed_in(world.frida).post(english("filing-look", version.filing_id)).status_code == 403
    assert signed_in(world.dora).get(english("filing-look", version.filing_id)).status_code == 405
    assert not Look.objects.exists()


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
