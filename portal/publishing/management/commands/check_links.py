"""Looks at the outside addresses of policies, entrances and authorities that have not been looked at for a week."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from portal.lib import clock
from portal.publishing.actions.links import AT_ONCE, check_due


class Command(BaseCommand):
    help = "Looks at outside addresses that are due. `tick` does the same where LINK_CHECKS is on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--most", type=int, default=AT_ONCE, help="how many addresses at most")

    def handle(self, *args: object, most: int, **options: object) -> None:
        looked = check_due(at=clock.now(), most=most)
        for link in looked:
            self.stdout.write(f"{link.answer:>12}  {link.address}{'  dead' if link.is_dead else ''}")
        if not looked:
            self.stdout.write("No address was due.")
