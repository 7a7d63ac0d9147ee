"""The journal in words: what a verb says, and what its entry changed. A test holds that no verb is left out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from portal.journal.models import Entry
from portal.lib.words import gettext_noop

VERBS: dict[str, str] = {
    "code_list.imported": gettext_noop("Code list imported from a file"),
    "code_list.loaded": gettext_noop("Code list loaded from its file"),
    "code_list.row_added": gettext_noop("Row added to a code list"),
    "code_list.row_changed": gettext_noop("Row of a code list changed"),
    "code_list.row_given_back": gettext_noop("Row of a code list follows its file again"),
    "consent.given": gettext_noop("Consent to publication recorded"),
    "consent.withdrawn": gettext_noop("Consent to publication withdrawn"),
    "extension.granted": gettext_noop("Extension granted"),
    "filing.approved": gettext_noop("Filing approved"),
    "filing.nil_declared": gettext_noop("Nil return declared"),
    "filing.opened": gettext_noop("Filing opened"),
    "filing.reopened": gettext_noop("Next version of a filing opened"),
    "filing.returned": gettext_noop("Filing returned"),
    "filing.saved": gettext_noop("Draft saved"),
    "filing.submitted": gettext_noop("Filing submitted"),
    "filing.superseded": gettext_noop("Filing superseded by its next version"),
    "filing.withdrawn": gettext_noop("Filing withdrawn"),
    "firm.admitted": gettext_noop("Firm admitted"),
    "firm.changed": gettext_noop("Firm's record changed"),
    "firm.profile_changed": gettext_noop("Firm's profile changed"),
    "firm.represented": gettext_noop("Person given a role in a firm"),
    "firm.representation_ended": gettext_noop("Person's role in a firm ended"),
    "member.imported": gettext_noop("Members imported from a file"),
    "period.changed": gettext_noop("Dates of a period changed"),
    "period.opened": gettext_noop("Period opened"),
    "period.windows_changed": gettext_noop("Accepted dates of a period changed"),
    "person.changed": gettext_noop("Person's name changed"),
    "person.closed": gettext_noop("Account closed"),
    "person.invited": gettext_noop("Account made for a person"),
    "person.opened": gettext_noop("Account opened again"),
    "release.built": gettext_noop("Release built"),
    "release.published": gettext_noop("Release published"),
    "release.viewed": gettext_noop("Unpublished release looked at"),
    "staff.appointed": gettext_noop("Person appointed by the association"),
    "staff.appointment_ended": gettext_noop("Person's appointment ended"),
    "upload.confirmed": gettext_noop("File taken over into a draft"),
    "upload.received": gettext_noop("File received"),
}

KINDS: dict[str, str] = {
    "code_list": gettext_noop("Code list"),
    "filing": gettext_noop("Filing"),
    "firm": gettext_noop("Firm"),
    "period": gettext_noop("Period"),
    "person": gettext_noop("Person"),
    "release": gettext_noop("Release"),
}

# What before and after hold, where the name in the code would say little on the page.
NAMES: dict[str, str] = {
    "accepts_from_on": gettext_noop("accepts dates from"),
    "controller": gettext_noop("controller"),
    "digest": gettext_noop("digest"),
    "division": gettext_noop("place of registration"),
    "due_on": gettext_noop("due on"),
    "edition": gettext_noop("edition"),
    "effective_on": gettext_noop("true from"),
    "evidence": gettext_noop("evidence"),
    "facts": gettext_noop("facts"),
    "file": gettext_noop("file"),
    "firms": gettext_noop("firms filing"),
    "grade": gettext_noop("membership grade"),
    "joined_on": gettext_noop("joined on"),
    "left_on": gettext_noop("left on"),
    "letter": gettext_noop("letter"),
    "locks_on": gettext_noop("locks on"),
    "name": gettext_noop("name"),
    "name_en": gettext_noop("English name"),
    "name_zh": gettext_noop("Chinese name"),
    "new": gettext_noop("new"),
    "opens_on": gettext_noop("opens on"),
    "outcome": gettext_noop("outcome"),
    "person": gettext_noop("person"),
    "reason": gettext_noop("reason"),
    "role": gettext_noop("role"),
    "sha256": gettext_noop("SHA-256"),
    "size_band": gettext_noop("size"),
    "status": gettext_noop("status"),
    "until_on": gettext_noop("until"),
    "update": gettext_noop("changed"),
    "upload": gettext_noop("upload"),
    "version": gettext_noop("version"),
}

# Words of the code among the values, where a reader has others for them.
VALUES: dict[str, str] = {
    "approved": gettext_noop("Approved"),
    "checked": gettext_noop("Checked, waiting for confirmation"),
    "confirmed": gettext_noop("Taken over"),
    "draft": gettext_noop("Draft"),
    "outdated": gettext_noop("Overtaken by a later change"),
    "refused": gettext_noop("Not taken over: to be mended"),
    "returned": gettext_noop("Returned"),
    "submitted": gettext_noop("Waiting for review"),
    "superseded": gettext_noop("Superseded"),
}
_WORDED = ("status", "outcome")

# A draft's saved rows are the firm's own business: the journal page counts them.
_COUNTED = {
    "added": gettext_noop("rows added"),
    "changed": gettext_noop("rows changed"),
    "removed": gettext_noop("rows removed"),
}


@dataclass(frozen=True)
class Said:
    """One value of an entry: its name, what it was (if the entry says so) and what it became."""

    name: str
    before: str
    after: str


def verb_in_words(verb: str) -> str:
    return _(VERBS[verb]) if verb in VERBS else verb


def kind_in_words(kind: str) -> str:
    return _(KINDS[kind]) if kind in KINDS else kind


def said(entry: Entry) -> Iterator[Said]:
    """What an entry says of its act, value by value."""
    if entry.verb == "filing.saved":
        yield from _counted(entry.after)
        return
    for key in {**entry.before, **entry.after}:
        name = _(NAMES[key]) if key in NAMES else key
        yield Said(name, _written(key, entry.before.get(key)), _written(key, entry.after.get(key)))


def _counted(after: Mapping[str, object]) -> Iterator[Said]:
    for key, name in _COUNTED.items():
        rows = after.get(key)
        if isinstance(rows, list) and rows:
            yield Said(_(name), "", str(len(rows)))


def _written(key: str, value: object) -> str:
    text = "" if value is None else str(value)
    return _(VALUES[text]) if key in _WORDED and text in VALUES else text
