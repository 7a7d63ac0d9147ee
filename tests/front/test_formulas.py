"""The methodology page: each formula has an anchor, and its worked example comes out of the code that computes it."""

from decimal import Decimal

import pytest
from django.test import Client

from portal.front.formulas import COMPARING
from portal.front.formulas_holding import HOLDING, WITHHOLDING
from portal.lib.money import rounded
from portal.statistics import indicators
from portal.statistics.dimensions import Thresholds
from portal.statistics.disclosure.primary import Contribution, judge
from tests.ui.markup import Markup

pytestmark = pytest.mark.usefixtures("in_english")

ALL = {one.ident: one for one in (*COMPARING, *HOLDING, *WITHHOLDING)}
AMOUNTS = [40, 25, 15, 10, 6, 4]


def shown(fraction: Decimal, decimals: int = 2) -> str:
    return f"{rounded(fraction * 100, decimals):f} per cent"


def growth(now: int, base: int) -> str:
    return shown(indicators.growth(now, base).rate)


def test_every_formula_has_an_anchor_and_no_picture(db):
    for path in ("/en/methodology/", "/methodology/"):
        content = Client().get(path).content.decode()
        assert set(ALL) <= set(Markup(content).ids)
        assert content.count("<math") == len(ALL)


def test_the_examples_of_growth_come_out():
    assert growth(487_600, 313_000) in ALL["growth"].example
    assert growth(347_600, 273_000) in ALL["same-firm"].example
    assert growth(120, 100) in ALL["lists"].example
    assert growth(120, 110) in ALL["lists"].example
    assert f"{318_000 - 5_000 + 80_000 + 60_000 - 40_000 - 6_000 + 80_600:,}" in ALL["bridge"].example


def test_the_examples_of_shares_and_points_come_out():
    assert shown(indicators.share(295_540, 296_495)) in ALL["share"].example
    for part in ((150, 120), (110, 80)):
        points = indicators.points_contributed(*part, 200)
        assert f"{rounded(points * 100):f} points" in ALL["points"].example
    assert shown(indicators.share_of_growth(150, 120, 260, 200)) in ALL["share-of-growth"].example
    assert shown(indicators.share(150, 200)) in ALL["digital"].example
    assert shown(indicators.share(80, 100)) in ALL["completeness"].example


def test_the_examples_of_concentration_come_out():
    assert shown(indicators.concentration_ratio(AMOUNTS, 4)) in ALL["concentration"].example
    assert f"= {rounded(indicators.herfindahl(AMOUNTS), 4)}" in ALL["hhi"].example
    firms = {f"f{number}": amount for number, amount in enumerate(AMOUNTS)}
    assert len(indicators.leaders(firms, Decimal("0.80"))) == 3


def test_the_example_of_an_exchange_effect_comes_out():
    then, now = (rounded(Decimal(1_200_000) * Decimal(rate)) for rate in ("0.1480", "0.1430"))
    assert f"−{then - now:,.0f}" in ALL["exchange"].example


def test_the_examples_of_withholding_are_judged_so():
    def is_withheld(amounts: list[int]) -> bool:
        return judge([Contribution(amount, amount) for amount in amounts], Thresholds()).is_sensitive

    assert not is_withheld([50, 30, 12, 8])
    assert is_withheld([60, 30, 6, 4])
