"""A text as it would come out in each medium, from what stands on the desk now. Nothing of it is kept but its pictures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from portal.publishing.document import Document
from portal.publishing.freezing import document_of
from portal.publishing.media.print import printed
from portal.publishing.media.web import Addresses
from portal.publishing.models import Article, Issue
from portal.publishing.pages import document_html

PICTURES = "proofs/"
PDF = "application/pdf"


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
    """Pictures are named by their digest: what is in the desk's store already is the same."""
    store = storages["desk_pictures"]
    for name, content in files.items():
        if not store.exists(PICTURES + name):
            store.save(PICTURES + name, ContentFile(content))
    return document_html(document, Addresses(files=store.base_url + PICTURES))


def _pdf(document: Document, files: Mapping[str, bytes], at: datetime) -> Proof:
    return Proof(printed(document, files, made_at=at, site=settings.WAGTAILADMIN_BASE_URL), PDF)


MEDIA: dict[str, Medium] = {
    "pdf": Medium(_("PDF for print"), _pdf),
}
