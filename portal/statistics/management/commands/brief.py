"""Print what a release says of a place: its figures and its sentences."""

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from portal.lib.acts import Refused
from portal.lib.printing import ActCommand
from portal.statistics.briefs import brief
from portal.statistics.places import place_named
from portal.statistics.queries import latest_release, release_named


class Command(ActCommand):
    help = __doc__

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--release", required=True, metavar="R|latest")
        parser.add_argument("--division", required=True, metavar="CODE")
        parser.add_argument("--lang", choices=("zh-hans", "en"), default="zh-hans")

    def act(self, *, release: str, division: str, lang: str, **options) -> tuple[dict, bool]:
        found = latest_release() if release == "latest" else release_named(release)
        if found is None:
            raise Refused(_("There is no published release %(release)s.") % {"release": release})
        place = place_named(division)
        if place is None:
            raise Refused(_("There is no place %(code)s.") % {"code": division})
        return brief(found, place.code, place.name_in(lang), lang).as_json(), True

    def in_words(self, answer: dict) -> list[str]:
        return [answer.get("text") or answer["reason"]]
