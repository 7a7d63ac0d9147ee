"""The blocks of a publication as HTML: escaped, without style and script, readable by everybody."""

import re
from dataclasses import fields, replace

import pytest
from django.utils.translation import override

from portal.publishing.document import (
    Card,
    Credit,
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
    Table,
)  # fmt: skip
from portal.publishing.document_json import BLOCKS
from portal.publishing.media.web import Addresses, headings_of, html_of

FILES = "/publications/7/files/"
BAD = "<script>alert(1)</script>\" onload='x' style="
CITIES = Grid((("城市", "", "执行额"), ("贵阳", "企业60家", "15,536.93"), ("郑州", "", "8,120.10")), 1, (2,))
ONE_OF_EACH = (
    Heading(BAD), Paragraph((Run(BAD, True, True, "https://example.org/?" + BAD),)), Listing(((Run(BAD),),), True),
    Picture(BAD, BAD, 10, 20, BAD, BAD), Table(Grid(((BAD, BAD), (BAD, "1")), 1, (1,)), BAD, BAD), Quotation(BAD, BAD),
    Question(BAD, ((Run(BAD),),)), Credit(BAD, "https://example.org/" + BAD),
    Card("firm", BAD, ((BAD, BAD),), BAD, "/members/" + BAD),
    Figure(BAD, BAD, BAD, BAD, "/statistics/" + BAD, BAD, (BAD,), Grid(((BAD, "1"),), 0, (1,)), BAD, BAD, BAD),
    Download(BAD, BAD, 9),
)  # fmt: skip


def html(*blocks, under: int = 1, where: Addresses | None = None) -> str:
    with override("en"):
        return html_of(Piece("a1", "标题", blocks), where or Addresses(FILES), under=under)


def test_there_is_one_of_each_kind_of_block():
    assert {block.kind for block in ONE_OF_EACH} == set(BLOCKS)


@pytest.mark.parametrize("block", ONE_OF_EACH, ids=lambda block: block.kind)
def test_whatever_is_typed_stays_text(block):
    told = html(block)
    assert "&lt;script&gt;" in told
    assert "<script" not in told
    for tag in re.findall(r"<[a-z][^>]*>", told):
        without_values = re.sub(r'"[^"]*"', "", tag)
        assert not re.search(r"style|\bon[a-z]+", without_values), tag


@pytest.mark.parametrize("href", ["javascript:alert(1)", "data:text/html,x", "//elsewhere.example/", "/\\elsewhere.example", "ftp://x", "http://["])  # fmt: skip # noqa: E501
def test_an_address_that_may_not_be_linked_leaves_its_words_alone(href):
    assert html(Paragraph((Run("看这里", href=href),))) == "<p>看这里</p>"


def test_pages_of_the_site_are_linked_in_the_language_of_the_page_and_with_its_host():
    own = Paragraph((Run("口径", href="/methodology/"),))
    assert '<a href="/methodology/">' in html(own)
    assert '<a href="https://a.example/en/methodology/">' in html(
        own, where=Addresses(FILES, "https://a.example", "/en")
    )
    named = Paragraph((Run("City", href="/en/cities/520100/"),))
    assert '<a href="/en/cities/520100/">' in html(named, where=Addresses(FILES, "", "/en"))


def test_a_link_to_another_site_says_so():
    told = html(Paragraph((Run("商务部", href="https://example.org/a"),)))
    assert 'class="out" href="https://example.org/a" rel="external noopener"' in told
    assert "another site" in told


def test_headings_step_down_in_an_issue_and_keep_their_anchors():
    blocks = (Heading("钱从哪里来"), Heading("细看", 3))
    assert html(*blocks) == '<h2 id="a1-h1">钱从哪里来</h2>\n<h3 id="a1-h2" class="sub">细看</h3>'
    assert html(*blocks, under=2).startswith('<h3 id="a1-h1">')
    assert [anchor for anchor, _heading in headings_of(Piece("a1", "", blocks))] == ["a1-h1", "a1-h2"]


def test_a_table_names_its_heads_and_sets_numbers_to_the_right():
    told = html(Table(CITIES, "两城", "单位为万美元。"), Table(CITIES))
    assert '<th scope="col">城市</th><td></td><th scope="col" class="n">执行额</th>' in told
    assert '<th scope="row">贵阳</th><td>企业60家</td><td class="n">15,536.93</td>' in told
    assert "<caption>两城</caption>" in told
    assert re.findall(r'aria-label="([^"]+)"', told) == ["Table 1 两城", "Table 2"]


def test_a_table_of_numbers_has_no_heads_of_rows():
    assert "<th" not in html(Table(Grid((("1", "2"),), 0, (0, 1))))


def test_a_picture_has_its_size_its_description_and_its_credit():
    told = html(Picture("d.jpg", "签约台", 1200, 700, "推介会", "资料"))
    assert f'<img src="{FILES}d.jpg" alt="签约台" width="1200" height="700"' in told
    assert "<figcaption>推介会<small>资料</small></figcaption>" in told


def test_a_figure_is_tied_to_its_release():
    figure = Figure(
        "chart",
        "增量",
        "2020Q1-1",
        "数据发布2020Q1-1，表5",
        "/statistics/2020Q1-1/",
        grid=CITIES,
        drawing="d",
        alt="两条横杠",
    )
    told = html(figure)
    assert '<a href="/statistics/2020Q1-1/">数据发布2020Q1-1，表5</a>' in told
    assert 'aria-hidden="true">T</span>' in told
    assert f'<img class="ins-drawn" src="{FILES}d.svg" alt="两条横杠"' in told
    assert told.index("<details") < told.index("15,536.93")
    assert "<details" not in html(replace(figure, drawing=""))


def test_what_was_asked_of_a_release_is_shown_nowhere():
    names = {field.name for field in fields(Figure)}
    assert "asked" in names
    assert "secret" not in html(Figure("chart", "增量", "r", "s", "/statistics/", asked=(("secret", "secret"),)))


def test_a_download_says_its_kind_and_size():
    told = html(Download("d.csv", "两城", 2048))
    assert f'href="{FILES}d.csv" download="两城.csv"' in told
    assert "CSV，2.0 KB" in told
