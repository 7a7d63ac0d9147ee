"""manage.py load_demo: make the demo association. A second time it finds everything there."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.front.demo import story
from portal.lib.acts import Refused

MODES = ("demo", "test")


def refuse_elsewhere() -> None:
    if settings.MODE not in MODES:
        raise CommandError(f"The demo is only made where PORTAL_MODE is demo or test; here it is {settings.MODE}.")


class Command(BaseCommand):
    help = "Makes the demo association: invented firms and eight quarters of their filings. Safe to repeat."

    def handle(self, *args, **options) -> None:
        refuse_elsewhere()
        if story.is_loaded():
            self.stdout.write("The demo association is there already.")
            return
        began = time.perf_counter()
        self.stdout.write("→ Making the demo association, quarter by quarter …")
        try:
            story.load(self._say)
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"The demo association is complete ({time.perf_counter() - began:.0f} s).")

    def _say(self, line: str) -> None:
        self.stdout.write(f"  {line}")
        self.stdout.flush()
