"""Runs what is due by the clock. For cron, some minutes past each hour of the working day; safe to run twice."""

from argparse import ArgumentParser
from collections import Counter
from datetime import datetime, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from portal.filings.actions.reminders import remind_due
from portal.filings.models.calling import Look
from portal.lib import clock

LOOKS_KEPT = timedelta(days=1)


class Command(BaseCommand):
    help = "Runs what is due: reminders to firms that have not filed. Safe to run twice, or twice at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", default="", help="the moment to act as of (ISO 8601); now, unless told otherwise")

    def handle(self, *args: object, at: str, **options: object) -> None:
        moment = _moment(at)
        outcomes = Counter((reminder.period_id, str(reminder.outcome)) for reminder in remind_due(at=moment))
        for (period, outcome), number in sorted(outcomes.items()):
            self.stdout.write(f"{period}: {number} reminders, {outcome}")
        if not outcomes:
            self.stdout.write("Nothing was due.")
        Look.objects.filter(at__lt=moment - LOOKS_KEPT).delete()


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
