"""The WeChat copy of an edition as the desk shows it: whole, or article by article, with what breaks a limit."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _

from portal.publishing.document import Document
from portal.publishing.edition_files import pictures_of
from portal.publishing.letters import page_of
from portal.publishing.media.wechat import Breach, Copy, copy_of, limits_of
from portal.publishing.models import Edition


@dataclass(frozen=True)
class Part:
    """An article that can be copied by itself, or (no key) the whole: its length, and how much is too much."""

    key: str
    title: str
    length: int
    over: int
    is_chosen: bool


@dataclass(frozen=True)
class Page:
    copy: Copy
    parts: list[Part]
    breaches: list[str]


def page_for(edition: Edition, key: str) -> Page:
    """Raises:
    KeyError: the edition has no such article.
    """
    document, files, original = edition.as_document(), pictures_of(edition), page_of(edition)

    def made(key: str) -> Copy:
        return copy_of(document, files, original=original, site=settings.SITE_URL, key=key)

    copies = {one: made(one) for one in _keys(document)}
    if key not in copies:
        raise KeyError(key)
    chosen = copies[key]
    return Page(chosen, [_part(one, copy, key) for one, copy in copies.items()], list(map(in_words, found_in(chosen))))


def _keys(document: Document) -> list[str]:
    """Of an article alone there is nothing to choose."""
    pieces = [piece.key for piece in document.pieces if piece.title]
    return ["", *pieces] if document.cover else [""]


def found_in(copy: Copy) -> list[Breach]:
    return limits_of(copy.html, {one.name: one.content for one in copy.uploads}, copy.digest)


def _part(key: str, copy: Copy, chosen: str) -> Part:
    over = sum(breach.over for breach in found_in(copy) if breach.limit == "characters")
    return Part(key, copy.title if key else _("The whole issue"), len(copy.html), over, key == chosen)


def in_words(breach: Breach) -> str:
    """A breach in a sentence for people."""
    return _SENTENCES[breach.limit]() % {
        "found": breach.found, "allowed": breach.allowed, "over": breach.over, "what": breach.what
    }  # fmt: skip


_SENTENCES = {
    "characters": lambda: _("It has %(found)d characters with its tags; %(allowed)d are allowed: %(over)d too many."),
    "bytes": lambda: _("It has %(found)d bytes; %(allowed)d are allowed: %(over)d too many."),
    "digest": lambda: _("The digest has %(found)d characters; %(allowed)d are allowed."),
    "picture_missing": lambda: _("The picture %(what)s is not among the edition's files."),
    "picture_bytes": lambda: _("The picture %(what)s has %(found)d bytes; %(allowed)d are allowed."),
    "picture_kind": lambda: _("The picture %(what)s is neither PNG nor JPEG."),
    "picture_address": lambda: _("A picture is fetched from elsewhere: %(what)s. It would be dropped."),
    "picture_words": lambda: _("A picture has no description: %(what)s."),
    "tag": lambda: _("The tag %(what)s is not allowed."),
    "attribute": lambda: _("The attribute %(what)s is not allowed."),
    "style": lambda: _("The style %(what)s is not allowed."),
    "table": lambda: _("A table has no fixed width."),
}
