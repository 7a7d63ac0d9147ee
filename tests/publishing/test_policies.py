"""Policies: their rules, how they are found, and their page."""

from contextlib import nullcontext
from datetime import date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from portal.publishing.document_numbers import normalised, normalised_index
from portal.publishing.models import LinkCheck, Policy, PolicyTopic
from portal.publishing.policy_pages import Sought, choices, policies_sought
from portal.publishing.turning import policies_waiting
from tests.world import BEIJING

DAY = date(2020, 4, 3)


@pytest.fixture
def topic(db) -> PolicyTopic:
    return PolicyTopic.objects.create(code="funds", name_zh="资金支持", name_en="Funds")


@pytest.fixture
def policy(topic):
    """One more policy; every one has a slug of its own."""
    numbers = iter(range(1, 1000))

    def make(**values: object) -> Policy:
        number = next(numbers)
        plain = {"slug": f"p-{number}", "title_zh": f"文件{number}", "issuer_zh": "商务部", "topic": topic}
        return Policy.objects.create(**plain | values)

    return make


def slugs(query: str = "", language: str = "") -> list[str]:
    page = Client().get(f"{language}/policies/?{query}").context["page"]
    return [row.href.rstrip("/").rpartition("/")[2] for row in page.object_list]


# ── Rules ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ("鄂统计文【2024】51号", "鄂统计文〔2024〕51号"), ("商服贸发[2020]012号", "商服贸发〔2020〕12号"),
        ("国办发(2017) 47 号", "国办发〔2017〕47号"), ("津商（２０２３）5号", "津商〔2023〕5号"),
        ("商服贸发〔2020〕12号", "商服贸发〔2020〕12号"), (" 公告2022年第15号 ", "公告2022年第15号"), ("", ""),
    ],
)  # fmt: skip
def test_a_document_number_is_written_in_one_way(found, written):
    assert normalised(found) == written


@pytest.mark.parametrize(
    ("found", "written"),
    [
        ("000014349/2017-00110", "000014349/2017-00110"), ("０００014349 ／ 2017—00110", "000014349/2017-00110"),
        ("11120000mb1b－2020–7\n", "11120000MB1B-2020-7"), ("", ""),
    ],
)  # fmt: skip
def test_an_index_number_is_written_in_one_way(found, written):
    assert normalised_index(found) == written


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"made_on": date(2020, 2, 1), "published_on": date(2020, 1, 1)}, "published_on"),
        ({"effective_on": date(2020, 2, 1), "expires_on": date(2020, 1, 31)}, "expires_on"),
    ],
)
def test_dates_stand_in_order(policy, topic, values, field):
    with pytest.raises(ValidationError) as refused:
        Policy(slug="x", title_zh="甲", issuer_zh="乙", topic=topic, **values).full_clean()
    assert set(refused.value.error_dict) == {field}
    with pytest.raises(IntegrityError), transaction.atomic():
        policy(**values)


def test_nothing_is_replaced_in_a_circle(policy):
    oldest, newest = policy(), policy()
    middle = policy(replaced_by=newest, validity="repealed")
    oldest.replaced_by, oldest.validity = middle, "repealed"
    oldest.full_clean()
    oldest.save()
    newest.replaced_by, newest.validity = oldest, "repealed"
    with pytest.raises(ValidationError) as refused:
        newest.full_clean()
    assert set(refused.value.error_dict) == {"replaced_by"}


@pytest.mark.parametrize(("validity", "is_right"), [("valid", False), ("unchecked", False), ("partly", True)])
def test_what_another_has_replaced_is_not_in_force_as_a_whole(policy, validity, is_right):
    one = policy(replaced_by=policy(title_zh="新办法"), validity=validity)
    with nullcontext() if is_right else pytest.raises(ValidationError, match="新办法") as refused:
        one.full_clean()
    assert is_right or set(refused.value.error_dict) == {"validity"}


def test_nobody_claims_that_a_policy_is_in_force_who_has_not_looked_it_up(policy):
    assert policy().validity == "unchecked"
    assert slugs("validity=unchecked") == ["p-1"]
    assert slugs("validity=valid") == []
    assert "validity not checked" in Client().get("/en/policies/p-1/").content.decode()


def test_a_policy_is_not_replaced_by_itself(policy):
    one = policy()
    one.replaced_by = one
    with pytest.raises(ValidationError):
        one.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        one.save()


@pytest.mark.parametrize(
    ("validity", "effective_on", "expires_on", "standing"),
    [
        ("valid", None, None, "valid"), ("valid", DAY, DAY, "valid"), ("valid", None, date(2020, 4, 2), "expired"),
        ("partly", None, date(2020, 4, 2), "expired"), ("repealed", None, date(2020, 4, 2), "repealed"),
        ("amended", None, date(2021, 1, 1), "amended"), ("unchecked", None, date(2020, 4, 2), "expired"),
        ("valid", date(2020, 4, 4), None, "coming"), ("unchecked", date(2020, 4, 4), None, "coming"),
        ("repealed", date(2020, 4, 4), None, "repealed"),
    ],
)  # fmt: skip
def test_dates_say_what_stands_on_a_day_in_a_list_on_its_page_and_in_the_filter_alike(
    policy, validity, effective_on, expires_on, standing
):
    one = policy(validity=validity, effective_on=effective_on, expires_on=expires_on)
    assert Policy.objects.as_of(DAY).get(pk=one.pk).standing == standing
    assert one.standing_on(DAY) == standing
    assert [row.pk for row in policies_sought(Sought(validity=standing), DAY)] == [one.pk]
    assert [choice.value for choice in choices(Sought(), DAY)["validity"]] == [standing]


def test_staff_hear_of_what_ends_soon_and_of_what_has_ended_unmarked(policy):
    policy(slug="later", expires_on=date(2020, 6, 3))
    policy(slug="soon", title_zh="快到期", expires_on=date(2020, 6, 2))
    policy(slug="over", title_zh="已到期", expires_on=date(2020, 4, 2))
    policy(slug="marked", expires_on=date(2020, 4, 2), validity="expired")
    assert [(one.title, one.has_ended) for one in policies_waiting(DAY)] == [("已到期", True), ("快到期", False)]


# ── Finding ──────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def some(policy, topic, world):
    other = PolicyTopic.objects.create(code="tax", name_zh="税收优惠", name_en="Taxes")
    policy(slug="interest", title_zh="贴息项目申报通知", title_en="Interest subsidy", made_on=date(2019, 5, 1),
           level="province", place_id="520000", document_number="黔商〔2019〕7号")  # fmt: skip
    policy(slug="relief", title_zh="税收减免办法", topic=other, published_on=date(2020, 1, 2), issuer_zh="财政部",
           text="凡经认定的技术先进型企业，减按百分之十五缴纳。")  # fmt: skip
    policy(slug="ended", title_zh="旧办法", expires_on=date(2020, 4, 1), place_id="520100", validity="valid")
    policy(slug="hidden", title_zh="内部贴息", is_public=False)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"interest", "relief", "ended"}), ("q=贴息", {"interest"}), ("q=先进", {"relief"}),
        ("q=〔2019〕7", {"interest"}), ("q=贴息 申报", {"interest"}), ("q=subsidy", {"interest"}), ("q=没有", set()),
        ("topic=tax", {"relief"}), ("level=province", {"interest"}), ("place=520000", {"interest", "ended"}),
        ("place=520100", {"ended"}), ("validity=expired", {"ended"}), ("validity=unchecked", {"interest", "relief"}),
        ("topic=%00tax", {"relief"}), ("validity=expired&q=办法", {"ended"}), ("validity=expired&q=贴息", set()),
        ("issuer=财政部", {"relief"}), ("year=2019", {"interest"}), ("year=nonsense", set()), ("topic=no", set()),
        ("q=%00", {"interest", "relief", "ended"}), ("page=99", {"interest", "relief", "ended"}),
    ],
)  # fmt: skip
def test_policies_are_found_by_what_the_address_asks(some, query, found):
    assert set(slugs(query)) == found


def test_the_newest_stands_first_and_the_undated_last(some):
    assert slugs() == ["relief", "interest", "ended"]


def test_a_match_in_the_text_is_shown(some):
    assert "技术先进型企业" in Client().get("/policies/?q=先进").content.decode()


def test_an_empty_list_says_how_it_is_filled_and_a_search_without_result_how_to_go_on(topic):
    assert '<div class="nothing">' in Client().get("/policies/").content.decode()
    missed = Client().get("/policies/?q=没有").content.decode()
    assert 'href="/policies/"' in missed


def test_the_list_asks_the_database_no_more_for_more_policies(policy, topic, world, assert_constant_queries):
    def add() -> None:
        for number in range(3):
            policy(place_id="520100", issuer_zh=f"机关{number}{Policy.objects.count()}", made_on=date(2019, 1, 1))

    assert_constant_queries(add, lambda: Client().get("/policies/?q=文件"))


# ── One policy ───────────────────────────────────────────────────────────────────────────────────


def test_a_page_has_the_head_of_a_government_page_and_what_replaced_it(policy):
    newer = policy(slug="newer", title_zh="新办法", title_en="New rules")
    older = policy(slug="older", title_zh="旧办法", index_number="000014349/2017-00110", replaced_by=newer,
                   validity="repealed", document_number="商服贸发〔2016〕1号", made_on=date(2016, 3, 1))  # fmt: skip
    page = Client().get("/en/policies/older/").content.decode()
    for told in ("000014349/2017-00110", "商服贸发〔2016〕1号", "2016-03-01", "New rules", "/en/policies/newer/"):
        assert told in page
    assert '<h1 class="pol-h1" lang="zh-Hans">旧办法</h1>' in page
    assert "/policies/older/" in Client().get("/policies/newer/").content.decode()
    rows = {row.href: row.replaced_by for row in Client().get("/policies/").context["page"].object_list}
    assert rows["/policies/older/"].href == "/policies/newer/"
    assert rows["/policies/newer/"] is None
    Policy.objects.filter(pk=older.pk).update(is_public=False)
    assert Client().get("/policies/older/").status_code == 404
    assert "/policies/older/" not in Client().get("/policies/newer/").content.decode()


def test_a_dead_original_is_marked_and_the_copy_is_a_download_with_its_digest(policy):
    address = "https://example.org/one.html"
    one = policy(slug="one", address=address, copy_digest="a" * 64, copied_at=datetime(2020, 1, 1, tzinfo=BEIJING))
    one.copy.save("copy.html", ContentFile(b"<html><script>alert(1)</script>"))
    since = datetime(2020, 3, 1, 9, tzinfo=BEIJING)
    LinkCheck.objects.create(address=address, checked_at=since, answer="404", is_alive=False, failed_count=2,
                             failing_since=since)  # fmt: skip
    page = Client().get("/en/policies/one/").content.decode()
    assert "has not answered since 2020-03-01" in page
    assert "a" * 64 in page
    copy = Client().get(reverse("publishing:policy-copy", args=["one"]))
    assert copy.headers["Content-Disposition"] == 'attachment; filename="one.html"'
    assert copy.headers["Content-Type"] == "application/octet-stream"
    assert copy.headers["X-Content-Type-Options"] == "nosniff"
    copy.close()


def test_a_living_original_says_when_it_answered_last(policy):
    address, at = "https://example.org/two.html", datetime(2020, 3, 1, 9, tzinfo=BEIJING)
    policy(slug="two", address=address)
    LinkCheck.objects.create(address=address, checked_at=at, answered_at=at, answer="200")
    assert "Last answered on 2020-03-01" in Client().get("/en/policies/two/").content.decode()
    assert Client().get("/policies/two/copy/").status_code == 404
    assert Client().post("/policies/two/").status_code == 405
