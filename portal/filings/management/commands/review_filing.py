"""Approve or return the filing of a firm that waits for review."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.filings.actions.review import approve, return_to_firm
from portal.filings.lifecycle import RETURN_REASONS
from portal.filings.named import check_may, filing_of, firm_named, period_named, person_named
from portal.filings.queries import newest_version
from portal.lib import clock
from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.members.roles import Permission


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--firm", required=True, metavar="CODE")
        parser.add_argument("--period", required=True)
        parser.add_argument("--by", required=True, metavar="EMAIL")
        decision = parser.add_mutually_exclusive_group(required=True)
        decision.add_argument("--approve", action="store_true")
        decision.add_argument("--return", dest="reason", metavar="REASON", help="a reason code, or the letter itself")

    def act(
        self, *, firm: str, period: str, by: str, approve: bool, reason: str | None, **options
    ) -> tuple[dict, bool]:
        who, when, person = firm_named(firm), period_named(period), person_named(by)
        check_may(person, Permission.FILING_APPROVE if approve else Permission.FILING_RETURN, who)
        filing = filing_of(who, when)
        version = newest_version(filing) if filing else None
        if version is None:
            raise Refused(_("%(firm)s has no filing for %(period)s.") % {"firm": who, "period": when.code})
        version = _decide(version, person, reason)
        answer = {"firm": who.credit_code, "period": when.code, "version": version.number, "status": version.status}
        return {"done": True} | answer, True


def _decide(version, person, reason: str | None):
    at = clock.now()
    if reason is None:
        return approve(version=version, by=person, at=at)
    code = reason if reason in RETURN_REASONS else "R99"
    letter = _(RETURN_REASONS[code]) if reason in RETURN_REASONS else reason
    return return_to_firm(version=version, reason=code, letter=letter, by=person, at=at)
