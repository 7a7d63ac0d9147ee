"""Sends the letters that are due; or one mailing, without asking whether another sender is at it (two do no harm)."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from portal.lib import clock
from portal.publishing.actions.sending import send_due, send_mailing
from portal.publishing.models import Mailing


class Command(BaseCommand):
    help = "Sends the letters that are due, in batches. Safe to stop at any moment, to run again, and to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--mailing", type=int, help="the number of one mailing")

    def handle(self, *args: object, mailing: int | None, **options: object) -> None:
        if mailing is None:
            done = send_due(at=clock.now())
        else:
            row = Mailing.objects.filter(pk=mailing).first()
            if row is None:
                raise CommandError(f"There is no mailing {mailing}.")
            done = {mailing: send_mailing(mailing=row, at=clock.now())}
        for number, counts in done.items():
            told = ", ".join(f"{state} {count}" for state, count in sorted(counts.items())) or "nothing to send"
            self.stdout.write(f"Mailing {number}: {told}")
        if not done:
            self.stdout.write("No letters are due.")
