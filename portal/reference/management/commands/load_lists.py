"""manage.py load_lists: bring the code lists in line with portal/reference/data."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import datetime

from django.core.management.base import BaseCommand, CommandError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_naive, make_aware

from portal.lib import clock
from portal.lib.acts import Refused
from portal.reference.loading import Loading, load_lists


def moment(text: str) -> datetime:
    """`2019-01-01` or a full ISO time; without an offset it is the association's own time."""
    parsed = parse_datetime(text if "T" in text else f"{text}T00:00:00")
    if parsed is None:
        raise ValueError(text)
    return make_aware(parsed) if is_naive(parsed) else parsed


class Command(BaseCommand):
    help = "Brings the code lists in line with their files and publishes the editions that follow. Safe to repeat."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--at", type=moment, help="when the lists were adopted (ISO 8601); now, if left out")
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options) -> None:
        try:
            loading = load_lists(at=options["at"] or clock.now())
        except Refused as refusal:
            raise CommandError(str(refusal)) from refusal
        written = json.dumps(asdict(loading), ensure_ascii=False) if options["format"] == "json" else _text(loading)
        self.stdout.write(written)


def _text(loading: Loading) -> str:
    lines = [
        f"{loaded.table:22}{loaded.rows:6} rows: {loaded.added} added, {loaded.changed} changed, "
        f"{loaded.closed} closed, {len(loaded.kept)} kept as edited here"
        for loaded in loading.tables
    ]
    editions = ", ".join(f"{name} {number}" for name, number in loading.new_editions.items())
    return "\n".join([*lines, f"New editions: {editions or 'none'}"])
