"""A Word file becomes a draft: what Word's styles say is kept, what cannot be is told, and a bad file is refused."""

import io
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document
from docx.oxml import OxmlElement
from PIL import Image
from wagtail.images import get_image_model

from portal.journal.models import Entry
from portal.lib import clock
from portal.lib.acts import Refused
from portal.publishing.actions.writing import submit
from portal.publishing.models import Article
from portal.publishing.word_files import Unreadable, read
from tests.publishing.conftest import signed_in

ADDRESS = "/editing/articles/import/"
OF_LIBREOFFICE = Path(__file__).parent / "files" / "libreoffice.docx"


def word(change=lambda document: None) -> bytes:
    """An article as an office would write it."""
    document = Document()
    document.add_heading("一季度服务外包运行情况", 0)
    document.add_heading("一、总体", 1)
    line = document.add_paragraph("一季度")
    line.add_run("接包合同额").bold = True
    line.add_run("明显").italic = True
    line.add_run("增长。")
    document.add_paragraph("离岸", style="List Bullet")
    document.add_paragraph("在岸", style="List Bullet")
    document.add_heading("（一）结构", 2)
    table = document.add_table(rows=4, cols=3)
    cells = [["指标", "2020年", ""], ["合同额", "21,631.47", "4257.50%"], ["执行额", "15,536.93", "c"], ["", "7", "8"]]
    for number, row in enumerate(cells):
        for column, text in enumerate(row):
            table.cell(number, column).text = text
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 0).merge(table.cell(3, 0))
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "teal").save(picture, "PNG")
    document.add_picture(picture)
    document.add_paragraph("图1 走势", style="Caption")
    document.add_paragraph("抢抓机遇，开拓市场。", style="Quote")
    change(document)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def upload(content: bytes, name: str = "季度.docx") -> dict[str, object]:
    return {"file": SimpleUploadedFile(name, content), "language": "zh-hans"}


def test_headings_paragraphs_lists_tables_pictures_and_quotations_are_read_in_order():
    found = read(word())
    assert found.title == "一季度服务外包运行情况"
    assert [kind for kind, _value in found.pieces] == ["heading", "text", "heading", "table", "picture", "quotation"]
    heading, text, part, table, picture, quotation = (value for _kind, value in found.pieces)
    assert (heading["level"], part["level"]) == ("2", "3")
    assert text == "<p>一季度<b>接包合同额</b><i>明显</i>增长。</p><ul><li>离岸</li><li>在岸</li></ul>"
    assert picture["caption"] == "图1 走势"
    assert quotation["text"] == "抢抓机遇，开拓市场。"
    assert table["table"]["data"] == [
        ["指标", "2020年", "2020年"], ["合同额", "21,631.47", "4257.50%"], ["执行额", "15,536.93", "c"],
        ["执行额", "7", "8"],
    ]  # fmt: skip
    assert table["table"]["first_row_is_table_header"]


def test_what_libreoffice_writes_is_read_alike():
    """Written by LibreOffice 7.4: a title, two levels of headings, a note at the foot, a list, a table, a picture."""
    found = read(OF_LIBREOFFICE.read_bytes())
    assert (found.title, found.subtitle) == ("贵阳一季度服务外包", "从低基数说起")
    first, text, second, table, picture, quotation, notes = found.pieces
    assert first == ("heading", {"text": "一、总体情况", "level": "2"})
    assert second == ("heading", {"text": "（一）数据", "level": "3"})
    assert text[1] == (
        '<p>合同额<b>明显</b>增长[1]，见<a href="https://example.org/">公报</a>。</p><ul><li>离岸</li><li>在岸</li></ul>'
    )
    assert table[1]["caption"] == "表1 合同额与执行额"
    assert table[1]["table"]["data"] == [["指标", "金额"], ["合同额", "21,631.47"], ["执行额", "15,536.93"]]
    assert table[1]["table"]["first_row_is_table_header"]
    assert picture == ("picture", {"number": 0, "caption": "图1 方块"})
    assert [(one.ending, one.alt) for one in found.pictures] == [("png", "绿色的方块")]
    assert quotation == ("quotation", {"text": "抢抓机遇。", "who": ""})
    assert notes == ("text", "<ol><li>按签订日期统计。 </li></ol>")
    assert (found.styles, found.dropped) == ([], {})


def test_a_picture_that_the_file_only_refers_to_is_told():
    def linked(document):
        blip = document.inline_shapes[0]._inline.graphic.graphicData.pic.blipFill.blip
        kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
        del blip.attrib[f"{{{blip.nsmap['r']}}}embed"]
        blip.link = document.part.relate_to("file:///C:/p.png", kind, is_external=True)

    found = read(word(linked))
    assert found.dropped == {"linked": 1}
    assert found.count("picture") == 0


def test_what_is_too_long_for_a_heading_or_a_caption_stays_whole_as_a_paragraph():
    document, out, long = Document(), io.BytesIO(), "这一句写得很长" * 30
    document.add_heading(long, 1)
    document.add_table(1, 1).cell(0, 0).text = "格"
    document.add_paragraph(long, style="Caption")
    document.save(out)
    assert [kind for kind, _value in read(out.getvalue()).pieces] == ["text", "table", "text"]
    assert str(read(out.getvalue()).pieces).count(long) == 2


def test_without_heading_styles_numbered_and_bold_lines_are_headings():
    document, out = Document(), io.BytesIO()
    document.add_paragraph().add_run("贵阳市一季度情况").bold = True
    for line in ("一、总体情况", "合同额增长。", "（一）离岸", "二、问题在于数据不全，须进一步核实。", "正文"):
        document.add_paragraph(line)
    document.save(out)
    found = read(out.getvalue())
    assert found.title == "贵阳市一季度情况"
    assert found.guessed_count == 3
    assert [(value["text"], value["level"]) for kind, value in found.pieces if kind == "heading"] == [
        ("一、总体情况", "2"), ("（一）离岸", "3"),
    ]  # fmt: skip


def test_what_cannot_be_taken_over_is_counted():
    def with_more(document):
        document.add_paragraph("自家", style=document.styles.add_style("单位红头", 1))
        document.paragraphs[2]._p.append(OxmlElement("m:oMath"))

    found = read(word(with_more))
    assert found.styles == ["单位红头"]
    assert found.dropped == {"formula": 1}


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512), "old"), (b"<html>", "foreign"), (b"", "foreign"),
     (b"PK\x03\x04" + bytes(90), "foreign"), (b"PK" + bytes(21 * 2**20), "large")],
)  # fmt: skip
def test_a_file_that_is_none_is_refused_with_its_reason(content, reason):
    with pytest.raises(Unreadable, match=reason):
        read(content)


def test_a_damaged_file_is_refused():
    out = io.BytesIO()
    with ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w:document")
    with pytest.raises(Unreadable, match="broken"):
        read(out.getvalue())


def test_it_becomes_a_draft_and_the_page_says_what_was_understood(editor):
    page = signed_in(editor)
    answer = page.post(ADDRESS, upload(word()), follow=True)
    text = Article.objects.get()
    assert answer.redirect_chain[-1][0] == f"/editing/articles/imported/{text.pk}/"
    assert text.body.raw_data[4]["type"] == "picture"
    assert get_image_model().objects.get().title in answer.content.decode()
    assert [child.block_type for child in text.body][:2] == ["heading", "text"]
    assert text.edited_by == editor.key
    assert text.revisions.count() == 1
    assert Entry.objects.filter(verb="text.imported", target_key=text.pk).exists()


def test_a_picture_without_a_description_is_named_and_holds_the_text_back(editor):
    signed_in(editor).post(ADDRESS, upload(word()))
    text = Article.objects.get()
    with pytest.raises(Refused, match="一季度服务外包运行情况"):
        submit(text=text, by=editor, at=clock.now())


def test_the_description_that_word_has_is_kept(editor):
    def described(document):
        document.inline_shapes[0]._inline.docPr.set("descr", "上升的折线")

    signed_in(editor).post(ADDRESS, upload(word(described)))
    text = Article.objects.get()
    assert next(child.value["alt"] for child in text.body if child.block_type == "picture") == "上升的折线"
    submit(text=text, by=editor, at=clock.now())


def test_a_bad_file_is_answered_with_a_sentence_and_makes_nothing(editor):
    answer = signed_in(editor).post(ADDRESS, upload(b"%PDF-1.7", "a.pdf"))
    assert answer.status_code == 200
    assert ".docx" in answer.content.decode()
    assert not Article.objects.exists()


def test_only_editors_import(world):
    assert signed_in(world.erik).get(ADDRESS).status_code == 403
    assert signed_in(world.alice).post(ADDRESS, upload(word())).status_code == 404
    assert not Article.objects.exists()
