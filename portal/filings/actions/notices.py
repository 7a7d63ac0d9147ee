"""Telling a firm inside the site: a short sentence, and where it leads."""

from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from portal.filings.models.calling import Notice
from portal.members.models import Firm, User


def notify(*, firm: Firm, message: str, values: Mapping[str, object], address: str, at: datetime) -> Notice:
    """Leave a notice for everybody who acts for a firm, in the transaction of the act that it tells of.

    `message` is a message id (marked with gettext_noop) with named placeholders. Values are plain; one called
    `period` is a quarter's code, `day` a date as YYYY-MM-DD. `address` is a path of the site.
    """
    return Notice.objects.create(firm=firm, message=message, values=dict(values), address=address, at=at)


def mark_read(*, firm: Firm, by: User, at: datetime) -> int:
    """Put away every notice of a firm that nobody had read; answers how many."""
    return Notice.objects.filter(firm=firm, read_at__isnull=True, at__lte=at).update(read_at=at, read_by=by.key)


def path_of(name: str, *args: object) -> str:
    """The address of a page as a notice keeps it, without a language; who reads it is led to their own."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)
