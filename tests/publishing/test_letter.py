"""A publication as a mail: styles in its tags, the whole text in both parts, and short enough to be shown whole."""

import re
from dataclasses import replace

from portal.publishing.document import (
    Card,
    Cover,
    Credit,
    Document,
    Download,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Picture,
    Piece,
    Question,
    Quotation,
    Run,
    Section,
    Table,
)  # fmt: skip
from portal.publishing.media.around import Around
from portal.publishing.media.letter import LONGEST, letter_of
from portal.publishing.media.web import Addresses

SITE = "https://portal.example.org"
AROUND = Around(
    Addresses(f"{SITE}/publications/1/files/", SITE), f"{SITE}/newsletters/2020-08/", f"{SITE}/subscribe/leave/T/",
    "zh-hans", "示例协会", "示例路1号", "会员通讯",
)  # fmt: skip
BLOCKS = (
    Heading("小标题"),
    Paragraph((Run("正文"), Run("本站", href="/articles/2/"), Run("外站", True, href="https://example.org/?a=1&b=2"))),
    Listing(((Run("第一项"),), (Run("第二项"),))),
    Picture("photo.png", "签约现场", 900, 400, "图注", "摄影：某人"),
    Table(Grid((("市场", "金额"), ("越南", "1,200.00")), 1, (1,)), "表一", "注一"),
    Quotation("引语", "某人"),
    Question("什么是<众包>？", ((Run("一种做法"),),)),
    Credit("摘自某报", "https://example.org/x"),
    Card("city", "贵阳", (("批次", "第二批"),), "说明", "/cities/520100/"),
    Figure(
        "chart",
        "图的结论",
        "2020Q1-1",
        "2020Q1-1 表1",
        "/statistics/2020Q1-1/",
        "万美元",
        ("一句话",),
        None,
        "draw",
        "图说",
    ),  # fmt: skip
    Download("x.pdf", "附件一", 20_000),
)


def issue(*pieces: Piece) -> Document:
    return Document(
        "newsletter", "zh-hans", "示例动态", (Section("news", "行业速览", pieces),), summary="本期提要",
        cover=Cover("示例动态", 8, 8, "2020-08-01"),
    )  # fmt: skip


def test_both_parts_say_all_of_the_text():
    letter = letter_of(issue(Piece("a1", "第一篇", BLOCKS)), AROUND)
    for words in (
        "第一篇", "小标题", "正文", "第二项", "图注", "1,200.00", "引语", "什么是", "贵阳", "一句话", "表1", "附件一",
    ):  # fmt: skip
        assert words in letter.html, words
        assert words in letter.text, words
    assert "<众包>" not in letter.html
    assert not letter.is_summary


def test_the_text_part_is_read_without_any_look():
    numbered = Listing(((Run("先看水平"),), (Run("再看比率"),)), is_ordered=True)
    text = letter_of(issue(Piece("a1", "第一篇", (*BLOCKS, numbered), "副题", "统计组")), AROUND).text
    for line in (
        "■ 小标题", f"正文本站 <{SITE}/articles/2/>外站 <https://example.org/?a=1&b=2>", "· 第一项", "1. 先看水平",
        "2. 再看比率", "[签约现场]", "市场 | 金额", "> 引语", "> —— 某人", "问：什么是<众包>？", "答：一种做法",
        "摘自某报", "[城市] 贵阳", "批次：第二批", "▌图的结论", "数据来源：2020Q1-1 表1", "附件：附件一 (PDF, 20 KB)",
        "副题", "统计组", f"{SITE}/publications/1/files/x.pdf",
    ):  # fmt: skip
        assert line in text.splitlines(), line


def test_words_around_the_text_say_in_which_language_they_are():
    """A letter in Chinese to somebody who reads English pages."""
    html = letter_of(issue(Piece("a1", "一", ())), replace(AROUND, language="en")).html
    assert '<html lang="zh-Hans">' in html
    assert re.search(r'<td class="ft" lang="en"', html)
    assert "lang=" not in letter_of(issue(Piece("a1", "一", ())), AROUND).html.partition("<body")[2]


def test_styles_stand_in_the_tags_and_nothing_runs_or_counts():
    html = letter_of(issue(Piece("a1", "第一篇", BLOCKS)), AROUND).html
    body = html[html.index("<body") :]
    for tag in ("p", "h1", "h2", "td", "a", "img"):
        assert all("style=" in one for one in re.findall(rf"<{tag}\b[^>]*>", body) if 'align="center"' not in one), tag
    assert "<script" not in html
    assert "<link" not in html
    sources = re.findall(r'src="([^"]+)"', html)
    assert sources == [f"{SITE}/publications/1/files/photo.png", f"{SITE}/publications/1/files/draw.png"]
    assert 'alt="签约现场"' in html
    assert "prefers-color-scheme: dark" in html
    assert 'width="600"' in html


def test_every_address_can_be_followed_from_a_mail():
    letter = letter_of(issue(Piece("a1", "第一篇", BLOCKS)), AROUND)
    assert set(re.findall(r'href="([^"]+)"', letter.html)) == {
        f"{SITE}/newsletters/2020-08/", f"{SITE}/articles/2/", "https://example.org/?a=1&amp;b=2",
        "https://example.org/x", f"{SITE}/cities/520100/", f"{SITE}/statistics/2020Q1-1/",
        f"{SITE}/publications/1/files/x.pdf", f"{SITE}/subscribe/leave/T/",
    }  # fmt: skip
    assert f"{SITE}/articles/2/" in letter.text
    assert f"{SITE}/subscribe/leave/T/" in letter.text


def test_a_link_that_runs_something_is_only_words():
    html = letter_of(issue(Piece("a1", "一", (Paragraph((Run("点我", href="javascript:alert(1)"),)),))), AROUND).html
    assert "javascript" not in html
    assert "点我" in html


def test_a_long_issue_is_told_in_summaries():
    long = tuple(Paragraph((Run("很长的一段话。" * 200),)) for _number in range(20))
    letter = letter_of(issue(Piece("a1", "长文", long, summary="这是提要"), Piece("a2", "另一篇", long)), AROUND)
    assert letter.is_summary
    assert len(letter.html.encode()) < LONGEST
    assert "这是提要" in letter.html
    assert letter.html.count("很长的一段话。" * 10) == 1
    for key in ("a1", "a2"):
        assert f"{SITE}/newsletters/2020-08/#{key}" in letter.html
        assert f"{SITE}/newsletters/2020-08/#{key}" in letter.text


def test_the_foot_says_who_writes_and_why():
    letter = letter_of(issue(Piece("a1", "一", ())), AROUND)
    foot = letter.text.partition("-- \n")[2]
    assert "示例协会 示例路1号" in foot
    assert "会员通讯" in foot


def levels(html: str) -> list[str]:
    return re.findall(r"<h(\d)", html)


def test_headings_leave_out_no_level_in_an_issue_nor_in_an_article_alone():
    blocks = (Heading("甲", 3), Heading("乙", 2), Heading("丙", 3))
    whole = issue(Piece("a1", "第一篇", blocks))
    alone = replace(whole, kind="article", cover=None)
    assert levels(letter_of(whole, AROUND).html) == ["1", "2", "3", "3", "4"]
    assert levels(letter_of(alone, AROUND).html) == ["1", "2", "2", "3"]
