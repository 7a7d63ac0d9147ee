"""Working days of the Chinese calendar, and the page on which an administrator corrects them."""

from datetime import date, timedelta

import pytest

from portal.filings import working_days
from portal.filings.actions.working_days import correct_working_day
from portal.filings.models.calling import WorkingDay
from portal.journal.models import Entry
from tests.desk.conftest import english, text_of
from tests.world import NOW

# National Day 2024: off from 1 to 7 October; 29 September (Sunday) and 12 October (Saturday) are worked.
BEFORE, AFTER = date(2024, 9, 30), date(2024, 10, 8)


@pytest.mark.parametrize(
    ("day", "is_worked"),
    [
        (date(2024, 9, 29), True),
        (date(2024, 10, 1), False),
        (date(2024, 10, 5), False),
        (AFTER, True),
        (date(2024, 10, 12), True),
        (date(2024, 10, 13), False),
        (date(2026, 1, 4), True),
        (date(2020, 1, 31), False),
    ],
)
def test_weekends_are_worked_and_weekdays_are_off_as_announced(day, is_worked):
    assert working_days.is_working_day(day) == is_worked


def test_counting_leaps_over_the_holiday_and_takes_the_worked_saturday_along():
    assert working_days.add(BEFORE, 1) == AFTER
    assert working_days.add(AFTER, -1) == BEFORE
    assert working_days.add(date(2024, 10, 11), 1) == date(2024, 10, 12)
    assert working_days.add(date(2024, 10, 5), 0) == date(2024, 10, 5)
    assert working_days.on_or_before(date(2024, 10, 6)) == BEFORE
    assert working_days.days_between(BEFORE, date(2024, 10, 14)) == 6
    assert working_days.days_between(date(2024, 10, 14), BEFORE) == -6


@pytest.mark.parametrize(("year", "count"), [(2024, 251), (2025, 248), (2026, 248)])
def test_a_year_has_as_many_working_days_as_its_announcement_leaves(year, count):
    assert working_days.days_between(date(year - 1, 12, 31), date(year, 12, 31)) == count


def test_a_year_without_its_announcement_is_provisional():
    assert not working_days.is_provisional(date(2026, 5, 1))
    assert working_days.is_provisional(date(2027, 5, 1))
    assert not working_days.is_provisional(date(2027, 5, 1), {date(2027, 2, 14): True})


def typed(**changed: str) -> dict[str, str]:
    return {"on": "2020-04-06", "is_working": "1", "source": "国办发明电〔2019〕16号"} | changed


def test_a_correction_counts_at_once_and_is_journalled(world, frida):
    response = frida.post(english("working-day-add"), typed(), follow=True)
    assert "2020-04-06 is a working day from now on" in text_of(response)
    assert working_days.is_working_day(date(2020, 4, 6), WorkingDay.objects.corrections())
    entry = Entry.objects.get(verb="working_day.corrected")
    assert (entry.before, entry.after["is_working"]) == ({"is_working": False}, True)


def test_the_newest_correction_counts(world):
    for step, is_working in enumerate((True, False)):
        at = NOW + timedelta(minutes=step)
        correct_working_day(on=date(2020, 4, 6), is_working=is_working, source="x", by=world.frida, at=at)
    assert WorkingDay.objects.corrections() == {date(2020, 4, 6): False}


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"on": "1999-01-01"}, "between 2007 and 2099"),
        ({"source": " "}, "required"),
        ({"is_working": "2"}, "valid choice"),
    ],
)
def test_what_cannot_be_recorded_is_refused(world, frida, changed, said):
    assert said in text_of(frida.post(english("working-day-add"), typed(**changed)))
    assert not WorkingDay.objects.exists()


def test_the_page_shows_a_year_s_exceptions(world, dora, frida):
    words = text_of(dora.get(english("working-day-list") + "?year=2024"))
    assert "Working days of 2024: 251" in words
    assert "2024-10-12 Saturday a working day" in words
    assert "provisional" in text_of(dora.get(english("working-day-list") + "?year=2030"))
    assert dora.get(english("working-day-list") + "?year=99999999999999").status_code == 200


def test_who_may(world, dora, signed_in):
    assert dora.post(english("working-day-add"), typed()).status_code == 403
    assert signed_in(world.alice).get(english("working-day-list")).status_code == 404
    assert dora.post(english("working-day-list")).status_code == 405
