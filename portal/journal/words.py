"""The journal in words: what a verb says, and what its entry changed. A test holds that no verb is left out."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.journal.figure_words import FIGURE_WORDS, OF_A_FIGURE
from portal.journal.models import Entry
from portal.journal.row_words import OF_NAMES, ROW_KINDS, ROW_NAMES, ROW_VALUES
from portal.lib.words import gettext_noop

VERBS: dict[str, str] = {
    "announcement.confirmed": gettext_noop("Release date confirmed"),
    "announcement.made": gettext_noop("Release date announced"),
    "announcement.postponed": gettext_noop("Release date postponed"),
    "application.admitted": gettext_noop("Application granted"),
    "application.declined": gettext_noop("Application declined"),
    "application.received": gettext_noop("Application to join received"),
    "code_list.imported": gettext_noop("Code list imported from a file"),
    "code_list.loaded": gettext_noop("Code list loaded from its file"),
    "code_list.row_added": gettext_noop("Row added to a code list"),
    "code_list.row_changed": gettext_noop("Row of a code list changed"),
    "code_list.row_given_back": gettext_noop("Row of a code list follows its file again"),
    "consent.given": gettext_noop("Consent to publication recorded"),
    "consent.withdrawn": gettext_noop("Consent to publication withdrawn"),
    "contract.changed": gettext_noop("Contract changed"),
    "disclosure.viewed": gettext_noop("Withheld figures of a release looked at"),
    "evidence.attached": gettext_noop("Paper attached to a filing"),
    "evidence.removed": gettext_noop("Paper taken away from a filing"),
    "evidence.viewed": gettext_noop("Paper of a firm looked at"),
    "extension.ended": gettext_noop("Extension ended"),
    "extension.granted": gettext_noop("Extension granted"),
    "figure.traced": gettext_noop("Lines behind a figure looked at"),
    "figures.viewed": gettext_noop("Withheld figures looked at"),
    "filing.amended": gettext_noop("Filing amended by the answer to a question"),
    "filing.approved": gettext_noop("Filing approved"),
    "filing.bulk_approved": gettext_noop("Filings approved together"),
    "filing.filed": gettext_noop("Filing signed and handed to the certifier"),
    "filing.letter_opened": gettext_noop("Letter of a return opened by the firm"),
    "filing.nil_declared": gettext_noop("Nil return declared"),
    "filing.opened": gettext_noop("Filing opened"),
    "filing.recalled": gettext_noop("Return of a filing taken back"),
    "filing.reopened": gettext_noop("Next version of a filing opened"),
    "filing.returned": gettext_noop("Filing returned"),
    "filing.saved": gettext_noop("Draft saved"),
    "filing.sent_back": gettext_noop("Filing sent back by the certifier"),
    "filing.submitted": gettext_noop("Filing submitted"),
    "filing.superseded": gettext_noop("Filing superseded by its next version"),
    "filing.taken_back": gettext_noop("Filing taken back from the certifier"),
    "filing.withdrawn": gettext_noop("Filing withdrawn"),
    "firm.admitted": gettext_noop("Firm admitted"),
    "firm.changed": gettext_noop("Firm's record changed"),
    "firm.dues_recorded": gettext_noop("Dues recorded"),
    "firm.invitation_accepted": gettext_noop("Invitation accepted"),
    "firm.invitation_taken_back": gettext_noop("Invitation taken back"),
    "firm.invited": gettext_noop("Person invited to a firm"),
    "firm.invited_again": gettext_noop("Invitation sent again"),
    "firm.merged": gettext_noop("Firm merged into another one"),
    "firm.moved": gettext_noop("Firm moved to another place"),
    "firm.page_viewed": gettext_noop("Page seen while viewing as a firm"),
    "firm.profile_changed": gettext_noop("Firm's profile changed"),
    "firm.renamed": gettext_noop("Firm renamed"),
    "firm.represented": gettext_noop("Person given a role in a firm"),
    "firm.representation_ended": gettext_noop("Person's role in a firm ended"),
    "firm.role_changed": gettext_noop("Person's role in a firm changed"),
    "firm.signers_changed": gettext_noop("Number of signatures of a firm changed"),
    "firm.split": gettext_noop("Firm split off another one"),
    "firm.term_recorded": gettext_noop("Term of membership recorded"),
    "firm.viewing_ended": gettext_noop("Viewing as a firm ended"),
    "firm.viewing_started": gettext_noop("Viewing as a firm started"),
    "hit.accepted": gettext_noop("Firm's reason accepted"),
    "hit.rejected": gettext_noop("Firm's reason rejected"),
    "issue.assembled": gettext_noop("Contents of an issue put together"),
    "layout.told": gettext_noop("Column mapping told"),
    "link.checked": gettext_noop("Outside address looked at again"),
    "mailing.approved": gettext_noop("Letter approved by a second person"),
    "mailing.begun": gettext_noop("Sending of a letter begun"),
    "mailing.delivery_again": gettext_noop("Mail to be sent again"),
    "mailing.delivery_sent": gettext_noop("Mail of unknown fate said to have arrived"),
    "mailing.finished": gettext_noop("Letter sent"),
    "mailing.held_back": gettext_noop("Letter held back until somebody has looked at it"),
    "mailing.interrupted": gettext_noop("Sending of a letter broken off"),
    "mailing.prepared": gettext_noop("Letter prepared"),
    "mailing.resumed": gettext_noop("Sending of a letter resumed"),
    "mailing.scheduled": gettext_noop("Sending of a letter ordered"),
    "mailing.stopped": gettext_noop("Sending of a letter stopped"),
    "mailing.tested": gettext_noop("Test of a letter sent"),
    "member.imported": gettext_noop("Members imported from a file"),
    "member_page.edited": gettext_noop("Firm's page in the directory written"),
    "member_page.hidden": gettext_noop("Firm's page in the directory hidden"),
    "member_page.released": gettext_noop("Firm's page in the directory released"),
    "member_page.shown": gettext_noop("Firm's page in the directory shown again"),
    "member_page.taken_back": gettext_noop("Firm's page in the directory taken back"),
    "period.changed": gettext_noop("Dates of a period changed"),
    "period.opened": gettext_noop("Period opened"),
    "period.windows_changed": gettext_noop("Accepted dates of a period changed"),
    "person.changed": gettext_noop("Person's name changed"),
    "person.closed": gettext_noop("Account closed"),
    "person.erased": gettext_noop("Person erased"),
    "person.invited": gettext_noop("Account made for a person"),
    "person.opened": gettext_noop("Account opened again"),
    "policy.archived": gettext_noop("Copy of a policy's original archived"),
    "preview.approved": gettext_noop("Build approved by an early viewer"),
    "preview.ended": gettext_noop("Early viewer's link taken back"),
    "preview.looked_at": gettext_noop("Build looked at by an early viewer"),
    "preview.made": gettext_noop("Link made for an early viewer"),
    "preview.returned": gettext_noop("Build returned by an early viewer"),
    "query.answered": gettext_noop("Question about a cell answered"),
    "query.asked": gettext_noop("Question asked about a cell"),
    "query.asked_further": gettext_noop("Further question asked about a cell"),
    "query.settled": gettext_noop("Question about a cell settled"),
    "query.withdrawn": gettext_noop("Question about a cell withdrawn"),
    "release.audited": gettext_noop("Release audited for disclosure"),
    "release.built": gettext_noop("Release built"),
    "release.commented": gettext_noop("Commentary on a place signed"),
    "release.published": gettext_noop("Release published"),
    "release.recounted": gettext_noop("Release counted again"),
    "release.taken_back": gettext_noop("Release taken back before its embargo ended"),
    "release.viewed": gettext_noop("Unpublished release looked at"),
    "row.added": gettext_noop("Entry of the site's lists added"),
    "row.changed": gettext_noop("Entry of the site's lists changed"),
    "row.imported": gettext_noop("Entries of the site's lists imported from a file"),
    "rule.set": gettext_noop("Rule of the check set"),
    "reminder.resumed": gettext_noop("Reminders to a firm resumed"),
    "reminder.sent": gettext_noop("Firm reminded"),
    "reminder.stopped": gettext_noop("Reminders to a firm stopped"),
    "staff.appointed": gettext_noop("Person appointed by the association"),
    "staff.appointment_ended": gettext_noop("Person's appointment ended"),
    "subscriber.bouncing": gettext_noop("Mail to a subscriber keeps coming back"),
    "subscriber.changed": gettext_noop("Subscriber's lists changed"),
    "subscriber.confirmed": gettext_noop("Subscription confirmed"),
    "subscriber.erased": gettext_noop("Subscriber erased"),
    "subscriber.exported": gettext_noop("Subscribers given out as a file"),
    "subscriber.imported": gettext_noop("Subscribers taken over from a file"),
    "subscriber.left": gettext_noop("Subscriber left"),
    "subscriber.taken_over": gettext_noop("Subscriber taken over with consent"),
    "term.compared": gettext_noop("Points of a comparison changed"),
    "text.approved": gettext_noop("Text checked and found good"),
    "text.correction_begun": gettext_noop("Correction of a text begun"),
    "text.edited": gettext_noop("Text written or changed"),
    "text.imported": gettext_noop("Article imported from Word"),
    "text.figures_updated": gettext_noop("Figures taken from a newer release"),
    "text.held_back": gettext_noop("Scheduled text held back"),
    "text.published": gettext_noop("Text published"),
    "text.returned": gettext_noop("Text returned to its writers"),
    "text.scheduled": gettext_noop("Publication of a text scheduled"),
    "text.submitted": gettext_noop("Text handed in for checking"),
    "text.taken_back": gettext_noop("Text taken back by its writers"),
    "text.unscheduled": gettext_noop("Text taken off the schedule"),
    "text.withdrawn": gettext_noop("Edition withdrawn from the public"),
    "upload.confirmed": gettext_noop("File taken over into a draft"),
    "upload.received": gettext_noop("File received"),
    "working_day.corrected": gettext_noop("Working day corrected"),
}

KINDS: dict[str, str] = {
    "batch": gettext_noop("Filings approved together"),
    "application": gettext_noop("Application to join"),
    "article": gettext_noop("Article"),
    "code_list": gettext_noop("Code list"),
    "column": gettext_noop("Newsletter column"),
    "contract": gettext_noop("Contract"),
    "filing": gettext_noop("Filing"),
    "firm": gettext_noop("Firm"),
    "issue": gettext_noop("Issue"),
    "link": gettext_noop("Link"),
    "mailing": gettext_noop("Letter to subscribers"),
    "memberpage": gettext_noop("Firm's page in the directory"),
    "period": gettext_noop("Period"),
    "person": gettext_noop("Person"),
    "knowledgeterm": gettext_noop("Term"),
    "cataloguecase": gettext_noop("Case of the catalogue"),
    "release": gettext_noop("Release"),
    "rule": gettext_noop("Checking rule"),
    "subscriber": gettext_noop("Subscriber"),
    "working_day": gettext_noop("Working day"),
}
KINDS = ROW_KINDS | KINDS

# What before and after hold, where the name in the code would say little on the page.
NAMES: dict[str, str] = {
    "accepts_from_on": gettext_noop("accepts dates from"),
    "amount_cents": gettext_noop("amount in fen"),
    "approved": gettext_noop("approved"),
    "apportioned_by": gettext_noop("basis of apportionment"),
    "at_once": gettext_noop("closed at"),
    "by_version": gettext_noop("replaced by version"),
    "branch_share": gettext_noop("share held in the branch"),
    "added": gettext_noop("added"),
    "cell": gettext_noop("cell"),
    "cells": gettext_noop("figures"),
    "changed": gettext_noop("changed"),
    "client": gettext_noop("client"),
    "closed": gettext_noop("closed"),
    "contract": gettext_noop("contract"),
    "contracts": gettext_noop("open contracts"),
    "contracts_back": gettext_noop("contracted back"),
    "controller": gettext_noop("controller"),
    "cut": gettext_noop("cut"),
    "digest": gettext_noop("digest"),
    "distance": gettext_noop("distance"),
    "division": gettext_noop("place of registration"),
    "due_on": gettext_noop("due on"),
    "edition": gettext_noop("edition"),
    "effect_under": gettext_noop("effect under"),
    "effective_on": gettext_noop("true from"),
    "ends_on": gettext_noop("ends on"),
    "evidence": gettext_noop("evidence"),
    "facts": gettext_noop("facts"),
    "file": gettext_noop("file"),
    "firms": gettext_noop("firms filing"),
    "frame": gettext_noop("frame of"),
    "frame_cents": gettext_noop("frame contract's amount in fen"),
    "frame_number": gettext_noop("frame contract"),
    "from": gettext_noop("from version"),
    "from_on": gettext_noop("from"),
    "grade": gettext_noop("membership grade"),
    "invitation": gettext_noop("invitation"),
    "is_abroad": gettext_noop("performed by a branch abroad"),
    "is_on": gettext_noop("switched on"),
    "is_working": gettext_noop("a working day"),
    "is_new": gettext_noop("begun anew"),
    "kept": gettext_noop("left as they were"),
    "joined_on": gettext_noop("joined on"),
    "left_on": gettext_noop("left on"),
    "letter": gettext_noop("letter"),
    "locks_on": gettext_noop("locks on"),
    "measure": gettext_noop("measure"),
    "member": gettext_noop("member"),
    "mend_by_on": gettext_noop("to be mended by"),
    "mode": gettext_noop("mode of business"),
    "moment": gettext_noop("comes out at"),
    "name": gettext_noop("name"),
    "narrowest_protection": gettext_noop("nearest estimate, as a share of the largest contributor"),
    "name_en": gettext_noop("English name"),
    "name_zh": gettext_noop("Chinese name"),
    "new": gettext_noop("new"),
    "new_mode": gettext_noop("new mode"),
    "note": gettext_noop("note"),
    "opens_on": gettext_noop("opens on"),
    "other_firm": gettext_noop("other firm"),
    "outcome": gettext_noop("outcome"),
    "outcomes": gettext_noop("outcomes"),
    "page": gettext_noop("page"),
    "paid_on": gettext_noop("paid on"),
    "paper": gettext_noop("paper"),
    "papers": gettext_noop("papers"),
    "people": gettext_noop("people"),
    "may_decide": gettext_noop("may decide"),
    "period": gettext_noop("period"),
    "person": gettext_noop("person"),
    "previously_disclosed": gettext_noop("given away by earlier releases"),
    "preview": gettext_noop("early viewer's link"),
    "place": gettext_noop("place"),
    "public_at": gettext_noop("public from"),
    "quarters": gettext_noop("quarters"),
    "question": gettext_noop("number of the question"),
    "reason": gettext_noop("reason"),
    "reason_en": gettext_noop("reason, in English"),
    "reason_zh": gettext_noop("reason, in Chinese"),
    "receipt": gettext_noop("receipt"),
    "receipt_number": gettext_noop("receipt number"),
    "refused": gettext_noop("refused"),
    "release_at": gettext_noop("comes out at"),
    "role": gettext_noop("role"),
    "rows": gettext_noop("rows"),
    "rule": gettext_noop("rule"),
    "same": gettext_noop("came out the same"),
    "safe": gettext_noop("safe from being worked out"),
    "sensitive": gettext_noop("confidential by themselves"),
    "suppressed": gettext_noop("withheld altogether"),
    "suppressed_value_share": gettext_noop("withheld share of the value below the cities"),
    "sha256": gettext_noop("SHA-256"),
    "shown": gettext_noop("shown"),
    "signers": gettext_noop("signatures"),
    "since": gettext_noop("from the period"),
    "size_band": gettext_noop("size"),
    "source": gettext_noop("source"),
    "span": gettext_noop("span"),
    "spread": gettext_noop("spread"),
    "standing": gettext_noop("figures"),
    "status": gettext_noop("status"),
    "step": gettext_noop("step"),
    "subject": gettext_noop("subject"),
    "supply": gettext_noop("mode of supply"),
    "table": gettext_noop("list"),
    "text": gettext_noop("text"),
    "times": gettext_noop("times"),
    "title": gettext_noop("title"),
    "titles": gettext_noop("articles"),
    "until": gettext_noop("until"),
    "until_on": gettext_noop("until"),
    "update": gettext_noop("changed"),
    "upload": gettext_noop("upload"),
    "upstream_firm": gettext_noop("prime contractor's credit code"),
    "upstream_number": gettext_noop("prime contract number"),
    "consent": gettext_noop("consent"),
    "count_bounced": gettext_noop("came back"),
    "count_failed": gettext_noop("refused by the server"),
    "count_sent": gettext_noop("sent"),
    "count_skipped": gettext_noop("left out"),
    "count_unknown": gettext_noop("of unknown fate"),
    "delivery": gettext_noop("number of the mail"),
    "topics": gettext_noop("lists"),
    "value": gettext_noop("value"),
    "version": gettext_noop("version"),
    "was": gettext_noop("was"),
}
NAMES = ROW_NAMES | NAMES

# Words of the code among the values, where a reader has others for them.
VALUES: dict[str, str] = {
    "accepted": gettext_noop("Reason accepted"),
    "explained": gettext_noop("Explained by the firm"),
    "rejected": gettext_noop("Sent back"),
    "approved": gettext_noop("Approved"),
    "checked": gettext_noop("Checked, waiting for confirmation"),
    "confirmed": gettext_noop("Taken over"),
    "draft": gettext_noop("Draft"),
    "outdated": gettext_noop("Overtaken by a later change"),
    "refused": gettext_noop("Not taken over: to be mended"),
    "returned": gettext_noop("Returned"),
    "submitted": gettext_noop("Waiting for review"),
    "superseded": gettext_noop("Superseded"),
    "amended": gettext_noop("Amended by an answer"),
}
_WORDED = ("status", "outcome")
# A moment as code writes it, with its zone.
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?[+-]\d\d:\d\d")

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
    """What an entry says of its act, value by value; a value that stayed as it was is left out."""
    if entry.verb == "filing.saved":
        yield from _counted(entry.after)
        return
    for key in {**entry.before, **entry.after}:
        if key in entry.before and entry.before[key] == entry.after.get(key):
            continue
        name = _(NAMES[key]) if key in NAMES else key
        yield Said(name, _written(key, entry.before.get(key)), _written(key, entry.after.get(key)))


def _counted(after: Mapping[str, object]) -> Iterator[Said]:
    for key, name in _COUNTED.items():
        rows = after.get(key)
        # A large block is only counted in the journal itself.
        count = len(rows) if isinstance(rows, list) else rows
        if count:
            yield Said(_(name), "", str(count))


def _written(key: str, value: object) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if key in OF_NAMES and isinstance(value, list):
        return "、".join(_(NAMES[name]) if name in NAMES else str(name) for name in value)
    text = "、".join(map(_part, value)) if isinstance(value, list) else "" if value is None else str(value)
    if key in OF_A_FIGURE and text in FIGURE_WORDS:
        return _(FIGURE_WORDS[text])
    if text in ROW_VALUES.get(key, ()):
        return _(ROW_VALUES[key][text])
    if _MOMENT.fullmatch(text):
        return f"{timezone.localtime(datetime.fromisoformat(text)):%Y-%m-%d %H:%M}"
    return _(VALUES[text]) if key in _WORDED and text in VALUES else text


def _part(item: object) -> str:
    """One of several: of a row of values those that are said in words."""
    return " ".join(one for one in item if isinstance(one, str) and one) if isinstance(item, list) else str(item)
