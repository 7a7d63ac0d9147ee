"""A text as it would come out in each medium, from what stands on the desk now. Only its pictures are kept."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.publishing.document import Document
from portal.publishing.freezing import document_of
from portal.publishing.letters import proof_letter
from portal.publishing.media.print import printed
from portal.publishing.media.web import Addresses
from portal.publishing.media.wechat import copy_of
from portal.publishing.media.word import worded
from portal.publishing.media.words import name_of_file
from portal.publishing.models import Article, Issue
from portal.publishing.pages import document_html

PICTURES = "proofs/"
PDF = "application/pdf"
HTML = "text/html; charset=utf-8"
TEXT = "text/plain; charset=utf-8"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@dataclass(frozen=True)
class Proof:
    """`name` is that of a file to save; empty for what is shown in the browser."""

    content: bytes
    media_type: str
    name: str = ""


@dataclass(frozen=True)
class Medium:
    """One of the media: what makes its proof from a document, its files and the moment."""

    label: object
    made: Callable[[Document, Mapping[str, bytes], datetime], Proof]


def proof_of(text: Article | Issue, medium: str, at: datetime) -> Proof:
    """Raises:
    KeyError: there is no such medium.
    """
    document, files = document_of(text)
    return MEDIA[medium].made(document, files.contents, at)


def web_page(text: Article | Issue) -> dict[str, object]:
    """The document and the body of its public page, its pictures fetched from the desk."""
    document, files = document_of(text)
    return {"document": document, "body": _body(document, files.contents)}


def _body(document: Document, files: Mapping[str, bytes]) -> SafeString:
    _kept(files)
    return document_html(document, Addresses(files=storages["desk_pictures"].base_url + PICTURES))


def _kept(files: Mapping[str, bytes]) -> None:
    """Pictures are named by their digest: what is in the desk's store already is the same."""
    store = storages["desk_pictures"]
    for name, content in files.items():
        if not store.exists(PICTURES + name):
            store.save(PICTURES + name, ContentFile(content))


def _pdf(document: Document, files: Mapping[str, bytes], at: datetime) -> Proof:
    return Proof(printed(document, files, made_at=at, site=settings.WAGTAILADMIN_BASE_URL, is_proof=True), PDF)


def _word(document: Document, files: Mapping[str, bytes], at: datetime) -> Proof:
    content = worded(document, files, made_at=at, site=settings.WAGTAILADMIN_BASE_URL)
    return Proof(content, WORD, f"{name_of_file(document)}.docx")


def _mail(document: Document, files: Mapping[str, bytes], _at: datetime) -> Proof:
    """The letter with its pictures from the desk; its links lead where they will."""
    _kept(files)
    return Proof(proof_letter(document, _from_the_desk()).html.encode(), HTML)


def _mail_text(document: Document, _files: Mapping[str, bytes], _at: datetime) -> Proof:
    return Proof(proof_letter(document, _from_the_desk()).text.encode(), TEXT)


def _from_the_desk() -> Addresses:
    return Addresses(files=storages["desk_pictures"].base_url + PICTURES, host=settings.SITE_URL)


def _wechat(document: Document, files: Mapping[str, bytes], _at: datetime) -> Proof:
    copy = copy_of(document, files, original=settings.SITE_URL, site=settings.SITE_URL)
    shown = {"html": mark_safe(copy.html), "title": copy.title, "language": document.language}
    return Proof(render_to_string("publishing/desk/wechat_preview.html", shown).encode(), HTML)


MEDIA: dict[str, Medium] = {
    "pdf": Medium(_("PDF for print"), _pdf),
    "word": Medium(_("Word"), _word),
    "mail": Medium(_("Letter by e-mail"), _mail),
    "mail-text": Medium(_("E-mail, as plain text"), _mail_text),
    "wechat": Medium(_("WeChat copy"), _wechat),
}
