"""What became of a filing, in words, from the journal. What a draft goes through is the firm's own and not told."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from portal.filings.lifecycle import RETURN_REASONS
from portal.filings.models.filing import Filing
from portal.journal.models import Entry
from portal.journal.queries import history
from portal.lib.words import gettext_noop
from portal.members.models import User

LONGEST_QUOTE = 60
TOLD: dict[str, str] = {
    "filing.opened": gettext_noop("Version %(version)s opened"),
    "filing.submitted": gettext_noop("Version %(version)s submitted"),
    "filing.withdrawn": gettext_noop("Version %(version)s withdrawn by the firm"),
    "filing.returned": gettext_noop("Version %(version)s returned: %(reason)s"),
    "filing.recalled": gettext_noop("Return of version %(version)s taken back"),
    "filing.letter_opened": gettext_noop("Letter of version %(version)s opened by the firm"),
    "filing.amended": gettext_noop("Version %(version)s amended by an answer; version %(by_version)s takes its place"),
    "query.asked": gettext_noop("Question asked: %(text)s"),
    "query.asked_further": gettext_noop("Asked further: %(text)s"),
    "query.answered": gettext_noop("Question answered: %(text)s"),
    "query.settled": gettext_noop("Question settled"),
    "query.withdrawn": gettext_noop("Question withdrawn"),
    "filing.approved": gettext_noop("Version %(version)s approved"),
    "filing.superseded": gettext_noop("Version %(version)s superseded by version %(by_version)s"),
    "filing.reopened": gettext_noop("Version %(version)s opened, with the lines of version %(from)s"),
}


@dataclass(frozen=True)
class Told:
    at: datetime
    words: str
    by: str


def filing_history(filing: Filing) -> list[Told]:
    """Newest first: two queries."""
    entries = list(history("filing", filing.pk).filter(verb__in=TOLD))
    people = people_named(entry.actor for entry in entries)
    return [Told(entry.at, _in_words(entry), who(entry.actor, people)) for entry in entries]


def people_named(keys: Iterable[UUID | None]) -> dict[UUID, User]:
    return {user.key: user for user in User.objects.filter(key__in={key for key in keys if key})}


def who(key: UUID | None, people: dict[UUID, User]) -> str:
    """A person of the journal by name; one who has been erased has only a key."""
    if key is None:
        return _("the portal itself")
    return str(people[key]) if key in people else _("person %(key)s") % {"key": str(key)[:8]}


def _in_words(entry: Entry) -> str:
    values = {"version": "", "by_version": "", "from": "", "text": ""} | entry.after
    values["text"] = Truncator(str(values["text"])).chars(LONGEST_QUOTE)
    reason = RETURN_REASONS.get(str(values.get("reason", "")), "")
    return _(TOLD[entry.verb]) % (values | {"reason": _(reason) if reason else ""})
