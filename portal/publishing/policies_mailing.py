"""May a letter be prepared, approved, sent, stopped? A reason why not, in a sentence for people, or None."""

from django.utils.translation import gettext as _

from portal.members.access import may
from portal.members.models import User
from portal.members.roles import Permission
from portal.publishing.models import Delivery, Edition, Mailing

State = Mailing.State


def why_not_prepare(edition: Edition, by: User) -> str | None:
    return why_not_send_letters(by) or why_not_public(edition)


def why_not_send_letters(by: User) -> str | None:
    return None if may(by, Permission.PUBLICATION_SEND) else _("You may not send letters.")


def why_not_public(edition: Edition) -> str | None:
    """What is sent is what everybody can read: the newest edition, and not withdrawn."""
    if Edition.objects.public().filter(pk=edition.pk).exists():
        return None
    return _("This edition is not the public one any more: it was corrected or withdrawn.")


def why_not_test(mailing: Mailing, by: User) -> str | None:
    return why_not_send_letters(by) or _unless(mailing, State.PREPARED, State.APPROVED)


def why_not_approve(mailing: Mailing, by: User) -> str | None:
    """Two pairs of eyes, and the letter seen in a mail program once."""
    if reason := why_not_send_letters(by) or _unless(mailing, State.PREPARED):
        return reason
    if mailing.tested_at is None:
        return _("Send a test first, and look at it in a mail program.")
    if by.key == mailing.prepared_by:
        return _("Somebody else has to approve it: you prepared it.")
    return why_not_public(mailing.edition)


def why_not_send(mailing: Mailing, by: User) -> str | None:
    if mailing.state == State.PREPARED:
        return why_not_send_letters(by) or _("A second person has to approve it first.")
    return why_not_send_letters(by) or _unless(mailing, State.APPROVED) or why_not_public(mailing.edition)


def why_not_batch(mailing: Mailing, by: User) -> str | None:
    """A batch by hand, where the clock is slow: of what is due."""
    if reason := why_not_send_letters(by):
        return reason
    if mailing.state == State.APPROVED and mailing.send_at is None:
        return _("Say first when it is sent.")
    return _unless(mailing, State.APPROVED, State.SENDING)


def why_not_stop(mailing: Mailing, by: User) -> str | None:
    if mailing.state == State.APPROVED and mailing.send_at is None:
        return _("It is not being sent.")
    return why_not_send_letters(by) or _unless(mailing, State.APPROVED, State.SENDING)


def why_not_resume(mailing: Mailing, by: User) -> str | None:
    return why_not_send_letters(by) or _unless(mailing, State.STOPPED) or why_not_public(mailing.edition)


def why_not_mark(delivery: Delivery, by: User, *, was_sent: bool) -> str | None:
    """Of one of unknown fate people say what became of it; one that was refused can only be sent again."""
    open_states = {Delivery.State.UNKNOWN} if was_sent else {Delivery.State.UNKNOWN, Delivery.State.FAILED}
    return why_not_send_letters(by) or (None if delivery.state in open_states else _("What became of it is known."))


def _unless(mailing: Mailing, *states: str) -> str | None:
    return None if mailing.state in states else _NOT_NOW[mailing.state]()


_NOT_NOW = {
    State.PREPARED: lambda: _("It is prepared, and not approved yet."),
    State.APPROVED: lambda: _("It is approved already."),
    State.SENDING: lambda: _("It is being sent."),
    State.STOPPED: lambda: _("It is stopped: let it go on first."),
    State.SENT: lambda: _("It has been sent."),
}
