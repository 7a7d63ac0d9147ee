"""What a handbook and an issue draw from policies, contacts and membership."""

from datetime import date

import pytest

from portal.members.actions import change_profile
from portal.publishing.distribution import contacts_of, distribution_of
from portal.publishing.document import texts_of
from portal.publishing.freezing_chapters import drawn
from portal.publishing.models import Authority, Entrance, Issue, Policy, PolicyTopic


@pytest.fixture
def shelf(db) -> None:
    topic = PolicyTopic.objects.create(code="funds", name_zh="资金支持", name_en="Funds")
    PolicyTopic.objects.create(code="tax", name_zh="税收")
    newer = Policy.objects.create(slug="n", title_zh="新办法", issuer_zh="商务部", topic=topic, is_public=False)
    Policy.objects.create(
        slug="o", title_zh="老办法", title_en="Old rules", issuer_zh="商务部", topic=topic, summary_zh="一句话。",
        document_number="商发〔2016〕1号", made_on=date(2016, 3, 1), expires_on=date(2019, 1, 1),
        address="https://example.org/o", replaced_by=newer,
    )  # fmt: skip
    Entrance.objects.create(slug="e", name_zh="业务平台", group_zh="统计", address="https://example.org/e")
    Authority.objects.create(name_zh="贵阳市商务局", place_id="520100", phone="000-1", is_reported_to=True)


def told(part: str, language: str) -> str:
    return "\n".join(line for piece in drawn([part], language) for block in piece.blocks for line in texts_of(block))


def test_a_handbook_draws_policies_with_their_standing_of_the_day(shelf):
    [piece] = drawn(["policies"], "zh-hans")
    assert (piece.key, piece.title) == ("policies-funds", "资金支持")
    text = told("policies", "zh-hans")
    for said in ("老办法", "商发〔2016〕1号", "2016-03-01", "一句话。", "https://example.org/o"):
        assert said in text
    assert "lapsed" in told("policies", "en")
    assert "Old rules" in told("policies", "en")
    assert "新办法" not in text


def test_a_handbook_draws_entrances_and_contacts(shelf):
    assert "业务平台\nhttps://example.org/e" in told("entrances", "zh-hans")
    assert "贵阳市商务局" in told("authorities", "zh-hans")
    assert "000-1" in told("authorities", "zh-hans")


def test_what_is_drawn_stays_when_the_policy_changes(shelf):
    before = list(drawn(["policies"], "zh-hans"))
    Policy.objects.update(title_zh="改了")
    assert "老办法" in before[0].blocks[0].text


def test_an_issue_goes_to_superiors_and_members_where_nothing_is_typed(world, shelf, settings):
    issue = Issue(code="x", title="刊", send_to="李会长")
    assert dict(distribution_of(issue))["报"] == "贵阳市商务局"
    assert dict(distribution_of(issue))["送"] == "李会长"
    assert "发" in dict(distribution_of(issue))
    settings.SITE = settings.SITE | {"phone": "000-777"}
    assert any("000-777" in line for line in contacts_of(issue))
    issue.contacts = "张三\n"
    assert contacts_of(issue) == ("张三",)


def test_heads_are_named_only_where_somebody_is_one(world):
    assert "送" not in dict(distribution_of(Issue(code="x", title="刊")))
    profile = world.firm.profiles.first()
    change_profile(
        firm=world.firm, effective_on=profile.effective_on, division=profile.division, size_band=profile.size_band,
        grade="president", controller="", by=world.frida, at=profile.recorded_at,
    )  # fmt: skip
    assert distribution_of(Issue(code="x", title="刊", language="en"))[0] == ("送", "the president's firm")
