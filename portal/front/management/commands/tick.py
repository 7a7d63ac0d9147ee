"""Runs what is due by the clock. For cron, some minutes past each hour of the working day; safe to run twice."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.filings.actions.reminders import remind_due
from portal.filings.models.calling import Look
from portal.lib import clock
from portal.publishing.actions.links import check_due
from portal.publishing.actions.sending import send_due
from portal.publishing.actions.subscribing import forget_unconfirmed
from portal.publishing.actions.writing import publish_due
from portal.publishing.search.index import reindex_all

LOOKS_KEPT = timedelta(days=1)


class Command(BaseCommand):
    help = "Runs what is due: reminders to firms, publications, links, search, letters. Safe to run twice, or at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", default="", help="the moment to act as of (ISO 8601); now, unless told otherwise")

    def handle(self, *args: object, at: str, **options: object) -> None:
        moment = _moment(at)
        told = [*_reminders(moment), *_publications(moment), *_search(), *_links(moment), *_letters(_moment(at))]
        for line in told or ["Nothing was due."]:
            self.stdout.write(line)
        Look.objects.filter(at__lt=moment - LOOKS_KEPT).delete()


def _reminders(moment: datetime) -> Iterator[str]:
    outcomes = Counter((reminder.period_id, str(reminder.outcome)) for reminder in remind_due(at=moment))
    for (period, outcome), number in sorted(outcomes.items()):
        yield f"{period}: {number} reminders, {outcome}"


def _publications(moment: datetime) -> Iterator[str]:
    for edition in publish_due(at=moment):
        yield f"{edition.title}: edition {edition.number} published"


def _links(moment: datetime) -> Iterator[str]:
    """A part of the outside addresses at a time: the rest follows at the next run."""
    looked = check_due(at=moment) if settings.LINK_CHECKS else []
    if looked:
        yield f"{len(looked)} links looked at, {sum(not link.is_alive for link in looked)} without an answer"


def _search() -> Iterator[str]:
    """What became public by the clock alone is found from now on; whatever is public no longer is not."""
    changed = reindex_all()
    if changed.put or changed.taken_out:
        yield f"search: {changed.put} written, {changed.taken_out} taken out"


def _letters(moment: datetime) -> Iterator[str]:
    """They come last, because a long list takes its time, and as of now: what came before took its time too."""
    forgotten = forget_unconfirmed(at=moment)
    if forgotten:
        yield f"{forgotten} addresses forgotten that were never confirmed"
    for mailing, counts in send_due(at=moment).items():
        yield f"mailing {mailing}: {', '.join(f'{state} {count}' for state, count in sorted(counts.items()))}"


def _moment(text: str) -> datetime:
    if not text:
        return clock.now()
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None:
        raise CommandError(f"{text} is no moment such as 2021-01-12T09:00:00+08:00.")
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)
