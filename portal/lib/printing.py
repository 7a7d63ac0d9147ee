"""How commands answer: for people, or as JSON for programs."""

import json
import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand, CommandParser

from portal.lib.acts import Refused


class ActCommand(BaseCommand):
    """A command that does one act. It ends with status 0 only when the act was done.

    `act(**options)` answers (plain values, done); `in_words(answer)` gives the lines for people.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--format", choices=("text", "json"), default="text")
        self.add_own_arguments(parser)

    def add_own_arguments(self, parser: CommandParser) -> None:
        raise NotImplementedError

    def act(self, **options) -> tuple[dict, bool]:
        raise NotImplementedError

    def in_words(self, answer: dict) -> list[str]:
        return [f"{key}: {value}" for key, value in answer.items()]

    def handle(self, *args, **options) -> None:
        try:
            answer, done = self.act(**options)
        except Refused as refusal:
            answer, done = {"done": False, "reason": str(refusal)}, False
        write: Callable[[str], object] = self.stdout.write
        if options["format"] == "json":
            write(json.dumps(answer, ensure_ascii=False, indent=2, default=str))
        else:
            for line in self.in_words(answer):
                write(line)
        if not done:
            sys.exit(1)
