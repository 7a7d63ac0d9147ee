"""Cards say by value what a firm released, what a city is on the list, and what a policy's page says."""

from datetime import date, timedelta

import pytest

from portal.lib import clock
from portal.publishing.freezing_cards import city_card, firm_card, policy_card
from portal.publishing.models import MemberPage, Policy, PolicyTopic
from tests.beginnings import beginning
from tests.statistics.conftest import ZHENGZHOU, Deal, file, firms, publish
from tests.world import NOW


@beginning
def told(world):
    """Four firms in Zhengzhou."""
    for firm in firms(4, ZHENGZHOU):
        file(world, firm, Deal(executed="500.00"))
    publish(world)


@pytest.fixture
def profile(world) -> MemberPage:
    return MemberPage.objects.create(
        firm=world.firm, intro_zh="示例简介", website="https://firm.example", phone="0851-00000000", founded_year=2010,
        shown=["website"], released_at=clock.now(),
    )  # fmt: skip


def test_a_firm_s_card_has_only_the_fields_that_it_released(profile):
    (card,) = firm_card(profile, "zh-hans")
    assert [value for _label, value in card.lines] == ["https://firm.example"]
    assert card.text == ""
    assert card.title == profile.firm.name_zh


def test_a_firm_that_has_left_has_no_card_from_the_next_day_on(profile):
    profile.firm.left_on = clock.today()
    assert len(list(firm_card(profile, "zh-hans"))) == 1
    profile.firm.left_on = clock.today() - timedelta(days=1)
    assert list(firm_card(profile, "zh-hans")) == []


@pytest.mark.parametrize(("field", "value"), [("taken_back_at", NOW), ("hidden_at", NOW), ("released_at", None)])
def test_a_firm_that_took_its_page_back_or_is_hidden_has_no_card(profile, field, value):
    setattr(profile, field, value)
    assert list(firm_card(profile, "zh-hans")) == []


def test_a_city_s_card_says_its_batch_and_the_headlines_of_the_release(told):
    (card,) = city_card(ZHENGZHOU, "2020Q1-1", "en")
    lines = dict(card.lines)
    assert card.title == "Zhengzhou"
    assert lines["Batch"] == "batch 3, 2016"
    assert lines["Firms filing"] == "4"
    assert lines["Executed value"].startswith("US$0.0020 million")
    assert "2020Q1-1" in card.text
    assert dict(card.asked)["place"] == ZHENGZHOU


def test_without_a_release_a_city_s_card_has_no_figures(told):
    (card,) = city_card(ZHENGZHOU, "", "zh-hans")
    assert card.title == "郑州市"
    assert len(card.lines) == 2
    assert card.asked == ()


def test_a_policy_s_card_has_number_issuer_dates_and_validity(db):
    topic = PolicyTopic.objects.create(code="trade", name_zh="服务贸易")
    newer = Policy.objects.create(slug="b", title_zh="新办法", topic=topic, issuer_zh="示例部门")
    policy = Policy.objects.create(
        slug="a", title_zh="旧办法", topic=topic, issuer_zh="示例部门", document_number="示〔2016〕1号",
        published_on=date(2016, 5, 5), validity="repealed", replaced_by=newer, summary_zh="一句话。",
    )  # fmt: skip
    (card,) = policy_card(policy, "en")
    assert (card.title, card.text, card.href) == ("旧办法", "一句话。", "/en/policies/a/")
    assert dict(card.lines) == {
        "Document number": "示〔2016〕1号", "Issuing body": "示例部门", "Published on": "2016-05-05",
        "Validity": "repealed", "Replaced by": "新办法",
    }  # fmt: skip
    newer.is_public = False
    assert "新办法" not in str(next(policy_card(policy, "en")))
    policy.is_public = False
    assert list(policy_card(policy, "en")) == []
