"""Terms, the catalogue, service trade, modes of supply and the help to decide, as pages and as chapters."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.journal.models import Entry as JournalEntry
from portal.publishing.document import Table
from portal.publishing.freezing_chapters import MADE, drawn
from portal.publishing.models import CatalogueCase, ComparedPoint, KnowledgeTerm
from tests.publishing.conftest import block
from tests.publishing.test_deciding import OFFSHORE

pytestmark = pytest.mark.django_db


@pytest.fixture
def terms():
    """Labour dispatch beside service outsourcing, and a term that is not public."""
    rows = {
        slug: KnowledgeTerm.objects.create(
            slug=slug, group=group, name_zh=zh, name_en=en, short_zh=f"{zh}的定义", short_en=f"What {en} is",
            body_zh=body, body_en=f"<p>About {en}.</p>", aliases=aliases,
            sources="《示例法》 | Sample Law\n《另一部法》", is_public=slug != "hidden",
        )
        for slug, group, zh, en, body, aliases in (
            ("outsourcing", "outsourcing", "服务外包", "Service outsourcing", "<p>交给外部。</p>", "outsourcing"),
            ("dispatch", "labour", "劳务派遣", "Labour dispatch", "<p>不同于服务外包。</p>", "人才派遣"),
            ("hidden", "modes", "众包", "Crowdsourcing", "", ""),
        )
    }  # fmt: skip
    ComparedPoint.objects.create(
        term=rows["dispatch"], beside=rows["outsourcing"], aspect_zh="给的是什么", aspect_en="What is given",
        this_zh="人", this_en="People", other_zh="结果", other_en="A result",
    )  # fmt: skip
    return rows


def page(name: str, *args: object, query: str = "", language: str = "zh-hans"):
    with override(language):
        return Client().get(reverse(f"publishing:{name}", args=args) + query)


def test_the_front_shows_public_terms_by_group(world, terms):
    shelves = page("knowledge-home").context["shelves"]
    assert [(shelf.code, [term.name for term in shelf.terms]) for shelf in shelves] == [
        ("outsourcing", ["服务外包"]), ("labour", ["劳务派遣"]),
    ]  # fmt: skip
    assert page("term-detail", "hidden").status_code == page("term-detail", "none").status_code == 404


def test_a_term_leads_to_the_help_to_decide_even_where_nothing_is_related(terms):
    KnowledgeTerm.objects.exclude(slug="dispatch").update(is_public=False)
    response = page("term-detail", "dispatch")
    assert response.context["page"].related == ()
    assert reverse("publishing:decide") in response.content.decode()


@pytest.mark.parametrize(
    ("slug", "row"), [("dispatch", ("给的是什么", "人", "结果")), ("outsourcing", ("给的是什么", "结果", "人"))]
)
def test_a_comparison_is_read_from_either_side(terms, slug, row):
    (found,) = page("term-detail", slug).context["page"].comparisons
    assert found.rows == (row,)


def test_a_term_links_to_others_in_its_text_and_never_to_itself(terms):
    html = page("term-detail", "dispatch").content.decode()
    assert '<a class="term" href="/knowledge/terms/outsourcing/" title="服务外包的定义">服务外包</a>' in html
    assert 'class="term" href="/knowledge/terms/dispatch/"' not in html


def test_english_pages_lead_to_english_ones(terms):
    html = page("term-detail", "dispatch", language="en").content.decode()
    assert "What Labour dispatch is" in html
    assert 'href="/en/knowledge/terms/outsourcing/"' in html
    assert "劳务派遣的定义" not in html
    assert "<li>Sample Law</li>" in html
    assert '<li lang="zh-Hans">《另一部法》</li>' in html


def test_a_page_of_a_term_does_not_ask_more_the_more_terms_there_are(terms, django_assert_max_num_queries):
    KnowledgeTerm.objects.bulk_create(
        KnowledgeTerm(slug=f"t{n}", group="modes", name_zh=f"词条{n}", name_en=f"Term {n}", short_zh="短", short_en="x")
        for n in range(40)
    )
    with django_assert_max_num_queries(4):
        assert page("term-detail", "outsourcing").status_code == 200


def test_the_catalogue_leads_to_each_class_with_its_place_in_service_trade(terms):
    CatalogueCase.objects.create(category_id="ITO-1-01", text_zh="一家企业（示例）做服务外包。")
    tree = page("catalogue-tree")
    assert "/knowledge/catalogue/KPO-3-03/" in tree.content.decode()
    found = page("class-detail", "ITO-1-01")
    assert [(one.code, one.is_digital) for one in found.context["page"].mapped] == [("SI", True)]
    assert 'class="case">一家企业（示例）做<a class="term"' in found.content.decode()
    assert 'class="case" lang="zh-Hans"' in page("class-detail", "ITO-1-01", language="en").content.decode()
    assert {one.code for one in page("class-detail", "BPO-2").context["page"].mapped} == {"SI", "SJ", "SG"}
    assert page("class-detail", "XXX").status_code == 404


def test_the_twelve_and_the_four_are_whole():
    categories = page("trade-category-list").context["categories"]
    assert (len(categories), sum(one.is_digital for one in categories)) == (12, 6)
    assert {each.code for one in categories for each in one.classes} >= {"ITO-1-01", "BPO-3-01"}
    assert [mode.number for mode in page("supply-mode-list").context["modes"]] == [1, 2, 3, 4]


# ── Help to decide ───────────────────────────────────────────────────────────────────────────────


def query(**changed: str) -> str:
    return "?" + "&".join(f"{name}={value}" for name, value in (OFFSHORE | changed).items() if value)


def test_one_question_after_another_and_an_earlier_one_can_be_changed():
    first = page("decide")
    assert first.context["page"].question.name == "core"
    assert page("decide", query="?core=yes").context["page"].question.name == "agreement"
    again = page("decide", query=query() + "&edit=client").context["page"]
    assert again.question.name == "client"
    assert [choice.value for choice in again.question.choices if choice.is_chosen] == ["abroad"]
    assert ("reach", "network") in again.kept


def test_the_result_names_rule_and_class_and_begins_a_contract():
    found = page("decide", query=query())
    assert [one.verdict for one in found.context["page"].reasons][2] == "离岸"
    assert found.context["page"].chosen.code == "ITO-1-01"
    assert (
        found.context["page"].contract
        == "/filing/contracts/add/?category=ITO-1-01&supply=cross_border&is_abroad=%E5%90%A6"
    )
    assert "sessionid" not in found.cookies


def test_what_is_not_known_is_said_to_be_undecided():
    found = page("decide", query="?core=unknown&show=1").context["page"]
    assert found.deed.is_open
    assert "核心是服务" in found.missing
    assert found.contract == ""


def test_a_class_is_found_by_words():
    found = page("decide", query=query(category="", new_mode="") + "&words=芯片")
    kinds = found.context["page"].question.kinds
    assert "ITO-1-02" in {one.code for kind in kinds for group in kind.beneath for one in group.beneath}
    assert not page("decide", query=query(category="", new_mode="") + "&words=zzz").context["page"].question.kinds


@pytest.mark.parametrize(
    "name", ["knowledge-home", "catalogue-tree", "trade-category-list", "supply-mode-list", "decide"]
)
def test_nothing_is_sent_to_these_pages(name):
    assert Client().post(reverse(f"publishing:{name}")).status_code == 405


# ── Other places ─────────────────────────────────────────────────────────────────────────────────


def test_chapters_of_a_handbook_are_drawn_by_value(terms):
    parts = ["terms_labour", "terms_outsourcing", "catalogue", "trade_categories", "supply_modes"]
    pieces = list(drawn(parts, "zh-hans"))
    assert [piece.key for piece in pieces] == [
        "term-dispatch", "term-outsourcing", "class-ITO", "class-BPO", "class-KPO", "trade-categories", "supply-modes",
    ]  # fmt: skip
    (compared,) = (block for block in pieces[0].blocks if isinstance(block, Table))
    assert compared.grid.rows[1:] == (("给的是什么", "人", "结果"),)
    assert not any("\u4e00" <= letter <= "\u9fff" for piece in drawn(["supply_modes"], "en") for letter in str(piece))


def test_every_chapter_of_ours_can_be_drawn():
    ours = {f"terms_{group}" for group in ("trade", "outsourcing", "digital", "modes", "statistics", "labour")}
    assert set(MADE) >= ours | {"catalogue", "trade_categories", "supply_modes"}


def test_a_published_article_links_its_terms_and_lists_what_they_mean(terms, published):
    edition = published(block("text", "<p>关于服务外包。</p>"))
    address = reverse("publishing:article-detail", args=[edition.article_id])
    html = Client().get(address).content.decode()
    assert 'href="/knowledge/terms/outsourcing/" title="服务外包的定义" aria-describedby="' in html
    assert "<dt>服务外包</dt>" in html
    KnowledgeTerm.objects.filter(slug="outsourcing").update(is_public=False)
    assert 'class="term"' not in Client().get(address).content.decode()
    edition.refresh_from_db()
    assert "knowledge/terms" not in str(edition.document)


def test_the_desk_saves_a_term_with_its_points_and_writes_it_down(terms, editor):
    client = Client()
    client.force_login(editor)
    term = terms["dispatch"]
    point = term.points.get()
    typed = {
        "name_zh": "劳务派遣", "name_en": "Labour dispatch", "aliases": "", "short_zh": "改过", "short_en": "changed",
        "body_zh": "null", "body_en": "null", "sources": "", "slug": "dispatch", "group": "labour", "order": "0",
        "is_public": "on", "points-TOTAL_FORMS": "1", "points-INITIAL_FORMS": "1", "points-MIN_NUM_FORMS": "0",
        "points-MAX_NUM_FORMS": "1000", "points-0-id": point.pk, "points-0-beside": terms["outsourcing"].pk,
        "points-0-aspect_zh": "给的是什么", "points-0-aspect_en": "What is given", "points-0-this_zh": "劳动者",
        "points-0-this_en": "Workers", "points-0-other_zh": "结果", "points-0-other_en": "A result",
        "points-0-order": "0",
    }  # fmt: skip
    answer = client.post(reverse("wagtailsnippets_publishing_knowledgeterm:edit", args=[term.pk]), typed)
    assert answer.status_code == 302, answer.context["form"].errors
    term.refresh_from_db()
    assert (term.short_zh, term.points.get().this_zh) == ("改过", "劳动者")
    verbs = JournalEntry.objects.filter(target_kind="knowledgeterm").values_list("verb", flat=True)
    assert set(verbs) == {"row.changed", "term.compared"}


def test_who_only_reads_may_not_write_terms(world, terms):
    client = Client()
    client.force_login(world.alice)
    address = reverse("wagtailsnippets_publishing_knowledgeterm:edit", args=[terms["dispatch"].pk])
    assert client.get(address).status_code in (302, 403, 404)
    assert client.post(address, {"short_zh": "x"}).status_code in (302, 403, 404)
    assert not JournalEntry.objects.filter(target_kind="knowledgeterm").exists()


def test_the_desk_shows_a_term_with_its_points_beneath(terms, editor):
    client = Client()
    client.force_login(editor)
    found = client.get(reverse("wagtailsnippets_publishing_knowledgeterm:edit", args=[terms["dispatch"].pk]))
    assert 'name="points-0-this_zh"' in found.content.decode()
    assert client.get(reverse("wagtailsnippets_publishing_cataloguecase:add")).status_code == 200
