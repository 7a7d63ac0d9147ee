"""A person is erased everywhere: by members, and in the texts that filings keep."""

from datetime import datetime

from django.db import transaction
from django.db.models import F, Value
from django.db.models.functions import Replace

from portal.filings.models.calling import Reminder
from portal.members.actions import erase_person
from portal.members.models import User

ERASED = "***"


@transaction.atomic
def forget_person(*, user: User, by: User, at: datetime) -> User:
    """Erase a person, and the address where somebody typed it into a reminder's text."""
    address = user.email
    erased = erase_person(user=user, by=by, at=at)
    written = Reminder.objects.filter(text__contains=address)
    written.update(text=Replace(F("text"), Value(address), Value(ERASED)))
    return erased
