"""Letters to the people who act for a firm. A mail server that is away never stops the act that they tell of."""

import logging
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from functools import partial
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.filings.telling import quarter_in_words
from portal.lib import clock
from portal.lib.words import gettext_noop
from portal.members.models import Firm, Representation
from portal.members.roles import FirmRole

STILL_NEWS = timedelta(days=1)
logger = logging.getLogger(__name__)

# Where a letter leads.
FILING, PAGES = "filings:filing-detail", {"asked": "filings:query-list"}

SUBJECTS: dict[str, str] = {
    "asked": gettext_noop("A question about your filing for %(period)s"),
    "returned": gettext_noop("Your filing for %(period)s has been returned"),
    "approved": gettext_noop("Your filing for %(period)s has been approved"),
}
TEXTS: dict[str, str] = {
    "asked": gettext_noop(
        "The association has asked about one cell of your filing for %(period)s. Please answer by %(day)s. "
        "Sign in and open the filing: the question stands at its cell; nothing else is unlocked."
    ),
    "returned": gettext_noop(
        "Your filing for %(period)s (version %(number)s) has been returned, to be mended by %(day)s. Sign in and open "
        "the filing to read the letter. What you filed is kept as it is."
    ),
    "approved": gettext_noop(
        "Your filing for %(period)s (version %(number)s) has been approved and counts from now on. Nothing is to be "
        "done."
    ),
}


def write_to_firm(*, firm: Firm, letter: str, values: Mapping[str, object], at: datetime) -> None:
    """Once the act is really done, send one of the letters above to each person who files for the firm. What is only
    written down afterwards (a demonstration, records taken over) is told to nobody."""
    if clock.now() - at > STILL_NEWS:
        return
    transaction.on_commit(partial(_send, firm, letter, dict(values), timezone.localdate(at)), robust=True)


def addresses_of(firm: Firm, on: date) -> list[str]:
    """Whoever files or certifies for the firm; who may only read is not written to."""
    running = Q(until_on__isnull=True) | Q(until_on__gte=on)
    rows = Representation.objects.filter(running, firm=firm, since_on__lte=on, ended_at__isnull=True)
    rows = rows.filter(user__is_active=True).exclude(role=FirmRole.VIEWER)
    return sorted(set(rows.values_list("user__email", flat=True)))


def body(firm: Firm, text: str, period: str, page: str = FILING) -> str:
    """A letter about a filing as it goes out: to whom, the text, the page to open, from whom."""
    with translation.override(settings.LANGUAGE_CODE):
        address = settings.SITE_URL + reverse(page, args=[period])
    return "\n\n".join((firm.name_zh, text, address, settings.SITE["name_zh"]))


def _send(firm: Firm, letter: str, values: dict[str, object], on: date) -> None:
    with translation.override(settings.LANGUAGE_CODE):
        words = values | {"period": quarter_in_words(str(values["period"]))}
        text = body(firm, _(TEXTS[letter]) % words, str(values["period"]), PAGES.get(letter, FILING))
        subject = _(SUBJECTS[letter]) % words
    for address in addresses_of(firm, on):
        try:
            EmailMessage(f"{settings.SITE['name_zh']}：{subject}", text, to=[address]).send()
        except (SMTPException, OSError):
            logger.exception("The letter “%s” could not be sent to a person of firm %s", letter, firm.credit_code)
