"""Editions as files to take away, each made once: PDF for print and Word. The .typ files say how the PDF looks."""

import hashlib
from collections.abc import Callable
from functools import partial

from django.conf import settings

from portal.lib.kept import kept
from portal.publishing.edition_files import pictures_of
from portal.publishing.media.print import printed
from portal.publishing.media.word import worded
from portal.publishing.models import Edition

FOLDER = "papers"
# Raised whenever papers come to look different, so that none of before is handed out again.
LOOK = 2


def print_pdf(edition: Edition) -> bytes:
    """The edition as it is printed: for members and the association alone."""
    return _kept(edition, "pdf", printed)


def word_file(edition: Edition) -> bytes:
    """The edition as a Word file."""
    site = settings.SITE
    author = site["name_zh"] if edition.language.startswith("zh") else site["name_en"]
    return _kept(edition, "docx", partial(worded, author=author))


def _kept(edition: Edition, ending: str, make: Callable[..., bytes]) -> bytes:
    site = settings.WAGTAILADMIN_BASE_URL
    of_site = hashlib.sha256(site.encode()).hexdigest()[:8]
    name = f"{FOLDER}/{LOOK}/{edition.pk}-{edition.digest[:16]}-{of_site}.{ending}"
    return kept(name, lambda: _made(edition, make, site)) or b""


def _made(edition: Edition, make: Callable[..., bytes], site: str) -> bytes:
    return make(edition.as_document(), pictures_of(edition), made_at=edition.published_at, site=site)
