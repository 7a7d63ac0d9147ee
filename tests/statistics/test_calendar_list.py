"""The public calendar: what is announced, what was put off and why, what came; and the file for programs."""

from datetime import datetime, timedelta

import pytest
from django.test import Client

from portal.lib.acts import Refused
from portal.members.models import Firm
from portal.statistics.announcing import announce, confirm, postpone
from portal.statistics.calendar_files import escaped, folded
from portal.statistics.calendars import dates
from portal.statistics.dimensions import Standing
from tests.statistics.conftest import BUILT, Deal, file, firms, publish, text_of
from tests.world import BEIJING, NOW, World, clock_at

PAGE, FILE = "/en/statistics/calendar/", "/en/statistics/calendar.ics"
COMES = datetime(2020, 4, 23, 10, 0, tzinfo=BEIJING)
LATER = COMES + timedelta(days=7)
WHY = {"reason_zh": "两家企业补报；复核", "reason_en": "Two firms filed late, and are under review; patience."}
FINAL = Standing.FINAL


def announced(world: World, at: datetime = NOW, **changed: object):
    values = {"period": world.period, "standing": FINAL, "release_at": COMES, "is_confirmed": False} | changed
    return announce(**values, by=world.erik, at=at)


def put_off(world: World, at: datetime = NOW + timedelta(hours=1), **changed: object):
    values = {"period": world.period, "standing": FINAL, "release_at": LATER} | WHY | changed
    return postpone(**values, by=world.erik, at=at)


def page() -> str:
    response = Client().get(PAGE)
    assert response.status_code == 200
    return text_of(response)


# ── Announcing ───────────────────────────────────────────────────────────────────────────────────


def test_a_date_is_announced_once_and_to_the_minute(world):
    row = announced(world, release_at=COMES + timedelta(seconds=31))
    assert row.release_at == COMES
    with pytest.raises(Refused):
        announced(world)
    announced(world, standing=Standing.PROVISIONAL)


@pytest.mark.parametrize("release_at", [NOW, datetime(2020, 4, 1, 9, 0, tzinfo=BEIJING)])
def test_a_date_lies_ahead(world, release_at):
    with pytest.raises(Refused):
        announced(world, release_at=release_at)


def test_figures_do_not_come_before_the_period_has_ended(world):
    with pytest.raises(Refused):
        announced(world, at=NOW - timedelta(days=30), release_at=NOW - timedelta(days=10))


@pytest.mark.parametrize("changed", [{"release_at": COMES}, {"reason_zh": " "}, {"reason_en": ""}])
def test_it_is_put_off_to_a_later_date_with_a_reason_in_both_languages(world, changed):
    announced(world)
    with pytest.raises(Refused):
        put_off(world, **changed)


def test_what_has_come_is_neither_announced_nor_put_off(world):
    announced(world, standing=Standing.PROVISIONAL)
    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    after = BUILT + timedelta(days=1)
    with pytest.raises(Refused):
        put_off(world, at=after, standing=Standing.PROVISIONAL)
    announced(world, at=after, release_at=LATER)
    assert [bool(date.came) for date in dates(after)] == [True, False]  # three of five firms: no final figures yet


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


def test_it_says_that_no_date_is_announced(db):
    assert "No date is announced" in page()


def test_it_tells_date_minute_and_state_and_keeps_the_earlier_date_with_its_reason(world):
    announced(world)
    assert "2020-04-23 10:00 First quarter of 2020 Final figures date provisional" in page()
    confirm(period=world.period, standing=FINAL, by=world.erik, at=NOW + timedelta(minutes=1))
    with clock_at(NOW + timedelta(minutes=2)):
        assert "date confirmed" in page()
    put_off(world)
    with clock_at(NOW + timedelta(hours=2)):
        html = Client().get(PAGE).content.decode()
    assert "2020-04-23 10:00</del> Two firms filed late, and are under review; patience." in html
    assert "postponed" in html
    confirm(period=world.period, standing=FINAL, by=world.erik, at=NOW + timedelta(hours=3))
    with clock_at(NOW + timedelta(hours=4)):
        words = page()
    assert "2020-04-30 10:00" in words
    assert "Earlier date: 2020-04-23 10:00" in words


@pytest.mark.parametrize(
    ("release_at", "told"),
    [(BUILT + timedelta(minutes=5), "on time"), (BUILT - timedelta(days=2), "2 days late")],
)
def test_it_tells_which_release_came_and_whether_it_was_on_time(world, release_at, told):
    announced(world, release_at=release_at, standing=Standing.PROVISIONAL)
    for firm in firms(3):
        file(world, firm, Deal())
    publish(world)
    with clock_at(BUILT + timedelta(days=1)):
        words = page()
    assert "2020Q1-1" in words
    assert told in words


def test_figures_that_came_final_at_once_are_called_final_though_announced_as_provisional(world):
    announced(world, release_at=BUILT + timedelta(minutes=5), standing=Standing.PROVISIONAL)
    for firm in Firm.objects.all():
        file(world, firm, Deal())
    publish(world)
    with clock_at(BUILT + timedelta(days=1)):
        words = page()
    assert "2020-04-20 18:05 First quarter of 2020 Final figures" in words
    assert "Provisional figures" not in words.split("2020-04-20 18:05")[1].split("2020Q1-1")[0]


def test_a_date_that_passed_without_figures_is_overdue(world):
    announced(world)
    with clock_at(COMES + timedelta(minutes=2)):
        assert "overdue" in page()


def test_the_front_page_and_the_list_of_releases_tell_the_date(world):
    announced(world)
    for address in ("/en/", "/en/statistics/"):
        words = text_of(Client().get(address))
        assert "Final figures 10:00 date provisional" in words, address


def test_a_firm_is_told_the_date_while_its_benchmark_waits(world, client):
    announced(world)
    file(world, world.firm, Deal(), at=NOW - timedelta(hours=1))
    client.force_login(world.alice)
    assert "Final figures 2020-04-23 10:00" in text_of(client.get("/en/filing/benchmark/2020Q1/"))


def test_more_dates_take_no_more_queries(world, assert_constant_queries):
    left = iter([(code, standing) for code in list(world.periods)[:4] for standing in Standing])

    def add() -> None:
        for _number in range(2):
            code, standing = next(left)
            announced(world, period=world.periods[code], standing=standing)

    assert_constant_queries(add, lambda: Client().get(PAGE))


def test_it_is_only_read(db):
    assert Client().post(PAGE).status_code == 405
    assert Client().post(FILE).status_code == 405


# ── The file ─────────────────────────────────────────────────────────────────────────────────────


def events(content: bytes) -> list[dict[str, str]]:
    """A reader of its own: lines joined again, names told from values, escapes undone (RFC 5545, 3.1 and 3.3.11)."""
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    lines = content.replace(b"\r\n ", b"").decode().split("\r\n")
    found: list[dict[str, str]] = []
    for line in lines:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and name:
            found[-1].setdefault(name.split(";")[0], undone(value))
    return found


def undone(value: str) -> str:
    return value.replace(r"\\", "\0").replace(r"\n", "\n").replace(r"\,", ",").replace(r"\;", ";").replace("\0", "\\")


def test_a_program_reads_one_event_that_keeps_its_identifier_and_moves(world):
    announced(world)
    response = Client().get(FILE)
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    [first] = events(response.content)
    assert (first["DTSTART"], first["SEQUENCE"], first["STATUS"]) == ("20200423T020000Z", "0", "TENTATIVE")
    assert first["SUMMARY"] == "Final figures, first quarter of 2020"
    put_off(world)
    with clock_at(NOW + timedelta(hours=2)):
        [moved] = events(Client().get(FILE, headers={"host": "localhost"}).content)
        [chinese] = events(Client().get("/statistics/calendar.ics").content)
    assert moved["UID"] == first["UID"] == chinese["UID"]
    assert (moved["DTSTART"], moved["SEQUENCE"]) == ("20200430T020000Z", "1")
    assert "and are under review; patience." in moved["DESCRIPTION"]
    assert "两家企业补报；复核" in chinese["DESCRIPTION"]


def test_marks_of_the_format_are_escaped_and_no_character_is_cut():
    assert escaped("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"
    line = "DESCRIPTION:" + "数据" * 40
    parts = folded(line).split("\r\n")
    assert all(len(part.encode()) <= 75 for part in parts)
    assert folded(line).replace("\r\n ", "") == line
