"""Count a release again from the ledger as it was known then; say whether it came out the same, byte for byte."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.statistics.actions import recount
from portal.statistics.models import Release


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("release")

    def act(self, *, release: str, **options) -> tuple[dict, bool]:
        row = Release.objects.filter(name=release).first()
        if row is None:
            raise Refused(_("There is no release %(release)s.") % {"release": release})
        found = recount(row)
        return {"release": row.name} | found.as_json(), found.is_same

    def in_words(self, answer: dict) -> list[str]:
        if "same" not in answer:
            return super().in_words(answer)
        words = _("%(release)s: the same, byte for byte") if answer["same"] else _("%(release)s: different")
        return [words % {"release": answer["release"]}, *super().in_words(answer)]
