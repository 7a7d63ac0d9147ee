"""The one place where the time is read. Everything below a view or a command is handed it."""

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The moment, in the demo's own time when the demo has one."""
    return timezone.now() + settings.CLOCK_OFFSET


def today() -> date:
    """The day in the association's time zone."""
    return timezone.localdate(now())
