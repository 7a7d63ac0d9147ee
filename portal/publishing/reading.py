"""A text as its second reader reads it, under the digest by which it is known again when it comes out."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wagtail.fields import StreamField

from portal.publishing.document import Document
from portal.publishing.document_json import to_json
from portal.publishing.freezing import document_of
from portal.publishing.models import Article, Issue
from portal.publishing.policies import articles_of

Text = Article | Issue


@dataclass(frozen=True)
class Reading:
    """All that a text says and shows now, its files by their names, and the digest of it all."""

    document: Document
    files: Mapping[str, bytes]
    digest: str


def reading_of(text: Text) -> Reading:
    """Raises:
    Refused: it names something that there is no more.
    """
    document, files = document_of(text)
    return Reading(document, files.contents, _digest(text, document))


def digest_of(text: Text) -> str:
    """Of all that an editor can change of it, of an issue with the articles that it holds; and of all that it says and
    shows, pictures, cards and drawn chapters included, which can change while nobody edits the text."""
    return reading_of(text).digest


def _digest(text: Text, document: Document) -> str:
    plain = [_changeable(text), *(_changeable(one) for one in articles_of(text)), _said(document)]
    return hashlib.sha256(json.dumps(plain, sort_keys=True, ensure_ascii=False, default=str).encode()).hexdigest()


def _said(document: Document) -> dict[str, Any]:
    """Without articles' own addresses: one of an issue may get its page in between."""
    found = to_json(document)
    for section in found["sections"]:
        for piece in section["pieces"]:
            del piece["href"]
    return found


def _changeable(text: Text) -> dict[str, object]:
    of_its_life = {field.name for field in text._meta.fields if not field.editable} | {"latest_revision"}
    # A stream is kept as JSON, in which what was never filled in may be there as nothing, or not at all.
    streams = {field.name for field in text._meta.fields if isinstance(field, StreamField)}
    return {
        name: _filled(json.loads(value)) if name in streams else value
        for name, value in text.serializable_data().items()
        if name not in of_its_life
    }


def _filled(plain: object) -> object:
    """Values of JSON without those that are nothing, and without the names of blocks, which a list that was written
    without them is given anew whenever it is read."""
    if isinstance(plain, dict):
        told = {name: value for name, value in plain.items() if name != "id"}
        return {name: _filled(value) for name, value in told.items() if value or value == 0 and value is not False}
    return [_filled(value) for value in plain] if isinstance(plain, list) else plain
