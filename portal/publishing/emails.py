"""The letter that asks an address whether it wants letters: short, plain, and the same for every address."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from portal.publishing.models import Topic
from portal.ui.rendering import in_chinese

logger = logging.getLogger(__name__)
# Nobody's holiday reply comes back (RFC 3834).
BY_ITSELF = {"Auto-Submitted": "auto-generated"}


def send_asking(*, email: str, token: str, topics: Iterable[str], language: str) -> bool:
    """False when the mail server would not have it."""
    with override(language):
        name = settings.SITE["name_zh" if in_chinese() else "name_en"]
        link = settings.SITE_URL + reverse("publishing:subscription-confirm", args=[token])
        lists = _(", ").join(str(Topic(topic).label) for topic in topics)
        paragraphs = (
            _("Somebody, we hope you, has asked that %(association)s write to this address. Lists: %(topics)s.")
            % {"association": name, "topics": lists},
            _("Open this link and press the button to agree. It is valid for seven days:"),
            link,
            _("If it was not you, do nothing: without the link no letter is sent, and the address is forgotten."),
            f"— {name}",
        )
        subject = _("Please confirm your subscription")
    try:
        EmailMessage(f"[{name}] {subject}", "\n\n".join(paragraphs), to=[email], headers=BY_ITSELF).send()
    except (SMTPException, OSError) as problem:
        # Without what the server said: it repeats the address, and nobody has agreed that it is kept.
        logger.error("The letter that asks for confirmation could not be sent: %s", type(problem).__name__)
        return False
    return True
