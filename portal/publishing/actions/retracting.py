"""A firm has taken back what a card in an edition says of it: a correction is begun, and what came out before it is
withdrawn. The first alone changes nothing public."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from portal.journal.actions import record
from portal.lib.acts import Refused
from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing import policies
from portal.publishing.actions.writing import edited, withdraw
from portal.publishing.lifecycle import Act, Standing
from portal.publishing.models import Article, Issue, Withdrawal
from portal.publishing.retracted import RetractedText, retracted_in

Text = Article | Issue


@transaction.atomic
def begin_correction(*, text: Text, note: str, by: User, at: datetime) -> Text:
    """The text is a draft, with a note offered for its correction. Cards are drawn anew when it comes out, so that it
    then says what each firm releases.

    Raises:
        Refused: it is being written or checked already, or no card of what is public says too much.
    """
    text = type(text).objects.select_for_update().get(pk=text.pk)
    if reason := why_not_begin(text, retracted_in(text), by):
        raise Refused(reason)
    if not note.strip():
        raise Refused(_("Say in a note why the cards change."))
    text.correction_zh = note.strip()
    text.save(update_fields=["correction_zh"])
    edited(text=text, by=by, at=at)
    record(
        actor=by.key, verb="text.correction_begun", kind=text._meta.model_name, key=text.pk, at=at,
        after={"title": text.title, "note": text.correction_zh},
    )  # fmt: skip
    return text


def why_not_begin(text: Text, found: RetractedText | None, by: User) -> str | None:
    if found is None or found.newest is None:
        return _("What is public says nothing of a firm that it has taken back.")
    if text.standing != Standing.PUBLISHED:
        return _("A correction is under way: what comes out next no longer says it.")
    return policies.why_not(Act.EDIT, text, by)


@transaction.atomic
def withdraw_earlier(*, text: Text, note_zh: str, by: User, at: datetime, note_en: str = "") -> list[Withdrawal]:
    """Withdraw each edition behind the newest with such a card: readers can open those by their number.

    Raises:
        Refused: there is none, or this is not for the person to do.
    """
    text = type(text).objects.select_for_update().get(pk=text.pk)
    found = retracted_in(text)
    if reason := why_not_withdraw_earlier(found, by):
        raise Refused(reason)
    rows = text.editions.filter(number__in=[one.number for one in found.earlier]).order_by("number")
    return [withdraw(edition=row, note_zh=note_zh, note_en=note_en, by=by, at=at) for row in rows]


def why_not_withdraw_earlier(found: RetractedText | None, by: User) -> str | None:
    if found is None or not found.earlier:
        return _("No earlier edition says anything that a firm has taken back.")
    return None if may(by, Permission.PUBLICATION_CHECK) else _("Only a publisher may do this.")
