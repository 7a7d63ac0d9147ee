"""What the association has told a firm inside the site, in the reader's words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import translate_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from portal.filings.models.calling import Notice
from portal.filings.telling import quarter_in_words
from portal.members.models import Firm

SHOWN_AT_HOME = 5
SHOWN_FOR = timedelta(days=60)


@dataclass(frozen=True)
class Told:
    at: datetime
    text: str
    href: str
    is_read: bool


def notices_of(firm: Firm) -> QuerySet[Notice]:
    """Newest first."""
    return Notice.objects.filter(firm=firm).order_by("-at", "-pk")


def unread_notices(firm: Firm, at: datetime) -> list[Told]:
    """The newest that nobody has put away yet; old ones are found on their page."""
    fresh = notices_of(firm).filter(read_at__isnull=True, at__gt=at - SHOWN_FOR)
    return in_words(fresh[:SHOWN_AT_HOME])


def in_words(notices: Iterable[Notice]) -> list[Told]:
    return [_told(notice) for notice in notices]


def _told(notice: Notice) -> Told:
    values = dict(notice.values)
    if "period" in values:
        values["period"] = quarter_in_words(str(values["period"]))
    href = translate_url(notice.address, get_language()) if notice.address else ""
    return Told(notice.at, _(notice.message) % values, href, notice.read_at is not None)
