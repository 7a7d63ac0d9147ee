"""The PDF for print says what the document says, as an internal publication has to, and is made to be kept."""

import re
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from portal.publishing.document import Document, Grid, Heading, Paragraph, Picture, Run, Table, texts_of
from portal.publishing.media.print import printed
from portal.publishing.media.tables import ROOM, ems, parts_of
from portal.publishing.media.words import missing_of, name_of_file
from tests.publishing.publication import AT, COVER, FILES, ISSUE, LONG, PERMIT, SITE, handbook, said, with_text

# Points: the text block between running head and page number.
BETWEEN = ("-x", "0", "-y", "78", "-W", "596", "-H", "690")
A4_WIDTH, MARGIN = 595.3, 70


def tool(path: Path, name: str, *options: str) -> str:
    to = ["-"] if name == "pdftotext" else []
    return subprocess.run([name, *options, str(path), *to], capture_output=True, text=True, check=True).stdout


@pytest.fixture
def paper(tmp_path):
    """A document as PDF on disk."""

    def make(document: Document, files: dict[str, bytes] = FILES) -> Path:
        path = tmp_path / "paper.pdf"
        path.write_bytes(printed(document, files, made_at=AT, site=SITE))
        return path

    return make


@pytest.fixture(scope="module")
def issue(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("print") / "issue.pdf"
    path.write_bytes(printed(ISSUE, FILES, made_at=AT, site=SITE))
    return path


def packed(text: str) -> str:
    return re.sub(r"\s+", "", text)


def text_between(path: Path) -> str:
    return packed(tool(path, "pdftotext", "-raw", *BETWEEN))


def missing_in_order(document: Document, text: str) -> list[str]:
    """What the document says and the text does not, looking only behind what was found before."""
    lines = []
    for piece in document.pieces:
        lines += [piece.title, piece.subtitle, piece.byline, piece.summary]
        lines += [line for block in piece.blocks for line in texts_of(block)]
    missing, place = [], 0
    for line in map(packed, lines):
        found = text.find(line, place)
        if found < 0:
            missing.append(line)
        else:
            place = found + len(line)
    return missing


def pages_of(path: Path) -> list[str]:
    return [packed(page) for page in tool(path, "pdftotext", "-raw").split("\f")[:-1]]


def test_everything_that_the_document_says_is_printed_in_its_order(issue):
    assert missing_in_order(ISSUE, text_between(issue)) == []


def test_the_same_document_gives_the_same_bytes(issue):
    assert issue.read_bytes() == printed(ISSUE, FILES, made_at=AT, site=SITE)


def test_the_file_is_tagged_titled_on_a4_and_carries_its_fonts(issue):
    told = tool(issue, "pdfinfo")
    assert re.search(r"Tagged:\s+yes", told)
    assert re.search(r"Title:\s+服务外包行业动态 第8期", told)
    assert re.search(r"Page size:.*A4", told)
    fonts = [line.split() for line in tool(issue, "pdffonts").splitlines()[2:]]
    assert len(fonts) >= 2
    assert {font[-5] for font in fonts} == {"yes"}


def test_the_cover_says_what_the_law_asks_of_an_internal_publication(issue):
    cover = pages_of(issue)[0]
    for line in (
        "服务外包行业动态", "第8期", "总第112期", "2020年4月30日", "内部资料，免费交流", f"准印证号：{PERMIT}",
        "编印单位服务外包行业协会", "发送对象协会会员单位", "印刷单位某某印务有限公司", "印刷日期2020年5月6日",
        "印数500",
    ):  # fmt: skip
        assert line in cover, line
    assert "样稿" not in cover
    assert not any(word in "".join(pages_of(issue)) for word in ("本刊", "本报", "期刊", "杂志"))


@pytest.mark.parametrize("name", [name for name, _value in COVER.lines])
def test_without_one_of_the_lines_it_is_a_draft_copy(name):
    lines = tuple(line for line in COVER.lines if line[0] != name)
    assert missing_of(replace(ISSUE, cover=replace(COVER, lines=lines))) == [name]


def test_a_draft_copy_says_so_on_its_cover(paper):
    cover = replace(COVER, number=None, lines=COVER.lines[1:])
    first = pages_of(paper(replace(ISSUE, cover=cover)))[0]
    assert "样稿" in first
    assert "缺少准印证号、期号" in first


def test_a_proof_says_on_each_page_that_nothing_is_published_yet(tmp_path):
    path = tmp_path / "proof.pdf"
    path.write_bytes(printed(ISSUE, FILES, made_at=AT, is_proof=True))
    pages = pages_of(path)
    assert "样稿校样，尚未发布" in pages[0]
    assert all("校样，尚未发布" in page for page in pages)


def test_the_contents_name_the_pages_where_the_articles_begin(issue):
    pages = pages_of(issue)
    for piece in ISSUE.pieces:
        number = re.search(rf"{piece.title}[.\s]*(\d+)", pages[0])
        assert number, piece.title
        assert piece.title in pages[int(number[1]) - 1]


def test_each_page_has_its_number_and_its_running_head(issue):
    pages = pages_of(issue)
    for number, page in enumerate(pages[1:], start=2):
        assert f"—{number}—" in page
        assert "服务外包行业动态第8期" in page
    assert "优秀企业推介" in pages[-1]


def test_the_last_page_says_to_whom_it_goes_and_whom_to_ask(issue):
    last = pages_of(issue)[-1]
    assert (
        last.index("报：主管单位")
        < last.index("送：会长单位")
        < last.index("发：会员单位")
        < last.index("电话：000-00000000")
    )
    assert "公共平台" in last


def test_links_are_whole_addresses_and_stand_in_print_too(issue):
    text = text_between(issue)
    assert f"城市页{SITE}/cities/520100/" in text
    assert "公报https://example.com/a?b=1&c=2" in text
    assert f"{SITE}/cities/520100/" in tool(issue, "pdfinfo", "-url")


def test_a_picture_that_is_missing_is_told_in_words(paper):
    text = text_between(paper(with_text(Picture("gone.jpg", "园区的一栋楼", 640, 400, "交付中心"))))
    assert "图片暂缺：园区的一栋楼" in text
    assert "交付中心" in text


def test_a_handbook_of_a_hundred_pages_has_numbered_chapters_and_contents_of_two_levels(paper):
    path = paper(handbook(13, 9))
    pages = pages_of(path)
    assert len(pages) > 100
    assert re.search(r"第十三章知识概览.*13\.1导言.*13\.10概念与例子", "".join(pages[1:5]))
    starts = [number for number, page in enumerate(pages, start=1) if re.search(r"第十三章知识概览(?!\.)", page)]
    assert starts
    assert f"第十三章知识概览{'.' * 3}" in "".join(pages[1:5])
    assert f"—{len(pages)}—" in pages[-1]
    assert "样稿" not in pages[0]


def test_an_english_publication_has_english_words_around_it(paper):
    cover = replace(COVER, name="Outsourcing Monthly", lines=tuple((name, "x") for name, _value in COVER.lines))
    blocks = (Heading("Where from"), Paragraph((Run("Firms "), Run("grew", is_strong=True), Run("."))))
    section = section_of("News", with_text(*blocks, title="Growth"))
    issue = replace(ISSUE, language="en", title=cover.name, sections=(section,), cover=cover, contacts=(), codes=())
    text = "".join(pages_of(paper(replace(issue, distribution=(("报", "Ministry"),)))))
    assert re.findall(r"[\u4e00-\u9fff]+", text) == []
    for word in ("No.8", "WholeNo.112", "30April2020", "Thursday", "Internalmaterial", "Contents", "To:Ministry"):
        assert word in text, word


def section_of(title: str, document: Document):
    return replace(document.sections[0], title=title)


# ── Awkward texts ────────────────────────────────────────────────────────────────────────────────

AWKWARD = [
    "<b>不是粗体</b> &amp; <script>alert(1)</script>",
    "#let x = 1 #pagebreak() $a_b^2$ [x] *y* _z_ @ref \\n `code` ~ -- --- ... // 注 /* 释 */ = 标题 + 项 <label>",
    "\"引号\" '单引号' “弯引号” ‘单’",
    "W" * 400,
    "https://example.org/" + "a1b2/" * 60,
    "长" * 10_000,
    "مرحبا",
]


@pytest.mark.parametrize("text", AWKWARD, ids=lambda text: text[:12])
def test_whatever_is_written_is_printed_as_it_is_and_within_the_page(paper, text):
    path = paper(with_text(said(text), Table(Grid((("甲", "乙"), (text[:60], "")))), title=text[:40]))
    assert packed(text) in text_between(path).translate({0x202B: None, 0x202C: None})
    assert widest(path) <= A4_WIDTH - MARGIN


def test_what_no_font_can_show_is_marked_and_nothing_breaks(paper):
    text = text_between(paper(with_text(said("前🙂后 \ue000 \x07 ไทย e\u0301"), said(LONG))))
    assert "前〓后" in text
    assert "é" in text
    assert packed(LONG) in text


def test_headings_that_skip_a_level_are_set_one_below_the_other(paper):
    assert "小节" in text_between(paper(with_text(Heading("小节", 3), said(LONG), Heading("又一节", 3))))


def test_a_table_of_forty_columns_is_cut_into_parts_that_stay_on_the_page(paper):
    rows = tuple(tuple(f"R{row}C{column}" for column in range(40)) for row in range(12))
    path = paper(with_text(Table(Grid(rows), "四十列的表")))
    text = text_between(path)
    assert [cell for row in rows for cell in row if cell not in text] == []
    assert "四十列的表（续）" in text
    assert widest(path) <= A4_WIDTH - MARGIN


def test_heads_stand_again_on_each_page_of_a_long_table(paper):
    rows = (("序号", "企业"), *((str(row), f"第{row}家") for row in range(120)))
    pages = pages_of(paper(with_text(Table(Grid(rows, 1, (0,)), "长表"))))
    assert len(pages) > 2
    assert all("序号企业" in page for page in pages)


def test_parts_of_a_table_begin_with_its_first_column_and_keep_numbers_whole():
    grid = Grid(
        (("地区", *[f"{number}年" for number in range(30)]), ("贵阳", *["123,456.78"] * 30)), 1, tuple(range(1, 31))
    )
    parts = parts_of(grid)
    assert {part.rows[1][0] for part in parts} == {"贵阳"}
    assert [cell for part in parts for cell in part.rows[0][1:]] == list(grid.rows[0][1:])
    assert all(sum(part.widths) <= ROOM + 1 for part in parts)
    assert ems("123,456.78") < ems("一二三四五六七")


def widest(path: Path) -> float:
    return max(float(found) for found in re.findall(r'<word [^>]*xMax="([\d.]+)"', tool(path, "pdftotext", "-bbox")))


def test_a_file_is_named_after_name_and_number():
    assert name_of_file(ISSUE) == "服务外包行业动态-第8期"
    assert name_of_file(with_text(title='甲/乙: "丙"?')) == "甲_乙_ _丙__"
