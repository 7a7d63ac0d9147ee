"""Typed numbers that look like a figure of a release and differ from it are asked about; others are left alone."""

import re
from decimal import Decimal
from io import BytesIO
from types import SimpleNamespace

import pytest
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image
from wagtail.images import get_image_model

from portal.lib import clock
from portal.lib.quarters import Quarter
from portal.publishing.actions.writing import edited
from portal.publishing.digits import doubts, doubts_in, quarters_in
from portal.publishing.freezing import document_of
from portal.publishing.lifecycle import Standing
from portal.publishing.models import Column, Issue
from portal.publishing.workspace import life_address
from portal.statistics.quoting import Figure, Kind
from tests.beginnings import beginning
from tests.publishing.conftest import block, signed_in
from tests.statistics.conftest import GUIYANG, Deal, file, firms, publish

KNOWN = [
    Figure("contract value", Kind.USD, Decimal("21631474520")),
    Figure("growth", Kind.PERCENT, Decimal("4257.4981")),
    Figure("share", Kind.PERCENT, Decimal("99.8797")),
    Figure("firms", Kind.COUNT, Decimal(60)),
]


@beginning
def told(world):
    """Four firms in Guiyang: 123,456.00 US dollars each."""
    for firm in firms(4):
        file(world, firm, Deal(signed="200000.00", executed="123456.00"))
    publish(world)


@pytest.mark.parametrize(
    ("text", "found", "figure"),
    [
        ("合同总额21631.74万美元。", "21631.74", "contract value"),
        ("合同总额２１，６３１．４７万美元、26131.47万美元。", "26131.47", "contract value"),
        ("合同总额21631.47亿美元。", "21631.47", "contract value"),
        ("占离岸执行额的99.86％。", "99.86", "share"),
        ("同比增长4275.5%。", "4275.5", "growth"),
        ("61家企业填报。", "61", "firms"),
    ],
)
def test_a_slip_is_asked_about_with_what_the_release_says(text, found, figure):
    assert [(doubt.found, doubt.figure) for doubt in doubts_in(text, KNOWN)] == [(found, figure)]


@pytest.mark.parametrize(
    "text",
    [
        "合同总额21631.47万美元，即2.16亿美元，同比增长4257.5%，占99.88%，60家企业。",
        "2020年4月21日，第60期，1至3月。",
        "商服贸函〔2016〕6163号，国办函[2009]9号。",
        "电话0371-21631470，手机13821631470，见https://example.org/21631/ 。",
        "一季度国际贸易损失3200亿美元，出台6条措施，5家企业参加。",
        "行业规模接近1200亿元，增速20%左右。",
    ],
)
def test_what_is_right_or_no_figure_is_left_alone(text):
    assert list(doubts_in(text, KNOWN)) == []


def test_text_heading_table_and_quotation_are_read_and_the_sentence_is_named(told, article):
    text = article(
        block("heading", {"text": "贵阳市执行额49.83万美元", "level": "2"}),
        block("text", "<p>平稳开局。贵阳市<b>执行额</b>49.38万美元。</p>"),
        block("quotation", {"text": "执行额达到49.32万美元。", "who": ""}),
        block("table", {"caption": "", "note": "", "table": {"data": [["执行额", "49.28"]]}}),
    )
    found = {doubt.found: doubt for doubt in doubts(document_of(text)[0])}
    assert sorted(found) == ["49.28", "49.32", "49.83"]
    assert found["49.32"].where == "执行额达到49.32万美元。"
    assert found["49.32"].says.startswith("49.38")


def test_a_pinned_release_is_asked_even_where_the_text_names_no_place(told, article):
    words = block("text", "<p>执行额49.83万美元。</p>")
    value = {"form": "brief", "release": "2020Q1-1", "place": GUIYANG, "currency": "usd"}
    assert doubts(document_of(article(words))[0]) == []
    assert [doubt.found for doubt in doubts(document_of(article(words, block("figure", value)))[0])] == ["49.83"]


def test_the_life_page_shows_them_and_asks_before_the_text_is_handed_in(told, article, editor):
    text = article(block("text", "<p>贵阳市执行额49.83万美元。</p>"))
    page = signed_in(editor)
    assert "<td>贵阳市执行额49.83万美元。</td>" in page.get(life_address(text)).content.decode()
    press = reverse("editing:text-submit", args=["article", text.pk])
    assert page.post(press).status_code == 422
    assert page.post(press, {"has_looked": "on"}).status_code == 302
    text.refresh_from_db()
    assert text.standing == Standing.SUBMITTED


def test_an_issue_is_asked_about_as_a_whole_with_a_way_to_each_article(told, article, editor):
    inside = article(block("text", "<p>贵阳市执行额49.83万美元。</p>"), title="甲文")
    column = Column.objects.create(code="news", name_zh="行业新闻速览")
    chapter = [block("text", "<p>贵阳市执行额49.32万美元。</p>"), block("picture", described())]
    text = Issue(title="简报", code="2020-01", summary="贵阳市执行额49.28万美元。")
    text.contents = [
        block("column", {"column": column.pk, "articles": [{"id": "1", "type": "item", "value": inside.pk}]}),
        block("chapter", {"title": "一章", "text": chapter, "draws": []}),
    ]
    text.save()
    edited(text=text, by=editor, at=clock.now())
    page = signed_in(editor)
    shown = page.get(life_address(text)).content.decode()
    rows = re.findall(r'<th scope="row">([\d.]+)</th><td><a href="([^"]+)">([^<]+)</a></td><td>([^<]+)</td>', shown)
    desk = reverse("wagtailsnippets_publishing_issue:edit", args=[text.pk])
    assert rows == [
        ("49.28", desk, "简报", "贵阳市执行额49.28万美元。"),
        ("49.83", life_address(inside), "甲文", "贵阳市执行额49.83万美元。"),
        ("49.32", desk, "简报", "贵阳市执行额49.32万美元。"),
        ("49.18", desk, "简报", "贵阳市执行额49.18万美元的折线"),
    ]
    press = reverse("editing:text-submit", args=["issue", text.pk])
    assert page.post(press).status_code == 422
    assert page.post(press, {"has_looked": "on"}).status_code == 302


def described() -> dict[str, object]:
    """A picture with a number in its description."""
    out = BytesIO()
    Image.new("RGB", (4, 3)).save(out, "PNG")
    row = get_image_model().objects.create(title="图", file=ImageFile(BytesIO(out.getvalue()), "a.png"))
    return {"image": row.pk, "alt": "贵阳市执行额49.18万美元的折线", "caption": "", "credit": ""}


def release_of(period: str) -> SimpleNamespace:
    return SimpleNamespace(name=f"{period}-1", quarter=Quarter.parse(period))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("2020年一季度执行额", ["2020Q1-1"]),
        ("一季度执行额，2019年1至6月", ["2020Q1-1", "2019Q2-1"]),
        ("2019Q1与2020年第二季度", ["2019Q1-1", "2020Q2-1"]),
        ("执行额", ["2020Q2-1"]),
        ("2018年一季度", ["2020Q2-1"]),
    ],
)
def test_the_quarters_that_a_text_names_are_looked_at_or_else_the_newest(text, names):
    newest = [release_of(period) for period in ("2020Q2", "2020Q1", "2019Q2", "2019Q1")]
    assert [release.name for release in quarters_in(text, newest)] == names
