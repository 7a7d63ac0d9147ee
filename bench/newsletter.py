"""What an issue of the newsletter costs the server: the page against the same blocks in Wagtail, and the kept page
against hello. The sites answer as in `bench/pages.py`, each in a process of its own."""

import hashlib
import json
from datetime import date
from functools import cache
from pathlib import Path

from django.db import connections

from bench.association import database, prepared
from bench.harness import Measured, bench
from bench.pages import Site, compared
from portal.lib import clock
from portal.publishing.document import (
    Block,
    Cover,
    Credit,
    Document,
    Figure,
    Grid,
    Heading,
    Listing,
    Paragraph,
    Piece,
    Question,
    Quotation,
    Run,
    Section,
    Table,
)  # fmt: skip
from portal.publishing.document_json import to_json
from portal.publishing.models import Edition, Issue

ISSUE = "/newsletters/bench/"
COLUMNS = ("行业新闻速览", "优秀企业推介", "服务外包示范城市", "服务外包小知识")
ARTICLES_A_COLUMN = 3
SENTENCE = "一季度会员企业的合同额与执行额都有增长，离岸业务的增速快于在岸，新申报的企业多数来自西部城市。"


def grid(rows: int) -> Grid:
    lines = tuple((f"城市{number}", f"{number * 7}", f"{number * 1234.5:,.2f}") for number in range(1, rows + 1))
    return Grid((("城市", "企业", "执行额"), *lines), 1, (1, 2))


def blocks() -> tuple[Block, ...]:
    """Those of an ordinary article: text, headings, a list, two tables, a figure, a question."""
    text = Paragraph((Run(SENTENCE * 3), Run("先看水平，再看比率", is_strong=True), Run("。")))
    figure = Figure(
        "table", "各城市执行额", "2020Q1-1", "数据发布2020Q1-1，表5", "/statistics/2020Q1-1/", unit="万美元",
        sentences=(SENTENCE,), grid=grid(8),
    )  # fmt: skip
    return (
        text, text, Heading("钱从哪里来"), text, figure, text, Heading("细看一层", 3), text,
        Listing(((Run(SENTENCE),), (Run(SENTENCE),), (Run(SENTENCE),))), Table(grid(12), "城市对照", "单位为万美元。"),
        Quotation(SENTENCE, "测试部负责人"), Question("看什么？", ((Run(SENTENCE),),)), Credit("统计组"),
    )  # fmt: skip


def issue_of_blocks() -> Document:
    sections = tuple(
        Section(f"c{place}", name, tuple(_piece(place, number) for number in range(ARTICLES_A_COLUMN)))
        for place, name in enumerate(COLUMNS)
    )
    cover = Cover("服务外包行业动态", 8, 112, "2020-04-30", (("编辑", "会员服务部"), ("签发", "秘书处")))
    return Document(
        "newsletter", "zh-hans", cover.name, sections, cover=cover,
        distribution=(("报", "主管单位"), ("发", "会员单位")), contacts=("示例市示例路1号",), codes=(("公众号", "https://example.org/account"),),
    )  # fmt: skip


def _piece(column: int, number: int) -> Piece:
    key = column * ARTICLES_A_COLUMN + number
    return Piece(f"a{key}", f"第{key}篇：读懂四十二倍的增长", blocks(), byline="统计组", href=f"/articles/{key}/")


@cache
def environment() -> dict[str, str]:
    """The association with one issue of twelve articles."""
    prepared()
    plain = to_json(issue_of_blocks())
    issue = Issue.objects.create(kind="newsletter", title=plain["title"], code="bench")
    digest = hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()
    Edition.objects.create(
        issue=issue, number=1, kind="newsletter", title=issue.title, language="zh-hans", document=plain, text="",
        digest=digest, issued_on=date(2020, 4, 30), published_at=clock.now(),
    )  # fmt: skip
    connections.close_all()
    return {"DATABASE_URL": f"sqlite:///{database()}"}


@bench("newsletter-page", bound=1.0)
def page(folder: Path) -> Measured:
    """The text of an edition is made into HTML once; what is measured is a page that no cache keeps."""
    with Site("portal", folder, PAGES_KEPT="0", **environment()) as ours:
        (folder / "page.html").write_text(str(ours.ask(ISSUE)["body"]), "utf-8")
        wagtail = f"sqlite:///{folder / 'wagtail.sqlite3'}"
        with Site("wagtail", folder, DATABASE_URL=wagtail) as other:
            return compared(ours, ISSUE, other, "/")


@bench("newsletter-page-cached", bound=1.5)
def page_cached(folder: Path) -> Measured:
    with Site("portal", folder, PAGES_KEPT="64", **environment()) as ours, Site("hello", folder) as hello:
        return compared(ours, ISSUE, hello, "/")
