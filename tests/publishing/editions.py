"""Editions made at once from a document, for tests of what is shown: how they come about is tested elsewhere."""

import hashlib
import json
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.core.files.base import ContentFile

from portal.lib import clock
from portal.publishing.document import Block, Cover, Document, Occasion, Paragraph, Piece, Run, Section
from portal.publishing.document_json import to_json
from portal.publishing.freezing_files import media_type
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import Article, Edition, EditionFile, Issue, Withdrawal


def paragraph(text: str) -> Paragraph:
    return Paragraph((Run(text),))


def edition_of(text: Article | Issue, document: Document, at: datetime | None = None, **values: object) -> Edition:
    """The next edition of a text, published an hour ago."""
    plain = to_json(document)
    named = {"article": text, "column": text.column} if isinstance(text, Article) else {"issue": text}
    return Edition.objects.create(
        **named, number=text.editions.count() + 1, kind=text.kind, title=document.title, summary=document.summary,
        language=document.language, document=plain, text="", published_at=at or clock.now() - timedelta(hours=1),
        digest=hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest(), **values,
    )  # fmt: skip


def article_edition(
    title: str, *blocks: Block, kind: Kind = Kind.ARTICLE, at: datetime | None = None, **values: object
) -> Edition:
    """A new article with one edition."""
    text = Article.objects.create(kind=kind, title=title, **values)
    return edition_of(text, document_of_article(text, *blocks), at)


def document_of_article(text: Article, *blocks: Block, **values: object) -> Document:
    blocks = blocks or (paragraph("正文。"),)
    piece = Piece(f"a{text.pk}", text.title, blocks, byline="统计组", href=f"/articles/{text.pk}/")
    section = Section("text", text.column.name_zh if text.column else "", (piece,))
    return replace(Document(text.kind, text.language, text.title, (section,)), **values)


def event_edition(title: str, starts_at: datetime) -> Edition:
    text = Article.objects.create(kind=Kind.EVENT, title=title, starts_at=starts_at)
    occasion = Occasion(starts_at.isoformat(), (starts_at + timedelta(hours=2)).isoformat(), "示例会议中心，二层")
    document = document_of_article(text, occasion=occasion)
    return edition_of(text, document, starts_at=starts_at, ends_at=starts_at + timedelta(hours=2))


def issue_edition(code: str, *sections: Section, serial: Serial = Serial.NEWSLETTER, number: int | None = 8) -> Edition:
    """A new issue or handbook with one edition."""
    issued_on = date(2020, 4, 30)
    running = number and number + 104
    text = Issue.objects.create(kind=serial, title="服务外包行业动态", code=code, number=number, running_number=running)
    sections = sections or (Section("news", "行业新闻速览", (Piece("a1", "头条", (paragraph("正文。"),)),)),)
    cover = Cover(
        text.title, number, running, issued_on.isoformat(),
        (("准印证号", "内资准字0000号"), ("编辑", "会员服务部"), ("印刷单位", "示例印刷厂"), ("印数", "500")),
    )  # fmt: skip
    document = Document(
        serial, "zh-hans", text.title, sections, cover=cover, distribution=(("报", "主管单位"), ("发", "会员单位")),
        contacts=("电话：000",), codes=(("公众号", "https://example.org/account"),),
    )  # fmt: skip
    return edition_of(text, document, issued_on=issued_on)


def file_of(edition: Edition, content: bytes, ending: str) -> EditionFile:
    name = f"{hashlib.sha256(content).hexdigest()}.{ending}"
    return EditionFile.objects.create(
        edition=edition, name=name, media_type=media_type(name), size=len(content), file=ContentFile(content, name)
    )


def withdrawn(edition: Edition, why: str = "数据有误。") -> Withdrawal:
    return Withdrawal.objects.create(edition=edition, at=clock.now(), by=uuid4(), note_zh=why, note_en="Wrong figures.")
