"""Releases at the desk: built, checked, published; corrected by the next number."""

from datetime import timedelta

import pytest
from django.utils.translation import override

from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from portal.journal.models import Entry
from portal.lib import clock
from portal.reference.models import RegionScheme
from portal.statistics.actions import rebuilt_digest
from portal.statistics.desk.revisions import headline_revisions
from portal.statistics.dimensions import NATION, Measure
from portal.statistics.levels import Indicator
from portal.statistics.models import Release
from portal.statistics.places import Place, names_apart
from portal.statistics.queries import figure, info, release_named
from tests.beginnings import beginning
from tests.desk.conftest import english, text_of
from tests.world import NOW, World, another_firm, entry, file_quarter, simple_entries

EARLIER_TODAY = NOW - timedelta(hours=1)
LIST = "releases:release-list"
BUILD, CHECK, PUBLISH = "releases:release-build", "releases:release-check", "releases:release-publish"


@beginning
def filed(world: World) -> Version:
    """Three firms of Guiyang, so that nothing is withheld: 2,700.00 in all."""
    for number in (3, 4):
        file_quarter(world, firm=another_firm(number), at=EARLIER_TODAY)
    return file_quarter(world, at=EARLIER_TODAY)


def build(client, code: str = "2020Q1"):
    return client.post(english(BUILD, code), follow=True)


def publish(client, name: str, digest: str | None = None, reason: str = "The others were asked by telephone."):
    digest = Release.objects.get(name=name).digest if digest is None else digest
    return client.post(english(PUBLISH, name), {"digest": digest, "reason": reason}, follow=True)


def executed(name: str) -> int:
    return figure(release_named(name, unpublished=True), NATION, Indicator(Measure.EXECUTION)).usd_cents


# ── The list ─────────────────────────────────────────────────────────────────────────────────────


def test_the_list_says_what_can_be_built_and_why_not(world, filed, erik):
    words = text_of(erik.get(english(LIST)))
    assert "Internal" in words
    assert "3 / 4" in words
    assert "No filing of 2019Q4 has been approved yet" in words
    assert words.count("Build") == 1


def test_the_list_tells_what_is_public_and_what_came_since(world, filed, erik):
    build(erik)
    publish(erik, "2020Q1-1")
    assert "Build a correction" in text_of(erik.get(english(LIST)))
    file_quarter(world, firm=another_firm(9), at=NOW)
    assert "1 approval since" in text_of(erik.get(english(LIST)))


def test_more_periods_take_no_more_queries(world, erik, assert_constant_queries):
    codes = iter(world.periods)

    def add() -> None:
        for code in (next(codes), next(codes)):
            file_quarter(world, period=code)
            build(erik, code)

    assert_constant_queries(add, lambda: erik.get(english(LIST)))


# ── Building ─────────────────────────────────────────────────────────────────────────────────────


def test_it_is_built_and_journalled(world, filed, erik):
    response = build(erik)
    assert "2020Q1-1 has been built from 6 lines" in text_of(response)
    assert executed("2020Q1-1") == 2700_00
    assert Entry.objects.get(verb="release.built").actor == world.erik.key


def test_pressed_twice_it_comes_out_the_same(filed, erik):
    build(erik)
    first = Release.objects.get().digest
    build(erik)
    assert [(row.name, row.digest) for row in Release.objects.all()] == [("2020Q1-1", first)]


def test_what_cannot_be_built_is_told(world, erik):
    assert "No filing of 2020Q1 has been approved yet" in text_of(build(erik))
    assert build(erik, "1999Q9").status_code == 404


# ── Checking ─────────────────────────────────────────────────────────────────────────────────────


def test_the_check_page_tells_checks_figures_and_origin(world, filed, erik):
    build(erik)
    words = text_of(erik.get(english(CHECK, "2020Q1-1")))
    for said in (
        "Internal", "Every member has filed", "Result 3", "Expected 4", "Offshore and onshore make the total",
        "Nothing of this period has been published before", Release.objects.get().digest, "Publish 2020Q1-1",
        "edition 1", "The figures as they would be published",
    ):  # fmt: skip
        assert said in words, said


def test_a_place_can_be_looked_at(filed, erik):
    build(erik)
    page = erik.get(english(CHECK, "2020Q1-1") + "?place=520100").content.decode()
    assert '<option value="520100" selected>' in page
    assert erik.get(english(CHECK, "2020Q1-1") + "?place=abc").status_code == 200


def test_each_look_at_what_is_not_public_is_journalled(world, filed, erik):
    build(erik)  # leads there
    looks = Entry.objects.filter(verb="release.viewed", actor=world.erik.key, target_key="2020Q1-1")
    assert looks.count() == 1
    publish(erik, "2020Q1-1")
    erik.get(english(CHECK, "2020Q1-1"))
    assert looks.count() == 1


def test_a_release_that_does_not_exist_is_not_found(filed, erik):
    assert erik.get(english(CHECK, "2020Q1-7")).status_code == 404


# ── Publishing ───────────────────────────────────────────────────────────────────────────────────


def test_it_is_published_and_journalled(world, filed, erik):
    build(erik)
    response = publish(erik, "2020Q1-1")
    assert "2020Q1-1 is public now" in text_of(response)
    assert release_named("2020Q1-1") is not None
    assert Entry.objects.get(verb="release.published").actor == world.erik.key


def test_it_asks_for_a_reason_while_firms_have_not_filed(filed, erik):
    build(erik)
    assert "Write why the release is published all the same" in text_of(publish(erik, "2020Q1-1", reason="  "))
    assert not Entry.objects.filter(verb="release.published").exists()
    publish(erik, "2020Q1-1")
    assert Entry.objects.get(verb="release.published").after["reason"] == "The others were asked by telephone."


def test_it_is_published_once(filed, erik):
    build(erik)
    publish(erik, "2020Q1-1")
    assert "2020Q1-1 is published already" in text_of(publish(erik, "2020Q1-1"))
    assert Entry.objects.filter(verb="release.published").count() == 1


@pytest.mark.parametrize("digest", ["", "abc"])
def test_only_what_was_looked_at_is_published(filed, erik, digest):
    build(erik)
    assert "has been built anew since you opened it" in text_of(publish(erik, "2020Q1-1", digest))
    assert release_named("2020Q1-1") is None


def test_a_build_that_was_replaced_is_not_published(world, filed, erik):
    build(erik)
    seen = Release.objects.get().digest
    file_quarter(world, firm=another_firm(9), at=EARLIER_TODAY)
    build(erik)
    assert "has been built anew" in text_of(publish(erik, "2020Q1-1", seen))
    assert release_named("2020Q1-1") is None


def test_a_failed_check_closes_it_and_says_which(filed, erik, monkeypatch):
    failed = {"name": "modes_add_up", "level": "error", "found": "1", "expected": "0"}
    monkeypatch.setattr("portal.statistics.actions.run_checks", lambda *args: [failed])
    response = build(erik)
    assert "did not pass its checks: Offshore and onshore make the total" in text_of(response)
    assert "did not pass its checks" in text_of(publish(erik, "2020Q1-1"))
    assert release_named("2020Q1-1") is None


# ── Correcting ───────────────────────────────────────────────────────────────────────────────────


def corrected(world: World, version: Version) -> None:
    """The firm files 50.00 less, and a reviewer approves it."""
    newer = reopen(filing=version.filing, by=world.alice, at=clock.now())
    signed, executed = simple_entries(world.lists, "2020Q1-1")
    less = entry(Kind.EXECUTED, world.lists, number=executed.number, on=executed.on.isoformat(), amount="850.00")
    save_draft(version=newer, entries=[signed, less], lists=world.lists, by=world.alice, at=clock.now())
    newer = submit(version=newer, lists=world.lists, by=world.alice, at=clock.now())
    approve(version=newer, by=world.dora, at=clock.now())


def test_a_correction_makes_the_next_number_and_leaves_the_first(world, filed, erik):
    build(erik)
    publish(erik, "2020Q1-1")
    first = Release.objects.get(name="2020Q1-1").digest
    corrected(world, filed)
    words = text_of(build(erik))
    assert "Release 2020Q1-2" in words
    assert "What differs from 2020Q1-1" in words
    publish(erik, "2020Q1-2")
    assert (executed("2020Q1-1"), executed("2020Q1-2")) == (2700_00, 2650_00)
    release = Release.objects.get(name="2020Q1-1")
    assert (release.digest, rebuilt_digest(release)) == (first, first)


def test_the_differences_are_told_for_headlines_and_places(world, filed, erik):
    build(erik)
    publish(erik, "2020Q1-1")
    corrected(world, filed)
    words = text_of(build(erik))
    assert "Places that moved" in words
    assert "Guiyang" in words
    assert "－0.01" in words  # 50.00 in 10,000 US dollars, rounded
    moved = {
        revision.indicator.measure: revision.difference
        for revision in headline_revisions(
            info(Release.objects.get(name="2020Q1-2")), info(Release.objects.get(name="2020Q1-1"))
        )
        if revision.is_moved and revision.indicator == Indicator(Measure.EXECUTION)
    }
    assert moved == {Measure.EXECUTION: -50_00}


# ── Who may ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", ["dora", "frida"])
def test_other_staff_are_told_no(world, filed, erik, signed_in, who):
    build(erik)
    client = signed_in(getattr(world, who))
    assert client.get(english(LIST)).status_code == 403
    assert client.get(english(CHECK, "2020Q1-1")).status_code == 403
    assert client.post(english(BUILD, "2020Q1")).status_code == 403
    assert publish(client, "2020Q1-1").status_code == 403


def test_nothing_exists_for_a_firm(world, filed, erik, signed_in):
    build(erik)
    client = signed_in(world.alice)
    assert client.get(english(LIST)).status_code == 404
    assert client.get(english(CHECK, "2020Q1-1")).status_code == 404
    assert publish(client, "2020Q1-1").status_code == 404


def test_methods(filed, erik):
    build(erik)
    assert erik.post(english(LIST)).status_code == 405
    assert erik.get(english(BUILD, "2020Q1")).status_code == 405
    assert erik.post(english(CHECK, "2020Q1-1")).status_code == 405
    assert erik.get(english(PUBLISH, "2020Q1-1")).status_code == 405


def test_regions_of_one_name_are_told_apart_by_their_scheme(db):
    for code in ("four", "three"):
        RegionScheme.objects.create(code=code, name_zh=f"{code}制", name_en=f"Scheme {code}")
    west = {f"{code}-west": Place(f"{code}-west", "西部", "West", "region", code) for code in ("four", "three")}
    city = Place("520100", "贵阳市", "Guiyang", "city", "520000")
    with override("en"):
        told = names_apart(west | {city.code: city})
    assert told == {"four-west": "West · Scheme four", "three-west": "West · Scheme three", "520100": "Guiyang"}
