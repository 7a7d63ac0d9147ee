"""The WeChat copy keeps every limit of the editor, and the checker finds each one that is not kept."""

from io import BytesIO

import pytest
from django.test import Client
from PIL import Image

from portal.publishing.document import Grid, Paragraph, Piece, Run, Table
from portal.publishing.media.wechat import CHARACTERS, DIGEST, PICTURE_BYTES, copy_of, limits_of
from tests.publishing.conftest import block, signed_in
from tests.publishing.letters import TEXT
from tests.publishing.test_letter import BLOCKS, issue

SITE, ORIGINAL = "https://portal.example.org", "https://portal.example.org/newsletters/2020-08/"


def png(width: int = 40, mode: str = "RGB") -> bytes:
    out = BytesIO()
    Image.effect_noise((width, width), 120).convert(mode).save(out, "PNG")
    return out.getvalue()


FILES = {"photo.png": png(), "draw.png": png()}


def copied(*pieces: Piece, files: dict[str, bytes] = FILES, key: str = ""):
    return copy_of(issue(*pieces), files, original=ORIGINAL, site=SITE, key=key)


def limits(html: str, images: dict[str, bytes] | None = None, digest: str = "") -> set[str]:
    return {breach.limit for breach in limits_of(html, images or {}, digest)}


def test_a_copy_with_every_kind_of_block_keeps_all_limits():
    copy = copied(Piece("a1", "第一篇", BLOCKS, summary="提要" * 60), key="a1")
    assert limits_of(copy.html, {one.name: one.content for one in copy.uploads}, copy.digest) == []
    assert len(copy.digest) == DIGEST
    for words in ("小标题", "1,200.00", "数据来源：2020Q1-1 表1", "&lt;众包&gt;"):
        assert words in copy.html, words


def test_links_are_end_notes_and_pictures_are_named_where_they_belong():
    copy = copied(Piece("a1", "第一篇", BLOCKS), key="a1")
    assert "<a" not in copy.html
    assert "<img" not in copy.html
    assert "本站[1]" in copy.html
    assert f"[1] {SITE}/articles/2/" in copy.html
    assert [one.name for one in copy.uploads] == ["01.png", "02.png"]
    assert copy.html.index("〔01.png〕签约现场") < copy.html.index("〔02.png〕图说")
    assert (copy.title, copy.original) == ("第一篇", f"{ORIGINAL}#a1")


def test_columns_of_a_table_have_fixed_widths_in_its_tags():
    grid = Grid((("市场", "金额"), ("越南", "1,200.00")), 1, (1,))
    html = copied(Piece("a1", "一", (Table(grid),))).html
    assert "table-layout:fixed" in html
    assert html.count("width:") == 2


def test_a_picture_that_is_too_heavy_is_made_lighter():
    heavy = png(1500)
    assert len(heavy) > PICTURE_BYTES
    copy = copied(Piece("a1", "一", BLOCKS), files={**FILES, "photo.png": heavy})
    assert copy.uploads[0].name == "01.jpg"
    assert len(copy.uploads[0].content) < PICTURE_BYTES
    assert limits(copy.html, {one.name: one.content for one in copy.uploads}) == set()


def test_it_says_by_how_much_an_issue_is_too_long():
    long = (Paragraph((Run("字" * 15_000),)),)
    whole = copied(Piece("a1", "一", long), Piece("a2", "二", long))
    [breach] = limits_of(whole.html, {})
    assert breach.limit == "characters"
    assert breach.over == len(whole.html) - CHARACTERS + 1
    assert limits(copied(Piece("a1", "一", long), Piece("a2", "二", long), key="a2").html) == set()


@pytest.mark.parametrize(
    ("html", "limit"),
    [
        ("<div>x</div>", "tag"), ("<script>x</script>", "tag"), ("<a href='x'>x</a>", "tag"), ("<!-- x -->", "tag"),
        ('<iframe src="x"></iframe>', "tag"), ('<p class="x">x</p>', "attribute"), ('<p id="x">x</p>', "attribute"),
        ('<p onclick="x">x</p>', "attribute"), ('<p style="position:fixed">x</p>', "style"),
        ('<p style="display:grid">x</p>', "style"), ('<p style="color:rgba(0,0,0,.5)">x</p>', "style"),
        ('<p style="background:url(https://x)">x</p>', "style"),
        ('<img src="https://x/y.png" alt="x">', "picture_address"),
        ('<img src="https://mmbiz.qpic.cn/x.png">', "picture_words"), ("<table><tr><td>x</td></tr></table>", "table"),
        ("<p>" + "x" * CHARACTERS + "</p>", "characters"), ("<p>" + "字" * 400_000 + "</p>", "bytes"),
    ],
)  # fmt: skip
def test_the_checker_finds_what_is_not_taken(html, limit):
    assert limit in limits(html)


def test_the_checker_looks_at_pictures_and_digest():
    found = limits(
        "<p>x</p>", {"1.gif": b"GIF89a", "2.png": b"\x89PNG\r\n\x1a\n" + b"x" * PICTURE_BYTES, "3.png": b""}, "字" * 65
    )
    assert found == {"picture_kind", "picture_bytes", "picture_missing", "digest"}


def test_the_desk_shows_what_to_paste_and_what_to_upload(published, editor, world):
    edition = published(*TEXT, block("quotation", {"text": "引一句", "who": "某人"}), title="示范城市")
    address = f"/editing/editions/{edition.pk}/wechat/"
    assert Client().get(address).status_code == 302
    assert signed_in(world.alice).get(address).status_code == 404
    assert signed_in(world.dora).get(address).status_code == 403
    page = signed_in(editor).get(address).content.decode()
    assert "&lt;blockquote" in page
    assert f"/articles/{edition.article_id}/" in page
    preview = signed_in(editor).get(f"{address}preview/").content.decode()
    assert "引一句" in preview
    assert signed_in(editor).get(f"{address}?article=nothing").status_code == 404
    assert signed_in(editor).get(f"{address}01.png").status_code == 404
