"""manage.py set_up_demo: the database of the demo, from nothing or from an earlier version, in one process.

Each start of a process takes longer than most of these steps.
"""

import time
from io import StringIO

from django.core.management import call_command
from django.core.management.base import BaseCommand

from portal.front.management.commands.load_demo import refuse_elsewhere

LISTS_ADOPTED_AT = "2019-01-01T00:00:00+08:00"


class Command(BaseCommand):
    help = "Brings the demo's database up to date and fills it. Safe to repeat."

    def handle(self, *args, **options) -> None:
        refuse_elsewhere()
        self._step("Bringing the database up to date", "migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        self._step("Loading the code lists", "load_lists", "--at", LISTS_ADOPTED_AT, stdout=StringIO())
        call_command("load_demo", stdout=self.stdout)

    def _step(self, said: str, *command: str, **options: object) -> None:
        """As .ci/step: says what is being done, and how long it took if that was noticeable."""
        self.stdout.write(f"→ {said} …")
        self.stdout.flush()
        began = time.perf_counter()
        call_command(*command, **options)
        took = time.perf_counter() - began
        if took >= 2:
            self.stdout.write(f"  done in {took:.0f} s")
