"""From a working text to the document that is published: all that it names is told by value, as it stands now."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import override

from portal.publishing import richtext
from portal.publishing.distribution import codes_of, contacts_of, distribution_of
from portal.publishing.document import (
    Block,
    Cover,
    Credit,
    Document,
    Download,
    Grid,
    Heading,
    Occasion,
    Picture,
    Piece,
    Question,
    Quotation,
    Section,
    Table,
)  # fmt: skip
from portal.publishing.freezing_cards import city_card, firm_card, policy_card
from portal.publishing.freezing_chapters import drawn
from portal.publishing.freezing_figures import figure
from portal.publishing.freezing_files import Files
from portal.publishing.lifecycle import Kind
from portal.publishing.models import Article, Column, Edition, Issue
from portal.publishing.policies import articles_of

Frozen = Iterator[Block]


@dataclass
class Freezing:
    """One publication being made: its language, the files that its document will name, and the articles that have a
    public page of their own."""

    language: str
    files: Files = field(default_factory=Files)
    with_pages: frozenset[int] = frozenset()


def document_of(text: Article | Issue) -> tuple[Document, Files]:
    """What a text says now, in its language, with the files that it names."""
    freezing = Freezing(text.language, with_pages=_with_pages(text))
    with override(text.language):
        made = _issue(text, freezing) if isinstance(text, Issue) else _alone(text, freezing)
    return made, freezing.files


def _with_pages(text: Article | Issue) -> frozenset[int]:
    """An article of an issue need not have come out by itself: nobody is led to a page that is not there."""
    if isinstance(text, Article):
        return frozenset({text.pk})
    held = [article.pk for article in articles_of(text)]
    return frozenset(Edition.objects.public().filter(article__in=held).values_list("article", flat=True))


def _alone(article: Article, freezing: Freezing) -> Document:
    section = Section("text", _name_of(article.column, freezing), (_piece(article, freezing),))
    return Document(
        kind=article.kind, language=article.language, title=article.title, subtitle=article.subtitle,
        summary=article.summary, sections=(section,), occasion=_occasion(article),
    )  # fmt: skip


def _occasion(article: Article) -> Occasion | None:
    if article.kind != Kind.EVENT or article.starts_at is None:
        return None
    ends_at = article.ends_at.isoformat() if article.ends_at else ""
    return Occasion(article.starts_at.isoformat(), ends_at, article.venue)


def _piece(article: Article, freezing: Freezing) -> Piece:
    return Piece(
        key=f"a{article.pk}", title=article.title, subtitle=article.subtitle, byline=article.byline,
        summary=article.summary, href=f"/articles/{article.pk}/" if article.pk in freezing.with_pages else "",
        blocks=blocks_of(article.body, freezing),
    )  # fmt: skip


def _issue(issue: Issue, freezing: Freezing) -> Document:
    return Document(
        kind=issue.kind, language=issue.language, title=issue.title, subtitle=issue.subtitle, summary=issue.summary,
        sections=tuple(_section(part, freezing) for part in issue.contents), cover=_cover(issue),
        distribution=distribution_of(issue), contacts=contacts_of(issue), codes=codes_of(issue),
    )  # fmt: skip


def _section(part: Any, freezing: Freezing) -> Section:
    if part.block_type == "column":
        column = part.value["column"]
        return Section(
            column.code,
            _name_of(column, freezing),
            tuple(_piece(one, freezing) for one in part.value["articles"] if one),
        )
    title, own = part.value["title"], blocks_of(part.value["text"], freezing)
    first = (Piece(f"{part.id}-text", "", own),) if own else ()
    return Section(str(part.id), title, (*first, *drawn(part.value["draws"], freezing.language)))


def _name_of(column: Column | None, freezing: Freezing) -> str:
    if column is None:
        return ""
    return column.name_zh if freezing.language == "zh-hans" else column.name_en or column.name_zh


def _cover(issue: Issue) -> Cover:
    named = (
        ("准印证号", issue.permit_number), ("编印单位", issue.compiled_by), ("编辑", issue.editor),
        ("签发", issue.signed_by), ("发送对象", issue.audience), ("印刷单位", issue.printed_by),
        ("印刷日期", issue.printed_on.isoformat() if issue.printed_on else ""),
        ("印数", str(issue.copies) if issue.copies else ""),
    )  # fmt: skip
    return Cover(
        name=issue.title, number=issue.number, running_number=issue.running_number,
        issued_on=issue.issued_on.isoformat() if issue.issued_on else "",
        lines=tuple((label, value) for label, value in named if value),
    )  # fmt: skip


# ── Blocks ───────────────────────────────────────────────────────────────────────────────────────


def blocks_of(stream: Any, freezing: Freezing) -> tuple[Block, ...]:
    """The blocks of a stream, each as one or more of the document's."""
    return tuple(block for child in stream for block in _MADE[child.block_type](child.value, freezing))


def _heading(value: Any, _freezing: Freezing) -> Frozen:
    yield Heading(value["text"], int(value["level"]))


def _text(value: Any, _freezing: Freezing) -> Frozen:
    yield from richtext.blocks_of(value.source)


def _picture(value: Any, freezing: Freezing) -> Frozen:
    name, width, height = freezing.files.picture(value["image"])
    yield Picture(name, value["alt"], width, height, value["caption"], value["credit"])


def _table(value: Any, _freezing: Freezing) -> Frozen:
    table = value["table"] or {}
    rows = tuple(tuple(cell_text(cell) for cell in row) for row in table.get("data") or ())
    if rows:
        heads = (
            1 if table.get("first_row_is_table_header") or table.get("table_header_choice") in ("row", "both") else 0
        )
        yield Table(Grid(rows, heads, numeric_columns(rows[heads:])), value["caption"], value["note"])


def cell_text(cell: object) -> str:
    """A cell as it was typed: what a paste brought along of mark-up is left out, and separators stay."""
    return "" if cell is None else " ".join(richtext.plain(str(cell)).split())


def numeric_columns(rows: tuple[tuple[str, ...], ...]) -> tuple[int, ...]:
    """Columns in which every filled cell is a number, a dash or the sign of a figure that is withheld."""
    columns = list(zip(*rows)) if rows else []
    return tuple(
        number for number, cells in enumerate(columns)
        if any(_is_number(cell) for cell in cells) and all(_is_number(cell) or cell in _NO_NUMBER for cell in cells)
    )  # fmt: skip


_NO_NUMBER = {"", "-", "—", "——", "–", "…", "c", "d"}
_NUMBER = re.compile(r"[+\-−－＋]?\s?(?:\d{1,3}(?:[,，\s]\d{3})+|\d+)(?:[.．]\d+)?\s?[%％‰]?")


def _is_number(cell: str) -> bool:
    return _NUMBER.fullmatch(cell) is not None


def _quotation(value: Any, _freezing: Freezing) -> Frozen:
    yield Quotation(value["text"], value["who"])


def _question(value: Any, _freezing: Freezing) -> Frozen:
    yield Question(value["question"], richtext.lines_of(value["answer"].source))


def _credit(value: Any, _freezing: Freezing) -> Frozen:
    yield Credit(value["text"], value["address"])


def _download(value: Any, freezing: Freezing) -> Frozen:
    name, size = freezing.files.download(value["document"])
    yield Download(name, value["title"] or value["document"].title, size)


def _firm(value: Any, freezing: Freezing) -> Frozen:
    yield from firm_card(value["page"], freezing.language)


def _city(value: Any, freezing: Freezing) -> Frozen:
    yield from city_card(value["place"], value["release"], freezing.language)


def _policy(value: Any, freezing: Freezing) -> Frozen:
    yield from policy_card(value["policy"], freezing.language)


def _figure(value: Any, freezing: Freezing) -> Frozen:
    yield from figure(value, freezing.language, freezing.files)


_MADE: dict[str, Callable[[Any, Freezing], Frozen]] = {
    "heading": _heading, "text": _text, "picture": _picture, "table": _table, "quotation": _quotation,
    "question": _question, "credit": _credit, "firm": _firm, "city": _city, "policy": _policy, "figure": _figure,
    "download": _download,
}  # fmt: skip
