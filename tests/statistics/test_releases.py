"""What a release counts, that it can be counted again, and that a correction leaves it as it was."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client

from portal.filings.actions.drafts import open_filing, reopen, save_draft
from portal.filings.actions.review import approve
from portal.filings.actions.submission import declare_nil, submit
from portal.filings.models.filing import Version
from portal.filings.sheet import Kind
from portal.statistics.actions import build_release, rebuilt_digest
from portal.statistics.dimensions import NATION, Measure, Mode, Span, Status
from portal.statistics.indicators import Base
from portal.statistics.levels import Indicator, Known, Level
from portal.statistics.models import Cell, Release
from portal.statistics.queries import figure, over_time, release_named, table
from portal.statistics.report import report
from tests.beginnings import beginning
from tests.statistics.conftest import BUILT, GUIYANG, GUIZHOU, ZHENGZHOU, Deal, file, firms, publish
from tests.statistics.hand_made import publish_rows, usual_rows
from tests.world import NOW, World, entry

EXECUTION, CONTRACT = Indicator(Measure.EXECUTION), Indicator(Measure.CONTRACT)


def correct(world, version, executed: str):
    """The firm says its execution anew, and the reviewer approves it."""
    at = BUILT + timedelta(days=1)
    draft = reopen(filing=version.filing, by=world.alice, at=at)
    rows = [
        entry(Kind.SIGNED, world.lists, number="2020Q1-1", on="2020-01-11"),
        entry(Kind.EXECUTED, world.lists, number="2020Q1-1", on="2020-01-22", amount=executed),
    ]
    save_draft(version=draft, entries=rows, lists=world.lists, by=world.alice, at=at)
    submit(version=draft, lists=world.lists, by=world.alice, at=at)
    return approve(version=draft, by=world.dora, at=at)


def level(release, place: str, indicator=EXECUTION, span=Span.QUARTER) -> int | None:
    return table(release, place).level(indicator, span).usd_cents


@beginning
def three_filings(world: World) -> list[Version]:
    """Of three firms; published."""
    versions = [file(world, firm, Deal()) for firm in firms(3)]
    publish(world)
    return versions


def test_counting_again_gives_the_same_digest(three_filings):
    release = Release.objects.get()
    assert rebuilt_digest(release) == release.digest


def test_building_again_gives_the_same_digest_whenever_it_is_done(world):
    for firm in firms(3):
        file(world, firm, Deal())
    first = build_release(period="2020Q1", by=world.erik, at=BUILT)
    later = build_release(period="2020Q1", by=world.erik, at=BUILT + timedelta(days=9))
    assert (first.digest, first.name) == (later.digest, later.name)


def test_another_approval_gives_another_digest(world):
    first, second = firms(2)
    file(world, first, Deal())
    before = publish(world)
    file(world, second, Deal())
    assert publish(world, at=BUILT + timedelta(days=2)).digest != before.digest


def test_a_correction_makes_the_next_number_and_leaves_the_first(world, three_filings):
    first = release_named("2020Q1-1")
    page = f"/en/statistics/{first.name}/places/{GUIYANG}/"
    before = Client().get(page).content
    correct(world, three_filings[0], "500.00")
    second = publish(world, at=BUILT + timedelta(days=2))
    assert (first.name, second.name) == ("2020Q1-1", "2020Q1-2")
    assert (level(first, GUIYANG), level(second, GUIYANG)) == (2700_00, 2300_00)
    assert rebuilt_digest(Release.objects.get(name=first.name)) == first.digest
    after = Client().get(page).content.decode()
    assert "A newer number of this period exists" in after
    assert figures_in(after) == figures_in(before.decode())


def figures_in(page: str) -> list[str]:
    return [part.split("<")[0] for part in page.split('<td class="n">')[1:]]


def test_a_published_release_refuses_change(three_filings):
    release = Release.objects.get()
    with pytest.raises(TypeError):
        release.save()
    with pytest.raises(TypeError):
        Release.objects.filter(pk=release.pk).delete()
    with pytest.raises(TypeError):
        Cell.objects.filter(release=release).update(usd_cents=1)


def test_work_taken_over_is_counted_once_when_its_prime_contract_is_approved(world):
    prime, taker, third = firms(3)
    file(world, prime, Deal(executed="900.00"))
    upstream = (prime.credit_code, "2020Q1-1")
    file(world, taker, Deal(executed="600.00", upstream=upstream), Deal(executed="500.00"))
    file(world, third, Deal(executed="400.00"))
    release = publish(world)
    assert level(release, GUIYANG) == level(release, NATION) == 1_800_00
    taken = Cell.objects.get(
        release=release.pk, place=GUIYANG, span=Span.QUARTER, measure=Measure.SUBCONTRACTED, mode=Mode.TOTAL, cut=""
    )
    assert taken.usd_cents == 1_600_00


def test_work_taken_over_is_counted_when_its_prime_contract_is_not_approved(world):
    taker, *others = firms(3)
    file(world, taker, Deal(executed="600.00", upstream=(world.rival.credit_code, "P-1")))
    for firm in others:
        file(world, firm, Deal(executed="400.00"))
    assert level(publish(world), GUIYANG) == 1_400_00


def test_a_city_counts_in_its_province_and_in_every_region_that_holds_it(world):
    for firm in [*firms(3), *firms(3, ZHENGZHOU, first=200)]:
        file(world, firm, Deal(executed="100.00"))
    release = publish(world)
    of_guiyang = {GUIYANG, GUIZHOU, "nbs4-west", "mofcom_3-west"}
    assert {level(release, place) for place in of_guiyang} == {300_00}
    assert level(release, "mofcom_midwest_nbs-midwest") == level(release, NATION) == 600_00
    assert level(release, "nbs4-east") is None


def test_cities_add_up_to_the_nation_in_every_mode(world):
    for number, firm in enumerate([*firms(3), *firms(4, ZHENGZHOU, first=200)]):
        file(world, firm, Deal(executed=f"{100 + number}.01"), Deal(market="CHN", executed=f"{70 + 7 * number}.99"))
    release = publish(world)
    for mode in (Mode.TOTAL, Mode.OFFSHORE, Mode.ONSHORE):
        for measure in (Measure.CONTRACT, Measure.EXECUTION):
            indicator = Indicator(measure, mode)
            assert level(release, GUIYANG, indicator) + level(release, ZHENGZHOU, indicator) == level(
                release, NATION, indicator
            )


def test_growth_is_on_the_same_quarter_a_year_before(world):
    for firm in firms(3):
        file(world, firm, Deal(executed="400.00"), period="2019Q1")
        file(world, firm, Deal(executed="500.00"))
    release = publish(world)
    found = table(release, GUIYANG).growth(EXECUTION)
    assert (found.base, found.rate) == (Base.FINE, Decimal("0.25"))
    # 1,200 dollars is far under the floor.
    assert found.is_low_base


def test_where_nobody_filed_a_year_before_there_is_no_rate(three_filings):
    assert table(release_named("2020Q1-1"), GUIYANG).growth(EXECUTION).base == Base.ABSENT


def test_where_firms_filed_and_did_nothing_the_level_is_zero(world):
    for firm in firms(3):
        file(world, firm, Deal(market="CHN"))
    offshore = table(publish(world), GUIYANG).level(Indicator(Measure.EXECUTION, Mode.OFFSHORE))
    assert (offshore.is_public, offshore.usd_cents) == (True, 0)


def test_each_currency_has_its_own_sum_of_lines(world):
    """100 yuan converted line by line: dollars are never worked out from the yuan's total."""
    for firm in firms(3):
        file(world, firm, Deal(currency="CNY", signed="200.00", executed="100.00"))
    found = table(publish(world), GUIYANG).level(EXECUTION)
    rate = world.lists.rate("CNY", world.period.first_on)[0].usd_per_unit
    assert found.cny_cents == 300_00
    assert found.usd_cents == 3 * int(100_00 * rate + Decimal("0.5"))


def test_the_belt_and_road_share_is_of_the_named_list(world):
    for firm in firms(3):
        file(world, firm, Deal(market="ZMB", executed="300.00"), Deal(market="USA", executed="100.00"))
    release = publish(world)
    part = report(table(release, GUIYANG)).belt_and_road[Measure.EXECUTION]
    assert (part.member, part.share) == ("guiyang_report_2020", Decimal("0.75"))


def test_reading_a_place_costs_the_same_at_any_number_of_facts(world, assert_constant_queries):
    taken = iter(range(100, 200))

    def more_facts():
        for firm in [firms(1, first=next(taken))[0] for _ in range(3)]:
            file(world, firm, Deal(), Deal(market="IND", category="BPO-1-01"), Deal(market="CHN"))
        publish(world, at=BUILT + timedelta(days=next(taken) - 100))

    client = Client()
    assert_constant_queries(more_facts, lambda: client.get(f"/en/statistics/2020Q1-1/places/{GUIYANG}/"))


def test_a_nil_return_counts_as_filed(world):
    version = open_filing(firm=world.firm, period=world.period, by=world.alice, at=NOW)
    declare_nil(version=version, by=world.alice, at=NOW)
    approve(version=submit(version=version, lists=world.lists, by=world.alice, at=NOW), by=world.dora, at=NOW)
    release = publish(world)
    assert release.firm_count == 1
    assert level(release, GUIYANG) == 0


def test_markets_and_sizes_add_up_to_their_whole(world):
    for firm in firms(3):
        file(world, firm, Deal(market="VNM", executed="1.01"), Deal(market="ZMB", executed="2.02"), Deal(market="CHN"))
    content = report(table(publish(world), GUIYANG))
    offshore = content.rows[Measure.EXECUTION, Mode.OFFSHORE].now.usd_cents
    assert sum(part.level.usd_cents for part in content.markets[Measure.EXECUTION]) == offshore == 9_09
    total = content.rows[Measure.EXECUTION, Mode.TOTAL].now.usd_cents
    assert sum(part.level.usd_cents for part in content.sizes) == total
    assert {part.member for part in content.markets[Measure.EXECUTION]} == {"VNM", "ZMB"}


def test_one_figure_can_be_asked_for_alone(world):
    for firm in firms(3):
        file(world, firm, Deal(executed="1.01"))
    release = publish(world)
    assert figure(release, GUIYANG, EXECUTION).usd_cents == 3_03
    assert figure(release, GUIYANG, Indicator(Measure.EXECUTION, Mode.ONSHORE)).usd_cents == 0
    assert figure(release, ZHENGZHOU, EXECUTION).known == Known.ABSENT


def test_figures_over_time_stand_in_the_order_of_the_releases(world):
    for firm in firms(3):
        file(world, firm, Deal(executed="4.00"), period="2019Q4")
        file(world, firm, Deal(executed="5.00"))
    history = [publish(world, "2019Q4"), publish(world)]
    assert [one.usd_cents for one in over_time(GUIYANG, [EXECUTION], history)[EXECUTION]] == [12_00, 15_00]


def test_a_level_that_was_read_is_one_like_any_other(world):
    release = release_named(publish_rows(usual_rows()).name, unpublished=True)
    read = figure(release, "CN", Indicator(Measure.EXECUTION, Mode.OFFSHORE))
    assert read == Level(Known.PUBLIC, 48_000_000_00, 7 * 48_000_000_00 + 1, 4)
    assert (read.cents, read.is_kept, read.status) == (48_000_000_00, False, Status.PUBLIC)
