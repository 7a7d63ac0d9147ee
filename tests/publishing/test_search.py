"""Search finds what is public, in the words that people type, and nothing else."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from portal.lib import clock
from portal.publishing.actions.writing import withdraw
from portal.publishing.lifecycle import Serial
from portal.publishing.models import CatalogueCase, Found, KnowledgeTerm, Policy, PolicyTopic
from portal.publishing.search import sources
from portal.publishing.search.finding import A_PAGE, found
from portal.publishing.search.index import reindex_all, reindex_row, synchronise
from portal.publishing.search.sources import Telling, Thing
from portal.publishing.search.variants import PAIRS, SIMPLIFIED
from portal.publishing.search.words import LONGEST_WORD, marked, passage, spoken, terms_of, words_of
from portal.reference.models import ServiceCategory
from tests.publishing.conftest import block
from tests.publishing.editions import issue_edition
from tests.statistics.conftest import Deal, file, firms, publish

BODY = block("text", "<p>本期简报说明 RCEP 生效后离岸业务的变化，BPO 外包增长最快。</p>")


def titles(typed: str, language: str = "zh-hans", **asked: object) -> list[str]:
    with override(language):
        return ["".join(text for text, _match in one.title) for one in found(typed, **asked).results]


def put(*things: Thing) -> None:
    synchronise("article", things, Found.objects.filter(kind="article"))


def thing(key: str, title: str, text: str = "", on: date = date(2020, 1, 1), language: str = "zh-hans") -> Thing:
    return Thing("article", key, f"/articles/{key}/", (Telling(language, title, text),), on)


# ── What is said of a thing ───────────────────────────────────────────────────────────────────────


def test_an_issue_is_found_under_its_number_and_a_handbook_has_none(world):
    issue_edition("2020-08")
    edition = issue_edition("handbook", serial=Serial.HANDBOOK, number=None)
    assert edition.document["cover"]["number"] is None
    reindex_all()
    assert titles("第8期") == ["服务外包行业动态 第8期"]
    assert titles("行业动态", kind="handbook") == ["服务外包行业动态"]


def test_the_english_line_of_a_term_has_its_english_names_alone(world):
    KnowledgeTerm.objects.create(
        slug="dispatch", group="labour", name_zh="劳务派遣", name_en="Labour dispatch", short_en="People are sent.",
        aliases="人才派遣\nAgency work",
    )  # fmt: skip
    reindex_all()
    assert titles("人才派遣", "en") == ["Labour dispatch"]
    assert Found.objects.get(kind="term", language="en").text == "People are sent.\nAgency work"


# ── Words ────────────────────────────────────────────────────────────────────────────────────────


def test_every_character_begins_a_word_and_half_width_is_full_width():
    assert list(words_of("服务外包ＢＰＯ ２０２０")) == ["服务", "务外", "外包", "包", "bpo", "2020"]
    assert list(words_of("二〇二〇年")) == list(words_of("2020年"))


def test_a_title_is_spoken_from_each_character_on():
    assert {"fuwuwaibao", "fwwb", "waibao", "wb"} <= set(spoken("服务外包"))
    assert "chongqing" in set(spoken("重庆"))


def test_a_passage_shows_the_match_and_leaves_the_text_as_it_is():
    shown = passage("很" * 100 + "<b>外包</b>" + "长" * 200, "外包")
    assert ("外包", True) in shown
    assert sum(len(text) for text, _match in shown) < 160
    assert "".join(text for text, _match in marked("ＢＰＯ<i>", "bpo")) == "ＢＰＯ<i>"


def test_what_is_typed_cannot_be_read_as_a_command():
    assert [term.word for term in terms_of("外包\" OR title:* NEAR( '); DROP")] == [
        "外包",
        "or",
        "title",
        "near",
        "drop",
    ]


def test_traditional_characters_are_read_as_simplified_ones_and_marked_where_they_stand():
    assert list(words_of("服務外包")) == list(words_of("服务外包"))
    assert ("服务", True) in marked("离岸服务外包", "服務")
    assert ("服務", True) in marked("離岸服務外包", "服务")
    assert len(SIMPLIFIED) == len(PAIRS.split())
    assert not set(map(chr, SIMPLIFIED)) & set(SIMPLIFIED.values())


# ── What is found ────────────────────────────────────────────────────────────────────────────────


TYPED = (
    "外包", "简报", "包", "貴州報告", "離岸", "RCEP", "rcep", "BPO 外包", "ＢＰＯ外包", "guizhoubao", "gzbg",
    "贵州 2020", "贵州 离岸业务",
)  # fmt: skip


def test_a_text_is_found_as_people_type_it(published):
    published(BODY, title="贵州报告二〇二〇")
    for typed in TYPED:
        assert titles(typed) == ["贵州报告二〇二〇"], typed
    assert titles("贵阳") == []


@pytest.mark.django_db
def test_all_words_have_to_be_there():
    put(thing("1", "离岸外包"), thing("2", "在岸外包", "软件"))
    assert titles("外包 软件") == ["在岸外包"]
    assert titles("外包 硬件") == []
    assert titles("岸在") == []


@pytest.mark.django_db
def test_titles_come_before_texts_and_newer_before_older():
    put(
        thing("1", "旧的通知", on=date(2019, 1, 1)), thing("2", "别的", "一则通知", on=date(2021, 1, 1)),
        thing("3", "新的通知", on=date(2020, 1, 1)),
    )  # fmt: skip
    assert titles("通知") == ["新的通知", "旧的通知", "别的"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["众包", "眾包", "zhongbao", "“众包”"])
def test_a_title_that_says_just_that_comes_first_however_old(typed):
    put(
        thing("1", "众包", on=date(2010, 1, 1)), thing("2", "众包新规", on=date(2021, 1, 1)),
        thing("3", "众包", on=date(2009, 1, 1)),
    )  # fmt: skip
    assert titles(typed) == ["众包", "众包", "众包新规"]


@pytest.mark.django_db
def test_another_name_of_a_thing_counts_as_its_title():
    told = (Telling("zh-hans", "信息技术外包", "正文"), Telling("en", "Information technology outsourcing", "Text"))
    named = Thing("article", "9", "/articles/9/", told, names=("ITO", "软件外包"))
    put(thing("1", "ITO 增长", on=date(2021, 1, 1)), named)
    assert titles("ito") == titles("ITO") == ["信息技术外包", "ITO 增长"]
    assert titles("软件外包") == ["信息技术外包"]


@pytest.mark.django_db
def test_a_run_of_letters_without_end_is_kept_by_its_beginning():
    """PostgreSQL takes no word above two kilobytes, and no more than a megabyte of them."""
    run = "x" * 5000
    put(thing("1", "编码", run), thing("2", "长文", " ".join(f"{number:064d}" for number in range(20_000))))
    assert titles(run[:100]) == ["编码"]
    assert terms_of(run)[0].word == "x" * LONGEST_WORD
    assert titles("长文") == ["长文"]


@pytest.mark.django_db
def test_the_page_s_own_language_comes_first_and_nothing_twice():
    both = Thing("article", "1", "/a/1/", (Telling("zh-hans", "云平台", "cloud"), Telling("en", "Cloud", "云平台")))
    put(both, thing("2", "cloud 笔记", on=date(2021, 1, 1)))
    assert titles("cloud", "en") == ["Cloud", "cloud 笔记"]
    assert titles("cloud", "zh-hans") == ["云平台", "cloud 笔记"]


@pytest.mark.django_db
def test_pages_hold_together_across_titles_and_texts():
    told = [thing(str(number), f"外包{number}") for number in range(A_PAGE + 3)]
    told += [thing(f"t{number}", f"别的{number}", "外包") for number in range(A_PAGE)]
    put(*told)
    seen = [title for number in (1, 2, 3) for title in titles("外包", number=number)]
    assert len(seen) == len(set(seen)) == len(told)
    assert [title.startswith("外包") for title in seen] == [True] * (A_PAGE + 3) + [False] * A_PAGE


@pytest.mark.django_db
def test_a_changed_thing_is_found_by_its_new_words_alone():
    put(thing("1", "旧题目"))
    put(thing("1", "新名字"))
    assert titles("旧题") == []
    assert titles("新名") == ["新名字"]


# ── The index follows the truth ──────────────────────────────────────────────────────────────────


def test_a_draft_is_in_no_index_and_a_withdrawn_text_no_longer(article, published, publisher):
    article(BODY, title="草稿题目")
    edition = published(BODY, title="公开题目")
    assert titles("题目") == ["公开题目"]
    withdraw(edition=edition, note_zh="有误", by=publisher, at=clock.now())
    assert titles("题目") == []
    reindex_all()
    assert titles("题目") == []
    assert not Found.objects.filter(title__contains="题目").exists()


@pytest.mark.django_db
def test_a_row_that_got_another_address_is_found_once():
    topic = PolicyTopic.objects.create(code="t", name_zh="题")
    row = Policy.objects.create(slug="before", title_zh="改址办法", topic=topic, index_number="X/2020-1")
    reindex_row(row)
    row.slug = "after"
    row.save()
    reindex_row(row)
    with override("zh-hans"):
        assert [one.href for one in found("X/2020-1").results] == ["/policies/after/"]
    row.is_public = False
    row.save()
    reindex_row(row)
    assert titles("改址") == []
    assert not Found.objects.filter(kind="policy").exists()


def test_a_case_is_found_at_the_class_where_it_stands_now(world):
    codes = list(ServiceCategory.objects.filter(level=3).values_list("code", flat=True)[:2])
    case = CatalogueCase.objects.create(category_id=codes[0], text_zh="独角鲸标注案例")
    reindex_row(case)
    case.category_id = codes[1]
    case.save()
    reindex_row(case)
    with override("zh-hans"):
        assert [one.href for one in found("独角鲸").results] == [f"/knowledge/catalogue/{codes[1]}/"]


def test_a_release_and_its_places_are_found_as_soon_as_it_is_published(world, django_capture_on_commit_callbacks):
    for firm in firms(4):
        file(world, firm, Deal())
    assert titles("贵阳", kind="place") == titles("2020Q1-1", kind="release") == []
    with django_capture_on_commit_callbacks(execute=True):
        publish(world)
    with override("zh-hans"):
        assert [one.href for one in found("2020Q1-1", kind="release").results] == ["/statistics/2020Q1-1/"]
        assert [one.kind for one in found("贵阳").results][:1] == ["place"]
    assert titles("贵阳", kind="place") == ["贵阳市"]


def test_what_the_clock_makes_public_is_found_after_the_next_run(published, monkeypatch):
    published(BODY, title="题目")
    now = clock.now()
    Found.objects.all().delete()
    monkeypatch.setattr(clock, "now", lambda: now - timedelta(days=1))
    reindex_all()
    assert not Found.objects.filter(kind="article").exists()
    monkeypatch.setattr(clock, "now", lambda: now)
    reindex_all()
    assert Found.objects.filter(kind="article", title="题目").exists()


def test_a_second_run_writes_nothing(world):
    assert reindex_all().put
    second = reindex_all()
    assert (second.put, second.taken_out) == (0, 0)


def test_every_kind_has_a_source():
    assert set(sources.SOURCES) == {
        "article", "notice", "event", "newsletter", "handbook", "policy", "term", "catalogue", "trade", "member",
        "city", "entrance", "contact", "release", "place", "glossary",
    }  # fmt: skip


# ── The page ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.django_db
def test_the_page_marks_the_match_and_escapes_the_rest(django_assert_max_num_queries):
    put(thing("1", "外包 <script>", "<b>外包</b>"))
    with django_assert_max_num_queries(8):
        page = Client().get(reverse("publishing:search"), {"q": "外包"}).content.decode()
    assert "<mark>外包</mark> &lt;script&gt;" in page
    assert "&lt;b&gt;" in page


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["", "a", "没有这个", "'\"*()", "x" * 500])
def test_the_page_advises_where_nothing_is_found(typed):
    response = Client().get(reverse("publishing:search"), {"q": typed, "page": "999999999", "kind": "nothing"})
    assert response.status_code == 200
    assert not response.context["results"]
    assert Client().post(reverse("publishing:search")).status_code == 405
