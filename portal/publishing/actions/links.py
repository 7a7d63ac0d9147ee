"""The weekly look at outside addresses: those of policies, of entrances and of authorities."""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.db import models

from portal.journal.actions import record
from portal.publishing.models import LinkCheck
from portal.publishing.models.directories import WATCHED
from portal.publishing.models.policies import CLAIM_HOLDS
from portal.publishing.outside import Answer, look_at

AT_ONCE = 40
# What comes after it in `tick` does not wait longer for servers that are slow; the rest follows at the next run.
LONGEST_ROUND_SECONDS = 300
# Between two questions to the same server.
PAUSE_SECONDS = 2.0


def check_due(*, at: datetime, most: int = AT_ONCE, pause: Callable[[float], None] = time.sleep) -> list[LinkCheck]:
    """Look at what is due, at most so many and so long; two that run at once never ask for the same address."""
    watch_addresses()
    asked: dict[str, float] = {}
    looked, until = [], time.monotonic() + LONGEST_ROUND_SECONDS
    for link in list(LinkCheck.objects.due(at)[:most]):
        if time.monotonic() < until and claim(link, at):
            _wait(asked, link.address, pause)
            looked.append(note(link, look_at(link.address), at))
    return looked


def check_again(*, link: LinkCheck, by: UUID, at: datetime) -> LinkCheck:
    """Asked for by a person, whenever it was looked at last."""
    noted = note(link, look_at(link.address), at)
    record(actor=by, verb="link.checked", kind="link", key=link.pk, at=at,
           after={"address": link.address, "answer": noted.answer})  # fmt: skip
    return noted


def watch_addresses() -> None:
    """A row for each address that is named somewhere now, and none for those that no longer are."""
    named = set(_named())
    known = set(LinkCheck.objects.values_list("address", flat=True))
    LinkCheck.objects.bulk_create([LinkCheck(address=one) for one in sorted(named - known)], ignore_conflicts=True)
    for gone in known - named:
        LinkCheck.objects.filter(address=gone).delete()


def claim(link: LinkCheck, at: datetime) -> bool:
    """Take it, when nobody else has: a claim that is left behind ends by itself."""
    is_free = models.Q(claimed_at__isnull=True) | models.Q(claimed_at__lte=at - CLAIM_HOLDS)
    unchanged = LinkCheck.objects.filter(is_free, pk=link.pk, checked_at=link.checked_at)
    return unchanged.update(claimed_at=at) == 1


def note(link: LinkCheck, answer: Answer, at: datetime) -> LinkCheck:
    """Write down what it answered. It is dead once it has failed twice running."""
    link.checked_at, link.answer, link.is_alive, link.claimed_at = at, answer.told, answer.is_alive, None
    if answer.is_alive:
        link.answered_at, link.failed_count, link.failing_since = at, 0, None
    else:
        link.failed_count, link.failing_since = min(link.failed_count + 1, 1000), link.failing_since or at
    link.save()
    return link


def _named() -> Iterator[str]:
    for model, field in WATCHED:
        yield from model.objects.exclude(**{field: ""}).values_list(field, flat=True)


def _wait(asked: dict[str, float], address: str, pause: Callable[[float], None]) -> None:
    host, now = urlsplit(address).netloc, time.monotonic()
    if (rest := asked.get(host, now - PAUSE_SECONDS) + PAUSE_SECONDS - now) > 0:
        pause(rest)
    asked[host] = time.monotonic()
