"""Build a release of a period, and with --publish make it public."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.filings.named import check_may, person_named
from portal.lib import clock
from portal.lib.printing import ActCommand
from portal.members.roles import Permission
from portal.statistics.actions import build_release, publish_release


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period")
        parser.add_argument("--by", required=True, metavar="EMAIL")
        parser.add_argument("--publish", action="store_true")
        parser.add_argument("--reason", default="", help="why it is published although a check says something")

    def act(self, *, period: str, by: str, publish: bool, **options) -> tuple[dict, bool]:
        person, at = person_named(by), clock.now()
        check_may(person, Permission.RELEASE_BUILD)
        if publish:
            check_may(person, Permission.RELEASE_PUBLISH)
        release = build_release(period=period, by=person, at=at)
        if publish:
            release = publish_release(
                release=release, by=person, at=at, reason=options["reason"] or _("Published from the command line.")
            )
        answer = {
            "release": release.name,
            "period": period,
            "as_of": release.as_of.isoformat(),
            "digest": release.digest,
            "facts": release.fact_count,
            "firms": release.firm_count,
            "checks": release.checks,
            "published": release.is_published,
        }
        return {"done": True} | answer, True
