"""An edition as a letter: rendered once for each language of the words around it."""

from functools import partial

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from portal.publishing.document import Document
from portal.publishing.edition_files import pictures_of
from portal.publishing.lifecycle import Serial
from portal.publishing.media.around import Around
from portal.publishing.media.inlaid import inlaid
from portal.publishing.media.letter import Letter, letter_of, pictures_in
from portal.publishing.media.web import Addresses
from portal.publishing.models import Edition, Topic
from portal.publishing.pages import addresses
from portal.ui.rendering import in_chinese

# Stands in the rendered letter where each subscriber's own token comes.
TOKEN = "0token0of0the0subscriber0"


def page_of(edition: Edition) -> str:
    """The public address of a text, with the host."""
    if edition.article_id:
        return settings.SITE_URL + reverse("publishing:article-detail", args=[edition.article_id])
    name = "handbook-detail" if edition.kind == Serial.HANDBOOK else "issue-detail"
    return settings.SITE_URL + reverse(f"publishing:{name}", args=[edition.issue.code])


def letter_for(edition: Edition, topic: str, language: str, subject: str = "", *, is_sent: bool = False) -> Letter:
    """The letter with `TOKEN` in place of the subscriber's own. As it is sent, its pictures are in it."""
    with override(edition.language):
        where, page = addresses(edition.pk, settings.SITE_URL), page_of(edition)
    document = edition.as_document()
    files = pictures_of(edition) if is_sent else {}
    with override(language):
        around, leave = _around(Topic(topic), language), leave_address(TOKEN, topic)
    inside = inlaid(pictures_in(document), files)
    return letter_of(document, around(addresses=where, page=page, leave=leave, inlaid=inside), subject)


def proof_letter(document: Document, where: Addresses) -> Letter:
    """What a text would look like as a letter of the newsletter's list, to whoever works on it."""
    with override(document.language):
        around = _around(Topic.NEWSLETTER, document.language)
    return letter_of(document, around(addresses=where, page=settings.SITE_URL, leave=settings.SITE_URL))


def _around(topic: Topic, language: str) -> partial[Around]:
    """Who sends it and why, in the active language."""
    postal = settings.SITE["address_zh" if in_chinese() else "address_en"]
    return partial(Around, language=language, association=association(), postal=postal, topic=str(topic.label))


def association() -> str:
    return settings.SITE["name_zh" if in_chinese() else "name_en"]


def leave_address(token: str, topic: str) -> str:
    return f"{settings.SITE_URL}{reverse('publishing:subscription-leave', args=[token])}?list={topic}"
