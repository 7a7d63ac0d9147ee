"""Brings the index of search up to date: what became public by the clock is put in, what is no longer is taken out."""

from django.core.management.base import BaseCommand

from portal.publishing.search.index import reindex_all


class Command(BaseCommand):
    help = "Brings the index of search up to date; only what has changed is written. Safe to run twice."

    def handle(self, *args: object, **options: object) -> None:
        changed = reindex_all()
        self.stdout.write(f"Search: {changed.put} written, {changed.taken_out} taken out.")
