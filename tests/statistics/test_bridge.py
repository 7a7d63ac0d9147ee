"""The growth bridge: worked by hand to the cent, and closed exactly whatever the lines are."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from portal.lib.money import converted, rounded, to_cents
from portal.statistics.bridge import Line, Sides, bridge, same_firm
from portal.statistics.dimensions import BridgePart, Currency
from portal.statistics.indicators import growth

CASE = json.loads((Path(__file__).parent.parent / "data" / "bridge-small.json").read_text(encoding="utf-8"))
NOW, BASE = "2020Q1", "2019Q1"
NAMES = {
    BridgePart.REVISION: "revision_of_base",
    BridgePart.BACK_FILED: "back_filed",
    BridgePart.NEW: "new_firms",
    BridgePart.GONE: "gone_firms",
    BridgePart.EXCHANGE: "continuing_exchange",
    BridgePart.REAL: "continuing_real",
}


def line_of(row: dict) -> Line:
    """A row of the case as known at T, in both years' dollars."""
    cents, on = to_cents(Decimal(row["amount"])), date.fromisoformat(row["on"])
    usd = then = cents
    if row["currency"] == "CNY":
        usd = converted(cents, Decimal(CASE["rates_usd_per_cny"][f"{on:%Y-%m}"]))
        then = converted(cents, Decimal(CASE["rates_usd_per_cny"].get(f"{on.year - 1}-{on:%m}", "1")))
    return Line(row["firm"], row["filing"], on, usd, cents, then, cents)


def worked_case() -> Sides:
    rows = [row for row in CASE["lines"] if "upstream" not in row and "first release only" not in row.get("known", "")]
    lines = [line_of(row) for row in rows]
    now, base = ([line for line in lines if line.period == period] for period in (NOW, BASE))
    filers = [{row["firm"] for row in CASE["lines"] if row["filing"] == period} for period in (NOW, BASE)]
    return Sides(now, base, *filers)


def total(lines: list[Line]) -> int:
    return sum(line.usd_cents for line in lines)


def test_the_worked_case_comes_out_to_the_cent():
    sides = worked_case()
    parts = bridge(sides, to_cents(Decimal(CASE["base_last_published"])))
    assert {NAMES[part]: cents for part, cents in parts.items()} == {
        name: to_cents(Decimal(amount)) for name, amount in CASE["bridge"].items()
    }
    assert sum(parts.values()) == to_cents(Decimal(CASE["bridge_adds_up_to"]))
    assert total(sides.now) == to_cents(Decimal(CASE["now"]))
    assert total(sides.base) == to_cents(Decimal(CASE["base_known_at_T"]))
    raw = growth(total(sides.now), total(sides.base)).rate
    assert str(rounded(raw * 100)) == CASE["growth_percent"]


def test_same_firm_growth_of_the_worked_case():
    sides = worked_case()
    found = same_firm(sides)
    assert str(rounded(growth(found.now, found.base).rate * 100)) == CASE["same_firm_growth_percent"]
    assert found.firms == len(CASE["firms_matched"])
    assert sorted(sides.matched) == CASE["firms_matched"]


def test_a_base_that_was_never_published_was_not_revised():
    assert bridge(worked_case())[BridgePart.REVISION] == 0


def one(firm: str = "A", period: str = NOW, on: str = "2020-02-01", usd: int = 100, then: int = 100) -> Line:
    return Line(firm, period, date.fromisoformat(on), usd, 7 * usd, then, 7 * usd)


def test_a_line_of_a_new_firm_that_was_filed_late_is_back_filed_before_it_is_new():
    parts = bridge(Sides([one(on="2019-12-31")], [], {"A"}, set()))
    assert (parts[BridgePart.BACK_FILED], parts[BridgePart.NEW]) == (100, 0)


def test_what_was_filed_late_a_year_before_counts_against_back_filing():
    parts = bridge(Sides([], [one(period=BASE, on="2018-11-01")], {"A"}, {"A"}))
    assert parts[BridgePart.BACK_FILED] == -100
    assert parts[BridgePart.REAL] == 0


def test_a_firm_with_a_nil_return_is_not_gone():
    sides = Sides([], [one(period=BASE, on="2019-02-01")], {"A"}, {"A"})
    assert bridge(sides)[BridgePart.REAL] == -100
    assert same_firm(sides).firms == 1


def test_exchange_exists_in_renminbi_for_a_contract_in_dollars():
    line = Line("A", NOW, date(2020, 2, 1), usd_cents=100, cny_cents=700, usd_then=100, cny_then=670)
    sides = Sides([line], [], {"A"}, {"A"})
    assert bridge(sides, currency=Currency.CNY)[BridgePart.EXCHANGE] == 30
    assert bridge(sides)[BridgePart.EXCHANGE] == 0


CENTS = st.integers(-(10**12), 10**12)
FIRMS = st.sampled_from("ABCDEF")
AMOUNTS = {"usd_cents": CENTS, "cny_cents": CENTS, "usd_then": CENTS, "cny_then": CENTS}


def lines_of(period: str, first: date, last: date) -> st.SearchStrategy[list[Line]]:
    dates = st.dates(first, last)
    return st.lists(st.builds(Line, FIRMS, st.just(period), dates, **AMOUNTS), max_size=12)


@settings(max_examples=25, deadline=None)
@given(
    now=lines_of(NOW, date(2019, 7, 1), date(2020, 3, 31)),
    base=lines_of(BASE, date(2018, 7, 1), date(2019, 3, 31)),
    nil=st.sets(FIRMS),
    published=st.none() | CENTS,
    currency=st.sampled_from(Currency),
)
def test_the_parts_add_up_exactly(now, base, nil, published, currency):
    sides = Sides(now, base, {line.firm for line in now} | nil, {line.firm for line in base} | nil)
    known = sum(line.cents(currency) for line in base)
    change = sum(line.cents(currency) for line in now) - (known if published is None else published)
    parts = bridge(sides, published, currency)
    assert sum(parts.values()) == change
    matched = same_firm(sides, currency)
    assert parts[BridgePart.EXCHANGE] + parts[BridgePart.REAL] == matched.now - matched.base
