"""An editor's day, from a Word file to six media, in a real browser."""

import re
import subprocess
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document as WordDocument
from playwright.sync_api import BrowserContext, Page, expect

from portal.front.demo.people import EDITOR, PUBLISHER
from portal.members.models import User
from portal.publishing.models import Edition, Issue
from tests.filings.test_firm_in_the_browser import sign_in

TITLE, SENTENCE = "年初读一份旧季报", "补报的部分要另看，这是统计部常说的一句话。"
FIGURE = "21631.47"
CODE = "2021-01"


@pytest.mark.demo
def test_from_a_word_file_to_six_media(page: Page, context: BrowserContext, live_server, tmp_path):
    editor, publisher = (User.objects.get(email=email) for email in (EDITOR, PUBLISHER))
    sign_in(context, live_server, editor)
    imported(page, word_file(tmp_path))
    with_the_brief_of_guiyang(page)
    article = handed_in(page)
    sign_in(context, live_server, publisher)
    checked_and_published(page, article)
    sign_in(context, live_server, editor)
    issue = assembled(page)
    sign_in(context, live_server, publisher)
    checked_and_published(page, issue)
    seen_in_six_media(page, context)


def word_file(folder: Path) -> Path:
    file = WordDocument()
    file.add_heading(TITLE, 0)
    file.add_heading("为什么读旧的", 1)
    file.add_paragraph(SENTENCE)
    file.add_paragraph("先看水平，再看增长。", style="List Bullet")
    file.save(folder / "article.docx")
    return folder / "article.docx"


def imported(page: Page, file: Path) -> None:
    page.goto("/editing/articles/import/")
    page.set_input_files("input[type=file]", file)
    page.locator("select[name=column]").select_option(index=1)
    page.locator("form[enctype] button[type=submit]").click()
    page.locator(".nice-padding a.button").click()
    expect(page.locator("#id_title")).to_have_value(TITLE)


def with_the_brief_of_guiyang(page: Page) -> None:
    page.locator("button.c-sf-add-button").last.click()
    page.get_by_role("option", name=re.compile("发布数据|Figure of a release")).click()
    block = page.locator(".figure-block").last
    block.locator("select[name$='-release']").select_option("2020Q1-1")
    block.locator("select[name$='-place']").select_option("520100")
    expect(block.locator(".figure-told")).to_contain_text(FIGURE)
    page.locator("footer button[type=submit]").first.click()


def handed_in(page: Page) -> str:
    """The address of the text's life, once it waits to be checked."""
    expect(page).to_have_url(re.compile(r"/editing/texts/\w+/\d+/$"))
    page.locator("form[action$='/submit/'] button").click()
    expect(page.locator(".ed-word--submitted")).to_be_visible()
    return page.url


def checked_and_published(page: Page, address: str) -> None:
    page.goto(address)
    page.locator("form[action$='/approve/'] button").click()
    expect(page.locator(".ed-word--checked")).to_be_visible()
    page.locator("form[action$='/publish/'] button").click()
    expect(page.locator(".ed-word--published")).to_be_visible()


def assembled(page: Page) -> str:
    page.goto("/editing/issues/next/")
    page.locator("#id_code").fill(CODE)
    page.locator("#id_issued_on").fill("2021-01-12")
    page.locator("form:has(#id_code) button[type=submit]").click()
    page.goto(f"/editing/issues/{Issue.objects.get(code=CODE).pk}/contents/")
    page.get_by_label(TITLE).check()
    page.locator("form:has(input[name=articles]) button[type=submit]").click()
    return handed_in(page)


def seen_in_six_media(page: Page, context: BrowserContext) -> None:
    edition = Edition.objects.public().get(issue__code=CODE)
    page.goto(f"/newsletters/{CODE}/")
    for words in (TITLE, SENTENCE, FIGURE):
        expect(page.locator("main")).to_contain_text(words)
    paper = context.request.get(f"/newsletters/{CODE}/print.pdf").body()
    told = subprocess.run(["pdftotext", "-", "-"], input=paper, capture_output=True, check=True).stdout.decode()
    assert all(words in packed(told) for words in (TITLE, SENTENCE, FIGURE))
    word = WordDocument(BytesIO(context.request.get(f"/newsletters/{CODE}/word.docx").body()))
    assert any(TITLE in line.text for line in word.paragraphs)
    assert any(FIGURE in line.text for line in word.paragraphs)
    assert TITLE in context.request.get("/feeds/newsletters.atom").text()
    for medium in ("mail", "mail-text"):
        assert SENTENCE in packed(
            context.request.get(f"/editing/texts/issue/{edition.issue_id}/proof/{medium}/").text()
        )
    page.goto(f"/editing/editions/{edition.pk}/wechat/")
    assert SENTENCE in packed(page.content())


def packed(text: str) -> str:
    return re.sub(r"\s", "", text)
