"""Periods and their dates."""

from datetime import date

import pytest

from portal.filings.models.period import Period
from portal.filings.progress import Progress, completeness_of, current_period
from portal.journal.models import Entry
from tests.desk.conftest import english, text_of
from tests.world import file_quarter

DATES = {"opens_on": "2020-01-01", "due_on": "2020-04-20", "locks_on": "2021-03-31"}


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def test_it_lists_periods_with_windows_and_progress(world, frida):
    file_quarter(world)
    words = text_of(frida.get(english("period-list")))
    assert "Quarter 1 of 2020" in words
    assert "filed until 2020-03-31: from 2019-07-01" in words
    assert "1 / 2" in words


def test_a_reviewer_may_read_and_not_change(world, dora):
    words = text_of(dora.get(english("period-list")))
    assert "Quarter 1 of 2020" in words
    assert "Make a period" not in words
    assert dora.get(english("period-add")).status_code == 403
    assert dora.post(english("period-edit", "2020Q1"), DATES).status_code == 403


def test_more_periods_take_no_more_queries(world, frida, assert_constant_queries):
    Period.objects.exclude(code="2020Q1").delete()
    rows = iter(range(2000, 2010))

    def add() -> None:
        for year in (next(rows), next(rows)):
            Period.objects.create(
                code=f"{year}Q1", first_on=date(year, 1, 1), last_on=date(year, 3, 31), opens_on=date(year, 1, 1),
                due_on=date(year, 4, 10), locks_on=date(year + 1, 3, 31),
            )  # fmt: skip

    assert_constant_queries(add, lambda: frida.get(english("period-list")))


def test_it_says_when_there_is_none(world, frida):
    Period.objects.all().delete()
    assert "No period has been made yet" in text_of(frida.get(english("period-list")))


def test_the_period_that_is_filed_is_the_newest_that_has_ended(world):
    assert current_period(date(2020, 4, 3)).code == "2020Q1"
    assert current_period(date(2020, 3, 31)).code == "2019Q4"
    assert current_period(date(2018, 1, 1)) is None


def test_completeness_is_by_count_and_by_value(world):
    file_quarter(world, period="2019Q1")
    file_quarter(world, firm=world.rival, period="2019Q1")
    file_quarter(world)
    assert completeness_of([world.period]) == {"2020Q1": Progress(2, 1, 1800_00, 900_00)}


# ── Making one ───────────────────────────────────────────────────────────────────────────────────


def test_a_period_is_made_with_its_defaults(world, frida):
    response = frida.post(english("period-add"), {"quarter": " 2020q2 "}, follow=True)
    assert "2020Q2 has been made" in text_of(response)
    period = Period.objects.get(code="2020Q2")
    assert (period.opens_on, period.due_on, period.locks_on) == (date(2020, 4, 1), date(2020, 7, 10), date(2021, 3, 31))
    assert Entry.objects.filter(verb="period.opened", target_key="2020Q2", actor=world.frida.key).exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"quarter": "2020Q1"}, "exists already"),
        ({"quarter": "2020Q5"}, "Write the year and the quarter"),
        ({"quarter": ""}, "required"),
        ({"quarter": "9999Q1"}, "between 2000 and 2099"),
        ({"quarter": "2020Q2", "due_on": "2019-01-01"}, "opens before it is due"),
        ({"quarter": "2020Q2", "opens_on": "2020-08-01", "due_on": "2020-07-01"}, "opens before it is due"),
        ({"quarter": "2020Q2", "due_on": "tomorrow"}, "valid date"),
    ],
)
def test_a_period_that_cannot_be_is_not_made(world, frida, typed, said):
    response = frida.post(english("period-add"), typed)
    assert response.status_code == 200
    assert said in text_of(response)
    assert not Period.objects.filter(code="2020Q2").exists()
    assert Period.objects.count() == 5


# ── Moving its dates ─────────────────────────────────────────────────────────────────────────────


def test_its_dates_are_moved_and_journalled(world, frida):
    response = frida.post(english("period-edit", "2020Q1"), DATES, follow=True)
    assert "The dates of 2020Q1 have been changed" in text_of(response)
    assert Period.objects.get(code="2020Q1").due_on == date(2020, 4, 20)
    entry = Entry.objects.get(verb="period.changed")
    assert (entry.before["due_on"], entry.after["due_on"]) == ("2020-04-10", "2020-04-20")


@pytest.mark.parametrize("typed", [{"due_on": "2019-04-20"}, {"locks_on": "2020-04-01"}, {"due_on": ""}])
def test_dates_out_of_order_are_refused_and_kept(world, frida, typed):
    response = frida.post(english("period-edit", "2020Q1"), DATES | typed)
    assert response.status_code == 200
    assert Period.objects.get(code="2020Q1").due_on == date(2020, 4, 10)


def test_a_period_that_does_not_exist_is_not_found(world, frida):
    assert frida.get(english("period-edit", "1999Q9")).status_code == 404
    assert frida.get(english("period-edit", "abc")).status_code == 404


def test_other_methods_are_rejected(world, frida):
    assert frida.post(english("period-list")).status_code == 405
    assert frida.put(english("period-add")).status_code == 405
    assert frida.delete(english("period-edit", "2020Q1")).status_code == 405
