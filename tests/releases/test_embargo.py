"""Embargo: nobody outside knows a release before its minute, everybody in it; and it can be undone until then."""

import json
from datetime import datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from portal.journal.models import Entry
from portal.lib.acts import Refused
from portal.statistics.actions import build_release, publish_release
from portal.statistics.dimensions import Standing
from portal.statistics.embargo import take_back_publication
from portal.statistics.models import Publication, Release
from portal.statistics.queries import latest_release, published_releases, release_named
from portal.ui.middleware import seconds_left
from tests.beginnings import beginning
from tests.desk.conftest import english, text_of
from tests.statistics.conftest import Deal, file, firms, publish
from tests.test_doors import PUBLIC, address
from tests.world import BEIJING, NOW, World, clock_at

OPENS = datetime(2020, 4, 5, 10, 0, tzinfo=BEIJING)
NAME = "2020Q1-1"
CHECK, PUBLISH, BACK = "releases:release-check", "releases:release-publish", "releases:release-take-back"
# Every public door that leads to a release, or to the newest one.
OF_THE_RELEASE = (
    f"/en/statistics/{NAME}/", f"/en/statistics/{NAME}/tables.csv", f"/en/statistics/{NAME}/tables.json",
    f"/en/statistics/{NAME}/tables.xlsx", f"/en/statistics/{NAME}/places/520100/",
    f"/en/statistics/{NAME}/places/520100/tables.csv", f"/en/statistics/{NAME}/places/520100/brief.txt",
)  # fmt: skip
NEWEST = (
    "/en/",
    "/en/statistics/",
    "/en/statistics/places/",
    "/en/statistics/places/520100/",
    "/en/statistics/calendar/",
)


@beginning
def built(world: World) -> Release:
    for firm in firms(4):
        file(world, firm, Deal(), at=NOW - timedelta(hours=1))
    return build_release(period="2020Q1", by=world.erik, at=NOW)


def embargoed(world: World, built: Release, **changed: object) -> Release:
    values = {"public_at": OPENS, "reason": "The others have nothing to file."} | changed
    return publish_release(release=built, by=world.erik, at=NOW + timedelta(minutes=1), **values)


def test_no_public_door_knows_it_before_its_minute_and_all_do_in_it(world, built):
    embargoed(world, built)
    with clock_at(OPENS - timedelta(seconds=5)):
        assert {Client().get(address).status_code for address in OF_THE_RELEASE} == {404}
        assert [address for address in NEWEST if NAME in Client().get(address).content.decode()] == []
        assert (published_releases(), latest_release("2020Q1"), release_named(NAME)) == ([], None, None)
    with clock_at(OPENS):
        assert {Client().get(address).status_code for address in OF_THE_RELEASE} == {200}
        assert NAME in Client().get("/en/statistics/").content.decode()
        assert release_named(NAME).published_at == OPENS


def command(*words: str) -> tuple[dict, int]:
    out, status = StringIO(), 0
    try:
        call_command("publish_release", NAME, *words, "--format", "json", stdout=out)
    except SystemExit as end:
        status = int(end.code)
    return json.loads(out.getvalue()), status


def test_the_command_presses_the_same_button(world, built):
    words = ("--by", world.erik.email, "--at", "2020-04-05T10:00")
    with clock_at(NOW + timedelta(minutes=1)):
        assert command("--by", world.dora.email, "--reason", "Dora reviews.")[1] == 1
        assert command(*words)[1] == 1, "not every check is met, and no reason is told"
        told = (*words, "--reason", "The others have nothing to file.")
        assert command(*told, "--note-zh", "初步数")[1] == 1, "a note in one language"
        answer, status = command(*told, "--note-zh", "初步数", "--note-en", "First figures")
    assert (status, answer["done"], answer["release"]) == (0, True, NAME)
    kept = Publication.objects.get(release=built)
    assert (kept.published_at, kept.note_zh, kept.note_en) == (OPENS, "初步数", "First figures")
    assert Entry.objects.get(verb="release.published").actor == world.erik.key


def test_the_command_refuses_a_minute_that_is_none(world, built):
    with pytest.raises(CommandError, match="no day and minute"):
        call_command("publish_release", NAME, "--by", world.erik.email, "--at", "tomorrow")


def test_no_public_answer_changes_when_a_release_is_put_under_embargo(world, built):
    """Every public address there is, those made later too; with an earlier quarter to show."""
    for firm in firms(4, first=200):
        file(world, firm, Deal(), period="2019Q4")
    publish(world, "2019Q4", at=NOW - timedelta(days=40))
    with clock_at(OPENS - timedelta(seconds=30)):
        before = public_answers()
    embargoed(world, built)
    with clock_at(OPENS - timedelta(seconds=30)):
        after = public_answers()
    assert [name for name in before if before[name] != after[name]] == []


def public_answers() -> dict[str, tuple[int, bytes]]:
    answers = {name: Client().get(address(name)) for name in sorted(PUBLIC - {"ui:language", "ui:text-size"})}
    return {name: (answer.status_code, b"".join(answer)) for name, answer in answers.items()}


def test_no_kept_page_outlives_the_minute(world, built):
    embargoed(world, built)
    with clock_at(OPENS - timedelta(seconds=20)):
        seconds = int(Client().get("/en/statistics/")["Cache-Control"].removeprefix("public, max-age="))
    assert seconds <= 20
    assert [seconds_left(OPENS.replace(second=second)) for second in (0, 30, 59)] == [59, 29, 0]


def test_a_page_that_was_asked_for_again_with_its_mark_is_sent_anew_once_the_embargo_has_ended(world, built):
    embargoed(world, built)
    with clock_at(OPENS - timedelta(seconds=30)):
        mark = Client().get("/en/statistics/")["ETag"]
        assert Client().get("/en/statistics/", headers={"if-none-match": mark}).status_code == 304
    with clock_at(OPENS):
        assert Client().get("/en/statistics/", headers={"if-none-match": mark}).status_code == 200


def test_a_firm_s_benchmark_waits_for_the_minute(world, built, client):
    file(world, world.firm, Deal(), at=NOW - timedelta(hours=2))
    release = build_release(period="2020Q1", by=world.erik, at=NOW)
    embargoed(world, release)
    client.force_login(world.alice)
    with clock_at(OPENS - timedelta(hours=1)):
        assert "It waits for the quarter's figures" in text_of(client.get("/en/filing/benchmark/2020Q1/"))
    with clock_at(OPENS):
        assert "It waits" not in text_of(client.get("/en/filing/benchmark/2020Q1/"))


@pytest.mark.parametrize("public_at", [NOW, NOW + timedelta(days=90)])
def test_an_embargo_ends_ahead_and_soon(world, built, public_at):
    with pytest.raises(Refused):
        embargoed(world, built, public_at=public_at)
    assert not Publication.objects.exists()


def test_numbers_become_public_in_their_order(world, built):
    embargoed(world, built)
    second = build_release(period="2020Q1", by=world.erik, at=NOW + timedelta(minutes=5))
    assert second.name == "2020Q1-2"
    with pytest.raises(Refused):
        embargoed(world, second, public_at=OPENS - timedelta(hours=1))
    with pytest.raises(Refused):
        embargoed(world, second, public_at=None)
    assert embargoed(world, second, public_at=OPENS).is_published


# ── The way back ─────────────────────────────────────────────────────────────────────────────────


def test_it_is_taken_back_before_its_minute_and_journalled(world, built):
    embargoed(world, built)
    release = take_back_publication(release=built, by=world.erik, at=OPENS - timedelta(hours=1))
    assert not release.is_published
    entry = Entry.objects.get(verb="release.taken_back")
    assert (entry.actor, entry.target_key) == (world.erik.key, NAME)
    again = build_release(period="2020Q1", by=world.erik, at=OPENS)
    assert (again.name, Release.objects.count()) == (NAME, 1)


@pytest.mark.parametrize("at", [OPENS - timedelta(seconds=30), OPENS, OPENS + timedelta(days=1)])
def test_what_is_public_or_about_to_be_stays(world, built, at):
    embargoed(world, built)
    with pytest.raises(Refused):
        take_back_publication(release=built, by=world.erik, at=at)
    assert Publication.objects.filter(release=built).exists()


def test_the_rows_themselves_refuse_to_go_once_they_are_public(world, built):
    embargoed(world, built)
    assert Publication.objects.take_back(OPENS) == 0
    with pytest.raises(TypeError):
        Publication.objects.all().delete()
    assert Publication.objects.take_back(OPENS - timedelta(minutes=2)) == 1


# ── The desk ─────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def typed(built: Release) -> dict[str, str]:
    return {"digest": built.digest, "reason": "Asked by telephone.", "public_at": "2020-04-05T10:00"}


def test_the_desk_publishes_under_embargo_and_counts_down(world, built, typed, erik):
    words = text_of(erik.post(english(PUBLISH, NAME), typed, follow=True))
    assert "becomes public by itself" in words
    assert "Under embargo" in words
    assert "until it becomes public by itself, 2020-04-05 10:00" in words
    assert "See the public page" not in words
    assert Publication.objects.get().published_at == OPENS
    assert "under embargo until 2020-04-05 10:00" in text_of(erik.get(english("releases:release-list")))


def test_a_look_under_embargo_is_journalled(world, built, typed, erik):
    erik.post(english(PUBLISH, NAME), typed)
    before = Entry.objects.filter(verb="release.viewed").count()
    erik.get(english(CHECK, NAME))
    assert Entry.objects.filter(verb="release.viewed").count() == before + 1


def test_the_note_to_readers_is_in_both_languages_and_stands_on_the_page(world, built, typed, erik: Client):
    alone = erik.post(english(PUBLISH, NAME), typed | {"note_zh": "口径有变"})
    assert "in both languages, or in neither" in text_of(alone)
    assert "Nothing has been published yet" in text_of(alone)
    assert "口径有变" in alone.content.decode()  # what was typed is kept
    erik.post(english(PUBLISH, NAME), typed | {"note_zh": "口径有变", "note_en": "The rules changed"})
    with clock_at(OPENS):
        assert "Note on this release The rules changed" in text_of(Client().get(f"/en/statistics/{NAME}/"))
        assert "口径有变" in Client().get(f"/statistics/{NAME}/").content.decode()


def test_the_desk_takes_it_back(world, built, typed, erik):
    erik.post(english(PUBLISH, NAME), typed)
    assert "is a build again" in text_of(erik.post(english(BACK, NAME), follow=True))
    assert "is not published" in text_of(erik.post(english(BACK, NAME), follow=True))


@pytest.mark.parametrize(("who", "status"), [("dora", 403), ("frida", 403), ("alice", 404)])
def test_others_take_nothing_back(world, built, typed, erik, signed_in, who, status):
    erik.post(english(PUBLISH, NAME), typed)
    assert signed_in(getattr(world, who)).post(english(BACK, NAME)).status_code == status
    assert Publication.objects.exists()
    assert erik.get(english(BACK, NAME)).status_code == 405


# ── Standing and coverage ────────────────────────────────────────────────────────────────────────


def test_figures_are_provisional_while_filings_are_due_and_the_page_says_so(world, built):
    assert (built.standing, built.coverage["filed"], built.coverage["expected"]) == (Standing.PROVISIONAL, 4, 6)
    embargoed(world, built)
    with clock_at(OPENS):
        words = text_of(Client().get(f"/en/statistics/{NAME}/"))
    assert "Provisional figures" in words
    assert "4 of 6 firms" in words


def test_the_range_of_the_absent_is_for_the_desk_alone_while_they_are_few(world, erik):
    for firm in firms(4):
        file(world, firm, Deal(), period="2019Q1")
        file(world, firm, Deal(), at=NOW - timedelta(hours=1))
    for firm in (world.firm, world.rival):
        file(world, firm, Deal(), period="2019Q1")
    release = build_release(period="2020Q1", by=world.erik, at=NOW)
    execution = release.coverage["ranges"]["execution"]
    assert (execution["high"] - execution["low"], execution["is_public"]) == (2 * 900_00, False)
    assert release.coverage["by_value_percent"] == "66.7"
    told = text_of(erik.get(english(CHECK, NAME)))
    assert "66.7 %" in told
    assert "If the others file as a year before" in told
    embargoed(world, release)
    with clock_at(OPENS):
        words = text_of(Client().get(f"/en/statistics/{NAME}/"))
    assert "By last year's value not published" in words
    assert "If the others file" not in words


def test_the_range_is_public_where_the_absent_are_many(world):
    group = firms(7)
    for firm in group:
        file(world, firm, Deal(), period="2019Q1")
    for firm in group[:3]:
        file(world, firm, Deal(), at=NOW - timedelta(hours=1))
    release = build_release(period="2020Q1", by=world.erik, at=NOW)
    embargoed(world, release)
    with clock_at(OPENS):
        words = text_of(Client().get(f"/en/statistics/{NAME}/"))
    assert "By last year's value 43 %" in words
    assert "Executed value: US$2,700 to US$6,300" in words
