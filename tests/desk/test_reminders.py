"""Reminders: each goes out once, on its working day, to whoever has not filed, and can be stopped."""

from datetime import date, datetime, timedelta
from itertools import count

import pytest
from django.core import mail
from django.core.management import call_command

from portal.filings.actions.periods import grant_extension
from portal.filings.actions.reminders import remind_due, stop_reminders
from portal.filings.desk.schedule import schedule
from portal.filings.models.calling import Notice, Reminder, ReminderStop
from portal.journal.models import Entry
from portal.members.models import Representation
from portal.members.roles import FirmRole
from tests.desk.conftest import english, text_of
from tests.world import BEIJING, NOW, acting, another_firm, clock_at, file_quarter

# 2020Q1 is due on Friday 10 April 2020. Monday 6 April is Qingming, and the day before it is worked by nobody.
DUE = date(2020, 4, 10)


def moment(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2020, month, day, hour, 0, tzinfo=BEIJING)


def sent() -> list[tuple[str, str, date]]:
    rows = Reminder.objects.order_by("pk").values_list("firm__name_en", "step", "planned_on")
    return [tuple(row) for row in rows]


# ── The schedule ─────────────────────────────────────────────────────────────────────────────────


def test_it_is_counted_in_working_days_from_the_due_day():
    assert [(planned.on, planned.step, planned.days) for planned in schedule(DUE, {})] == [
        (date(2020, 4, 2), "before", 5),
        (date(2020, 4, 9), "before", 1),
        (DUE, "due", 0),
        (date(2020, 4, 13), "after", 1),
        (date(2020, 4, 17), "after", 5),
        (date(2020, 4, 24), "after", 10),
    ]


def test_a_due_day_in_the_holiday_is_told_on_the_last_working_day_before_it():
    assert ("due", date(2024, 9, 30)) in [(planned.step, planned.on) for planned in schedule(date(2024, 10, 5), {})]


def test_who_has_not_filed_is_reminded_once_however_often_it_runs(world):
    file_quarter(world, until="submitted")
    for hour in (9, 9, 10):
        call_command("tick", at=moment(4, 9, hour).isoformat())
    assert sent() == [("Example 2", "before", date(2020, 4, 9))]
    assert [message.to for message in mail.outbox] == [["charlie@example.org"]]
    assert "2020-04-10" in mail.outbox[0].body
    assert "/filing/2020Q1/\n" in mail.outbox[0].body
    assert Notice.objects.filter(firm=world.rival).count() == 1
    reminder = Reminder.objects.get()
    assert (reminder.outcome, reminder.people_count) == (Reminder.Outcome.SENT, 1)
    assert Entry.objects.get(verb="reminder.sent").firm_code == world.rival.credit_code


def test_what_another_run_began_is_left_to_it(world):
    Reminder.objects.create(
        firm=world.rival, period=world.period, step="due", planned_on=DUE, outcome="started", sent_at=moment(4, 10)
    )
    remind_due(at=moment(4, 10))
    assert [message.to for message in mail.outbox] == [["alice@example.org"], ["gina@example.org"]]
    assert Reminder.objects.get(firm=world.rival).outcome == Reminder.Outcome.STARTED


def test_nobody_is_reminded_on_a_day_off_nor_long_after(world):
    call_command("tick", at=moment(4, 11).isoformat())
    assert sent() == []
    # Monday after a weekend on which nothing ran: the newest reminder, and not the missed ones too.
    remind_due(at=moment(4, 13))
    assert {step for _firm, step, _on in sent()} == {"after"}
    Reminder.objects.all().delete()
    remind_due(at=moment(4, 22))
    assert sent() == []


def test_an_extension_moves_the_firm_s_own_schedule(world):
    grant_extension(
        firm=world.rival, period=world.period, until_on=date(2020, 4, 24), accepts_from_on=None, reason="Flooded",
        by=world.frida, at=NOW,
    )  # fmt: skip
    remind_due(at=moment(4, 10))
    remind_due(at=moment(4, 24))
    assert ("Example 2", "due", DUE) not in sent()
    assert ("Example 2", "due", date(2020, 4, 24)) in sent()


def test_who_was_stopped_is_left_out_until_it_is_taken_back(world, dora):
    dora.post(english("reminder-stop"), {"firm": world.rival.credit_code, "period": "", "reason": "In liquidation"})
    remind_due(at=moment(4, 10))
    assert {firm for firm, _step, _on in sent()} == {"Example 1"}
    assert "In liquidation" in text_of(dora.get(english("reminder-list")))
    dora.post(english("reminder-resume", ReminderStop.objects.get().pk))
    remind_due(at=moment(4, 13))
    assert ("Example 2", "after", date(2020, 4, 13)) in sent()
    verbs = Entry.objects.filter(verb__in=["reminder.stopped", "reminder.resumed"]).values_list("verb", flat=True)
    assert sorted(verbs) == ["reminder.resumed", "reminder.stopped"]


def test_a_firm_without_people_is_told_inside_the_site_and_logged(world):
    lonely = another_firm(5)
    remind_due(at=moment(4, 10))
    assert Reminder.objects.get(firm=lonely).outcome == Reminder.Outcome.NOBODY
    assert Notice.objects.filter(firm=lonely).exists()


def test_a_mail_server_that_is_away_is_told_in_the_log(world, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    remind_due(at=moment(4, 10))
    assert set(Reminder.objects.values_list("outcome", flat=True)) == {Reminder.Outcome.FAILED}


def test_who_left_the_firm_is_not_written_to(world):
    Representation.objects.filter(user=world.charlie).update(until_on=date(2020, 4, 1))
    remind_due(at=moment(4, 10))
    assert ["charlie@example.org"] not in [message.to for message in mail.outbox]


# ── The pages ────────────────────────────────────────────────────────────────────────────────────


def test_it_shows_who_will_be_reminded_when(world, dora):
    words = text_of(dora.get(english("reminder-list")))
    assert "2020-04-09" in words
    assert "2020-04-02" not in words
    assert "No reminder has been sent" in words


def chosen(world, *firms, **typed: str) -> dict[str, object]:
    return {"period": "2020Q1", "firm": [str(firm.pk) for firm in firms], **typed}


def test_a_selection_is_written_to_once_with_one_s_own_words(world, dora):
    file_quarter(world, until="submitted")
    form = chosen(world, world.firm, world.rival)
    words = text_of(dora.get(english("reminder-add"), form))
    assert "Write to 1 firm that has not filed" in words
    for _ in range(2):
        dora.post(english("reminder-add"), form | {"text": "Please call us."})
    assert [(message.to, "Please call us." in message.body) for message in mail.outbox] == [
        (["charlie@example.org"], True)
    ]
    reminder = Reminder.objects.get()
    assert (reminder.step, reminder.sent_by, reminder.text) == ("by_hand", world.dora.key, "Please call us.")
    assert "Please call us." in text_of(dora.get(english("reminder-list")))


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_letter_without_words_is_not_sent(world, dora, text):
    response = dora.post(english("reminder-add"), chosen(world, world.rival, text=text))
    assert response.status_code == 200
    assert not Reminder.objects.exists()


@pytest.mark.parametrize("firms", [[], ["999999"], ["x"], ["9" * 30]])
def test_odd_selections_reach_nobody(world, dora, firms):
    response = dora.post(english("reminder-add"), {"period": "2020Q1", "firm": firms, "text": "Hello"}, follow=True)
    assert "No firm was ticked" in text_of(response)
    assert not Reminder.objects.exists()


def test_nobody_reaches_firms_outside_their_scope(world, grace, signed_in):
    client = signed_in(grace)
    client.post(english("reminder-add"), chosen(world, world.rival, text="Hello"))
    client.post(english("reminder-stop"), {"firm": world.rival.credit_code, "reason": "x"})
    stop = stop_reminders(firm=world.rival, period=None, reason="Secret", by=world.dora, at=NOW)
    assert client.post(english("reminder-resume", stop.pk)).status_code == 404
    remind_due(at=moment(4, 10))
    words = text_of(client.get(english("reminder-list")))
    assert "Example 2" not in words
    assert "Secret" not in words
    assert not Reminder.objects.filter(firm=world.rival).exists()


def test_who_may(world, erik, signed_in):
    assert erik.get(english("reminder-list")).status_code == 200
    assert erik.post(english("reminder-add"), chosen(world, world.rival, text="Hello")).status_code == 403
    assert erik.post(english("reminder-stop"), {}).status_code == 403
    for name in ("reminder-list", "reminder-add", "reminder-stop"):
        assert signed_in(world.alice).get(english(name)).status_code == 404


def test_methods(world, dora):
    assert dora.post(english("reminder-list")).status_code == 405
    assert dora.get(english("reminder-resume", 1)).status_code == 405


def test_more_reminders_take_no_more_queries(world, dora, assert_constant_queries):
    numbers = count(10)

    def add() -> None:
        for number in [next(numbers) for _ in range(3)]:
            firm = another_firm(number)
            acting(f"Owner{number}", firm, FirmRole.OWNER)
            stop_reminders(firm=another_firm(100 + number), period=None, reason="x", by=world.dora, at=NOW)
        with clock_at(NOW + timedelta(days=7)):
            remind_due(at=moment(4, 10))

    assert_constant_queries(add, lambda: dora.get(english("reminder-list")))
