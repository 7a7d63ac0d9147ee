"""Make a build public for good: at once, or under embargo until a minute (`--at`)."""

from datetime import datetime

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from portal.filings.named import check_may, person_named
from portal.lib import clock
from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.members.roles import Permission
from portal.statistics.actions import publish_release
from portal.statistics.forms_calendar import NOTE_IN_BOTH
from portal.statistics.models import Release


def minute(text: str) -> datetime:
    """A day and a minute, in the association's own time where no other is told."""
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise CommandError(f"--at: {text!r} is no day and minute such as 2020-04-23T10:00")
    return found if timezone.is_aware(found) else timezone.make_aware(found)


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release", help="the name of a build, such as 2020Q1-1")
        parser.add_argument("--by", required=True, metavar="EMAIL")
        parser.add_argument("--at", type=minute, help="public from this minute on, such as 2020-04-23T10:00")
        parser.add_argument("--note-zh", default="", help="what readers are told, in Chinese")
        parser.add_argument("--note-en", default="", help="the same in English")
        parser.add_argument("--reason", default="", help="why it is published although a check says something")

    def act(self, *, release: str, by: str, at: datetime | None, **options) -> tuple[dict, bool]:
        person = person_named(by)
        check_may(person, Permission.RELEASE_PUBLISH)
        row = Release.objects.filter(name=release).first()
        if row is None:
            raise Refused(_("There is no release %(release)s.") % {"release": release})
        if bool(options["note_zh"]) != bool(options["note_en"]):
            raise Refused(str(NOTE_IN_BOTH))
        row = publish_release(
            release=row, by=person, at=clock.now(), public_at=at, reason=options["reason"],
            note_zh=options["note_zh"], note_en=options["note_en"],
        )  # fmt: skip
        public_at = row.publication.published_at
        answer = {"release": row.name, "digest": row.digest, "public_at": public_at.isoformat()}
        return {"done": True} | answer, True
