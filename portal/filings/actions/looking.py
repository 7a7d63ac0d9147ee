"""Being seen at a filing: renewed while its page is open, never journalled, and soon forgotten."""

from datetime import datetime

from django.db import IntegrityError, transaction

from portal.filings.models.calling import Look
from portal.filings.models.filing import Filing
from portal.members.models import User


def look(*, filing: Filing, by: User, at: datetime) -> None:
    """Somebody of the association has the filing open at this moment."""
    if Look.objects.filter(filing=filing, user=by.key).update(at=at):
        return
    try:
        with transaction.atomic():
            Look.objects.create(filing=filing, firm_id=filing.firm_id, user=by.key, at=at)
    except IntegrityError:
        # Two pages of one person, opened together.
        Look.objects.filter(filing=filing, user=by.key).update(at=at)
