"""A newer release marks the texts that say it otherwise; nothing public changes until an editor acts."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.updating import update_figures
from portal.publishing.actions.writing import submit
from portal.publishing.lifecycle import Standing
from portal.publishing.models import Column, Edition, Issue
from portal.publishing.staleness import stale, stale_published, stale_texts
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
    update_figures(article=text, by=editor, at=clock.now(), note="按第2版更正。")
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


def test_an_issue_that_contains_it_is_marked_in_its_working_text_and_in_public(corrected, article, editor, publisher):
    text = article(figure(), title="含有数据的文章")
    column = Column.objects.create(code="news", name_zh="行业新闻速览")
    issue = Issue(title="简报", code="2020-01", number=1, running_number=1)
    items = [{"id": "x", "type": "item", "value": text.pk}]
    issue.contents = [block("column", {"column": column.pk, "articles": items})]
    issue.save()
    publish_text(issue, editor, publisher)
    found = {row.text.title: row for row in stale_texts()}
    assert len(found["简报"].working) == len(found["简报"].published) == 1
    assert found["含有数据的文章"].working
    assert not found["含有数据的文章"].published


def test_a_text_that_is_being_checked_is_not_changed(corrected, article, editor, publisher):
    text = article(figure())
    submit(text=text, by=editor, at=clock.now())
    with pytest.raises(Refused):
        update_figures(article=text, by=editor, at=clock.now(), note="x")
    assert text.pins.get().release.name == "2020Q1-1"


def test_it_is_updated_from_its_page_with_a_note(corrected, article, editor):
    text = article(figure())
    page, address = signed_in(editor), f"/editing/figures/{text.pk}/"
    shown = page.get(address).content.decode()
    assert "<del>0.27</del>" in shown
    assert "<ins>0.34</ins>" in shown
    assert page.post(address, {"note": " "}).status_code == 200
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
