"""What has changed since a quarter was published: kept with the build, told only where it tells of no firm."""

from datetime import timedelta
from pathlib import Path

import pytest

from portal.filings.actions.drafts import reopen, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import submit
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from portal.lib.acts import Refused
from portal.statistics.actions import build_release, publish_release
from portal.statistics.dimensions import NATION, ChangeReason, Measure, Mode, Span, Status
from portal.statistics.earlier import MOVED_CELLS
from portal.statistics.models import Cell, Move, Release, Waiver
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, GUIZHOU, Deal, file, firms
from tests.world import World, clock_at, entry

LATER = BUILT + timedelta(days=30)
AFTERWARDS = LATER + timedelta(days=30)


@pytest.fixture
def world(world):
    """The world on a day after everything that these tests publish."""
    with clock_at(AFTERWARDS):
        yield world


def correct(world, version, executed: str, market: str = "VNM", at=BUILT + timedelta(days=1)):
    draft = reopen(filing=version.filing, by=world.alice, at=at)
    rows = [
        entry(Kind.SIGNED, world.lists, number="2020Q1-1", on="2020-01-11", market=market),
        entry(Kind.EXECUTED, world.lists, number="2020Q1-1", on="2020-01-22", amount=executed),
    ]
    save_draft(version=draft, entries=rows, lists=world.lists, by=world.alice, at=at)
    submit(version=draft, lists=world.lists, by=world.alice, at=at)
    return approve(version=draft, by=world.dora, at=at)


def publish(world, period="2020Q1", at=BUILT, reason="The others have nothing to file.") -> Release:
    release = build_release(period=period, by=world.erik, at=at)
    publish_release(release=release, by=world.erik, at=at + timedelta(minutes=5), reason=reason)
    return Release.objects.get(name=release.name)


@beginning(now=AFTERWARDS)
def four_filings(world: World) -> list[Version]:
    """Of four firms; published."""
    versions = [file(world, firm, Deal()) for firm in firms(4)]
    publish(world)
    return versions


def check_of(release: Release) -> dict:
    return next(check for check in release.checks if check["name"] == MOVED_CELLS)


def national(release: Release, mode: str = Mode.TOTAL) -> dict[str, Move]:
    rows = Move.objects.filter(release=release, place=NATION, measure=Measure.EXECUTION, mode=mode, cut="")
    return {row.reason: row for row in rows}


def test_the_first_release_of_a_quarter_has_moved_nothing(world):
    for firm in firms(3):
        file(world, firm, Deal())
    release = publish(world)
    assert not Move.objects.filter(release=release).exists()
    assert check_of(release)["level"] == "ok"


def test_one_firm_s_correction_is_kept_and_not_told(world, four_filings):
    correct(world, four_filings[0], "500.00")
    release = publish(world, at=LATER)
    row = national(release)[ChangeReason.CORRECTION]
    assert (row.usd_cents, row.line_count, row.firm_count) == (-400_00, 1, 1)
    assert (row.against.name, row.period) == ("2020Q1-1", "2020Q1")
    assert row.status == Status.CONFIDENTIAL


def test_what_moved_for_enough_firms_is_told_down_to_where_the_sisters_are_too(world, four_filings):
    for version in four_filings:
        correct(world, version, "500.00")
    release = publish(world, at=LATER)
    rows = Move.objects.filter(release=release, measure=Measure.EXECUTION, mode=Mode.OFFSHORE, cut="")
    told = {row.place: row.status for row in rows}
    assert {told[place] for place in (NATION, GUIZHOU, GUIYANG)} == {Status.PUBLIC}
    # Regions overlap: their differences would tell of the rest.
    assert {status for place, status in told.items() if "-" in place} == {Status.SECONDARY}
    assert check_of(release)["level"] == "ok"


def test_a_city_is_not_told_beside_a_sister_that_moved_for_one_firm(world):
    there = [file(world, firm, Deal()) for firm in firms(4)]
    here = [file(world, firm, Deal()) for firm in firms(4, "520300", first=300)]
    publish(world)
    for version in [*there, here[0]]:
        correct(world, version, "500.00")
    release = publish(world, at=LATER)
    rows = Move.objects.filter(release=release, measure=Measure.EXECUTION, mode=Mode.TOTAL, cut="")
    told = {row.place: row.status for row in rows}
    assert (told[NATION], told[GUIZHOU]) == (Status.PUBLIC, Status.PUBLIC)
    assert (told[GUIYANG], told["520300"]) == (Status.SECONDARY, Status.CONFIDENTIAL)


def told(release: Release, period: str, place: str = NATION) -> set[str]:
    """The standings of a place's movements of execution in a quarter."""
    rows = Move.objects.filter(release=release, period=period, place=place, measure=Measure.EXECUTION, cut="")
    return set(rows.values_list("status", flat=True))


def status_of(release: Release, span: Span, place: str = NATION) -> str:
    return Cell.objects.get(
        release=release, place=place, span=span, measure=Measure.EXECUTION, mode="total", cut=""
    ).status


def test_a_figure_that_was_withheld_is_not_given_away_by_how_it_moved(world):
    for firm in firms(2):
        file(world, firm, Deal())
    assert status_of(publish(world), Span.QUARTER) == Status.CONFIDENTIAL
    for firm in firms(3, first=400):
        file(world, firm, Deal(), at=BUILT + timedelta(days=2))
    release = publish(world, at=LATER)
    # Five firms now; three moved it: less what these moved, it would be that of two.
    assert status_of(release, Span.QUARTER) == Status.PUBLIC
    assert told(release, "2020Q1") == {Status.SECONDARY}


def test_a_figure_that_is_withheld_now_is_not_given_away_by_how_it_moved(world):
    versions = [file(world, firm, Deal()) for firm in firms(5)]
    assert status_of(publish(world), Span.QUARTER) == Status.PUBLIC
    for version in versions[1:]:
        correct(world, version, "1.00")
    release = publish(world, at=LATER)
    assert status_of(release, Span.QUARTER) == Status.CONFIDENTIAL
    assert told(release, "2020Q1") == {Status.SECONDARY}


@pytest.mark.parametrize(("filing", "status"), [(2, Status.SECONDARY), (4, Status.PUBLIC)])
def test_an_earlier_quarter_of_the_year_is_told_only_beside_a_published_one(world, filing, status):
    spring, summer = BUILT - timedelta(days=366), BUILT - timedelta(days=275)
    for firm in firms(4):
        file(world, firm, Deal(), period="2019Q1")
    publish(world, period="2019Q1", at=spring)
    for firm in firms(3, first=400):
        file(world, firm, Deal(executed="800.00"), period="2019Q1", at=spring + timedelta(days=2))
    for firm in firms(filing, first=500):
        file(world, firm, Deal(), period="2019Q2")
    release = publish(world, period="2019Q2", at=summer)
    # The year to date, less the first quarter as it was published and moved, would be the second quarter.
    assert status_of(release, Span.TO_DATE) == Status.PUBLIC
    assert (status_of(release, Span.QUARTER) == Status.PUBLIC) == (status == Status.PUBLIC)
    assert told(release, "2019Q1") == {status}


def test_a_late_filing_and_a_client_elsewhere_have_their_own_reasons(world, four_filings):
    correct(world, four_filings[0], "900.00", market="SGP")
    file(world, firms(1, first=400)[0], Deal(executed="70.00"), at=BUILT + timedelta(days=2))
    release = publish(world, at=LATER)
    assert {reason: row.usd_cents for reason, row in national(release).items()} == {ChangeReason.LATE_FILING: 70_00}
    asean = Move.objects.filter(release=release, place=NATION, cut="market_group", measure=Measure.EXECUTION)
    assert all(row.reason == ChangeReason.LATE_FILING for row in asean.filter(member="asean"))


def test_a_base_is_compared_with_what_was_published_of_it(world):
    same = firms(4)
    for firm in same:
        file(world, firm, Deal(), period="2019Q1")
    publish(world, period="2019Q1", at=BUILT - timedelta(days=300))
    for firm in same:
        file(world, firm, Deal())
    late = firms(3, first=400)
    for firm in late:
        file(world, firm, Deal(executed="10.00"), period="2019Q1", at=BUILT - timedelta(days=120))
    release = publish(world)
    row = national(release)[ChangeReason.LATE_FILING]
    assert (row.period, row.against.name, row.usd_cents, row.firm_count) == ("2019Q1", "2019Q1-1", 30_00, 3)


def test_who_publishes_a_movement_of_one_firm_answers_for_it_by_name(world, four_filings):
    correct(world, four_filings[0], "500.00")
    release = build_release(period="2020Q1", by=world.erik, at=LATER)
    assert (check_of(release)["level"], int(check_of(release)["found"]) > 0) == ("warning", True)
    with pytest.raises(Refused):
        publish_release(release=release, by=world.erik, at=LATER, reason=" ")
    assert not Waiver.objects.exists()
    publish_release(release=release, by=world.erik, at=LATER, reason="An error of ours; it cannot wait.")
    waiver = Waiver.objects.get()
    assert (waiver.waived_by, waiver.cells, waiver.reason) == (
        world.erik.key, int(check_of(release)["found"]), "An error of ours; it cannot wait.",
    )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_build_that_makes_room_takes_its_file_along(world):
    file(world, world.firm, Deal())
    first = build_release(period="2020Q1", by=world.erik, at=BUILT)
    second = build_release(period="2020Q1", by=world.erik, at=LATER)
    assert not Path(first.facts_file.path).exists()
    assert Path(second.facts_file.path).exists()
