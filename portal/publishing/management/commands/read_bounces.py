"""Reads mails that came back, from a file, a mailbox or a maildir, and writes them down at their deliveries."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from portal.lib import clock
from portal.publishing.actions.returning import take_back
from portal.publishing.returns import mails_in, returned_in


class Command(BaseCommand):
    help = "Reads mails that came back. Safe to run twice over the same ones."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a mail, an mbox, a maildir, or a folder of mails")

    def handle(self, *args: object, path: Path, **options: object) -> None:
        if not path.exists():
            raise CommandError(f"{path} is not there.")
        mails = list(mails_in(path))
        returns = [found for mail in mails if (found := returned_in(mail))]
        news = sum(take_back(returned=one, at=clock.now()) for one in returns)
        self.stdout.write(f"{len(mails)} mails read: {len(returns)} of our letters came back, {news} not known before.")
