"""Reads of what is published: plain frozen values, never a row. A working text is in none of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import F, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import NullIf
from django.urls import reverse

from portal.lib import clock
from portal.publishing.lifecycle import Kind, Serial
from portal.publishing.models import Column, Edition, Policy
from portal.ui.rendering import in_chinese

PAGES = {
    Serial.NEWSLETTER: "publishing:issue-detail", Serial.HANDBOOK: "publishing:handbook-detail",
    Kind.ARTICLE: "publishing:article-detail", Kind.NOTICE: "publishing:article-detail",
    Kind.EVENT: "publishing:article-detail",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """A published text in a list: the newest edition of it, as it was frozen.

    `text_key` is the number of the article or issue; `code` the address of an issue.
    """

    edition: int
    edition_number: int
    digest: str
    kind: str
    text_key: int
    code: str
    title: str
    summary: str
    language: str
    column_zh: str
    column_en: str
    published_at: datetime
    starts_at: datetime | None
    ends_at: datetime | None
    venue: str
    issued_on: date | None
    number: str
    running_number: str

    @property
    def href(self) -> str:
        name = PAGES[self.kind]
        return reverse(name, args=[self.code or self.text_key])

    @property
    def column(self) -> str:
        return self.column_zh if in_chinese() else self.column_en or self.column_zh

    @property
    def html_lang(self) -> str:
        """The language of its words, where it is not the page's own."""
        return "" if in_chinese() == self.language.startswith("zh") else html_language(self.language)

    @property
    def is_corrected(self) -> bool:
        return self.edition_number > 1


def html_language(language: str) -> str:
    return "zh-Hans" if language.startswith("zh") else language


_VALUES = (
    "pk", "number", "digest", "kind", "text_key", "code", "title", "summary", "language", "column__name_zh",
    "column__name_en", "published_at", "starts_at", "ends_at", "venue", "issued_on", "issue_number", "running_number",
)  # fmt: skip


def published(kinds: Iterable[str], at: datetime | None = None) -> QuerySet[Edition]:
    """The public edition of each text of these kinds, the newest first."""
    return Edition.objects.public(at).filter(kind__in=list(kinds)).order_by("-published_at", "-pk")


def lines(rows: QuerySet[Edition]) -> list[Line]:
    """Editions as lines of a list, without reading what they say: one query."""
    told = rows.annotate(
        text_key=F("article"), issue_key=F("issue"), code=F("issue__code"), venue=said_at("occasion__venue"),
        issue_number=said_at("cover__number"), running_number=said_at("cover__running_number"),
    )  # fmt: skip
    return [_line(row) for row in told.values(*_VALUES, "issue_key")]


def said_at(path: str) -> NullIf:
    """What a document says at a path, as text; nothing where it says null, which SQLite tells as a word."""
    return NullIf(KT(f"document__{path}"), Value("null", output_field=TextField()))


def _line(row: dict) -> Line:
    values = [row[name] for name in _VALUES]
    values[4] = row["text_key"] or row["issue_key"]
    empty = {"code", "column__name_zh", "column__name_en", "venue", "issue_number", "running_number"}
    return Line(*("" if name in empty and value is None else value for name, value in zip(_VALUES, values)))


# ── The newest ───────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Contents:
    """An article's place in an issue."""

    section: str
    title: str
    anchor: str


@dataclass(frozen=True)
class NewestIssue:
    line: Line
    contents: tuple[Contents, ...]


def newest_issue(at: datetime | None = None) -> NewestIssue | None:
    """The newsletter that came out last, with its contents: two queries."""
    found = lines(in_order_of_issue(published([Serial.NEWSLETTER], at))[:1])
    return NewestIssue(found[0], contents_of(found[0].edition)) if found else None


def in_order_of_issue(rows: QuerySet[Edition]) -> QuerySet[Edition]:
    return rows.order_by(F("issued_on").desc(nulls_last=True), "-published_at", "-pk")


def contents_of(edition: int) -> tuple[Contents, ...]:
    sections = Edition.objects.values_list("document__sections", flat=True).get(pk=edition)
    return tuple(
        Contents(section["title"], piece["title"], piece["key"])
        for section in sections
        for piece in section["pieces"]
        if piece["title"]
    )


def newest_articles(count: int, at: datetime | None = None) -> list[Line]:
    return lines(published([Kind.ARTICLE], at)[:count])


def newest_notices(count: int, at: datetime | None = None) -> list[Line]:
    return lines(published([Kind.NOTICE], at)[:count])


def coming_events(at: datetime | None = None) -> QuerySet[Edition]:
    """Those that have not ended, the next first."""
    at = at or clock.now()
    rows = published([Kind.EVENT], at).filter(Q(ends_at__gte=at) | Q(ends_at__isnull=True, starts_at__gte=at))
    return rows.order_by("starts_at", "pk")


def past_events(at: datetime | None = None) -> QuerySet[Edition]:
    at = at or clock.now()
    is_coming = Q(ends_at__gte=at) | Q(ends_at__isnull=True, starts_at__gte=at)
    return published([Kind.EVENT], at).exclude(is_coming).order_by(F("starts_at").desc(nulls_last=True), "-pk")


def open_columns() -> list[Column]:
    return list(Column.objects.filter(is_open=True))


@dataclass(frozen=True)
class PolicyLine:
    slug: str
    title: str
    html_lang: str
    issuer: str
    document_number: str
    dated_on: date | None
    summary: str

    @property
    def href(self) -> str:
        return reverse("publishing:policy-detail", args=[self.slug])


def newest_policies(count: int) -> list[PolicyLine]:
    return [_policy_line(row) for row in Policy.objects.public()[:count]]


def _policy_line(row: Policy) -> PolicyLine:
    zh = in_chinese()
    title = row.title_zh if zh else row.title_en or row.title_zh
    return PolicyLine(
        slug=row.slug, title=title, html_lang="zh-Hans" if title == row.title_zh and not zh else "",
        issuer=row.issuer_zh if zh else row.issuer_en or row.issuer_zh, document_number=row.document_number,
        dated_on=row.published_on or row.made_on, summary=row.summary_zh if zh else row.summary_en or row.summary_zh,
    )  # fmt: skip


# ── One text ─────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Correction:
    """What a later edition says has changed in it."""

    number: int
    published_at: datetime
    note: str
    is_open: bool


@dataclass(frozen=True)
class Shown:
    """An edition on its page, and what became of its text. `why_withdrawn` closes it."""

    edition: int
    number: int
    kind: str
    title: str
    summary: str
    language: str
    digest: str
    published_at: datetime
    starts_at: datetime | None
    column: str
    column_code: str
    newest_number: int
    editions: tuple[Correction, ...]
    why_withdrawn: str
    withdrawn_at: datetime | None

    @property
    def is_newest(self) -> bool:
        return self.number == self.newest_number

    @property
    def corrections(self) -> list[Correction]:
        """Up to this edition, the newest first."""
        return [one for one in self.editions if 1 < one.number <= self.number]

    @property
    def others(self) -> list[Correction]:
        return [one for one in self.editions if one.number != self.number and one.is_open]

    @property
    def html_lang(self) -> str:
        return html_language(self.language)

    @property
    def is_foreign(self) -> bool:
        """Whether its words are not in the language of the page around it."""
        return in_chinese() != self.language.startswith("zh")

    @property
    def foreign_lang(self) -> str:
        """The language of its words, where it is not that of the page."""
        return self.html_lang if self.is_foreign else ""


def shown(of_text: Q, number: int | None = None, at: datetime | None = None) -> Shown | None:
    """The newest edition of a text that was published by now, or the one asked for: one query.

    A text whose newest edition is withdrawn is closed in all its editions.
    """
    rows = Edition.objects.filter(of_text, published_at__lte=at or clock.now())
    rows = list(rows.select_related("withdrawal", "column").defer("document", "text").order_by("-number"))
    asked = next((row for row in rows if number in (None, row.number)), None)
    return _shown(asked, rows) if asked else None


def _shown(row: Edition, rows: list[Edition]) -> Shown:
    taken = getattr(row, "withdrawal", None) or getattr(rows[0], "withdrawal", None)
    zh = in_chinese()
    column = row.column
    return Shown(
        edition=row.pk, number=row.number, kind=row.kind, title=row.title, summary=row.summary, language=row.language,
        digest=row.digest, published_at=row.published_at, starts_at=row.starts_at,
        column=(column.name_zh if zh else column.name_en or column.name_zh) if column else "",
        column_code=column.code if column else "", newest_number=rows[0].number,
        editions=tuple(_correction(one, zh) for one in rows),
        why_withdrawn=(taken.note_zh if zh else taken.note_en or taken.note_zh) if taken else "",
        withdrawn_at=taken.at if taken else None,
    )  # fmt: skip


def _correction(row: Edition, zh: bool) -> Correction:
    note = row.note_zh if zh else row.note_en or row.note_zh
    return Correction(row.number, row.published_at, note, not hasattr(row, "withdrawal"))


def is_readable(edition: int, at: datetime | None = None) -> bool:
    """Whether an edition's files may be seen: it is published by now, and neither it nor its newest is withdrawn."""
    row = Edition.objects.filter(pk=edition).values("article", "issue", "number").first()
    found = row and shown(Q(article=row["article"], issue=row["issue"]), row["number"], at)
    return bool(found) and not found.withdrawn_at
