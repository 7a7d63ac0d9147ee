"""Mails that came back are written down at their deliveries, each once."""

from datetime import datetime

from django.db import transaction

from portal.publishing.actions.subscribing import came_back
from portal.publishing.models import Delivery
from portal.publishing.returns import Returned

State = Delivery.State


@transaction.atomic
def take_back(*, returned: Returned, at: datetime) -> bool:
    """Whether it was news. One whose fate was unknown is known now too."""
    rows = Delivery.objects.select_for_update().filter(pk=returned.delivery)
    row = rows.filter(state__in=(State.SENT, State.UNKNOWN, State.IN_FLIGHT)).select_related("subscriber").first()
    if row is None:
        return False
    row.state, row.at, row.answer = State.BOUNCED, at, returned.answer
    row.save(update_fields=["state", "at", "answer"])
    came_back(row.subscriber, at)
    return True
