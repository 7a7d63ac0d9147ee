"""manage.py demo_accounts: who to sign in as in the demo, and what to try."""

import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.front.demo.people import ACCOUNTS, Account
from portal.front.demo.story import is_loaded


class Command(BaseCommand):
    help = "Lists the demo's accounts: role, address, password, what to try."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", choices=["text", "json"], default="text")

    def handle(self, *args, **options) -> None:
        if not settings.DEMO_PASSWORD or not is_loaded():
            raise CommandError("There is no demo here: load_demo makes it.")
        self.stdout.write(_json() if options["format"] == "json" else _text())


def _json() -> str:
    rows = [asdict(account) | {"password": settings.DEMO_PASSWORD} for account in ACCOUNTS]
    return json.dumps(rows, ensure_ascii=False, indent=2)


def _text() -> str:
    lines = [("Role", "Address", "Password", "What to try"), *(_line(account) for account in ACCOUNTS)]
    widths = [max(len(line[column]) for line in lines) for column in range(3)]
    return "\n".join("  ".join([*(text.ljust(width) for text, width in zip(line, widths)), line[3]]) for line in lines)


def _line(account: Account) -> tuple[str, str, str, str]:
    role = str(account.role).capitalize() + (" (Guizhou)" if account.division else "")
    return (role, account.email, settings.DEMO_PASSWORD, account.tries)
