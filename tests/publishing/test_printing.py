"""Who is handed the paper of an edition: print to its own audience, Word to anybody."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client

from portal.lib import clock
from portal.members.models import User
from portal.publishing import papers
from portal.publishing.actions.writing import withdraw
from portal.publishing.lifecycle import Serial
from portal.publishing.models import Column, Edition, Issue
from tests.publishing.conftest import block, publish_text, signed_in
from tests.world import person

PRINT, WORD = "/newsletters/2020-08/print.pdf", "/newsletters/2020-08/word.docx"


@pytest.fixture
def story(published) -> Edition:
    return published(block("text", "<p>贵阳一季度的增长。</p>"), title="读懂增长")


@pytest.fixture
def issue(story, editor, publisher) -> Edition:
    text = Issue(title="服务外包行业动态", code="2020-08", number=8, running_number=112, kind=Serial.NEWSLETTER)
    column = Column.objects.create(code="of-print", name_zh="行业新闻速览")
    text.contents = [block("column", {"column": column.pk, "articles": [story.article_id]})]
    text.edited_by = editor.key
    text.save()
    return publish_text(text, editor, publisher)


@pytest.fixture
def stranger(db) -> User:
    return person("Nobody")


@pytest.fixture
def drawn_once(monkeypatch) -> list[str]:
    """How often each engine was asked; the papers are short."""
    asked = []

    def engine(name):
        return lambda document, _files, **_how: asked.append(name) or f"{name} {document.title}".encode()

    monkeypatch.setattr(papers, "printed", engine("pdf"))
    monkeypatch.setattr(papers, "worded", engine("docx"))
    return asked


def test_a_member_firm_and_the_association_are_handed_the_print(world, issue, drawn_once):
    for one in (world.alice, world.bob, world.dora):
        response = signed_in(one).get(PRINT)
        assert response.status_code == 200, one
        assert response["Content-Type"] == "application/pdf"
        assert response["Cache-Control"].startswith("private")
        assert "filename*=utf-8''%E6%9C%8D%E5%8A%A1" in response["Content-Disposition"]
        assert response["Content-Disposition"].endswith("-%E7%AC%AC8%E6%9C%9F.pdf")


@pytest.mark.parametrize("address", [PRINT, "/handbooks/2020-08/print.pdf", "/publications/{}/print.pdf"])
def test_nobody_else_is(issue, stranger, drawn_once, address):
    address = address.format(issue.pk)
    assert signed_in(stranger).get(address).status_code == 404
    response = Client().get(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login")
    assert drawn_once == []


def test_the_word_files_are_anybody_s(issue, story, drawn_once):
    for address in (WORD, f"/publications/{issue.pk}/word.docx", f"/articles/{story.article_id}/word.docx"):
        response = Client().get(address)
        assert response.status_code == 200, address
        assert response["Content-Disposition"].startswith("attachment")
        assert response["Cache-Control"].startswith("public")
        assert not response.cookies


def test_each_paper_is_made_once(world, issue, drawn_once):
    client = signed_in(world.alice)
    assert client.get(PRINT).content == client.get(f"/publications/{issue.pk}/print.pdf").content
    client.get(WORD)
    client.get(WORD)
    assert drawn_once == ["pdf", "docx"]


def test_a_corrected_text_has_a_paper_of_its_own(world, story, editor, publisher, drawn_once):
    old = story.as_document().title
    text = story.article
    text.title = "读懂增长（更正）"
    text.save()
    text.standing = "draft"
    text.save()
    newer = publish_text(text, editor, publisher)
    answers = [Client().get(f"/publications/{one.pk}/word.docx").content.decode() for one in (story, newer)]
    assert answers == [f"docx {old}", "docx 读懂增长（更正）"]
    assert Client().get(f"/articles/{text.pk}/word.docx").content.decode() == answers[1]


def test_what_is_withdrawn_is_handed_to_nobody(world, issue, publisher, drawn_once):
    withdraw(edition=issue, note_zh="误发。", by=publisher, at=clock.now())
    client = signed_in(world.alice)
    for address in (PRINT, WORD, f"/publications/{issue.pk}/print.pdf", f"/publications/{issue.pk}/word.docx"):
        assert client.get(address).status_code == 404, address


def test_papers_are_only_read(world, issue, drawn_once):
    assert signed_in(world.alice).post(PRINT).status_code == 405
    assert Client().post(WORD).status_code == 405


def test_the_real_print_of_an_issue_says_its_article_and_is_kept_in_the_private_store(world, issue):
    content = signed_in(world.alice).get(PRINT).content
    assert content.startswith(b"%PDF-1.7")
    _folders, files = default_storage.listdir(f"papers/{papers.LOOK}")
    assert [name for name in files if name.startswith(f"{issue.pk}-") and name.endswith(".pdf")]
