"""Check a workbook or CSV file for a firm and period. Saves nothing."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.utils.translation import gettext

from portal.filings.actions.uploads import as_json, examine
from portal.filings.models.filing import Filing
from portal.filings.named import filing_of, firm_named, period_named
from portal.filings.sheet import has_errors
from portal.lib import clock
from portal.lib.printing import ActCommand
from portal.reference.queries import code_lists


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--firm", required=True, metavar="CODE")
        parser.add_argument("--period", required=True)

    def act(self, *, file: str, firm: str, period: str, **options) -> tuple[dict, bool]:
        who, when = firm_named(firm), period_named(period)
        filing = filing_of(who, when) or Filing(firm=who, period=when)
        path = Path(file)
        intake, findings = examine(
            content=path.read_bytes(), file_name=path.name, filing=filing, lists=code_lists(), at=clock.now()
        )
        fine = not has_errors(findings)
        answer = {"file": path.name, "rows": len(intake.entries), "acceptable": fine}
        return answer | {"findings": [as_json(item, gettext) for item in findings]}, fine

    def in_words(self, answer: dict) -> list[str]:
        return finding_lines(answer)


def finding_lines(answer: dict) -> list[str]:
    """A line for each finding, then the sum of it."""
    if "reason" in answer:
        return [answer["reason"]]
    pattern = "{code} {level} {sheet}!{cell} [{found}] {message} → {expected}"
    lines = [pattern.format(**item) for item in answer["findings"]]
    return [*lines, f"{answer['file']}: {answer['rows']} rows, {len(answer['findings'])} findings"]
