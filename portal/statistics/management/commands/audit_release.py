"""What an outsider can work out of a release; ends with an error when a withheld figure can be told too closely."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.lib import clock
from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.statistics.actions import audit_release
from portal.statistics.models import Release


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release")
        parser.add_argument("--fast", action="store_true", help="prove that it is safe, without each figure's interval")

    def act(self, *, release: str, fast: bool, **options) -> tuple[dict, bool]:
        row = Release.objects.filter(name=release).first()
        if row is None:
            raise Refused(_("There is no release %(release)s.") % {"release": release})
        found = audit_release(row, at=clock.now(), is_full=not fast, progress=self.say)
        return {"release": row.name, **found.summary}, found.is_safe

    def say(self, done: int, of: int) -> None:
        self.stderr.write(f"{done:,} / {of:,}")
