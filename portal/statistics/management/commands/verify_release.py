"""Count a release again from the ledger as it was known then, and compare the digests."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.statistics.actions import rebuilt_digest
from portal.statistics.models import Release


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release")

    def act(self, *, release: str, **options) -> tuple[dict, bool]:
        row = Release.objects.filter(name=release).first()
        if row is None:
            raise Refused(_("There is no release %(release)s.") % {"release": release})
        digest = rebuilt_digest(row)
        same = digest == row.digest
        return {"release": row.name, "digest": row.digest, "rebuilt": digest, "same": same}, same
