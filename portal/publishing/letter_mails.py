"""A letter as mails, each addressed to a subscriber and named so that what comes back can be told."""

from collections.abc import Iterable
from dataclasses import dataclass
from email.charset import BASE64, Charset
from email.header import Header
from email.message import Message
from email.mime.image import MIMEImage
from email.mime.multipart import MIMEMultipart
from email.utils import formataddr, make_msgid, parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from portal.publishing.letters import TOKEN, association, leave_address
from portal.publishing.media.inlaid import Inlaid
from portal.publishing.media.letter import Letter
from portal.publishing.models import Mailing

SALT = "portal.publishing.letters"
LETTER = "letter"
# Text of 8 bits may be rewritten on its way, which breaks its signature (DKIM); Chinese as quoted-printable takes three
# times the room, and this a third more.
UTF8 = Charset("utf-8")
UTF8.body_encoding = BASE64


@dataclass(frozen=True)
class Addressed:
    """To whom: an address with the token of its own links; `delivery` is 0 for a test."""

    email: str
    token: str
    language: str
    delivery: int = 0


class Mail(EmailMultiAlternatives):
    """A text part, and HTML that has its pictures with it (RFC 2387)."""

    encoding = UTF8

    def __init__(self, *args: object, pictures: Iterable[Inlaid] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.pictures = tuple(pictures)

    def message(self) -> Message:
        made = super().message()
        # Folded with its name in mind, or the first line of a long one stays empty.
        made.replace_header("Subject", Header(self.subject, UTF8, header_name="Subject"))
        if self.pictures:
            text, html = made.get_payload()
            inside = [html, *map(_part, self.pictures)]
            made.set_payload([text, MIMEMultipart("related", None, inside, type="text/html")])
        return made


@lru_cache(maxsize=64)
def _part(picture: Inlaid) -> MIMEImage:
    """Encoded once for the whole list."""
    part = MIMEImage(picture.content, picture.kind)
    part["Content-ID"] = f"<{picture.cid}>"
    part["Content-Disposition"] = "inline"
    return part


def message_of(mailing: Mailing, letter: Letter, to: Addressed, connection: BaseEmailBackend | None = None) -> Mail:
    """One mail. What comes back names the delivery: by the message's own number, and by its return address."""
    leave, name = _leave_and_name(mailing.topic, to.language)
    leave = leave.replace(TOKEN, to.token)
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    sender = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    headers = {
        "From": formataddr((name, sender)),
        "Message-ID": _number(to.delivery, host),
        "List-Id": f"<{mailing.topic}.{host}>",
        "List-Unsubscribe": f"<{leave}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    message = Mail(
        subject=letter.subject, body=letter.text.replace(TOKEN, to.token), to=[to.email], headers=headers,
        from_email=_returns_to(sender, to.delivery), connection=connection, pictures=letter.pictures,
    )  # fmt: skip
    message.attach_alternative(letter.html.replace(TOKEN, to.token), "text/html")
    return message


@lru_cache(maxsize=16)
def _leave_and_name(topic: str, language: str) -> tuple[str, str]:
    with override(language):
        return leave_address(TOKEN, topic), association()


def _number(delivery: int, host: str) -> str:
    """The message's own: of a delivery always the same, of a test a new one, else the second were hidden as a copy."""
    return f"<{LETTER}.{named(delivery)}@{host}>" if delivery else make_msgid(domain=host)


def _returns_to(sender: str, delivery: int) -> str:
    """bounces+17.3fa9…@example.org, where an address for returns is set."""
    box, at, host = settings.LETTERS_RETURN_ADDRESS.partition("@")
    return f"{box}+{named(delivery)}@{host}" if at and delivery else sender


def named(delivery: int) -> str:
    """The number of a delivery with a mark that only we can make: a forged return counts for nothing."""
    return f"{delivery}.{salted_hmac(SALT, str(delivery)).hexdigest()[:20]}"


def delivery_named(name: str) -> int | None:
    """The number in such a name; None where the mark is not ours."""
    number = int(name.partition(".")[0])
    return number if constant_time_compare(name, named(number)) else None
