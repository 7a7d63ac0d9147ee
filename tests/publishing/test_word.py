"""The Word file says what the document says, in real styles, and opens in a word processor."""

import re
import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.oxml.ns import qn

from portal.publishing.document import Card, Document, Grid, Heading, Table
from portal.publishing.media.word import worded
from portal.publishing.media.word_look import GAP
from tests.publishing.publication import AT, FILES, ISSUE, PERMIT, SITE, said, with_text
from tests.publishing.test_print import AWKWARD, missing_in_order, packed

OFFICE = shutil.which("soffice")


def made(document: Document) -> bytes:
    return worded(document, FILES, made_at=AT, author="服务外包行业协会", site=SITE)


def opened(document: Document) -> docx.document.Document:
    return docx.Document(BytesIO(made(document)))


def text_of(file: docx.document.Document) -> str:
    """All texts of the body in their order, tables and links included."""
    return "".join(element.text or "" for element in file.element.body.iter(qn("w:t")))


def styled(file: docx.document.Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in file.paragraphs:
        found.setdefault(line.style.name, []).append("".join(one.text or "" for one in line._p.iter(qn("w:t"))))
    return found


@pytest.fixture(scope="module")
def issue() -> docx.document.Document:
    return opened(ISSUE)


def test_everything_that_the_document_says_stands_in_it_in_its_order(issue):
    assert missing_in_order(ISSUE, packed(text_of(issue))) == []


def test_the_same_document_gives_the_same_bytes():
    assert made(ISSUE) == made(ISSUE)


def test_the_styles_are_those_that_a_word_processor_knows(issue):
    found = styled(issue)
    assert found["Title"] == ["服务外包行业动态"]
    assert found["Heading 1"] == ["行业新闻速览", "优秀企业推介"]
    assert found["Heading 2"][0] == "读懂四十二倍的增长"
    assert found["Heading 3"] == ["钱从哪里来"]
    assert found["Heading 4"] == ["三个伙伴"]
    assert found["List Number"] == ["越南", "赞比亚", "另一列之一", "另一列之二"]
    assert found["List Bullet"] == ["甲项", "乙项"]
    assert "把数读懂，比把数报大更要紧。" in found["Quote"]
    assert {"逐项比较", "高新区的交付中心　协会资料"} <= set(found["Caption"])


def test_the_title_of_an_article_alone_is_its_title():
    found = styled(opened(with_text(Heading("一节"), Heading("小节", 3), title="试一试")))
    assert (found["Title"], found["Heading 1"], found["Heading 2"]) == (["试一试"], ["一节"], ["小节"])


def test_each_numbered_list_begins_at_one(issue):
    numbers = [line._p.pPr.numPr.numId.val for line in issue.paragraphs if line.style.name == "List Number"]
    assert numbers[0] == numbers[1]
    assert numbers[1] != numbers[2] == numbers[3]


def test_text_is_songti_heads_are_heiti_and_no_theme_decides(issue):
    def chinese(style: str) -> str:
        return issue.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))

    assert (chinese("Normal"), chinese("Title"), chinese("Heading 2")) == ("宋体", "黑体", "黑体")
    with ZipFile(BytesIO(made(ISSUE))) as file:
        styles, theme = file.read("word/styles.xml").decode(), file.read("word/theme/theme1.xml").decode()
    assert not re.search(r'w:(ascii|hAnsi|eastAsia|cs)Theme="', styles)
    assert "Calibri" not in theme
    assert "宋体" in theme


def test_heads_of_tables_repeat_and_rows_stay_whole(issue):
    table = issue.tables[0]
    marks = [row._tr.trPr for row in table.rows]
    assert [mark.find(qn("w:tblHeader")) is not None for mark in marks] == [True, False]
    assert all(mark.find(qn("w:cantSplit")) is not None for mark in marks)


def test_a_figure_s_title_stays_with_its_drawing_and_tables_stand_apart(issue):
    title = next(line for line in issue.paragraphs if line.text == "贵阳市第一季度")
    assert title.paragraph_format.keep_with_next
    behind = [docx.text.paragraph.Paragraph(table._tbl.getnext(), issue) for table in issue.tables]
    assert {line.style.name for line in behind} == {GAP}


def test_digits_are_said_to_be_latin(issue):
    """Those that are said to be Chinese are torn at the end of a line."""
    language = next(issue.styles.element.iter(qn("w:lang")))
    assert (language.get(qn("w:val")), language.get(qn("w:eastAsia"))) == ("en-US", "zh-CN")


def test_pictures_and_drawings_are_told_in_words(issue):
    told = [element.get("descr") for element in issue.element.body.iter(qn("wp:docPr"))]
    assert told == ["园区的一栋楼", "横条图"]


def test_links_lead_to_whole_addresses_and_nowhere_unsafe(issue):
    def targets(file) -> set[str]:
        return {one.target_ref for one in file.part.rels.values() if one.is_external}

    assert {f"{SITE}/cities/520100/", "https://example.com/a?b=1&c=2", f"{SITE}/members/1/"} <= targets(issue)
    unsafe = with_text(Card("firm", "某公司", href="javascript:alert(1)"), Card("firm", "某", href="//evil.example/"))
    assert targets(opened(unsafe)) == set()


def test_the_file_says_of_itself_what_it_is(issue):
    core = issue.core_properties
    assert (core.title, core.author, core.language) == ("服务外包行业动态", "服务外包行业协会", "zh-CN")
    assert core.created.isoformat().startswith("2020-04-30T08:00")
    with ZipFile(BytesIO(made(ISSUE))) as file:
        assert b"python-docx" not in b"".join(file.read(name) for name in file.namelist())


def test_the_lines_of_the_printed_edition_are_not_in_it(issue):
    assert PERMIT not in text_of(issue)
    assert "某某印务有限公司" not in text_of(issue)


def test_the_page_is_a4_and_numbered(issue):
    page = issue.sections[0]
    assert (round(page.page_width.mm), round(page.page_height.mm)) == (210, 297)
    assert b'w:instr="PAGE"' in ZipFile(BytesIO(made(ISSUE))).read("word/footer1.xml")


@pytest.mark.parametrize("text", [*AWKWARD, "前🙂后", "ไทย"], ids=lambda text: text[:12])
def test_whatever_is_written_stands_there_as_it_is(text):
    assert text in text_of(opened(with_text(said(text), title=text[:60])))


def test_characters_that_no_file_can_hold_are_left_out():
    assert "前后" in text_of(opened(with_text(said("前\x07\x00\ufffe后"))))


def test_a_table_of_forty_columns_is_cut_into_parts():
    rows = tuple(tuple(f"R{row}C{column}" for column in range(40)) for row in range(3))
    file = opened(with_text(Table(Grid(rows), "四十列的表")))
    assert len(file.tables) > 3
    text = text_of(file)
    assert [cell for row in rows for cell in row if cell not in text] == []


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not on this computer")
def test_it_opens_in_libreoffice(tmp_path):
    text = converted(tmp_path, made(ISSUE), "issue.docx")
    # Without its Writer, the office reads not even a plain text.
    if not text and not converted(tmp_path, "甲".encode(), "probe.txt"):
        pytest.skip("LibreOffice Writer is not on this computer")
    assert missing_in_order(ISSUE, packed(text)) == []


def converted(folder: Path, content: bytes, name: str) -> str:
    """The text of a file after the office has made a PDF of it, without the page numbers."""
    source = folder / name
    source.write_bytes(content)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [OFFICE, profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    subprocess.run(command, capture_output=True, check=False, timeout=120)
    paper = source.with_suffix(".pdf")
    if not paper.exists():
        return ""
    crop = ("-x", "0", "-y", "0", "-W", "596", "-H", "755")
    return subprocess.run(["pdftotext", "-raw", *crop, paper, "-"], capture_output=True, text=True, check=True).stdout
