"""File a workbook or CSV file for a firm: open, take over, and with --submit hand to the reviewers."""

from pathlib import Path

from django.core.management.base import CommandParser
from django.db import transaction
from django.utils.translation import gettext

from portal.filings.actions import NotSaved
from portal.filings.actions.drafts import open_filing, reopen
from portal.filings.actions.submission import submit
from portal.filings.actions.uploads import as_json, confirm, in_words, receive
from portal.filings.lifecycle import REOPENS
from portal.filings.models.upload import Upload
from portal.filings.named import check_acts_for, firm_named, period_named, person_named
from portal.filings.queries import newest_version
from portal.lib import clock
from portal.lib.printing import ActCommand
from portal.members.roles import Permission
from portal.reference.queries import code_lists


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--firm", required=True, metavar="CODE")
        parser.add_argument("--period", required=True)
        parser.add_argument("--by", required=True, metavar="EMAIL")
        parser.add_argument("--submit", action="store_true")

    def act(self, *, file: str, firm: str, period: str, by: str, **options) -> tuple[dict, bool]:
        who, when, person = firm_named(firm), period_named(period), person_named(by)
        check_acts_for(person, who, Permission.FILING_EDIT)
        if options["submit"]:
            check_acts_for(person, who, Permission.FILING_SUBMIT)
        path, at, lists = Path(file), clock.now(), code_lists()
        # Taking over and submitting are one act here: when either is refused, the draft is as it was.
        # The file itself and its findings stay, as they do for an upload on the page.
        with transaction.atomic():
            version = open_filing(firm=who, period=when, by=person, at=at)
            if version.status in REOPENS:
                version = reopen(filing=version.filing, by=person, at=at)
            upload = receive(
                version=version, content=path.read_bytes(), file_name=path.name, lists=lists, by=person, at=at
            )
        answer = {"firm": who.credit_code, "period": when.code, "version": version.number, "upload": upload.pk}
        if upload.outcome != Upload.Outcome.CHECKED:
            findings = [in_words(item) for item in upload.findings]
            return answer | {"done": False, "status": version.status, "findings": findings}, False
        try:
            with transaction.atomic():
                changes = confirm(upload=upload, lists=lists, by=person, at=at)
                if options["submit"]:
                    submit(version=newest_version(version.filing), lists=lists, by=person, at=at)
        except NotSaved as problem:
            findings = [as_json(item, gettext) for item in problem.findings]
            return answer | {"done": False, "reason": str(problem), "findings": findings}, False
        counts = {"added": len(changes.added), "changed": len(changes.changed), "removed": len(changes.removed)}
        return answer | {"done": True, "status": newest_version(version.filing).status} | counts, True
