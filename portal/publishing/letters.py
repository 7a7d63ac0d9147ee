"""An edition as mails to subscribers: rendered once for each language of the words around it, addressed to each."""

from dataclasses import dataclass
from email.utils import formataddr, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from portal.publishing.document import Document
from portal.publishing.lifecycle import Serial
from portal.publishing.media.letter import Around, Letter, letter_of
from portal.publishing.media.web import Addresses
from portal.publishing.models import Edition, Mailing, Topic
from portal.publishing.pages import addresses
from portal.ui.rendering import in_chinese

# Stands in the rendered letter where each subscriber's own token comes.
TOKEN = "0token0of0the0subscriber0"
SALT = "portal.publishing.letters"
LETTER = "letter"


@dataclass(frozen=True)
class Addressed:
    """To whom: an address with the token of its own links; `delivery` is 0 for a test."""

    email: str
    token: str
    language: str
    delivery: int = 0


def page_of(edition: Edition) -> str:
    """The public address of a text, with the host."""
    if edition.article_id:
        return settings.SITE_URL + reverse("publishing:article-detail", args=[edition.article_id])
    name = "handbook-detail" if edition.kind == Serial.HANDBOOK else "issue-detail"
    return settings.SITE_URL + reverse(f"publishing:{name}", args=[edition.issue.code])


def letter_for(edition: Edition, topic: str, language: str, subject: str = "") -> Letter:
    """The letter with `TOKEN` in place of the subscriber's own."""
    with override(edition.language):
        where, page = addresses(edition.pk, settings.SITE_URL), page_of(edition)
    with override(language):
        zh = in_chinese()
        around = Around(
            addresses=where, page=page, leave=leave_address(TOKEN, topic), language=language,
            association=association(), postal=settings.SITE["address_zh" if zh else "address_en"],
            topic=str(Topic(topic).label),
        )  # fmt: skip
    return letter_of(edition.as_document(), around, subject)


def proof_letter(document: Document, where: Addresses) -> Letter:
    """What a text would look like as a letter of the newsletter's list, to whoever works on it."""
    with override(document.language):
        around = Around(
            addresses=where, page=settings.SITE_URL, leave=settings.SITE_URL, language=document.language,
            association=association(), postal=settings.SITE["address_zh" if in_chinese() else "address_en"],
            topic=str(Topic.NEWSLETTER.label),
        )  # fmt: skip
    return letter_of(document, around)


def association() -> str:
    return settings.SITE["name_zh" if in_chinese() else "name_en"]


def leave_address(token: str, topic: str) -> str:
    return f"{settings.SITE_URL}{reverse('publishing:subscription-leave', args=[token])}?list={topic}"


def message_of(
    mailing: Mailing, letter: Letter, to: Addressed, connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """One mail. What comes back names the delivery: by the message's own number, and by its return address."""
    leave, name = _leave_and_name(mailing.topic, to.language)
    leave = leave.replace(TOKEN, to.token)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {
        "From": formataddr((name, sender)),
        "Message-ID": f"<{LETTER}.{named(to.delivery)}@{host}>",
        "List-Id": f"<{mailing.topic}.{host}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message = EmailMultiAlternatives(
        subject=letter.subject, body=letter.text.replace(TOKEN, to.token), to=[to.email], headers=headers,
        from_email=_returns_to(sender, to.delivery), connection=connection,
    )  # fmt: skip
    message.attach_alternative(letter.html.replace(TOKEN, to.token), "text/html")
    return message


@lru_cache(maxsize=16)
def _leave_and_name(topic: str, language: str) -> tuple[str, str]:
    with override(language):
        return leave_address(TOKEN, topic), association()


def _returns_to(sender: str, delivery: int) -> str:
    """bounces+17.3fa9…@example.org, where an address for returns is set."""
    box, at, host = settings.LETTERS_RETURN_ADDRESS.partition("@")
    return f"{box}+{named(delivery)}@{host}" if at and delivery else sender


def named(delivery: int) -> str:
    """The number of a delivery with a mark that only we can make: a forged return counts for nothing."""
    return f"{delivery}.{salted_hmac(SALT, str(delivery)).hexdigest()[:20]}"


def delivery_named(name: str) -> int | None:
    """The number in such a name; None where the mark is not ours."""
    number = name.partition(".")[0]
    return int(number) if number.isdecimal() and constant_time_compare(name, named(int(number))) else None
