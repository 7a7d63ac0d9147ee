"""A newer release marks the texts that say it otherwise; nothing public changes until an editor acts."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing import staleness
from portal.publishing.actions.updating import update_figures
from portal.publishing.actions.writing import edited, submit
from portal.publishing.lifecycle import Serial, Standing
from portal.publishing.models import Article, Column, Edition, Issue
from portal.publishing.staleness import stale, stale_published, stale_texts, stale_within
from portal.publishing.workspace import life_address
from tests.beginnings import beginning
from tests.publishing.conftest import block, publish_text, signed_in
from tests.statistics.conftest import GUIYANG, ZHENGZHOU, Deal, file, firms, publish


@beginning
def corrected(world):
    """A release, and a second number of it in which one more firm of Guiyang has filed. Zhengzhou stays as it was."""
    for firm in firms(4):
        file(world, firm, Deal(executed="675.00"))
    for firm in firms(4, ZHENGZHOU, first=200):
        file(world, firm, Deal(executed="500.00"))
    publish(world)
    file(world, firms(1, first=150)[0], Deal(executed="700.00"))
    publish(world)


def figure(place: str = GUIYANG, release: str = "2020Q1-1", **values: str) -> dict[str, object]:
    value = {"form": "indicator", "release": release, "place": place, "indicator": "execution.total", "currency": "usd"}
    return block("figure", value | values)


def heading(text: str = "一季度") -> dict[str, object]:
    return block("heading", {"text": text, "level": "2"})


def test_it_is_marked_with_old_and_new_side_by_side(corrected, article):
    text = article(heading(), figure())
    (one,) = stale(text)
    assert (one.release, one.newer) == ("2020Q1-1", "2020Q1-2")
    assert one.block == text.body.raw_data[1]["id"]
    assert ("0.27", "0.34") in [(row.old, row.new) for row in one.differences]


def test_a_figure_that_the_newer_release_says_too_is_not_marked(corrected, article):
    assert stale(article(figure(ZHENGZHOU), figure(release="2020Q1-2"))) == []


def test_a_city_s_card_is_pinned_like_a_figure(corrected, article):
    (one,) = stale(article(block("city", {"place": GUIYANG, "release": "2020Q1-1"})))
    assert ("4", "5") in [(row.old, row.new) for row in one.differences]


def test_what_is_public_is_marked_and_stays_until_the_correction_is_published(corrected, article, editor, publisher):
    text = article(heading(), figure())
    edition = publish_text(text, editor, publisher)
    text.refresh_from_db()
    update_figures(text=text, by=editor, at=clock.now(), note="按第2版更正。")
    text.refresh_from_db()
    assert text.standing == Standing.DRAFT
    assert [row["value"].get("release") for row in text.body.raw_data] == [None, "2020Q1-2"]
    assert stale(text) == []
    assert [one.release for one in stale_published(text)] == ["2020Q1-1"]
    assert Edition.objects.public().get().digest == edition.digest
    assert Entry.objects.get(verb="text.figures_updated").after["note"] == "按第2版更正。"
    publish_text(text, editor, publisher)
    assert stale_published(text) == []
    assert "0.34" in Edition.objects.public().get().text


def test_an_issue_that_contains_it_is_marked_in_its_working_text_and_in_public(
    corrected, article, issue, editor, publisher
):
    text = article(figure(), title="含有数据的文章")
    publish_text(issue(text), editor, publisher)
    found = {row.text.title: row for row in stale_texts()}
    assert len(found["简报"].working) == len(found["简报"].published) == 1
    assert found["含有数据的文章"].working
    assert not found["含有数据的文章"].published


@pytest.fixture
def issue(editor):
    """An issue with these articles in a column, and a chapter of these blocks."""

    def make(*articles: Article, chapter: tuple = (), **values: object) -> Issue:
        column = Column.objects.create(code="news", name_zh="行业新闻速览")
        items = [{"id": str(one.pk), "type": "item", "value": one.pk} for one in articles]
        text = Issue(**{"title": "简报", "code": "2020-01", "number": 1, "running_number": 1, **values})
        text.contents = [
            block("column", {"column": column.pk, "articles": items}),
            block("chapter", {"title": "数据一章", "text": list(chapter), "draws": []}),
        ]
        text.save()
        return edited(text=text, by=editor, at=clock.now())

    return make


class TestAnIssue:
    """Marked on its own page with all that differs in it, and updated in one press."""

    @pytest.fixture
    def within(self, corrected, article, issue) -> Issue:
        still = article(figure(ZHENGZHOU), title="不变的文章")
        return issue(
            article(figure(), title="甲"), still, article(heading(), figure(), title="乙"), chapter=(figure(),)
        )

    def test_its_page_shows_each_article_and_chapter_that_differs_with_old_and_new(self, within, editor):
        shown = signed_in(editor).get(life_address(within)).content.decode()
        assert shown.count("<del>0.27</del>") == shown.count("<ins>0.34</ins>") == 3
        for name in ("甲", "乙"):
            assert f'<h3><a href="{life_address(Article.objects.get(title=name))}">{name}</a></h3>' in shown
        assert "不变的文章</a></h3>" not in shown
        assert shown.count("2020Q1-1 → 2020Q1-2") == 3

    def test_one_press_updates_all_and_nothing_public_changes(self, within, editor, publisher):
        edition = publish_text(within, editor, publisher)
        answer = signed_in(editor).post(f"/editing/figures/issue/{within.pk}/", {"note": "按第2版更正。"})
        assert answer["Location"] == life_address(within)
        text = Issue.objects.get(pk=within.pk)
        assert stale_within(text) == []
        assert (text.standing, text.correction_zh) == (Standing.DRAFT, "按第2版更正。")
        assert {one.title: one.correction_zh for one in Article.objects.all()} == {
            "甲": "按第2版更正。", "乙": "按第2版更正。", "不变的文章": "",
        }  # fmt: skip
        assert Entry.objects.filter(verb="text.figures_updated").count() == 3
        assert [one.digest for one in Edition.objects.all()] == [edition.digest]
        publish_text(text, editor, publisher)
        assert stale_published(text) == []
        assert stale_texts() == []

    def test_blocks_that_code_wrote_without_an_id_are_moved_too(self, corrected, article, issue, editor):
        bare = {key: value for key, value in figure().items() if key != "id"}
        text = issue(article(dict(bare), title="甲"), chapter=(dict(bare), dict(bare)))
        assert len({row["id"] for row in text.contents.raw_data[1]["value"]["text"]}) == 2
        moved = update_figures(text=text, by=editor, at=clock.now(), note="更正。")
        assert len(moved) == 3
        assert stale_within(Issue.objects.get(pk=text.pk)) == []

    def test_so_are_those_of_a_text_that_was_kept_before_every_block_had_one(self, corrected, issue, editor):
        text = issue(chapter=(figure(),))
        with connection.cursor() as cursor:
            kept = json.loads(json.dumps(list(text.contents.raw_data)))
            del kept[1]["value"]["text"][0]["id"]
            cursor.execute("UPDATE publishing_issue SET contents = %s", [json.dumps(kept)])
        update_figures(text=Issue.objects.get(pk=text.pk), by=editor, at=clock.now(), note="更正。")
        assert stale_within(Issue.objects.get(pk=text.pk)) == []

    def test_it_is_a_draft_again_where_only_an_article_in_it_differs(
        self, corrected, article, issue, editor, publisher
    ):
        text = issue(article(figure(), title="甲"))
        publish_text(text, editor, publisher)
        update_figures(text=text, by=editor, at=clock.now(), note="按第2版更正。")
        text.refresh_from_db()
        assert (text.standing, text.correction_zh) == (Standing.DRAFT, "按第2版更正。")

    def test_an_article_that_is_being_checked_is_named_and_nothing_is_changed(self, within, editor):
        submit(text=Article.objects.get(title="乙"), by=editor, at=clock.now())
        with pytest.raises(Refused, match="乙"):
            update_figures(text=within, by=editor, at=clock.now(), note="按第2版更正。")
        assert [one.text.title for one in stale_within(within)] == ["简报", "甲", "乙"]
        page = signed_in(editor)
        assert page.post(f"/editing/figures/issue/{within.pk}/", {"note": "更正。"}).status_code == 422
        assert "“乙”" in page.get(life_address(within)).content.decode().replace("《乙》", "“乙”")

    def test_a_handbook_whose_chapter_alone_differs_is_in_the_list(self, corrected, issue, editor):
        book = issue(chapter=(figure(),), kind=Serial.HANDBOOK, title="手册")
        assert [(one.text, len(one.working)) for one in stale_texts()] == [(book, 1)]
        assert life_address(book) in signed_in(editor).get("/editing/figures/").content.decode()
        update_figures(text=book, by=editor, at=clock.now(), note="更正。")
        assert stale(Issue.objects.get(pk=book.pk)) == []

    def test_its_page_asks_no_more_for_more_articles(self, corrected, article, issue, editor):
        page = signed_in(editor)
        first = issue(article(figure(), title="甲"))
        page.get(life_address(first))
        with CaptureQueriesContext(connection) as few:
            stale_within(Issue.objects.get(pk=first.pk))
        Column.objects.update(code="old")
        more = issue(*(article(figure(), title=f"篇{n}") for n in range(4)), code="2020-02", running_number=2)
        with CaptureQueriesContext(connection) as many:
            assert len(stale_within(Issue.objects.get(pk=more.pk))) == 4
        assert len(many) == len(few)


def test_a_figure_that_the_newer_release_tells_no_more_is_marked_and_left(corrected, article, editor, monkeypatch):
    text = article(figure())
    monkeypatch.setattr(staleness, "told_once", lambda asked, digest: ())
    (one,) = stale(text)
    assert one.is_gone
    with pytest.raises(Refused):
        update_figures(text=text, by=editor, at=clock.now(), note="更正。")
    assert text.body.raw_data[0]["value"]["release"] == "2020Q1-1"


def test_a_text_that_is_being_checked_is_not_changed(corrected, article, editor, publisher):
    text = article(figure())
    submit(text=text, by=editor, at=clock.now())
    with pytest.raises(Refused):
        update_figures(text=text, by=editor, at=clock.now(), note="x")
    assert text.pins.get().release.name == "2020Q1-1"


def test_it_is_updated_from_its_page_with_a_note(corrected, article, editor):
    text = article(figure())
    page, address = signed_in(editor), f"/editing/figures/article/{text.pk}/"
    shown = page.get(address).content.decode()
    assert "<del>0.27</del>" in shown
    assert "<ins>0.34</ins>" in shown
    assert page.post(address, {"note": " "}).status_code == 422
    assert stale(text)
    assert page.post(address, {"note": "按第2版更正。"}).status_code == 302
    assert stale(text) == []


def test_the_list_is_for_editors_and_asks_no_more_for_more_texts(corrected, article, editor, world):
    page = signed_in(editor)
    article(figure(), title="第一篇")
    assert "第一篇" in page.get("/editing/figures/").content.decode()
    with CaptureQueriesContext(connection) as few:
        page.get("/editing/figures/")
    for number in range(5):
        article(figure(), title=f"又一篇{number}")
    with CaptureQueriesContext(connection) as many:
        assert "又一篇4" in page.get("/editing/figures/").content.decode()
    assert len(many) == len(few)
    assert page.post("/editing/figures/").status_code == 405
    assert signed_in(world.erik).get("/editing/figures/").status_code == 403
