"""Who else has a filing open, so that two reviewers do not work on one."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime, timedelta

from portal.filings.desk.history import people_named, who
from portal.filings.models.calling import Look
from portal.members.models import User

FORGOTTEN_AFTER = timedelta(minutes=5)


def lookers(filings: Iterable[int | None], at: datetime, *, besides: User) -> dict[int, list[str]]:
    """By filing, the names of those who have it open, besides oneself: two queries."""
    wanted = [filing for filing in filings if filing]
    looks = Look.objects.filter(filing__in=wanted, at__gt=at - FORGOTTEN_AFTER).exclude(user=besides.key)
    rows = list(looks.order_by("at").values_list("filing", "user"))
    people = people_named(user for _filing, user in rows)
    names: dict[int, list[str]] = defaultdict(list)
    for filing, user in rows:
        names[filing].append(who(user, people))
    return names
