"""The directory shows what a firm released, field by field, and nothing of any other."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.members.models import Firm
from portal.publishing.actions.members import (
    hide_member_page,
    release_member_page,
    save_member_page,
    take_back_member_page,
)
from portal.publishing.directories import batches, directory
from portal.publishing.freezing_cards import city_card
from portal.publishing.freezing_chapters import drawn
from portal.publishing.models import Found, MemberPage, ProvincialCity
from portal.publishing.search.finding import found
from portal.publishing.search.index import reindex_kind
from portal.reference.models import Division, Region, RegionMember, RegionScheme
from tests.publishing.conftest import signed_in
from tests.world import acting, another_firm

VALUES = {"intro_zh": "我们做软件。", "website": "https://a.example.com/", "phone": "000-00001234"}


@pytest.fixture
def written(world) -> MemberPage:
    return save_member_page(world.firm, VALUES, by=world.alice, at=clock.now())


def listed() -> str:
    return Client().get(reverse("publishing:member-list")).content.decode()


def release(world, *shown: str) -> MemberPage:
    return release_member_page(world.firm, shown or ("intro", "website"), by=world.alice, at=clock.now())


# ── What is shown ────────────────────────────────────────────────────────────────────────────────


def test_a_firm_that_never_released_is_nowhere(world, written):
    assert world.firm.name_zh not in listed()
    assert Client().get(reverse("publishing:member-detail", args=[written.pk])).status_code == 404
    assert not Found.objects.filter(kind="member").exists()


def test_only_the_released_fields_are_shown_and_found(world, written):
    release(world)
    page = Client().get(reverse("publishing:member-detail", args=[written.pk])).content.decode()
    assert "我们做软件。" in page
    assert "https://a.example.com/" in page
    assert "000-00001234" not in page
    told = "".join(Found.objects.filter(kind="member").values_list("text", flat=True))
    assert "我们做软件" in told
    assert "000-00001234" not in told


def test_taken_back_it_is_gone_at_once(world, written):
    release(world)
    assert world.firm.name_zh in listed()
    take_back_member_page(world.firm, by=world.alice, at=clock.now())
    assert world.firm.name_zh not in listed()
    assert not Found.objects.filter(kind="member").exists()
    assert list(drawn(["members"], "zh-hans")) == []


def test_a_member_that_has_left_is_found_no_more_before_the_index_knows(world, written):
    release(world)
    with override("zh-hans"):
        assert [one.kind for one in found("做软件").results] == ["member"]
        Firm.objects.filter(pk=world.firm.pk).update(left_on=clock.today() - timedelta(days=1))
        assert found("做软件").results == ()
    assert world.firm.name_zh not in listed()


def test_the_list_is_asked_by_name_city_and_what_was_released(world, written):
    release(world)
    assert [one.pk for one in directory(world.firm.name_zh[:2]).found] == [written.pk]
    assert directory("没有").found == []
    assert directory(city="520100").count == 1
    assert directory(city="310000").found == []
    assert directory(category="ITO").found == []
    assert "没有" in Client().get(reverse("publishing:member-list"), {"q": "没有"}).content.decode()


def test_the_list_asks_no_more_of_the_database_when_it_grows(world, written, django_assert_max_num_queries):
    release(world)
    with django_assert_max_num_queries(6):
        directory()
    for number in (41, 42, 43):
        firm = another_firm(number)
        owner = acting(f"Owner {number}", firm, "owner")
        save_member_page(firm, VALUES, by=owner, at=clock.now())
        release_member_page(firm, ["intro"], by=owner, at=clock.now())
    with django_assert_max_num_queries(6):
        assert directory().count == 4


def test_a_chapter_is_drawn_from_the_directory(world, written):
    release(world)
    (piece,) = drawn(["members"], "zh-hans")
    assert world.firm.name_zh in str(piece.blocks)
    assert "000-00001234" not in str(piece.blocks)


# ── Who decides ──────────────────────────────────────────────────────────────────────────────────


def test_only_an_owner_of_the_firm_writes_and_releases(world, written, editor):
    for somebody in (world.bob, world.charlie, editor):
        with pytest.raises(Refused):
            save_member_page(world.firm, {"intro_zh": "x"}, by=somebody, at=clock.now())
        with pytest.raises(Refused):
            release_member_page(world.firm, ["intro"], by=somebody, at=clock.now())
    with pytest.raises(Refused):
        release_member_page(world.firm, ["email"], by=world.alice, at=clock.now())


def test_the_owner_s_pages_do_it_and_the_journal_knows(world):
    client = signed_in(world.alice)
    assert client.get(reverse("directory:page")).status_code == 200
    assert client.post(reverse("directory:page-edit"), VALUES).status_code == 302
    assert "000-00001234" not in client.get(reverse("directory:page-preview"), {"shown": "intro"}).content.decode()
    assert client.post(reverse("directory:page-release")).status_code == 422
    assert client.post(reverse("directory:page-release"), {"shown": ["intro"]}).status_code == 302
    assert world.firm.name_zh in listed()
    assert client.post(reverse("directory:page-take-back")).status_code == 302
    verbs = Entry.objects.filter(target_kind="memberpage").order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["member_page.edited", "member_page.released", "member_page.taken_back"]


def test_a_viewer_of_the_firm_only_looks_and_others_find_nothing(world, written, editor):
    viewer = signed_in(world.bob)
    assert viewer.get(reverse("directory:page")).status_code == 200
    assert viewer.get(reverse("directory:page-edit")).status_code == 403
    assert viewer.post(reverse("directory:page-release"), {"shown": ["intro"]}).status_code == 403
    assert signed_in(editor).get(reverse("directory:page")).status_code == 404


def test_staff_hide_a_page_with_a_reason_and_change_no_word(world, written, editor):
    release(world)
    client = signed_in(editor)
    place = reverse("desk-member-page-hide", args=[written.pk])
    assert client.post(place, {"because": ""}).status_code == 422
    assert client.post(place, {"because": "电话是别人的"}).status_code == 302
    assert world.firm.name_zh not in listed()
    assert "电话是别人的" in signed_in(world.alice).get(reverse("directory:page")).content.decode()
    with pytest.raises(Refused):
        release(world)
    assert Entry.objects.filter(verb="member_page.hidden").exists()
    assert client.get(reverse("wagtailsnippets_publishing_memberpage:list")).status_code == 200
    edit = client.get(reverse("wagtailsnippets_publishing_memberpage:edit", args=[written.pk]))
    assert edit.status_code in (302, 403)
    assert signed_in(world.alice).get(reverse("desk-member-page", args=[written.pk])).status_code == 404


def test_a_firm_cannot_hide_itself_or_another(world, written):
    with pytest.raises(Refused):
        hide_member_page(written, "x", by=world.alice, at=clock.now())


# ── Demonstration cities ─────────────────────────────────────────────────────────────────────────


@pytest.fixture
def cities(world) -> None:
    scheme, _made = RegionScheme.objects.get_or_create(code="so_demo_city", defaults={"name_zh": "示", "name_en": "D"})
    region, _made = Region.objects.get_or_create(
        code="so_demo_city-all", defaults={"scheme": scheme, "name_zh": "示", "name_en": "D"}
    )
    RegionMember.objects.filter(region=region).delete()
    for code, year in (("310000", 2009), ("520100", 2019)):
        division = Division.objects.get(code=code)
        RegionMember.objects.create(region=region, division=division, since_on=date(year, 1, 1), source="某号文件")


def test_cities_stand_in_batches_by_their_years(cities):
    assert [(one.number, one.year, [city.code for city in one.cities]) for one in batches()] == [
        (1, 2009, ["310000"]), (2, 2019, ["520100"]),
    ]  # fmt: skip
    assert "某号文件" in Client().get(reverse("publishing:city-list")).content.decode()
    (piece,) = drawn(["cities"], "en")
    assert "Guiyang" in str(piece.blocks)


@pytest.fixture
def provincial(cities) -> None:
    """Guiyang holds both titles, Zunyi the province's alone; Zhengzhou is not shown."""
    for code, batch, is_public in (("520100", 1, True), ("520300", 2, True), ("410100", 1, False)):
        ProvincialCity.objects.create(place_id=code, batch=batch, year=2015, source="省厅名单", is_public=is_public)


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        ("", ["310000", "520100", "520100", "520300"]), ("national", ["310000", "520100"]),
        ("provincial", ["520100", "520300"]), ("nonsense", ["310000", "520100", "520100", "520300"]),
    ],
)  # fmt: skip
def test_cities_are_told_apart_by_the_level_of_their_title(provincial, asked, codes):
    page = Client().get(reverse("publishing:city-list"), {"level": asked})
    assert [city.code for batch in page.context["batches"] for city in batch.cities] == codes
    assert page.context["count"] == 2


def test_a_batch_of_a_province_says_so(provincial):
    with override("en"):
        assert [batch.title for batch in batches("provincial")] == [
            "Guizhou, provincial: batch 1, 2015", "Guizhou, provincial: batch 2, 2015",
        ]  # fmt: skip
        ProvincialCity.objects.filter(place="520100").update(year=None)
        assert batches("provincial")[0].title == "Guizhou, provincial: batch 1, year not known"


def test_a_provincial_city_has_a_page_a_chapter_a_card_and_is_found(provincial, client):
    page = client.get("/en/cities/520300/")
    assert [city.level for city in page.context["page"].titles] == ["provincial"]
    assert "Provincial demonstration city" in page.content.decode()
    both = client.get("/en/cities/520100/")
    assert [city.level for city in both.context["page"].titles] == ["national", "provincial"]
    assert "National demonstration city" in both.content.decode()
    assert client.get("/cities/410100/").status_code == 404
    (piece,) = drawn(["cities"], "en")
    assert "Zunyi" in str(piece.blocks)
    (card,) = city_card("520300", "", "en")
    assert ("Demonstration city", "provincial") in card.lines
    reindex_kind("city")
    assert set(Found.objects.filter(kind="city").values_list("key", flat=True)) == {"310000", "520100", "520300"}


def test_the_site_s_map_has_cities_and_classes_and_no_firm(world, written, provincial):
    """What a firm takes back would stay in the stores of search engines."""
    release(world)
    told = Client().get(reverse("front:sitemap")).content.decode()
    for path in ("/cities/520300/", "/en/cities/310000/", "/knowledge/catalogue/ITO-1-01/"):
        assert f"<loc>http://testserver{path}</loc>" in told
    assert f"/members/{written.pk}/" not in told


def test_an_editor_enters_a_provincial_city_and_it_is_found_at_once(cities, editor):
    typed = {"place": "520300", "batch": "1", "year": "", "source": "省厅名单", "is_public": "on"}
    client = signed_in(editor)
    assert client.post(reverse("wagtailsnippets_publishing_provincialcity:add"), typed).status_code == 302
    assert Found.objects.filter(kind="city", key="520300").exists()
    assert Entry.objects.get(verb="row.added").target_kind == "provincialcity"
    assert "遵义" in client.get(reverse("wagtailsnippets_publishing_provincialcity:list")).content.decode()


def test_a_city_shows_its_articles_and_members_and_says_that_there_are_no_figures(world, cities, written, published):
    release(world)
    text = published(title="贵阳见闻", city_id="520100").article
    # A draft that nobody has checked moves nothing that is public.
    type(text).objects.filter(pk=text.pk).update(city_id="310000")
    page = Client().get(reverse("publishing:city-detail", args=["520100"]))
    assert "贵阳见闻" in page.content.decode()
    assert world.firm.name_zh in page.content.decode()
    assert not page.context["page"].figures
    assert Client().get(reverse("publishing:city-detail", args=["440100"])).status_code == 404
