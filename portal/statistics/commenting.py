"""A statistician's word on a place, signed. Digits in it are those of the release."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.models import User
from portal.statistics.models import Commentary, Release
from portal.statistics.queries import info, table
from portal.statistics.quotable import in_words, quotable
from portal.statistics.quoting import Unfounded, unfounded


class Unquotable(Refused):
    """A text holds numbers that no published figure answers for; `problems` has a sentence for each."""

    def __init__(self, problems: list[str]):
        super().__init__(" ".join(problems))
        self.problems = problems


@transaction.atomic
def sign_commentary(
    *, release: Release, place: str, text_zh: str, text_en: str, signed_as: str, by: User, at: datetime
) -> Commentary:
    """Set a signed commentary beside the bridge of a place. A newer one takes its place; none is ever changed."""
    release = Release.objects.select_related("publication").get(pk=release.pk)
    if reason := why_not_comment(release, place):
        raise Refused(reason)
    if problems := problems_with(release, place, text_zh, text_en):
        raise Unquotable(problems)
    commentary = Commentary.objects.create(
        release=release, place=place, text_zh=text_zh, text_en=text_en, signed_as=signed_as, signed_by=by.key,
        signed_at=at,
    )  # fmt: skip
    record(
        actor=by.key, verb="release.commented", kind="release", key=release.name, at=at,
        after={"place": place, "text": text_zh, "name": signed_as},
    )  # fmt: skip
    return commentary


def why_not_comment(release: Release, place: str) -> str | None:
    """Only a place with figures can be commented on, and only in the newest release of its period."""
    if not table(info(release), place).cells:
        return _("%(release)s has no figures of this place.") % {"release": release.name}
    newer = Release.objects.published().filter(period=release.period, number__gt=release.number).exists()
    return _("A newer release of this period is published: comment on that one.") if newer else None


def problems_with(release: Release, place: str, *texts: str) -> list[str]:
    """A sentence for each number that is not among the public figures of the place."""
    figures = quotable(table(info(release), place))
    return [_problem(found) for text in texts for found in unfounded(text, figures)]


def _problem(found: Unfounded) -> str:
    told = _("“%(sentence)s”: %(number)s is not among the published figures of this place.") % {
        "sentence": found.quoted.sentence,
        "number": found.quoted.written,
    }
    if not found.nearest:
        return told
    nearest = _("; ").join(in_words(figure) for figure in found.nearest)
    return _("%(problem)s Nearest: %(figures)s.") % {"problem": told, "figures": nearest}
