"""Write a firm's prefilled workbook of a period."""

from pathlib import Path

from django.core.management.base import CommandParser

from portal.filings.exports import workbook
from portal.filings.models.filing import Filing
from portal.filings.named import filing_of, firm_named, period_named
from portal.filings.queries import newest_version
from portal.lib.printing import ActCommand
from portal.reference.queries import code_lists


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", metavar="OUT.xlsx")
        parser.add_argument("--firm", required=True, metavar="CODE")
        parser.add_argument("--period", required=True)

    def act(self, *, firm: str, period: str, out: str, **options) -> tuple[dict, bool]:
        who, when = firm_named(firm), period_named(period)
        filing = filing_of(who, when)
        version = newest_version(filing) if filing else None
        # A filing that has not been opened yet is only imagined: writing a workbook opens nothing.
        content = workbook(filing or Filing(firm=who, period=when), version, code_lists())
        Path(out).write_bytes(content)
        return {"file": out, "firm": who.credit_code, "period": when.code, "bytes": len(content)}, True
