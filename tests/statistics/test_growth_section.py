"""What a page says of growth: from public levels alone, adding up, and silent about what is withheld."""

from dataclasses import replace
from decimal import Decimal

import pytest
from django.utils.translation import override

from portal.statistics.bridges import bridge_in, pair_in
from portal.statistics.contributions import by_member, onshore
from portal.statistics.dimensions import BridgePart, Currency, Cut, Measure, Mode, Span
from portal.statistics.growths import finding
from portal.statistics.indicators import Base
from portal.statistics.levels import WITHHELD, Known, Level, Table

EXECUTION, TOTAL = Measure.EXECUTION, Mode.TOTAL
PARTS = {"revision": -5_00, "back_filed": 80_00, "new": 60_00, "gone": -40_00, "exchange": -6_00, "real": 80_60}


class Release:
    low_base_floor, period = 0, "2020Q1"


def level(usd: int, count: int = 0) -> Level:
    return Level(Known.PUBLIC, usd, 7 * usd, count)


def place(now: int = 487_60, base: int = 313_00, withheld: tuple[str, ...] = (), **cells: Level) -> Table:
    """A place with the bridge of the worked case, in cents of a hundredth."""
    whole = (EXECUTION, TOTAL, Cut.WHOLE, "")
    firms = (Measure.FIRMS, TOTAL, Cut.WHOLE, "")
    same = (EXECUTION, TOTAL, Cut.SAME_FIRM, "")
    found = {
        (Span.QUARTER, *whole): level(now), (Span.QUARTER_BASE, *whole): level(base),
        (Span.QUARTER, *firms): level(0, 4), (Span.QUARTER_BASE, *firms): level(0, 4),
        (Span.QUARTER, *same): level(347_60, 3), (Span.QUARTER_BASE, *same): level(273_00, 3),
    }  # fmt: skip
    for part, cents in PARTS.items():
        key = (Span.QUARTER, EXECUTION, TOTAL, Cut.BRIDGE, part)
        found[key] = WITHHELD if part in withheld else level(cents)
    return Table(Release(), "520100", found)


def test_the_bridge_leads_from_the_base_as_published_to_now():
    found = bridge_in(place(), EXECUTION)
    assert (found.start, found.now, found.rest) == (318_00, 487_60, 0)
    assert sum(found.public.values()) == found.change == 169_60


def test_withheld_parts_are_told_together_and_never_alone():
    assert bridge_in(place(withheld=("gone",)), EXECUTION) is None
    found = bridge_in(place(withheld=("gone", "exchange")), EXECUTION)
    assert found.hidden_in_rest == [BridgePart.GONE, BridgePart.EXCHANGE]
    assert found.rest == -46_00
    assert found.share(BridgePart.GONE) is None


def test_with_its_revision_withheld_the_bridge_begins_at_the_base_as_known():
    found = bridge_in(place(withheld=("revision",)), EXECUTION)
    assert (found.start, found.rest) == (313_00, 0)


def test_there_is_no_bridge_where_a_level_is_withheld_or_the_parts_do_not_add_up():
    hidden = place()
    cells = dict(hidden.cells) | {(Span.QUARTER, EXECUTION, TOTAL, Cut.WHOLE, ""): WITHHELD}
    assert bridge_in(replace(hidden, cells=cells), EXECUTION) is None
    assert bridge_in(place(now=487_61), EXECUTION) is None


def test_the_title_names_the_public_part_that_did_most():
    with override("en"):
        assert finding(bridge_in(place(), EXECUTION)).startswith("Firms that filed both times make up 47.52%")
        told = finding(bridge_in(place(withheld=("real", "new")), EXECUTION))
    assert told.startswith("Back-filed lines make up 47.17%")


def test_same_firm_growth_stands_beside_raw_growth_in_either_currency():
    for currency in Currency:
        pair = pair_in(place().told_in(currency), EXECUTION)
        assert (round(pair.raw.rate * 100, 2), round(pair.same.rate * 100, 2)) == (Decimal("55.78"), Decimal("27.33"))
        assert pair.firms == 3


def test_growth_in_renminbi_comes_from_each_line_s_own_rates():
    table = place()
    key = (Span.QUARTER_BASE, EXECUTION, TOTAL, Cut.WHOLE, "")
    cells = dict(table.cells) | {key: Level(Known.PUBLIC, 313_00, 0, 0)}
    told = replace(table, cells=cells).told_in(Currency.CNY)
    assert pair_in(told, EXECUTION).raw.base == Base.ZERO


# ── Contributions ────────────────────────────────────────────────────────────────────────────────


def markets(**amounts: tuple[int | None, int]) -> Table:
    """Markets now and a year before (None is withheld) beside 100 onshore; the total grew from 200 to 300."""
    cells = {}
    for span, at in ((Span.QUARTER, 0), (Span.QUARTER_BASE, 1)):
        cells[span, Measure.FIRMS, TOTAL, Cut.WHOLE, ""] = level(0, 5)
        cells[span, EXECUTION, TOTAL, Cut.WHOLE, ""] = level((300, 200)[at])
        cells[span, EXECUTION, Mode.ONSHORE, Cut.WHOLE, ""] = level(100)
        for code, ends in amounts.items():
            hidden = ends[at] is None
            cells[span, EXECUTION, Mode.OFFSHORE, Cut.MARKET, code] = WITHHELD if hidden else level(ends[at])
    return Table(Release(), "520100", cells)


def contributions(table: Table):
    return by_member(table, Mode.OFFSHORE, Cut.MARKET, ["IND", "VNM", "ZMB"], Span.QUARTER)


def test_points_and_shares_add_up_to_the_whole():
    table = markets(VNM=(120, 50), ZMB=(80, 30), IND=(0, 20))
    told = contributions(table).told
    assert [row.member for row in told] == ["VNM", "ZMB", "IND"]
    effects = [row.effects[EXECUTION] for row in [*told, onshore(table, Span.QUARTER)]]
    assert sum(effect.points for effect in effects) == Decimal("0.5")
    assert sum(effect.share for effect in effects) == 1


@pytest.mark.parametrize("ends", [(None, 20), (20, None)])
def test_a_withheld_member_is_counted_without_number_or_place(ends):
    found = contributions(markets(VNM=(120, 50), ZMB=(80, 30), IND=ends))
    assert ([row.member for row in found.told], found.withheld) == (["VNM", "ZMB"], 1)


def test_there_is_no_share_of_a_growth_that_is_nothing():
    table = markets(VNM=(50, 50))
    key = (Span.QUARTER, EXECUTION, TOTAL, Cut.WHOLE, "")
    effect = by_member(replace(table, cells=dict(table.cells) | {key: level(200)}), Mode.OFFSHORE, Cut.MARKET, ["VNM"],
                       Span.QUARTER).told[0].effects[EXECUTION]  # fmt: skip
    assert (effect.points, effect.share) == (0, None)
