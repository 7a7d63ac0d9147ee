"""A newsletter with every kind of block, as plain values: what each medium has to tell."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO

from PIL import Image

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

AT = datetime(2020, 4, 30, 8, tzinfo=UTC)
SITE = "https://portal.example.org"
LONG = "一季度的合同额与执行额都有增长，基数薄，步子就显得大，先看水平，再看比率。" * 6
PERMIT = "（豫）内资准印字第2020-0108号"
DRAWING = "0" * 64


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (640, 400), "#6C9488").save(out, kind)
    return out.getvalue()


FILES = {
    "p.jpg": picture("JPEG"), f"{DRAWING}.png": picture("PNG"),
    f"{DRAWING}.svg": b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9H0z"/></svg>',
}  # fmt: skip


def said(text: str) -> Paragraph:
    return Paragraph((Run(text),))


ROWS = (("项目", "本期", "同比"), ("接包合同额", "21,631.47", "4,257.50%"), ("其中：离岸", "", "521.17%"))
EVERYTHING = (
    said(LONG),
    Heading("钱从哪里来", 2),
    Paragraph((
        Run("它都"), Run("足够醒目", is_strong=True), Run("，也"), Run("容易误读", is_emphasised=True), Run("，见"),
        Run("城市页", href="/cities/520100/"), Run("与"), Run("公报", href="https://example.com/a?b=1&c=2"), Run("。"),
    )),
    Heading("三个伙伴", 3),
    Listing(((Run("越南"),), (Run("赞比亚"),)), is_ordered=True),
    Listing(((Run("甲项"),), (Run("乙项"),))),
    Listing(((Run("另一列之一"),), (Run("另一列之二"),)), is_ordered=True),
    Picture("p.jpg", "园区的一栋楼", 640, 400, "高新区的交付中心", "协会资料"),
    Table(Grid((("比较项", "劳务派遣", "服务外包"), ("标的", "劳动力", "工作成果"))), "逐项比较", "据规定整理"),
    Quotation("把数读懂，比把数报大更要紧。", "统计组"),
    Question("谁管人？", ((Run("用工单位管派遣的人。"),), (Run("承接方管外包的人。"),))),
    Card("firm", "某某测试公司", (("所在地", "贵阳市"), ("主营", "软件测试")), "八年只做回归测试。", "/members/1/"),
    Figure(
        "brief", "贵阳市第一季度", "2020Q1-1", "2020Q1-1（第1版）表1", "/statistics/releases/2020Q1-1/", "万美元",
        ("合同额21631.47万美元。", "执行额15536.93万美元。"), Grid(ROWS, 1, (1, 2)), DRAWING, "横条图", "基数低。",
    ),
    Credit("协会统计组整理", "https://example.com/b"),
    Download("f.pdf", "附表一览", 345_678),
)  # fmt: skip
ARTICLE = Piece("a1", "读懂四十二倍的增长", EVERYTHING, "从低基数到补报", "统计组", "两家新企业与一批补报。")
COVER = Cover(
    "服务外包行业动态", 8, 112, "2020-04-30",
    (
        ("准印证号", PERMIT), ("编印单位", "服务外包行业协会"), ("发送对象", "协会会员单位"),
        ("印刷单位", "某某印务有限公司"), ("印刷日期", "2020-05-06"), ("印数", "500"),
    ),
)  # fmt: skip
ISSUE = Document(
    "newsletter", "zh-hans", "服务外包行业动态",
    (
        Section("news", "行业新闻速览", (ARTICLE, Piece("a2", "货运恢复与外包交付", (said(LONG),) * 9))),
        Section("firms", "优秀企业推介", (Piece("a3", "把测试做成一门手艺", (said(LONG),)),)),
    ),
    cover=COVER, distribution=(("报", "主管单位"), ("送", "会长单位"), ("发", "会员单位")),
    contacts=("电话：000-00000000",), codes=(("公共平台", "https://portal.example.org/"),),
)  # fmt: skip


def with_text(*blocks, **values) -> Document:
    """An article alone, with these blocks."""
    piece = Piece("a1", str(values.pop("title", "试一试")), blocks)
    return Document("article", "zh-hans", piece.title, (Section("text", "", (piece,)),), **values)


def handbook(chapters: int, pieces: int) -> Document:
    """Chapters with a text of their own and several pieces."""
    piece = Piece("p", "概念与例子", (said(LONG),) * 10)
    chapter = Section("c", "知识概览", (Piece("own", "", (said(LONG), Heading("导言"), said(LONG))), *[piece] * pieces))
    cover = replace(COVER, name="工作手册", number=None, running_number=None)
    return replace(ISSUE, kind="handbook", title="工作手册", sections=(chapter,) * chapters, cover=cover)
